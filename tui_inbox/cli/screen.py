"""``tui-inbox`` without a command: the screen."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.config import SettingsError

if TYPE_CHECKING:
    from tui_inbox.service import Inbox


def run(session: Session) -> ExitCode:
    """Open the screen; only a terminal can show it."""
    # Textual draws on standard error, so that must not go to a file either.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        session.say("cli.error.no_terminal")
        return ExitCode.WRONG_USE
    # Imported here: no other command needs the screen.
    from tui_inbox.tui import check_keys
    from tui_inbox.tui import run as run_screen

    try:
        check_keys(session.settings)
    except SettingsError as error:
        session.say_settings(error)
        return ExitCode.WRONG_USE
    with session.open_inbox() as inbox, _hook(session, inbox):
        code = run_screen(inbox, session.settings, session.messages)
    return ExitCode.DONE if code == 0 else ExitCode.SOME_FAILED


def _hook(session: Session, inbox: Inbox) -> AbstractContextManager[object]:
    """Runs the user's program for arrivals; what that needs is not loaded where none is set."""
    if not session.settings.watch.arrival_command:
        return nullcontext()
    from tui_inbox.cli.commands.watch import arrival_hook

    return arrival_hook(session, inbox)
