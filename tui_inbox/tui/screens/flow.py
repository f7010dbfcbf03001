"""Working through the letters: where to go next, and how many are done."""

from __future__ import annotations

from collections.abc import Iterable
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
        rest = [row for row in self._from_here(1, itself=True) if row.id not in done]
        unhandled = (row.id for row in rest if is_unhandled(row))
        return next(unhandled, rest[0].id if rest else None)

    def find(self, step: int, *, urgent: bool) -> str | None:
        """The next (1) or previous (-1) letter that is urgent and open, or else unhandled."""
        wanted = is_urgent if urgent else is_unhandled
        return next((row.id for row in self._from_here(step) if wanted(row)), None)

    def go(self, step: int, *, urgent: bool) -> None:
        key = self.find(step, urgent=urgent)
        if key is not None:
            self.screen.letters.go_key(key)

    def _from_here(self, step: int, *, itself: bool = False) -> list[Row]:
        """The rows after the cursor's, and then from the other end up to it."""
        letters = self.screen.letters
        if letters.stale:
            return []
        at = letters.cursor
        rest = [*letters.rows[at + 1 :], *letters.rows[:at]]
        here = list(letters.rows[at : at + 1]) if itself else []
        return here + (rest if step > 0 else rest[::-1])

    def progress(self, ids: Iterable[str]) -> str:
        """How many are handled, of these and what is still to be handled in this list."""
        words = self.screen.words
        self.handled.update(ids)
        rest = sum(
            is_unhandled(row) and row.id not in self.handled for row in self.screen.letters.rows
        )
        done = len(self.handled)
        return words("decided.progress", done=words.number(done), count=words.number(done + rest))

    def taken_back(self, ids: Iterable[str]) -> None:
        self.handled.difference_update(ids)
