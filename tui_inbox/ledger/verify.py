"""Looking through all files of a ledger without changing any: what is wrong, and where."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from tui_inbox.ledger import snapshot
from tui_inbox.ledger.folder import Folder
from tui_inbox.ledger.line import NewerFormat, pieces, unframe
from tui_inbox.ledger.model import Finding, FindingCode, LedgerError
from tui_inbox.ledger.segments import entry_of, file_name, numbers
from tui_inbox.ledger.state import State

#: Seconds after which an unfinished last line is looked at again: it may be on its way.
AGAIN = 0.1


class Report(msgspec.Struct, frozen=True):
    """What a ledger holds and what is wrong with it; sound if there are no ``findings``.

    ``entries`` that can be read, the last one's number ``seq``, ``letters`` that people decided
    about. ``aside`` are the files in which earlier damage is kept.
    """

    files: int
    entries: int
    seq: int
    letters: int
    findings: tuple[Finding, ...]
    aside: tuple[str, ...]


def verify(inbox: Path) -> Report:
    """Read every line of every journal file and snapshot. Takes no lock, writes nothing.

    Raises :class:`LedgerError` if the folder cannot be read at all.
    """
    folder = Folder(inbox)
    names = folder.names() if folder.exists() else []
    return _Look(folder, names).report()


class _Look:
    def __init__(self, folder: Folder, names: list[str]) -> None:
        self._folder = folder
        self._names = names
        self._state = State()
        self._entries = 0
        self._findings: list[Finding] = []
        #: What snapshots hold, by their numbers, until the journal's word has come so far.
        self._snapshots: dict[int, State] = {}
        #: Whether every entry from the first on was there.
        self._whole = True

    def report(self) -> Report:
        snapshots = numbers(self._names, "snapshot")
        segments = numbers(self._names, "journal")
        for number in snapshots:
            self._load_snapshot(file_name("snapshot", number))
        for index, first in enumerate(segments):
            self._read(file_name("journal", first), first, last=index + 1 == len(segments))
        state = self._state
        # Where the journal's beginning is not there the newest snapshot says what was so.
        newest = self._snapshots.get(max(self._snapshots, default=0))
        if newest is not None and (newest.seq > state.seq or not self._whole):
            letters = len(newest.records.keys() | state.records.keys())
        else:
            letters = len(state.records)
        aside = tuple(name for name in self._names if name.startswith("damaged-"))
        return Report(
            len(snapshots) + len(segments),
            self._entries,
            max(state.seq, newest.seq if newest else 0),
            letters,
            tuple(self._findings),
            aside,
        )

    def _load_snapshot(self, name: str) -> None:
        data = self._bytes(name)
        if data is None:
            return
        try:
            loaded = snapshot.load(data, name)
        except LedgerError as newer:
            self._found(FindingCode.NEWER_FORMAT, name, 0, len(data), newer.detail)
            return
        if loaded is None:
            start, size = _first_damage(data)
            self._found(FindingCode.SNAPSHOT_DAMAGED, name, start, size)
        else:
            self._snapshots[loaded.seq] = loaded

    def _read(self, name: str, first: int, *, last: bool) -> None:
        data = self._bytes(name)
        if data is None:
            self._whole = False
            return
        if last and not data.endswith(b"\n") and data:
            time.sleep(AGAIN)
            data = self._bytes(name) or data
        if first > self._state.seq + 1:
            self._gap(name, 0, first)
        done = 0
        try:
            for piece in pieces(data):
                self._take(name, piece.payload, piece.start, piece.end - piece.start)
                done = piece.end
        except NewerFormat as newer:
            self._found(FindingCode.NEWER_FORMAT, name, done, len(data) - done, str(newer))
            self._whole = False
            return
        torn = len(data) - done
        # A line that lacks nothing but its end was written whole; the next writer ends it.
        if torn and not (last and unframe(data[done:])):
            code = FindingCode.TORN if last else FindingCode.DAMAGED
            self._found(code, name, done, torn)
        elif torn:
            self._take(name, unframe(data[done:]), done, torn)

    def _take(self, name: str, payload: bytes | None, start: int, size: int) -> None:
        entry = entry_of(payload)
        if entry is None:
            self._found(FindingCode.DAMAGED, name, start, size)
            return
        if entry.seq <= self._state.seq:
            self._found(FindingCode.OUT_OF_ORDER, name, start, size, str(entry.seq))
            return
        if entry.seq > self._state.seq + 1:
            self._gap(name, start, entry.seq)
        self._entries += 1
        try:
            self._state.commit(entry, self._state.plan(entry))
        except (msgspec.ValidationError, AttributeError):
            self._found(FindingCode.DAMAGED, name, start, size)
            self._state.seq = entry.seq
        held = self._snapshots.get(entry.seq)
        if held is not None and self._whole and held.records != self._state.records:
            self._found(FindingCode.SNAPSHOT_DIFFERS, file_name("snapshot", entry.seq), 0, 0)

    def _gap(self, name: str, offset: int, seq: int) -> None:
        """Entries are missing before ``seq``; the newest snapshot that has them goes on."""
        self._whole = False
        missing = seq - 1 - self._state.seq
        held = [number for number in self._snapshots if self._state.seq < number < seq]
        if held:
            self._state = self._snapshots[max(held)].image()
        self._state.seq = seq - 1
        self._found(FindingCode.GAP, name, offset, 0, str(missing))

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self._folder.read(name)
        except LedgerError as error:
            self._found(FindingCode.UNREADABLE, name, 0, 0, error.detail or error.code.value)
            return None

    def _found(
        self, code: FindingCode, name: str, offset: int, size: int, detail: str = ""
    ) -> None:
        self._findings.append(Finding(code, name, offset, size, None, detail))


def _first_damage(data: bytes) -> tuple[int, int]:
    """Where a snapshot is not as it was written: its first damaged line, else its end."""
    for piece in pieces(data):
        if piece.payload is None:
            return piece.start, piece.end - piece.start
    end = data.rfind(b"\n") + 1
    return end, len(data) - end
