"""How the work stands: the office's figures beside a calendar of due dates and meetings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from tui_inbox.thai.wrap import Segmenter
from tui_inbox.triage import Agenda
from tui_inbox.tui import work as jobs
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.overview import Figures, due_on, events_on
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.widgets.agenda_grid import AgendaGrid, Load
from tui_inbox.tui.widgets.bars import Bar, KeyBar
from tui_inbox.tui.widgets.day_list import DayList
from tui_inbox.tui.widgets.month import MonthGrid
from tui_inbox.tui.widgets.reader import Reader
from tui_inbox.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui_inbox.service import Statistics
    from tui_inbox.tui.screens.main import MainScreen


# Cells from which the calendar stands beside the figures, and has room for whole subjects.
BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]


def _keys(*keys: str) -> str:
    return ",".join(with_twins(keys))


class OverviewScreen(Screen[str | None]):
    """Ends with the id of the letter to go to, or ``None``."""

    CSS_PATH = "overview.tcss"
    AUTO_FOCUS = "#month"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(_keys("escape", "q", "O", "ctrl+o"), "close"),
        Binding(_keys("left", "h"), "day(-1)"),
        Binding(_keys("right", "l"), "day(1)"),
        Binding(_keys("up", "k"), "step(-1)"),
        Binding(_keys("down", "j"), "step(1)"),
        Binding("pageup", "page(-1)"),
        Binding("pagedown,space", "page(1)"),
        Binding(_keys("n"), "next(1)"),
        Binding(_keys("N"), "next(-1)"),
        Binding(_keys("t", "home"), "today"),
        Binding("enter", "open"),
        Binding("tab,f6", "pane(1)"),
        Binding("shift+tab,shift+f6", "pane(-1)"),
    ]

    def __init__(self, behind: MainScreen, segmenter: Segmenter) -> None:
        super().__init__()
        self.behind = behind
        self.words = behind.words
        self.statistics: Statistics | None = None
        self.agenda: Agenda = {}
        self.title_bar = Bar(id="overview-title")
        self.figures_title = Bar(id="figures-title")
        self.figures = Reader(segmenter, id="figures")
        self.calendar_title = Bar(id="calendar-title")
        self.month = AgendaGrid(self.words, self._load_of, id="month")
        self.signs = Bar(id="month-signs")
        self.day_title = Bar(id="day-title")
        self.day = DayList(self.words, id="day")
        self.day.segment = segmenter
        self.key_bar = KeyBar(id="overview-keys")
        self.loader = jobs.Latest[None](lambda _: self._load())

    def compose(self) -> ComposeResult:
        yield self.title_bar
        with Horizontal(id="overview-panes"):
            with Vertical(id="figures-pane"):
                yield self.figures_title
                yield self.figures
            with Vertical(id="calendar-pane"):
                yield self.calendar_title
                yield self.month
                yield self.signs
                yield self.day_title
                yield self.day
        yield self.key_bar

    def on_mount(self) -> None:
        self.figures.show([Paragraph(self._text("loading"), style="dim")])
        self.reload()
        self.show_bars()

    def _text(self, key: str, **args: object) -> str:
        return self.words.messages(f"overview.{key}", **args)

    def _load_of(self, day: dt.date) -> Load:
        return due_on(self.agenda, day), events_on(self.agenda, day)

    # The figures

    def reload(self) -> None:
        self.loader.ask(None)

    @work(thread=True, group="overview")
    def _load(self) -> None:
        self.post_message(jobs.load_overview(self.behind.inbox))

    @on(jobs.OverviewReady)
    def _ready(self, message: jobs.OverviewReady) -> None:
        self.loader.done()
        self.statistics, self.agenda = message.statistics, message.agenda
        self._show_figures()
        self.month.refresh()
        self._show_day()

    @on(jobs.Trouble)
    def _trouble(self, message: jobs.Trouble) -> None:
        self.loader.done()
        self.figures.show([Paragraph(self.words.error(message.error), style="warning")])

    @on(jobs.InboxChanged)
    def _changed(self) -> None:
        self.reload()

    def _show_figures(self) -> None:
        if self.statistics is not None:
            width = self.figures.size.width - 3
            page = Figures(self.statistics, self.agenda, self.words, width).paragraphs()
            self.figures.update(page)

    def _show_day(self) -> None:
        self.day.show(self.agenda.get(self.month.day, ()))
        self.show_bars()

    # Bars

    def show_bars(self) -> None:
        words = self.words
        self.title_bar.show(
            [(self._text("title"), "strong"), (f"  {self._office}", "")],
            [(words.weekday(words.today), "dim")],
        )
        focused = self.focused
        self.signs.show([(self._text("day.signs"), "dim")])
        self.figures_title.show(
            [(self._text("figures"), "active" if focused is self.figures else "dim")]
        )
        self.calendar_title.show(
            [(self._text("calendar"), "active" if focused is self.month else "dim")]
        )
        day = words.weekday(self.month.day)
        count = words("count.letters", count=words.number(len(self.day.entries)))
        self.day_title.show(
            [(day, "active" if focused is self.day else "strong")],
            [(count, "dim")] if self.day.entries else [],
        )
        self.key_bar.show_keys(self._shown_keys())

    @property
    def _office(self) -> str:
        office = self.words.settings.office.name or self.behind.inbox.folder.name
        return self.words.one_line(office)

    def _shown_keys(self) -> list[tuple[str, str, str]]:
        close = ("Esc", self._text("close"), "screen.close")
        pane = ("Tab", self._text("key.pane"), "screen.pane(1)")
        if self.focused is self.day:
            return [("Enter", self._text("key.open"), "screen.open"), pane, close]
        if self.focused is self.figures:
            return [pane, close]
        return [
            ("Enter", self._text("key.letters"), "screen.open"),
            ("n", self._text("key.next"), "screen.next(1)"),
            ("PgDn", self._text("key.month"), "screen.page(1)"),
            ("t", self._text("key.today"), "screen.today"),
            pane,
            close,
        ]

    def on_descendant_focus(self) -> None:
        self.show_bars()

    def on_resize(self) -> None:
        self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._show_figures()
        self.show_bars()

    @on(MonthGrid.Picked)
    def _picked(self, message: MonthGrid.Picked) -> None:
        self._show_day()
        if message.final:
            self.action_open()

    @on(VirtualList.Chosen)
    def _chosen(self) -> None:
        if self.day.entry is not None:
            self.dismiss(self.day.entry.row.id)

    # Keys

    def action_close(self) -> None:
        if self.focused is self.month or self.focused is None:
            self.dismiss(None)
        else:
            self._focus(self.month)

    def action_day(self, days: int) -> None:
        self.month.action_days(days)

    def action_step(self, steps: int) -> None:
        if self.focused is self.month:
            self.month.action_days(7 * steps)
        elif self.focused is self.day:
            self.day.move(steps)
        else:
            self.figures.move(steps)

    def action_page(self, pages: int) -> None:
        if self.focused is self.figures:
            self.figures.move_page(pages)
        elif self.focused is self.day:
            self.day.move_page(pages)
        else:
            self.month.action_months(pages)

    def action_next(self, step: int) -> None:
        """Go to the next (1) or previous (-1) day that holds anything."""
        here = self.month.day
        days = [day for day in self.agenda if (day > here if step > 0 else day < here)]
        if days:
            self.month.pick(min(days) if step > 0 else max(days))

    def action_today(self) -> None:
        self.month.action_today()

    def action_open(self) -> None:
        if self.focused is self.day:
            self.day.choose()
        elif self.focused is not self.figures and self.day.entries:
            self._focus(self.day)

    def action_pane(self, step: int) -> None:
        panes: list[AgendaGrid | DayList | Reader] = [self.month, self.day, self.figures]
        focused = self.focused
        at = next((place for place, pane in enumerate(panes) if pane is focused), 0)
        self._focus(panes[(at + step) % len(panes)])

    def _focus(self, pane: AgendaGrid | DayList | Reader) -> None:
        self.set_class(pane is self.figures, "-figures")
        self.call_after_refresh(pane.focus)
