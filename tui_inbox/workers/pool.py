"""Workers on every core, asked through one call: files in, letters ready to be stored out."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tui_inbox.workers import frames, process
from tui_inbox.workers.process import Worker
from tui_inbox.workers.run import Run

K = TypeVar("K")

#: No more workers than that: one process writes what they read, and is then the slowest.
MOST = 4
#: Seconds for which workers wait for more before they end.
IDLE = 10.0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Pool:
    """Starts workers when they are first asked and ends them when nothing was asked for a while.

    One call of :meth:`read` at a time; :meth:`close` from any thread, and afterwards the pool may
    be used again.
    """

    def __init__(self, setup: frames.Setup, size: int | None = None) -> None:
        self.setup = setup
        self.size = min(cores(), MOST) if size is None else size
        self._workers: list[Worker] = []
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._reading = False
        self._closing = False

    @property
    def running(self) -> bool:
        return bool(self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        with self._lock:
            return tuple(worker.pid for worker in self._workers)

    def read(self, files: Iterable[tuple[K, frames.Order]]) -> Iterator[tuple[K, frames.Prepared]]:
        """What each file is, in the order in which they are given.

        ``files`` is taken from no further than needed to keep the workers at work. A file over
        which a worker died, twice, or that takes longer than :data:`run.PATIENCE`, is a problem.
        """
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._reading = True
            self._closing = False
        try:
            yield from Run(self, files)
        finally:
            # What is still under way would be taken for the answers of the next call.
            for worker in [worker for worker in self._workers if worker.orders]:
                self.end(worker)
            self._rest()

    def warm(self) -> None:
        """Start the workers, so that they load the rules while this process does something else;
        to be followed by :meth:`read`."""
        with contextlib.suppress(OSError):
            while len(self._workers) < self.size:
                self.start()

    def close(self) -> None:
        """End the workers; those at work when :meth:`read` ends."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._closing = True
            if self._reading:
                return
            workers = self.workers
        for worker in workers:
            self.end(worker)

    def _rest(self) -> None:
        with self._lock:
            self._reading = False
            closing = self._closing
            if not closing:
                self._timer = threading.Timer(IDLE, self.close)
                self._timer.daemon = True
                self._timer.start()
        if closing:
            self.close()

    # For a call under way

    @property
    def workers(self) -> tuple[Worker, ...]:
        return tuple(self._workers)

    def start(self) -> Worker:
        """One worker more.

        :raises OSError: it cannot be started.
        """
        worker = Worker(self.setup, process.PROGRAM)
        with self._lock:
            self._workers.append(worker)
        return worker

    def end(self, worker: Worker) -> None:
        """One worker less, whatever it does."""
        worker.end()
        with self._lock, contextlib.suppress(ValueError):
            # Unless another thread has ended it too.
            self._workers.remove(worker)
