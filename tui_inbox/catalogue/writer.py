"""Changing the catalogue, inside one transaction."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from tui_inbox.catalogue import fresh, rows, searched
from tui_inbox.catalogue.model import Entry, File, Head, Summary
from tui_inbox.catalogue.schema import Lost
from tui_inbox.letter import Problem
from tui_inbox.watching import Stamp

#: Of a file whose state is not known: it differs from every real one, so it is looked at again.
NO_STAMP = Stamp(size=-1, mtime_ns=-1, inode=-1)

_summary = msgspec.msgpack.Decoder(Summary).decode
_problem = msgspec.msgpack.Decoder(Problem).decode


def problem_id(path: str) -> str:
    """The id of a file that holds no letter that could be read."""
    return "!" + hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()[:15]


def number(db: sqlite3.Connection, key: str) -> int:
    """A counter that every catalogue has: ``seq`` of changes, ``epoch`` of letters taken out,
    ``files`` of what was written of any file.

    :raises Lost: it is not there.
    """
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise Lost(key)
    return int(row[0])


class Writer:
    """What can be changed. After each call the rows of the letters it touches are right again."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seq = number(db, "seq") + 1
        self._touched = False
        self._scanned = self.scanned() is not None

    def finish(self) -> None:
        """Say to every reader that something changed, if it did."""
        if self._touched:
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'seq'", (str(self._seq),))

    # What is known

    def file(self, path: str) -> File | None:
        row = self._db.execute(
            "SELECT letter_id, sha256, size, mtime_ns, inode, gone FROM files WHERE path = ?",
            (path,),
        ).fetchone()
        if row is None:
            return None
        return File(path, row[0], row[1], Stamp(row[2], row[3], row[4]), bool(row[5]))

    def holder(self, sha256: str) -> str | None:
        """The letter that has or had this content."""
        row = self._db.execute(
            "SELECT letter_id FROM contents WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return None if row is None else str(row[0])

    def live_paths(self, letter_id: str) -> tuple[str, ...]:
        found = self._db.execute(
            "SELECT path FROM files WHERE letter_id = ? AND NOT gone ORDER BY path", (letter_id,)
        )
        return tuple(row[0] for row in found)

    def scanned(self) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = 'scanned'").fetchone()
        return None if row is None else str(row[0])

    def has_content(self, sha256: str) -> bool:
        return self.holder(sha256) is not None

    def summary(self, letter_id: str) -> Summary | None:
        row = self._db.execute("SELECT summary FROM letters WHERE id = ?", (letter_id,)).fetchone()
        return None if row is None else _summary(row[0])

    def unknown(self, files: Sequence[tuple[str, str]]) -> list[bool]:
        """Of each file, a path and its content's hash, whether neither is known, nor named before
        it: :meth:`put_fresh` takes it."""
        return fresh.unknown(self._db, files)

    # What is new

    def put_fresh(self, entries: Sequence[fresh.Fresh]) -> None:
        """Files with their letters, all :meth:`unknown`, each under its content's hash: what
        :meth:`put` does, for many at once."""
        if entries:
            fresh.put(self._db, entries, self._seq, arrived=self._scanned)
            self._touched = True

    def put(self, entry: Entry) -> None:
        """A file with its letter: new, amended, under one more name, or back again.

        :raises KeyError: the entry has no content, and none is held.
        """
        sha256 = entry.sha256
        self._put_content(entry)
        before = self.file(entry.path)
        received = entry.received
        if before is not None and before.sha256 is None:
            # It was there before it could be read.
            unread = self.summary(before.letter_id)
            received = unread.received if unread is not None else received
        self._put_file(entry.path, entry.letter_id, sha256, entry.stamp, None)
        if entry.amended:
            self._note_amendment(entry)
        self._part_unreadable(entry)
        self._settle(
            entry.letter_id,
            received=received,
            prefer=sha256 if entry.amended else None,
            amended=entry.amended,
        )
        if before is not None and before.letter_id != entry.letter_id:
            self._settle(before.letter_id)

    def put_problem(
        self, path: str, stamp: Stamp | None, problem: Problem, received: str
    ) -> str | None:
        """A file that could not be read; the id of its row, ``None`` if that says so already.

        A letter that is known by this path alone keeps what is known of it; where it has another
        file that can be read, this one is a row of its own, or nobody would hear of it. Without a
        ``stamp`` the file is looked at again by every scan.
        """
        before = self.file(path)
        stamp = stamp or NO_STAMP
        blob = rows.pack(problem)
        if before is not None and not before.gone and before.stamp == stamp:
            row = self._db.execute("SELECT problem FROM files WHERE path = ?", (path,)).fetchone()
            if row[0] == blob:
                return None
        apart = before is None or self._has_other_file(before)
        letter_id = problem_id(path) if apart or before is None else before.letter_id
        sha256 = None if apart or before is None else before.sha256
        self._put_file(path, letter_id, sha256, stamp, blob)
        self._settle(letter_id, received=received)
        if before is not None and before.letter_id != letter_id:
            self._settle(before.letter_id)
        return letter_id

    def _part_unreadable(self, entry: Entry) -> None:
        """Files of the letter that cannot be read become rows of their own: it now has one that
        can, which would hide them.
        """
        unreadable = self._db.execute(
            "SELECT path FROM files WHERE letter_id = ? AND path <> ? AND NOT gone"
            " AND problem IS NOT NULL",
            (entry.letter_id, entry.path),
        ).fetchall()
        for (path,) in unreadable:
            letter_id = problem_id(path)
            self._db.execute(
                "UPDATE files SET letter_id = ?, sha256 = NULL WHERE path = ?", (letter_id, path)
            )
            self._settle(letter_id, received=entry.received)

    def _has_other_file(self, file: File) -> bool:
        """Whether its letter is there under another path too, and can be read."""
        row = self._db.execute(
            "SELECT 1 FROM files WHERE letter_id = ? AND path <> ? AND NOT gone"
            " AND problem IS NULL LIMIT 1",
            (file.letter_id, file.path),
        ).fetchone()
        return row is not None

    def gone(self, paths: Iterable[str]) -> frozenset[str]:
        """These files are there no more; the ids of the letters that this concerns."""
        ids = set()
        for path in paths:
            before = self.file(path)
            if before is not None and not before.gone:
                self._db.execute("UPDATE files SET gone = 1 WHERE path = ?", (path,))
                ids.add(before.letter_id)
        for letter_id in ids:
            self._settle(letter_id)
        return frozenset(ids)

    def forget(self, ids: Iterable[str]) -> None:
        """Take letters out altogether, with their contents and files."""
        for letter_id in ids:
            searched.drop(self._db, letter_id)
            self._db.execute(
                "DELETE FROM mentions WHERE content IN"
                " (SELECT rowid FROM contents WHERE letter_id = ?)",
                (letter_id,),
            )
            self._db.execute("DELETE FROM contents WHERE letter_id = ?", (letter_id,))
            self._db.execute("DELETE FROM files WHERE letter_id = ?", (letter_id,))
            self._db.execute("DELETE FROM amendments WHERE letter_id = ?", (letter_id,))
            self._drop_letter(letter_id)

    def claim(self, since: str) -> str | None:
        """Take the letter that has waited longest out of the arrivals; ``None`` if none waits.

        ``since`` is ISO: arrivals from before are let go. Whoever gets the id is the only one.
        """
        self._db.execute("DELETE FROM arrivals WHERE at < ?", (since,))
        row = self._db.execute(
            "DELETE FROM arrivals WHERE rowid = (SELECT min(rowid) FROM arrivals)"
            " RETURNING letter_id"
        ).fetchone()
        return None if row is None else str(row[0])

    def finish_scan(self, folder: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('scanned', ?)", (folder,))

    def note_sight(self, sight: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('sight', ?)", (sight,))

    # Rows

    def _put_content(self, entry: Entry) -> None:
        holder = self.holder(entry.sha256)
        if holder is not None:
            if holder != entry.letter_id:
                self._db.execute(
                    "UPDATE contents SET letter_id = ? WHERE sha256 = ?",
                    (entry.letter_id, entry.sha256),
                )
            return
        content = entry.content
        if content is None:
            raise KeyError(entry.sha256)
        row = rows.content_row(entry.sha256, entry.letter_id, content)
        added = self._db.execute(rows.PUT_CONTENT, row).lastrowid
        self._db.executemany(rows.PUT_MENTION, rows.mention_rows(added, content))

    def _note_amendment(self, entry: Entry) -> None:
        """Which content the letter had until now; of one that was never read there is none."""
        self._db.execute(
            "INSERT INTO amendments(letter_id, at, before, after)"
            " SELECT id, ?, sha256, ? FROM letters WHERE id = ? AND sha256 <> ?",
            (entry.received, entry.sha256, entry.letter_id, entry.sha256),
        )

    def _put_file(
        self, path: str, letter_id: str, sha256: str | None, stamp: Stamp, problem: bytes | None
    ) -> None:
        self._db.execute(rows.PUT_FILE, rows.file_row(path, letter_id, sha256, stamp, problem))

    def _settle(
        self,
        letter_id: str,
        *,
        received: str = "",
        prefer: str | None = None,
        amended: bool = False,
    ) -> None:
        """Make the letter's row, and what of it is searched, agree with its files."""
        files = self._db.execute(
            "SELECT path, sha256, gone, problem FROM files WHERE letter_id = ? ORDER BY path",
            (letter_id,),
        ).fetchall()
        live = [row for row in files if not row[2]]
        if live and len(live) < len(files):
            self._db.execute("DELETE FROM files WHERE letter_id = ? AND gone", (letter_id,))
        shown = live or files
        before = self._db.execute(
            "SELECT sha256, received, amended, summary, number FROM letters WHERE id = ?",
            (letter_id,),
        ).fetchone()
        hashes = [row[1] for row in shown if row[1] is not None]
        sha256 = prefer or (before[0] if before else None)
        if sha256 is None or (hashes and sha256 not in hashes):
            sha256 = hashes[0] if hashes else sha256
        if sha256 is None and not live:
            self._db.execute("DELETE FROM files WHERE letter_id = ?", (letter_id,))
            self._drop_letter(letter_id)
            return
        is_amended = amended or bool(before and before[2])
        problems = [row[3] for row in shown]
        problem = _problem(problems[0]) if problems and all(problems) else None
        paths = tuple(row[0] for row in shown)
        if not paths and before:
            # Another letter's content stands under its name now.
            paths = _summary(before[3]).paths
        summary = rows.summary_of(
            Head() if sha256 is None else searched.head_of(self._db, sha256),
            letter_id,
            sha256,
            paths,
            before[1] if before else received,
            amended=is_amended,
            gone=not live,
            problem=problem,
        )
        blob = rows.pack(summary)
        if before is not None and before[3] == blob:
            return
        if before is None and received and self._scanned:
            # What is there when nobody has looked before is no arrival.
            self._db.execute(rows.PUT_ARRIVAL, (letter_id, received))
        # Not one statement for both that returns the number: that takes twenty times as long.
        if before is None:
            number = self._db.execute(
                rows.PUT_LETTER,
                (letter_id, sha256, received, is_amended, not live, self._seq, blob, None),
            ).lastrowid
        else:
            number = before[4]
            self._db.execute(
                "UPDATE letters SET sha256 = ?, amended = ?, gone = ?, seq = ?, summary = ?"
                " WHERE number = ?",
                (sha256, is_amended, not live, self._seq, blob, number),
            )
        assert number is not None
        self._put_line(number, summary)
        searched.put(self._db, number, summary)
        self._touched = True

    def _put_line(self, number: int, summary: Summary) -> None:
        sort, line, head = rows.line_rows(number, summary)
        self._db.execute(rows.PUT_SORT, sort)
        (found,) = self._db.execute(rows.FIND_SORT, sort).fetchone()
        self._db.execute(rows.PUT_LINE, (*line[:2], found, *line[2:]))
        self._db.execute(rows.PUT_HEAD, head)

    def _drop_letter(self, letter_id: str) -> None:
        searched.drop(self._db, letter_id)
        for table in ("lines", "heads"):
            self._db.execute(
                f"DELETE FROM {table} WHERE number = (SELECT number FROM letters WHERE id = ?)",
                (letter_id,),
            )
        self._db.execute("DELETE FROM letters WHERE id = ?", (letter_id,))
        self._db.execute("DELETE FROM arrivals WHERE letter_id = ?", (letter_id,))
        self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'epoch'")
        self._touched = True
