"""One run of a command: its settings, its inbox, its words, its errors."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui_inbox.cli.command import Command, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.output import Output
from tui_inbox.config import Settings, SettingsError, load_settings
from tui_inbox.locale import Messages

if TYPE_CHECKING:
    from tui_inbox.service import Inbox

DEFAULT_FOLDER = "inbox"

# The store is well, it only does not do what was asked.
_REFUSED = frozenset(
    {
        "undo_conflict",
        "redo_conflict",
        "not_undoable",
        "unknown_letter",
        "unknown_note",
        "register_taken",
        "register_gap",
        "exists",
        "no_backup",
        "no_file",
        "no_folder",
        "in_inbox",
        "nothing",
    }
)


class Session:
    """What a command needs. ``given`` is the parsed command line."""

    def __init__(self, command: Command, given: argparse.Namespace) -> None:
        self.command = command
        self.given = given
        self.messages = Messages()
        self.output = Output()
        self.settings = Settings()
        self.folder = Path(DEFAULT_FOLDER)

    def run(self) -> ExitCode:
        """Do what the command line asks for; errors of settings, inbox and store are worded."""
        run = self.command.run or self._screen()
        try:
            self._load()
        except SettingsError as error:
            self._speak()
            self.say_settings(error)
            return ExitCode.WRONG_USE
        if self.command.loads is not Loads.INBOX:
            return run(self)
        # Imported here: a command that opens no inbox should not load what one needs.
        from tui_inbox.service import ActionFailed, InboxUnavailable
        from tui_inbox.triage.errors import QueryError

        try:
            return run(self)
        except InboxUnavailable as error:
            self._say_code("triage.unavailable", error.code, error.details)
        except QueryError as error:
            from tui_inbox.cli.queries import say_query_error

            say_query_error(self, error)
            return ExitCode.WRONG_USE
        except ActionFailed as error:
            self._say_code("ledger.error", error.code, error.details)
            if error.conflicts:
                from tui_inbox.cli.findings import say_conflicts

                say_conflicts(self, error.conflicts)
            if error.code in _REFUSED:
                return ExitCode.SOME_FAILED
        return ExitCode.UNAVAILABLE

    def open_inbox(self) -> Inbox:
        """The inbox as it was when it was last looked through.

        :raises InboxUnavailable: the folder is missing, no folder, or cannot be listed.
        """
        from tui_inbox.service import Inbox

        inbox = Inbox.open(self.folder, self.settings)
        if inbox.findings:
            from tui_inbox.cli.findings import wordings

            # Each is told once: opening has set it aside.
            for line in wordings(self.messages, inbox.findings):
                self.output.say(line)
        return inbox

    @contextmanager
    def inbox(self) -> Iterator[Inbox]:
        """The inbox as it is: a file may have come in, or been replaced, since."""
        with self.open_inbox() as inbox:
            inbox.refresh()
            yield inbox

    def say(self, key: str, /, **args: object) -> None:
        self.output.say(self.messages(key, **args))

    def date(self, iso: str) -> str:
        """A date as the settings want it; ``2024-06`` is a month without its day."""
        display = self.settings.display
        if display.dates == "iso":
            return iso
        from tui_inbox.locale.wording import date_text

        return date_text(self.messages, iso, thai_digits=display.digits == "thai")

    def say_settings(self, error: SettingsError) -> None:
        """Say which setting cannot be used."""
        for line in self.worded(error):
            self.output.say(line)

    def worded(self, error: SettingsError) -> list[str]:
        """Which setting cannot be used: where and what, and which was probably meant."""
        where = error.source if error.line is None else f"{error.source}:{error.line}"
        details = dict(error.details)
        if "expected" in details:
            details["expected"] = self.messages(f"config.expected.{details['expected']}")
        key = f"config.error.{error.code}"
        lines = [self.messages(key, where=where, key=error.key or "", **details)]
        if error.nearest is not None:
            lines.append(self.messages("config.error.nearest", nearest=error.nearest))
        return lines

    @staticmethod
    def _screen() -> Callable[[Session], ExitCode]:
        """What ``tui-inbox`` without a command does."""
        from tui_inbox.cli.screen import run

        return run

    def _speak(self) -> None:
        """Speak the language that is set, as far as the settings can be read."""
        # Imported here: what opens an inbox has its settings read whole.
        from tui_inbox.cli.parser import language_of

        self.messages = Messages(self.given.lang or language_of(()))

    def _load(self) -> None:
        named = None if self.given.inbox is None else Path(self.given.inbox)
        if self.command.loads is Loads.NOTHING:
            self._speak()
            self.folder = named or self.folder
            return
        flags, assignments = self.flags, self.given.set or ()
        if named is None and self.command.loads is Loads.INBOX:
            set_folder = load_settings(flags=flags, assignments=assignments).inbox
            named = Path(set_folder or DEFAULT_FOLDER).expanduser()
        self.settings = load_settings(named, flags=flags, assignments=assignments)
        self.messages = Messages(self.settings.language)
        self.folder = named or self.folder

    @property
    def flags(self) -> dict[str, object]:
        """The settings that options of their own set."""
        return {} if self.given.lang is None else {"language": self.given.lang}

    def _say_code(self, group: str, code: str, details: dict[str, str]) -> None:
        key = f"{group}.{code}"
        if key not in self.messages:
            self.say("cli.error.code", code=code, detail=" ".join(details.values()))
            return
        self.output.say(self.messages(key, **details))
