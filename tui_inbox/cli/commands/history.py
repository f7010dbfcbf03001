"""``tui-inbox history``: who did what, and when: with one letter, or in the whole inbox."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def run(session: Session) -> ExitCode:
    """The entries in their order, the newest last."""
    from tui_inbox.cli.letters import one

    given = session.given
    if given.last is not None and given.last < 1:
        session.say("cli.history.bad_number", value=given.last)
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        id = None
        if given.id is not None:
            id = one(session, inbox, given.id)
            if id is None:
                return ExitCode.SOME_FAILED
        items = inbox.history(id, limit=given.last, decisions=not given.all)
    if given.json:
        from tui_inbox.cli.rows import write_history_json

        write_history_json(session, items)
    else:
        from tui_inbox.cli.table import write_history

        write_history(session, items, one_letter=id is not None)
    return ExitCode.DONE


COMMAND = Command(
    "history",
    (
        Argument("id", metavar="id", many="?", completes=Completes.LETTERS),
        Argument("--last", short="-n", metavar="number", number=True),
        Argument("--all", switch=True),
        Argument("--json", switch=True),
    ),
    run,
)
