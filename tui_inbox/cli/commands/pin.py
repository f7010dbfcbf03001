"""``tui-inbox pin``: pin letters, or take the pin off."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON


def run(session: Session) -> ExitCode:
    """Pin them; with ``--off`` no longer."""
    from tui_inbox.cli.letters import act

    pinned = not session.given.off
    worded = session.messages("ledger.yes" if pinned else "ledger.no")
    done = f"{session.messages('ledger.field.pinned')}: {worded}"
    return act(session, lambda inbox, ids: inbox.pin(ids, pinned), done)


COMMAND = Command("pin", (IDS, Argument("--off", switch=True), JSON, DRY_RUN), run)
