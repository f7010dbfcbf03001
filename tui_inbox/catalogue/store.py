"""What the catalogue is asked, and what changes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from tui_inbox.catalogue import columns, index
from tui_inbox.catalogue.columns import Columns, Numbered
from tui_inbox.catalogue.content import fold, unpack_letter, unpack_text
from tui_inbox.catalogue.database import Database
from tui_inbox.catalogue.lines import Flag, Sort
from tui_inbox.catalogue.mentions import Mention, Role, number_key
from tui_inbox.catalogue.model import Entry, Summary
from tui_inbox.catalogue.searched import indexed_texts
from tui_inbox.catalogue.writer import number
from tui_inbox.letter import Action, Kind, Letter, Problem, Secrecy, Urgency
from tui_inbox.watching import Stamp

_summary = msgspec.msgpack.Decoder(Summary).decode

Mark = tuple[int, int, int]
"""A state of the catalogue; what changed since can be asked for."""


class Catalogue(Database):
    """What can be rebuilt from the files: what is asked of it, and what changes it.

    When it proves unfit (:class:`Database`), what it held is to be read from the files again.
    """

    # Looking

    def stamps(self, folder: str = "") -> Iterator[tuple[str, Stamp | None]]:
        """The files that are there in ``folder`` and below, by path, as last read; ``None``: it
        could not be, to be tried again. Some at a time: it does not keep others from writing.
        """
        self._follow_replacement()
        # What lies in a folder comes after its "/" and before the character that follows that one;
        # all texts come before any bytes.
        last, end = (f"{folder}/", f"{folder}0") if folder else ("", b"")
        while True:
            rows = self._rows(
                "SELECT path, size, mtime_ns, inode FROM files"
                " WHERE path > ? AND path < ? AND NOT gone ORDER BY path LIMIT 1000",
                (last, end),
            )
            if not rows:
                return
            for path, size, mtime_ns, inode in rows:
                yield path, None if size < 0 else Stamp(size, mtime_ns, inode)
            last = rows[-1][0]

    def files_mark(self) -> int:
        """A number that grows with whatever is written of any file."""
        return self._read(lambda db: number(db, "files"))

    def is_sight(self, digest: str) -> bool:
        """Whether :meth:`note_sight` was told this, and no file has been written of since."""
        self._follow_replacement()
        rows = self._rows("SELECT value FROM meta WHERE key = 'sight'")
        return bool(rows) and rows[0][0] == f"{self.files_mark()} {digest}"

    def contents_at(self, paths: Sequence[str]) -> dict[str, tuple[Stamp, str]]:
        """How these files were when they were last read, and the hash of their content then."""
        found = {}
        for first in range(0, len(paths), 500):
            some = paths[first : first + 500]
            marks = ",".join("?" * len(some))
            rows = self._rows(
                "SELECT path, size, mtime_ns, inode, sha256 FROM files"
                f" WHERE sha256 IS NOT NULL AND path IN ({marks})",
                tuple(some),
            )
            found.update({row[0]: (Stamp(*row[1:4]), row[4]) for row in rows})
        return found

    def summaries(self) -> list[Summary]:
        return self._read(
            lambda db: [_summary(row[0]) for row in db.execute("SELECT summary FROM letters")]
        )

    def follow(
        self,
        mark: Mark | None,
        take_all: Callable[[Columns], None],
        take: Callable[[list[Numbered]], None],
    ) -> Mark:
        """Hand the lines that any process changed since ``mark`` was given out to ``take``, or to
        ``take_all`` where these are all lines, so that the others are to be forgotten.

        Either may be called again, should the file prove damaged: then with all.
        """

        def read(db: sqlite3.Connection) -> Mark:
            db.execute("BEGIN")
            try:
                now = (self.generation, number(db, "epoch"), number(db, "seq"))
                if mark is None or mark[:2] != now[:2]:
                    take_all(Columns.read(db))
                elif mark != now:
                    changed = db.execute(
                        "SELECT n.number, n.id, n.sort, n.due, n.at FROM letters l"
                        " JOIN lines n ON n.number = l.number WHERE l.seq > ?",
                        (mark[2],),
                    )
                    take(changed.fetchall())
                return now
            finally:
                db.execute("COMMIT")

        return self._read(read)

    @property
    def made(self) -> str:
        """Names this file for good: one made anew has another name, or none (an empty text)."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'made'")
        return str(rows[0][0]) if rows else ""

    def mark_of(self, made: str, epoch: int, seq: int) -> Mark | None:
        """The mark of a state that this file was in when another process had it open; ``None`` if
        what has changed since cannot be told."""

        def read(db: sqlite3.Connection) -> Mark | None:
            now = number(db, "epoch"), number(db, "seq")
            return (self.generation, epoch, seq) if now[0] == epoch and now[1] >= seq else None

        return self._read(read) if made and made == self.made else None

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
        """The numbers in the first column of ``query``."""
        return set(self._read(lambda db: columns.integers(db, query, values)))

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

        def read(db: sqlite3.Connection) -> Letter | None:
            row = db.execute(
                "SELECT c.letter, c.text FROM letters l JOIN contents c ON c.sha256 = l.sha256"
                " WHERE l.id = ?",
                (id,),
            ).fetchone()
            return None if row is None else unpack_letter(*row)

        return self._read(read)

    def amendments(self, id: str) -> list[tuple[str, Letter, Letter]]:
        """When the letter came with another content, the content before and that after, the
        oldest first. As stored: a letter in a secret class without its words.
        """
        rows = self._rows(
            "SELECT a.at, b.letter, b.text, c.letter, c.text FROM amendments a"
            " JOIN contents b ON b.sha256 = a.before JOIN contents c ON c.sha256 = a.after"
            " WHERE a.letter_id = ? ORDER BY a.rowid",
            (id,),
        )
        return [(str(row[0]), unpack_letter(*row[1:3]), unpack_letter(*row[3:])) for row in rows]

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

    # Changing

    def finish_scan(self, folder: str) -> None:
        """A whole scan is in; ``folder`` tells the folder that was scanned from another one."""
        if self.scanned != folder:
            self.write(lambda writer: writer.finish_scan(folder))

    def note_sight(self, mark: int, digest: str) -> None:
        """The folder looked like ``digest`` when all its files were known as they were; ``mark`` is
        the :meth:`files_mark` from before they were compared.

        Only a shortcut for the next look: it may be left undone.
        """
        self.write_at_once(lambda writer: writer.note_sight(f"{mark} {digest}"))

    def claim(self, since: str) -> str | None:
        """A letter that came in after ``since`` (ISO), given to one caller of all processes."""
        if not self._rows("SELECT 1 FROM arrivals LIMIT 1"):
            return None
        return self.write(lambda writer: writer.claim(since))

    def put(self, entry: Entry) -> None:
        self.write(lambda writer: writer.put(entry))

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
