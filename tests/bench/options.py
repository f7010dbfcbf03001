"""The peer of a key in the list: Textual's own list of 1,000 rows, as Textual is."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import OptionList, Static

ROWS = 1_000


class Options(App[None]):
    """A list, and below it which of its rows the cursor is on."""

    CSS = "OptionList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"row {number}" for number in range(1, ROWS + 1)))
        yield Static()

    def on_mount(self) -> None:
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(Static).update(f"at {event.option_index + 1:,} of {ROWS:,}")


if __name__ == "__main__":
    Options().run()
