"""Setting the day by which a letter is to be done: typed, or picked from a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.thai.when import Day, Doubt, read_day
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.screens.dialogs.base import Dialog, Key
from tui_inbox.tui.widgets.bars import Bar
from tui_inbox.tui.widgets.month import MonthGrid
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.wording import Words


class DateDialog(Dialog[tuple[dt.date | None]]):
    """Gives ``(day,)``, or ``(None,)`` where the day that was set is to be taken away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", show=False),
        Binding("f4", "clear", show=False),
        Binding("tab,shift+tab", "other", show=False, priority=True),
        Binding("down", "calendar(7)", show=False),
        Binding("up", "calendar(-7)", show=False),
        Binding("pagedown", "month(1)", show=False),
        Binding("pageup", "month(-1)", show=False),
    ]

    def __init__(
        self,
        title: str,
        words: Words,
        segmenter: Segmenter,
        *,
        current: dt.date | None,
        letter_days: Collection[dt.date],
        clearable: bool,
    ) -> None:
        super().__init__(title, words)
        self.clearable = clearable
        self.day: Day | None = Day(current or words.today)
        # A day that must be confirmed by a second Enter.
        self._asked: dt.date | None = None
        placeholder = self.text("date.placeholder")
        self.input = ThaiInput(segmenter, placeholder=placeholder, id="dialog-input")
        self.meaning = Bar(id="date-meaning")
        self.grid = MonthGrid(words, current or words.today, letter_days, id="date-grid")

    def body(self) -> Iterable[Widget]:
        yield self.input
        yield self.meaning
        yield self.grid

    def on_mount(self) -> None:
        super().on_mount()
        self.input.focus()
        self._show()

    def key_row(self) -> Sequence[Key]:
        keys = [("Enter", self.text("date.set"), "screen.take")]
        if self.clearable:
            keys.append(("F4", self.text("date.clear"), "screen.clear"))
        picking = self.focused is self.grid
        keys += [
            ("Tab", self.text("date.type" if picking else "date.calendar"), "screen.other"),
            ("PgUp PgDn", self.text("date.month"), ""),
        ]
        return [*keys, ("Esc", self.text("cancel"), "screen.close")]

    # What is meant

    @on(Input.Changed, "#dialog-input")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        typed = event.value.strip()
        self.day = read_day(typed, self.words.today) if typed else Day(self.grid.day)
        if self.day is not None:
            self.grid.show(self.day.date)
        self._show()

    @on(MonthGrid.Picked)
    def _picked(self, event: MonthGrid.Picked) -> None:
        event.stop()
        past = event.day < self.words.today
        with self.input.prevent(Input.Changed):
            self.input.value = ""
        self.day = Day(event.day, Doubt.PAST if past else None)
        self._show()
        if event.final:
            self.action_take()

    def _show(self) -> None:
        self._asked = None
        self.calm()
        day = self.day
        if day is None:
            self.meaning.show([(self.text("date.unknown"), "warning")])
        else:
            parts = [(self.words.weekday(day.date), "strong"), (f"  {self._distance(day)}", "dim")]
            if day.doubt is not None:
                parts.append((f"  {self.text(f'date.doubt.{day.doubt.value}')}", "warning"))
            self.meaning.show(parts)
        self.show_keys()

    def _distance(self, day: Day) -> str:
        days = (day.date - self.words.today).days
        if days in (0, 1):
            return self.text("date.today" if days == 0 else "date.tomorrow")
        key = "date.ahead" if days > 0 else "date.ago"
        return self.text(key, days=self.words.number(abs(days)))

    # Keys

    def on_key(self, event: events.Key) -> None:
        # Typing goes to the input, wherever the arrows were last.
        if self.focused is self.grid and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self.input.focus()
            self.input.insert_text_at_cursor(event.character)

    @on(Input.Submitted, "#dialog-input")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        if self.day is None:
            self.complain(self.text("date.unknown"))
        elif self.day.doubt is not None and self._asked != self.day.date:
            self._asked = self.day.date
            self.complain(self.text(f"date.ask.{self.day.doubt.value}"))
        else:
            self.dismiss((self.day.date,))

    def action_clear(self) -> None:
        if self.clearable:
            self.dismiss((None,))
        else:
            self.complain(self.text("date.nothing_set"))

    def action_other(self) -> None:
        (self.input if self.focused is self.grid else self.grid).focus()
        self.call_after_refresh(self.show_keys)

    def action_calendar(self, days: int) -> None:
        self.grid.focus()
        self.grid.action_days(days)
        self.call_after_refresh(self.show_keys)

    def action_month(self, months: int) -> None:
        self.grid.focus()
        self.grid.action_months(months)
        self.call_after_refresh(self.show_keys)
