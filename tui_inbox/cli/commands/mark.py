"""``tui-inbox mark``: set the status of letters."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON

# The names of `tui_inbox.ledger.Status` that a person sets.
STATUSES = ("open", "assigned", "actioned", "filed")


def run(session: Session) -> ExitCode:
    """Set the status; all letters that were found are one step of undo."""
    from tui_inbox.cli.letters import act
    from tui_inbox.triage import Status

    status = Status(session.given.status)
    worded = session.messages(f"ledger.status.{status}")
    return act(session, lambda inbox, ids: inbox.mark(ids, status), worded)


COMMAND = Command("mark", (IDS, Argument("status", choices=STATUSES), JSON, DRY_RUN), run)
