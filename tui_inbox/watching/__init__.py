"""Watching: a folder becomes stable files, each handed over exactly once.

Events are hints, the directory is the truth; a folder that vanishes is offline, never empty.
"""

from __future__ import annotations

from tui_inbox.watching.folder import look, scan
from tui_inbox.watching.loading import load
from tui_inbox.watching.model import (
    Away,
    Batch,
    FolderUnavailable,
    Known,
    Scan,
    Stamp,
    WatchStatus,
    Why,
)
from tui_inbox.watching.names import file_of, native_of, path_of
from tui_inbox.watching.watcher import Watcher

__all__ = [
    "Away",
    "Batch",
    "FolderUnavailable",
    "Known",
    "Scan",
    "Stamp",
    "WatchStatus",
    "Watcher",
    "Why",
    "file_of",
    "load",
    "look",
    "native_of",
    "path_of",
    "scan",
]
