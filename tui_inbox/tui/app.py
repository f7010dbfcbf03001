"""The application around the screen."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.filter import Monochrome, NoColor
from textual.reactive import Initialize, Reactive
from textual.screen import ModalScreen

from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Drafts, Inbox, drafts_of
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.first import FirstList
from tui_inbox.tui.keymap import keymap_of
from tui_inbox.tui.screens.main import MainScreen, layout_class
from tui_inbox.tui.themes import DARK, NAMES, THEMES
from tui_inbox.tui.wording import Words


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _first_theme(app: InboxApp) -> str:
    """The theme that is set. Textual asks before it reads the first style sheet: one that was
    chosen later would have all of them read twice."""
    for theme in THEMES:
        app.register_theme(theme)
    wanted = app.settings.display.theme
    named = NAMES.get(wanted or "dark", wanted)
    return named if named in app.available_themes else DARK


class InboxApp(App[None]):
    """``clock`` gives today for the words of the list; the inbox has its own for its order.
    ``first`` is the list that is looked up already, if any."""

    ENABLE_COMMAND_PALETTE = False
    # The screen's own commands are the only keys there are.
    BINDINGS: ClassVar[list[BindingType]] = []

    theme: Reactive[str] = Reactive(Initialize(_first_theme), init=False)

    def __init__(
        self,
        inbox: Inbox,
        settings: Settings,
        messages: Messages,
        clock: Callable[[], dt.datetime] = utc_now,
        drafts: Drafts | None = None,
        first: FirstList | None = None,
    ) -> None:
        self.settings = settings
        # What the first screen needs, at once; the others bring their own.
        styles = ["app.tcss", "screens/main.tcss"]
        if "NO_COLOR" in os.environ:
            styles.append("plain.tcss")
        super().__init__(css_path=[Path(__file__).parent / name for name in styles])
        self.inbox = inbox
        self.first = first
        self.drafts = drafts_of(inbox.folder) if drafts is None else drafts
        self.words = Words(messages, settings, clock, keymap_of(settings.keys))
        self.segmenter = Segmenter()
        self.title = self.words("title")
        self.set_keymap(self.words.keymap.textual())
        if not settings.display.animation:
            self.animation_level = "none"
        if self.no_color:
            # Textual turns colours into greys, which are colours to a terminal as well.
            self._filters = [
                NoColor() if isinstance(one, Monochrome) else one for one in self._filters
            ]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours for themes that do not know them."""
        current = self.current_theme
        own = next((theme for theme in THEMES if theme.name == current.name), None)
        alike = next(theme for theme in THEMES if theme.dark is current.dark)
        return (own or alike).variables

    def get_default_screen(self) -> MainScreen:
        layout = layout_class(self.size.width)
        return MainScreen(
            self.inbox, self.words, self.segmenter, self.drafts, self.first, classes=layout
        )

    async def action_quit(self) -> None:
        """Leave once everything that was decided is written down."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.action_command("quit")
        elif isinstance(screen, ModalScreen):
            # What lies above is closed first: a note may be half written there.
            await screen.run_action("screen.close")

    def action_help_quit(self) -> None:
        """Ctrl+C: quitting is another key, so that nobody leaves by mistake."""
        screen = self.screen
        if isinstance(screen, MainScreen):
            screen.say("ctrl_c", "warning")


def run(
    inbox: Inbox, settings: Settings, messages: Messages, first: FirstList | None = None
) -> int:
    """Show the inbox until the user leaves; 0, or 1 after an error that Textual has shown."""
    app = InboxApp(inbox, settings, messages, first=first)
    app.run()
    return app.return_code or 0
