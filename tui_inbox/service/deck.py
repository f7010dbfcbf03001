"""All rows of an inbox, kept in order while letters arrive and people act.

A board is asked for at every key of a search, so what can be known beforehand is: the order, and
for each row its facet, that is its views, urgency and sender. Rows share their facets (there are
some thousand of them at a hundred thousand letters), and counts are taken over facets.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Set

import msgspec

from tui_inbox.letter import Urgency
from tui_inbox.triage import Board, Query, Row, View, sort_key, views_of

#: More changed rows than that are sorted in, fewer are put in their places one by one.
FEW = 500

SortKey = tuple[int, int, str, str]


class Facet(msgspec.Struct, frozen=True):
    views: frozenset[View]
    urgency: Urgency
    sender: str | None

    def shown(self, query: Query, *, but: str = "") -> bool:
        """Whether the query's filters let it pass, the one named ``but`` left out."""
        return (
            (but == "view" or query.view in self.views)
            and (but == "urgency" or query.urgency in (None, self.urgency))
            and (but == "sender" or query.sender in (None, self.sender))
        )


class Deck:
    """Not safe for several threads at once."""

    def __init__(self, *, today: dt.date, me: str | None) -> None:
        self.today = today
        #: Grows with every change.
        self.version = 0
        self._me = me
        self._facets: list[Facet] = []
        self._facet_numbers: dict[Facet, int] = {}
        self._views: dict[tuple[View, ...], frozenset[View]] = {}
        self._keys: list[SortKey] = []
        self._ids: list[str] = []
        self._rows: list[Row] = []
        self._numbers: list[int] = []
        self._key_of: dict[str, SortKey] = {}
        self._counts: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, id: object) -> bool:
        return id in self._key_of

    def ids(self) -> Set[str]:
        return self._key_of.keys()

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def row(self, id: str) -> Row | None:
        key = self._key_of.get(id)
        return None if key is None else self._rows[bisect_left(self._keys, key)]

    def reset(self, rows: Iterable[Row], today: dt.date) -> None:
        self.today = today
        self.version += 1
        self._facets.clear()
        self._facet_numbers.clear()
        pairs = sorted(((sort_key(row), row) for row in rows), key=lambda pair: pair[0])
        self._keys = [key for key, _ in pairs]
        self._ids = [key[-1] for key in self._keys]
        self._rows = [row for _, row in pairs]
        self._numbers = [self._number(row) for row in self._rows]
        self._key_of = dict(zip(self._ids, self._keys, strict=True))
        self._counts = Counter(self._numbers)

    def update(self, rows: Iterable[Row], removed: Iterable[str] = ()) -> None:
        self.version += 1
        rows = list(rows)
        removed = list(removed)
        if len(rows) + len(removed) > FEW:
            left_out = {row.id for row in rows}.union(removed)
            rows += [row for row in self._rows if row.id not in left_out]
            self.reset(rows, self.today)
            return
        for id in removed:
            self._remove(id)
        for row in rows:
            self._remove(row.id)
            key = sort_key(row)
            at = bisect_left(self._keys, key)
            number = self._number(row)
            self._keys.insert(at, key)
            self._ids.insert(at, row.id)
            self._rows.insert(at, row)
            self._numbers.insert(at, number)
            self._key_of[row.id] = key
            self._counts[number] += 1

    def board(self, query: Query, found: Set[str] | None) -> Board:
        """``found`` are the ids that the query's text matches, ``None`` without a text."""
        rows, numbers, counts = self._rows, self._numbers, self._counts
        if found is not None:
            if len(found) * 20 < len(rows):
                keys = sorted(self._key_of[id] for id in found if id in self._key_of)
                places = [bisect_left(self._keys, key) for key in keys]
            else:
                hits = map(found.__contains__, self._ids)
                places = list(itertools.compress(range(len(rows)), hits))
            rows = [rows[at] for at in places]
            numbers = [numbers[at] for at in places]
            counts = Counter(numbers)
        wanted = {number for number in counts if self._facets[number].shown(query)}
        views = dict.fromkeys(View, 0)
        senders: Counter[str] = Counter()
        urgencies = dict.fromkeys(Urgency, 0)
        for number, count in counts.items():
            facet = self._facets[number]
            if facet.shown(query, but="view"):
                for view in facet.views:
                    views[view] += count
            if facet.sender is not None and facet.shown(query, but="sender"):
                senders[facet.sender] += count
            if facet.shown(query, but="urgency"):
                urgencies[facet.urgency] += count
        return Board(
            rows=tuple(
                [row for row, number in zip(rows, numbers, strict=True) if number in wanted]
            ),
            views=views,
            senders=tuple(
                sorted(
                    ((name, count) for name, count in senders.items() if count),
                    key=lambda item: (-item[1], item[0]),
                )
            ),
            urgencies=urgencies,
            total=len(self._rows),
        )

    def count(self, meets: Callable[[Facet], bool]) -> int:
        return sum(count for number, count in self._counts.items() if meets(self._facets[number]))

    def _remove(self, id: str) -> None:
        key = self._key_of.pop(id, None)
        if key is None:
            return
        at = bisect_left(self._keys, key)
        self._counts[self._numbers[at]] -= 1
        del self._keys[at], self._ids[at], self._rows[at], self._numbers[at]

    def _number(self, row: Row) -> int:
        names = views_of(row, today=self.today, me=self._me)
        views = self._views.setdefault(names, frozenset(names))
        facet = Facet(views, row.urgency, row.sender)
        number = self._facet_numbers.get(facet)
        if number is None:
            number = self._facet_numbers[facet] = len(self._facets)
            self._facets.append(facet)
        return number
