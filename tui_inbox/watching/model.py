"""What watching says: stamps, one pass over the folder, what changed, and how it is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Literal

import msgspec

from tui_inbox.letter import Problem


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """Tells one content of a path from another without reading it.

    ``size`` in bytes, ``mtime_ns`` in nanoseconds since 1970 (the file system's clock),
    ``inode`` so that a file put in place of another counts even with its time and size kept.
    """

    size: int
    mtime_ns: int
    inode: int

    def quiet_since(self, other: Stamp) -> bool:
        """The same size and time. Not the inode: some network file systems make them up."""
        return self.size == other.size and self.mtime_ns == other.mtime_ns


# What a path is: a file that can be read, one that is a letter's by name and cannot be, or nothing.
State = Stamp | Problem | None

# What the other side has in a folder and below, each path once ("" asks for all): ``None`` for a
# path that it could not read and wants to hear of again.
Known = Callable[[str], Iterable[tuple[str, "Stamp | None"]]]


class Scan(msgspec.Struct, frozen=True):
    """One pass over the folder, without the files that need no mention (see :func:`walk`).

    ``fresh`` are the files that changed within the delay before they were looked at: they may
    still be being written. ``unlisted`` are subfolders that could not be listed (each is a
    problem too): nothing is known of what lies below them. ``empty``: the folder has no entry of
    any sort, as the mount point of an unmounted share has none.
    """

    files: dict[str, Stamp]
    problems: dict[str, Problem]
    fresh: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()
    empty: bool = False
    identity: tuple[int, int] = (0, 0)


class Batch(msgspec.Struct, frozen=True):
    """What differs between the directory and what is known; all paths are disjoint.

    ``stable`` files are to be read; ``gone`` paths are no files any more (letters or problems);
    ``problems`` cannot be read, and why; ``growing`` files are still being written: their size
    so far. Take ``stable`` before ``gone``: a rename is one of each. ``online=False`` says that
    the folder cannot be listed, and nothing else. ``complete=True`` ends a whole scan: what is
    not named in its batches is as it was, or is being waited for.
    """

    stable: dict[str, Stamp] = {}
    gone: tuple[str, ...] = ()
    problems: dict[str, Problem] = {}
    growing: dict[str, int] = {}
    online: bool = True
    complete: bool = False


class Why(StrEnum):
    """Why the folder is followed in this mode; worded by ``watching.why.<code>``."""

    LOCAL = "local"
    SETTING = "setting"
    NETWORK = "network"
    LIMIT_WATCHES = "limit_watches"
    LIMIT_INSTANCES = "limit_instances"
    UNSUPPORTED = "unsupported"
    FAILED = "failed"


class Away(StrEnum):
    """Why the folder is offline; worded by ``watching.offline.<code>``."""

    MISSING = "missing"
    NOT_A_FOLDER = "not_a_folder"
    PERMISSION = "permission"
    EMPTIED = "emptied"
    IO = "io"


class WatchStatus(msgspec.Struct, frozen=True):
    """How the folder is followed right now.

    ``filesystem`` is the type as the mount table names it (``ext4``, ``cifs``), ``None`` where it
    cannot be told. ``offline`` is set exactly where ``online`` is not. ``pending`` paths changed
    and are not yet still, ``retrying`` could not be read and are tried again by themselves.
    ``scanned``: one whole scan was handed over since the start.
    ``interval`` is the time between two passes in seconds, with ``poll`` only. ``failures``
    counts what went wrong within and was logged.
    """

    mode: Literal["native", "poll"]
    why: Why
    filesystem: str | None = None
    online: bool = True
    offline: Away | None = None
    pending: int = 0
    retrying: int = 0
    known: int = 0
    problems: int = 0
    scanned: bool = False
    interval: float | None = None
    failures: int = 0


class FolderUnavailable(Exception):
    """The folder itself cannot be listed: what is known of it stays as it is."""

    def __init__(self, folder: str, reason: Away) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(f"{folder}: {reason}")
