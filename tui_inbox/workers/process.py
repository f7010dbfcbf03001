"""One worker's process: orders in, what was read out, and of what it ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque

from tui_inbox.workers import frames

EXIT = "exit"
#: So much of what was read waits in the pipe while this process writes; Linux's own limit.
PIPE = 1 << 20
_PIECE = 1 << 18

# -P keeps the current folder, which may be anybody's, out of the modules' path; the path is that
# of this process, so that the worker has the very same rules.
PROGRAM = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from tui_inbox.workers.worker import main
main()
"""


class Worker:
    """Starts at once; ``orders`` are those that it has not answered yet, the next one first.

    :raises OSError: it cannot be started.
    """

    def __init__(self, setup: frames.Setup, program: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", program, json.dumps([p for p in sys.path if p])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a dying process prints would come over the screen.
            stderr=subprocess.DEVNULL,
            # Ctrl+C is for the program, which ends its workers itself.
            start_new_session=True,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in = self._process.stdin
        self.fd = self._process.stdout.fileno()
        _widen(self.fd)
        self._frames = frames.Frames()
        self._first: bytes | None = frames.encode(setup)
        self.orders: deque[tuple[int, frames.Order]] = deque()
        #: Bytes of them, about.
        self.waiting = 0
        self.answered = False
        #: When it was last seen to do something (``time.monotonic``).
        self.since = time.monotonic()

    @property
    def pid(self) -> int:
        return self._process.pid

    def give(self, orders: list[tuple[int, frames.Order]]) -> None:
        """Give it more to do. Few bytes, or this would wait for it; where it is no more, that is
        seen when its answers are taken."""
        if not self.orders:
            self.since = time.monotonic()
        self.orders += orders
        self.waiting += sum(order.weight for _, order in orders)
        with contextlib.suppress(OSError):
            if self._first is not None:
                frames.put(self._in, self._first)
                self._first = None
            frames.put(self._in, frames.encode([order for _, order in orders]))

    def take(self) -> list[tuple[int, bytes]] | None:
        """What it has answered since, each with its order's number; ``None``: it is no more.

        Waits for an answer where none is there.
        """
        try:
            piece = os.read(self.fd, _PIECE)
        except OSError:
            piece = b""
        if not piece:
            return None
        self.since = time.monotonic()
        found = self._frames.feed(piece)
        self.answered = self.answered or bool(found)
        answers = []
        for frame in found:
            number, order = self.orders.popleft()
            self.waiting -= order.weight
            answers.append((number, frame))
        return answers

    def end(self) -> str:
        """End it, whatever it does, and wait for it. If it has ended by itself, of what, as a
        name."""
        cause = self._process.poll()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.kill()
        self._process.wait()
        return "" if cause is None else _name(cause)

    def wait(self) -> str:
        """Of what it has ended: its output is at its end."""
        try:
            code = self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            # It has closed its output and works on: no answer will ever come.
            self._process.kill()
            code = self._process.wait()
        self.end()
        return _name(code)


def _name(code: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"{EXIT} {code}"


def _widen(fd: int) -> None:
    # Here, as it is Linux's own, and a narrow pipe is only slower.
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE)
