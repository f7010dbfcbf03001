"""The office's figures as paragraphs: bars of text, each in its own line and exact in cells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tui_inbox.letter import Urgency
from tui_inbox.thai.cells import cells
from tui_inbox.triage import Agenda, Occasion
from tui_inbox.tui.paragraphs import Marked, Paragraph
from tui_inbox.tui.wording import URGENCY_MARK, Words

if TYPE_CHECKING:
    from tui_inbox.service import Statistics

INDENT = 18
# Days ahead whose due letters are counted one by one.
DAYS = 7
_EIGHTHS = "▏▎▍▌▋▊▉█"
# The second bar of a pair differs in its shape, too.
_OTHER = "▒"
_LONGEST = 40


def bar(value: int, most: int, width: int) -> str:
    """A bar of at most ``width`` cells, full at ``most``, exact to an eighth of a cell; of
    anything at all something is seen."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(1, round(min(value, most) * width * 8 / most))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_EIGHTHS[rest - 1] if rest else "")


class Figures:
    """Builds the paragraphs for a pane of ``width`` cells."""

    def __init__(self, statistics: Statistics, agenda: Agenda, words: Words, width: int) -> None:
        self.statistics = statistics
        self.agenda = agenda
        self.words = words
        self.found: list[Paragraph] = []
        # Beside the bar stand its number and, for the weeks, what it counts.
        self.room = max(4, min(_LONGEST, width - INDENT - 8))

    def paragraphs(self) -> list[Paragraph]:
        self._open()
        self._urgency()
        self._units()
        self._next_days()
        self._weeks()
        self._pace()
        return self.found

    # Parts

    def _open(self) -> None:
        figures = self.statistics
        self._heading("open")
        for name, count, style in (
            ("open", figures.open, "strong"),
            ("overdue", figures.overdue, "overdue"),
            ("due_today", figures.due_today, "today"),
            ("problems", figures.problems, "warning"),
            ("total", figures.total, "dim"),
        ):
            self._line(self._label(name), self.words.number(count), style if count else "dim")

    def _urgency(self) -> None:
        counts = self.statistics.by_urgency
        self._heading("urgency")
        most = max(counts.values(), default=0)
        for urgency, count in counts.items():
            label = f"{URGENCY_MARK[urgency]} {self.words.enum('urgency', urgency)}".strip()
            style = "bar" if urgency is Urgency.NORMAL else urgency.value
            self._bar(label, count, most, style)

    def _units(self) -> None:
        units = self.statistics.by_unit
        if not units:
            return
        words = self.words
        self._heading("unit")
        most = max(unit.open for unit in units)
        late = [
            f"({self._text('figure.late', count=words.number(unit.overdue))})"
            if unit.overdue
            else ""
            for unit in units
        ]
        # All bars of a group are drawn to one scale.
        room = self.room - max(map(cells, late)) - 1
        for unit, more in zip(units, late, strict=True):
            name = self._label("nobody") if unit.unit is None else words.one_line(unit.unit)
            self._bar(name, unit.open, most, "bar", more, room)

    def _next_days(self) -> None:
        words, today = self.words, self.statistics.today
        self._heading("week")
        days = [today + dt.timedelta(days=ahead) for ahead in range(DAYS)]
        counts = {day: due_on(self.agenda, day) for day in days}
        most = max(counts.values())
        for day, count in counts.items():
            weekday = words.messages(f"dialogs.weekday.{day.weekday()}")
            label = f"{weekday} {words.date(day.isoformat(), short=True)}"
            self._bar(label, count, most, words.due_style(day) or "bar")

    def _weeks(self) -> None:
        words, weeks = self.words, self.statistics.weeks
        self._heading("weeks")
        most = max((max(week.received, week.handled) for week in weeks), default=0)
        room = self.room - max(
            cells(self._text(f"figure.{name}", bar="", count=""))
            for name in ("received", "handled")
        )
        for week in weeks:
            label = words.date(week.start.isoformat(), short=True)
            for name, count in (("received", week.received), ("handled", week.handled)):
                drawn = bar(count, most, max(4, room))
                if name == "handled":
                    drawn = _OTHER * len(drawn)
                text = self._text(f"figure.{name}", bar=drawn, count=words.number(count)).strip()
                style = "bar" if name == "received" else "bar-other"
                self._line(label, text, "" if count else "dim", ((0, len(drawn), style),))
                label = ""

    def _pace(self) -> None:
        figures, words = self.statistics, self.words
        self._heading("speed")
        if figures.median_days is None:
            self._line(self._label("median"), self._text("figure.no_median"), "dim")
        else:
            days = words.digits(f"{figures.median_days:g}")
            weeks = words.number(len(figures.weeks))
            text = self._text("figure.days", days=days, weeks=weeks)
            self._line(self._label("median"), text, "strong")
        if figures.oldest_open is not None:
            date = words.date(figures.oldest_open.isoformat())
            self._line(self._label("oldest"), self._text("figure.since", date=date))

    # Pieces

    def _text(self, key: str, **args: object) -> str:
        return self.words.messages(f"overview.{key}", **args)

    def _label(self, name: str) -> str:
        return self._text(f"figure.{name}")

    def _heading(self, name: str) -> None:
        if self.found:
            self.found.append(Paragraph(""))
        self.found.append(Paragraph(self._text(f"heading.{name}"), style="heading"))

    def _line(self, label: str, text: str, style: str = "", marks: tuple[Marked, ...] = ()) -> None:
        self.found.append(Paragraph(text, marks, label, INDENT, style))

    def _bar(
        self,
        label: str,
        count: int,
        most: int,
        style: str,
        more: str = "",
        room: int | None = None,
    ) -> None:
        drawn = bar(count, most, max(4, self.room if room is None else room))
        text = " ".join(part for part in (drawn, self.words.number(count), more) if part)
        self._line(label, text, "" if count else "dim", ((0, len(drawn), style),))


def due_on(agenda: Agenda, day: dt.date) -> int:
    """How many letters are due on a day."""
    return sum(entry.occasion is Occasion.DUE for entry in agenda.get(day, ()))


def events_on(agenda: Agenda, day: dt.date) -> int:
    """How many meetings are on a day."""
    return sum(entry.occasion is Occasion.EVENT for entry in agenda.get(day, ()))
