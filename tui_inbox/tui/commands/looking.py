"""What is seen, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Overview(Command):
    name, keys, group = "overview", ("O", "f12"), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_overview()


COMMANDS: tuple[Command, ...] = (Overview(),)
