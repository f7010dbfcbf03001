"""A month whose days say what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment

from tui_inbox.tui.widgets.month import MonthGrid
from tui_inbox.tui.wording import Words

EVENT = "○"

Load = tuple[int, int]
"""How many letters are due on a day, and how many meetings there are."""


class AgendaGrid(MonthGrid):
    """``load`` tells what a day holds: beside each day stand how many letters are due and a sign
    for meetings."""

    CELL = 6
    AFTER = 3
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month--due",
        "month--due-today",
        "month--overdue",
        "month--event",
    }

    def __init__(self, words: Words, load: Callable[[dt.date], Load], *, id: str) -> None:
        super().__init__(words, words.today, id=id)
        self.load = load

    def day_segments(self, day: dt.date | None) -> list[Segment]:
        if day is None:
            return super().day_segments(day)
        text, style = self.day_text(day)
        due, meetings = self.load(day)
        today = self.words.today
        late = "overdue" if day < today else "due-today" if day == today else "due"
        count = "+" if due > 9 else self.words.plain(due) if due else " "
        return [
            Segment(text, style),
            Segment(count, self._style(late)),
            Segment(EVENT if meetings else " ", self._style("event")),
        ]
