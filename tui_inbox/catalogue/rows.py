"""A letter's values as the tables have them: the same whether one is written or hundreds are."""

from __future__ import annotations

import msgspec

from tui_inbox.catalogue.lines import line_of
from tui_inbox.catalogue.model import Content, Head, Summary
from tui_inbox.letter import Problem
from tui_inbox.watching import Stamp

Row = tuple[object, ...]

PUT_CONTENT = "INSERT INTO contents(sha256, letter_id, letter, text, rowid) VALUES (?, ?, ?, ?, ?)"
PUT_MENTION = "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?)"
PUT_FILE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
PUT_LETTER = (
    "INSERT INTO letters(id, sha256, received, amended, gone, seq, summary, number)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
PUT_ARRIVAL = "INSERT OR IGNORE INTO arrivals(letter_id, at) VALUES (?, ?)"
PUT_SORT = "INSERT OR IGNORE INTO sorts VALUES (NULL, ?, ?, ?, ?, ?, ?)"
FIND_SORT = (
    "SELECT number FROM sorts WHERE (urgency, secrecy, action, problem, kind, sender)"
    " = (?, ?, ?, ?, ?, ?)"
)
PUT_LINE = "INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?, ?)"
PUT_HEAD = "INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?, ?, ?)"
PUT_SEARCHED = "INSERT OR REPLACE INTO searched VALUES (?, ?, ?)"

pack = msgspec.msgpack.Encoder().encode


def content_row(sha256: str, letter_id: str, content: Content, rowid: int | None = None) -> Row:
    """Without a ``rowid`` the table gives the next."""
    return sha256, letter_id, content.letter, content.text, rowid


def mention_rows(rowid: int | None, content: Content) -> list[Row]:
    return [(rowid, *mention) for mention in content.mentions]


def file_row(
    path: str, letter_id: str, sha256: str | None, stamp: Stamp, problem: bytes | None = None
) -> Row:
    return path, letter_id, sha256, stamp.size, stamp.mtime_ns, stamp.inode, problem


def summary_of(
    shown: Head,
    letter_id: str,
    sha256: str | None,
    paths: tuple[str, ...],
    received: str,
    *,
    amended: bool = False,
    gone: bool = False,
    problem: Problem | None = None,
) -> Summary:
    values = msgspec.structs.asdict(shown)
    values["problem"] = problem or shown.problem
    return Summary(
        id=letter_id,
        path=paths[0],
        paths=paths,
        sha256=sha256,
        received=received,
        amended=amended,
        gone=gone,
        **values,
    )


def line_rows(number: int, summary: Summary) -> tuple[Row, Row, Row]:
    """For ``sorts``; for ``lines``, but for the sort's number; for ``heads``."""
    line = line_of(summary)
    head = (
        number,
        summary.number,
        summary.subject,
        summary.date,
        " ".join(summary.events),
        int(line.flags),
    )
    return tuple(line.sort), (number, summary.id, line.due, line.at), head
