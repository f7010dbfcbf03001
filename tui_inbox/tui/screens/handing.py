"""What the screen hands on: the register as a file, a cover note on the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tui_inbox.tui import work as jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_inbox.triage import Row
    from tui_inbox.tui.screens.main import MainScreen


class Handing:
    """Everything is made beside the event loop; the status line tells what came of it."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def register(self, *, month: bool) -> None:
        """Write the register of today or of this month into the folder that one works in."""
        screen = self.screen
        screen.say("handing.working")
        messages = screen.words.messages
        self._make(partial(jobs.save_register, screen.inbox, Path.cwd(), month, messages))

    def cover(self, row: Row) -> None:
        """Copy the cover note of a letter."""
        screen = self.screen
        self._make(partial(jobs.make_cover, screen.inbox, row.id, screen.words.messages))

    def handed(self, message: jobs.Handed) -> None:
        screen = self.screen
        if message.path is not None:
            screen.say("handing.written", "done", path=message.path)
        elif message.text is None:
            screen.say("refused.no_letter", "warning")
        else:
            screen.take.fill(message.text)
            screen.say("handing.copied", "done", line=message.text.strip().partition("\n")[0])

    def _make(self, job: Callable[[], Message]) -> None:
        screen = self.screen
        screen.run_worker(
            lambda: screen.post_message(job()), group="handing", exclusive=True, thread=True
        )
