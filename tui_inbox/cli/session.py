"""One run of a command: its settings, its inbox, its words, its errors."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.output import Output
from tui_inbox.config import Settings, SettingsError, load_settings
from tui_inbox.locale import Messages

if TYPE_CHECKING:
    from tui_inbox.service import Inbox

DEFAULT_FOLDER = "inbox"


# The store is well, it only does not do what was asked.
_REFUSED = frozenset({"undo_conflict", "redo_conflict", "not_undoable", "unknown_letter"})


class Session:
    """What a command needs. ``given`` is the parsed command line."""

    def __init__(self, given: argparse.Namespace, messages: Messages) -> None:
        self.given = given
        self.messages = messages
        self.output = Output()
        self.settings = Settings()
        self.folder = Path(DEFAULT_FOLDER)

    def run(self) -> ExitCode:
        """Do what the command line asks for; errors of settings, inbox and store are worded."""
        command = self._command()
        try:
            self._load()
        except SettingsError as error:
            self._say_settings(error)
            return ExitCode.WRONG_USE
        if self.given.command == "parse":
            return command(self)
        # Imported here: `parse` opens no inbox, so it should not load what one needs.
        from tui_inbox.service import ActionFailed, InboxUnavailable

        try:
            return command(self)
        except InboxUnavailable as error:
            self._say_code("triage.unavailable", error.code, error.details)
        except ActionFailed as error:
            self._say_code("ledger.error", error.code, error.details)
            if error.code in _REFUSED:
                return ExitCode.SOME_FAILED
        return ExitCode.UNAVAILABLE

    def open_inbox(self) -> Inbox:
        """:raises InboxUnavailable: the folder is missing, no folder, or cannot be listed."""
        from tui_inbox.service import Inbox

        return Inbox.open(self.folder, self.settings)

    def say(self, key: str, /, **args: object) -> None:
        self.output.say(self.messages(key, **args))

    def date(self, iso: str) -> str:
        """A date as the settings want it; ``2024-06`` is a month without its day."""
        display = self.settings.display
        if display.dates == "iso":
            return iso
        from tui_inbox.locale.wording import date_text

        return date_text(self.messages, iso, thai_digits=display.digits == "thai")

    def _command(self) -> Callable[[Session], ExitCode]:
        match self.given.command:
            case None:
                from tui_inbox.cli.screen import run
            case "parse":
                from tui_inbox.cli.parse import run
            case _:
                from tui_inbox.cli.letters import COMMANDS

                return COMMANDS[self.given.command]
        return run

    def _load(self) -> None:
        flags = {"language": self.given.lang} if "lang" in self.given else {}
        named = getattr(self.given, "inbox", None)
        inbox = None if named is None else Path(named)
        if self.given.command != "parse" and inbox is None:
            set_folder = load_settings(flags=flags).inbox
            inbox = Path(set_folder or DEFAULT_FOLDER).expanduser()
        self.settings = load_settings(inbox, flags=flags)
        self.messages = Messages(self.settings.language)
        if inbox is not None:
            self.folder = inbox

    def _say_settings(self, error: SettingsError) -> None:
        where = error.source if error.line is None else f"{error.source}:{error.line}"
        details = dict(error.details)
        if "expected" in details:
            details["expected"] = self.messages(f"config.expected.{details['expected']}")
        self.say(f"config.error.{error.code}", where=where, key=error.key or "", **details)
        if error.nearest is not None:
            self.say("config.error.nearest", nearest=error.nearest)

    def _say_code(self, group: str, code: str, details: dict[str, str]) -> None:
        key = f"{group}.{code}"
        if key not in self.messages:
            self.say("cli.error.code", code=code, detail=" ".join(details.values()))
            return
        self.output.say(self.messages(key, **details))
