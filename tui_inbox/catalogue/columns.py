"""The lines of all letters at once, column by column.

SQLite hands a column over as one text some ten times faster than row by row, and no letter is a
Python object meanwhile.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator

import msgspec

#: Bytes of a letter's id, which is the SHA-256 of its first content in hexadecimal digits.
HASH_BYTES = 32
_NO_HASH = bytes(HASH_BYTES)
_HASH_DIGITS = frozenset("0123456789abcdef")
# Letters at once: their columns are some megabytes as texts and lists.
_CHUNK = 16_384

_IS_HASH = f"length(id) = {2 * HASH_BYTES} AND id > '{_NO_HASH.hex()}'"
_LINES = f"""
SELECT group_concat(number), group_concat(sort), group_concat(due), group_concat(at),
    group_concat(CASE WHEN {_IS_HASH} THEN id ELSE '{_NO_HASH.hex()}' END, ''),
    group_concat(CASE WHEN NOT ({_IS_HASH}) THEN number || ' ' || id END, char(10))
FROM lines WHERE number >= ? AND number < ?
"""
_IN_ORDER_OF_IDS = "SELECT group_concat(number) FROM (SELECT number FROM letters ORDER BY id)"

_integers = msgspec.json.Decoder(list[int]).decode

Numbered = tuple[int, str, int, int, int]
"""A letter's number, id, the number of its :class:`Sort`, due date and time of receipt."""


def hash_of(id: str) -> bytes | None:
    """The bytes of an id that is a hash, ``None`` of any other (a file that cannot be read)."""
    if len(id) != 2 * HASH_BYTES or not _HASH_DIGITS.issuperset(id):
        return None
    found = bytes.fromhex(id)
    return None if found == _NO_HASH else found


class Columns:
    """Lines as columns of the same length; iterated over they are :data:`Numbered`.

    ``hashes`` has 32 bytes a line, zeros where the id is no hash: then it is in ``others``, by
    number. ``by_id`` are the numbers of the rest in the order of their ids.
    """

    def __init__(self) -> None:
        self.numbers = array("i")
        self.sorts = array("i")
        self.dues = array("i")
        self.ats = array("q")
        self.hashes = bytearray()
        self.others: dict[int, str] = {}
        self.by_id = array("i")

    @classmethod
    def of(cls, lines: Iterable[Numbered]) -> Columns:
        columns = cls()
        for number, id, sort, due, at in lines:
            columns.numbers.append(number)
            columns.sorts.append(sort)
            columns.dues.append(due)
            columns.ats.append(at)
            columns._add_ids((id,), columns.numbers[-1:])
        columns._sort_ids()
        return columns

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Numbered]:
        lines = zip(self.numbers, self.sorts, self.dues, self.ats, strict=True)
        for at, (number, sort, due, received) in enumerate(lines):
            yield number, self._id(at, number), sort, due, received

    def _id(self, at: int, number: int) -> str:
        other = self.others.get(number)
        return (
            self.hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES].hex() if other is None else other
        )

    def _add_ids(self, ids: Iterable[str], numbers: array[int]) -> None:
        for id, number in zip(ids, numbers, strict=True):
            known = hash_of(id)
            if known is None:
                self.others[number] = id
            self.hashes += known or _NO_HASH

    def _sort_ids(self) -> None:
        hashes = {
            number: bytes(self.hashes[at * HASH_BYTES : (at + 1) * HASH_BYTES])
            for at, number in enumerate(self.numbers)
            if number not in self.others
        }
        self.by_id = array("i", sorted(hashes, key=hashes.__getitem__))

    # From the catalogue

    @classmethod
    def read(cls, db: sqlite3.Connection) -> Columns:
        """Every line that the catalogue holds, in the order of the numbers."""
        columns = cls()
        last = db.execute("SELECT max(number) FROM lines").fetchone()[0]
        for first in range(0, -1 if last is None else last + 1, _CHUNK):
            row = db.execute(_LINES, (first, first + _CHUNK)).fetchone()
            if row[0] is not None:
                columns._take(*row)
        columns._take_order(db.execute(_IN_ORDER_OF_IDS).fetchone()[0])
        return columns

    def _take(
        self, numbers: str, sorts: str, dues: str, ats: str, hashes: str, others: str | None
    ) -> None:
        """
        :raises ValueError: an id of 64 characters that are no hexadecimal digits.
        """
        self.numbers += _array(numbers)
        self.sorts += _array(sorts)
        self.dues += _array(dues)
        self.ats.extend(_integers(f"[{ats}]"))
        self.hashes += bytes.fromhex(hashes)
        for line in (others or "").splitlines():
            number, _, id = line.partition(" ")
            self.others[int(number)] = id

    def _take_order(self, numbers: str | None) -> None:
        others = self.others
        order = _array(numbers or "")
        self.by_id = array("i", [number for number in order if number not in others])


def integers(db: sqlite3.Connection, query: str, values: tuple[object, ...] = ()) -> list[int]:
    """The integers in the only column of ``query``, which has no semicolon at its end."""
    found = db.execute(f"WITH found(n) AS ({query}) SELECT group_concat(n) FROM found", values)
    return _integers(f"[{found.fetchone()[0] or ''}]")


def _array(numbers: str) -> array[int]:
    return array("i", _integers(f"[{numbers}]"))
