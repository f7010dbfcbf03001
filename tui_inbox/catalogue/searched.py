"""What of a letter is in the search index: found again for taking it out, or for proving a hit."""

from __future__ import annotations

import sqlite3

from tui_inbox.catalogue import index
from tui_inbox.catalogue.content import fold, other, unpack_letter, unpack_text
from tui_inbox.catalogue.head import fields, head
from tui_inbox.catalogue.model import Head, Summary
from tui_inbox.catalogue.rows import PUT_SEARCHED
from tui_inbox.catalogue.schema import Lost


def head_of(db: sqlite3.Connection, sha256: str) -> Head:
    """What a list shows of a content that is held.

    :raises Lost: it is not.
    """
    row = db.execute("SELECT letter, text FROM contents WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise Lost(sha256)
    return head(unpack_letter(*row))


def put(db: sqlite3.Connection, number: int, summary: Summary) -> None:
    """Make what is searched of a letter agree with what is shown of it."""
    content = None
    if summary.sha256 is not None:
        (content,) = db.execute(
            "SELECT rowid FROM contents WHERE sha256 = ?", (summary.sha256,)
        ).fetchone()
    paths = "\n".join(map(fold, summary.paths))
    before = db.execute(
        "SELECT content, paths FROM searched WHERE number = ?", (number,)
    ).fetchone()
    if before == (content, paths):
        return
    if before is not None:
        index.remove(db, number, texts_of(db, *before))
    index.insert(db, number, texts_of(db, content, paths))
    db.execute(PUT_SEARCHED, (number, content, paths))


def drop(db: sqlite3.Connection, letter_id: str) -> None:
    """Take a letter out of the index."""
    row = db.execute(
        "SELECT s.number, s.content, s.paths FROM searched s"
        " JOIN letters l ON l.number = s.number WHERE l.id = ?",
        (letter_id,),
    ).fetchone()
    if row is not None:
        index.remove(db, row[0], texts_of(db, *row[1:]))
        db.execute("DELETE FROM searched WHERE number = ?", (row[0],))


def texts_of(db: sqlite3.Connection, content: int | None, paths: str) -> index.Texts:
    """The folded texts that a letter with this content and these paths is found by."""
    if content is None:
        return "", "", "", paths
    row = db.execute("SELECT letter, text FROM contents WHERE rowid = ?", (content,)).fetchone()
    if row is None:
        raise Lost(str(content))
    subject, recipients, named = map(fold, fields(head(unpack_letter(*row))))
    body = "" if row[1] is None else fold(unpack_text(row[1]))
    return body, subject, recipients, other(named, paths)


def indexed_texts(db: sqlite3.Connection, number: int) -> index.Texts:
    """What the index holds of a letter; nothing of one that is not there."""
    row = db.execute("SELECT content, paths FROM searched WHERE number = ?", (number,)).fetchone()
    return ("", "", "", "") if row is None else texts_of(db, *row)
