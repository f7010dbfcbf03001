"""A folder that is followed, and the other side that takes what is found in it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem
from tui_inbox.watching import Batch, Stamp, Watcher, load

LIMIT = 60.0
QUICK = 0.1


class Other:
    """The other side: takes batches, reads what is stable, and knows what it has."""

    def __init__(self, folder: Path, settings: WatchSettings) -> None:
        self.folder = folder
        self.settings = settings
        self.changed = threading.Condition()
        self.batches: list[Batch] = []
        self.known: dict[str, Stamp | None] = {}
        self.contents: dict[str, bytes] = {}
        self.reads: Counter[str] = Counter()
        self.problems: dict[str, Problem] = {}
        self.gone: list[str] = []
        self.growing: dict[str, list[int]] = {}
        self.watcher: Watcher
        # What the test wants to happen before a batch is taken: block, fail.
        self.before: Callable[[Batch], None] = lambda batch: None

    def sink(self, batch: Batch) -> set[str]:
        self.before(batch)
        unread: set[str] = set()
        with self.changed:
            self.batches.append(batch)
            for path, stamp in batch.stable.items():
                loaded = self.load(path)
                self.reads[path] += 1
                self.problems.pop(path, None)
                if isinstance(loaded, Problem):
                    self.problems[path] = loaded
                    self.known[path] = None
                    unread.add(path)
                else:
                    self.contents[path], self.known[path] = loaded[0], stamp
            for path in batch.gone:
                self.gone.append(path)
                self.known.pop(path, None)
                self.contents.pop(path, None)
                self.problems.pop(path, None)
            self.problems.update(batch.problems)
            for path, size in batch.growing.items():
                self.growing.setdefault(path, []).append(size)
            self.changed.notify_all()
        return unread

    def load(self, path: str) -> tuple[bytes, Stamp] | Problem:
        return load(self.folder, path, self.settings)

    def stamps(self, folder: str = "") -> Sequence[tuple[str, Stamp | None]]:
        with self.changed:
            known = list(self.known.items())
        return [pair for pair in known if not folder or pair[0].startswith(f"{folder}/")]

    def wait(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, LIMIT), self.batches[-5:]

    def wait_scanned(self) -> None:
        self.wait(lambda: any(batch.complete for batch in self.batches))


@contextlib.contextmanager
def following(
    folder: Path, other: Other | None = None, *, failures: int = 0, **settings
) -> Iterator[Other]:
    """Follow until the end of the block; then no more than ``failures`` must have happened."""
    chosen = WatchSettings(**{"mode": "native", "delay": QUICK, **settings})
    other = other or Other(folder, chosen)
    watching = Watcher(folder, chosen, known=other.stamps, sink=other.sink)
    other.watcher = watching
    watching.start()
    try:
        yield other
        if chosen.mode == "native" and failures == 0:
            assert watching.status.mode == "native"
    finally:
        watching.stop()
    assert watching.status.failures == failures


def settle(other: Other, inbox: Path) -> None:
    """Drop one more letter and wait for it: what came before it has been handed over by then."""
    name = f"settle-{time.monotonic_ns()}.txt"
    (inbox / name).write_text("last")
    other.wait(lambda: name in other.contents)
