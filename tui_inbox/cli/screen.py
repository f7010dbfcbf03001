"""``tui-inbox`` without a command: the screen."""

from __future__ import annotations

import sys

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def run(session: Session) -> ExitCode:
    """Open the screen; only a terminal can show it."""
    terminals = (stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    if not all(terminals):
        session.say("cli.error.no_terminal")
        return ExitCode.WRONG_USE
    # Imported here: no other command needs the screen.
    from tui_inbox.tui import run as run_screen

    with session.open_inbox() as inbox:
        code = run_screen(inbox, session.settings, session.messages)
    return ExitCode.DONE if code == 0 else ExitCode.SOME_FAILED
