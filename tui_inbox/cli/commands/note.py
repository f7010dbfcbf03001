"""``tui-inbox note``: write a note to letters."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import ID


def run(session: Session) -> ExitCode:
    """Write a note to a letter."""
    from tui_inbox.cli.letters import SHORT_ID, one

    text = " ".join(session.given.text).strip()
    if not text:
        session.say("cli.note.empty")
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        id = one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        inbox.note(id, text)
    session.say("cli.note.done", id=id[:SHORT_ID])
    return ExitCode.DONE


COMMAND = Command("note", (ID, Argument("text", metavar="text", many="+")), run)
