"""Moving in the panes and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Down(Command):
    name, keys, group = "down", ("j", "down"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move(1)


class Up(Command):
    name, keys, group = "up", ("k", "up"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move(-1)


class First(Command):
    name, keys, group = "first", ("g", "home"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.go_first()


class Last(Command):
    name, keys, group = "last", ("G", "end"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.go_last()


class PageDown(Command):
    name, keys, group = "page_down", ("pagedown", "ctrl+f"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move_page(1)


class PageUp(Command):
    name, keys, group = "page_up", ("pageup", "ctrl+b"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move_page(-1)


class Open(Command):
    name, keys, group, footer = "open", ("enter", "l"), Group.MOVE, 20

    def run(self, screen: MainScreen) -> None:
        screen.panes.open()


class Back(Command):
    name, keys, group = "back", ("escape", "h"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.panes.back()


class NextPane(Command):
    name, keys, group = "next_pane", ("tab", "f6"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        # In the search box Tab puts in what can follow, as in every shell.
        if screen.focused is not screen.search or not screen.find.asked.complete():
            screen.panes.cycle_panes(1)


class PreviousPane(Command):
    name, keys, group = "previous_pane", ("shift+tab", "shift+f6"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.panes.cycle_panes(-1)


COMMANDS: tuple[Command, ...] = (
    Down(),
    Up(),
    First(),
    Last(),
    PageDown(),
    PageUp(),
    Open(),
    Back(),
    NextPane(),
    PreviousPane(),
)
