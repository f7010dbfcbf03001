"""The screen. Textual is loaded when it is run, not before."""

from __future__ import annotations

from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox

__all__ = ["check_keys", "run"]


def check_keys(settings: Settings) -> None:
    """Whether the keys that the user has set can be used.

    :raises SettingsError: an unknown command, no key, or a key of another command.
    """
    from tui_inbox.tui.keymap import keymap_of

    keymap_of(settings.keys)


def run(inbox: Inbox, settings: Settings, messages: Messages) -> int:
    """Show ``inbox`` on the terminal until the user leaves; the process's exit code."""
    from tui_inbox.tui.app import run as run_app

    return run_app(inbox, settings, messages)
