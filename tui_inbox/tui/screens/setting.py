"""Changing the settings from the screen, and asking for them the first time."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from tui_inbox.config import SettingsError, inbox_file, state_folder, user_file

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

log = logging.getLogger(__name__)

# The dialogs are imported where they are opened: the first paint does not need them.


class Setting:
    """The settings, as far as the screen can change them."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.folder = screen.inbox.folder

    def change(self) -> None:
        from tui_inbox.tui.screens.dialogs.settings import SettingsDialog

        self.screen.app.push_screen(
            SettingsDialog(self.words, self.screen.segmenter, self.folder),
            lambda changed: self.screen.say("set_up.next_start") if changed else None,
        )

    # The first time

    def welcome(self) -> None:
        """Ask who the office is, once, where nothing says so yet."""
        if self.words.settings.office.name is not None:
            return

        async def look() -> None:
            if await asyncio.to_thread(self._asked):
                return
            if self.screen.is_current and not self.screen.touched:
                self._ask()

        self.screen.run_worker(look(), group="welcome")

    def _asked(self) -> bool:
        return (state_folder() / "welcomed").exists() or user_file().exists()

    def _ask(self) -> None:
        from tui_inbox.tui.screens.dialogs.welcome import WelcomeDialog

        self.screen.app.push_screen(
            WelcomeDialog(
                self.words,
                self.screen.segmenter,
                folder=str(self.folder),
                settings=str(user_file()),
            ),
            self._answered,
        )

    def _answered(self, values: dict[str, Any] | None) -> None:
        async def write() -> None:
            try:
                await asyncio.to_thread(self._write, values or {})
            except SettingsError as error:
                from tui_inbox.tui.screens.dialogs.settings import error_text

                self.screen.say_text(error_text(self.words, error), "error")
            except OSError as error:
                detail = error.strerror or str(error)
                self.screen.say("set_up.not_written", "error", detail=detail)
            else:
                self.screen.say("set_up.next_start" if values else "set_up.skipped", "done")

        self.screen.run_worker(write(), group="welcome")

    def _write(self, values: dict[str, Any]) -> None:
        """What is the office's goes with the inbox, what is the person's to their own file."""
        from tui_inbox.config.writing import write_settings

        office = {key: value for key, value in values.items() if key.startswith("office.")}
        own = {key: value for key, value in values.items() if key not in office}
        if office:
            # Who may only read this inbox keeps it for themselves.
            shared = self.screen.writable
            write_settings(inbox_file(self.folder) if shared else user_file(), office)
        if own:
            write_settings(user_file(), own)
        state_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        (state_folder() / "welcomed").touch()
