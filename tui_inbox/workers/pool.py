"""Workers on every core, asked through one call: files' bytes in, letters out, in order."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import select
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from tui_inbox.workers import frames
from tui_inbox.workers.worker import read_one

K = TypeVar("K")

log = logging.getLogger(__name__)

#: No more workers than that: one process writes what they read, and is then the slowest.
MOST = 4
#: Letters under way at once: so many that workers have work while a chunk is being written.
AHEAD = 128
#: Bytes under way at once, so that large files do not fill the memory.
AHEAD_BYTES = 16_000_000
#: Seconds for one letter. A typical one takes a few thousandths.
PATIENCE = 60.0
TIMEOUT = "timeout"
EXIT = "exit"
#: Seconds for which workers wait for more before they end.
IDLE = 10.0

# -P keeps the current folder, which may be anybody's, out of the modules' path; the path is that
# of this process, so that the worker has the very same rules.
_PROGRAM = """\
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from tui_inbox.workers.worker import main
main()
"""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


class _Ended(Exception):
    """The worker is no more; the argument says of what, as a name."""


class _Worker:
    def __init__(self, offices: tuple[str, ...]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, json.dumps([p for p in sys.path if p])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a dying process prints would come over the screen.
            stderr=subprocess.DEVNULL,
            # Ctrl+C is for the program, which ends its workers itself.
            start_new_session=True,
        )
        self._poll = select.poll()
        assert self._process.stdout is not None
        self._poll.register(self._process.stdout, select.POLLIN | select.POLLHUP)
        self._offices: tuple[str, ...] | None = offices

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, data: bytes) -> frames.Answer:
        """:raises _Ended: the worker died over it, or took too long."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            if self._offices is not None:
                frames.put(self._process.stdin, frames.encode(self._offices))
                self._offices = None
            frames.put(self._process.stdin, data)
            if not self._poll.poll(PATIENCE * 1000):
                self._process.kill()
                raise _Ended(TIMEOUT)
            answer = frames.get(self._process.stdout)
        except OSError:
            answer = None
        if answer is None:
            raise _Ended(self._cause())
        return frames.decode(answer)

    def close(self) -> None:
        """End it, whatever it does, and wait for it."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.kill()
        self._process.wait()

    def _cause(self) -> str:
        code = self._process.wait()
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
        return f"{EXIT} {code}"


class Pool:
    """Starts workers when they are first asked and ends them when nothing was asked for a while.

    One call of :meth:`read` at a time; :meth:`close` from any thread, and afterwards the pool may
    be used again.
    """

    def __init__(self, offices: tuple[str, ...], size: int | None = None) -> None:
        self._offices = offices
        self.size = min(cores(), MOST) if size is None else size
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._workers: set[_Worker] = set()
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    @property
    def running(self) -> bool:
        return bool(self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        with self._lock:
            return tuple(worker.pid for worker in self._workers)

    def read(self, files: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, frames.Answer]]:
        """Each file's answer, in the order in which they are given.

        ``files`` is taken from no further than needed to keep the workers at work. A file over
        which a worker died, twice, or that takes longer than :data:`PATIENCE`, has an answer
        without a letter.
        """
        self._begin()
        try:
            with ThreadPoolExecutor(self.size, "reading") as threads:
                waiting: deque[tuple[K, int, Future[frames.Answer]]] = deque()
                ahead = 0
                try:
                    for key, data in files:
                        waiting.append((key, len(data), threads.submit(self._ask, data)))
                        ahead += len(data)
                        while waiting and (
                            len(waiting) >= AHEAD or ahead > AHEAD_BYTES or waiting[0][2].done()
                        ):
                            first, size, answer = waiting.popleft()
                            ahead -= size
                            yield first, answer.result()
                    while waiting:
                        first, _, answer = waiting.popleft()
                        yield first, answer.result()
                finally:
                    for _, _, answer in waiting:
                        answer.cancel()
        finally:
            self._rest()

    def close(self) -> None:
        """End the workers that wait for work; those at work end when their letter is read."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        while (worker := self._take_idle()) is not None:
            self._end(worker)

    def _begin(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def _rest(self) -> None:
        timer = threading.Timer(IDLE, self.close)
        timer.daemon = True
        with self._lock:
            self._timer = timer
        timer.start()

    def _ask(self, data: bytes) -> frames.Answer:
        cause = ""
        for _ in range(2):
            try:
                worker = self._take_idle() or self._start()
            except OSError as error:
                log.warning("no worker could be started: %s", error)
                return read_one(data, self._offices)
            try:
                answer = worker.ask(data)
            except _Ended as ended:
                cause = str(ended)
                log.warning("a worker ended over a letter: %s", cause)
                self._end(worker)
                if cause == TIMEOUT:
                    break
                # Once more else: it may have been killed for what another process did.
            else:
                self._idle.put(worker)
                return answer
        if cause.startswith(EXIT):
            # It ended by itself, as where it cannot load the rules: no letter's doing.
            return read_one(data, self._offices)
        return frames.Answer(None, error=cause)

    def _take_idle(self) -> _Worker | None:
        with contextlib.suppress(queue.Empty):
            return self._idle.get_nowait()
        return None

    def _start(self) -> _Worker:
        worker = _Worker(self._offices)
        with self._lock:
            self._workers.add(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.close()
        with self._lock:
            self._workers.discard(worker)
