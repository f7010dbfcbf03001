"""Writing a note."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.widgets.bars import Bar, KeyBar
from tui_inbox.tui.widgets.thai_area import ThaiTextArea
from tui_inbox.tui.wording import Words


class NoteScreen(ModalScreen[tuple[bool, str]]):
    """Gives ``(save, text)``: whether to save, and the text, which is a draft if not."""

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("ctrl+s", "f2"))), "save", "save", priority=True),
        Binding("escape", "close", "close"),
        Binding("f1", "noop", "help", show=False),
    ]

    def __init__(
        self, title: str, draft: str, words: Words, segmenter: Segmenter, *, optional: bool
    ) -> None:
        super().__init__()
        self.words = words
        self.draft = draft
        self.optional = optional
        self._title = title
        self.area = ThaiTextArea(draft, segmenter, id="note-text")
        self.heading = Bar(id="note-title")
        self.keys = KeyBar(id="note-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="note"):
            yield self.heading
            yield self.area
            yield self.keys

    def on_mount(self) -> None:
        self.heading.show([(self._title, "strong")])
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
        self.call_after_refresh(self._show_keys)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_keys)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._show_keys()

    @property
    def _empty(self) -> bool:
        return not self.area.text.strip()

    def _show_keys(self) -> None:
        words = self.words
        save = "note.save_empty" if self._empty and self.optional else "note.save"
        leave = "note.leave" if self._empty else "note.keep"
        self.keys.show_keys(
            [
                ("Ctrl+S / F2", words(save), "screen.save"),
                ("Esc", words(leave), "screen.close"),
            ]
        )

    def action_save(self) -> None:
        if self._empty and not self.optional:
            self.heading.show([(self.words("note.nothing"), "warning")])
            return
        self.dismiss((True, self.area.text.strip()))

    def action_close(self) -> None:
        self.dismiss((False, self.area.text if not self._empty else ""))

    def action_noop(self) -> None:
        """F1 explains the screen behind; here the keys stand below the text."""
