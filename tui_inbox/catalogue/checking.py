"""Whether the index on disk is sound, looked at without opening, repairing or making anything."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

import msgspec

from tui_inbox.catalogue.schema import VERSION


class IndexState(StrEnum):
    """What the index's file is."""

    SOUND = "sound"
    MISSING = "missing"
    DAMAGED = "damaged"
    OLD = "old"
    UNREADABLE = "unreadable"


class IndexReport(msgspec.Struct, frozen=True):
    """``letters`` counts what it holds, ``paths`` are the files that it takes for being there;
    ``size`` is in bytes; ``detail`` is SQLite's own word."""

    state: IndexState
    letters: int = 0
    paths: frozenset[str] = frozenset()
    size: int = 0
    detail: str = ""


def check_index(path: Path, reader: str) -> IndexReport:
    """What ``path`` holds; ``reader`` names the rules that letters are read with now."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return IndexReport(IndexState.MISSING)
    except OSError as error:
        return IndexReport(IndexState.UNREADABLE, detail=error.strerror or "")
    try:
        # Not immutable: others may be writing.
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
    except sqlite3.Error as error:
        return IndexReport(IndexState.UNREADABLE, size=size, detail=str(error))
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            return IndexReport(IndexState.OLD, size=size)
        said = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            return IndexReport(IndexState.DAMAGED, size=size, detail=str(said))
        rules = db.execute("SELECT value FROM meta WHERE key = 'reader'").fetchone()
        letters = db.execute("SELECT count(*) FROM letters").fetchone()[0]
        paths = frozenset(row[0] for row in db.execute("SELECT path FROM files WHERE NOT gone"))
    except sqlite3.DatabaseError as error:
        return IndexReport(IndexState.DAMAGED, size=size, detail=str(error))
    finally:
        db.close()
    state = IndexState.SOUND if rules is not None and rules[0] == reader else IndexState.OLD
    return IndexReport(state, letters, paths, size)
