"""What a list of all letters at once is made of: a few numbers a letter, no words.

A list shows some thirty letters of a hundred thousand; it is sorted and counted by these, and the
rows themselves are fetched when they are on the screen.
"""

from __future__ import annotations

import datetime as dt
from enum import IntFlag
from typing import NamedTuple

from tui_inbox.catalogue.model import Summary
from tui_inbox.letter import Action, Kind, Secrecy, Urgency


class Flag(IntFlag):
    """What a letter has."""

    CHECKS = 1
    CIRCULAR = 2
    AMENDED = 4


class Sort(NamedTuple):
    """What letters share: there are some thousand of these at a hundred thousand letters.

    ``sender`` is empty where there is none. ``problem``: the file cannot be read.
    """

    urgency: Urgency
    secrecy: Secrecy
    action: Action
    problem: bool
    kind: Kind
    sender: str


class Line(NamedTuple):
    """``due`` is the ordinal of the nearest whole day that the letter sets, 0 for none; ``at`` is
    when it was received, in milliseconds since 1970."""

    sort: Sort
    due: int
    at: int
    flags: Flag


def line_of(summary: Summary) -> Line:
    days = [found for day in summary.deadlines if (found := _ordinal(day))]
    flags = Flag.CHECKS if summary.checks else Flag(0)
    if summary.circular:
        flags |= Flag.CIRCULAR
    if summary.amended:
        flags |= Flag.AMENDED
    sort = Sort(
        summary.urgency,
        summary.secrecy,
        summary.action,
        summary.problem is not None,
        summary.kind,
        summary.sender or "",
    )
    return Line(sort, min(days, default=0), moment(summary.received), flags)


def moment(iso: str) -> int:
    """Milliseconds since 1970; 0 for what is no time."""
    try:
        return round(dt.datetime.fromisoformat(iso).timestamp() * 1000)
    except ValueError:
        return 0


def _ordinal(iso: str) -> int:
    """A whole day; 0 for a month without its day and anything else."""
    try:
        return dt.date.fromisoformat(iso).toordinal() if len(iso) == 10 else 0
    except ValueError:
        return 0
