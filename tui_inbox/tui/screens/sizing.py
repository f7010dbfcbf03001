"""How the room is shared out between the panes, where a person wants it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

# Per cent of the room that the list has beside (or above) the letter.
DEFAULT, STEP, LEAST, MOST = 52, 6, 22, 82
FACETS, FACETS_STEP, FACETS_LEAST, FACETS_MOST = 25, 3, 16, 61


class Sizing:
    """Sizes for as long as the screen is open; without any the style sheet decides."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.share: int | None = None
        self.facets: int | None = None

    def grow(self, steps: int) -> bool:
        """Make the list, or the left pane while it has the keys, larger (or smaller) by steps;
        ``False`` at the end of what can be."""
        screen = self.screen
        if screen.focused is screen.facets:
            width = self.facets or screen.query_one("#facets-pane").size.width + 1
            new = _within(width + steps * FACETS_STEP, FACETS_LEAST, FACETS_MOST)
            changed, self.facets = new != width, new
        else:
            share = self.share or DEFAULT
            new = _within(share + steps * STEP, LEAST, MOST)
            changed, self.share = new != share, new
        self.apply()
        return changed

    def reset(self) -> None:
        self.share = self.facets = None
        self.apply()

    def apply(self) -> None:
        """Give the panes their sizes in the present layout."""
        screen = self.screen
        beside = screen.has_class("-columns")
        above = screen.has_class("-stacked")
        share = self.share
        for pane, part in (
            (screen.query_one("#list-pane"), share),
            (screen.detail, None if share is None else 100 - share),
        ):
            pane.styles.width = f"{part}fr" if beside and part is not None else None
            pane.styles.height = f"{part}fr" if above and part is not None else None
        narrow = screen.has_class("-narrow")
        screen.query_one("#facets-pane").styles.width = None if narrow else self.facets


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
