"""The dialogs that lead to a decision: to whom, by when, under which tags, with which number."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui_inbox.service import Change, Names
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.written import BE, TO_ARABIC, gregorian_year
from tui_inbox.triage import DueSource, Row

if TYPE_CHECKING:
    from tui_inbox.tui.screens.dialogs.choices import Choice
    from tui_inbox.tui.screens.main import MainScreen

# Dialogs are imported where they are opened: the first paint does not need them.

_NOBODY, _STAMP, _NEXT = "", "stamp", "next"
_NUMBER = re.compile(r"(?P<number>[1-9]\d{0,6})(?:\s?/\s?(?P<year>\d{4}|\d{2}))?")


class Asking:
    """Asks, then decides."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox

    def _title(self, key: str, rows: list[Row]) -> str:
        return self.words.messages(f"dialogs.{key}.title", name=self.screen.decide.names(rows))

    def _with_names(self, show: Callable[[Names], None]) -> None:
        """Look the names that the office has given up beside the event loop, then go on."""
        here: Screen[object] = self.screen.app.screen

        async def look() -> None:
            import asyncio

            names = await asyncio.to_thread(self.inbox.names)
            # Who went elsewhere meanwhile is not to be stopped by a dialog.
            if self.screen.app.screen is here:
                show(names)

        self.screen.run_worker(look(), group="names", exclusive=True)

    # To whom

    def assign(self) -> None:
        rows = self.screen.targets
        self._with_names(lambda names: self._ask_whom(rows, names))

    def _ask_whom(self, rows: list[Row], names: Names) -> None:
        from tui_inbox.tui.screens.dialogs.choices import ChooseOne

        def answered(who: str | None) -> None:
            if who is None:
                self.screen.say("left")
            elif who == _NOBODY:
                decide = self.screen.decide
                decide.act(rows, lambda ids: self.inbox.assign(ids, None), "unassigned")
            else:
                decide = self.screen.decide
                decide.act(
                    rows,
                    lambda ids: self.inbox.assign(ids, who),
                    "assigned",
                    handles=True,
                    who=one_line(who),
                )

        text = self.words.messages
        self.screen.app.push_screen(
            ChooseOne(
                self._title("assign", rows),
                self.words,
                self.screen.segmenter,
                choices=self._whom(rows, names),
                placeholder=text("dialogs.assign.placeholder"),
                empty=text("dialogs.assign.empty"),
                take=text("dialogs.assign.take"),
                free=lambda typed: text("dialogs.assign.free", who=typed),
            ),
            answered,
        )

    def _whom(self, rows: list[Row], names: Names) -> list[Choice]:
        """The units of the settings, oneself, and whoever was given letters before."""
        from tui_inbox.tui.screens.dialogs.choices import Choice

        words, me = self.words, self.inbox.me
        held = {row.assignee for row in rows}
        order = dict.fromkeys((*words.settings.office.units, me, *names.assignees))
        found = []
        for name in sorted(order, key=lambda name: -names.assignees.get(name, 0)):
            count = names.assignees.get(name, 0)
            details = [words.messages("dialogs.assign.me")] if name == me else []
            if held == {name}:
                details.append(words.messages("dialogs.assign.now"))
            if count:
                details.append(words("count.letters", count=words.number(count)))
            found.append(Choice(name, one_line(name), " · ".join(details)))
        if held != {None}:
            found.append(Choice(_NOBODY, words.messages("dialogs.assign.nobody")))
        return found

    # By when

    def due(self) -> None:
        from tui_inbox.tui.screens.dialogs.date import DateDialog

        rows = self.screen.targets
        days = {row.due for row in rows}
        set_by_us = any(row.due_source is DueSource.PERSON for row in rows)

        def answered(result: tuple[dt.date | None] | None) -> None:
            if result is None:
                self.screen.say("left")
                return
            (day,) = result
            said = "due" if day is not None else "due_cleared"
            shown = "" if day is None else self.words.date(day.isoformat(), short=True)
            self.screen.decide.act(rows, lambda ids: self.inbox.due(ids, day), said, day=shown)

        self.screen.app.push_screen(
            DateDialog(
                self._title("date", rows),
                self.words,
                self.screen.segmenter,
                current=days.pop() if len(days) == 1 else None,
                letter_days={day for row in rows for day in _days(row.deadlines)},
                clearable=set_by_us,
            ),
            answered,
        )

    # Under which tags

    def tag(self) -> None:
        rows = self.screen.targets
        self._with_names(lambda names: self._ask_tags(rows, names))

    def _ask_tags(self, rows: list[Row], names: Names) -> None:
        from tui_inbox.tui.screens.dialogs.tags import TagDialog

        def answered(result: tuple[frozenset[str], frozenset[str]] | None) -> None:
            if result is None or not any(result):
                self.screen.say("left")
                return
            add, remove = result
            shown = [f"+{one_line(tag)}" for tag in sorted(add)]
            shown += [f"-{one_line(tag)}" for tag in sorted(remove)]
            self.screen.decide.act(
                rows,
                lambda ids: self.inbox.tag(ids, add, remove),
                "tagged",
                tags=" ".join(shown),
            )

        held = Counter(tag for row in rows for tag in row.tags)
        self.screen.app.push_screen(
            TagDialog(
                self._title("tags", rows),
                self.words,
                self.screen.segmenter,
                known=names.tags,
                held=held,
                count=len(rows),
            ),
            answered,
        )

    # In the register

    def register(self) -> None:
        from tui_inbox.tui.screens.dialogs.choices import Choice, ChooseOne

        rows, text = self.screen.targets, self.words.messages

        def answered(value: str | None) -> None:
            if value is None:
                self.screen.say("left")
                return
            typed = read_number(value)
            year, number = typed if typed is not None else (None, None)
            self.screen.decide.act(
                rows,
                lambda ids: self.inbox.register(ids, year, number, from_stamp=value != _NEXT),
                "registered",
                tell=lambda change: {"number": self._numbers(change)},
            )

        self.screen.app.push_screen(
            ChooseOne(
                self._title("register", rows),
                self.words,
                self.screen.segmenter,
                choices=[
                    Choice(_STAMP, text("dialogs.register.stamp")),
                    Choice(_NEXT, text("dialogs.register.next")),
                ],
                placeholder=text("dialogs.register.placeholder"),
                empty=text("dialogs.register.empty"),
                take=text("dialogs.register.take"),
                free=lambda typed: (
                    text("dialogs.register.free", number=typed) if read_number(typed) else None
                ),
            ),
            answered,
        )

    def _numbers(self, change: Change) -> str:
        """``124/2569``, of several letters the first and the last."""
        numbers = [int(edit.after) for edit in change.edits if edit.field == "register_number"]
        years = [int(edit.after) for edit in change.edits if edit.field == "register_year"]
        year = years[0] if years else self.words.today.year
        era = BE if self.words.messages.language == "th" else 0
        first, last = (self.words.number(one(numbers)).replace(",", "") for one in (min, max))
        span = first if first == last else f"{first}-{last}"
        return f"{span}/{self.words.number(year + era).replace(',', '')}"


def read_number(typed: str) -> tuple[int | None, int] | None:
    """``12`` or ``12/2569`` as year (Gregorian) and number; ``None`` for anything else."""
    match = _NUMBER.fullmatch(typed.strip().translate(TO_ARABIC))
    if match is None:
        return None
    year = None if match["year"] is None else gregorian_year(match["year"])
    if match["year"] is not None and year is None:
        return None
    return year, int(match["number"])


def _days(texts: tuple[str, ...]) -> list[dt.date]:
    """The whole dates among a letter's deadlines."""
    found = []
    for text in texts:
        if len(text) == 10:
            found.append(dt.date.fromisoformat(text))
    return found
