"""Taking something out of a letter: copies, the whole source in a pager, its links."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from textual.app import SuspendNotSupported
from textual.screen import Screen

from tui_inbox.service import HistoryItem, ServiceError
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row, View
from tui_inbox.tui import outside
from tui_inbox.tui.citation import citation
from tui_inbox.tui.history import inbox_lines

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

_T = TypeVar("_T")

#: How many entries of the inbox's history are shown, the latest.
HISTORY = 500


class Taking:
    """What leaves the program, always because somebody asked for it."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox

    # Copies

    def copy(self, text: str) -> None:
        """Fill the clipboards and say so."""
        self.fill(text)
        self.screen.say("copied", "done", text=one_line(text))

    def fill(self, text: str) -> None:
        """To the terminal's clipboard (OSC 52) and, where there is one, the desktop's."""
        self.screen.app.copy_to_clipboard(text)

        async def natively() -> None:
            await asyncio.to_thread(outside.copy_natively, text, outside.environment())

        self.screen.run_worker(natively(), group="clipboard", exclusive=True)

    def number(self, row: Row) -> None:
        self.copy(row.number or "")

    def subject(self, row: Row) -> None:
        self.copy(one_line(row.subject or ""))

    def cite(self, row: Row) -> None:
        self.copy(citation(row, self.words))

    # The source

    def page(self, row: Row) -> None:
        """Show the letter's whole text in the user's pager."""

        def show(text: str | None) -> None:
            environ = outside.environment()
            command = outside.pager_command(environ)
            if text is None:
                self.screen.say("outside.no_text", "warning")
            elif command is None:
                self.screen.say("outside.no_pager", "warning")
            else:
                try:
                    with self.screen.app.suspend():
                        outside.page(text, command, environ)
                except SuspendNotSupported:
                    self.screen.say("outside.no_suspend", "warning")
                except OSError as error:
                    self.screen.say_text(self.words.error(error), "error")

        self._look(lambda: self.inbox.text(row.id), show)

    # The inbox's history

    def history(self) -> None:
        """Show what was done in the whole inbox; choosing an entry leads to its letter."""

        def look() -> tuple[tuple[HistoryItem, ...], dict[str, str]]:
            items = self.inbox.history(limit=HISTORY)
            ids = {edit.id for item in items for edit in item.edits}
            rows = [row for id in ids if (row := self.inbox.row(id)) is not None]
            return items, {row.id: self.screen.decide.names([row]) for row in rows}

        def show(found: tuple[tuple[HistoryItem, ...], dict[str, str]]) -> None:
            from tui_inbox.tui.screens.dialogs.choices import Choice, ChooseOne

            items, names = found
            letters = {str(item.seq): item.edits[0].id for item in items if item.edits}
            text = self.words.messages

            def chosen(seq: str | None) -> None:
                if seq is not None and letters[seq] in names:
                    self.screen.find.show_view(View.ALL)
                    self.screen.reload(letters[seq])

            self.screen.app.push_screen(
                ChooseOne(
                    text("dialogs.history.title"),
                    self.words,
                    self.screen.segmenter,
                    choices=[Choice(*line) for line in inbox_lines(items, names, self.words)],
                    placeholder=text("dialogs.history.placeholder"),
                    empty=text("dialogs.history.empty" if items else "tui.history.no_history"),
                    take=text("dialogs.history.take"),
                    leave=text("dialogs.setup.close"),
                    wide=True,
                ),
                chosen,
            )

        self._look(look, show)

    # Links

    def links(self, row: Row) -> None:
        def look() -> list[str]:
            letter = self.inbox.letter(row.id)
            documents = () if letter is None else letter.documents
            return list(dict.fromkeys(link for one in documents for link in one.links))

        def show(links: list[str]) -> None:
            if not links:
                self.screen.say("outside.no_links", "warning")
            elif len(links) == 1:
                self._confirm(links[0])
            else:
                self._choose(row, links)

        self._look(look, show)

    def _choose(self, row: Row, links: list[str]) -> None:
        from tui_inbox.tui.screens.dialogs.choices import Choice, ChooseOne

        text = self.words.messages

        def chosen(at: str | None) -> None:
            if at is not None:
                self._confirm(links[int(at)])

        self.screen.app.push_screen(
            ChooseOne(
                text("dialogs.links.title", name=self.screen.decide.names([row])),
                self.words,
                self.screen.segmenter,
                choices=[Choice(str(at), one_line(link)) for at, link in enumerate(links)],
                placeholder=text("dialogs.links.placeholder"),
                empty=text("dialogs.links.empty"),
                take=text("dialogs.links.take"),
            ),
            chosen,
        )

    def _confirm(self, link: str) -> None:
        from tui_inbox.tui.screens.dialogs.link import LinkDialog

        address = outside.web_address(link)
        if address is None:
            self.screen.say("outside.no_address", "warning", link=one_line(link))
            return

        def answered(what: str | None) -> None:
            if what == "copy":
                self.copy(address)
            elif what == "open" and browser is not None:
                if outside.browse(address, browser):
                    self.screen.say("outside.opened", "done", link=address)
                else:
                    self.screen.say("outside.no_browser", "warning")

        browser = outside.browser_command(outside.environment())
        self.screen.app.push_screen(
            LinkDialog(self.words, link=link, address=address, browser=browser is not None),
            answered,
        )

    def _look(self, look: Callable[[], _T], show: Callable[[_T], None]) -> None:
        """Ask the inbox beside the event loop, then go on, unless the user went elsewhere."""
        here: Screen[object] = self.screen.app.screen

        async def asked() -> None:
            try:
                found = await asyncio.to_thread(look)
            except (ServiceError, OSError, sqlite3.Error) as error:
                self.screen.say_text(self.words.error(error), "error")
                return
            if self.screen.app.screen is here:
                show(found)

        self.screen.run_worker(asked(), group="taking", exclusive=True)
