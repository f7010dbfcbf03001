"""The folder followed: differences go out in batches, from one thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching.folder import identity_of, look
from tui_inbox.watching.following import Following, HintsBroke
from tui_inbox.watching.model import (
    Away,
    Batch,
    FolderUnavailable,
    Known,
    Scan,
    Stamp,
    State,
    WatchStatus,
)
from tui_inbox.watching.names import names
from tui_inbox.watching.pending import Pending
from tui_inbox.watching.picture import Picture, Sweep, lies_in
from tui_inbox.watching.retrying import Retrying

log = logging.getLogger(__name__)

# How many paths go into one batch: the first rows are there before the last are sent.
CHUNK = 256
# Seconds from here on. One change is three or four hints; that long after the first they are one.
GATHER = 0.02
# How often the folder itself is looked for: no hint tells that a folder above it was moved.
BEAT = 1.0
# Before what failed is begun anew; doubled each time, up to the time between whole scans.
RETRY = 5.0
POLL = 2.0
# A pass may take a tenth of the time at most: a slow share with many letters is asked less often.
POLL_SHARE = 10
STOP_LIMIT = 10.0
# What may be cured without a change that can be heard: rights on a share, what a link leads to.
_PASSING = frozenset({ProblemCode.PERMISSION, ProblemCode.MISSING, ProblemCode.IO})


class Watcher:
    """Follows ``folder`` and hands every difference from what is known to ``sink``.

    ``known`` is asked at the start and at each whole scan (every ``settings.rescan`` seconds,
    after :meth:`rescan`, when the folder was away), and when files are missing: the paths that the
    other side has, each with the stamp of what it read there, or ``None`` where it has only a
    problem that may have been cured since. Letters that it holds as gone do not belong in it, or
    they cannot come back.

    ``sink`` is called from the watcher's thread, one call at a time, and may block. Once it has
    returned, ``known`` has what it was given, or that is handed over again. If it raises, that is
    logged and what it was given is offered again with the next whole scan, which then
    comes soon. What it returns are the ``stable`` paths that it could not read for a reason that
    may pass: they are handed over again by themselves, soon and then less and less often, as are
    looked at again the problems that were found here.
    """

    def __init__(
        self,
        folder: Path,
        settings: WatchSettings,
        *,
        known: Known,
        sink: Callable[[Batch], Collection[str] | None],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._sink = sink
        self._names = names(settings)
        self._picture = Picture(known)
        self._pending = Pending(settings.delay)
        self._retrying = Retrying(settings.rescan)
        self._following = Following(folder, settings, wake=self._wake, stopped=self._is_stopping)
        self._identity: tuple[int, int] | None = None
        self._connected = False
        self._away: Away | None = None
        self._away_told = False
        self._scanned = False
        self._failures = 0
        self._interval = POLL
        self._backoff = RETRY
        self._next_connect = 0.0
        self._next_whole = 0.0
        self._next_pass = 0.0
        self._next_beat = 0.0
        self._asked = False
        self._woken = False
        self._stopping = False
        self._wake_up = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def start(self) -> None:
        """Begin with a whole scan, then follow. Once only.

        :raises RuntimeError: it was started before.
        """
        self._thread.start()

    def stop(self) -> None:
        """End all threads and wait for them; the sink's call under way is waited for too.

        May be called twice, before :meth:`start`, and from within the sink (then nothing is
        waited for).
        """
        with self._wake_up:
            self._stopping = True
            self._wake_up.notify_all()
        if self._thread.ident is None or threading.current_thread() is self._thread:
            return
        self._thread.join(STOP_LIMIT)
        if self._thread.is_alive():
            log.warning("the watcher of %r does not end: its sink or its disk hangs", self._folder)

    @property
    def alive(self) -> bool:
        """Whether it follows; false before :meth:`start` too."""
        return self._thread.is_alive()

    def rescan(self) -> None:
        """Ask for a whole scan now."""
        self._asked = True
        self._wake()

    @property
    def status(self) -> WatchStatus:
        following = self._following
        return WatchStatus(
            mode="poll" if following.polling else "native",
            why=following.why,
            filesystem=following.filesystem,
            online=self._away is None,
            offline=self._away,
            pending=len(self._pending),
            retrying=len(self._retrying),
            known=self._picture.files,
            problems=self._picture.problems,
            scanned=self._scanned,
            interval=self._interval if following.polling else None,
            failures=self._failures,
        )

    # The thread

    def _run(self) -> None:
        try:
            self._follow()
        finally:
            self._following.close()

    def _follow(self) -> None:
        while not self._stopping:
            try:
                self._turn()
            except FolderUnavailable as error:
                self._leave(error.reason)
            except HintsBroke:
                # Polled from here on. What was being looked at is in the next scan.
                self._connected = True
                self._asked = True
            except Exception:
                # Kept going: a watcher that ended by itself would look like a quiet day. What it
                # was doing is begun anew, from the directory, after a pause.
                log.exception("watching %r failed and begins anew", str(self._folder))
                self._failures += 1
                self._connected = False
                self._next_connect = time.monotonic() + self._pause()

    def _turn(self) -> None:
        self._rest()
        if self._is_stopping():
            return
        if self._away is not None and not self._away_told:
            self._away_told = True
            self._hand(Batch(online=False))
            return
        now = time.monotonic()
        if not self._connected:
            if self._asked or now >= self._next_connect:
                self._connect()
            return
        if self._following.lost:
            self._following.renew()
            self._whole()
        elif self._asked or now >= self._next_whole:
            self._look_through()
        elif self._following.polling and now >= self._next_pass:
            self._pass()
        self._listen()
        self._retry(now)
        self._settle()
        if now >= self._next_beat:
            self._same_folder()
            self._next_beat = now + BEAT

    def _rest(self) -> None:
        """Wait until something is to be done."""
        with self._wake_up:
            while not (self._stopping or self._woken or self._asked):
                left = self._deadline() - time.monotonic()
                if left <= 0:
                    break
                self._wake_up.wait(left)
            self._woken = False

    def _deadline(self) -> float:
        if self._away is not None and not self._away_told:
            return 0.0
        if not self._connected:
            return self._next_connect
        times = [self._next_whole, self._next_beat]
        if self._following.polling:
            times.append(self._next_pass)
        dues = (self._pending.next_due(), self._retrying.next_due())
        times += [due for due in dues if due is not None]
        return min(times)

    def _wake(self) -> None:
        with self._wake_up:
            self._woken = True
            self._wake_up.notify_all()

    def _is_stopping(self) -> bool:
        return self._stopping

    def _pause(self) -> float:
        pause = self._backoff
        self._backoff = min(2 * pause, max(RETRY, self._settings.rescan))
        return pause

    # Coming and going

    def _connect(self) -> None:
        self._asked = False
        self._following.open()
        self._pending = Pending(self._following.delay)
        self._whole()

    def _leave(self, reason: Away) -> None:
        """The folder cannot be listed: say so once, keep everything, and look for its return."""
        self._following.close()
        self._connected = False
        self._asked = False
        self._pending.clear()
        self._retrying.clear()
        if self._away is None:
            self._away_told = False
        self._away = reason
        self._next_connect = time.monotonic() + BEAT

    def _arrive(self, scan: Scan) -> None:
        """The folder is there: unless it is the empty mount point of a share that is not.

        A folder that was emptied while it was followed is the same folder still, and one with a
        ledger in it is not empty.
        """
        if scan.empty and self._picture.files and scan.identity != self._identity:
            raise FolderUnavailable(str(self._folder), Away.EMPTIED)
        self._identity = scan.identity
        self._connected = True
        self._away = None

    def _same_folder(self) -> bool:
        """Whether the folder is the one that was scanned; if not, that is begun anew.

        :raises FolderUnavailable: it is not there.
        """
        if identity_of(self._folder) == self._identity:
            return True
        self._connected = False
        self._next_connect = 0.0
        return False

    # Looking

    def _look(self, path: str) -> State:
        return look(self._folder, path, self._settings)

    def _sweep(self, start: str = "") -> tuple[Sweep, Scan]:
        """Look at everything from ``start`` on, beside what was told before."""
        sweep = self._picture.sweep(self._pending)
        return sweep, self._following.walk(start, passes=sweep.passes)

    def _look_through(self) -> None:
        if self._following.curable:
            self._connect()
        else:
            self._whole()

    def _whole(self) -> None:
        """A whole scan against what the other side knows."""
        self._asked = False
        began = time.monotonic()
        self._picture.refresh()
        sweep, scan = self._sweep()
        if self._stopping:
            return
        self._arrive(scan)
        self._next_whole = began + self._settings.rescan
        self._passed(began)
        stable: dict[str, Stamp] = {}
        for path, stamp in scan.files.items():
            if path in self._pending:
                self._pending.note(path, stamp, began, event=path in scan.fresh)
            elif not self._picture.differs(path, stamp):
                continue
            elif path in scan.fresh:
                self._pending.note(path, stamp, began, event=False)
            else:
                stable[path] = stamp
                if len(stable) == CHUNK:
                    self._hand(Batch(stable=stable))
                    stable = {}
                    if self._is_stopping():
                        return
        gone = tuple(path for path in self._missing(sweep, scan) if path not in self._pending)
        if gone and not self._same_folder():
            return
        if self._hand(Batch(stable=stable, gone=gone, problems=scan.problems, complete=True)):
            self._scanned = True

    def _pass(self) -> None:
        """A look at everything, against what was told before: polling."""
        began = time.monotonic()
        sweep, scan = self._sweep()
        if self._stopping:
            return
        if scan.identity != self._identity:
            self._same_folder()
            return
        self._note(scan, began)
        for path in self._missing(sweep, scan):
            self._pending.note(path, None, began, event=False)
        self._passed(began)

    def _passed(self, began: float) -> None:
        now = time.monotonic()
        self._interval = min(max(POLL, (now - began) * POLL_SHARE), self._settings.rescan)
        self._next_pass = now + self._interval

    def _missing(self, sweep: Sweep, scan: Scan) -> list[str]:
        """What the other side has and the directory has not. Each is looked for by its name: a
        file that is renamed while its folder is listed may be passed over.
        """
        return [
            path
            for path in sweep.missing(scan)
            if not lies_in(path, scan.unlisted) and self._look(path) is None
        ]

    def _note(self, scan: Scan, at: float) -> None:
        for path, stamp in scan.files.items():
            self._note_one(path, stamp, at, event=False)
        for path, problem in scan.problems.items():
            self._note_one(path, problem, at, event=False)

    def _note_one(self, path: str, state: State, at: float, *, event: bool) -> None:
        if path in self._pending or self._picture.differs(path, state):
            self._pending.note(path, state, at, event=event)

    def _retry(self, now: float) -> None:
        """Look again at what could not be read, though nothing was heard about it."""
        for path in self._retrying.take(now):
            state = self._look(path)
            if isinstance(state, Stamp):
                self._picture.unread(path)
            self._note_one(path, state, now, event=False)
            if isinstance(state, Problem):
                self._retrying.failed((path,), now)
            elif state is None:
                self._retrying.forget((path,))

    # Hints

    def _listen(self) -> None:
        if not self._following.heard:
            return
        with self._wake_up:
            self._wake_up.wait_for(self._is_stopping, GATHER)
        changed: dict[str, float] = {}
        for path, at in self._following.drain().items():
            if not path:
                self._asked = True
            elif not self._names.ignored(path):
                self._heard(path, at, changed)
        if changed:
            at = max(changed.values())
            for path in self._picture.below(changed):
                self._note_one(path, self._look(path), at, event=False)

    def _heard(self, path: str, at: float, changed: dict[str, float]) -> None:
        """Look at what a hint is about. A folder that came, went, opened or is another one now
        goes into ``changed``: what was known to lie in it is to be looked at too.
        """
        there = self._following.folder_at(path)
        before = self._following.listens_to(path)
        if before is not None and before != there:
            self._following.forget(path)
            changed[path] = at
        if there is None:
            self._note_one(path, self._look(path), at, event=True)
        elif self._settings.subfolders:
            state = self._look(path)
            opened = state is None and self._picture.differs(path, None)
            if before != there or opened:
                self._note(self._sweep(path)[1], at)
                changed[path] = at
            self._note_one(path, state, at, event=False)

    # Handing over

    def _settle(self) -> None:
        """Hand over what has been still."""
        while self._connected and not self._stopping:
            settled, growing = self._pending.take(time.monotonic(), self._look, CHUNK)
            if not settled and not growing:
                return
            told = {p: s for p, s in settled.items() if self._picture.differs(p, s)}
            gone = tuple(path for path, state in told.items() if state is None)
            if gone and not self._same_folder():
                return
            self._hand(
                Batch(
                    stable={p: s for p, s in told.items() if isinstance(s, Stamp)},
                    gone=gone,
                    problems={p: s for p, s in told.items() if isinstance(s, Problem)},
                    growing=growing,
                )
            )

    def _hand(self, batch: Batch) -> bool:
        """Give the batch to the sink; whether it took it."""
        if batch == Batch():
            return True
        try:
            unread = self._sink(batch) or ()
        except Exception:
            # Kept going: one letter that breaks the other side must not end the arrival of all
            # others. It did not take the batch, so the next whole scan offers it again.
            log.exception("a batch of changes in %r was not taken", str(self._folder))
            self._failures += 1
            self._next_whole = min(self._next_whole, time.monotonic() + self._pause())
            return False
        self._picture.took(batch)
        self._note_unread(batch, unread)
        self._backoff = RETRY
        return True

    def _note_unread(self, batch: Batch, unread: Collection[str]) -> None:
        self._retrying.forget(batch.gone)
        self._retrying.forget(path for path in batch.stable if path not in unread)
        for path in unread:
            self._picture.unread(path)
        passing = [path for path, problem in batch.problems.items() if problem.code in _PASSING]
        self._retrying.failed((*unread, *passing), time.monotonic())
