"""The journal's files: segments of entries, snapshots of what they amount to.

``journal-<n>.jsonl`` holds the entries from number n on; all segments are kept, so the history has
no end. ``snapshot-<n>.jsonl`` is the state after entry n: a shortcut for opening, made anew from
the segments if it is damaged. Entries are numbered from 1 without gaps, in the order of the file,
which is the order of the lock; clocks play no part.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import msgspec

from tui_inbox.ledger import snapshot
from tui_inbox.ledger.folder import Folder, read_from, sync, told, write_all
from tui_inbox.ledger.line import SIGNATURE, NewerFormat, frame, pieces, unframe
from tui_inbox.ledger.model import Entry, ErrorCode, Finding, FindingCode, LedgerError, Stamp
from tui_inbox.ledger.segments import entry_of, file_name, matching, numbers
from tui_inbox.ledger.state import State

_encode = msgspec.json.Encoder().encode

#: A snapshot is due when the entries since the last one are this many bytes …
DUE_BYTES = 1_000_000
#: … and this part of the last one's size, so that the work stays in proportion.
DUE_PART = 4


class _Reload(Exception):
    """What was read before is no longer what the files say."""


class Journal:
    """Reads and appends. The caller sees to it that one thread at a time is in here."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.state = State()
        self.findings: list[Finding] = []
        #: Number in the name of the segment that is being read, 0 before there is one.
        self._segment = 0
        #: Where reading goes on, the last entry's number in this segment, its place and signature.
        self._offset = 0
        self._reached = 0
        self._last: tuple[int, bytes] = (0, b"")
        self._suspect: tuple[int, int, bytes] | None = None

    # -- reading

    @classmethod
    def load(cls, folder: Folder) -> Journal:
        """Read the newest sound snapshot and the entries after it."""
        for last in (False, False, True):
            journal = cls(folder)
            try:
                if folder.exists():
                    journal._load(folder.names())
            except LedgerError as error:
                # A writer may take an old file away between the listing and the reading.
                if last or error.code is not ErrorCode.MISSING:
                    raise
            else:
                break
        return journal

    def _load(self, names: list[str]) -> None:
        for number in reversed(numbers(names, "snapshot")):
            name = file_name("snapshot", number)
            data = self.folder.read(name)
            loaded = snapshot.load(data, self._path(name))
            if loaded is not None:
                self.state = loaded
                break
            self.findings.append(Finding(FindingCode.SNAPSHOT_DAMAGED, name, 0, len(data)))
        segments = numbers(names, "journal")
        for index, first in enumerate(segments):
            last = index + 1 == len(segments)
            if not last and segments[index + 1] <= self.state.seq + 1:
                continue
            self._enter(first)
            if first > self.state.seq + 1:
                self._found(FindingCode.GAP, 0, 0, str(first - 1 - self.state.seq))
                self.state.seq = first - 1
            for _ in self._read_on(whole=True, last=last):
                pass

    def _enter(self, segment: int) -> None:
        self._segment, self._reached = segment, segment - 1
        self._offset, self._last = 0, (0, b"")

    def refresh(self, *, locked: bool = False) -> set[str]:
        """Take in what others appended; the ids that changed. Reads only the tail.

        A folder that is gone is a share that is not there now: what is known stays known.
        """
        if not self.folder.exists():
            return set()
        touched: set[str] = set()
        try:
            for ids in self._tail(locked):
                touched |= ids
        except _Reload:
            old = self.state.records
            vars(self).update(vars(Journal.load(self.folder)))
            new = self.state.records
            touched |= {id for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
        return touched

    def _tail(self, locked: bool) -> Iterator[set[str]]:
        for first in numbers(self.folder.names(), "journal"):
            if first > self._segment:
                if self._segment:
                    yield from self._read_on(locked=True, last=False)
                if first != self.state.seq + 1:
                    raise _Reload
                self._enter(first)
        if self._segment:
            yield from self._read_on(locked=locked)

    def _read_on(
        self, *, whole: bool = False, locked: bool = False, last: bool = True
    ) -> Iterator[set[str]]:
        """Read the present segment from where reading stopped.

        ``whole``: reading starts from the beginning, so the file's word counts, not the memory's.
        ``locked``: nobody writes to it now. Otherwise a line that cannot be read may be one that
        is being written, and counts as damaged only when a second look finds it the same.
        ``last``: no segment follows, so bytes after the last line feed are a torn line.
        """
        name = file_name("journal", self._segment)
        with self.folder.opened(name) as descriptor, told(self.folder.path / name):
            at, signature = self._last
            size = os.fstat(descriptor).st_size
            if size < self._offset or read_from(descriptor, at, at + len(signature)) != signature:
                raise _Reload
            base, data = self._offset, read_from(descriptor, self._offset, size)
        try:
            for piece in pieces(data):
                start = base + piece.start
                entry = entry_of(piece.payload)
                if entry is not None:
                    touched = self._take(entry, start, piece.end - piece.start, whole)
                    self._last = (start, data[piece.start : piece.start + SIGNATURE])
                    if touched:
                        yield touched
                elif whole or locked or self._seen_before(start, data[piece.start : piece.end]):
                    self._found(FindingCode.DAMAGED, start, piece.end - piece.start)
                else:
                    return
                self._offset = base + piece.end
        except NewerFormat as newer:
            raise LedgerError(ErrorCode.NEWER_FORMAT, self._path(name), str(newer)) from newer
        # A line that was torn when it was first seen may only have been on its way.
        self._forget_torn()
        torn = base + len(data) - self._offset
        if torn and (whole or locked):
            self._found(FindingCode.TORN if last else FindingCode.DAMAGED, self._offset, torn)

    def _seen_before(self, start: int, damage: bytes) -> bool:
        before, self._suspect = self._suspect, (self._segment, start, damage)
        return before == self._suspect

    def _take(self, entry: Entry, start: int, size: int, whole: bool) -> set[str]:
        expected = self.state.seq + 1
        self._reached = entry.seq
        if entry.seq < expected and whole:
            return set()
        if entry.seq != expected:
            if not whole:
                raise _Reload
            self._found(FindingCode.GAP, start, 0, str(entry.seq - expected))
        try:
            return self.state.commit(entry, self.state.plan(entry))
        except (msgspec.ValidationError, AttributeError):
            # Sound bytes that say what no version of this ledger writes.
            self._found(FindingCode.DAMAGED, start, size)
            self.state.seq = entry.seq
            return set()

    def _found(self, code: FindingCode, offset: int, size: int, detail: str = "") -> None:
        name = file_name("journal", self._segment)
        self.findings.append(Finding(code, name, offset, size, None, detail))

    def _forget_torn(self) -> None:
        """Leave only those torn lines that have been set aside."""
        self.findings = [
            found
            for found in self.findings
            if found.code is not FindingCode.TORN or found.kept is not None
        ]

    def _path(self, name: str) -> str:
        return str(self.folder.path / name)

    # -- writing, with the lock held

    def prepare(self) -> set[str]:
        """Before an append: everything read, damage set aside, a torn last line cut off."""
        touched = self.refresh(locked=True)
        aside = self.set_aside()
        if self._segment:
            self._cut_damaged_end(aside)
        if self._segment and self._mend_tail():
            touched |= self.refresh(locked=True)
        return touched

    def _mend_tail(self) -> bool:
        """See to bytes after the last line feed; whether they turned out to be an entry.

        A line that lacks nothing but its line feed may have been acknowledged, so it is ended; the
        rest of any other is set aside and cut off.
        """
        name = file_name("journal", self._segment)
        path = self.folder.path / name
        with self.folder.opened(name, os.O_RDWR | os.O_APPEND) as descriptor, told(path):
            size = os.fstat(descriptor).st_size
            if size <= self._offset:
                return False
            tail = read_from(descriptor, self._offset, size)
            lacking = next((cut for cut in (0, 1) if unframe(tail[: len(tail) - cut])), None)
            if lacking is None:
                kept = self._write_aside(name, self._offset, tail)
                torn = Finding(FindingCode.TORN, name, self._offset, len(tail), kept)
            os.ftruncate(descriptor, self._offset if lacking is None else size - lacking)
            if lacking is not None:
                write_all(descriptor, b"\n")
            os.fsync(descriptor)
        self._forget_torn()
        if lacking is None:
            self.findings.append(torn)
        return lacking is not None

    def _cut_damaged_end(self, aside: list[Finding]) -> None:
        """Cut off damage that was set aside just now if nothing sound follows it.

        A power cut leaves such: a line of which a later block came and an earlier did not. Left
        there it would be found anew until something else is written.
        """
        name = file_name("journal", self._segment)
        start = self._offset
        for finding in reversed(aside):
            if finding.file == name and finding.offset + finding.size == start:
                start = finding.offset
        last, signature = self._last
        if start == self._offset or (signature and start <= last):
            return
        with self.folder.opened(name, os.O_RDWR) as descriptor, told(self.folder.path / name):
            if os.fstat(descriptor).st_size != self._offset:
                return
            os.ftruncate(descriptor, start)
            os.fsync(descriptor)
        self._offset = start

    def set_aside(self) -> list[Finding]:
        """Put what is damaged into files of its own, named after where it was found.

        Returns what was set aside by this call.
        """
        done: list[Finding] = []
        for index, finding in enumerate(self.findings):
            if finding.kept is not None:
                continue
            if finding.code is FindingCode.DAMAGED:
                data = self.folder.read(finding.file)
                damage = data[finding.offset : finding.offset + finding.size]
                kept = self._write_aside(finding.file, finding.offset, damage)
            elif finding.code is FindingCode.SNAPSHOT_DAMAGED:
                kept = self._write_aside(finding.file, 0, self.folder.read(finding.file))
                self.folder.remove([finding.file])
            else:
                continue
            self.findings[index] = msgspec.structs.replace(finding, kept=kept)
            done.append(self.findings[index])
        return done

    def _write_aside(self, name: str, offset: int, data: bytes) -> str:
        stem = f"damaged-{name.removesuffix('.jsonl')}-{offset}"
        kept, count = f"{stem}.bin", 1
        names = self.folder.names()
        while kept in names and self.folder.read(kept) != data:
            count += 1
            kept = f"{stem}-{count}.bin"
        if kept not in names:
            self.folder.replace(kept, iter((data,)))
        return kept

    def append(self, entry: Entry) -> set[str]:
        """Write one entry and take it into the state, or leave both as they were."""
        # Before writing: an entry that cannot be taken in must not reach the file.
        fresh = self.state.plan(entry)
        line = frame(_encode(entry))
        if self._reached != self.state.seq or not self._segment:
            self._start_segment(entry.seq)
        name = file_name("journal", self._segment)
        path = self.folder.path / name
        with self.folder.opened(name, os.O_RDWR | os.O_APPEND) as descriptor:
            try:
                with told(path):
                    if os.write(descriptor, line) != len(line):
                        raise LedgerError(ErrorCode.FULL, str(path), "ENOSPC")
                    os.fsync(descriptor)
            except LedgerError:
                self._take_back(descriptor)
                raise
        self._last, self._reached = (self._offset, line[:SIGNATURE]), entry.seq
        self._offset += len(line)
        return self.state.commit(entry, fresh)

    def _take_back(self, descriptor: int) -> None:
        """Undo a failed append. If even that fails, the next writer cuts the torn line off."""
        with suppress(OSError):
            os.ftruncate(descriptor, self._offset)
            os.fsync(descriptor)

    def _start_segment(self, first: int) -> None:
        if self._segment:
            # A writer that died before its sync left a line that counts for us from now on.
            ended = file_name("journal", self._segment)
            with self.folder.opened(ended, os.O_RDWR) as descriptor, told(self.folder.path):
                os.fsync(descriptor)
        name = file_name("journal", first)
        with self.folder.opened(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL):
            pass
        with told(self.folder.path):
            sync(self.folder.path)
        self._enter(first)

    # -- compacting

    def due(self) -> bool:
        """Whether so much was written since the newest snapshot, by whomever, that it is time.

        Raises :class:`LedgerError` if the folder cannot be listed.
        """
        if not self.state.seq or not self.folder.exists():
            return False
        names = self.folder.names()
        newest = max(numbers(names, "snapshot"), default=0)
        since = (n for n in numbers(names, "journal") if n > newest)
        written = sum(self.folder.size(file_name("journal", n)) for n in since)
        base = self.folder.size(file_name("snapshot", newest)) if newest else 0
        return written >= max(DUE_BYTES, base // DUE_PART)

    def begin_snapshot(self) -> State:
        """What a snapshot is to hold; entries from now on go to a segment of their own.

        With the lock held, after :meth:`prepare`.
        """
        seq = self.state.seq
        if seq and self._segment <= seq:
            self._start_segment(seq + 1)
        return self.state.image()

    def write_snapshot(self, image: State, now: datetime) -> None:
        """Write a snapshot, whole or not at all, and clear away what is older. Needs no lock."""
        if not image.seq:
            return
        self.folder.replace(file_name("snapshot", image.seq), snapshot.dump(image, now))
        names = self.folder.names()
        old = numbers(names, "snapshot")[: -1 - snapshot.KEPT]
        self.folder.remove([file_name("snapshot", number) for number in old])
        self.folder.remove_leftovers(names)

    # -- looking back

    def entries(self, needle: bytes = b"") -> Iterator[Entry]:
        """All entries whose line holds ``needle``, the latest first, read from the files."""
        if self.folder.exists():
            for first in reversed(numbers(self.folder.names(), "journal")):
                yield from matching(self.folder.read(file_name("journal", first)), needle)

    def stamp(self) -> Stamp:
        """The last entry that the state has taken in."""
        last = self.find(self.state.seq) if self.state.seq else None
        return Stamp() if last is None else Stamp.of(last)

    def changed_since(self, stamp: Stamp, most: int) -> frozenset[str] | None:
        """The ids in entries after ``stamp``; ``None`` if it names none of these, or if there are
        more than ``most``."""
        ids: set[str] = set()
        for entry in self.entries():
            if entry.seq <= stamp.seq:
                return frozenset(ids) if Stamp.of(entry) == stamp else None
            ids.update(edit.id for edit in entry.edits)
            if len(ids) > most:
                return None
        return frozenset(ids) if stamp == Stamp() else None

    def find(self, seq: int) -> Entry | None:
        """One entry by its number."""
        return next((e for e in self.entries(b'{"seq":%d,' % seq) if e.seq == seq), None)
