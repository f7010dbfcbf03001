"""What the program stands on: releases, settings, and the user's folders."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from tui_inbox import __version__
from tui_inbox.config import cache_folder, user_file
from tui_inbox.service.health import Finding, Level, writable

PACKAGE = "tui-inbox"
# Full-text search by trigrams came with this release.
OLDEST_SQLITE = (3, 34, 0)


def versions() -> Iterator[Finding]:
    """The program, Python, SQLite, and every package that the program needs."""
    yield Finding("version", "program", Level.OK, {"version": __version__, "path": _home()})
    python = {"version": platform.python_version(), "path": sys.executable}
    yield Finding("version", "python", Level.OK, python)
    old = sqlite3.sqlite_version_info < OLDEST_SQLITE
    level, code = (Level.ERROR, "sqlite_old") if old else (Level.OK, "sqlite")
    yield Finding("version", code, level, {"version": sqlite3.sqlite_version})
    found, missing = [], []
    for name in _needed():
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding("version", "packages", Level.OK, {"packages": ", ".join(found)})
    if missing:
        details = {"packages": ", ".join(missing)}
        yield Finding("version", "packages_missing", Level.ERROR, details)


def folders() -> Iterator[Finding]:
    """The user's own folders: settings and cache."""
    for code, folder in (("config", user_file().parent), ("cache", cache_folder())):
        there = _nearest(folder)
        fine = writable(there) if code == "cache" or folder.is_dir() else True
        level = Level.OK if fine else Level.WARNING
        name = code if fine else f"{code}_read_only"
        yield Finding("folder", name, level, {"path": str(folder)})


def _nearest(folder: Path) -> Path:
    """``folder``, or the one in which it would be made."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _home() -> str:
    return str(Path(__file__).parents[2])


def _needed() -> list[str]:
    try:
        wanted = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        # Run from its sources, without having been installed.
        return []
    names = []
    for line in wanted:
        if "extra ==" not in line:
            names.append(line.split(";")[0].split("[")[0].rstrip("<>=!~., 0123456789"))
    return sorted(names)
