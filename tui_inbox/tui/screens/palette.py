"""Every command by its name: type to filter, Enter runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui_inbox.thai.cells import cells, pad
from tui_inbox.thai.keyboard import swap_layout
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.commands import COMMANDS, Command
from tui_inbox.tui.screens.dialogs.choices import fold
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

# They only make sense under the finger.
_NOT_LISTED = frozenset({"up", "down", "first", "last", "page_up", "page_down", "palette"})


class CommandList(VirtualList):
    SINGLE_CLICK = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"commands--key", "commands--refused"}

    def __init__(self, screen: MainScreen, *, id: str) -> None:
        super().__init__(id=id)
        self.behind = screen
        self.commands: list[Command] = []
        self.empty_text = screen.words("palette.none")

    def show(self, commands: list[Command]) -> None:
        self.commands = commands
        self.set_keys([command.id for command in commands])
        self.go_first()

    def row_segments(self, index: int, _line: int, width: int, base: Style, /) -> list[Segment]:
        command, words = self.commands[index], self.behind.words
        refusal = command.refusal(self.behind)
        key = words.keymap.shown(command)
        key_style = base + self.get_component_rich_style("commands--key", partial=True)
        text_style = base
        text = command.help(self.behind)
        if refusal is not None:
            text = f"{text} — {words(f'refused.{refusal}')}"
            text_style += self.get_component_rich_style("commands--refused", partial=True)
        bar = "▌" if index == self.cursor else " "
        room = max(1, width - 3 - cells(key))
        return [
            Segment(bar, key_style),
            Segment(pad(text, room), text_style),
            Segment(f" {key} ", key_style),
        ]


class PaletteScreen(ModalScreen[str | None]):
    """Gives the chosen command's id."""

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", priority=True),
        Binding("down", "move(1)", priority=True),
        Binding("up", "move(-1)", priority=True),
        Binding("pagedown", "move(10)", priority=True),
        Binding("pageup", "move(-10)", priority=True),
    ]

    def __init__(self, behind: MainScreen, segmenter: Segmenter) -> None:
        super().__init__()
        self.behind = behind
        self.input = ThaiInput(
            segmenter, placeholder=behind.words("palette.placeholder"), id="palette-input"
        )
        self.commands = CommandList(behind, id="palette-list")
        self.commands.can_focus = False

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            yield self.input
            yield self.commands

    def on_mount(self) -> None:
        self._filter("")
        self.input.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._filter(event.value)

    def _filter(self, text: str) -> None:
        found = self._matching(text)
        if not found and (swapped := swap_layout(text)) is not None:
            found = self._matching(swapped)
        self.commands.show(found)

    def _matching(self, text: str) -> list[Command]:
        wanted = fold(text).split()
        return [
            command
            for command in COMMANDS
            if command.id not in _NOT_LISTED
            and all(part in self._words_of(command) for part in wanted)
        ]

    def _words_of(self, command: Command) -> str:
        names = (command.id, command.label(self.behind), command.help(self.behind))
        return fold(" ".join(names))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self.commands.cursor_key)

    @on(VirtualList.Chosen)
    def _chosen(self, event: VirtualList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_move(self, rows: int) -> None:
        self.commands.move(rows)
