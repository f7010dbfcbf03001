"""One pass over many files: who reads which, what came back out of turn, and who died over what."""

from __future__ import annotations

import logging
import select
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from tui_inbox.workers import frames
from tui_inbox.workers.process import EXIT, Worker
from tui_inbox.workers.worker import failed, prepare

if TYPE_CHECKING:
    from tui_inbox.workers.pool import Pool

K = TypeVar("K")

log = logging.getLogger(__name__)

#: Letters under way at once: so many that workers have work while a chunk is being written.
AHEAD = 512
#: Bytes of files under way at once, so that large ones do not fill the memory.
AHEAD_BYTES = 16_000_000
#: Letters that one worker is given at once: they share what it costs to send them.
BUNDLE = 16
#: Bytes of orders that wait in a worker's pipe: all fit in, so that giving never waits.
ORDERS_BYTES = 32_000
#: Seconds for one letter. A typical one takes a thousandth.
PATIENCE = 60.0
TIMEOUT = "timeout"
#: So many workers that end by themselves without an answer are no letter's doing.
HOPELESS = 3
#: Seconds in which the answers of many letters gather, so that they are taken together.
GATHER = 0.005


class Run(Generic[K]):
    """One call of :meth:`~tui_inbox.workers.pool.Pool.read`: the files in turn, each once.

    Without threads: workers write into their pipes while this process does something else, and
    each time that it comes back for the next letter they are given more.
    """

    def __init__(self, pool: Pool, files: Iterable[tuple[K, frames.Order]]) -> None:
        self._pool = pool
        self._files = iter(files)
        self._ended = False
        self._taken = 0
        # Every order that was taken and not handed on: number, key and size, the next one first.
        self._under_way: deque[tuple[int, K, int]] = deque()
        self._bytes = 0
        # Those of them that no worker has.
        self._todo: deque[tuple[int, frames.Order]] = deque()
        self._done: dict[int, bytes | frames.Prepared] = {}
        self._tries: Counter[int] = Counter()
        self._hopeless = 0

    def __iter__(self) -> Iterator[tuple[K, frames.Prepared]]:
        while True:
            self._deal()
            if not self._under_way:
                return
            if self._under_way[0][0] not in self._done:
                self._wait()
            while self._under_way and self._under_way[0][0] in self._done:
                number, key, size = self._under_way.popleft()
                self._bytes -= size
                answer = self._done.pop(number)
                if isinstance(answer, bytes):
                    answer = frames.decode_prepared(answer)
                yield key, answer

    # Giving

    def _deal(self) -> None:
        """Take more files, as far as there is room, and give what is to be done to workers."""
        while not self._ended and len(self._under_way) < AHEAD and self._bytes <= AHEAD_BYTES:
            taken = next(self._files, None)
            if taken is None:
                self._ended = True
                break
            key, order = taken
            self._under_way.append((self._taken, key, order.size))
            self._todo.append((self._taken, order))
            self._bytes += order.size
            self._taken += 1
        while self._todo and (worker := self._free()) is not None:
            given: list[tuple[int, frames.Order]] = []
            room = ORDERS_BYTES - worker.waiting
            while self._todo and len(given) < BUNDLE:
                room -= self._todo[0][1].weight
                if room < 0 and (given or worker.orders):
                    break
                given.append(self._todo.popleft())
            if not given:
                break
            worker.give(given)

    def _free(self) -> Worker | None:
        """The worker that has least to do; another one while there may be more."""
        workers = self._pool.workers
        least = min(workers, key=lambda worker: len(worker.orders), default=None)
        if least is not None and not least.orders:
            return least
        if len(workers) < self._pool.size and self._hopeless < HOPELESS:
            try:
                return self._pool.start()
            except OSError as error:
                log.warning("no worker could be started: %s", error)
                self._hopeless = HOPELESS
        return least

    # Taking

    def _wait(self) -> None:
        """Take the answers that are there; wait for one where none is."""
        busy = {worker.fd: worker for worker in self._pool.workers if worker.orders}
        if not busy:
            number, order = self._todo.popleft()
            self._done[number] = prepare(self._pool.setup, order)
            return
        poll = select.poll()
        for fd in busy:
            poll.register(fd, select.POLLIN | select.POLLHUP)
        patience = min(worker.since for worker in busy.values()) + PATIENCE - time.monotonic()
        ready = poll.poll(max(patience, 0.0) * 1000)
        if ready and sum(len(worker.orders) for worker in busy.values()) > 2 * BUNDLE:
            time.sleep(GATHER)
            ready = poll.poll(0)
        for fd, _ in ready:
            worker = busy.pop(fd)
            answers = worker.take()
            if answers is None:
                self._lose(worker, worker.wait())
            else:
                self._done.update(answers)
        now = time.monotonic()
        for worker in busy.values():
            if now - worker.since >= PATIENCE:
                self._lose(worker, TIMEOUT)

    def _lose(self, worker: Worker, cause: str) -> None:
        """A worker is no more: others do what it has left, but for what it died over twice."""
        self._pool.end(worker)
        if cause.startswith(EXIT) and not worker.answered:
            self._hopeless += 1
        if not worker.orders:
            return
        log.warning("a worker ended over a letter: %s", cause)
        number, order = worker.orders[0]
        self._tries[number] += 1
        # Once more else: it may have been killed for what another process did.
        if cause == TIMEOUT or self._tries[number] > 1:
            worker.orders.popleft()
            # Where it ended by itself, as where it cannot load the rules, no letter did that.
            by_itself = cause.startswith(EXIT)
            self._done[number] = (
                prepare(self._pool.setup, order)
                if by_itself
                else frames.Prepared(problem=failed(cause))
            )
        self._todo.extendleft(reversed(worker.orders))
        worker.orders.clear()
