"""The first time: who the office is, who works here, and where things lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui_inbox.config import SettingsError
from tui_inbox.config.values import from_text
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.screens.dialogs.base import Dialog, Key
from tui_inbox.tui.screens.dialogs.settings import error_text
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.wording import Words

FIELDS = ("office.name", "office.aliases", "office.units", "user.name")


class WelcomeDialog(Dialog[dict[str, Any]]):
    """Gives what was filled in, by key; ``None`` where it was skipped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("ctrl+s", "f2"))), "save", show=False, priority=True),
        Binding("enter,down", "next(1)", show=False, priority=True),
        Binding("up", "next(-1)", show=False, priority=True),
    ]

    def __init__(self, words: Words, segmenter: Segmenter, *, folder: str, settings: str) -> None:
        super().__init__(words.messages("dialogs.welcome.title"), words)
        self.about = Static(
            self.text("welcome.about", folder=folder, settings=settings),
            markup=False,
            id="welcome-about",
        )
        self.inputs = {
            key: ThaiInput(
                segmenter,
                placeholder=self.text(f"welcome.{key.replace('.', '_')}"),
                id=f"welcome-{key.replace('.', '-')}",
            )
            for key in FIELDS
        }

    def body(self) -> Iterable[Widget]:
        yield self.about
        for key, input in self.inputs.items():
            yield Static(
                self.words.messages(f"settings.{key}"), markup=False, classes="welcome-label"
            )
            yield input

    def on_mount(self) -> None:
        super().on_mount()
        self.inputs[FIELDS[0]].focus()

    def key_row(self) -> Sequence[Key]:
        return [
            ("Ctrl+S / F2", self.text("welcome.save"), "screen.save"),
            ("Enter", self.text("welcome.next"), ""),
            ("Esc", self.text("welcome.skip"), "screen.close"),
        ]

    def action_next(self, step: int) -> None:
        inputs = list(self.inputs.values())
        at = inputs.index(self.focused) if isinstance(self.focused, ThaiInput) else 0
        if step > 0 and at == len(inputs) - 1:
            self.action_save()
        else:
            inputs[(at + step) % len(inputs)].focus()

    def action_save(self) -> None:
        # Behind the keys that were typed before it.
        (self.focused or self).call_later(self._save)

    def _save(self) -> None:
        if not self.is_current:
            return
        values: dict[str, Any] = {}
        for key, input in self.inputs.items():
            text = input.value.strip()
            if not text:
                continue
            try:
                values[key] = from_text(key, text, "settings.toml")
            except SettingsError as error:
                input.focus()
                self.complain(error_text(self.words, error))
                return
        self.dismiss(values or None)
