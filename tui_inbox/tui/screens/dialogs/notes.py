"""The notes of a letter: one's own can be changed and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_inbox.service import Note
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.screens.dialogs.base import Key
from tui_inbox.tui.screens.dialogs.choices import Choice, ChoosingDialog
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.wording import Words


class NotesDialog(ChoosingDialog[tuple[str, bool]]):
    """Gives ``(note's id, whether it is to be taken away)``; the newest note stands first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "remove", show=False, priority=True),
    ]

    def __init__(
        self, title: str, words: Words, segmenter: Segmenter, *, notes: Sequence[Note], me: str
    ) -> None:
        placeholder = words.messages("dialogs.notes.placeholder")
        input = ThaiInput(segmenter, placeholder=placeholder, id="dialog-input")
        super().__init__(title, words, input, empty=words.messages("dialogs.notes.empty"))
        self.notes = {note.id: note for note in reversed(notes)}
        self.me = me

    def choices(self) -> Sequence[Choice]:
        return [
            Choice(
                note.id,
                one_line(note.text),
                f"{one_line(note.author)} · {self.words.moment(note.at.isoformat())}",
            )
            for note in self.notes.values()
        ]

    def chosen(self, value: str) -> None:
        self._answer(value, remove=False)

    def action_remove(self) -> None:
        key = self.list.cursor_key
        if key is not None:
            self._answer(key, remove=True)

    def _answer(self, id: str, *, remove: bool) -> None:
        if self.notes[id].author != self.me:
            author = one_line(self.notes[id].author)
            self.complain(self.text("notes.not_yours", author=author))
        else:
            self.dismiss((id, remove))

    def key_row(self) -> Sequence[Key]:
        return [
            ("Enter", self.text("notes.edit"), "screen.take"),
            ("F8", self.text("notes.remove"), "screen.remove"),
            ("↑ ↓", self.text("move"), ""),
            ("Esc", self.text("cancel"), "screen.close"),
        ]
