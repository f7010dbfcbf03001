"""Letters of which nothing is known yet, hundreds at once: what a first reading consists of.

What :meth:`Writer.put` finds out for each, with a query a table, is known of these beforehand: a
letter with one file, one content and no history. So there is nothing to ask, and each table takes
all its rows with one statement. The rows are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tui_inbox.catalogue import index, rows
from tui_inbox.catalogue.model import Content, Entry

#: A query names no more values than that.
_NAMED = 500

Fresh = tuple[Entry, Content]


def unknown(db: sqlite3.Connection, files: Sequence[tuple[str, str]]) -> list[bool]:
    """Of each file, a path and a content's hash, whether neither is known, nor named before it."""
    paths = _held(db, "SELECT path FROM files WHERE path IN", [path for path, _ in files])
    hashes = [sha256 for _, sha256 in files]
    held = _held(db, "SELECT sha256 FROM contents WHERE sha256 IN", hashes)
    # A letter whose first content is not there any more goes by that still.
    held |= _held(db, "SELECT id FROM letters WHERE id IN", hashes)
    found = []
    for path, sha256 in files:
        found.append(path not in paths and sha256 not in held)
        paths.add(path)
        held.add(sha256)
    return found


def put(db: sqlite3.Connection, fresh: Sequence[Fresh], seq: int, *, arrived: bool) -> None:
    """Put letters that are :func:`unknown`, each under its content's hash.

    ``arrived``: they came in, and were not there before anybody looked.
    """
    first_content, first_letter = _next(db, "contents"), _next(db, "letters")
    contents: list[rows.Row] = []
    mentions: list[rows.Row] = []
    letters: list[rows.Row] = []
    sorts: list[rows.Row] = []
    lines: list[rows.Row] = []
    heads: list[rows.Row] = []
    searched: list[rows.Row] = []
    for place, (entry, content) in enumerate(fresh):
        rowid, number = first_content + place, first_letter + place
        contents.append(rows.content_row(entry.sha256, entry.letter_id, content, rowid))
        mentions += rows.mention_rows(rowid, content)
        summary = rows.summary_of(
            content.head, entry.letter_id, entry.sha256, (entry.path,), entry.received
        )
        blob = rows.pack(summary)
        letters.append((entry.letter_id, entry.sha256, entry.received, 0, 0, seq, blob, number))
        sort, line, head = rows.line_rows(number, summary)
        sorts.append(sort)
        lines.append(line)
        heads.append(head)
        searched.append((number, rowid, content.path))
    db.executemany(rows.PUT_CONTENT, contents)
    db.executemany(rows.PUT_MENTION, mentions)
    db.executemany(
        rows.PUT_FILE,
        [rows.file_row(one.path, one.letter_id, one.sha256, one.stamp) for one, _ in fresh],
    )
    if arrived:
        db.executemany(
            rows.PUT_ARRIVAL, [(one.letter_id, one.received) for one, _ in fresh if one.received]
        )
    db.executemany(rows.PUT_LETTER, letters)
    numbers = _numbers_of(db, sorts)
    db.executemany(
        rows.PUT_LINE,
        [
            (number, id, numbers[sort], due, at)
            for sort, (number, id, due, at) in zip(sorts, lines, strict=True)
        ],
    )
    db.executemany(rows.PUT_HEAD, heads)
    index.insert_many(
        db,
        [
            (first_letter + place, content.texts, content.grams)
            for place, (_, content) in enumerate(fresh)
        ],
    )
    db.executemany(rows.PUT_SEARCHED, searched)


def _held(db: sqlite3.Connection, query: str, values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(values), _NAMED):
        some = values[first : first + _NAMED]
        marks = ",".join("?" * len(some))
        found.update(row[0] for row in db.execute(f"{query} ({marks})", some))
    return found


def _next(db: sqlite3.Connection, table: str) -> int:
    """The number that the table would give to its next row."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 if row is None else int(row[0]) + 1


def _numbers_of(db: sqlite3.Connection, sorts: Iterable[rows.Row]) -> dict[rows.Row, int]:
    """The number of each sort, given where it is new."""
    distinct = dict.fromkeys(sorts)
    db.executemany(rows.PUT_SORT, distinct)
    return {sort: db.execute(rows.FIND_SORT, sort).fetchone()[0] for sort in distinct}
