"""TinyDB's extension points: the journal as a Storage, the letters as a Table.

TinyDB's own way of writing is to hand the Storage the whole database. Here the Table works out
what one call touched, and the Storage appends that; queries run over the records in memory.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui_inbox.ledger import edits as edit_rules
from tui_inbox.ledger import register
from tui_inbox.ledger.folder import Folder
from tui_inbox.ledger.journal import Journal
from tui_inbox.ledger.locking import WriteLock
from tui_inbox.ledger.model import (
    Change,
    Edit,
    Entry,
    ErrorCode,
    FindingCode,
    LedgerError,
    Op,
    Record,
)
from tui_inbox.ledger.state import State
from tui_inbox.ledger.trust import Locks

log = logging.getLogger(__name__)

LETTERS = "letters"
#: Seconds that a writer waits for another before it says so. One append takes milliseconds.
LOCK_TIMEOUT = 10.0

Document = dict[str, Any]
#: What to write: from the state that the lock makes final, and the number that it will have.
Build = Callable[[State, int], "Plan"]


class Plan(NamedTuple):
    """The edits of one entry; for an undo or redo the entry that it is about, and its kind."""

    edits: tuple[Edit, ...] = ()
    of: int | None = None
    of_kind: Op | None = None


class Letters(Mapping[str, Document]):
    """The records as TinyDB documents, made one at a time as a query looks at them."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records

    def __getitem__(self, id: str) -> Document:
        return edit_rules.document(self._records[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


class _Draft(MutableMapping[str, Document]):
    """What TinyDB's updaters are given: documents are copied only as they are looked at."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self.touched: dict[str, Document | None] = {}

    def __getitem__(self, id: str) -> Document:
        if id not in self.touched:
            self.touched[id] = self._letters[id]
        document = self.touched[id]
        if document is None:
            raise KeyError(id)
        return document

    def __setitem__(self, id: str, document: Document) -> None:
        self.touched[id] = document

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self.touched[id] = None

    def __contains__(self, id: object) -> bool:
        if id in self.touched:
            return self.touched[str(id)] is not None
        return id in self._letters

    def __iter__(self) -> Iterator[str]:
        added = (id for id in self.touched if id not in self._letters)
        return (id for id in (*self._letters, *added) if id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _differences(state: State, documents: Iterable[tuple[str, Document | None]]) -> Plan:
    return Plan(
        tuple(
            edit
            for id, document in documents
            for edit in edit_rules.difference(id, state.records.get(id), document)
        )
    )


class JournalStorage(Storage):
    """A database of one table, ``letters``, whose every change is an entry of the journal.

    Reading never takes the lock. One thread writes at a time, and so does one process.
    """

    def __init__(
        self, inbox: Path, author: str, clock: Callable[[], datetime], locks: Locks = "auto"
    ) -> None:
        self.author = author
        self._clock = clock
        self._folder = Folder(inbox)
        self._turn = RLock()
        self._pending: set[str] = set()
        self.lock = WriteLock(self._folder, author, clock, locks)
        self.journal = Journal.load(self._folder)
        self._mend()

    @property
    def state(self) -> State:
        return self.journal.state

    def now(self) -> datetime:
        return self._clock().astimezone(UTC)

    def read(self) -> dict[str, dict[str, Any]]:
        # TinyDB asks for dicts and only looks things up in them.
        return cast("dict[str, dict[str, Any]]", {LETTERS: Letters(self.state.all())})

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take over a whole database: what differs from the present one is one entry."""
        wanted = {str(id): dict(document) for id, document in data.get(LETTERS, {}).items()}

        def build(state: State, _: int) -> Plan:
            ids = [*wanted, *(id for id in state.records if id not in wanted)]
            return _differences(state, ((id, wanted.get(id)) for id in ids))

        self.transact(Op.TABLE, build)

    def transact(self, op: Op, build: Build) -> Change:
        """Lock, read what others wrote, ask ``build`` for the edits, append them, sync.

        Returns after the sync. Raises :class:`LedgerError`; then nothing has changed.
        """
        with self._turn:
            if not self._folder.exists() and self.state.seq:
                # A share that went away: never start a second ledger in its empty mount point.
                raise self._gone()
            self._folder.create()
            with self.lock.held(LOCK_TIMEOUT):
                now = self.now()
                self._pending |= self.journal.prepare()
                seq = self.state.seq + 1
                edits, of, of_kind = build(self.state, seq)
                if edits:
                    register.check(self.state, edits)
                    self.lock.require()
                    self.journal.append(
                        Entry(seq, now, self.author, os.getpid(), self.lock.host, op, edits, of)
                    )
                ids = tuple(dict.fromkeys(edit.id for edit in edits))
                return Change(self.state.seq, op, ids, self.author, now, edits, of, of_kind)

    def look(self) -> frozenset[str]:
        """Take in what others wrote, unless a thread is writing (which then does it itself).

        The ids that changed by it stay to be told by :meth:`refresh`.
        """
        if not self._turn.acquire(blocking=False):
            return frozenset()
        try:
            self._pending |= self.journal.refresh()
            return frozenset(self._pending)
        finally:
            self._turn.release()

    def refresh(self) -> frozenset[str]:
        """:meth:`look`; the ids that others changed since the last call."""
        touched = self.look()
        self._pending -= touched
        return touched

    def compact(self) -> None:
        """Write a snapshot now, whether one is due or not."""
        if self.state.seq and self._folder.exists():
            self._compact(LOCK_TIMEOUT)

    def compact_if_due(self) -> bool:
        """Write a snapshot if it is time for one and nobody writes now; whether it was done.

        Others are held up only while a new segment is begun, not while the snapshot is written.
        """
        if not self._turn.acquire(blocking=False):
            return False
        try:
            due = self._can_write() and self.journal.due()
        finally:
            self._turn.release()
        return due and self._try_compact()

    def close(self) -> None:
        try:
            if self.journal.due():
                self._try_compact()
        except LedgerError as error:
            # What is kept is kept; the next to open it does the rest.
            log.info("not compacted at closing: %s", error)
        finally:
            self.lock.release()

    def _mend(self) -> None:
        """At opening: set damage aside and compact, if it is needed and can be done at once."""
        damaged = any(found.code is not FindingCode.GAP for found in self.journal.findings)
        if damaged or self.journal.due():
            self._try_compact(anew=damaged)

    def _try_compact(self, *, anew: bool = False) -> bool:
        # A reader without rights, a full disk, a busy writer: the ledger serves without it, and
        # the findings say what has not been set aside.
        if not self._can_write():
            return False
        claimed = self.lock.claimed
        try:
            self._compact(0, anew=anew)
        except LedgerError as error:
            log.info("not compacted now: %s", error)
            return False
        finally:
            # Who only reads must not keep the one who writes from doing so.
            if not claimed:
                self.lock.release()
        return True

    def _compact(self, timeout: float, *, anew: bool = False) -> None:
        with self._turn, self.lock.held(timeout):
            if anew:
                # With the lock held what looks damaged is so, and not a line on its way.
                self.journal = Journal.load(self._folder)
            self._pending |= self.journal.prepare()
            self.lock.require()
            journal, image = self.journal, self.journal.begin_snapshot()
        # Without the lock: a snapshot of a large ledger takes a second, an action must not.
        journal.write_snapshot(image, self.now())

    def _can_write(self) -> bool:
        return self._folder.exists() and self._folder.writable()

    def _gone(self) -> LedgerError:
        return LedgerError(ErrorCode.MISSING, str(self._folder.path), "ENOENT")


class LettersTable(Table):
    """The letters, by their ids; a document's fields are those of a Record."""

    # TinyDB declares it as int only because that is its default.
    document_id_class = str  # type: ignore[assignment]

    @property
    def journal(self) -> JournalStorage:
        return cast("JournalStorage", self._storage)

    def transact(self, op: Op, build: Build) -> Change:
        try:
            return self.journal.transact(op, build)
        finally:
            self.clear_cache()

    def _get_next_id(self) -> NoReturn:
        raise ValueError("a letter's id is its content's hash: insert a Document that has one")

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        """Run one of TinyDB's updaters and write down what it touched, as one action."""

        def build(state: State, _: int) -> Plan:
            draft = _Draft(Letters(state.records))
            updater(draft)
            return _differences(state, draft.touched.items())

        self.transact(Op.TABLE, build)


class LedgerDB(TinyDB):
    table_class = LettersTable
    default_table_name = LETTERS
