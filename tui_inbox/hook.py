"""A program of the user's is run for each letter that comes in, with the letter on its input.

Runs are few at a time, limited in time, without a shell, apart from the terminal. A letter is
claimed in the index before its run, so that it is told of once however many processes follow the
inbox; what a run does or fails to do disturbs nothing but the status.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from types import TracebackType

from tui_inbox.service import ActionFailed, HookFailure, Inbox
from tui_inbox.triage import Row

log = logging.getLogger(__name__)

#: Runs at a time: a burst of letters must not become a burst of processes.
AT_ONCE = 2
#: Seconds that a run may take.
PATIENCE = 30.0
#: Seconds that runs are given to end when the program does.
GRACE = 3.0
#: Seconds between two looks for letters that have come in.
POLL = 0.5
_TAIL = 300


class ArrivalHook:
    """Runs ``command`` for every letter that comes in, from :meth:`start` to :meth:`stop`.

    ``encode`` makes what a run reads on its input. With an empty command nothing is done.
    """

    def __init__(
        self, inbox: Inbox, command: tuple[str, ...], encode: Callable[[Row], bytes]
    ) -> None:
        self._inbox = inbox
        self._command = command
        self._encode = encode
        self._stopping = threading.Event()
        self._failures = 0
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._follow, name="arrival-hook", daemon=True)
            for _ in range(AT_ONCE if command else 0)
        ]

    def __enter__(self) -> ArrivalHook:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Begin no more runs, and give those under way a moment to end."""
        self._stopping.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def run_all(self) -> None:
        """Tell of every letter that has come in, here and now: for who looks only once."""
        if self._command:
            self._tell()

    def _follow(self) -> None:
        while not self._stopping.wait(POLL):
            try:
                self._tell()
            except Exception as error:
                # Kept going: a full disk today must not keep tomorrow's letters from being told.
                log.exception("the hook for arrivals failed")
                self._failed("io", type(error).__name__)

    def _tell(self) -> None:
        while not self._stopping.is_set() and (row := self._claim()) is not None:
            self._run(row)

    def _claim(self) -> Row | None:
        try:
            return self._inbox.claim_arrival()
        except ActionFailed as error:
            # What waits in the index is asked for again at the next look.
            log.warning("arrivals could not be claimed: %s", error)
            return None

    def _run(self, row: Row) -> None:
        data = self._encode(row) + b"\n"
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    # The screen and the data on standard output are not the program's.
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    # Not the inbox: what lies there is anybody's, and programs look around them.
                    cwd="/",
                    env={**os.environ, "TUI_INBOX_DIR": str(self._inbox.folder.absolute())},
                    start_new_session=True,
                )
            except FileNotFoundError:
                self._failed("missing")
                return
            except PermissionError:
                self._failed("permission")
                return
            except OSError as error:
                self._failed("io", error.strerror or type(error).__name__)
                return
            ended = self._wait(process, data)
            if not ended:
                # With all that it started; it is not waited for yet, so the number is still its.
                os.killpg(process.pid, signal.SIGKILL)
            code = process.wait()
            if not ended:
                if not self._stopping.is_set():
                    self._failed("timeout", f"{PATIENCE:.0f}")
            elif code < 0:
                self._failed("signal", _signal(-code))
            elif code:
                end = said.seek(0, os.SEEK_END)
                said.seek(max(0, end - _TAIL))
                tail = said.read(_TAIL).decode("utf-8", "replace").strip()
                self._failed("exit", f"{code} {tail}".rstrip())

    def _wait(self, process: subprocess.Popen[bytes], data: bytes | None) -> bool:
        """Give ``data`` to the program and wait for its end; false if it did not come in time."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                process.communicate(data, timeout=0.1)
            except subprocess.TimeoutExpired:
                data = None
                if self._stopping.is_set():
                    limit = min(limit, time.monotonic() + GRACE)
            else:
                return True
        return False

    def _failed(self, code: str, detail: str = "") -> None:
        with self._lock:
            self._failures += 1
            failure = HookFailure(code, self._command[0], detail, self._failures)
        log.warning("the hook %r failed: %s %s", self._command[0], code, detail)
        self._inbox.hook_failed(failure)


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
