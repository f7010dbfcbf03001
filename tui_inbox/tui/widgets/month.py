"""A month of days to choose one from, its year of the Buddhist era where the words are Thai."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_inbox.thai.cells import cells, pad
from tui_inbox.tui.wording import Words

_WEEKS = 6


class MonthGrid(Widget, can_focus=True, inherit_bindings=False):
    """Eight lines: the month, the names of the days, and six weeks from Monday on.

    The chosen day stands in brackets, today between dots, and days of which the letter speaks
    carry an asterisk, so that colour is not needed to tell them.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "month--text",
        "month--title",
        "month--head",
        "month--other",
        "month--today",
        "month--letter",
        "month--chosen",
        "month--chosen-blurred",
    }
    CELL: ClassVar[int] = 5
    """Cells of one day, …"""
    AFTER: ClassVar[int] = 1
    """… and those of them after its number."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "days(-1)", show=False),
        Binding("right", "days(1)", show=False),
        Binding("up", "days(-7)", show=False),
        Binding("down", "days(7)", show=False),
        Binding("pageup", "months(-1)", show=False),
        Binding("pagedown", "months(1)", show=False),
        Binding("home", "today", show=False),
    ]

    class Picked(Message):
        """Another day is chosen; ``final`` where it was chosen by a double click."""

        def __init__(self, day: dt.date, *, final: bool = False) -> None:
            super().__init__()
            self.day = day
            self.final = final

    def __init__(
        self, words: Words, day: dt.date, letter_days: Collection[dt.date] = (), *, id: str
    ) -> None:
        super().__init__(id=id)
        self.words = words
        self.day = day
        self.letter_days = frozenset(letter_days)

    def show(self, day: dt.date) -> None:
        if day != self.day:
            self.day = day
            self.refresh()

    # Choosing

    def pick(self, day: dt.date, *, final: bool = False) -> None:
        self.show(day)
        self.post_message(self.Picked(day, final=final))

    def action_days(self, days: int) -> None:
        try:
            self.pick(self.day + dt.timedelta(days=days))
        except OverflowError:
            self.app.bell()

    def action_months(self, months: int) -> None:
        year, month = divmod(self.day.year * 12 + self.day.month - 1 + months, 12)
        if dt.MINYEAR <= year <= dt.MAXYEAR:
            last = calendar.monthrange(year, month + 1)[1]
            self.pick(dt.date(year, month + 1, min(self.day.day, last)))

    def action_today(self) -> None:
        self.pick(self.words.today)

    # Drawing

    def _weeks(self) -> list[list[dt.date | None]]:
        first = self.day.replace(day=1)
        last = calendar.monthrange(first.year, first.month)[1]
        days: list[dt.date | None] = [None] * first.weekday()
        days += [first.replace(day=n) for n in range(1, last + 1)]
        days += [None] * (_WEEKS * 7 - len(days))
        return [days[at : at + 7] for at in range(0, len(days), 7)]

    @property
    def _width(self) -> int:
        return 7 * self.CELL

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"month--{name}")

    @property
    def _left(self) -> int:
        return max(0, (self.size.width - self._width) // 2)

    def render_line(self, y: int) -> Strip:
        width, plain = self.size.width, self._style("text")
        segments = [Segment(" " * self._left, plain)]
        if y == 0:
            title = self.words.date(self.day.isoformat()[:7])
            space = max(0, self._width - cells(title) - 4)
            line = "‹ " + " " * (space // 2) + title + " " * (space - space // 2) + " ›"
            segments.append(Segment(line, self._style("title")))
        elif y == 1:
            names = (self.words.messages(f"dialogs.weekday.{n}") for n in range(7))
            before = self.CELL - self.AFTER
            head = "".join(f"{pad(name, before, right=True)}{' ' * self.AFTER}" for name in names)
            segments.append(Segment(head, self._style("head")))
        elif y - 2 < _WEEKS:
            for day in self._weeks()[y - 2]:
                segments += self.day_segments(day)
        return Strip(segments).adjust_cell_length(width, plain)

    def day_segments(self, day: dt.date | None) -> list[Segment]:
        """One day in exactly ``CELL`` cells, a place of no day too."""
        if day is None:
            return [Segment(" " * self.CELL, self._style("text"))]
        text, style = self.day_text(day)
        return [Segment(text.rjust(self.CELL), style)]

    def day_text(self, day: dt.date) -> tuple[str, Style]:
        """The day's number between its signs, in four cells."""
        number = pad(self.words.number(day.day), 2, right=True)
        left, right = (" ", "*") if day in self.letter_days else (" ", " ")
        name = "letter" if day in self.letter_days else "text"
        if day == self.words.today:
            left, name = "·", "today"
            right = right if right == "*" else "·"
        if day == self.day:
            left, right = "[", "]"
            name = "chosen" if self.has_focus else "chosen-blurred"
        return f"{left}{number}{right}", self._style(name)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        column, line = int(offset.x) - self._left, int(offset.y)
        if line == 0 and 0 <= column < self._width:
            self.action_months(-1 if column < self._width // 2 else 1)
        elif 2 <= line < 2 + _WEEKS and 0 <= column < self._width:
            day = self._weeks()[line - 2][column // self.CELL]
            if day is not None:
                self.pick(day, final=event.chain > 1)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
