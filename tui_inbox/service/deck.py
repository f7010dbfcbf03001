"""All letters of an inbox in the order of work, a few numbers each, and the counts over them.

A board is asked for at every key of a search, so what can be known beforehand is: the order, and
for each letter its facet, that is what it shares with others (sender, urgency, views, status …).
There are some thousand facets at a hundred thousand letters, and counts are taken over them.

A letter is known by its number in the catalogue; files that are still being written and were never
read have negative ones.
"""

from __future__ import annotations

import datetime as dt
import itertools
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set

import msgspec

from tui_inbox.catalogue import Numbered, Sort
from tui_inbox.ledger import Status
from tui_inbox.letter import Urgency
from tui_inbox.triage import Query, Rank, View
from tui_inbox.triage.order import SOON_DAYS, rank_of
from tui_inbox.triage.views import views_for

#: More changed letters than that are sorted in, fewer are put in their places one by one.
FEW = 500
#: Files being written at once that are shown.
HALF = 1024

# A key is one integer: rank, due date, time of receipt, number.
_NUMBER_BITS, _AT_BITS, _DUE_BITS = 24, 44, 22
_NUMBER = (1 << _NUMBER_BITS) - 1
_LAST_AT = (1 << _AT_BITS) - 1
_FAR = (1 << _DUE_BITS) - 1
_NO_KEY = 0


class Decided(msgspec.Struct, frozen=True, gc=False):
    """What people decided of a letter, as far as its place depends on it.

    ``due`` is the day that a person set. ``updated``: when, in milliseconds since 1970.
    ``growing`` is the size so far of a file that was never read.
    """

    status: Status = Status.NEW
    assignee: str | None = None
    due: dt.date | None = None
    updated: int = 0
    growing: int | None = None


class Facet(msgspec.Struct, frozen=True):
    """What many letters have in common."""

    sort: Sort
    views: tuple[View, ...]
    status: Status


class Answer(msgspec.Struct, frozen=True):
    """What a query shows: numbers in order, and the counts of :class:`Board`."""

    numbers: array[int]
    views: dict[View, int]
    senders: tuple[tuple[str, int], ...]
    urgencies: dict[Urgency, int]
    statuses: dict[Status, int]


_UNTOUCHED = Decided()


class Deck:
    """Not safe for several threads at once."""

    def __init__(self, *, today: dt.date, me: str | None) -> None:
        self.today = today
        #: Grows with every change.
        self.version = 0
        self._me = me
        self._clear(0)

    def _clear(self, numbers: int) -> None:
        """Nothing is known; room for letters up to ``numbers``, and for half-written files."""
        self._facets: list[Facet] = []
        self._facet_numbers: dict[Facet, int] = {}
        self._keys: list[int] = []
        # By number; the last HALF places are those of the negative numbers.
        size = numbers + 1 + HALF
        self._key_of = [_NO_KEY] * size
        self._ids: list[str | None] = [None] * size
        self._facet_of = array("l", bytes(8 * size))
        self._due_of = array("l", bytes(8 * size))
        self._number_of: dict[str, int] = {}
        self._counts: Counter[int] = Counter()
        self._order: tuple[array[int], array[int]] | None = None

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, id: object) -> bool:
        return id in self._number_of

    # What is known of letters

    def ids(self) -> Set[str]:
        return self._number_of.keys()

    def number_of(self, id: str) -> int | None:
        return self._number_of.get(id)

    def id_of(self, number: int) -> str:
        """The id of a letter, also of one that was taken out since a board was made."""
        ids = self._ids
        return (ids[number] if number < len(ids) - HALF else None) or f"?{number}"

    def numbers(self) -> array[int]:
        """Every letter in the order of work."""
        return self._ordered()[0]

    def having(self, meets: Callable[[Facet], object]) -> set[int]:
        """The letters whose facet is of that sort."""
        wanted = {number for number, facet in enumerate(self._facets) if meets(facet)}
        numbers, facets = self._ordered()
        return set(itertools.compress(numbers, map(wanted.__contains__, facets)))

    def due_between(self, first: int, last: int) -> set[int]:
        """The letters that are due from ``first`` to ``last`` (ordinal days); 0 is no day."""
        due = self._due_of
        return {number for number in self.numbers() if first <= due[number] <= last}

    def count(self, meets: Callable[[Facet], object]) -> int:
        return sum(count for number, count in self._counts.items() if meets(self._facets[number]))

    def senders(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for number, count in self._counts.items():
            found[self._facets[number].sort.sender] += count
        del found[""]
        return found

    # Changing

    def reset(
        self,
        lines: Iterable[Numbered],
        sorts: dict[int, Sort],
        decided: dict[str, Decided],
        today: dt.date,
    ) -> None:
        """These are all letters. ``decided`` is by id; who is not in it was never touched."""
        self.today = today
        self.version += 1
        self._clear(0)
        key_of, ids, facet_of, due_of = self._key_of, self._ids, self._facet_of, self._due_of
        number_of = self._number_of
        # Most letters share what their place depends on with many others: of a due date it only
        # matters whether it is over, today, soon or later.
        known: dict[tuple[int, int], tuple[int, Rank]] = {}
        day = today.toordinal()
        soon = day + SOON_DAYS
        room = 0
        # Taken one by one, so that they are never all there as Python's objects.
        for number, id, sort, due, at in lines:
            if number >= room:
                self._make_room(number)
                room = len(key_of) - HALF
            own = decided.get(id) if decided else None
            if own is None:
                if not due or due > soon:
                    nearness = 4 if due else 0
                else:
                    nearness = 1 if due < day else 2 if due == day else 3
                place = known.get((sort, nearness))
                if place is None:
                    place = known[sort, nearness] = self._place(sorts[sort], due, _UNTOUCHED)
                facet, rank = place
                key = (
                    ((rank << _DUE_BITS) + (due or _FAR) << _AT_BITS) + at << _NUMBER_BITS
                ) + number
            else:
                facet, key, due = self._decided_place(number, sorts[sort], due, at, own)
            ids[number] = id
            number_of[id] = number
            key_of[number] = key
            facet_of[number] = facet
            due_of[number] = due
        self._keys = sorted(filter(None, key_of))
        self._counts = Counter(map(facet_of.__getitem__, number_of.values()))

    def put(self, lines: Iterable[tuple[Numbered, Sort, Decided | None]]) -> None:
        """These letters are new or have changed."""
        rows = list(lines)
        self.version += 1
        self._order = None
        one_by_one = len(rows) <= FEW
        for (number, id, _, due, at), sort, own in rows:
            self._make_room(number)
            self._take_out(id, in_place=one_by_one)
            facet, key, due = self._decided_place(number, sort, due, at, own or _UNTOUCHED)
            self._ids[number] = id
            self._number_of[id] = number
            self._key_of[number] = key
            self._facet_of[number] = facet
            self._due_of[number] = due
            self._counts[facet] += 1
            if one_by_one:
                self._keys.insert(bisect_left(self._keys, key), key)
        if not one_by_one:
            self._keys = sorted(filter(None, self._key_of))

    def remove(self, ids: Iterable[str]) -> None:
        self.version += 1
        self._order = None
        for id in ids:
            self._take_out(id, in_place=True)

    def _take_out(self, id: str, *, in_place: bool) -> None:
        number = self._number_of.pop(id, None)
        if number is None:
            return
        if in_place:
            del self._keys[bisect_left(self._keys, self._key_of[number])]
        self._counts[self._facet_of[number]] -= 1
        self._key_of[number] = _NO_KEY

    def _make_room(self, number: int) -> None:
        size = len(self._key_of) - HALF
        if number < size:
            return
        # In place: what stands at the end belongs to the negative numbers and stays there.
        more = max(number + 1 - size, 8192)
        self._key_of[size:size] = [_NO_KEY] * more
        self._ids[size:size] = [None] * more
        for values in (self._facet_of, self._due_of):
            values[size:size] = array("l", bytes(8 * more))

    # Places

    def _decided_place(
        self, number: int, sort: Sort, due: int, at: int, own: Decided
    ) -> tuple[int, int, int]:
        """Facet, key and due date of one letter."""
        if own.due is not None:
            due = own.due.toordinal()
        facet, rank = self._place(sort, due, own)
        nearer = due or _FAR
        if rank is Rank.DONE:
            # Closed letters: the latest decision first.
            nearer, at = 0, _LAST_AT - own.updated
        key = (((rank << _DUE_BITS) + nearer << _AT_BITS) + at << _NUMBER_BITS) + (number & _NUMBER)
        return facet, key, due

    def _place(self, sort: Sort, due: int, own: Decided) -> tuple[int, Rank]:
        """The number of the facet, and the rank."""
        day = dt.date.fromordinal(due) if due else None
        rank, _ = rank_of(
            status=own.status,
            due=day,
            today=self.today,
            urgency=sort.urgency,
            secrecy=sort.secrecy,
            action=sort.action,
            problem=sort.problem,
            growing=own.growing,
        )
        views = views_for(
            status=own.status,
            due=day,
            urgency=sort.urgency,
            assignee=own.assignee,
            problem=sort.problem,
            today=self.today,
            me=self._me,
        )
        facet = Facet(sort, views, own.status)
        number = self._facet_numbers.get(facet)
        if number is None:
            number = self._facet_numbers[facet] = len(self._facets)
            self._facets.append(facet)
        return number, rank

    def _ordered(self) -> tuple[array[int], array[int]]:
        """The numbers in their order, and the facet of each."""
        if self._order is None:
            numbers = array("q", (key & _NUMBER for key in self._keys))
            if any(self._key_of[-HALF:]):
                numbers = array("q", map(_signed, numbers))
            facet_of = self._facet_of
            self._order = numbers, array("l", map(facet_of.__getitem__, numbers))
        return self._order

    # Boards

    def board(self, query: Query, found: Set[int] | None) -> Answer:
        """``found`` are the letters that the query's text means, ``None`` without a text."""
        numbers: Iterable[int]
        facets: Iterable[int]
        if found is None:
            numbers, facets = self._ordered()
            counts = self._counts
        elif len(found) * 8 < len(self._keys):
            keys = sorted(filter(None, map(self._key_of.__getitem__, self._there(found))))
            numbers = [_signed(key & _NUMBER) for key in keys]
            facets = [self._facet_of[number] for number in numbers]
            counts = Counter(facets)
        else:
            every, every_facet = self._ordered()
            hits = [number in found for number in every]
            numbers = list(itertools.compress(every, hits))
            facets = list(itertools.compress(every_facet, hits))
            counts = Counter(facets)
        return self._counted(query, numbers, facets, counts)

    def _there(self, numbers: Iterable[int]) -> Iterator[int]:
        size = len(self._key_of) - HALF
        return (number for number in numbers if number < size)

    def _counted(
        self, query: Query, numbers: Iterable[int], facets: Iterable[int], counts: Counter[int]
    ) -> Answer:
        wanted = set()
        # Few sets of views are shared by all facets: each view is counted over those.
        by_views: Counter[tuple[View, ...]] = Counter()
        senders: Counter[str] = Counter()
        urgencies = dict.fromkeys(Urgency, 0)
        statuses = dict.fromkeys(Status, 0)
        view, urgency, sender = query.view, query.urgency, query.sender
        facets_of = self._facets
        for number, count in counts.items():
            facet = facets_of[number]
            sort, shown_in = facet.sort, facet.views
            in_view = view in shown_in
            in_urgency = urgency is None or urgency is sort.urgency
            in_sender = sender is None or sender == sort.sender
            if in_urgency and in_sender:
                by_views[shown_in] += count
                if in_view:
                    wanted.add(number)
                    statuses[facet.status] += count
            if in_view:
                if in_urgency:
                    senders[sort.sender] += count
                if in_sender:
                    urgencies[sort.urgency] += count
        del senders[""]
        views = dict.fromkeys(View, 0)
        for shown_in, count in by_views.items():
            for one in shown_in:
                views[one] += count
        ranked = sorted(
            ((name, count) for name, count in senders.items() if count),
            key=lambda item: (-item[1], item[0]),
        )
        shown = itertools.compress(numbers, map(wanted.__contains__, facets))
        return Answer(array("q", shown), views, tuple(ranked), urgencies, statuses)


def _signed(number: int) -> int:
    """A number as it stands in a key -> the number."""
    return number if number <= _NUMBER >> 1 else number - _NUMBER - 1
