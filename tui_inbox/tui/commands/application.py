"""The program itself: help, palette, looks, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Help(Command):
    name, keys, group, footer = "help", ("question_mark", "f1"), Group.APP, 1000

    def run(self, screen: MainScreen) -> None:
        screen.show_help()


class Palette(Command):
    name, keys, group = "palette", ("ctrl+p", "colon"), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.show_palette()


class Facets(Command):
    name, keys, group = "facets", ("b",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.panes.toggle_facets()


class Density(Command):
    name, keys, group = "density", ("d",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.toggle_density()


class Theme(Command):
    name, keys, group = "theme", ("D",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.toggle_theme()


class Rescan(Command):
    name, keys, group, footer = "rescan", ("r", "f5"), Group.APP, 90

    def run(self, screen: MainScreen) -> None:
        screen.rescan()


class History(Command):
    name, keys, group = "history", ("ctrl+e", "shift+f12"), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.take.history()


class ChangeSettings(Command):
    name, keys, group = "settings", ("comma",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.set_up.change()


class Quit(Command):
    name, keys, group, footer = "quit", ("q", "f10", "ctrl+q"), Group.APP, 100

    def run(self, screen: MainScreen) -> None:
        screen.leave()


COMMANDS: tuple[Command, ...] = (
    Help(),
    Palette(),
    Facets(),
    Density(),
    Theme(),
    Rescan(),
    History(),
    ChangeSettings(),
    Quit(),
)
