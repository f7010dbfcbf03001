"""Which days hold what: the due dates of open letters, and the meetings that letters call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from tui_inbox.triage.model import DueSource, Row
from tui_inbox.triage.views import is_open


class Occasion(StrEnum):
    """Why a letter stands on a day: an answer is due, or there is somewhere to be."""

    DUE = "due"
    EVENT = "event"


class Entry(msgspec.Struct, frozen=True, gc=False):
    occasion: Occasion
    row: Row


Agenda = dict[dt.date, tuple[Entry, ...]]
"""What each day holds, the days in their order."""


def agenda(rows: Iterable[Row]) -> Agenda:
    """Every day on which a letter is due or calls a meeting; on one day what is due comes first,
    each in the order of the rows.

    A date that a person set stands in place of those that the letter sets; of a letter with
    several deadlines each has its day. A closed letter is due no more, but its meetings stay.
    A month without its day is no day.
    """
    found: dict[dt.date, list[Entry]] = {}
    for row in rows:
        if is_open(row.status):
            for day in _due_days(row):
                found.setdefault(day, []).append(Entry(Occasion.DUE, row))
        for day in _days(row.events):
            found.setdefault(day, []).append(Entry(Occasion.EVENT, row))
    return {
        day: tuple(sorted(found[day], key=lambda entry: entry.occasion is Occasion.EVENT))
        for day in sorted(found)
    }


def _due_days(row: Row) -> Iterable[dt.date]:
    if row.due is None:
        return ()
    return (row.due,) if row.due_source is DueSource.PERSON else _days(row.deadlines)


def _days(texts: Iterable[str]) -> Iterable[dt.date]:
    """Whole dates, each once."""
    seen: set[dt.date] = set()
    for text in texts:
        try:
            day = dt.date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            day = None
        if day is not None and day not in seen:
            seen.add(day)
            yield day
