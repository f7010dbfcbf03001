"""When what could not be read is looked at again by itself: soon at first, then less and less.

No thread and no clock in here, as in :mod:`tui_inbox.watching.pending`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

#: Seconds until the first try, doubled with each; at last the time between whole scans.
FIRST = 2.0


class Retrying:
    """Paths that could not be read, each with the time of its next try."""

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._pauses: dict[str, float] = {}
        self._due: dict[str, float] = {}
        # May hold times that are not a path's any more; ``_due`` says which count.
        self._heap: list[tuple[float, str]] = []

    def __len__(self) -> int:
        return len(self._due)

    def failed(self, paths: Iterable[str], now: float) -> None:
        """They could not be read at ``now``: try again later, later than the last time."""
        for path in paths:
            if path in self._due:
                continue
            pause = self._pauses.get(path, FIRST)
            self._pauses[path] = min(2 * pause, max(FIRST, self._longest))
            self._due[path] = now + pause
            heapq.heappush(self._heap, (now + pause, path))

    def forget(self, paths: Iterable[str]) -> None:
        """They were read, or are not there any more."""
        for path in paths:
            self._due.pop(path, None)
            self._pauses.pop(path, None)

    def clear(self) -> None:
        self._due.clear()
        self._pauses.clear()
        self._heap.clear()

    def next_due(self) -> float | None:
        self._drop_stale()
        return self._heap[0][0] if self._heap else None

    def take(self, now: float) -> list[str]:
        """The paths whose time has come; each is told of again by :meth:`failed` or forgotten."""
        found = []
        self._drop_stale()
        while self._heap and self._heap[0][0] <= now:
            _, path = heapq.heappop(self._heap)
            del self._due[path]
            found.append(path)
            self._drop_stale()
        return found

    def _drop_stale(self) -> None:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
