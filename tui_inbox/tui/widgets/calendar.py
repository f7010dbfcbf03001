"""A month in cells: its days, what they hold, and a cursor that goes over the months' edges."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_inbox.thai.cells import cells, pad
from tui_inbox.tui.wording import Words

CELL = 6
WIDTH = 7 * CELL
# The month's name, the weekdays, six weeks.
HEIGHT = 8
EDGE = "▌"
EVENT = "○"

Load = tuple[int, int]
"""How many letters are due on a day, and how many meetings there are."""

# Printed calendars in Thailand begin on Sunday.
_FIRST = calendar.SUNDAY


def weeks_of(day: dt.date) -> list[list[dt.date]]:
    """The weeks of the day's month, six of them, so that every month is as high as the others."""
    first = day.replace(day=1)
    start = first - dt.timedelta(days=(first.weekday() - _FIRST) % 7)
    return [
        [start + dt.timedelta(days=7 * week + weekday) for weekday in range(7)] for week in range(6)
    ]


def moved_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last one of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    year = max(dt.MINYEAR + 1, min(year, dt.MAXYEAR - 1))
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class MonthGrid(Widget, can_focus=True):
    """``load`` tells what a day holds."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"month--{name}"
        for name in ("day", "title", "weekday", "outside", "cursor", "cursor-blurred", "edge")
    } | {f"month--{name}" for name in ("today", "due", "overdue", "due-today", "event")}

    class Moved(Message):
        """The cursor stands on another day."""

    class Chosen(Message):
        """A click on the day of the cursor."""

    def __init__(self, words: Words, load: Callable[[dt.date], Load], *, id: str) -> None:
        super().__init__(id=id)
        self.words = words
        self.load = load
        self.day = words.today

    # Moving

    def go_to(self, day: dt.date) -> None:
        if day != self.day:
            self.day = day
            self.refresh()
            self.post_message(self.Moved())

    def move(self, days: int) -> None:
        self.go_to(self.day + dt.timedelta(days=days))

    def move_months(self, months: int) -> None:
        self.go_to(moved_months(self.day, months))

    # Drawing

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"month--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.get_component_rich_style("month--day")
        if y == 0:
            segments = [Segment(pad(self._title(), WIDTH), base + self._style("title"))]
        elif y == 1:
            segments = [
                Segment(pad(self._weekday(at), CELL), base + self._style("weekday"))
                for at in range(7)
            ]
        elif y < HEIGHT:
            week = weeks_of(self.day)[y - 2]
            segments = [segment for day in week for segment in self._cell(day, base)]
        else:
            return Strip.blank(width, base)
        return Strip(segments).adjust_cell_length(width, base)

    def _title(self) -> str:
        words = self.words
        display = words.settings.display
        if display.dates == "iso":
            return f" {self.day:%Y-%m}"
        month = words.messages(f"overview.month.name.{self.day.month}")
        thai = words.messages.language == "th"
        year = words.plain(self.day.year + 543 if thai else self.day.year)
        return " " + words.messages("overview.month.of_year", month=month, year=year)

    def _weekday(self, place: int) -> str:
        name = self.words.messages(f"overview.weekday.{(_FIRST + place) % 7}")
        return " " * (3 - cells(name)) + name

    def _cell(self, day: dt.date, base: Style) -> list[Segment]:
        """Six cells: an edge, the day, an edge, how many are due, whether there is a meeting."""
        words, today = self.words, self.words.today
        is_cursor = day == self.day
        if is_cursor:
            base = self.get_component_rich_style(
                "month--cursor" if self.has_focus else "month--cursor-blurred"
            )
        due, meetings = self.load(day)
        inside = day.month == self.day.month
        number = base + self._style("outside") if not inside else base
        if day == today:
            number += self._style("today")
        late = "overdue" if day < today else "due-today" if day == today else "due"
        count = "+" if due > 9 else words.plain(due) if due else " "
        left = EDGE if is_cursor else "[" if day == today else " "
        return [
            Segment(left, base + self._style("edge")),
            Segment(words.digits(f"{day.day:2}"), number),
            Segment("]" if left == "[" else " ", base + self._style("edge")),
            Segment(count, base + self._style(late)),
            Segment(EVENT if meetings else " ", base + self._style("event")),
        ]

    # Events

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or not (2 <= offset.y < HEIGHT and offset.x < WIDTH):
            return
        event.stop()
        day = weeks_of(self.day)[int(offset.y) - 2][int(offset.x) // CELL]
        if day == self.day:
            self.post_message(self.Chosen())
        self.go_to(day)
