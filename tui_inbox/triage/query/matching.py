"""A query -> the letters that it means, by their numbers.

Words are looked up in the catalogue's index and in what people wrote, fields in columns, in what
letters share and in the ledger's records: no letter is opened for it but where the index cannot
tell. Texts are compared folded, as everywhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Protocol

from tui_inbox.catalogue import Catalogue, Flag, Sort
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Secrecy
from tui_inbox.triage.model import Addressed, Row, View
from tui_inbox.triage.query.days import Days
from tui_inbox.triage.query.names import ANYBODY, ME, NOBODY, US, Field, Has
from tui_inbox.triage.query.syntax import And, Contains, Member, Node, Not, Or, Text, When
from tui_inbox.triage.views import OFFICE_TIME

_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_SPACES = re.compile(r"\s+")
#: Buddhist-era years are this much ahead.
_ERA = 543
_FIRST, _LAST = "0000-00-00", "9999-99-99"
#: The index knows where in a letter a text of this length stands, and of no shorter one.
_KNOWN = 3
#: What the index cannot tell from one another.
_DOUBTFUL = frozenset("\0\ufffd\ufffe\uffff")


class Shared(Protocol):
    """What many letters have in common."""

    @property
    def sort(self) -> Sort: ...
    @property
    def views(self) -> tuple[View, ...]: ...
    @property
    def status(self) -> Status: ...


class Letters(Protocol):
    """The letters that queries are asked of. All numbers are the catalogue's."""

    def every(self) -> set[int]: ...
    def having(self, meets: Callable[[Shared], object]) -> set[int]:
        """The letters that share something of that sort with others."""
        ...

    def due_between(self, first: int, last: int) -> set[int]:
        """The letters that are due from ``first`` to ``last`` (ordinal days); 0 is no day."""
        ...

    def numbers_of(self, ids: Iterable[str]) -> set[int]: ...
    def rows(self, numbers: Iterable[int]) -> Iterable[Row]: ...


class Words(Protocol):
    """What people wrote, and how texts are folded."""

    def fold(self, text: str) -> str: ...
    def touched(self, meets: Callable[[Record], object]) -> set[int]:
        """The letters of which the ledger holds such a record."""
        ...

    def search(self, text: str) -> set[int]:
        """The letters that hold ``text`` anywhere, their notes too."""
        ...

    def search_notes(self, text: str) -> set[int]:
        """The letters of which people wrote ``text``."""
        ...


class Matcher:
    """``me`` is the name under which this person decides."""

    def __init__(
        self,
        catalogue: Catalogue,
        letters: Letters,
        words: Words,
        *,
        me: str | None,
    ) -> None:
        self._catalogue = catalogue
        self._letters = letters
        self._words = words
        self._me = me

    def numbers(self, node: Node) -> set[int]:
        """The letters that the query means."""
        match node:
            case Text(text):
                return self._words.search(text)
            case And(terms):
                # What is excluded is taken away at the end, so that all need not be counted up.
                wanted = [term for term in terms if not isinstance(term, Not)]
                found = self.numbers(wanted[0]) if wanted else self._letters.every()
                for other in wanted[1:]:
                    found &= self.numbers(other)
                for excluded in terms:
                    if isinstance(excluded, Not) and found:
                        found -= self.numbers(excluded.term)
                return found
            case Or(terms):
                return set().union(*map(self.numbers, terms))
            case Not(term):
                return self._letters.every() - self.numbers(term)
            case Contains():
                return self._contains(node)
            case Member(field, members):
                return self._member(field, frozenset(members))
            case When(field, days):
                return self._when(field, days)

    # Fields with a set of values

    def _member(self, field: Field, members: frozenset[object]) -> set[int]:
        having = self._letters.having
        match field:
            case Field.URGENCY:
                return having(lambda one: one.sort.urgency in members)
            case Field.SECRECY:
                return having(lambda one: one.sort.secrecy in members)
            case Field.KIND:
                return having(lambda one: one.sort.kind in members)
            case Field.ACTION:
                return having(lambda one: one.sort.action in members)
            case Field.STATUS:
                return having(lambda one: one.status in members)
            case Field.VIEW:
                return having(lambda one: not members.isdisjoint(one.views))
        return set().union(*(self._has(member) for member in members if isinstance(member, Has)))

    def _has(self, what: Has) -> set[int]:
        touched, flagged = self._words.touched, self._catalogue.flagged
        match what:
            case Has.NOTE:
                return touched(lambda record: record.notes)
            case Has.TAG:
                return touched(lambda record: record.tags)
            case Has.ASSIGNEE:
                return touched(lambda record: record.assignee is not None)
            case Has.REGISTER:
                return touched(lambda record: record.register_number is not None)
            case Has.PIN:
                return touched(lambda record: record.pinned)
            case Has.AMENDED:
                return flagged(Flag.AMENDED) | touched(lambda record: record.amended is not None)
            case Has.CHECK:
                return flagged(Flag.CHECKS)
            case Has.CIRCULAR:
                return flagged(Flag.CIRCULAR)
            case Has.NUMBER:
                return self._catalogue.numbered()
            case Has.EVENT:
                return self._catalogue.eventful(_FIRST, _LAST)
            case Has.DUE:
                return self._letters.due_between(1, dt.date.max.toordinal())
            case Has.PROBLEM:
                return self._letters.having(lambda one: one.sort.problem)
            case Has.SECRET:
                return self._letters.having(lambda one: one.sort.secrecy is not Secrecy.NONE)

    # Fields with text

    def _contains(self, node: Contains) -> set[int]:
        fold, folded = self._words.fold, self._words.fold(node.text.strip())
        touched = self._words.touched
        match node.field:
            case Field.SENDER:
                senders: dict[str, bool] = {}

                def is_sender(one: Shared) -> bool:
                    name = one.sort.sender
                    if name not in senders:
                        senders[name] = bool(name) and folded in fold(name)
                    return senders[name]

                return self._letters.having(is_sender)
            case Field.NUMBER:
                return self._catalogue.numbered_like(_SPACES.sub("", folded))
            case Field.SUBJECT:
                return self._looked(
                    folded, "subject", lambda row: folded in fold(row.subject or "")
                )
            case Field.RECIPIENT if not node.quoted and folded in US:
                return {number for number, row in self._all_rows() if row.addressed is Addressed.US}
            case Field.RECIPIENT:
                return self._looked(
                    folded,
                    "recipients",
                    lambda row: any(folded in fold(one) for one in row.recipients),
                )
            case Field.FILE:
                return self._looked(
                    folded, "other", lambda row: any(folded in fold(path) for path in row.paths),
                    exact=False,
                )  # fmt: skip
            case Field.NOTE:
                return self._words.search_notes(node.text)
            case Field.TAG:
                return touched(lambda record: any(fold(tag) == folded for tag in record.tags))
            case Field.ASSIGNEE:
                return self._assigned(folded, node.quoted)
        number, _, year = node.text.translate(_ARABIC).partition("/")
        years = _years(year)
        return touched(
            lambda record: (
                record.register_number == int(number)
                and (not year or record.register_year in years)
            )
        )

    def _looked(
        self, folded: str, columns: str, holds: Callable[[Row], bool], *, exact: bool = True
    ) -> set[int]:
        """What the index says, and where it cannot tell, what the rows do."""
        found = self._catalogue.search(folded, columns)
        if exact and len(folded) >= _KNOWN and _DOUBTFUL.isdisjoint(folded):
            return found
        numbers = list(found)
        rows = self._letters.rows(numbers)
        return {number for number, row in zip(numbers, rows, strict=True) if holds(row)}

    def _all_rows(self) -> Iterable[tuple[int, Row]]:
        numbers = list(self._letters.every())
        return zip(numbers, self._letters.rows(numbers), strict=True)

    def _assigned(self, folded: str, quoted: bool) -> set[int]:
        touched = self._words.touched
        if not quoted:
            if folded in ME:
                return touched(
                    lambda record: record.assignee is not None and record.assignee == self._me
                )
            if folded in NOBODY:
                return self._letters.every() - self._has(Has.ASSIGNEE)
            if folded in ANYBODY:
                return self._has(Has.ASSIGNEE)
        return touched(
            lambda record: (
                record.assignee is not None and folded in self._words.fold(record.assignee)
            )
        )

    # Fields with days

    def _when(self, field: Field, days: Days) -> set[int]:
        first = _FIRST if days.first is None else days.first.isoformat()
        last = _LAST if days.last is None else days.last.isoformat()
        match field:
            case Field.DUE:
                begin, end = days.first or dt.date.min, days.last or dt.date.max
                if not days.set:
                    return self._letters.due_between(0, 0)
                return self._letters.due_between(begin.toordinal(), end.toordinal())
            case Field.RECEIVED:
                begun = 0 if days.first is None else _start_of(days.first)
                ended = 1 << 62 if days.last is None else _start_of(days.last + dt.timedelta(1))
                return self._catalogue.received(begun, ended) if days.set else set()
            case Field.EVENT:
                found = self._catalogue.eventful(first, last)
                return found if days.set else self._letters.every() - found
        return self._catalogue.dated(first, last) if days.set else self._catalogue.undated()


def _years(printed: str) -> frozenset[int]:
    if not printed:
        return frozenset()
    year = int(printed)
    return frozenset({year + 2500 - _ERA} if year < 100 else {year, year - _ERA})


def _start_of(day: dt.date) -> int:
    """When a day begins at the office, in milliseconds since 1970."""
    return round(dt.datetime.combine(day, dt.time(), OFFICE_TIME).timestamp() * 1000)
