"""The kernel's hints (inotify, by watchdog) that something may have changed at a path.

A hint is a path and a time, and nothing else: what happened is asked of the directory. So hints
about one path are one, their order does not matter, and none of them can be wrong.

watchdog's reader and its calls are used, its recursive observer is not: that one holds a file
that is moved back for half a second (and every event behind it), says nothing when a subfolder
could not be watched because the limit was reached, and watches folders that are ignored here.
"""

from __future__ import annotations

import errno
import itertools
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.observers.inotify_c import CallbackId, InotifyConstants, InotifyFD, Mask

from tui_inbox.watching.model import Why
from tui_inbox.watching.names import file_of, path_of

if TYPE_CHECKING:
    from watchdog.observers.inotify_c import InotifyEvent, WatchDescriptor

log = logging.getLogger(__name__)

# More than that between two looks is handled as an overflow of the kernel's own queue: one whole
# scan is cheaper than so many single looks, and the memory stays bounded.
MAX_HINTS = 50_000

_MASK = Mask(
    InotifyConstants.IN_CREATE
    | InotifyConstants.IN_MODIFY
    | InotifyConstants.IN_ATTRIB
    | InotifyConstants.IN_CLOSE_WRITE
    | InotifyConstants.IN_MOVED_FROM
    | InotifyConstants.IN_MOVED_TO
    | InotifyConstants.IN_DELETE
    | InotifyConstants.IN_DELETE_SELF
    | InotifyConstants.IN_MOVE_SELF
    | InotifyConstants.IN_ONLYDIR
    | InotifyConstants.IN_EXCL_UNLINK
)


class HintsUnavailable(Exception):
    """The kernel will not tell: ``why`` is the code for the status."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(str(why))


class _Reader(InotifyFD):
    """watchdog's reading thread. What ends it is logged, not printed over the screen."""

    def run(self) -> None:
        try:
            super().run()
        except Exception:
            # The thread ends here; Hints.lost tells, and the watcher starts another.
            log.exception("the reader of inotify events ended")


class Hints:
    """Watches on a folder and its subfolders. All methods but the callbacks of watchdog's reader
    are for one thread; ``wake`` is called from the reader's when the first hint comes in.
    """

    def __init__(self, folder: Path, wake: Callable[[], None], *, follow_links: bool) -> None:
        self._folder = folder
        self._wake = wake
        self._follow_links = follow_links
        self._lock = threading.Lock()
        self._heard: dict[tuple[int, bytes], float] = {}
        self._ended: list[int] = []
        self._overflow = False
        self._paths: dict[int, str] = {}
        self._watched: dict[str, tuple[WatchDescriptor, CallbackId]] = {}
        self._identities: dict[str, tuple[int, int]] = {}
        self._numbers = itertools.count(1)
        try:
            self._reader = _Reader()
        except OSError as error:
            limit = error.errno in (errno.EMFILE, errno.ENFILE)
            raise HintsUnavailable(Why.LIMIT_INSTANCES if limit else Why.FAILED) from error
        self._reader.start()

    @property
    def lost(self) -> bool:
        """Hints were lost, or there are no more to come: close this, scan, begin anew."""
        return self._overflow or not self._reader.is_alive()

    @property
    def heard(self) -> bool:
        return bool(self._heard or self._ended)

    @property
    def folders(self) -> Mapping[str, tuple[int, int]]:
        """The folders that are listened to: device and inode of each when that began."""
        return self._identities

    def watch(self, path: str, identity: tuple[int, int]) -> None:
        """Listen to the folder ``path`` (``""`` is the inbox), which is ``identity`` now.

        :raises HintsUnavailable: the system's limit is reached.
        """
        if path in self._watched:
            if self._identities[path] == identity:
                return
            self.forget(path)
        number = CallbackId(next(self._numbers))
        follow = not path or self._follow_links
        mask = _MASK if follow else Mask(_MASK | InotifyConstants.IN_DONT_FOLLOW)
        try:
            wd = self._reader.add_callback(
                os.fsencode(file_of(self._folder, path)), mask, self, number
            )
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise HintsUnavailable(Why.LIMIT_WATCHES) from error
            if error.errno in (errno.ENOENT, errno.ENOTDIR):
                # It went meanwhile: the folder above has told, or will.
                return
            raise HintsUnavailable(Why.FAILED) from error
        # watchdog gives -1 instead of an error where the permission is missing.
        if wd >= 0:
            self._watched[path] = (wd, number)
            self._identities[path] = identity
            self._paths[wd] = path

    def forget(self, path: str) -> None:
        """Stop listening to the folder ``path`` and to those below it."""
        below = path + "/"
        for name in [one for one in self._watched if one == path or one.startswith(below)]:
            wd, number = self._watched.pop(name)
            del self._identities[name]
            if self._paths.get(wd) == name:
                del self._paths[wd]
            self._reader.remove_callbacks([(wd, number)])

    def drain(self) -> dict[str, float]:
        """The paths about which something was heard, and when (``time.monotonic``) last."""
        with self._lock:
            heard, self._heard = self._heard, {}
            ended, self._ended = self._ended, []
        found: dict[str, float] = {}
        for (wd, name), at in heard.items():
            folder = self._paths.get(wd)
            if folder is None:
                continue
            base = path_of(os.fsdecode(name))
            path = f"{folder}/{base}" if folder and base else folder or base
            found[path] = max(at, found.get(path, at))
        for wd in ended:
            folder = self._paths.pop(wd, None)
            if folder is not None:
                self._watched.pop(folder, None)
                self._identities.pop(folder, None)
                found.setdefault(folder, time.monotonic())
        return found

    def close(self) -> None:
        """Stop the reader and wait for it."""
        self._reader.stop()
        self._reader.join()
        self._watched.clear()
        self._identities.clear()
        self._paths.clear()

    # What watchdog's reader calls, from its own thread.

    def on_event(self, event: InotifyEvent) -> None:
        with self._lock:
            first = not self._heard
            if len(self._heard) < MAX_HINTS:
                self._heard[event.wd, event.name] = time.monotonic()
            else:
                self._overflow = True
        if first or self._overflow:
            self._wake()

    def on_watch_deleted(self, wd: WatchDescriptor) -> None:
        with self._lock:
            self._ended.append(wd)
        self._wake()

    def on_queue_overflow(self) -> None:
        self._overflow = True
        self._wake()
