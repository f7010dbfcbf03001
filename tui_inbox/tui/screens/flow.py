"""Working through the letters: where to go next, and how many are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui_inbox.letter import Urgency
from tui_inbox.triage import Row, Status

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

#: What nobody has taken up yet.
_UNHANDLED = frozenset({Status.NEW, Status.OPEN})
_URGENT = frozenset({Urgency.MOST_URGENT, Urgency.VERY_URGENT, Urgency.URGENT})
_CLOSED = frozenset({Status.ACTIONED, Status.FILED})


def is_unhandled(row: Row) -> bool:
    return row.status in _UNHANDLED


def is_urgent(row: Row) -> bool:
    return row.urgency in _URGENT and row.status not in _CLOSED


class Flow:
    """The flow of a morning: what is handled here counts until it is undone."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.handled: set[str] = set()

    @property
    def advance(self) -> bool:
        return self.screen.words.settings.flow.advance

    def next_after(self, ids: Iterable[str]) -> str | None:
        """The letter to go on with when those of ``ids`` are handled: the next unhandled one.

        ``None`` where the settings say to stay, or nothing else is in the list.
        """
        if not self.advance:
            return None
        done = set(ids)
        first = None
        for row in self._from_here(1, itself=True):
            if row.id not in done:
                if is_unhandled(row):
                    return row.id
                first = first or row.id
        return first

    def find(self, step: int, *, urgent: bool) -> str | None:
        """The next (1) or previous (-1) letter that is urgent and open, or else unhandled."""
        wanted = is_urgent if urgent else is_unhandled
        return next((row.id for row in self._from_here(step) if wanted(row)), None)

    def go(self, step: int, *, urgent: bool) -> None:
        key = self.find(step, urgent=urgent)
        if key is not None:
            self.screen.letters.go_key(key)

    def _from_here(self, step: int, *, itself: bool = False) -> Iterator[Row]:
        """The rows after the cursor's, and then from the other end up to it."""
        letters = self.screen.letters
        if letters.stale:
            return
        at, count = letters.cursor, len(letters.rows)
        # One row after the other: only as far as somebody looks are they fetched.
        steps = range(0 if itself else 1, count)
        for ahead in steps:
            yield letters.rows[(at + ahead * step) % count]

    def progress(self, ids: Iterable[str]) -> str:
        """How many are handled, of these and what is still to be handled in this list."""
        words = self.screen.words
        self.handled.update(ids)
        letters, statuses = self.screen.letters, self.screen.board.statuses
        open_here = sum(statuses.get(status, 0) for status in _UNHANDLED)
        places = [at for id in self.handled if (at := letters.index_of(id)) is not None]
        rest = open_here - sum(is_unhandled(letters.rows[at]) for at in places)
        done = len(self.handled)
        return words("decided.progress", done=words.number(done), count=words.number(done + rest))

    def taken_back(self, ids: Iterable[str]) -> None:
        self.handled.difference_update(ids)
