"""``tui-inbox related``: the letters that belong to a letter, how surely, and why."""

from __future__ import annotations

from tui_inbox.cli.command import Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import ID, JSON


def run(session: Session) -> ExitCode:
    """What it cites, forwards or is cited by, earlier ones of the matter, probable duplicates."""
    from tui_inbox.cli.letters import one

    with session.inbox() as inbox:
        id = one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        found = inbox.related(id)
    if session.given.json:
        from tui_inbox.cli.rows import write_related

        write_related(session, found)
    else:
        from tui_inbox.cli.table import write_related_lines

        write_related_lines(session, found)
    if not found:
        session.say("related.none")
    return ExitCode.DONE


COMMAND = Command("related", (ID, JSON), run)
