"""The catalogue's file and its connections: several threads, several processes, any damage."""

from __future__ import annotations

import contextlib
import errno
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from tui_inbox.catalogue import schema
from tui_inbox.catalogue.writer import Writer

T = TypeVar("T")

log = logging.getLogger(__name__)

#: How large a catalogue is still copied into memory when its disk takes no more.
COPY_BYTES = 200_000_000


class Database:
    """A SQLite file of this user alone, at ``path``: what it holds can be rebuilt.

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
        # Held while something is written or the file replaced; readers do not wait for it, but
        # in memory, where there is one connection for all.
        self._lock = threading.RLock()
        self._pool_lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        self._open()

    def close(self) -> None:
        with self._lock, self._pool_lock:
            self._closed = True
            for db in self._idle:
                db.close()
            self._idle.clear()
            self._db.close()

    def write(self, job: Callable[[Writer], T]) -> T:
        """Run ``job`` in one transaction. It may run again, in an emptied catalogue, if this one
        proves damaged, or in memory, if it cannot be written.

        :raises sqlite3.OperationalError: another process kept the file locked for too long.
        """
        with self._lock:
            for _ in range(2):
                try:
                    return self._transact(job)
                except schema.DAMAGE as error:
                    self._recover(error, self.generation)
            return self._transact(job)

    def write_at_once(self, job: Callable[[Writer], object]) -> bool:
        """Run ``job`` in one transaction if that can be had now; whether it was. For what may as
        well be left undone: nobody is waited for, and no damage or full disk is seen to.
        """
        with self._lock:
            try:
                with schema.impatient(self._db):
                    self._transact(job)
            except sqlite3.Error as error:
                log.info("something was left undone in %r: %r", str(self.path), error)
                return False
        return True

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
        self._inode = schema.inode_of(self.path)

    def _follow_replacement(self) -> None:
        """Another process may have made the file anew: what is written here then goes nowhere."""
        with self._lock:
            if self.persistent and schema.inode_of(self.path) != self._inode:
                self._replace(self._open)

    def _recover(self, error: Exception, generation: int) -> None:
        """Carry on with an emptied file after damage, in memory where nothing can be written.

        :raises Exception: ``error``, where neither would help.
        """
        with self._lock:
            if generation != self.generation:
                return  # another thread has done it
            code = schema.primary_code(error)
            # What was asked is at fault, not the file.
            misused = isinstance(error, (sqlite3.ProgrammingError, UnicodeEncodeError))
            if code in schema.BUSY or misused or not self.persistent:
                raise error
            log.info("the catalogue %r cannot be used as it is: %r", str(self.path), error)
            if code in schema.NO_PLACE:
                self._replace(lambda: self._move_to_memory(error))
            else:
                self.rebuilt = True
                with contextlib.suppress(OSError):
                    schema.delete(self.path, self._inode)
                self._replace(self._open)

    def _replace(self, how: Callable[[], None]) -> None:
        old = self._db
        how()
        with self._pool_lock:
            stale = [old, *self._idle]
            self._idle.clear()
            self.generation += 1
        for db in stale:
            with contextlib.suppress(sqlite3.Error):
                db.close()

    def _move_to_memory(self, error: Exception) -> None:
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
        with self._pool_lock:
            generation = self.generation
            db = self._idle.pop() if self._idle else schema.connect(self.path)
        try:
            yield db
        finally:
            with self._pool_lock:
                if self._closed or generation != self.generation:
                    db.close()
                else:
                    self._idle.append(db)

    def _read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        for _ in range(2):
            generation = self.generation
            try:
                with self._reader() as db:
                    return job(db)
            except schema.DAMAGE as error:
                self._recover(error, generation)
        with self._reader() as db:
            return job(db)

    def _value(self, query: str, id: str, decode: Callable[[Any], T]) -> T | None:
        """The one value that ``query`` gives for a letter, decoded; ``None`` for none or NULL."""

        def read(db: sqlite3.Connection) -> T | None:
            row = db.execute(query, (id,)).fetchone()
            return None if row is None or row[0] is None else decode(row[0])

        return self._read(read)

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        return self._read(lambda db: db.execute(query, values).fetchall())


def _name(error: Exception) -> str:
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
    name = getattr(error, "sqlite_errorname", None)
    return name if isinstance(name, str) else type(error).__name__
