"""Times set for the reader, and only those.

Of 66 places with ภายใน, ไม่เกิน, ก่อน or จนถึง in real letters, 23 set a time for the reader. So a
place counts only where (1) it has a form that sets a time, (2) it is no background, law, contract,
appeal, qualification or past event, and (3) the nearest word that governs it asks the reader
(ขอให้, โปรด, ต้อง) and is no promise of the sender's own (จะ …).
"""

from __future__ import annotations

from dataclasses import replace

from tui_inbox.letter import Basis, Deadline, Kind, Span
from tui_inbox.reading.asks import duty_items
from tui_inbox.reading.body import Body
from tui_inbox.reading.dated import dated_terms
from tui_inbox.reading.obligation import Setting
from tui_inbox.reading.periods import (
    Doubt,
    after_receipt,
    from_one_receipt,
    monthly,
    recurring,
    year_ends,
)
from tui_inbox.reading.repair import Folded


def find_deadlines(
    page: Folded, body: Body, setting: Setting
) -> tuple[list[Deadline], list[Doubt]]:
    """The deadlines of a body, in order, with the numbers that contradict their own words."""
    if setting.kind is Kind.MINUTES:
        return [], []
    setting = replace(setting, terms=tuple(item for _, item in duty_items(body, dates=True)))
    doubts: list[Doubt] = []
    raw: list[tuple[Span, Deadline]] = []
    for span, deadline in (
        *after_receipt(page, body, setting, doubts),
        *from_one_receipt(page, body, setting),
        *recurring(page, body, setting),
        *dated_terms(page, body, setting),
        *monthly(page, body, setting),
        *year_ends(page, body, setting),
    ):
        if any(span[0] < other[1] and other[0] < span[1] for other, _ in raw):
            continue
        raw.append((span, deadline))
    raw.sort(key=lambda one: one[0])
    own = [one for one in raw if not any(left <= one[0][0] < right for left, right in setting.told)]
    raw = own or raw
    unique: list[Deadline] = []
    for _, deadline in raw:
        twin = next(
            (
                other
                for other in unique
                if other.date == deadline.date
                and other.basis == deadline.basis
                and other.days == deadline.days
                and (other.time == deadline.time or None in (other.time, deadline.time))
                and (deadline.date is not None or deadline.basis is Basis.AFTER_RECEIPT)
            ),
            None,
        )
        if twin is None:
            unique.append(deadline)
        elif twin.time is None and deadline.time is not None:
            unique[unique.index(twin)] = deadline
    return unique, doubts
