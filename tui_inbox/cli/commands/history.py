"""``tui-inbox history``: who did what with a letter, and when."""

from __future__ import annotations

from tui_inbox.cli.command import Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import ID


def run(session: Session) -> ExitCode:
    """Every entry of the letter, the newest last."""
    from tui_inbox.cli.letters import one

    with session.inbox() as inbox:
        id = one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        items = inbox.history(id)
    from tui_inbox.cli.table import write_history

    write_history(session, items)
    return ExitCode.DONE


COMMAND = Command("history", (ID,), run)
