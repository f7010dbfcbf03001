"""Which columns the list shows, and in which order; the list behind follows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, get_args

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_inbox.config import Column
from tui_inbox.thai.cells import pad
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.widgets.bars import Bar
from tui_inbox.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

NAMES: tuple[str, ...] = get_args(Column)


class ColumnList(VirtualList):
    """Every column there is: the shown ones in their order, then the others."""

    SINGLE_CLICK = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {"columns--sign", "columns--off"}

    def __init__(self, behind: MainScreen, *, id: str) -> None:
        super().__init__(id=id)
        self.words = behind.words
        self.chosen = list(behind.letters.columns)
        self._show(None)

    @property
    def names(self) -> list[str]:
        return [*self.chosen, *(name for name in NAMES if name not in self.chosen)]

    def _show(self, go: str | None) -> None:
        self.set_keys(self.names, go=go)

    def toggle(self) -> bool:
        """Show the column or hide it; ``False`` for the last one, which stays."""
        name = self.cursor_key
        if name is None or self.chosen == [name]:
            return False
        if name in self.chosen:
            self.chosen.remove(name)
        else:
            self.chosen.append(name)
        self._show(name)
        return True

    def shift(self, step: int) -> None:
        """Move the column among those that are shown."""
        name = self.cursor_key
        if name is None or name not in self.chosen:
            return
        at = self.chosen.index(name)
        self.chosen.remove(name)
        self.chosen.insert(max(0, at + step), name)
        self._show(name)

    def row_segments(self, index: int, _line: int, width: int, base: Style, /) -> list[Segment]:
        name = self.names[index]
        is_on = name in self.chosen
        sign = base + self.get_component_rich_style("columns--sign", partial=True)
        off = self.get_component_rich_style("columns--off", partial=True)
        edge = "▌" if index == self.cursor else " "
        box = "[✓] " if is_on else "[ ] "
        label = self.words.messages(f"overview.column.{name}")
        return [
            Segment(edge + box, sign),
            Segment(pad(label, width - len(edge + box)), base if is_on else base + off),
        ]


class ColumnsScreen(ModalScreen[None]):
    CSS_PATH = "columns.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("escape", "q", "C"))), "close"),
        Binding(",".join(with_twins(("j", "down"))), "move(1)"),
        Binding(",".join(with_twins(("k", "up"))), "move(-1)"),
        Binding("space,enter", "switch"),
        Binding(",".join(with_twins(("J", "shift+down", "right"))), "shift(1)"),
        Binding(",".join(with_twins(("K", "shift+up", "left"))), "shift(-1)"),
    ]

    def __init__(self, behind: MainScreen) -> None:
        super().__init__()
        self.behind = behind
        self.bar = Bar(id="columns-title")
        self.list = ColumnList(behind, id="columns-list")
        self.keys = Bar(id="columns-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="columns"):
            yield self.bar
            yield self.list
            yield self.keys

    def on_mount(self) -> None:
        text = self.behind.words.messages
        self.bar.show_actions(
            [(text("overview.columns.title"), "strong", "")],
            [
                ("Esc", "key", "screen.close"),
                (f" {text('overview.columns.close')}", "", "screen.close"),
            ],
        )
        parts: list[tuple[str, str]] = []
        for key, name in (("Space", "toggle"), ("← →", "shift")):
            parts += [("  " if parts else "", ""), (key, "key")]
            parts.append((f" {text(f'overview.columns.{name}')}", ""))
        self.keys.show(parts)
        self.list.focus()

    @on(VirtualList.Chosen)
    def action_switch(self) -> None:
        if self.list.toggle():
            self._follow()

    def action_move(self, rows: int) -> None:
        self.list.move(rows)

    def action_shift(self, step: int) -> None:
        self.list.shift(step)
        self._follow()

    def _follow(self) -> None:
        self.behind.letters.set_columns(tuple(self.list.chosen))

    def action_close(self) -> None:
        self.dismiss(None)
