"""The follow-up list: what is still open, by whom it is to be done, the oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from tui_inbox.export.case import Case
from tui_inbox.export.sheet import Column, Group, Sheet
from tui_inbox.export.summarizing import subject
from tui_inbox.export.writing import Writing
from tui_inbox.triage import is_open

#: The columns with their widths in characters; where the list is flat the unit is the first.
COLUMNS = (
    ("register_number", 11),
    ("reference", 19),
    ("dated", 13),
    ("sender", 26),
    ("subject", 46),
    ("due", 24),
    ("waiting", 10),
    ("action", 33),
)
UNIT = ("unit", 24)


def followup(
    cases: Iterable[Case],
    writing: Writing,
    *,
    office: str,
    made: dt.date,
    units: Sequence[str] = (),
    only: str | None = None,
    overdue: bool = False,
    flat: bool = False,
) -> Sheet:
    """The list as of ``made``.

    :param units: those that come first, in their order; the others follow by name, and what
        nobody was given comes last.
    :param only: the unit or person whose letters alone are listed.
    :param overdue: only what is past its day.
    :param flat: without headings between the rows: the unit is a column.
    """
    held = [
        case
        for case in cases
        if is_open(case.row.status)
        and (only is None or case.row.assignee == only)
        and not (overdue and (case.row.due is None or case.row.due >= made))
    ]
    places = {unit: place for place, unit in enumerate(units)}

    def order(case: Case) -> tuple[object, ...]:
        who = case.row.assignee
        place = len(places) + 1 if who is None else places.get(who, len(places))
        return (place, who or "", case.day.toordinal(), case.row.received, case.row.id)

    held.sort(key=order)
    late = sum(case.row.due is not None and case.row.due < made for case in held)
    groups = [
        Group(None, tuple((_unit(case, writing), *_line(case, writing, made)) for case in held))
    ]
    if not flat:
        groups = [
            Group(
                writing.word("export.followup.group", unit=unit, count=len(rows)),
                tuple(_line(case, writing, made) for case in rows),
            )
            for unit, rows in (
                (unit, list(of_unit))
                for unit, of_unit in groupby(held, key=lambda case: _unit(case, writing))
            )
        ]
    foot = [writing.word("export.followup.count", count=len(held), overdue=late)]
    return Sheet(
        title=writing.word("export.followup.title"),
        under=tuple(
            line
            for line in (
                writing.text(office),
                writing.word("export.made", date=writing.long_date(made.isoformat())),
            )
            if line
        ),
        columns=tuple(
            Column(writing.word(f"export.followup.column.{name}"), width)
            for name, width in ((UNIT, *COLUMNS) if flat else COLUMNS)
        ),
        groups=tuple(groups),
        foot=tuple(foot),
        author=writing.text(office),
        made=made,
        language=writing.messages.language,
        page=writing.messages("export.page", page="{page}"),
        thai_digits=writing.thai_digits,
    )


def _unit(case: Case, writing: Writing) -> str:
    if case.row.assignee is None:
        return writing.word("export.followup.nobody")
    return writing.text(case.row.assignee)


def _line(case: Case, writing: Writing, made: dt.date) -> tuple[str, ...]:
    row = case.row
    number = "" if row.register_number is None else writing.digits(str(row.register_number))
    return (
        number,
        writing.text(row.number),
        writing.date(row.date),
        writing.text(row.sender),
        subject(case, writing),
        _due(row.due, made, writing),
        writing.word("export.followup.days", days=max(0, (made - case.day).days)),
        writing.action_taken(case),
    )


def _due(due: dt.date | None, made: dt.date, writing: Writing) -> str:
    if due is None:
        return ""
    date, days = writing.day(due), (made - due).days
    if days > 0:
        return writing.word("export.followup.overdue", date=date, days=days)
    return writing.word("export.followup.today", date=date) if days == 0 else date
