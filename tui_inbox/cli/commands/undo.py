"""``tui-inbox undo``: take back one's own last action."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON


def run(session: Session) -> ExitCode:
    """Take back one's own last action, or a certain one; that is an entry of the history too."""
    from tui_inbox.cli.steps import tell

    with session.open_inbox() as inbox:
        return tell(session, inbox, inbox.undo(session.given.entry), "cli.undo")


COMMAND = Command("undo", (Argument("--entry", metavar="number", number=True), JSON), run)
