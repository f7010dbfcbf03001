"""Reading a letter, and taking something out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class NextTab(Command):
    name, keys, group, footer = "next_tab", ("t", "right"), Group.READ, 40

    def run(self, screen: MainScreen) -> None:
        screen.panes.turn_tab(1)


class PreviousTab(Command):
    name, keys, group = "previous_tab", ("T", "left"), Group.READ

    def run(self, screen: MainScreen) -> None:
        screen.panes.turn_tab(-1)


class NextEvidence(Command):
    name, keys, group, footer = "evidence", ("e", "f11"), Group.READ, 80

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.detail.evidence or screen.detail.has_hits else "no_evidence"

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_evidence(1)


class PreviousEvidence(NextEvidence):
    name, keys, footer = "previous_evidence", ("E", "shift+f11"), 0

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_evidence(-1)


class CopyNumber(Command):
    name, keys, group = "copy", ("y",), Group.READ

    def refusal(self, screen: MainScreen, /) -> str | None:
        row = screen.letters.row
        if row is None:
            return "no_letter"
        return None if row.number else "no_number"

    def run(self, screen: MainScreen) -> None:
        screen.copy_number()


COMMANDS: tuple[Command, ...] = (
    NextTab(),
    PreviousTab(),
    NextEvidence(),
    PreviousEvidence(),
    CopyNumber(),
)
