"""``tui-inbox tag``: put tags on letters, or take them off."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON


def run(session: Session) -> ExitCode:
    """All tags that are named, in one step of undo."""
    from tui_inbox.cli.letters import act

    add = [tag.strip() for tag in session.given.add or () if tag.strip()]
    remove = [tag.strip() for tag in session.given.remove or () if tag.strip()]
    if not add and not remove:
        session.say("cli.action.one_of", what="--add, --remove")
        return ExitCode.WRONG_USE
    changes = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
    done = f"{session.messages('ledger.op.tag')}: {changes}"
    return act(session, lambda inbox, ids: inbox.tag(ids, add, remove), done)


COMMAND = Command(
    "tag",
    (
        IDS,
        Argument("--add", metavar="tag", repeats=True),
        Argument("--remove", metavar="tag", repeats=True),
        JSON,
        DRY_RUN,
    ),
    run,
)
