"""``tui-inbox assign``: give letters to a person or unit, or take them back."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON


def run(session: Session) -> ExitCode:
    """What was new or open is then assigned; taken back it is open again."""
    from tui_inbox.cli.letters import act

    given = session.given
    who = (given.to or "").strip()
    if bool(who) == given.nobody:
        session.say("cli.action.one_of", what="--to, --nobody")
        return ExitCode.WRONG_USE
    named = who or session.messages("ledger.empty")
    done = f"{session.messages('ledger.op.assign')}: {named}"
    return act(session, lambda inbox, ids: inbox.assign(ids, who or None), done)


COMMAND = Command(
    "assign",
    (
        IDS,
        Argument("--to", metavar="person"),
        Argument("--nobody", switch=True),
        JSON,
        DRY_RUN,
    ),
    run,
)
