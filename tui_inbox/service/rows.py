"""The rows of a board: which letters, in which order; each is fetched when it is looked at.

A hundred thousand letters are a hundred thousand numbers here. A list on the screen asks for the
few rows that it draws, an export for all of them one after the other.
"""

from __future__ import annotations

import threading
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import overload

from tui_inbox.triage import Row

#: Rows fetched at once when one is looked at, and while going through all.
CHUNK = 64
MANY = 512
#: Rows that are kept for the next look.
KEPT = 2048


class Window:
    """Fetches rows by number and keeps the latest. Safe for several threads."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], dict[int, Row]], id_of: Callable[[int], str]
    ) -> None:
        self._fetch = fetch
        self.id_of = id_of
        self._kept: OrderedDict[int, Row] = OrderedDict()
        self._lock = threading.Lock()
        # Grows when rows may have changed: what was fetched before is not kept then.
        self._state = 0

    def row(self, number: int, near: Sequence[int] = ()) -> Row:
        """One row; ``near`` are numbers that will probably be wanted next."""
        with self._lock:
            found = self._kept.get(number)
            if found is not None:
                self._kept.move_to_end(number)
                return found
        return self.rows(near if number in near else (number,))[number]

    def rows(self, numbers: Sequence[int], *, keep: bool = True) -> dict[int, Row]:
        with self._lock:
            found = {number: self._kept[number] for number in numbers if number in self._kept}
            state = self._state
        missing = [number for number in numbers if number not in found]
        if missing:
            fetched = self._fetch(missing)
            found |= fetched
            if keep:
                with self._lock:
                    if state == self._state:
                        self._kept |= fetched
                    while len(self._kept) > KEPT:
                        self._kept.popitem(last=False)
        return found

    def forget(self, numbers: Set[int] | None = None) -> None:
        """These rows may have changed; all may without an argument."""
        with self._lock:
            self._state += 1
            if numbers is None:
                self._kept.clear()
            else:
                for number in numbers:
                    self._kept.pop(number, None)


class Rows(Sequence[Row]):
    """Equal to any sequence of the same rows."""

    __slots__ = ("_number_of", "_window", "numbers")

    def __init__(
        self, numbers: array[int], window: Window, number_of: Callable[[str], int | None]
    ) -> None:
        self.numbers = numbers
        self._window = window
        self._number_of = number_of

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> Row | Rows:
        if isinstance(at, slice):
            return Rows(self.numbers[at], self._window, self._number_of)
        number = self.numbers[at]
        first = range(len(self.numbers))[at] // CHUNK * CHUNK
        return self._window.row(number, self.numbers[first : first + CHUNK])

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self.numbers), MANY):
            numbers = self.numbers[first : first + MANY]
            found = self._window.rows(numbers, keep=False)
            yield from (found[number] for number in numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as for every sequence that is compared

    @property
    def keys(self) -> Keys:
        """The rows' ids, which need no row to be fetched."""
        return Keys(self.numbers, self._window.id_of)

    @property
    def places(self) -> Places:
        """Where each id stands."""
        return Places(self.numbers, self._window.id_of, self._number_of)


class Keys(Sequence[str]):
    """The ids of rows, in their order."""

    __slots__ = ("_id_of", "_numbers")

    def __init__(self, numbers: array[int], id_of: Callable[[int], str]) -> None:
        self._numbers = numbers
        self._id_of = id_of

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Keys: ...
    def __getitem__(self, at: int | slice) -> str | Keys:
        if isinstance(at, slice):
            return Keys(self._numbers[at], self._id_of)
        return self._id_of(self._numbers[at])


class Places(Mapping[str, int]):
    """Where each id stands among rows."""

    __slots__ = ("_id_of", "_number_of", "_numbers", "_places")

    def __init__(
        self,
        numbers: array[int],
        id_of: Callable[[int], str],
        number_of: Callable[[str], int | None],
    ) -> None:
        self._numbers = numbers
        self._id_of = id_of
        self._number_of = number_of
        # By number, from 1 on; half-written files' numbers are negative and count from the end.
        least, most = min(numbers, default=0), max(numbers, default=0)
        self._places = array("i", bytes(4 * (max(0, most) + 1 + max(0, -least))))
        for at, number in enumerate(numbers, 1):
            self._places[number] = at

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self._id_of, self._numbers)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and super().__contains__(id)

    def __getitem__(self, id: str) -> int:
        number = self._number_of(id)
        size = len(self._places)
        place = self._places[number] if number is not None and -size <= number < size else 0
        if not place or self._numbers[place - 1] != number:
            raise KeyError(id)
        return place - 1
