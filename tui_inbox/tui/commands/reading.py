"""Reading a letter, and taking something out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.letter import Secrecy
from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.triage import Row
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


class OfLetter(Command):
    """A command on the letter under the cursor; ``take`` is run with its row."""

    group = Group.READ

    def missing(self, _row: Row, /) -> str | None:
        """Why there is nothing to take out of it."""
        return None

    def take(self, screen: MainScreen, row: Row) -> None:
        raise NotImplementedError

    def refusal(self, screen: MainScreen, /) -> str | None:
        row = screen.letters.row
        return "no_letter" if row is None else self.missing(row)

    def run(self, screen: MainScreen) -> None:
        row = screen.letters.row
        if row is not None:
            self.take(screen, row)


class CopyNumber(OfLetter):
    name, keys = "copy", ("y",)

    def missing(self, row: Row, /) -> str | None:
        return None if row.number else "no_number"

    def take(self, screen: MainScreen, row: Row) -> None:
        screen.take.number(row)


class CopySubject(OfLetter):
    name, keys = "copy_subject", ("alt+y",)

    def missing(self, row: Row, /) -> str | None:
        return None if row.subject and row.secrecy is Secrecy.NONE else "no_subject"

    def take(self, screen: MainScreen, row: Row) -> None:
        screen.take.subject(row)


class CopyCitation(OfLetter):
    name, keys = "cite", ("Q",)

    def missing(self, row: Row, /) -> str | None:
        return None if row.number or row.date or row.subject else "no_citation"

    def take(self, screen: MainScreen, row: Row) -> None:
        screen.take.cite(row)


class OpenSource(OfLetter):
    name, keys = "page", ("F",)

    def missing(self, row: Row, /) -> str | None:
        return None if row.problem is None else "unread"

    def take(self, screen: MainScreen, row: Row) -> None:
        screen.take.page(row)


class OpenLink(OfLetter):
    name, keys = "link", ("ctrl+l",)

    def missing(self, row: Row, /) -> str | None:
        return None if row.problem is None else "unread"

    def take(self, screen: MainScreen, row: Row) -> None:
        screen.take.links(row)


COMMANDS: tuple[Command, ...] = (
    NextTab(),
    PreviousTab(),
    NextEvidence(),
    PreviousEvidence(),
    CopyNumber(),
    CopySubject(),
    CopyCitation(),
    OpenSource(),
    OpenLink(),
)
