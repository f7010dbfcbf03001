"""Handing on what the office keeps: its register, a letter's cover note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class ExportDay(Command):
    name, keys, group = "export_day", ("P",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.hand.register(month=False)


class ExportMonth(Command):
    name, keys, group = "export_month", ("H",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.hand.register(month=True)


class CopyCover(Command):
    name, keys, group = "copy_cover", ("Y",), Group.READ

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        row = screen.letters.row
        if row is not None:
            screen.hand.cover(row)


COMMANDS: tuple[Command, ...] = (ExportDay(), ExportMonth(), CopyCover())
