"""What every command has: its keys, its words, when it may run, what it does."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui_inbox.tui.keys import with_twins

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Group(StrEnum):
    """The order of the help screen."""

    MOVE = "move"
    DECIDE = "decide"
    FIND = "find"
    READ = "read"
    APP = "app"


class Command:
    """Something that a person can do.

    ``keys`` are Textual's names, the first one is shown; ``footer`` is the rank in the key bar
    (0: not there). Texts: ``commands.<name>.label`` (short) and ``.help`` (one sentence).
    """

    name: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    group: ClassVar[Group]
    footer: ClassVar[int] = 0

    @property
    def id(self) -> str:
        return self.name

    @property
    def all_keys(self) -> tuple[str, ...]:
        return with_twins(self.keys)

    def binding(self) -> Binding:
        return Binding(
            ",".join(self.all_keys), f"command('{self.id}')", self.id, show=False, id=self.id
        )

    def label(self, screen: MainScreen) -> str:
        return screen.words.messages(f"commands.{self.id}.label")

    def help(self, screen: MainScreen) -> str:
        return screen.words.messages(f"commands.{self.id}.help")

    def refusal(self, _screen: MainScreen, /) -> str | None:
        """Why it cannot run now (``tui.refused.<code>``), or ``None``."""
        return None

    def run(self, screen: MainScreen) -> None:
        raise NotImplementedError
