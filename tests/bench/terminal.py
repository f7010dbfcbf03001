"""A program in a terminal of its own: how long until it shows something, and what it takes."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_SEQUENCES = re.compile(
    rb"\x1b\[[0-9;?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b."
)


class Terminal:
    """Runs ``command`` on a terminal of 120 by 40 cells until it is closed."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), dict(environ))
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.output = b""

    def until(self, text: str, limit: float = 600.0) -> float:
        """Seconds since the start at which ``text`` had been written to the terminal."""
        ends = time.perf_counter() + limit
        while text not in self.text():
            if not self._read(ends - time.perf_counter()):
                tail = self.text()[-400:]
                raise TimeoutError(f"{text!r} was not shown; the last output: {tail!r}")
        return time.perf_counter() - self.started

    def text(self) -> str:
        """What was written lately, without the sequences for places and colours."""
        return _SEQUENCES.sub(b"", self.output).decode(errors="replace")

    def watch(self, seconds: float) -> None:
        """Take what is written for so long; a program whose terminal nobody reads is held up."""
        ends = time.perf_counter() + seconds
        while (left := ends - time.perf_counter()) > 0:
            self._read(left)

    def press(self, key: str, text: str, quiet: float) -> float:
        """Seconds from a key to ``text``; nothing had been written for ``quiet`` seconds."""
        while self._read(quiet):
            pass
        self.output = b""
        begun = time.perf_counter()
        os.write(self.descriptor, key.encode())
        return self.until(text, 5) - (begun - self.started)

    def resident(self) -> float:
        """MiB of the program and all that it started."""
        total = 0
        for pid in [self.pid, *_children(self.pid)]:
            with contextlib.suppress(OSError):
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                total += pages * os.sysconf("SC_PAGE_SIZE")
        return total / 2**20

    def close(self) -> None:
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:
            return False
        self.output = (self.output + data)[-(1 << 20) :]
        return bool(data)


def _children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        direct = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [child for one in map(int, direct) for child in (one, *_children(one))]
    return []
