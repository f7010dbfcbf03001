"""How the folder is followed: by the kernel's hints, or by polling and why."""

from __future__ import annotations

import logging
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui_inbox.config import WatchSettings
from tui_inbox.watching.folder import Passes, identity_of, none_passes, walk
from tui_inbox.watching.model import Scan, Why
from tui_inbox.watching.mounts import filesystem_of, tells_nothing
from tui_inbox.watching.names import file_of

if TYPE_CHECKING:
    from tui_inbox.watching.hints import Hints

log = logging.getLogger(__name__)

# NFS and SMB clients keep a file's size and time for up to some seconds (acregmin of nfs(5): 3).
NETWORK_DELAY = 3.0
# Clocks of a server and of this machine differ: only what is older than that is surely at rest.
NETWORK_AGE = 60.0
# So often in a minute may the hints break down before the folder is polled instead.
MAX_LOSSES = 5
_LOSS_SPAN = 60.0
_CURABLE = frozenset({Why.LIMIT_WATCHES, Why.LIMIT_INSTANCES, Why.FAILED})


class HintsBroke(Exception):
    """The kernel tells no more, and the folder is polled from now on: scan it."""


class Following:
    """The mode, the watches that belong to it, and the walk that sets them. For one thread."""

    def __init__(
        self,
        folder: Path,
        settings: WatchSettings,
        *,
        wake: Callable[[], None],
        stopped: Callable[[], bool],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._wake = wake
        self._stopped = stopped
        self._hints: Hints | None = None
        self._losses: list[float] = []
        self._retry_at = 0.0
        self.polling = settings.mode == "poll"
        self.why = Why.LOCAL if settings.mode == "auto" else Why.SETTING
        self.filesystem: str | None = None
        self.delay = settings.delay

    @property
    def lost(self) -> bool:
        """Hints were lost: :meth:`renew`, and scan."""
        return self._hints is not None and self._hints.lost

    @property
    def curable(self) -> bool:
        """Polled for a reason that may have passed: :meth:`open` tries again."""
        return self.polling and self.why in _CURABLE and time.monotonic() >= self._retry_at

    @property
    def heard(self) -> bool:
        return self._hints is not None and self._hints.heard

    def open(self) -> None:
        """Choose the mode for the folder as it is mounted now.

        :raises FolderUnavailable: it is not there.
        """
        self.close()
        identity_of(self._folder)
        self.filesystem = filesystem_of(self._folder)
        mode = self._settings.mode
        network = tells_nothing(self.filesystem)
        self.delay = max(self._settings.delay, NETWORK_DELAY) if network else self._settings.delay
        self.polling = mode == "poll" or (mode == "auto" and network)
        if mode != "auto":
            self.why = Why.SETTING
        else:
            self.why = Why.NETWORK if self.polling else Why.LOCAL
        if not self.polling:
            self._listen()

    def renew(self) -> None:
        """Begin to listen anew; poll where the hints break down again and again."""
        now = time.monotonic()
        self._losses = [at for at in self._losses if now - at < _LOSS_SPAN] + [now]
        log.warning("hints about changes in %r were lost", str(self._folder))
        self.close()
        if len(self._losses) > MAX_LOSSES:
            self._poll(Why.FAILED)
        else:
            self._listen()

    def close(self) -> None:
        hints, self._hints = self._hints, None
        if hints is not None:
            hints.close()

    def walk(self, start: str = "", *, passes: Passes = none_passes) -> Scan:
        """Scan the folder, or what lies below ``start``, and listen to each folder on the way. Of
        a file that ``passes`` nothing is said.

        :raises FolderUnavailable: the folder cannot be listed.
        :raises HintsBroke: listening came to the system's limit; nothing is listened to now.
        """
        quiet = self._settings.delay
        if tells_nothing(self.filesystem):
            quiet = max(quiet, NETWORK_AGE)
        hints = self._hints
        if hints is None:
            return walk(
                self._folder,
                self._settings,
                quiet=quiet,
                start=start,
                stopped=self._stopped,
                passes=passes,
            )
        from tui_inbox.watching.hints import HintsUnavailable

        try:
            return walk(
                self._folder,
                self._settings,
                quiet=quiet,
                start=start,
                on_folder=hints.watch,
                stopped=self._stopped,
                passes=passes,
            )
        except HintsUnavailable as error:
            self._poll(error.why)
            raise HintsBroke from error

    def drain(self) -> dict[str, float]:
        """The paths about which something was heard since, and when (``time.monotonic``) last."""
        return {} if self._hints is None else self._hints.drain()

    def folder_at(self, path: str) -> tuple[int, int] | None:
        """Device and inode of the folder at ``path``, ``None`` where none is."""
        try:
            found = file_of(self._folder, path).stat(follow_symlinks=self._settings.follow_links)
        except OSError:
            # Whatever it is, it is no folder; looking at it as a file will say what.
            return None
        return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None

    def listens_to(self, path: str) -> tuple[int, int] | None:
        """Device and inode of the folder that is listened to under this path."""
        return None if self._hints is None else self._hints.folders.get(path)

    def forget(self, path: str) -> None:
        """Stop listening to ``path`` and below."""
        if self._hints is not None:
            self._hints.forget(path)

    def _listen(self) -> None:
        try:
            # Here, so that only who watches loads watchdog; and elsewhere than on Linux its
            # inotify module cannot be loaded at all, each system with an error of its own.
            from tui_inbox.watching.hints import Hints, HintsUnavailable
        except Exception:
            log.info("no inotify on this system", exc_info=True)
            self._poll(Why.UNSUPPORTED)
            return
        try:
            self._hints = Hints(self._folder, self._wake, follow_links=self._settings.follow_links)
        except HintsUnavailable as error:
            self._poll(error.why)

    def _poll(self, why: Why) -> None:
        self.close()
        self.polling = True
        self.why = why
        self._retry_at = time.monotonic() + self._settings.rescan
