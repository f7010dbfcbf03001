"""What a power cut may leave: a record of writes and syncs, and every disk that could come of it.

The model is the strict one of POSIX. What was written to a file is there for certain once that file
was synced, and not before: until then any part of it may be lost, also so that the file is as long
as it would be and holds zeros. A name (made, renamed, removed) is there once its folder was synced.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Write = tuple[int, bytes | None]  # an offset and what was written there; ``None`` cuts off
Name = tuple[str, int | None]  # a name and the file it names from now on; ``None`` takes it away


class Disk(NamedTuple):
    """Folders by their path under the root: each a dict of names to bytes or to ``None`` (a folder)."""

    folders: dict[str, dict[str, bytes | None]]

    def lay_down(self, root: Path) -> None:
        for folder in sorted(self.folders):
            if not self._reached(folder):
                continue
            place = root / folder
            place.mkdir(exist_ok=True)
            for name, data in self.folders[folder].items():
                if data is not None:
                    (place / name).write_bytes(data)

    def _reached(self, folder: str) -> bool:
        parent, _, name = folder.rpartition("/")
        return folder == "" or (name in self.folders.get(parent, {}) and self._reached(parent))

    @property
    def key(self) -> object:
        return tuple(
            (folder, tuple(sorted(names.items(), key=lambda item: item[0])))
            for folder, names in sorted(self.folders.items())
            if self._reached(folder)
        )


class _File:
    def __init__(self) -> None:
        self.synced = b""
        self.pending: list[Write] = []

    @property
    def live(self) -> bytes:
        return _apply(self.synced, self.pending)


class _Folder:
    def __init__(self) -> None:
        self.synced: dict[str, int] = {}
        self.pending: list[tuple[Name, ...]] = []

    def live(self) -> dict[str, int]:
        return _named(self.synced, self.pending)


class Recorder:
    """Takes down what is done under ``root`` through ``os``; asks ``at_cut`` after every step."""

    def __init__(self, root: Path, at_cut: Callable[[Recorder], None]) -> None:
        self.root = str(root)
        self._at_cut = at_cut
        self.files: dict[int, _File] = {}
        self.folders: dict[str, _Folder] = {"": _Folder()}
        self._open: dict[int, int | str] = {}
        self.steps = 0
        #: Raised instead of the next sync: the process was killed after its write.
        self.kill: BaseException | None = None
        self._real = {
            name: getattr(os, name)
            for name in ("open", "close", "write", "pwrite", "ftruncate", "fsync", "mkdir", "rename", "replace", "unlink")
        }  # fmt: skip

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in self._real:
            patch.setattr(os, name, getattr(self, name))

    # -- what is patched

    def open(self, path: Any, flags: int, *rest: Any, **named: Any) -> int:
        inside = self._inside(path)
        there = inside is not None and os.path.lexists(path)
        descriptor: int = self._real["open"](path, flags, *rest, **named)
        self._open.pop(descriptor, None)
        if inside is None or inside.endswith("/lock"):
            return descriptor
        if inside in self.folders:
            self._open[descriptor] = inside
            return descriptor
        number = os.fstat(descriptor).st_ino
        self._open[descriptor] = number
        if not there:
            self.files[number] = _File()
            self._name(inside, number)
        return descriptor

    def close(self, descriptor: int) -> None:
        self._open.pop(descriptor, None)
        self._real["close"](descriptor)

    def write(self, descriptor: int, data: Any) -> int:
        file = self._file(descriptor)
        written: int = self._real["write"](descriptor, data)
        if file is not None:
            # All that is recorded is appended, or written once from the start.
            file.pending.append((len(file.live), bytes(data[:written])))
            self._cut()
        return written

    def pwrite(self, descriptor: int, data: bytes, offset: int) -> int:
        file = self._file(descriptor)
        written: int = self._real["pwrite"](descriptor, data, offset)
        if file is not None:
            file.pending.append((offset, data[:written]))
            self._cut()
        return written

    def ftruncate(self, descriptor: int, length: int) -> None:
        self._real["ftruncate"](descriptor, length)
        file = self._file(descriptor)
        if file is not None:
            file.pending.append((length, None))
            self._cut()

    def fsync(self, descriptor: int) -> None:
        what = self._open.get(descriptor)
        if what is not None and self.kill is not None:
            kill, self.kill = self.kill, None
            raise kill
        self._real["fsync"](descriptor)
        if isinstance(what, str):
            folder = self.folders[what]
            folder.synced, folder.pending = folder.live(), []
            self._cut()
        elif what is not None:
            file = self.files[what]
            file.synced, file.pending = file.live, []
            self._cut()

    def mkdir(self, path: Any, *rest: Any, **named: Any) -> None:
        self._real["mkdir"](path, *rest, **named)
        inside = self._inside(path)
        if inside is not None:
            self.folders[inside] = _Folder()
            self._name(inside, -1)

    def rename(self, old: Any, new: Any, **named: Any) -> None:
        self._rename("rename", old, new)

    def replace(self, old: Any, new: Any, **named: Any) -> None:
        self._rename("replace", old, new)

    def unlink(self, path: Any, **named: Any) -> None:
        self._real["unlink"](path, **named)
        inside = self._inside(path)
        if inside is not None:
            self._name(inside, None)

    # -- inside

    def _rename(self, which: str, old: Any, new: Any) -> None:
        self._real[which](old, new)
        source, target = self._inside(old), self._inside(new)
        if source is None or target is None:
            return
        parent, _, name = source.rpartition("/")
        assert parent == target.rpartition("/")[0], "nothing here moves between folders"
        folder = self.folders[parent]
        # Both names change in one step, or neither.
        folder.pending.append(((name, None), (target.rpartition("/")[2], folder.live()[name])))
        self._cut()

    def _name(self, inside: str, number: int | None) -> None:
        parent, _, name = inside.rpartition("/")
        self.folders[parent].pending.append(((name, number),))
        self._cut()

    def _inside(self, path: Any) -> str | None:
        text = os.fsdecode(path)
        if text == self.root:
            return ""
        return text[len(self.root) + 1 :] if text.startswith(self.root + "/") else None

    def _file(self, descriptor: int) -> _File | None:
        what = self._open.get(descriptor)
        return self.files.get(what) if isinstance(what, int) else None

    def _cut(self) -> None:
        self.steps += 1
        self._at_cut(self)

    # -- what may be left

    def disks(self, chance: random.Random, mixtures: int) -> Iterator[Disk]:
        """Every disk by the extremes, and ``mixtures`` of any of them."""
        names = {path: _names(folder) for path, folder in self.folders.items()}
        contents = {number: _contents(file) for number, file in self.files.items()}
        longest_names = max(map(len, names.values()))
        longest = max(map(len, contents.values()), default=1)
        for which, how in itertools.product(range(longest_names), range(longest)):
            yield self._disk(
                {path: found[min(which, len(found) - 1)] for path, found in names.items()},
                {number: found[min(how, len(found) - 1)] for number, found in contents.items()},
            )
        for _ in range(mixtures):
            yield self._disk(
                {path: chance.choice(found) for path, found in names.items()},
                {number: chance.choice(found) for number, found in contents.items()},
            )

    def _disk(self, names: dict[str, dict[str, int]], contents: dict[int, bytes]) -> Disk:
        return Disk(
            {
                path: {name: contents.get(number) for name, number in found.items()}
                for path, found in names.items()
            }
        )


def _names(folder: _Folder) -> list[dict[str, int]]:
    """A folder with each part of what was not synced: none first, all last."""
    count = len(folder.pending)
    if count <= 4:
        chosen = itertools.chain.from_iterable(
            itertools.combinations(folder.pending, n) for n in range(count + 1)
        )
        return [_named(folder.synced, list(each)) for each in chosen]
    return [_named(folder.synced, folder.pending[:n]) for n in range(count + 1)]


def _named(synced: dict[str, int], changes: list[tuple[Name, ...]]) -> dict[str, int]:
    found = dict(synced)
    for name, number in itertools.chain.from_iterable(changes):
        if number is None:
            found.pop(name, None)
        else:
            found[name] = number
    return found


def _contents(file: _File) -> list[bytes]:
    """A file with each part of what was not synced: none first, all last."""
    found = [file.synced]
    for n, (offset, data) in enumerate(file.pending):
        before = file.pending[:n]
        if data:
            for length in (1, len(data) // 2, len(data) - 1):
                found.append(_apply(file.synced, [*before, (offset, data[:length])]))
            # As long as it was to be, but its blocks never came.
            found.append(_apply(file.synced, [*before, (offset, bytes(len(data)))]))
            half = len(data) // 2
            found.append(_apply(file.synced, [*before, (offset, bytes(half) + data[half:])]))
        found.append(_apply(file.synced, file.pending[: n + 1]))
    return found


def _apply(data: bytes, writes: list[Write]) -> bytes:
    for offset, new in writes:
        if new is None:
            data = data[:offset].ljust(offset, b"\0")
        else:
            data = data[:offset].ljust(offset, b"\0") + new + data[offset + len(new) :]
    return data
