"""The catalogue's file and its readers: several threads, several processes, any damage."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tui_inbox.catalogue import index, schema
from tui_inbox.catalogue.model import Entry, Summary
from tui_inbox.catalogue.writer import Writer, fold, unpack_text
from tui_inbox.letter import Letter, Problem
from tui_inbox.watching import Stamp

T = TypeVar("T")

_letter = msgspec.msgpack.Decoder(Letter).decode
_summary = msgspec.msgpack.Decoder(Summary).decode

#: How large a catalogue is still copied into memory when its disk takes no more.
COPY_BYTES = 200_000_000


class Changes(msgspec.Struct, frozen=True):
    """What changed after ``mark``; ``whole``: these are all rows, forget the others."""

    summaries: list[Summary]
    mark: tuple[int, int, int]
    whole: bool


class Catalogue:
    """What can be rebuilt from the files, at ``path`` (a SQLite file of this user alone).

    It never refuses to serve: an old or damaged file is made anew and ``rebuilt`` says so; where
    nothing can be written it lives in memory, ``persistent`` is false and ``error`` names why (an
    errno's or an SQLite result's name). Either way ``generation`` grows, and what it held is to be
    read from the files again. ``reader`` names the rules that letters were read with; under other
    rules everything is read again.
    """

    def __init__(self, path: Path, *, reader: str = "") -> None:
        self.path = path
        self.reader = reader
        self.generation = 0
        self.rebuilt = False
        self.persistent = True
        self.error: str | None = None
        self._lock = threading.RLock()
        self._idle: list[tuple[int, sqlite3.Connection]] = []
        self._closed = False
        self._open()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for _, db in self._idle:
                db.close()
            self._idle.clear()
            self._db.close()

    # Looking

    def stamps(self) -> dict[str, Stamp | None]:
        """The files that are there, as last read; ``None``: it could not be, to be tried again."""
        self._follow_replacement()
        return {
            row[0]: None if row[1] < 0 else Stamp(row[1], row[2], row[3])
            for row in self._rows("SELECT path, size, mtime_ns, inode FROM files WHERE NOT gone")
        }

    def summaries(self) -> list[Summary]:
        return [_summary(row[0]) for row in self._rows("SELECT summary FROM letters")]

    def changes(self, mark: tuple[int, int, int] | None) -> Changes:
        """The rows that any process changed since ``mark`` was given out; all for ``None``."""

        def read(db: sqlite3.Connection) -> Changes:
            db.execute("BEGIN")
            try:
                meta = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('seq', 'epoch')"))
                now = (self.generation, int(meta["epoch"]), int(meta["seq"]))
                if mark == now:
                    return Changes([], now, False)
                whole = mark is None or mark[:2] != now[:2]
                since = -1 if whole or mark is None else mark[2]
                rows = db.execute("SELECT summary FROM letters WHERE seq > ?", (since,))
                return Changes([_summary(row[0]) for row in rows], now, whole)
            finally:
                db.execute("COMMIT")

        return self._read(read)

    def summary(self, id: str) -> Summary | None:
        rows = self._rows("SELECT summary FROM letters WHERE id = ?", (id,))
        return _summary(rows[0][0]) if rows else None

    def letter(self, id: str) -> Letter | None:
        """The letter as stored: one in a secret class without its words."""
        rows = self._rows(
            "SELECT c.letter FROM letters l JOIN contents c ON c.sha256 = l.sha256 WHERE l.id = ?",
            (id,),
        )
        return _letter(rows[0][0]) if rows else None

    def text(self, id: str) -> str | None:
        """The decoded text; not kept of a letter in a secret class."""
        rows = self._rows(
            "SELECT c.text FROM letters l JOIN contents c ON c.sha256 = l.sha256 WHERE l.id = ?",
            (id,),
        )
        return unpack_text(rows[0][0]) if rows and rows[0][0] is not None else None

    def id_of(self, path: str) -> str | None:
        rows = self._rows("SELECT letter_id FROM files WHERE path = ?", (path,))
        return rows[0][0] if rows else None

    def ids(self, prefix: str) -> tuple[str, ...]:
        """The ids that begin with ``prefix``, sorted."""
        rows = self._rows(
            "SELECT id FROM letters WHERE id >= ? AND id < ? ORDER BY id",
            (prefix, prefix + "\U0010ffff"),
        )
        return tuple(row[0] for row in rows)

    def gone_ids(self) -> tuple[str, ...]:
        """The letters none of whose files is there any more."""
        return tuple(row[0] for row in self._rows("SELECT id FROM letters WHERE gone"))

    def search(self, text: str) -> frozenset[str]:
        """The letters whose text, head fields or paths contain ``text``, all of it folded."""
        folded = fold(text)
        if not folded:
            return frozenset(row[0] for row in self._rows("SELECT id FROM letters"))
        found = index.match(folded)
        if found is None:
            return frozenset()
        table, expression = found
        ids = {
            row[0]
            for row in self._rows(
                f"SELECT s.letter_id FROM {table} JOIN searched s ON s.rowid = {table}.rowid"
                f" WHERE {table} MATCH ?",
                (expression,),
            )
        }
        if not index.is_certain(folded):
            ids = {id for id in ids if self._contains(id, folded)}
        ids.update(
            row[0]
            for row in self._rows("SELECT letter_id FROM files WHERE instr(folded, ?)", (folded,))
        )
        return frozenset(ids)

    def _contains(self, id: str, folded: str) -> bool:
        rows = self._rows(
            "SELECT c.fields, c.text FROM letters l JOIN contents c ON c.sha256 = l.sha256"
            " WHERE l.id = ?",
            (id,),
        )
        return any(
            folded in fields or (text is not None and folded in fold(unpack_text(text)))
            for fields, text in rows
        )

    @property
    def scanned(self) -> str | None:
        """What :meth:`finish_scan` was told last; ``None`` before the first whole scan."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'scanned'")
        return rows[0][0] if rows else None

    def holds(self, sha256: str) -> bool:
        """Whether this content has been read before."""
        return bool(self._rows("SELECT 1 FROM contents WHERE sha256 = ?", (sha256,)))

    # Changing

    def finish_scan(self, folder: str) -> None:
        """A whole scan is in; ``folder`` tells the folder that was scanned from another one."""
        if self.scanned != folder:
            self.write(lambda writer: writer.finish_scan(folder))

    def write(self, job: Callable[[Writer], T]) -> T:
        """Run ``job`` in one transaction. It may run again, in an emptied catalogue, if this one
        proves damaged, or in memory, if it cannot be written.

        :raises sqlite3.OperationalError: another process kept the file locked for too long.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return self._transact(job)
                except sqlite3.DatabaseError as error:
                    self._recover(error, self.generation)
            return self._transact(job)

    def put(self, entry: Entry) -> None:
        self.write(lambda writer: writer.put(entry))

    def put_many(self, entries: Iterable[Entry]) -> None:
        entries = tuple(entries)

        def job(writer: Writer) -> None:
            for entry in entries:
                writer.put(entry)

        self.write(job)

    def put_problem(
        self, path: str, stamp: Stamp | None, problem: Problem, received: str
    ) -> str | None:
        return self.write(lambda writer: writer.put_problem(path, stamp, problem, received))

    def gone(self, paths: Iterable[str]) -> frozenset[str]:
        paths = tuple(paths)
        return self.write(lambda writer: writer.gone(paths))

    def forget(self, ids: Iterable[str]) -> None:
        ids = tuple(ids)
        self.write(lambda writer: writer.forget(ids))

    def _transact(self, job: Callable[[Writer], T]) -> T:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            writer = Writer(self._db)
            result = job(writer)
            writer.finish()
            self._db.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        return result

    # The file

    def _open(self) -> None:
        try:
            self._db, unfit = schema.open_file(self.path, self.reader)
            self.rebuilt = self.rebuilt or unfit
        except (OSError, sqlite3.Error) as error:
            self._db = schema.create_in_memory(self.reader)
            self.persistent = False
            self.error = _name(error)
        self._inode = self._inode_now()

    def _inode_now(self) -> int | None:
        try:
            return self.path.stat().st_ino
        except OSError:
            return None

    def _follow_replacement(self) -> None:
        """Another process may have made the file anew: what is written here then goes nowhere."""
        with self._lock:
            if self.persistent and self._inode_now() != self._inode:
                self._replace(self._open)

    def _recover(self, error: sqlite3.DatabaseError, generation: int) -> None:
        """Carry on with an emptied file after damage, in memory where nothing can be written.

        :raises sqlite3.DatabaseError: ``error``, where neither would help.
        """
        with self._lock:
            if generation != self.generation:
                return  # another thread has done it
            code = schema.primary_code(error)
            if code in schema.BUSY or not self.persistent or not _is_of_the_file(error):
                raise error
            if code in schema.DAMAGE:
                self.rebuilt = True
                schema.delete(self.path)
                self._replace(self._open)
            else:
                self._replace(lambda: self._move_to_memory(error))

    def _replace(self, how: Callable[[], None]) -> None:
        old = self._db
        how()
        self.generation += 1
        with contextlib.suppress(sqlite3.Error):
            old.close()

    def _move_to_memory(self, error: sqlite3.DatabaseError) -> None:
        memory = schema.connect(None)
        try:
            if self.path.stat().st_size > COPY_BYTES:
                raise OSError(str(self.path))
            self._db.backup(memory)
        except (OSError, sqlite3.Error):
            memory.close()
            memory = schema.create_in_memory(self.reader)
        self._db = memory
        self.persistent = False
        self.error = _name(error)

    @contextlib.contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """A connection to look with: writers of this process are not waited for."""
        if not self.persistent:
            with self._lock:
                yield self._db
            return
        generation = self.generation
        with self._lock:
            db = self._idle.pop()[1] if self._idle else schema.connect(self.path)
        try:
            yield db
        finally:
            with self._lock:
                if self._closed or generation != self.generation:
                    db.close()
                else:
                    self._idle.append((generation, db))

    def _read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        for _ in range(2):
            generation = self.generation
            try:
                with self._reader() as db:
                    return job(db)
            except sqlite3.DatabaseError as error:
                self._recover(error, generation)
        with self._reader() as db:
            return job(db)

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        return self._read(lambda db: db.execute(query, values).fetchall())


def _is_of_the_file(error: sqlite3.DatabaseError) -> bool:
    """Not a mistake of the program's, such as a broken constraint."""
    return not isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError)


def _name(error: Exception) -> str:
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    name = getattr(error, "sqlite_errorname", None)
    return name if isinstance(name, str) else type(error).__name__
