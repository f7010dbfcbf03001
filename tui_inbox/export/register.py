"""ทะเบียนหนังสือรับ: the register of received letters, in the columns of the regulation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby

from tui_inbox.export.case import Case
from tui_inbox.export.period import Period
from tui_inbox.export.sheet import Column, Group, Sheet
from tui_inbox.export.summarizing import subject
from tui_inbox.export.writing import Writing
from tui_inbox.letter import Urgency
from tui_inbox.thai.written import BE

#: The columns of the form, in its order, with their widths in characters.
COLUMNS = (
    ("number", 11),
    ("reference", 19),
    ("dated", 13),
    ("sender", 22),
    ("to", 22),
    ("subject", 42),
    ("action", 33),
    ("remarks", 21),
)


class Which(StrEnum):
    """The ordinary register, in which a secret letter is a number without its matter, or the
    register of the secret letters alone."""

    ORDINARY = "ordinary"
    SECRET = "secret"


_SECRET = {Which.ORDINARY: "export.register.secret", Which.SECRET: "export.secret"}


def in_register(case: Case, period: Period) -> bool:
    """Whether the letter stands in the register of the period.

    A year's register holds the running numbers of that year; a shorter one what was received then.
    """
    row = case.row
    if period.kind == "year" and row.register_number is not None:
        return row.register_year == period.start.year
    return case.day in period


def register(
    cases: Iterable[Case],
    period: Period,
    writing: Writing,
    *,
    office: str,
    made: dt.date,
    which: Which = Which.ORDINARY,
    unregistered: bool = True,
    flat: bool = False,
) -> Sheet:
    """The register of a period, by its numbers; what has no number yet comes last, by receipt.

    :param office: its name for the head; empty where it has not said it.
    :param made: the day of which the register tells.
    :param unregistered: whether letters without a number are shown.
    :param flat: without headings between the rows: the day of receipt is a remark.
    """
    held = sorted((case for case in cases if in_register(case, period)), key=_order)
    shown = []
    hidden_secret = hidden_unregistered = 0
    for case in held:
        numbered = case.row.register_number is not None
        if which is Which.SECRET and not case.is_secret:
            continue
        if which is Which.ORDINARY and case.is_secret and not numbered:
            hidden_secret += 1
        elif not numbered and not unregistered:
            hidden_unregistered += 1
        else:
            shown.append(case)
    several_years = period.start.year != period.end.year
    days = not period.is_one_day
    groups = [Group(None, ())]
    if not days or flat:
        rows = [_line(case, writing, which, several_years, days and flat) for case in shown]
        groups = [Group(None, tuple(rows))]
    elif shown:
        groups = [
            Group(
                writing.word("export.register.received", date=writing.long_date(day.isoformat())),
                tuple(_line(case, writing, which, several_years, False) for case in of_day),
            )
            for day, of_day in groupby(shown, key=lambda case: case.day)
        ]
    waiting = sum(case.row.register_number is None for case in shown)
    foot = [writing.word("export.register.count", count=len(shown))]
    for name, count in (
        ("waiting", waiting),
        ("left_out", hidden_unregistered),
        ("secret_left_out", hidden_secret),
    ):
        if count:
            foot.append(writing.word(f"export.register.{name}", count=count))
    foot.append(writing.word("export.made", date=writing.long_date(made.isoformat())))
    return Sheet(
        title=writing.word(f"export.register.title.{which}"),
        under=tuple(line for line in (writing.text(office), writing.period(period)) if line),
        columns=tuple(
            Column(writing.word(f"export.register.column.{name}"), width) for name, width in COLUMNS
        ),
        groups=tuple(groups),
        foot=tuple(foot),
        author=writing.text(office),
        made=made,
        language=writing.messages.language,
        page=writing.messages("export.page", page="{page}"),
        thai_digits=writing.thai_digits,
    )


def _order(case: Case) -> tuple[object, ...]:
    row = case.row
    if row.register_number is not None:
        return (0, row.register_year or 0, row.register_number, row.id)
    return (1, case.day.toordinal(), row.received, row.id)


def _line(
    case: Case, writing: Writing, which: Which, with_year: bool, with_day: bool
) -> tuple[str, ...]:
    row = case.row
    number = ""
    if row.register_number is not None:
        number = str(row.register_number)
        if with_year and row.register_year is not None:
            thai = writing.messages.language == "th"
            number += f"/{row.register_year + (BE if thai else 0)}"
    recipients = () if case.is_secret else row.recipients
    return (
        writing.digits(number),
        writing.text(row.number),
        writing.date(row.date),
        writing.text(row.sender),
        writing.text(", ".join(recipients)),
        subject(case, writing, secret=_SECRET[which]),
        writing.action_taken(case),
        "; ".join(_remarks(case, writing, with_day)),
    )


def _remarks(case: Case, writing: Writing, with_day: bool) -> list[str]:
    row, found = case.row, []
    if row.urgency is not Urgency.NORMAL:
        found.append(writing.word(f"reading.urgency.{row.urgency}"))
    if with_day:
        found.append(writing.word("export.register.received", date=writing.day(case.day)))
    if row.register_number is None:
        found.append(writing.word("export.register.not_registered"))
    stamped = None if case.stamp is None else case.stamp.number
    if stamped is not None and stamped.partition("/")[0].strip() != str(row.register_number):
        found.append(writing.word("export.register.stamped", number=writing.text(stamped)))
    if row.gone:
        found.append(writing.word("export.register.gone"))
    return found
