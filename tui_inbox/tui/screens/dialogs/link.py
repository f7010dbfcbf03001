"""Before a link is opened: where it really leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from tui_inbox.thai.cells import one_line
from tui_inbox.tui.keys import with_twins
from tui_inbox.tui.screens.dialogs.base import Dialog, Key
from tui_inbox.tui.wording import Words


class LinkDialog(Dialog[str]):
    """Gives ``open`` or ``copy``. ``address`` is what a browser would be given, whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", show=False),
        Binding(",".join(with_twins(("y",))), "copy", show=False),
    ]

    def __init__(self, words: Words, *, link: str, address: str, browser: bool) -> None:
        super().__init__(words.messages("dialogs.link.title"), words)
        self.browser = browser
        lines = [address, ""]
        if one_line(link) not in (address, address.removeprefix("https://")):
            lines += [self.text("link.printed", link=one_line(link)), ""]
        lines.append(self.text("link.warning" if browser else "link.no_browser"))
        # No text of a letter is markup.
        self.what = Static("\n".join(lines), markup=False, id="link-what")

    def body(self) -> Iterable[Widget]:
        yield self.what

    def key_row(self) -> Sequence[Key]:
        keys = [("Enter", self.text("link.open"), "screen.open")] if self.browser else []
        return [
            *keys,
            ("y", self.text("link.copy"), "screen.copy"),
            ("Esc", self.text("cancel"), "screen.close"),
        ]

    def action_open(self) -> None:
        if self.browser:
            self.dismiss("open")
        else:
            self.complain(self.text("link.no_browser"))

    def action_copy(self) -> None:
        self.dismiss("copy")
