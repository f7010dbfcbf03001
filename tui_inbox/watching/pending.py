"""The stability rule: what changed is handed on when it has been still for the delay.

No thread and no clock in here: every call says what time it is (seconds of any steady clock).
One heap entry a path, however many events there are, so 10,000 files cost 10,000 entries.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable

from tui_inbox.watching.model import Stamp, State

# A path that went is waited for a little longer than one that came: a rename is then one batch,
# and a file that is replaced by deleting it first is never said to be gone.
GONE_SLACK = 0.05


class _Waiting:
    __slots__ = ("due", "last", "since", "told")

    def __init__(self, last: State, due: float, since: float) -> None:
        self.last = last
        self.due = due
        self.since = since
        self.told: int | None = None


class Pending:
    """Paths that changed and are not yet still."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._waiting: dict[str, _Waiting] = {}
        # Each path once, with the time at which it is to be looked at: its due time or before.
        self._heap: list[tuple[float, str]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, path: object) -> bool:
        return path in self._waiting

    def clear(self) -> None:
        self._waiting.clear()
        self._heap.clear()

    def note(self, path: str, state: State, at: float, *, event: bool) -> None:
        """``path`` was seen as ``state``. With ``event`` something happened to it at ``at``;
        without, it counts as moved only if it differs from what was seen before.
        """
        waiting = self._waiting.get(path)
        if waiting is None:
            due = self._due(state, at)
            self._waiting[path] = _Waiting(state, due, at)
            heapq.heappush(self._heap, (due, path))
        elif event or not _same(waiting.last, state):
            waiting.last = state
            waiting.due = max(waiting.due, self._due(state, at))

    def next_due(self) -> float | None:
        """When :meth:`take` has something to look at."""
        return self._heap[0][0] if self._heap else None

    def take(
        self, now: float, look: Callable[[str], State], limit: int
    ) -> tuple[dict[str, State], dict[str, int]]:
        """The paths that have been still until ``now``, at most ``limit``, as they are; and
        those that have been restless for at least two delays, with their size so far.
        """
        settled: dict[str, State] = {}
        restless: dict[str, int] = {}
        looked = 0
        while self._heap and looked < limit:
            due, path = self._heap[0]
            waiting = self._waiting[path]
            early = waiting.last is None and bool(settled) and due <= now + GONE_SLACK
            if due > now and not early:
                break
            heapq.heappop(self._heap)
            if waiting.due <= max(now, due):
                looked += 1
                state = look(path)
                if _same(waiting.last, state):
                    del self._waiting[path]
                    settled[path] = state
                    continue
                waiting.last = state
                waiting.due = self._due(state, now)
            heapq.heappush(self._heap, (waiting.due, path))
            if isinstance(waiting.last, Stamp) and now - waiting.since >= 2 * self._delay:
                size = waiting.last.size
                if waiting.told != size:
                    waiting.told = restless[path] = size
        return settled, restless

    def _due(self, state: State, at: float) -> float:
        return at + self._delay + (GONE_SLACK if state is None else 0.0)


def _same(one: State, other: State) -> bool:
    if isinstance(one, Stamp) and isinstance(other, Stamp):
        return one.quiet_since(other)
    return one == other
