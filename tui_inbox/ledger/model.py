"""The ledger's values: what people decided about a letter, and how it came to be so.

All are frozen. Times are timezone-aware and UTC; dates are ISO strings.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    ASSIGNED = "assigned"
    ACTIONED = "actioned"
    FILED = "filed"


class Op(StrEnum):
    """What an entry of the journal did."""

    MARK = "mark"
    NOTE = "note"
    EDIT_NOTE = "edit_note"
    ASSIGN = "assign"
    DUE = "due"
    TAG = "tag"
    PIN = "pin"
    READ = "read"
    REGISTER = "register"
    IDENTIFY = "identify"
    TABLE = "table"
    UNDO = "undo"
    REDO = "redo"


#: What undo steps over: facts about files, and browsing, are nobody's decision.
NOT_UNDOABLE = frozenset({Op.READ, Op.IDENTIFY})


class ErrorCode(StrEnum):
    NOT_A_FOLDER = "not_a_folder"
    NOT_A_FILE = "not_a_file"
    PERMISSION = "permission"
    READ_ONLY = "read_only"
    FULL = "full"
    IO = "io"
    LOCKED = "locked"
    CLAIMED = "claimed"
    MISSING = "missing"
    NEWER_FORMAT = "newer_format"
    UNDO_CONFLICT = "undo_conflict"
    REDO_CONFLICT = "redo_conflict"
    NOT_UNDOABLE = "not_undoable"
    REGISTER_TAKEN = "register_taken"
    REGISTER_GAP = "register_gap"
    UNKNOWN_NOTE = "unknown_note"
    EXISTS = "exists"
    NO_BACKUP = "no_backup"
    NOTHING = "nothing"


class FindingCode(StrEnum):
    """What is amiss in the ledger's files.

    Nothing of the first four, which opening finds, keeps the ledger from opening. The others are
    found by looking through all files.
    """

    TORN = "torn"
    DAMAGED = "damaged"
    GAP = "gap"
    SNAPSHOT_DAMAGED = "snapshot_damaged"
    SNAPSHOT_DIFFERS = "snapshot_differs"
    OUT_OF_ORDER = "out_of_order"
    UNREADABLE = "unreadable"
    NEWER_FORMAT = "newer_format"


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """``edited`` is the time of the last change of the text, ``None`` if it never changed."""

    id: str
    text: str
    author: str
    at: datetime
    edited: datetime | None = None


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the office has decided about one letter.

    ``hashes`` and ``paths`` are those by which the letter is or was known, oldest first.
    ``amended`` is when its file last came with another content. ``register_year`` is of the
    Gregorian calendar. ``updated`` is the time of the last entry that touched the letter.
    """

    id: str
    status: Status = Status.NEW
    notes: tuple[Note, ...] = ()
    assignee: str | None = None
    due: str | None = None
    tags: tuple[str, ...] = ()
    register_number: int | None = None
    register_year: int | None = None
    pinned: bool = False
    read: bool = False
    hashes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    amended: datetime | None = None
    updated: datetime | None = None


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """One value of one letter, before and after, as plain JSON values.

    ``key`` names the item where the field holds several (a note's id, a tag, a hash, a path);
    ``None`` as a value then means that it is not there. An empty ``field`` is the whole record.
    """

    id: str
    field: str
    key: str | None
    before: Any
    after: Any


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the journal. ``of`` is the entry that an undo or redo is about."""

    seq: int
    at: datetime
    by: str
    pid: int
    host: str
    op: Op
    edits: tuple[Edit, ...]
    of: int | None = None


class Stamp(msgspec.Struct, frozen=True):
    """A state of a ledger: the number and the hash of its last entry; 0 without any."""

    seq: int = 0
    sha256: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Stamp:
        return cls(entry.seq, hashlib.sha256(msgspec.msgpack.encode(entry)).hexdigest())


class Change(msgspec.Struct, frozen=True):
    """What one action did. ``edits`` is empty, and nothing was written, where it changed nothing.

    For an undo or redo ``of`` and ``of_kind`` are the action that it took back or did again.
    """

    seq: int
    kind: Op
    ids: tuple[str, ...]
    author: str
    at: datetime
    edits: tuple[Edit, ...]
    of: int | None = None
    of_kind: Op | None = None


class HistoryItem(msgspec.Struct, frozen=True):
    """One entry as it concerns one letter (or all that it touched, in the inbox's history).

    ``undone`` says that it is taken back at present.
    """

    seq: int
    kind: Op
    author: str
    at: datetime
    pid: int
    host: str
    edits: tuple[Edit, ...]
    of: int | None = None
    undone: bool = False


class Sighting(msgspec.Struct, frozen=True):
    """A file that holds a letter: the content's SHA-256 and the path inside the inbox."""

    id: str
    hash: str
    path: str
    amended: bool = False


class Conflict(msgspec.Struct, frozen=True):
    """A value that somebody has changed since: what the action left, and what stands there now.

    ``by`` and ``at`` are who made it so and when, ``None`` where the journal does not say.
    """

    id: str
    field: str
    key: str | None
    expected: Any
    current: Any
    by: str | None = None
    at: datetime | None = None


class Finding(msgspec.Struct, frozen=True):
    """``offset`` and ``size`` in bytes; ``kept`` is the file in which they were set aside.

    ``detail`` is a number or an errno's name: how many entries are missing, which came twice.
    """

    code: FindingCode
    file: str
    offset: int = 0
    size: int = 0
    kept: str | None = None
    detail: str = ""


class Holder(msgspec.Struct, frozen=True):
    """Who keeps others from writing: author, machine, process, and ``age`` in seconds.

    Texts are empty, ``pid`` 0 and ``age`` ``None`` where it is not known.
    """

    by: str
    host: str
    pid: int
    age: int | None


class LedgerError(Exception):
    """The ledger could not be read or written; nothing was changed, in memory or on disk.

    ``detail`` is a technical value (an errno's name, a number), never a sentence. ``holder`` is
    who has the lock or the claim that is in the way.
    """

    def __init__(
        self,
        code: ErrorCode,
        path: str,
        detail: str = "",
        conflicts: tuple[Conflict, ...] = (),
        holder: Holder | None = None,
    ) -> None:
        super().__init__(f"{code.value}: {path}" + (f" ({detail})" if detail else ""))
        self.code = code
        self.path = path
        self.detail = detail
        self.conflicts = conflicts
        self.holder = holder
