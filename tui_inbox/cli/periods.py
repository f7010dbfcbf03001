"""The stretch of time that a command line names."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.export.period import Period

_NAMES = ("day", "month", "year", "from", "to")


def period_of(session: Session, today: dt.date) -> Period | None:
    """What ``--day``, ``--month``, ``--year`` or ``--from`` and ``--to`` say: this year where none
    is given. ``None`` after saying why it is none."""
    from tui_inbox.export.period import (
        Period,
        day_period,
        parse_month,
        parse_year,
        year_period,
    )

    given = {name: value for name in _NAMES if (value := getattr(session.given, name)) is not None}
    if len(given) > 1 and given.keys() != {"from", "to"}:
        session.say("export.refused.periods", given=", ".join(f"--{name}" for name in given))
        return None
    days: dict[str, dt.date] = {}
    for name in ("day", "from", "to"):
        if name in given:
            day = day_of(session, name, today)
            if day is None:
                return None
            days[name] = day
    if "day" in days:
        return day_period(days["day"])
    if days:
        start = days.get("from", days["to"].replace(month=1, day=1) if "to" in days else today)
        end = days.get("to", max(today, start))
        if start > end:
            session.say("export.refused.backwards")
            return None
        return Period("range", start, end)
    for name, parse in (("month", parse_month), ("year", parse_year)):
        if name in given:
            period = parse(given[name], today)
            if period is None:
                session.say(f"export.refused.{name}", value=given[name])
            return period
    return year_period(today.year)


def day_of(session: Session, name: str, today: dt.date) -> dt.date | None:
    """The day that the option ``name`` says, or ``None`` after saying why it is none."""
    from tui_inbox.export.period import parse_day

    value = getattr(session.given, name)
    day = parse_day(value, today)
    if day is None:
        session.say("export.refused.day", value=value)
    return day
