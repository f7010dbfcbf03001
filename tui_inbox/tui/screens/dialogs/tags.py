"""Putting tags on letters and taking them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.screens.dialogs.base import Key
from tui_inbox.tui.screens.dialogs.choices import Choice, ChoosingDialog
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.wording import Words

ON, PART, OFF = "[x]", "[-]", "[ ]"


class TagInput(ThaiInput):
    """An input that leaves Space to the list as long as nothing is typed."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        toggles = key == "space" and not self.value
        return not toggles and super().check_consume_key(key, character)


class TagDialog(ChoosingDialog[tuple[frozenset[str], frozenset[str]]]):
    """Gives ``(add, remove)``. ``known`` counts the letters of each tag; ``held`` says of how
    many of the ``count`` letters that are chosen each tag is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("ctrl+s", "f2"))), "save", show=False, priority=True),
        Binding("space", "toggle_tag", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        words: Words,
        segmenter: Segmenter,
        *,
        known: Mapping[str, int],
        held: Mapping[str, int],
        count: int,
    ) -> None:
        super().__init__(
            title,
            words,
            TagInput(
                segmenter, placeholder=words.messages("dialogs.tags.placeholder"), id="dialog-input"
            ),
            empty=words.messages("dialogs.tags.empty"),
        )
        self.known = dict(known)
        self.held = held
        self.count = count
        # What was decided here, over what the letters have.
        self.wanted: dict[str, bool] = {}
        # What the letters have stands first, and stays where it is while it is toggled.
        self.order = sorted(
            {*known, *held}, key=lambda tag: (tag not in held, -known.get(tag, 0), tag)
        )

    def choices(self) -> Sequence[Choice]:
        return [Choice(tag, one_line(tag), self._count(tag), self._mark(tag)) for tag in self.order]

    def _count(self, tag: str) -> str:
        count = self.known.get(tag, 0)
        return self.words("count.letters", count=self.words.number(count)) if count else ""

    def _mark(self, tag: str) -> str:
        if tag in self.wanted:
            return ON if self.wanted[tag] else OFF
        held = self.held.get(tag, 0)
        return ON if held == self.count else PART if held else OFF

    def free(self, typed: str, /) -> str | None:
        return self.text("tags.free", text=typed)

    def chosen(self, value: str) -> None:
        if value not in self.order:
            self.order.insert(0, value)
            self.wanted[value] = True
        else:
            self.wanted[value] = self._mark(value) != ON
        if self.typed:
            # The next one can be typed at once.
            self.input.value = ""
        self.narrow(stay=True)

    def action_toggle_tag(self) -> None:
        self.take()

    def action_save(self) -> None:
        # Behind the keys that were typed before it.
        self.input.call_later(self._save)

    def _save(self) -> None:
        if not self.is_current:
            return
        if self.typed:
            self.take()
        add = {tag for tag, on in self.wanted.items() if on and self.held.get(tag) != self.count}
        remove = {tag for tag, on in self.wanted.items() if not on and self.held.get(tag)}
        self.dismiss((frozenset(add), frozenset(remove)))

    def key_row(self) -> Sequence[Key]:
        return [
            ("Ctrl+S / F2", self.text("tags.save"), "screen.save"),
            ("Enter", self.text("tags.toggle"), "screen.take"),
            ("↑ ↓", self.text("move"), ""),
            ("Esc", self.text("cancel"), "screen.close"),
        ]
