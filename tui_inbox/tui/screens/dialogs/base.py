"""What every dialog has: a heading that can complain, a body, and its keys at the bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from tui_inbox.tui.widgets.bars import Bar, KeyBar
from tui_inbox.tui.wording import Words

Result = TypeVar("Result")

Key = tuple[str, str, str]
"""A key as it is shown, its label, and the action that a click on it runs."""


# Lines from which there is room for blank ones.
BREAKPOINTS = [(0, "-short"), (20, "-tall")]


class Dialog(ModalScreen[Result | None], Generic[Result]):
    """Gives its result, or ``None`` where it was left."""

    CSS_PATH = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        # F1 explains the screen behind; here the keys stand below.
        Binding("f1", "noop", show=False),
    ]

    def __init__(self, title: str, words: Words) -> None:
        super().__init__()
        self.words = words
        self._title = title
        self.heading = Bar(id="dialog-title")
        self.keys = KeyBar(id="dialog-keys")

    def text(self, key: str, /, **args: object) -> str:
        """A text of ``dialogs``."""
        return self.words.messages(f"dialogs.{key}", **args)

    def body(self) -> Iterable[Widget]:
        raise NotImplementedError

    def key_row(self) -> Sequence[Key]:
        """The keys that matter now, the most useful first; the last is always in sight."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="dialog"):
            yield self.heading
            yield from self.body()
            yield self.keys

    def on_mount(self) -> None:
        self.heading.show([(self._title, "strong")])
        self.call_after_refresh(self.show_keys)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_keys)

    def show_keys(self) -> None:
        if self.is_mounted:
            self.keys.show_keys(self.key_row())

    def complain(self, text: str) -> None:
        """Say in the heading why it cannot be so."""
        self.heading.show([(text, "warning")])

    def calm(self) -> None:
        """Take the complaint back: something was changed."""
        self.heading.show([(self._title, "strong")])

    def action_close(self) -> None:
        self.dismiss(None)

    def action_noop(self) -> None:
        """Nothing: the key is not to reach the screen behind."""
