"""Which letters are meant: the marked ones, else the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_inbox.triage import Row

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Marking:
    """The marks of the list."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._range_from: str | None = None
        self._targets: tuple[Sequence[Row], set[str], list[Row]] | None = None

    @property
    def targets(self) -> list[Row]:
        letters = self.screen.letters
        if letters.marked and not letters.stale:
            # Asked for at every key; the rows are fetched once for the same marks.
            known = self._targets
            if known is None or known[0] is not letters.rows or known[1] != letters.marked:
                places = sorted(
                    at for key in letters.marked if (at := letters.index_of(key)) is not None
                )
                rows = [letters.rows[at] for at in places]
                known = self._targets = (letters.rows, set(letters.marked), rows)
            return list(known[2])
        return [] if letters.row is None else [letters.row]

    def toggle(self) -> None:
        """Mark or unmark the letter under the cursor and go on to the next."""
        letters = self.screen.letters
        key = letters.cursor_key
        if key is not None and not letters.stale:
            letters.toggle_mark(key)
            self._range_from = key
            letters.move(1)

    def range(self) -> None:
        """Mark all from the letter that was marked last to the one under the cursor."""
        letters = self.screen.letters
        index = letters.index_of(self._range_from or "")
        start = letters.cursor if index is None else index
        low, high = sorted((start, letters.cursor))
        letters.mark_all(list(letters.keys[low : high + 1]))

    def all(self) -> None:
        """Mark every letter in the list, or none where all are marked."""
        letters = self.screen.letters
        keys = list(letters.keys)
        if letters.marked.issuperset(keys):
            letters.clear_marks()
        else:
            letters.mark_all(keys)
