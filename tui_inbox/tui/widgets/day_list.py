"""What one day of the calendar holds: a line a letter."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style

from tui_inbox.thai.cells import cells, pad, truncate
from tui_inbox.triage import Entry, Occasion
from tui_inbox.tui import listing
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import CLOSED, URGENCY_MARK, Words

BAR = "▌"


class DayList(VirtualList):
    """Two lines an entry: why it stands on this day and its number, above what it is about."""

    SINGLE_CLICK = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "day--bar",
        "day--due",
        "day--event",
        "day--dim",
        "day--text",
    }

    def __init__(self, words: Words, *, id: str) -> None:
        super().__init__(id=id)
        self.words = words
        self.entries: tuple[Entry, ...] = ()
        self.row_height = 2
        self.empty_text = words.messages("overview.day.nothing")

    def show(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.set_keys([f"{entry.occasion}:{entry.row.id}" for entry in entries])
        self.refresh()

    @property
    def entry(self) -> Entry | None:
        return self.entries[self.cursor] if self.cursor_key is not None else None

    def row_segments(self, index: int, line: int, width: int, base: Style, /) -> list[Segment]:
        entry, words = self.entries[index], self.words

        def style(name: str) -> Style:
            return base + self.get_component_rich_style(f"day--{name}", partial=True)

        edge = Segment(BAR if index == self.cursor else " ", style("bar"))
        room = width - 1
        if line:
            text = listing.subject(entry.row, words)[0]
            return [edge, Segment("  ", base), Segment(pad(text, room - 2), style("text"))]
        closed = entry.row.status in CLOSED
        name = "done" if closed and entry.occasion is Occasion.DUE else entry.occasion.value
        what = f"{words.messages(f'overview.day.{name}')} "
        if closed and entry.occasion is Occasion.EVENT:
            what = f"{what}({words.messages('overview.day.done')}) "
        sign = URGENCY_MARK[entry.row.urgency].strip()
        if sign:
            what = f"{sign} {what}"
        what = truncate(what, room)
        about = f"{listing.number(entry.row, words)[0]} · {listing.sender(entry.row, words)[0]}"
        return [
            edge,
            Segment(what, style("dim" if closed else entry.occasion.value)),
            Segment(pad(about, room - cells(what)), style("dim")),
        ]
