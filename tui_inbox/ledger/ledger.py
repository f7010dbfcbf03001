"""The ledger: what people decided about the letters of one inbox, for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import cast

import msgspec

from tui_inbox.ledger import edits as edit_rules
from tui_inbox.ledger import register
from tui_inbox.ledger.export import write_database
from tui_inbox.ledger.model import (
    NOT_UNDOABLE,
    Change,
    Conflict,
    Edit,
    ErrorCode,
    Finding,
    HistoryItem,
    Holder,
    LedgerError,
    Note,
    Op,
    Record,
    Sighting,
    Stamp,
    Status,
)
from tui_inbox.ledger.sightings import sighted
from tui_inbox.ledger.state import State
from tui_inbox.ledger.storage import LETTERS, JournalStorage, LedgerDB, LettersTable, Plan
from tui_inbox.ledger.trust import Locks

#: Letters of one entry when a whole folder is made known: a line stays below a megabyte.
_SIGHTINGS = 1000


def utc_now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Open the ledger of an inbox folder. Reading creates nothing; the first action does.

    Actions return when they are on disk. Every method that writes raises :class:`LedgerError`
    if it cannot, and has then changed nothing. Methods may be called from any thread. ``ids`` of
    an action are one step for undo.
    """

    def __init__(
        self,
        folder: Path,
        *,
        author: str,
        clock: Callable[[], datetime] = utc_now,
        locks: Locks = "auto",
    ) -> None:
        """``locks``: whether file locks are seen by all who write (``shared``), or only one may
        write at a time (``single``); ``auto`` goes by the file system.
        """
        if not author.strip():
            raise ValueError("author must not be empty")
        self.author = _storable(author)
        self.db = LedgerDB(folder, self.author, clock, locks, storage=JournalStorage)
        self._storage = cast("JournalStorage", self.db.storage)
        #: The TinyDB table: plain queries, and plain writes, which are journaled as well.
        self.letters = cast("LettersTable", self.db.table(LETTERS))
        self._view: tuple[State, int, Mapping[str, Record]] | None = None

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- looking

    @property
    def seq(self) -> int:
        """The number of the last entry that is known here."""
        return self._storage.state.seq

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was amiss in the files, and where it has been set aside."""
        return tuple(self._storage.journal.findings)

    @property
    def single_writer(self) -> str | None:
        """Why only one process may write at a time (a type of file system, ``setting``,
        ``no_locks``), ``None`` if several may."""
        return self._storage.lock.why_single

    def writer(self) -> Holder | None:
        """Who else may write now, where only one may."""
        return self._storage.lock.writer()

    def lock_holder(self) -> Holder | None:
        """Who is writing this moment; ``None`` where nobody is. A write takes milliseconds."""
        return self._storage.lock.holding()

    def record(self, id: str) -> Record:
        return self._storage.state.records.get(id) or Record(id)

    def records(self) -> Mapping[str, Record]:
        """All letters with entries, as of now: later actions do not show in it."""
        state = self._storage.state
        seq = state.seq
        if self._view is None or self._view[0] is not state or self._view[1] != seq:
            self._view = (state, seq, MappingProxyType(state.all()))
        return self._view[2]

    def resolve(self, hash: str, path: str) -> str | None:
        """The letter that has this content, else the one last seen at this path."""
        state = self._storage.state
        return state.by_hash.get(hash) or state.by_path.get(_storable(path))

    def registered(self, year: int, number: int) -> str | None:
        """The letter with a register number of a (Gregorian) year."""
        return self._storage.state.by_number.get((year, number))

    def history(
        self, id: str | None = None, limit: int | None = None, *, decisions: bool = False
    ) -> tuple[HistoryItem, ...]:
        """Who did what when, the oldest first: of one letter, or of the whole inbox.

        ``limit``: the latest so many only; what is older is then not read. ``decisions``: without
        what nobody decided, which undo steps over too.
        """
        needle = b"" if id is None else msgspec.json.encode(_storable(id))
        items: list[HistoryItem] = []
        undone: dict[int, bool] = {}
        for entry in self._storage.journal.entries(needle):
            edits = tuple(edit for edit in entry.edits if id is None or edit.id == id)
            if limit is not None and len(items) >= limit:
                break
            if not edits or (decisions and entry.op in NOT_UNDOABLE):
                continue
            if entry.of is not None:
                undone.setdefault(entry.of, entry.op is Op.UNDO)
            items.append(
                HistoryItem(
                    entry.seq,
                    entry.op,
                    entry.by,
                    entry.at,
                    entry.pid,
                    entry.host,
                    edits,
                    entry.of,
                    undone.get(entry.seq, False),
                )
            )
        return tuple(reversed(items))

    def stamp(self) -> Stamp:
        """Names the state that is known here, for :meth:`changed_since`."""
        return self._storage.journal.stamp()

    def changed_since(self, stamp: Stamp, most: int) -> frozenset[str] | None:
        """The letters of the entries after ``stamp``; ``None`` if this is not what became of that
        state, or if there are more than ``most``."""
        return self._storage.journal.changed_since(stamp, most)

    def refresh(self) -> frozenset[str]:
        """Take in what other processes wrote; the ids of the letters that changed by it.

        Quick enough to be called every second. Raises :class:`LedgerError` if the folder is there
        and cannot be read; what was known stays known.
        """
        touched = self._storage.refresh()
        if touched:
            self.letters.clear_cache()
        return touched

    # -- deciding

    def mark(self, ids: Iterable[str], status: Status, note: str | None = None) -> Change:
        def edit(record: Record, seq: int) -> Iterator[Edit]:
            yield from edit_rules.changed(record, record.id, "status", Status(status))
            if note:
                yield self._new_note(record.id, note, seq)

        return self._each(Op.MARK, ids, edit)

    def note(self, id: str, text: str) -> Change:
        return self.note_all((id,), text)

    def note_all(self, ids: Iterable[str], text: str) -> Change:
        """Write the same note to several letters, in one step of undo."""
        return self._each(Op.NOTE, ids, lambda record, seq: (self._new_note(record.id, text, seq),))

    def edit_note(self, id: str, note_id: str, text: str | None) -> Change:
        """Change a note's text, or take the note away (``None``); the history keeps both."""

        def edit(record: Record, _: int) -> Iterator[Edit]:
            old = next((note for note in record.notes if note.id == note_id), None)
            if old is None:
                raise LedgerError(ErrorCode.UNKNOWN_NOTE, id, note_id)
            if text is None:
                yield from edit_rules.item(record, record.id, "notes", note_id, None)
            elif _storable(text) != old.text:
                new = msgspec.structs.replace(old, text=_storable(text), edited=self._storage.now())
                yield from edit_rules.item(record, record.id, "notes", note_id, new)

        return self._each(Op.EDIT_NOTE, (id,), edit)

    def assign(self, ids: Iterable[str], who: str | None) -> Change:
        """Give letters to a person or unit: what was new or open is then assigned.

        ``None`` takes them back: what was assigned is then open.
        """
        name = _storable(who) if who else None

        def edit(record: Record, _: int) -> Iterator[Edit]:
            yield from edit_rules.changed(record, record.id, "assignee", name)
            status = record.status
            if name and status in (Status.NEW, Status.OPEN):
                status = Status.ASSIGNED
            elif not name and status is Status.ASSIGNED:
                status = Status.OPEN
            yield from edit_rules.changed(record, record.id, "status", status)

        return self._each(Op.ASSIGN, ids, edit)

    def due(self, ids: Iterable[str], day: date | str | None) -> Change:
        """Set the date that a person decided on; ``ValueError`` if it is no ISO date."""
        text = None if day is None else (date.fromisoformat(str(day)).isoformat())
        return self._set(Op.DUE, ids, "due", text)

    def tag(
        self, ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Change:
        added = tuple(dict.fromkeys(_storable(tag) for tag in add if tag.strip()))
        removed = tuple(dict.fromkeys(_storable(tag) for tag in remove if tag not in added))

        def edit(record: Record, _: int) -> Iterator[Edit]:
            for tag in added:
                yield from edit_rules.item(record, record.id, "tags", tag, tag)
            for tag in removed:
                yield from edit_rules.item(record, record.id, "tags", tag, None)

        return self._each(Op.TAG, ids, edit)

    def pin(self, ids: Iterable[str], pinned: bool = True) -> Change:
        return self._set(Op.PIN, ids, "pinned", pinned)

    def read(self, ids: Iterable[str], read: bool = True) -> Change:
        """Note that letters were opened. No step for undo: it is not a decision."""
        return self._set(Op.READ, ids, "read", read)

    def register(
        self,
        ids: Iterable[str],
        year: int,
        number: int | None = None,
        stamped: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    ) -> Change:
        """Give letters the next numbers of a (Gregorian) year, in the order of ``ids``.

        Letters that have a number keep it. ``stamped`` are the year and number that a letter bears
        on its receipt stamp: it gets that one, and counting goes on after it. With ``number`` the
        first letter gets that one and the others those after it, whatever they had. Raises
        ``LedgerError`` (``REGISTER_TAKEN``, ``REGISTER_GAP``) for a number that cannot be,
        ``ValueError`` for one that is no number of a register.
        """
        wanted = _unique(ids)
        for each in (*stamped.values(), (year, 1 if number is None else number)):
            register.require_possible(*each)

        def edits(state: State) -> Iterator[Edit]:
            for id, *values in register.given(state, wanted, year, number, stamped):
                record = state.records.get(id)
                for field, value in zip(register.FIELDS, values, strict=True):
                    yield from edit_rules.changed(record, id, field, value)

        return self.letters.transact(Op.REGISTER, lambda state, _: Plan(tuple(edits(state))))

    # -- files

    def identify(self, id: str, hash: str, path: str, amended: bool = False) -> Change | None:
        """Note by which content and path a letter is known; ``None`` if that is known already.

        A path or content that was another letter's is this one's from now on. ``amended``: the
        file came back with another content, so the letter is open again, and unread.
        """
        changes = self.identify_all((Sighting(id, hash, path, amended),))
        return changes[0] if changes else None

    def identify_all(self, sightings: Iterable[Sighting]) -> tuple[Change, ...]:
        """The same for many at once, one entry for a thousand letters; known ones cost nothing."""
        state = self._storage.state
        fresh = [
            stored
            for stored in (
                msgspec.structs.replace(
                    seen,
                    id=_storable(seen.id),
                    hash=_storable(seen.hash),
                    path=_storable(seen.path),
                )
                for seen in sightings
            )
            if stored.amended
            or state.by_hash.get(stored.hash) != stored.id
            or state.by_path.get(stored.path) != stored.id
        ]
        changes: list[Change] = []
        for start in range(0, len(fresh), _SIGHTINGS):
            part = fresh[start : start + _SIGHTINGS]
            change = self.letters.transact(Op.IDENTIFY, partial(self._sight, part))
            if change.edits:
                changes.append(change)
        return tuple(changes)

    def _sight(self, seen: list[Sighting], state: State, _: int) -> Plan:
        return Plan(tuple(sighted(seen, state, self._storage.now())))

    # -- taking back

    def undo(self, seq: int | None = None) -> Change | None:
        """Take back this author's latest action that stands, or a certain one of theirs.

        ``None`` if there is none. Raises ``LedgerError``: ``UNDO_CONFLICT`` with ``conflicts`` if
        a value has been changed since, ``NOT_UNDOABLE`` if ``seq`` is not an action that can be
        taken back, ``REGISTER_GAP`` if later register numbers have been given.
        """
        return self._step(Op.UNDO, seq)

    def redo(self) -> Change | None:
        """Do again what this author took back last, as long as nothing else was done since."""
        return self._step(Op.REDO, None)

    def _step(self, op: Op, seq: int | None) -> Change | None:
        self._storage.look()
        if not self._steps(self._storage.state, op):
            if seq is not None:
                raise LedgerError(ErrorCode.NOT_UNDOABLE, "", str(seq))
            return None

        def build(state: State, _: int) -> Plan:
            # Only under the lock is it certain which action is the latest.
            steps = self._steps(state, op)
            if not steps and seq is None:
                return Plan()
            chosen = steps[-1] if seq is None else seq
            target = self._storage.journal.find(chosen) if chosen in steps else None
            if target is None:
                raise LedgerError(ErrorCode.NOT_UNDOABLE, "", str(chosen))
            edits = edit_rules.reverse(target.edits) if op is Op.UNDO else target.edits
            conflicts = tuple(state.conflicts(edits))
            if conflicts:
                code = ErrorCode.UNDO_CONFLICT if op is Op.UNDO else ErrorCode.REDO_CONFLICT
                signed = tuple(map(self._signed, conflicts))
                raise LedgerError(code, conflicts[0].id, str(chosen), signed)
            return Plan(edits, chosen, target.op)

        change = self.letters.transact(op, build)
        return change if change.edits else None

    def _signed(self, conflict: Conflict) -> Conflict:
        """With the author and time of the entry that last touched the value."""

        def touches(edit: Edit) -> bool:
            # An edit of the whole record touches each of its values, and the other way round.
            same = (edit.field, edit.key) == (conflict.field, conflict.key)
            return edit.id == conflict.id and (same or not edit.field or not conflict.field)

        for entry in self._storage.journal.entries(msgspec.json.encode(conflict.id)):
            if any(map(touches, entry.edits)):
                return msgspec.structs.replace(conflict, by=entry.by, at=entry.at)
        return conflict

    def _steps(self, state: State, op: Op) -> list[int]:
        steps = state.steps.get(self.author)
        if steps is None:
            return []
        return steps.done if op is Op.UNDO else steps.undone

    # -- beyond

    def compact(self) -> None:
        """Write a snapshot, so that the next opening is quick. For when nothing else is to do."""
        self._storage.compact()

    def compact_if_due(self) -> bool:
        """The same if it is time for it and nobody writes now; whether it was done."""
        return self._storage.compact_if_due()

    def export(self, path: Path, *, replace: bool = False) -> None:
        """Write an ordinary TinyDB JSON file: tables ``letters`` and ``history``.

        Raises ``LedgerError`` (``EXISTS``) if there is such a file and ``replace`` is not said.

        Documents are numbered from 1, as TinyDB does; ``id`` and ``seq`` are among their fields.
        """
        records, entries = self.records().values(), list(self._storage.journal.entries())
        write_database(path, records, reversed(entries), replace=replace)

    def _set(self, op: Op, ids: Iterable[str], field: str, value: object) -> Change:
        return self._each(
            op, ids, lambda record, _: edit_rules.changed(record, record.id, field, value)
        )

    def _each(
        self, op: Op, ids: Iterable[str], edit: Callable[[Record, int], Iterable[Edit]]
    ) -> Change:
        """One action on several letters; ``edit`` is given each as it stands under the lock."""
        wanted = _unique(ids)

        def build(state: State, seq: int) -> Plan:
            records = (state.records.get(id) or Record(id) for id in wanted)
            return Plan(tuple(found for record in records for found in edit(record, seq)))

        return self.letters.transact(op, build)

    def _new_note(self, id: str, text: str, seq: int) -> Edit:
        note = Note(str(seq), _storable(text), self.author, self._storage.now())
        return Edit(id, "notes", note.id, None, edit_rules.plain(note))


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    if isinstance(ids, str):
        raise TypeError("ids is one text: give a tuple of ids")
    return tuple(dict.fromkeys(_storable(id) for id in ids))


def _storable(text: str) -> str:
    """Undecodable bytes of a file name come as lone surrogates, which no JSON text can hold."""
    return text.encode("utf-8", "backslashreplace").decode()
