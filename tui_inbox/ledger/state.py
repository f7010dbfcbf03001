"""The ledger in memory: what all entries up to ``seq`` amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from threading import Lock

import msgspec

from tui_inbox.ledger import edits as edit_rules
from tui_inbox.ledger.model import NOT_UNDOABLE, Conflict, Edit, Entry, Op, Record

#: Actions of one author that undo can go back; the history has no such end.
UNDO_DEPTH = 1000


class Steps(msgspec.Struct):
    """One author's actions, by number, the latest last: those done, and those taken back."""

    done: list[int] = []
    undone: list[int] = []


class State:
    """Records with the indexes that finding a letter needs. One thread at a time may change it."""

    def __init__(self, seq: int = 0, records: Iterable[Record] = ()) -> None:
        self.seq = seq
        self._whole = Lock()
        self.records: dict[str, Record] = {}
        self.steps: dict[str, Steps] = {}
        self.by_hash: dict[str, str] = {}
        self.by_path: dict[str, str] = {}
        self.by_number: dict[tuple[int, int], str] = {}
        self._last_number: dict[int, int] = {}
        for record in records:
            self.records[record.id] = record
            self._index(record)

    def plan(self, entry: Entry) -> dict[str, Record | None]:
        """The records that an entry makes; raises as :func:`edits.apply`, changes nothing."""
        fresh: dict[str, Record | None] = {}
        for id, group in groupby(entry.edits, key=lambda edit: edit.id):
            held = fresh[id] if id in fresh else self.records.get(id)
            fresh[id] = edit_rules.apply(held, id, group, entry.at)
        return fresh

    def commit(self, entry: Entry, fresh: dict[str, Record | None]) -> set[str]:
        """Take in what :meth:`plan` made of an entry; the ids that it touched."""
        with self._whole:
            self._replace(fresh)
        self._step(entry)
        self.seq = entry.seq
        return set(fresh)

    def image(self) -> State:
        """A state of its own with the same content, for writing it out while this one goes on."""
        other = State(self.seq)
        other.records = self.all()
        other.steps = {by: Steps([*one.done], [*one.undone]) for by, one in self.steps.items()}
        return other

    def all(self) -> dict[str, Record]:
        """A copy for another thread: with all of a bulk action or with nothing of it."""
        with self._whole:
            return dict(self.records)

    def _replace(self, fresh: dict[str, Record | None]) -> None:
        for id in fresh:
            if (held := self.records.get(id)) is not None:
                self._unindex(held)
        for id, record in fresh.items():
            if record is None:
                self.records.pop(id, None)
            else:
                self.records[id] = record
                self._index(record)

    def _step(self, entry: Entry) -> None:
        if entry.op in NOT_UNDOABLE:
            return
        steps = self.steps.setdefault(entry.by, Steps())
        if entry.op is Op.UNDO and entry.of is not None:
            _take(steps.done, entry.of)
            steps.undone.append(entry.of)
        elif entry.op is Op.REDO and entry.of is not None:
            _take(steps.undone, entry.of)
            steps.done.append(entry.of)
        else:
            steps.done.append(entry.seq)
            steps.undone.clear()
        del steps.done[:-UNDO_DEPTH], steps.undone[:-UNDO_DEPTH]

    def conflicts(self, edits: Iterable[Edit]) -> Iterator[Conflict]:
        """Where ``edits`` do not start from what stands now. One edit a field and key."""
        for edit in edits:
            now = edit_rules.value_of(self.records.get(edit.id), edit.id, edit.field, edit.key)
            if now != edit.before:
                yield Conflict(edit.id, edit.field, edit.key, edit.before, now)

    def last_number(self, year: int) -> int:
        """The highest register number of a year, 0 if it has none."""
        return self._last_number.get(year, 0)

    def _index(self, record: Record) -> None:
        for digest in record.hashes:
            self.by_hash[digest] = record.id
        for path in record.paths:
            self.by_path[path] = record.id
        year, number = record.register_year, record.register_number
        if year is not None and number is not None:
            self.by_number[year, number] = record.id
            self._last_number[year] = max(number, self.last_number(year))

    def _unindex(self, record: Record) -> None:
        for digest in record.hashes:
            if self.by_hash.get(digest) == record.id:
                del self.by_hash[digest]
        for path in record.paths:
            if self.by_path.get(path) == record.id:
                del self.by_path[path]
        year, number = record.register_year, record.register_number
        if year is None or number is None or self.by_number.get((year, number)) != record.id:
            return
        del self.by_number[year, number]
        if number == self.last_number(year):
            # Rare (a number is given back), so no ordered index is kept for it.
            self._last_number[year] = max((n for y, n in self.by_number if y == year), default=0)


def _take(numbers: list[int], number: int) -> None:
    """Remove a number; one that fell off the far end is not there."""
    if number in numbers:
        numbers.remove(number)
