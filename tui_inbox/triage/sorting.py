"""The list in another order than that of the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tui_inbox.ledger import Status
from tui_inbox.thai.collation import collation_key
from tui_inbox.triage.model import Row, Sort

_STATUSES = {status: place for place, status in enumerate(Status)}


def in_order(
    numbers: Iterable[int], rows: Iterable[Row], sort: Sort, *, backwards: bool = False
) -> list[int]:
    """The numbers of rows, sorted by a column; within equal values the order stays.

    Times and the days that letters bear begin with the newest, everything else with the first;
    ``backwards`` turns that round. Rows without a value come last at any rate.
    """
    if sort not in _KEYS:
        found = list(numbers)
        return found[::-1] if backwards else found
    key = _KEYS[sort]
    keyed = [(key(row), number) for number, row in zip(numbers, rows, strict=True)]
    valued = [pair for pair in keyed if pair[0] is not None]
    valued.sort(key=lambda pair: pair[0], reverse=(sort in _NEWEST_FIRST) is not backwards)
    return [number for _, number in valued] + [number for value, number in keyed if value is None]


def _text(text: str | None) -> tuple[str, str] | None:
    return None if text is None else collation_key(text)


_NEWEST_FIRST = frozenset({Sort.RECEIVED, Sort.DATE, Sort.UPDATED})
_KEYS: dict[Sort, Callable[[Row], Any]] = {
    Sort.DUE: lambda row: row.due,
    Sort.RECEIVED: lambda row: row.received,
    Sort.DATE: lambda row: row.date,
    Sort.UPDATED: lambda row: row.updated,
    Sort.NUMBER: lambda row: _text(row.number),
    Sort.SENDER: lambda row: _text(row.sender),
    Sort.SUBJECT: lambda row: _text(row.subject),
    Sort.URGENCY: lambda row: row.urgency.rank,
    Sort.STATUS: lambda row: _STATUSES[row.status],
    Sort.ASSIGNEE: lambda row: _text(row.assignee),
    Sort.REGISTER: lambda row: (
        None if row.register_number is None else (row.register_year or 0, row.register_number)
    ),
}
