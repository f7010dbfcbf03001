"""All letters of an inbox in the order of work, a few numbers each.

A board is asked for at every key of a search, so what can be known beforehand is: the order, and
for each letter its facet, that is what it shares with others (sender, urgency, views, status …).
There are some thousand facets at a hundred thousand letters, and counts are taken over them
(:mod:`tui_inbox.service.answer`).

A letter is known by its number in the catalogue; files that are still being written and were never
read have negative ones.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import chain, compress

import msgspec

from tui_inbox.catalogue import Columns, Numbered, Sort
from tui_inbox.ledger import Status
from tui_inbox.service.answer import Answer, Facet, answer
from tui_inbox.service.ids import Ids, PackedIds, is_run
from tui_inbox.triage import Query, Rank
from tui_inbox.triage.order import SOON_DAYS, rank_of
from tui_inbox.triage.views import views_for

#: More changed letters than that are sorted in, fewer are put in their places one by one.
FEW = 500
#: Files being written at once that are shown.
HALF = 1024

# Letters stand in the order of two numbers: rank and due date in one, the time of receipt; and then
# in the order of their own numbers, the negative ones last.
_AT_BITS, _DUE_BITS = 44, 22
_LAST_AT = (1 << _AT_BITS) - 1
_FAR = (1 << _DUE_BITS) - 1
_NOT_THERE = -1
_NUMBER_BITS = 32
_NUMBER = (1 << _NUMBER_BITS) - 1


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


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """A deck as bytes: its arrays, by number and in the order of work, and what they mean."""

    ids: PackedIds
    facets: list[Facet]
    counts: dict[int, int]
    by_number: tuple[bytes, bytes, bytes, bytes]
    order: bytes
    order_facets: bytes


_UNTOUCHED = Decided()


class Deck:
    """Not safe for several threads at once."""

    def __init__(self, *, today: dt.date, me: str | None) -> None:
        self.today = today
        #: Grows with every change.
        self.version = 0
        self._me = me
        self._clear(Columns())

    def _clear(self, columns: Columns) -> None:
        """Only the letters' ids are known; there is room for them and for half-written files."""
        self._facets: list[Facet] = []
        # Worked out when a letter is to be put in its place.
        self._facet_numbers: dict[Facet, int] | None = None
        self._ids = Ids(columns)
        # By number; the last HALF places are those of the negative numbers.
        size = max(columns.numbers, default=0) + 1 + HALF
        self._first_of = array("q", (_NOT_THERE,)) * size
        self._second_of = array("q", bytes(8 * size))
        self._facet_of = array("i", bytes(4 * size))
        self._due_of = array("i", bytes(4 * size))
        self._counts: Counter[int] = Counter()
        self._order = array("i")
        self._order_facets: array[int] | None = None

    def __len__(self) -> int:
        return len(self._order)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    # What is known of letters

    def ids(self) -> Set[str]:
        return self._ids

    def number_of(self, id: str) -> int | None:
        return self._ids.number_of(id)

    def id_of(self, number: int) -> str:
        """The id of a letter, also of one that was taken out since a board was made."""
        return self._ids.of(number) or f"?{number}"

    def numbers(self) -> array[int]:
        """Every letter in the order of work."""
        return self._order[:]

    def having(self, meets: Callable[[Facet], object]) -> set[int]:
        """The letters whose facet is of that sort."""
        wanted = {number for number, facet in enumerate(self._facets) if meets(facet)}
        return set(compress(self._order, map(wanted.__contains__, self._facets_in_order())))

    def due_between(self, first: int, last: int) -> set[int]:
        """The letters that are due from ``first`` to ``last`` (ordinal days); 0 is no day."""
        due = self._due_of
        return {number for number in self._order if first <= due[number] <= last}

    def count(self, meets: Callable[[Facet], object]) -> int:
        return sum(count for number, count in self._counts.items() if meets(self._facets[number]))

    def senders(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for number, count in self._counts.items():
            found[self._facets[number].sort.sender] += count
        del found[""]
        return found

    # Kept for another time

    def packed(self) -> Packed:
        """All of it, without ``today`` and the rest that it was made with."""
        return Packed(
            ids=self._ids.packed(),
            facets=self._facets[:],
            counts=dict(self._counts),
            by_number=(
                self._first_of.tobytes(),
                self._second_of.tobytes(),
                self._facet_of.tobytes(),
                self._due_of.tobytes(),
            ),
            order=self._order.tobytes(),
            order_facets=self._facets_in_order().tobytes(),
        )

    def unpack(self, packed: Packed, made_on: dt.date) -> set[int]:
        """Be what :meth:`packed` gave on another day; the letters whose place may be another one
        today, which are to be put again."""
        self.version += 1
        self._ids = Ids.unpacked(packed.ids)
        self._facets, self._facet_numbers = packed.facets, None
        self._counts = Counter(packed.counts)
        first_of, second_of, facet_of, due_of = packed.by_number
        self._first_of, self._second_of = array("q", first_of), array("q", second_of)
        self._facet_of, self._due_of = array("i", facet_of), array("i", due_of)
        self._order = array("i", packed.order)
        self._order_facets = array("i", packed.order_facets)
        if made_on == self.today:
            return set()
        early, late = sorted((made_on.toordinal(), self.today.toordinal()))
        return self.due_between(early, late + SOON_DAYS)

    # Changing

    def reset(
        self, lines: Columns, sorts: dict[int, Sort], decided: dict[str, Decided], today: dt.date
    ) -> None:
        """These are all letters. ``decided`` is by id; who is not in it was never touched."""
        self.today = today
        self.version += 1
        self._clear(lines)
        numbers = lines.numbers
        # Column by column, so that a hundred thousand letters are never as many of Python's
        # objects. Most letters share what their place depends on with many others: of a due date
        # it only matters whether it is over, today, soon or later.
        near = {due: self._nearness(due) for due in set(lines.dues)}
        shared = [
            (sort << 3) + near[due] for sort, due in zip(lines.sorts, lines.dues, strict=True)
        ]
        facet_of, rank_of_shared = {}, {}
        for alike, due in dict(zip(shared, lines.dues, strict=True)).items():
            facet_of[alike], rank = self._place(sorts[alike >> 3], due, _UNTOUCHED)
            rank_of_shared[alike] = rank << _DUE_BITS
        facets = [facet_of[alike] for alike in shared]
        firsts = [
            rank_of_shared[alike] + (due or _FAR)
            for alike, due in zip(shared, lines.dues, strict=True)
        ]
        for values, column in (
            (self._first_of, array("q", firsts)),
            (self._second_of, lines.ats),
            (self._facet_of, array("i", facets)),
            (self._due_of, lines.dues),
        ):
            _spread(values, numbers, column)
        if decided:
            self._decide(lines, sorts, decided)
            facets = [self._facet_of[number] for number in numbers]
        self._counts = Counter(facets)
        self._order = self._arranged(numbers)

    def _decide(self, lines: Columns, sorts: dict[int, Sort], decided: dict[str, Decided]) -> None:
        """Put what people have touched in its place."""
        places: dict[tuple[object, ...], tuple[int, Rank]] = {}
        for number, id, sort, due, at in lines:
            own = decided.get(id)
            if own is None:
                continue
            if own.due is not None:
                due = own.due.toordinal()
            shared = (sort, self._nearness(due), own.status, own.assignee, own.growing)
            place = places.get(shared)
            if place is None:
                place = places[shared] = self._place(sorts[sort], due, own)
            self._set(number, place, due, at, own)

    def _nearness(self, due: int) -> int:
        """What it matters for a place when a letter is due."""
        day = self.today.toordinal()
        if not due:
            return 0
        return 1 if due < day else 2 if due == day else 3 if due <= day + SOON_DAYS else 4

    def put(self, lines: Iterable[tuple[Numbered, Sort, Decided | None]]) -> None:
        """These letters are new or have changed."""
        rows = list(lines)
        self.version += 1
        self._order_facets = None
        one_by_one = len(rows) <= FEW
        for (number, id, _, due, at), sort, own in rows:
            self._make_room(number)
            self._take_out(id, in_place=one_by_one)
            own = own or _UNTOUCHED
            if own.due is not None:
                due = own.due.toordinal()
            self._ids.add(number, id)
            self._set(number, self._place(sort, due, own), due, at, own)
            self._counts[self._facet_of[number]] += 1
            if one_by_one:
                self._order.insert(self._place_in_order(number), number)
        if not one_by_one:
            new = {line[0] for line, _, _ in rows}
            kept = (number for number in self._order if number not in new)
            first_of = self._first_of
            there = (number for number in kept if first_of[number] != _NOT_THERE)
            self._order = self._arranged(chain(there, new))

    def remove(self, ids: Iterable[str]) -> None:
        self.version += 1
        self._order_facets = None
        for id in ids:
            self._take_out(id, in_place=True)

    def _take_out(self, id: str, *, in_place: bool) -> None:
        number = self._ids.discard(id)
        if number is None:
            return
        if in_place:
            del self._order[self._place_in_order(number)]
        self._counts[self._facet_of[number]] -= 1
        self._first_of[number] = _NOT_THERE

    def _make_room(self, number: int) -> None:
        size = len(self._first_of) - HALF
        if number < size:
            return
        # In place: what stands at the end belongs to the negative numbers and stays there.
        more = max(number + 1 - size, 8192)
        self._first_of[size:size] = array("q", (_NOT_THERE,)) * more
        self._second_of[size:size] = array("q", bytes(8 * more))
        for values in (self._facet_of, self._due_of):
            values[size:size] = array("i", bytes(4 * more))

    # Places

    def _set(self, number: int, place: tuple[int, Rank], due: int, at: int, own: Decided) -> None:
        """Note a letter's facet, due date and place in the order."""
        facet, rank = place
        nearer = due or _FAR
        if rank is Rank.DONE:
            # Closed letters: the latest decision first.
            nearer, at = 0, _LAST_AT - own.updated
        self._first_of[number] = (rank << _DUE_BITS) + nearer
        self._second_of[number] = at
        self._facet_of[number] = facet
        self._due_of[number] = due

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
        if self._facet_numbers is None:
            self._facet_numbers = {facet: number for number, facet in enumerate(self._facets)}
        number = self._facet_numbers.get(facet)
        if number is None:
            number = self._facet_numbers[facet] = len(self._facets)
            self._facets.append(facet)
        return number, rank

    # The order

    def _key(self, number: int) -> int:
        first, second = self._first_of[number], self._second_of[number]
        return ((first << _AT_BITS) + second << _NUMBER_BITS) + (number & _NUMBER)

    def _place_in_order(self, number: int) -> int:
        return bisect_left(self._order, self._key(number), key=self._key)

    def _arranged(self, numbers: Iterable[int]) -> array[int]:
        """``numbers`` in the order of work."""
        by_number = sorted(numbers, key=_NUMBER.__and__)
        by_time = sorted(by_number, key=self._second_of.__getitem__)
        first_of = self._first_of
        alike: defaultdict[int, list[int]] = defaultdict(list)
        for number in by_time:
            alike[first_of[number]].append(number)
        return array("i", chain.from_iterable(alike[first] for first in sorted(alike)))

    def _facets_in_order(self) -> array[int]:
        if self._order_facets is None:
            self._order_facets = array("i", map(self._facet_of.__getitem__, self._order))
        return self._order_facets

    # Boards

    def board(self, query: Query, found: Set[int] | None) -> Answer:
        """``found`` are the letters that the query's text means, ``None`` without a text."""
        if found is None:
            return answer(query, self._facets, self._counts, self._order, self._facets_in_order())
        if len(found) * 8 < len(self._order):
            numbers = array("i", sorted(self._there(found), key=self._key))
        else:
            numbers = array("i", filter(found.__contains__, self._order))
        facets = array("i", map(self._facet_of.__getitem__, numbers))
        return answer(query, self._facets, Counter(facets), numbers, facets)

    def _there(self, numbers: Iterable[int]) -> Iterator[int]:
        first_of = self._first_of
        size = len(first_of) - HALF
        return (number for number in numbers if number < size and first_of[number] != _NOT_THERE)


def _spread(values: array[int], numbers: array[int], column: array[int]) -> None:
    """``values[numbers[i]] = column[i]`` for every i."""
    if is_run(numbers):
        values[numbers[0] : numbers[0] + len(numbers)] = column
        return
    for number, value in zip(numbers, column, strict=True):
        values[number] = value
