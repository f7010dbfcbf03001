"""What is seen, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Overview(Command):
    name, keys, group = "overview", ("O", "ctrl+o"), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_overview()


class Columns(Command):
    name, keys, group = "columns", ("C",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_columns()


class Resize(Command):
    """Share the room between the panes out anew."""

    group = Group.APP
    steps: ClassVar[int]

    def refusal(self, screen: MainScreen, /) -> str | None:
        return "one_pane" if screen.panes.narrow else None

    def run(self, screen: MainScreen) -> None:
        if not screen.sizes.grow(self.steps):
            screen.say("sizes.end")


class Wider(Resize):
    name, keys, steps = "wider", ("greater_than_sign",), 1


class Narrower(Resize):
    name, keys, steps = "narrower", ("less_than_sign",), -1


class ResetSizes(Resize):
    name, keys = "reset_sizes", ("equals_sign",)

    def run(self, screen: MainScreen) -> None:
        screen.sizes.reset()


class NextDocument(Command):
    name, keys, group = "next_document", ("right_square_bracket",), Group.READ
    step: ClassVar[int] = 1

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.detail.documents > 1 else "one_document"

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_document(self.step)


class PreviousDocument(NextDocument):
    name, keys, step = "previous_document", ("left_square_bracket",), -1


COMMANDS: tuple[Command, ...] = (
    NextDocument(),
    PreviousDocument(),
    Overview(),
    Columns(),
    Wider(),
    Narrower(),
    ResetSizes(),
)
