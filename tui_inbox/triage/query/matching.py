"""A query over the rows of an inbox -> the rows that it means.

Words are searched by the catalogue's index and in what people wrote; fields are asked of the rows
that are left. Texts are compared folded, as everywhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence, Set
from typing import Protocol

from tui_inbox.letter import Secrecy
from tui_inbox.triage.model import Addressed, Row
from tui_inbox.triage.query.days import Days
from tui_inbox.triage.query.names import ANYBODY, ME, NOBODY, US, Field, Has
from tui_inbox.triage.query.syntax import And, Contains, Member, Node, Not, Or, Text, When
from tui_inbox.triage.views import OFFICE_TIME, views_of

Predicate = Callable[[Row], object]

_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_SPACES = re.compile(r"\s+")
#: Buddhist-era years are this much ahead.
_ERA = 543


class Index(Protocol):
    """Where words are looked up; every text is folded by it and every answer is ids."""

    def fold(self, text: str) -> str: ...

    def search(self, text: str) -> Set[str]:
        """The letters that hold ``text`` anywhere, their notes too."""
        ...

    def search_heads(self, text: str) -> Set[str]:
        """At least the letters whose number, sender, subject or recipients hold ``text``."""
        ...

    def search_notes(self, text: str) -> Set[str]:
        """The letters of which people wrote ``text``."""
        ...


class Matcher:
    """``me`` is the name under which this person decides."""

    def __init__(self, index: Index, *, today: dt.date, me: str | None) -> None:
        self._index = index
        self._today = today
        self._me = me
        self._folded: dict[str, str] = {}

    def rows(self, node: Node, rows: Sequence[Row]) -> list[Row]:
        """Those of ``rows`` that the query means, in their order."""
        match node:
            case Text(text):
                found = self._index.search(text)
                return [row for row in rows if row.id in found]
            case And(terms):
                # What the index answers leaves few rows to be asked one by one.
                for term in sorted(terms, key=_cost):
                    rows = self.rows(term, rows)
                return list(rows)
            case Or(terms):
                either = {row.id for term in terms for row in self.rows(term, rows)}
                return [row for row in rows if row.id in either]
            case Not(term):
                out = {row.id for row in self.rows(term, rows)}
                return [row for row in rows if row.id not in out]
            case Contains(field, text, quoted):
                if field is Field.NOTE:
                    found = self._index.search_notes(text)
                    return [row for row in rows if row.id in found]
                if field in _IN_HEAD and not (field is Field.RECIPIENT and self._is_us(node)):
                    found = self._index.search_heads(text)
                    rows = [row for row in rows if row.id in found]
                wanted = self._contains(field, text, quoted)
                return [row for row in rows if wanted(row)]
            case Member(field, members):
                chosen = self._member(field, frozenset(members))
                return [row for row in rows if chosen(row)]
            case When(field, days):
                fits = _when(field, days)
                return [row for row in rows if fits(row)]

    # One predicate for each field

    def _member(self, field: Field, members: frozenset[object]) -> Predicate:
        match field:
            case Field.URGENCY:
                return lambda row: row.urgency in members
            case Field.SECRECY:
                return lambda row: row.secrecy in members
            case Field.STATUS:
                return lambda row: row.status in members
            case Field.KIND:
                return lambda row: row.kind in members
            case Field.ACTION:
                return lambda row: row.action in members
            case Field.VIEW:
                today, me = self._today, self._me
                return lambda row: not members.isdisjoint(views_of(row, today=today, me=me))
        asked = [_HAS[member] for member in members if isinstance(member, Has)]
        return lambda row: any(has(row) for has in asked)

    def _contains(self, field: Field, text: str, quoted: bool) -> Predicate:
        fold, folded = self._fold, self._index.fold(text.strip())
        match field:
            case Field.SENDER:
                return lambda row: row.sender is not None and folded in fold(row.sender)
            case Field.SUBJECT:
                return lambda row: (
                    row.subject is not None and folded in self._index.fold(row.subject)
                )
            case Field.RECIPIENT:
                if self._is_us(Contains(field, text, quoted)):
                    return lambda row: row.addressed is Addressed.US
                return lambda row: any(folded in fold(one) for one in row.recipients)
            case Field.NUMBER:
                bare = _SPACES.sub("", folded)
                return lambda row: (
                    row.number is not None and bare in row.number.replace(" ", "").casefold()
                )
            case Field.ASSIGNEE:
                return self._assignee(folded, quoted)
            case Field.TAG:
                return lambda row: bool(row.tags) and any(fold(tag) == folded for tag in row.tags)
            case Field.FILE:
                return lambda row: any(folded in self._index.fold(path) for path in row.paths)
        number, _, year = text.translate(_ARABIC).partition("/")
        years = _years(year)
        return lambda row: (
            row.register_number == int(number) and (not year or row.register_year in years)
        )

    def _assignee(self, folded: str, quoted: bool) -> Predicate:
        if not quoted:
            if folded in ME:
                return lambda row: row.assignee is not None and row.assignee == self._me
            if folded in NOBODY:
                return lambda row: row.assignee is None
            if folded in ANYBODY:
                return lambda row: row.assignee is not None
        return lambda row: row.assignee is not None and folded in self._fold(row.assignee)

    def _is_us(self, node: Contains) -> bool:
        return not node.quoted and node.text.casefold() in US

    def _fold(self, text: str) -> str:
        """``text`` folded; names are few, so each is folded once."""
        folded = self._folded.get(text)
        if folded is None:
            folded = self._folded[text] = self._index.fold(text)
        return folded


_IN_HEAD = frozenset({Field.SENDER, Field.SUBJECT, Field.RECIPIENT})


def _cost(node: Node) -> int:
    match node:
        case Text():
            return 0
        case Contains(field) if field in _IN_HEAD or field is Field.NOTE:
            return 1
        case Member() | When() | Contains():
            return 2
    return 3


def _years(printed: str) -> frozenset[int]:
    if not printed:
        return frozenset()
    year = int(printed)
    return frozenset({year + 2500 - _ERA} if year < 100 else {year, year - _ERA})


def _when(field: Field, days: Days) -> Predicate:
    if field is Field.DUE:
        return _by_day(days)
    if field is Field.RECEIVED:
        return _by_moment(days)
    first = "" if days.first is None else days.first.isoformat()
    last = "9999-99" if days.last is None else days.last.isoformat()

    def fits(iso: str) -> bool:
        if len(iso) == 7:
            # Of a day that was left blank only the month is known.
            return first[:10] <= f"{iso}-01" and f"{iso}-31" <= _month_end(last)
        return first <= iso <= last

    if field is Field.EVENT:
        if not days.set:
            return lambda row: not row.events
        return lambda row: any(map(fits, row.events))
    if not days.set:
        return lambda row: row.date is None
    return lambda row: row.date is not None and fits(row.date)


def _month_end(iso: str) -> str:
    """A last day of a month counts as the 31st, so that a whole month is seen to end by it."""
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    ends = (day + dt.timedelta(1)).month != day.month
    return f"{iso[:8]}31" if ends else iso


def _by_day(days: Days) -> Predicate:
    if not days.set:
        return lambda row: row.due is None
    first, last = days.first or dt.date.min, days.last or dt.date.max
    return lambda row: row.due is not None and first <= row.due <= last


def _by_moment(days: Days) -> Predicate:
    """Days begin at the office; the moments are of UTC."""
    if not days.set:
        return lambda row: not row.received
    first = "" if days.first is None else _start_of(days.first)
    end = "9999" if days.last is None else _start_of(days.last + dt.timedelta(1))
    return lambda row: first <= row.received < end


def _start_of(day: dt.date) -> str:
    moment = dt.datetime.combine(day, dt.time(), OFFICE_TIME).astimezone(dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M")


_HAS: dict[Has, Predicate] = {
    Has.NOTE: lambda row: row.notes,
    Has.DUE: lambda row: row.due is not None,
    Has.EVENT: lambda row: row.events,
    Has.TAG: lambda row: row.tags,
    Has.ASSIGNEE: lambda row: row.assignee is not None,
    Has.NUMBER: lambda row: row.number is not None,
    Has.REGISTER: lambda row: row.register_number is not None,
    Has.CHECK: lambda row: row.checks,
    Has.PROBLEM: lambda row: row.problem is not None,
    Has.PIN: lambda row: row.pinned,
    Has.AMENDED: lambda row: row.amended,
    Has.CIRCULAR: lambda row: row.circular,
    Has.SECRET: lambda row: row.secrecy is not Secrecy.NONE,
}
