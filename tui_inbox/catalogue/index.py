"""Exact substring search, with SQLite's FTS5 doing the work.

Thai has no spaces, so words cannot be indexed; every run of three characters can. A query of
three or more is a phrase of trigrams, which is the same as "contains". FTS5's trigrams cannot
answer a shorter query, so a second, much smaller index holds the set of single characters and
pairs of each letter. Both are contentless: the text itself is kept once, compressed, elsewhere.

What is indexed is the folded text; callers fold the query alike.
"""

from __future__ import annotations

import functools
import itertools
import re
import sqlite3

Texts = tuple[str, str, str, str]
"""What is indexed of a letter: its text, subject, recipients, and number, sender and paths."""

SCHEMA = """
CREATE VIRTUAL TABLE trigrams USING fts5(
    body, subject, recipients, other, content='', columnsize=0, tokenize='trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE pairs USING fts5(
    grams, content='', columnsize=0, detail=none, tokenize='ascii'
);
"""

# FTS5's trigram tokenizer ends at NUL and reads U+FFFE and U+FFFF as U+FFFD. They are indexed as
# that too, and a query that holds any of them is checked against the text itself.
_ALIKE = {0: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_DOUBTFUL = re.compile("[\0\ufffd\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def insert(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Index a letter's folded texts under ``rowid``, which must be free."""
    db.execute(
        "INSERT INTO trigrams(rowid, body, subject, recipients, other) VALUES (?, ?, ?, ?, ?)",
        (rowid, *map(_plain, texts)),
    )
    db.execute("INSERT INTO pairs(rowid, grams) VALUES (?, ?)", (rowid, _grams(*texts)))


def remove(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Take a letter out again; the texts must be those that it was put in with."""
    db.execute(
        "INSERT INTO trigrams(trigrams, rowid, body, subject, recipients, other)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (rowid, *map(_plain, texts)),
    )
    db.execute(
        "INSERT INTO pairs(pairs, rowid, grams) VALUES ('delete', ?, ?)",
        (rowid, _grams(*texts)),
    )


def match(folded: str, columns: str = "") -> tuple[str, str] | None:
    """The table and the FTS5 expression whose rows contain ``folded``; ``None`` if none can.

    With ``columns`` only those that contain it in one of them, if the index can
    tell: of a query of less than three characters it cannot.

    :raises ValueError: ``folded`` is empty.
    """
    if not folded:
        raise ValueError("an empty query matches by no index")
    if _SURROGATE.search(folded):
        return None
    if len(folded) < 3:
        return "pairs", _token(tuple(folded))
    where = f"{{{columns}}} : " if columns else ""
    return "trigrams", where + '"' + folded.translate(_ALIKE).replace('"', '""') + '"'


def is_certain(folded: str) -> bool:
    """Whether the index answers exactly; else its rows are candidates that the text must prove."""
    return len(folded) < 3 or not _DOUBTFUL.search(folded)


def _plain(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text.translate(_ALIKE))


def _grams(*texts: str) -> str:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        found.update(zip(text))
        found.update(itertools.pairwise(text))
    return " ".join(map(_token, found))


@functools.lru_cache(maxsize=1 << 15)
def _token(gram: tuple[str, ...]) -> str:
    return "x".join(f"{ord(character):x}" for character in gram)
