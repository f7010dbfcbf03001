"""The ids of letters by their numbers and the numbers by their ids, in some 36 bytes a letter."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Set
from itertools import chain

import msgspec

from tui_inbox.catalogue.columns import HASH_BYTES, Columns, hash_of


class PackedIds(msgspec.Struct, frozen=True, array_like=True):
    """:class:`Ids` as bytes. ``others`` are known by their numbers, ``there`` are those of them
    that were not taken out."""

    hashes: bytes
    by_id: bytes
    others: dict[int, str]
    there: dict[str, int]


class Ids(Set[str]):
    """The set of the ids that are there.

    An id that was taken out is still known by its number. Most are hashes, kept as such by number,
    and their numbers in the order of the hashes; the rest (of files that cannot be read) are few.
    """

    def __init__(self, columns: Columns | None = None) -> None:
        columns = columns or Columns()
        self._others = dict(columns.others)
        self._other_numbers = {id: number for number, id in columns.others.items()}
        self._sorted = columns.by_id[:]
        self._hashes = _by_number(columns)

    def packed(self) -> PackedIds:
        return PackedIds(
            bytes(self._hashes),
            self._sorted.tobytes(),
            dict(self._others),
            dict(self._other_numbers),
        )

    @classmethod
    def unpacked(cls, packed: PackedIds) -> Ids:
        ids = cls()
        ids._hashes = bytearray(packed.hashes)
        ids._sorted = array("i", packed.by_id)
        ids._others = packed.others
        ids._other_numbers = packed.there
        return ids

    def __len__(self) -> int:
        return len(self._sorted) + len(self._other_numbers)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.number_of(id) is not None

    def __iter__(self) -> Iterator[str]:
        hashes = (self._hash_at(number).hex() for number in self._sorted)
        return chain(hashes, self._other_numbers)

    @classmethod
    def _from_iterable(cls, ids: object) -> frozenset[str]:  # type: ignore[override]
        # What is made of sets of ids has no numbers.
        return frozenset(ids)  # type: ignore[call-overload,no-any-return]

    def of(self, number: int) -> str | None:
        """The id of a letter that is or was there."""
        other = self._others.get(number)
        if other is not None:
            return other
        found = self._hash_at(number) if number >= 0 else b""
        return found.hex() if any(found) else None

    def number_of(self, id: str) -> int | None:
        other = self._other_numbers.get(id)
        if other is not None:
            return other
        wanted = hash_of(id)
        if wanted is None:
            return None
        at = self._place(wanted)
        if at == len(self._sorted) or self._hash_at(self._sorted[at]) != wanted:
            return None
        return self._sorted[at]

    def add(self, number: int, id: str) -> None:
        """``id`` must not be there under another number."""
        wanted = hash_of(id) if number >= 0 else None
        if wanted is None:
            self._others[number] = id
            self._other_numbers[id] = number
            return
        if self.number_of(id) == number:
            return
        self._others.pop(number, None)
        end = number * HASH_BYTES
        if len(self._hashes) < end + HASH_BYTES:
            # Room for more at once: bytes that grow one by one are copied each time.
            self._hashes += bytes(end + 256 * HASH_BYTES - len(self._hashes))
        self._hashes[end : end + HASH_BYTES] = wanted
        self._sorted.insert(self._place(wanted), number)

    def discard(self, id: str) -> int | None:
        """Take an id out; the number that it had."""
        number = self._other_numbers.pop(id, None)
        if number is None and (number := self.number_of(id)) is not None:
            del self._sorted[self._place(self._hash_at(number))]
        return number

    def _hash_at(self, number: int) -> bytes:
        return bytes(self._hashes[number * HASH_BYTES : (number + 1) * HASH_BYTES])

    def _place(self, wanted: bytes) -> int:
        return bisect_left(self._sorted, wanted, key=self._hash_at)


def is_run(numbers: array[int]) -> bool:
    """Whether each number is one more than that before it, and none is negative."""
    if not numbers or numbers[0] < 0 or numbers[-1] - numbers[0] + 1 != len(numbers):
        return False
    return numbers == array("i", range(numbers[0], numbers[-1] + 1))


def _by_number(columns: Columns) -> bytearray:
    """The hashes of the lines, each in the place of its number."""
    numbers, hashes = columns.numbers, columns.hashes
    if is_run(numbers):
        return bytearray(numbers[0] * HASH_BYTES) + hashes
    made = bytearray((max(numbers, default=-1) + 1) * HASH_BYTES)
    for at, number in enumerate(numbers):
        if number >= 0:
            part = hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES]
            made[number * HASH_BYTES : (number + 1) * HASH_BYTES] = part
    return made
