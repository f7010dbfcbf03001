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
        self._wanted = _compiled(settings.patterns)
        self._ignored = _compiled(
            (*LITTER, *(pattern for pattern in settings.ignore if "/" not in pattern))
        )
        self._ignored_paths = _compiled(
            tuple(pattern.strip("/") for pattern in settings.ignore if "/" in pattern)
        )

    def ignored(self, path: str) -> bool:
        """Whether the last name of ``path`` is litter. A pattern with ``/`` is for whole paths."""
        name = path.rpartition("/")[2]
        if name.startswith("."):
            return True
        if self._ignored.match(name.casefold()) is not None:
            return True
        return self._ignored_paths.match(path.casefold()) is not None

    def wanted(self, path: str) -> bool:
        """Whether a file of this path is a letter by its name."""
        name = path.rpartition("/")[2]
        return self._wanted.match(name.casefold()) is not None and not self.ignored(path)

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


def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    parts = [fnmatch.translate(pattern.casefold()) for pattern in patterns]
    # The alternative that never matches stands for an empty list.
    return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)")
