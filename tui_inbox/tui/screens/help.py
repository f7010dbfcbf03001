"""All keys, those of the focused pane first, with why the ones that cannot run now cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_inbox.thai.cells import cells
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.commands import COMMANDS, Command, Group
from tui_inbox.tui.keys import shown_key, with_twins
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.widgets.bars import Bar
from tui_inbox.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class HelpScreen(ModalScreen[None]):
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(with_twins(("escape", "q", "question_mark", "f1", "enter"))), "close"),
        Binding(",".join(with_twins(("j", "down"))), "move(1)"),
        Binding(",".join(with_twins(("k", "up"))), "move(-1)"),
        Binding("pagedown,space", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding(",".join(with_twins(("g", "home"))), "first"),
        Binding(",".join(with_twins(("G", "end"))), "last"),
    ]

    def __init__(self, behind: MainScreen, segmenter: Segmenter) -> None:
        super().__init__()
        self.behind = behind
        self.words = behind.words
        self.bar = Bar(id="help-title")
        self.reader = Reader(segmenter, id="help-text")

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield self.bar
            yield self.reader

    def on_mount(self) -> None:
        words = self.words
        self.bar.show_actions(
            [(words("help.title"), "strong", "")],
            [("Esc", "key", "screen.close"), (f" {words('help.close')}", "", "screen.close")],
        )
        self.reader.show(self._page())
        self.reader.focus()

    def _page(self) -> list[Paragraph]:
        words = self.words
        found = [
            Paragraph(words(f"help.context.{self.behind.context}")),
            Paragraph(""),
            Paragraph(words("help.signs"), style="dim"),
            Paragraph(words("help.thai_keyboard"), style="dim"),
        ]
        indent = 2 + max(cells(self._keys(command)) for command in COMMANDS)
        for group in Group:
            found += [
                Paragraph(""),
                Paragraph(words(f"help.group.{group.value}"), style="heading"),
            ]
            for command in COMMANDS:
                if command.group is not group:
                    continue
                text = command.help(self.behind)
                refusal = command.refusal(self.behind)
                if refusal is not None:
                    text += f" — {words('help.not_now', why=words(f'refused.{refusal}'))}"
                found.append(
                    Paragraph(
                        text,
                        label=self._keys(command),
                        indent=indent,
                        style="dim" if refusal is not None else "",
                    )
                )
        found += [Paragraph(""), Paragraph(words("help.places"), style="heading")]
        found.append(
            Paragraph(words("help.where", folder=str(self.behind.inbox.folder)), style="dim")
        )
        return found

    def _keys(self, command: Command) -> str:
        keys = self.words.keymap.keys(command)
        return " ".join(shown_key(key) for key in keys)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_move(self, lines: int) -> None:
        self.reader.move(lines)

    def action_page(self, pages: int) -> None:
        self.reader.move_page(pages)

    def action_first(self) -> None:
        self.reader.go_first()

    def action_last(self) -> None:
        self.reader.go_last()
