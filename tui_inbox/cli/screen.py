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
    from tui_inbox.tui import run_app

    with session.open_inbox() as inbox:
        run_app(inbox, session.settings)
    return ExitCode.DONE
