"""Moving in the panes and between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

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


class NextUrgent(Command):
    name, keys, group = "next_urgent", ("J", "ctrl+down"), Group.MOVE

    step: ClassVar[int] = 1

    def refusal(self, screen: MainScreen, /) -> str | None:
        found = screen.flow.find(self.step, urgent=True)
        return None if found is not None else "no_urgent"

    def run(self, screen: MainScreen) -> None:
        screen.flow.go(self.step, urgent=True)


class PreviousUrgent(NextUrgent):
    name, keys, step = "previous_urgent", ("K", "ctrl+up"), -1


class NextUnhandled(Command):
    name, keys, group = "next_unhandled", ("z", "ctrl+n"), Group.MOVE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.flow.find(1, urgent=False) is not None else "no_unhandled"

    def run(self, screen: MainScreen) -> None:
        screen.flow.go(1, urgent=False)


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
    NextUrgent(),
    PreviousUrgent(),
    NextUnhandled(),
)
