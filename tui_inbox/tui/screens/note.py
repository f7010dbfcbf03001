"""Writing a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import TextArea

from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.widgets.bars import Bar, KeyBar
from tui_inbox.tui.widgets.thai_area import ThaiTextArea
from tui_inbox.tui.wording import Words

#: Seconds without a key after which what is written is kept as a draft.
KEEP_AFTER = 0.4


class NoteScreen(ModalScreen[tuple[bool, str]]):
    """Gives ``(save, text)``: whether to save, and the text, which is a draft if not.

    ``keep`` is called with the text whenever the writer pauses. ``templates`` are offered by a key.
    """

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("ctrl+s", "f2"))), "save", "save", priority=True),
        Binding(",".join(with_twins(("ctrl+t", "f3"))), "templates", priority=True, show=False),
        Binding("escape", "close", "close"),
        Binding("f1", "noop", "help", show=False),
    ]

    def __init__(
        self,
        title: str,
        draft: str,
        words: Words,
        segmenter: Segmenter,
        *,
        optional: bool,
        keep: Callable[[str], None],
        templates: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.words = words
        self.segmenter = segmenter
        self.draft = draft
        self.optional = optional
        self.templates = templates
        self._keep = keep
        self._title = title
        self._pause: Timer | None = None
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
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(KEEP_AFTER, lambda: self._keep(self.area.text))

    @property
    def _empty(self) -> bool:
        return not self.area.text.strip()

    def _show_keys(self) -> None:
        words = self.words
        save = "note.save_empty" if self._empty and self.optional else "note.save"
        leave = "note.leave" if self._empty else "note.keep"
        keys = [("Ctrl+S / F2", words(save), "screen.save")]
        if self.templates:
            keys.append(("Ctrl+T / F3", words("note.templates"), "screen.templates"))
        self.keys.show_keys([*keys, ("Esc", words(leave), "screen.close")])

    def action_save(self) -> None:
        # Behind the keys that were typed before it: none of them may be left out.
        self.area.call_later(self._save)

    def _save(self) -> None:
        if not self.is_current:
            return
        if self._empty and not self.optional:
            self.heading.show([(self.words("note.nothing"), "warning")])
            return
        self._leave((True, self.area.text.strip()))

    def action_close(self) -> None:
        self._leave((False, self.area.text if not self._empty else ""))

    def _leave(self, result: tuple[bool, str]) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.dismiss(result)

    def action_templates(self) -> None:
        if not self.templates:
            return
        from tui_inbox.tui.screens.dialogs.choices import Choice, ChooseOne

        text = self.words.messages

        def chosen(at: str | None) -> None:
            if at is not None:
                self.area.insert(self.templates[int(at)])
            self.area.focus()

        self.app.push_screen(
            ChooseOne(
                text("dialogs.templates.title"),
                self.words,
                self.segmenter,
                choices=[
                    Choice(str(at), one_line(template))
                    for at, template in enumerate(self.templates)
                ],
                placeholder=text("dialogs.templates.placeholder"),
                empty=text("dialogs.templates.empty"),
                take=text("dialogs.templates.take"),
            ),
            chosen,
        )

    def action_noop(self) -> None:
        """F1 explains the screen behind; here the keys stand below the text."""
