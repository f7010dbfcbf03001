"""A list that is narrowed by typing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui_inbox.thai.cells import cells, one_line, pad, truncate
from tui_inbox.thai.keyboard import swap_layout
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.screens.dialogs.base import Dialog, Key, Result
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import Words

_TONE_IN_AM = re.compile("\u0e4d([\u0e48-\u0e4b])")
_FREE = "\0free"


def fold(text: str) -> str:
    """Text as it is compared: case, width and the spelling of SARA AM make no difference."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_TONE_IN_AM.sub("\\1\u0e4d", wide).split())


def matching(names: Iterable[str], typed: str) -> list[int]:
    """Which of ``names`` hold every word that was typed, those that begin with it first.

    Where none does, what was typed is taken as of the other keyboard layout.
    """
    folded = [fold(name) for name in names]
    for text in (typed, swap_layout(typed)):
        parts = fold(text or "").split()
        if text is None or not parts:
            continue
        found = [at for at, name in enumerate(folded) if all(part in name for part in parts)]
        if found:
            whole = " ".join(parts)
            return sorted(found, key=lambda at: not folded[at].startswith(whole))
    return [] if typed.strip() else list(range(len(folded)))


@dataclass(frozen=True)
class Choice:
    """``mark`` stands before the label: a sign of whether it is taken."""

    value: str
    label: str
    detail: str = ""
    mark: str = ""


class ChoiceList(VirtualList):
    """What can be chosen; in a dialog the keys stay with the input above it."""

    SINGLE_CLICK = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choices--detail",
        "choices--mark",
        "choices--hit",
        "choices--free",
    }

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self.choices: Sequence[Choice] = ()

    def show(self, choices: Sequence[Choice], *, stay: bool = False) -> None:
        self.choices = choices
        self.set_keys([choice.value for choice in choices])
        if not stay:
            self.go_first()
        self.refresh()

    def row_segments(self, index: int, _line: int, width: int, base: Style, /) -> list[Segment]:
        choice, current = self.choices[index], index == self.cursor

        def style(name: str) -> Style:
            return base + self.get_component_rich_style(f"choices--{name}", partial=True)

        mark = f"{choice.mark} " if choice.mark else ""
        detail = truncate(choice.detail, width // 2)
        room = max(1, width - 3 - cells(mark) - cells(detail))
        return [
            Segment("▌" if current else " ", style("hit")),
            Segment(mark, style("mark")),
            Segment(pad(choice.label, room), style("free") if choice.value == _FREE else base),
            Segment(f" {detail} ", style("detail")),
        ]


class ChoosingDialog(Dialog[Result]):
    """An input over a list that it narrows; ``free`` words a row for what is typed itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
    ]

    def __init__(self, title: str, words: Words, input: ThaiInput, *, empty: str) -> None:
        super().__init__(title, words)
        self.input = input
        self.list = ChoiceList(id="dialog-list")
        self.list.empty_text = empty

    def body(self) -> Iterable[Widget]:
        yield self.input
        yield self.list

    def on_mount(self) -> None:
        super().on_mount()
        self.narrow()
        self.input.focus()

    @property
    def typed(self) -> str:
        return " ".join(self.input.value.split())

    def choices(self) -> Sequence[Choice]:
        """All that can be chosen."""
        raise NotImplementedError

    def free(self, _typed: str, /) -> str | None:
        """The row that takes what was typed as it is, if that can be."""
        return None

    def chosen(self, value: str) -> None:
        """A row was chosen; what was typed comes as itself."""
        raise NotImplementedError

    def narrow(self, *, stay: bool = False) -> None:
        every, typed = self.choices(), self.typed
        found = [every[at] for at in matching([choice.label for choice in every], typed)]
        known = {fold(choice.label) for choice in found}
        label = self.free(typed) if typed and fold(typed) not in known else None
        if label is not None:
            found.append(Choice(_FREE, one_line(label)))
        self.list.show(found, stay=stay)
        self.show_keys()

    def take(self) -> None:
        key = self.list.cursor_key
        if key is not None:
            self.chosen(self.typed if key == _FREE else key)

    @on(Input.Changed, "#dialog-input")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.calm()
        self.narrow()

    @on(Input.Submitted, "#dialog-input")
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.take()

    @on(VirtualList.Chosen)
    def _clicked(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.take()

    def on_click(self, _event: events.Click) -> None:
        self.input.focus()

    def action_move(self, rows: int) -> None:
        self.list.move(rows)

    def action_take(self) -> None:
        self.take()


class ChooseOne(ChoosingDialog[str]):
    """Gives the chosen value, or what was typed where ``free`` words a row for it."""

    def __init__(
        self,
        title: str,
        words: Words,
        segmenter: Segmenter,
        *,
        choices: Sequence[Choice],
        placeholder: str,
        empty: str,
        take: str,
        free: Callable[[str], str | None] | None = None,
        leave: str | None = None,
        wide: bool = False,
    ) -> None:
        input = ThaiInput(segmenter, placeholder=placeholder, id="dialog-input")
        super().__init__(title, words, input, empty=empty)
        self._choices = choices
        self.set_class(wide, "-wide")
        self._free = free
        self._take = take
        self._leave = leave or self.text("cancel")

    def choices(self) -> Sequence[Choice]:
        return self._choices

    def free(self, typed: str, /) -> str | None:
        return None if self._free is None else self._free(typed)

    def chosen(self, value: str) -> None:
        self.dismiss(value)

    def key_row(self) -> Sequence[Key]:
        return [
            ("Enter", self._take, "screen.take"),
            ("↑ ↓", self.text("move"), ""),
            ("Esc", self._leave, "screen.close"),
        ]
