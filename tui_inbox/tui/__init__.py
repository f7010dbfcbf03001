"""The screen. Textual is loaded when it is run, not before."""

from __future__ import annotations

import gc
import os
import sys

from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox

__all__ = ["check_keys", "run"]

# What is painted soon after something else waits for the tick after the next one of Textual's
# clock: at its usual 60 a second a key would wait two frames. Read when Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "240")


def check_keys(settings: Settings) -> None:
    """Whether the keys that the user has set can be used.

    :raises SettingsError: an unknown command, no key, or a key of another command.
    """
    if not settings.keys:
        return
    from tui_inbox.tui.keymap import keymap_of

    keymap_of(settings.keys)


def run(inbox: Inbox, settings: Settings, messages: Messages) -> int:
    """Show ``inbox`` on the terminal until the user leaves; the process's exit code."""
    from tui_inbox.tui.first import FirstList

    _load_asyncio()
    # Next to nothing that is loaded goes away again: looking for it takes a tenth of the start.
    # The screen goes on with it behind the first list.
    gc.disable()
    first = FirstList(inbox)
    from tui_inbox.tui.app import run as run_app

    return run_app(inbox, settings, messages, first)


def _load_asyncio() -> None:
    """Load asyncio without TLS, as a Python that was built without OpenSSL does.

    Nothing here speaks over a network, and OpenSSL is a twentieth of the start. Whoever needs it
    later loads it as usual.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # as the import system marks what is not to be had
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]
