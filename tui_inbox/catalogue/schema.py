"""The catalogue's file: made, checked, opened; made anew when it is old or damaged."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui_inbox.catalogue import index

VERSION = 10
BUSY_SECONDS = 20.0

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE contents (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    letter_id TEXT NOT NULL,
    letter BLOB NOT NULL,
    text BLOB
);
CREATE INDEX contents_of_letter ON contents(letter_id);
-- What of each letter is in the search index, whose rows have the letters' numbers. Narrow.
CREATE TABLE searched (number INTEGER PRIMARY KEY, content INTEGER, paths TEXT NOT NULL);
-- The numbers of letters that a content is, holds or speaks of, by a key that OCR cannot part.
CREATE TABLE mentions (
    content INTEGER NOT NULL,
    key TEXT NOT NULL,
    role TEXT NOT NULL,
    number TEXT NOT NULL,
    date TEXT,
    sender TEXT
);
CREATE INDEX mentions_of_key ON mentions(key);
CREATE INDEX mentions_of_content ON mentions(content);
CREATE TABLE letters (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT,
    received TEXT NOT NULL,
    amended INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    summary BLOB NOT NULL
);
-- What the order of work and the counts are made of, for all letters at once: so it is narrow.
-- `sort` is what does not change with the days (see Sort); `due` an ordinal day, 0 for none;
-- `at` when the letter was received, in milliseconds.
CREATE TABLE lines (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    sort INTEGER NOT NULL,
    due INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE TABLE sorts (
    number INTEGER PRIMARY KEY,
    urgency TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    action TEXT NOT NULL,
    problem INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sender TEXT NOT NULL,
    UNIQUE (urgency, secrecy, action, problem, kind, sender)
);
-- What queries ask of a letter beside its line.
CREATE TABLE heads (
    number INTEGER PRIMARY KEY,
    printed TEXT,
    subject TEXT,
    date TEXT,
    events TEXT NOT NULL,
    flags INTEGER NOT NULL
);
CREATE INDEX letters_changed ON letters(seq);
-- Few are gone, and a start asks for them: it should not go through all summaries for that.
CREATE INDEX letters_gone ON letters(id) WHERE gone;
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL,
    sha256 TEXT,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    problem BLOB
) WITHOUT ROWID;
CREATE INDEX files_of_letter ON files(letter_id);
-- Counted by the table itself, so that no way of changing it is forgotten.
CREATE TRIGGER file_put AFTER INSERT ON files
    BEGIN UPDATE meta SET value = value + 1 WHERE key = 'files'; END;
CREATE TRIGGER file_changed AFTER UPDATE ON files
    BEGIN UPDATE meta SET value = value + 1 WHERE key = 'files'; END;
CREATE TRIGGER file_dropped AFTER DELETE ON files
    BEGIN UPDATE meta SET value = value + 1 WHERE key = 'files'; END;
-- Which content of a letter took the place of which, in the order in which that was noticed.
CREATE TABLE amendments (
    rowid INTEGER PRIMARY KEY,
    letter_id TEXT NOT NULL,
    at TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
-- Letters that came in and of which no hook has been told yet, each taken out by who tells.
CREATE TABLE arrivals (
    rowid INTEGER PRIMARY KEY AUTOINCREMENT,
    letter_id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL
);
CREATE INDEX amendments_of_letter ON amendments(letter_id);
"""

#: What only another process' long transaction causes: the file itself is sound.
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
#: What the disk or its rights cause: another file there would fare no better.
NO_PLACE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PROTOCOL,
    }
)
#: How damage shows. SQLite keeps no checksums, so it may hand out values that were never stored:
#: text that is none, of another type, that do not unpack.
DAMAGE = (sqlite3.DatabaseError, ValueError, TypeError, zlib.error, msgspec.MsgspecError)


class Lost(sqlite3.DatabaseError):
    """A row that must be there is not."""


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code, ``SQLITE_ERROR`` where the error has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else sqlite3.SQLITE_ERROR


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection with autocommit; ``None`` is a database of its own in memory."""
    db = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _set_up(db)
    except BaseException:
        db.close()
        raise
    return db


def _set_up(db: sqlite3.Connection) -> None:
    # A lost catalogue is rebuilt, so the last commits may be lost with the power; not the file.
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -8000")
    # In pages. What a first reading writes again and again goes to the file's own place less often.
    db.execute("PRAGMA wal_autocheckpoint = 8000")


@contextlib.contextmanager
def impatient(db: sqlite3.Connection) -> Iterator[None]:
    """Wait for no other process meanwhile."""
    db.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        db.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def open_file(path: Path, reader: str) -> tuple[sqlite3.Connection, bool]:
    """Open the catalogue at ``path``, and say whether an unfit one had to be thrown away.

    ``reader`` names the rules that letters are read with; a catalogue of other rules is unfit.

    :raises OSError: the folder cannot be made or the file not be replaced.
    :raises sqlite3.Error: the file cannot be opened or written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        with contextlib.suppress(FileNotFoundError):
            db = _open_fit(path, reader)
            if db is not None:
                return db, False
            _unlink(path)
            return _create(path, reader), True
        return _create(path, reader), False


def delete(path: Path, inode: int | None) -> None:
    """Delete the catalogue at ``path``, unless another process has made it anew meanwhile.

    :param inode: of the file that is known to be damaged.
    :raises OSError: it cannot be deleted.
    """
    with _alone(path):
        if inode_of(path) == inode:
            _unlink(path)


def inode_of(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from making or deleting the catalogue.

    Else one takes for unfit what another has only begun, and deletes its journal under it: what
    was committed there is lost to everybody who opens the file later.
    """
    # Not filelock, which the ledger's writers use: its import takes longer than a start may.
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _unlink(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def create_in_memory(reader: str) -> sqlite3.Connection:
    db = connect(None)
    _fill(db, reader)
    return db


def _open_fit(path: Path, reader: str) -> sqlite3.Connection | None:
    """:raises FileNotFoundError: there is none yet."""
    if path.stat().st_size == 0:
        raise FileNotFoundError(path)
    db: sqlite3.Connection | None = None
    try:
        db = connect(path)
        if _is_fit(db, reader):
            return db
    except DAMAGE as error:
        if primary_code(error) in BUSY | NO_PLACE:
            if db is not None:
                db.close()
            raise
    if db is not None:
        db.close()
    return None


def _is_fit(db: sqlite3.Connection, reader: str) -> bool:
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        return False
    found = db.execute("SELECT value FROM meta WHERE key = 'reader'").fetchone()
    for table in ("letters", "files", "contents"):
        db.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
    db.execute("SELECT rowid FROM trigrams WHERE trigrams MATCH '\"abc\"' LIMIT 1").fetchone()
    return found is not None and found[0] == reader


def _create(path: Path, reader: str) -> sqlite3.Connection:
    # Made here and not by SQLite, so that nobody else can ever read it.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    path.chmod(0o600)
    db = connect(path)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        _fill(db, reader)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _fill(db: sqlite3.Connection, reader: str) -> None:
    db.execute("BEGIN EXCLUSIVE")
    # A connection that looks for a row may have made an empty file, never a filled one.
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        for statement in (_TABLES + index.SCHEMA).split(";\n"):
            if statement.strip():
                db.execute(statement)
        index.set_up(db)
        counters = [(key, "0") for key in ("seq", "epoch", "files")]
        known = [("reader", reader), ("made", os.urandom(16).hex()), *counters]
        db.executemany("INSERT INTO meta VALUES (?, ?)", known)
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")
