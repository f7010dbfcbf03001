"""What ``undo`` and ``redo`` say of the step that they took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.letters import SHORT_ID
from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.service import Change, Inbox


def tell(session: Session, inbox: Inbox, change: Change | None, group: str) -> ExitCode:
    """Say what was done by ``<group>.done``, or by ``<group>.nothing`` that there was nothing.

    With ``--json`` the letters that it changed are printed as ``list --json`` does.
    """
    if change is None:
        session.say(f"{group}.nothing")
        return ExitCode.DONE
    if session.given.json:
        from tui_inbox.cli.rows import write_json

        write_json(session, [row for row in map(inbox.row, change.ids) if row is not None])
    what = session.messages(f"ledger.op.{change.of_kind or change.kind}")
    session.say(f"{group}.done", what=what, ids=" ".join(id[:SHORT_ID] for id in change.ids))
    return ExitCode.DONE
