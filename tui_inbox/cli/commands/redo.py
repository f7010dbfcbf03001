"""``tui-inbox redo``: do again what was last taken back."""

from __future__ import annotations

from tui_inbox.cli.command import Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON


def run(session: Session) -> ExitCode:
    """Do again what one last took back."""
    from tui_inbox.cli.steps import tell

    with session.open_inbox() as inbox:
        return tell(session, inbox, inbox.redo(), "cli.redo")


COMMAND = Command("redo", (JSON,), run)
