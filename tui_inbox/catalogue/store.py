"""The catalogue's file and its readers: several threads, several processes, any damage."""

from __future__ import annotations

import contextlib
import errno
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tui_inbox.catalogue import index, schema
from tui_inbox.catalogue.lines import Flag, Sort
from tui_inbox.catalogue.mentions import Mention, Role, number_key
from tui_inbox.catalogue.model import Entry, Summary
from tui_inbox.catalogue.writer import Writer, fold, indexed_texts, number, unpack_text
from tui_inbox.letter import Action, Kind, Letter, Problem, Secrecy, Urgency
from tui_inbox.watching import Stamp

T = TypeVar("T")

log = logging.getLogger(__name__)

_letter = msgspec.msgpack.Decoder(Letter).decode
_summary = msgspec.msgpack.Decoder(Summary).decode

#: How large a catalogue is still copied into memory when its disk takes no more.
COPY_BYTES = 200_000_000


Mark = tuple[int, int, int]
"""A state of the catalogue; what changed since can be asked for."""

Numbered = tuple[int, str, int, int, int]
"""A letter's number, id, the number of its :class:`Sort`, due date and time of receipt."""


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

    # Looking

    def stamps(self) -> dict[str, Stamp | None]:
        """The files that are there, as last read; ``None``: it could not be, to be tried again."""
        self._follow_replacement()
        return self._read(
            lambda db: {
                row[0]: None if row[1] < 0 else Stamp(row[1], row[2], row[3])
                for row in db.execute(
                    "SELECT path, size, mtime_ns, inode FROM files WHERE NOT gone"
                )
            }
        )

    def summaries(self) -> list[Summary]:
        return self._read(
            lambda db: [_summary(row[0]) for row in db.execute("SELECT summary FROM letters")]
        )

    def follow(self, mark: Mark | None, take: Callable[[bool, Iterable[Numbered]], None]) -> Mark:
        """Hand the lines that any process changed since ``mark`` was given out to ``take``.

        Its first argument says whether these are all lines, so that the others are to be
        forgotten. It may be called again, should the file prove damaged: then with all.
        """

        def read(db: sqlite3.Connection) -> Mark:
            db.execute("BEGIN")
            try:
                now = (self.generation, number(db, "epoch"), number(db, "seq"))
                if mark is None or mark[:2] != now[:2]:
                    take(True, db.execute("SELECT number, id, sort, due, at FROM lines"))
                elif mark != now:
                    changed = db.execute(
                        "SELECT n.number, n.id, n.sort, n.due, n.at FROM letters l"
                        " JOIN lines n ON n.number = l.number WHERE l.seq > ?",
                        (mark[2],),
                    )
                    take(False, changed)
                return now
            finally:
                db.execute("COMMIT")

        return self._read(read)

    def sorts(self) -> dict[int, Sort]:
        """What letters share, by number."""
        rows = self._rows(
            "SELECT number, urgency, secrecy, action, problem, kind, sender FROM sorts"
        )
        return {
            row[0]: Sort(
                Urgency(row[1]), Secrecy(row[2]), Action(row[3]), bool(row[4]), Kind(row[5]), row[6]
            )
            for row in rows
        }

    def lines_of(self, ids: Iterable[str]) -> list[Numbered]:
        """The lines of these letters, as far as they are there."""
        wanted, found = list(ids), []
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            marks = ",".join("?" * len(some))
            found += self._rows(
                "SELECT n.number, n.id, n.sort, n.due, n.at FROM letters l"
                f" JOIN lines n ON n.number = l.number WHERE l.id IN ({marks})",
                tuple(some),
            )
        return found

    def summaries_of(self, numbers: Sequence[int]) -> dict[int, Summary]:
        """The letters of these numbers, as far as they are there."""
        marks = ",".join("?" * len(numbers))
        rows = self._rows(
            f"SELECT number, summary FROM letters WHERE number IN ({marks})", tuple(numbers)
        )
        return {number: _summary(blob) for number, blob in rows}

    # What queries ask

    def _numbers(self, query: str, values: tuple[object, ...] = ()) -> set[int]:
        return self._read(lambda db: {row[0] for row in db.execute(query, values)})

    def flagged(self, flag: Flag) -> set[int]:
        return self._numbers("SELECT number FROM heads WHERE flags & ?", (int(flag),))

    def numbered(self) -> set[int]:
        """The letters that bear a number."""
        return self._numbers("SELECT number FROM heads WHERE printed IS NOT NULL")

    def numbered_like(self, bare: str) -> set[int]:
        """The letters whose number holds ``bare``, spaces aside; ``bare`` is folded."""
        return self._numbers(
            "SELECT number FROM heads WHERE instr(replace(lower(printed), ' ', ''), ?)", (bare,)
        )

    def dated(self, first: str, last: str) -> set[int]:
        """The letters of the days from ``first`` to ``last`` (ISO). Of a letter without its day
        the whole month must lie there."""
        return self._numbers(
            "SELECT number FROM heads WHERE CASE length(date) WHEN 10 THEN date BETWEEN ? AND ?"
            " WHEN 7 THEN date || '-01' >= ?"
            " AND date(date || '-01', '+1 month', '-1 day') <= ? END",
            (first, last, first, last),
        )

    def undated(self) -> set[int]:
        return self._numbers("SELECT number FROM heads WHERE date IS NULL")

    def received(self, first: int, end: int) -> set[int]:
        """The letters received from ``first`` on and before ``end``, in milliseconds."""
        return self._numbers("SELECT number FROM lines WHERE at >= ? AND at < ?", (first, end))

    def eventful(self, first: str, last: str) -> set[int]:
        """The letters with an event on a day from ``first`` to ``last`` (ISO)."""
        rows = self._rows("SELECT number, events FROM heads WHERE events <> ''")
        return {
            number
            for number, events in rows
            if any(first <= day <= last for day in events.split(" "))
        }

    def printed(self) -> dict[int, str]:
        """Every number that a letter bears, as its normal form prints it."""
        return dict(self._rows("SELECT number, printed FROM heads WHERE printed IS NOT NULL"))

    def subjects(self) -> dict[int, str]:
        """Every subject; there are none of secret letters."""
        return dict(self._rows("SELECT number, subject FROM heads WHERE subject IS NOT NULL"))

    def newest_first(self) -> list[int]:
        """Every letter by the day that it bears, then by its receipt."""
        rows = self._rows(
            "SELECT h.number FROM heads h JOIN lines l ON l.number = h.number"
            " ORDER BY h.date DESC, l.at DESC, h.number"
        )
        return [row[0] for row in rows]

    def summary(self, id: str) -> Summary | None:
        return self._value("SELECT summary FROM letters WHERE id = ?", id, _summary)

    def letter(self, id: str) -> Letter | None:
        """The letter as stored: one in a secret class without its words."""
        return self._value(
            "SELECT c.letter FROM letters l JOIN contents c ON c.sha256 = l.sha256 WHERE l.id = ?",
            id,
            _letter,
        )

    def amendments(self, id: str) -> list[tuple[str, Letter, Letter]]:
        """When the letter came with another content, the content before and that after, the
        oldest first. As stored: a letter in a secret class without its words.
        """
        rows = self._rows(
            "SELECT a.at, b.letter, c.letter FROM amendments a"
            " JOIN contents b ON b.sha256 = a.before JOIN contents c ON c.sha256 = a.after"
            " WHERE a.letter_id = ? ORDER BY a.rowid",
            (id,),
        )
        return [(str(at), _letter(before), _letter(after)) for at, before, after in rows]

    def text(self, id: str) -> str | None:
        """The decoded text; not kept of a letter in a secret class."""
        return self._value(
            "SELECT c.text FROM letters l JOIN contents c ON c.sha256 = l.sha256 WHERE l.id = ?",
            id,
            unpack_text,
        )

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

    def search(self, text: str, columns: str = "") -> set[int]:
        """The letters whose text, head fields or paths contain ``text``, all of it folded.

        ``columns`` narrows that down to some of ``body``, ``subject``, ``recipients`` and ``other``
        (number, sender, paths). Of less than three characters the index cannot tell where they
        stand: then it is wherever.
        """
        folded = fold(text)
        if not folded:
            return self._numbers("SELECT number FROM letters")
        found = index.match(folded, columns)
        if found is None:
            return set()
        table, expression = found
        numbers = self._numbers(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression,))
        if not index.is_certain(folded):
            numbers = {number for number in numbers if self._contains(number, folded)}
        return numbers

    def ids_of(self, numbers: Iterable[int]) -> frozenset[str]:
        """The ids of letters by their numbers."""
        wanted = set(numbers)
        rows = self._rows("SELECT number, id FROM lines")
        return frozenset(id for number, id in rows if number in wanted)

    def mentions(self, id: str) -> tuple[Mention, ...]:
        """The numbers in the content that is shown of a letter."""
        return self._mentions("l.id = ?", id)

    def mentions_like(self, number: str) -> tuple[Mention, ...]:
        """Where any letter is, holds or speaks of this number, or of one that OCR may have made
        of it."""
        return self._mentions("m.key = ?", number_key(number))

    def _mentions(self, condition: str, value: str) -> tuple[Mention, ...]:
        rows = self._rows(
            "SELECT l.id, m.role, m.number, m.date, m.sender FROM mentions m"
            " JOIN contents c ON c.rowid = m.content"
            " JOIN letters l ON l.id = c.letter_id AND l.sha256 = c.sha256"
            f" WHERE {condition} ORDER BY l.id",
            (value,),
        )
        return tuple(
            Mention(id, Role(role), number, date, sender) for id, role, number, date, sender in rows
        )

    def holds_text(self, text: str) -> bool:
        """Whether :meth:`search` would find anything."""
        folded = fold(text)
        found = index.match(folded) if folded else None
        if found is None:
            return False
        if not index.is_certain(folded):
            return bool(self.search(text))
        table, expression = found
        return bool(
            self._rows(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (expression,))
        )

    def _contains(self, number: int, folded: str) -> bool:
        texts = self._read(lambda db: indexed_texts(db, number))
        return any(folded in text for text in texts)

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
                except schema.DAMAGE as error:
                    self._recover(error, self.generation)
            return self._transact(job)

    def claim(self, since: str) -> str | None:
        """A letter that came in after ``since`` (ISO), given to one caller of all processes."""
        if not self._rows("SELECT 1 FROM arrivals LIMIT 1"):
            return None
        return self.write(lambda writer: writer.claim(since))

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
