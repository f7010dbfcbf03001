"""Exact substring search, with SQLite's FTS5 doing the work.

Thai has no spaces, so words cannot be indexed; every run of three characters can. A query of
three or more is a phrase of trigrams, which is the same as "contains". FTS5's trigrams cannot
answer a shorter query, so a second, much smaller index holds the set of single characters and
pairs of each letter. Both are contentless: the text itself is kept once, compressed, elsewhere.

What is indexed is the folded text; callers fold the query alike.
"""

from __future__ import annotations

import functools
import operator
import re
import sqlite3
import sys
from array import array
from collections.abc import Callable, Sequence

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

# How FTS5 is to go about it; the same answers come either way. New letters come by hundreds in one
# transaction: what is held of one before it is written is one segment,
# and sixteen of these are merged at once instead of four, so each word is written half as often.
SETTINGS = (("hashsize", 1 << 23), ("automerge", 16))

# FTS5's trigram tokenizer ends at NUL and reads U+FFFE and U+FFFF as U+FFFD. They are indexed as
# that too, and a query that holds any of them is checked against the text itself.
_ALIKE = {0: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
_DOUBTFUL = re.compile("[\0\ufffd\ufffe\uffff]")
_BYTES = tuple(chr(code).encode() for code in _ALIKE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def set_up(db: sqlite3.Connection) -> None:
    """Give the tables of :data:`SCHEMA` their settings, once: they are kept in the file."""
    for table in ("trigrams", "pairs"):
        for key, value in SETTINGS:
            db.execute(f"INSERT INTO {table}({table}, rank) VALUES (?, ?)", (key, value))


def insert(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Index a letter's folded texts under ``rowid``, which must be free."""
    insert_many(db, [(rowid, plain_texts(texts), grams(*texts))])


def insert_many(db: sqlite3.Connection, letters: Sequence[tuple[int, Texts, str]]) -> None:
    """Index letters of which all is made already, each under its number, which rise: its texts,
    plain, and their grams."""
    db.executemany(
        "INSERT INTO trigrams(rowid, body, subject, recipients, other) VALUES (?, ?, ?, ?, ?)",
        [(rowid, *texts) for rowid, texts, _ in letters],
    )
    db.executemany(
        "INSERT INTO pairs(rowid, grams) VALUES (?, ?)",
        [(rowid, words) for rowid, _, words in letters],
    )


def remove(db: sqlite3.Connection, rowid: int, texts: Texts) -> None:
    """Take a letter out again; the texts must be those that it was put in with."""
    db.execute(
        "INSERT INTO trigrams(trigrams, rowid, body, subject, recipients, other)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (rowid, *plain_texts(texts)),
    )
    db.execute(
        "INSERT INTO pairs(pairs, rowid, grams) VALUES ('delete', ?, ?)",
        (rowid, grams(*texts)),
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
        return "pairs", _word(folded)
    where = f"{{{columns}}} : " if columns else ""
    return "trigrams", where + '"' + folded.translate(_ALIKE).replace('"', '""') + '"'


def is_certain(folded: str) -> bool:
    """Whether the index answers exactly; else its rows are candidates that the text must prove."""
    return len(folded) < 3 or not _DOUBTFUL.search(folded)


def plain_texts(texts: Texts) -> Texts:
    """``texts`` as the trigram index takes them."""
    body, subject, recipients, other = map(_plain, texts)
    return body, subject, recipients, other


def _plain(text: str) -> str:
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text.translate(_ALIKE))
    # Almost every text is plain already, and to look for bytes is a tenth of a translation.
    if any(byte in raw for byte in _BYTES):
        return text.translate(_ALIKE)
    return text


def grams(*texts: str) -> str:
    """Every character and pair of neighbours in ``texts``, each once, as words for the index."""
    pairs: set[int] = set()
    lasts: list[str] = []
    for text in texts:
        if text:
            # Two characters side by side are one number of eight bytes, wherever they begin.
            raw = text.encode(_UTF_32, "surrogatepass")
            numbers = array("Q", raw[: len(raw) // 8 * 8])
            numbers.frombytes(raw[4 : 4 + (len(raw) - 4) // 8 * 8])
            pairs.update(numbers)
            lasts.append(text[-1])
    # Every character begins a pair but a text's last.
    singles = dict.fromkeys([*map(_firsts.__getitem__, pairs), *lasts])
    return " ".join([*map(_words.__getitem__, pairs), *map(_word, singles)])


@functools.lru_cache(maxsize=1 << 12)
def _word(gram: str) -> str:
    return "x".join([f"{ord(character):x}" for character in gram])


class _OfPairs(dict[int, str]):
    """What ``make`` makes of a pair, by its number; made once. A text in a script of thousands of
    characters cannot make it large."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def __missing__(self, pair: int) -> str:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        gram = pair.to_bytes(8, sys.byteorder).decode(_UTF_32, "surrogatepass")
        self[pair] = made = self._make(gram)
        return made


_UTF_32 = f"utf-32-{sys.byteorder[0]}e"
_MOST_PAIRS = 1 << 15
_words = _OfPairs(_word)
_firsts = _OfPairs(operator.itemgetter(0))
