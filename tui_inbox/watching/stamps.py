"""The stamps of very many files, without their paths: 32 bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import compress

from tui_inbox.watching.model import Stamp

# In place of a size: the other side could not read the file and is to be told of it once more.
_UNREAD = -1


class Stamps:
    """Path → stamp, for a folder of a hundred thousand files that is looked at again and again.

    A path is known by its hash of 64 bits, which Python makes with a key of its own in every
    process. Two paths of one hash would share a place: each look would take the one for changed
    and have it handed over again. Unless both have the same stamp, none is ever passed over.

    :param key: the hash; another one only to try that out.
    """

    __slots__ = ("_columns", "_key", "_keys")

    def __init__(self, key: Callable[[str], int] = hash) -> None:
        self._key = key
        self._hold(array("q") for _ in range(4))

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, path: str) -> int:
        """The place of ``path``, good until something is put or dropped; -1 for none."""
        key = self._key(path)
        at = bisect_left(self._keys, key)
        return at if at < len(self._keys) and self._keys[at] == key else -1

    def holds(self, place: int, stamp: Stamp) -> bool:
        """Whether ``stamp`` is what stands at ``place``."""
        _, sizes, times, inodes = self._columns
        return (
            times[place] == stamp.mtime_ns
            and sizes[place] == stamp.size
            and inodes[place] == stamp.inode
        )

    def load(self, pairs: Iterable[tuple[str, Stamp | None]]) -> None:
        """Hold these and no others; each path once."""
        keys, sizes, times, inodes = columns = tuple(array("q") for _ in range(4))
        for path, stamp in pairs:
            keys.append(self._key(path))
            size, mtime_ns, inode = _fields(stamp)
            sizes.append(size)
            times.append(mtime_ns)
            inodes.append(inode)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._hold(array("q", map(column.__getitem__, order)) for column in columns)

    def put(self, pairs: Iterable[tuple[str, Stamp | None]]) -> None:
        """Hold these too, in the place of what was held of the same paths."""
        added: dict[int, tuple[int, int, int]] = {}
        for path, stamp in pairs:
            place = self.find(path)
            if place < 0:
                added[self._key(path)] = _fields(stamp)
            else:
                for column, value in zip(self._columns[1:], _fields(stamp), strict=True):
                    column[place] = value
        if not added:
            return
        keys = sorted(added)
        places = [bisect_left(self._keys, key) for key in keys]
        rows = zip(*((key, *added[key]) for key in keys), strict=True)
        self._hold(
            _with(column, places, values)
            for column, values in zip(self._columns, rows, strict=True)
        )

    def drop(self, paths: Iterable[str]) -> None:
        """Hold these no longer, as far as they were held."""
        dropped = {place for path in paths if (place := self.find(path)) >= 0}
        if dropped:
            kept = [place not in dropped for place in range(len(self))]
            self._hold(array("q", compress(column, kept)) for column in self._columns)

    def _hold(self, columns: Iterable[array[int]]) -> None:
        # Hash (ascending), size, time and inode of the files, in the same order.
        self._columns = tuple(columns)
        self._keys = self._columns[0]


def _fields(stamp: Stamp | None) -> tuple[int, int, int]:
    return (_UNREAD, 0, 0) if stamp is None else (stamp.size, stamp.mtime_ns, stamp.inode)


def _with(column: array[int], places: list[int], values: Iterable[int]) -> array[int]:
    """``column`` with each value put before the one at its place; the places ascend."""
    new = array("q")
    done = 0
    for place, value in zip(places, values, strict=True):
        new.extend(column[done:place])
        new.append(value)
        done = place
    new.extend(column[done:])
    return new
