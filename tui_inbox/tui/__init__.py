"""The screen. Textual is loaded when it is run, not before."""

from __future__ import annotations

from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox

__all__ = ["run"]


def run(inbox: Inbox, settings: Settings, messages: Messages) -> int:
    """Show ``inbox`` on the terminal until the user leaves; the process's exit code."""
    from tui_inbox.tui.app import run as run_app

    return run_app(inbox, settings, messages)
