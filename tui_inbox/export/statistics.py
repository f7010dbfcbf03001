"""The office's figures: what is open, what came in, what was handled, how long it took."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median

import msgspec

from tui_inbox.export.handling import NOT_HANDLED, Handling
from tui_inbox.letter import Urgency
from tui_inbox.triage import Row, is_open, office_day

#: Weeks that are looked back on where nobody says otherwise: two months.
WEEKS = 8


class UnitFigures(msgspec.Struct, frozen=True):
    """What one person or unit has in hand; ``unit`` is ``None`` for what nobody was given."""

    unit: str | None
    open: int
    overdue: int


class WeekFigures(msgspec.Struct, frozen=True):
    """``start`` is the week's Monday. ``received``: letters that came in; ``handled``: closed."""

    start: dt.date
    received: int
    handled: int


class Statistics(msgspec.Struct, frozen=True):
    """``median_days``: from coming in to being closed, over those closed in ``weeks``; ``None``
    where none was. ``oldest_open`` is the day on which the oldest open letter came in.

    ``problems`` are the files among the open ones that could not be read.
    """

    today: dt.date
    total: int
    open: int
    overdue: int
    due_today: int
    problems: int
    by_urgency: dict[Urgency, int]
    by_unit: tuple[UnitFigures, ...]
    weeks: tuple[WeekFigures, ...]
    median_days: float | None
    oldest_open: dt.date | None


def statistics(
    rows: Iterable[Row],
    handled: Mapping[str, Handling],
    *,
    today: dt.date,
    weeks: int = WEEKS,
) -> Statistics:
    """The figures of these letters. Units: the most open letters first, nobody's last."""
    rows = list(rows)
    first = today - dt.timedelta(days=today.weekday() + 7 * (weeks - 1))
    came: Counter[dt.date] = Counter()
    went: Counter[dt.date] = Counter()
    days: list[int] = []
    is_late = {row.id: row.due is not None and row.due < today for row in rows}
    opened = [row for row in rows if is_open(row.status)]
    for row in rows:
        arrived = received_day(row)
        came[_monday(arrived)] += 1
        closed = handled.get(row.id, NOT_HANDLED).closed
        if closed is None or is_open(row.status):
            continue
        day = office_day(closed.at)
        went[_monday(day)] += 1
        if first <= day:
            # A clock that was set back makes no letter be closed before it came.
            days.append(max(0, (day - arrived).days))
    urgencies = Counter(row.urgency for row in opened)
    in_hand = Counter(row.assignee for row in opened)
    late = Counter(row.assignee for row in opened if is_late[row.id])
    starts = [first + dt.timedelta(days=7 * number) for number in range(weeks)]
    return Statistics(
        today=today,
        total=len(rows),
        open=len(opened),
        overdue=late.total(),
        due_today=sum(row.due == today for row in opened),
        problems=sum(row.problem is not None for row in opened),
        by_urgency={urgency: urgencies[urgency] for urgency in Urgency},
        by_unit=tuple(
            UnitFigures(unit, count, late[unit])
            for unit, count in sorted(
                in_hand.items(), key=lambda item: (item[0] is None, -item[1], item[0] or "")
            )
        ),
        weeks=tuple(WeekFigures(start, came[start], went[start]) for start in starts),
        median_days=float(median(days)) if days else None,
        oldest_open=min(map(received_day, opened), default=None),
    )


def received_day(row: Row) -> dt.date:
    """The day at the office on which the letter's file came into the inbox."""
    return office_day(dt.datetime.fromisoformat(row.received))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())
