"""Which names are letters, and how a name becomes the path that the rest of the house knows."""

from __future__ import annotations

import fnmatch
import os
import re
from functools import lru_cache
from pathlib import Path

from tui_inbox.config import WatchSettings

LEDGER = ".tui-inbox"

# What systems, editors, browsers and copying programs leave lying about while they work. Names
# that start with a dot (.DS_Store, ._x, .stfolder, .nfs0001, rsync's and GNOME's temporary
# files) are hidden and need no entry.
LITTER = (
    "~$*",
    "*.part",
    "*.partial",
    "*.filepart",
    "*.crdownload",
    "*.download",
    "*.tmp",
    "*.swp",
    "*~",
    "Thumbs.db",
    "desktop.ini",
    "@eaDir",
    "#recycle",
    "$RECYCLE.BIN",
    "System Volume Information",
    "lost+found",
)

# A byte of a name that is not UTF-8 reaches Python as a lone surrogate, which neither SQLite nor
# JSON takes. It stands here as a character of Plane 16's private use area instead, and such a
# character of a real name as its four bytes, so that each path has one name and back.
_SURROGATE = 0xDC00
_PRIVATE = 0x10F800
_FOREIGN = re.compile("[\udc80-\udcff\U0010f880-\U0010f8ff]")
_STAND_IN = re.compile("[\U0010f880-\U0010f8ff]")


def path_of(native: str) -> str:
    """The path as text that can be stored, of a path as ``os`` gives it."""
    if _FOREIGN.search(native) is None:
        return native
    return _FOREIGN.sub(_stand_in, native)


def native_of(path: str) -> str:
    """The path as ``os`` takes it: the inverse of :func:`path_of`."""
    if _STAND_IN.search(path) is None:
        return path
    raw = _STAND_IN.sub(lambda found: chr(ord(found[0]) - _PRIVATE + _SURROGATE), path)
    return os.fsdecode(os.fsencode(raw))


def file_of(folder: Path, path: str) -> Path:
    """Where the file (or folder; ``""`` is the inbox) of ``path`` lies on the disk."""
    return folder / native_of(path)


def _stand_in(found: re.Match[str]) -> str:
    char = ord(found[0])
    if char < _PRIVATE:
        return chr(char - _SURROGATE + _PRIVATE)
    return "".join(chr(byte + _PRIVATE) for byte in found[0].encode())


class Names:
    """The settings' patterns, compiled. Case does not count: ``LETTER.TXT`` is a letter."""

    def __init__(self, settings: WatchSettings) -> None:
        self._wanted = _Patterns(settings.patterns)
        self._ignored = _Patterns(
            (*LITTER, *(pattern for pattern in settings.ignore if "/" not in pattern))
        )
        paths = tuple(pattern.strip("/") for pattern in settings.ignore if "/" in pattern)
        self._ignored_paths = _Patterns(paths) if paths else None

    def ignored(self, path: str) -> bool:
        """Whether the last name of ``path`` is litter. A pattern with ``/`` is for whole paths."""
        name = path.rpartition("/")[2]
        return self._is_litter(path, name.casefold())

    def wanted(self, path: str) -> bool:
        """Whether a file of this path is a letter by its name."""
        folded = path.rpartition("/")[2].casefold()
        return self._wanted.match(folded) and not self._is_litter(path, folded)

    def _is_litter(self, path: str, folded: str) -> bool:
        if folded.startswith(".") or self._ignored.match(folded):
            return True
        return self._ignored_paths is not None and self._ignored_paths.match(path.casefold())

    def reached(self, path: str, subfolders: bool) -> bool:
        """Whether a scan would come to ``path``: no folder above it is ignored."""
        above = path.rpartition("/")[0]
        if not above:
            return True
        if not subfolders:
            return False
        while above:
            if self.ignored(above):
                return False
            above = above.rpartition("/")[0]
        return True


@lru_cache(maxsize=8)
def names(settings: WatchSettings) -> Names:
    return Names(settings)


class _Patterns:
    """Whether any of some patterns matches a name that is casefolded like them.

    Almost all are a name, or begin or end with the one ``*`` that is in them: strings answer that
    several times as quickly as an expression, and a scan asks it of each file.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        names, starts, ends, others = set(), [], [], []
        for pattern in map(str.casefold, patterns):
            rest = pattern.strip("*")
            if any(char in rest for char in "*?["):
                others.append(pattern)
            elif pattern == rest:
                names.add(pattern)
            elif pattern == f"{rest}*":
                starts.append(rest)
            elif pattern == f"*{rest}":
                ends.append(rest)
            else:
                others.append(pattern)
        self._names = frozenset(names)
        self._starts = tuple(starts)
        self._ends = tuple(ends)
        self._others = (
            re.compile("|".join(f"(?:{fnmatch.translate(one)})" for one in others))
            if others
            else None
        )

    def match(self, name: str) -> bool:
        return (
            name.endswith(self._ends)
            or name in self._names
            or name.startswith(self._starts)
            or (self._others is not None and self._others.match(name) is not None)
        )
