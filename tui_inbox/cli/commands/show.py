"""``tui-inbox show``: one letter."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import ID


def run(session: Session) -> ExitCode:
    """What people decided about the letter, its fields, its checks, its text."""
    from tui_inbox.cli.letters import SHORT_ID, one, say_problem

    with session.inbox() as inbox:
        id = one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        row, letter, text = inbox.row(id), inbox.letter(id), inbox.text(id)
        record, amendments = inbox.record(id), inbox.amendments(id)
    from tui_inbox.cli.page import Page

    page = Page(session)
    page.heading(f"{id[:SHORT_ID]}  {row.path if row is not None else ''}")
    page.record(record)
    problem = row.problem if row is not None else None
    if letter is None or text is None or letter.problem is not None:
        say_problem(session, problem or (letter.problem if letter is not None else None))
        return ExitCode.SOME_FAILED
    if row is not None and row.secrecy != "none" and not session.given.reveal:
        page.hidden(row)
        page.amendments(amendments)
        session.say("cli.show.hidden")
        return ExitCode.DONE
    page.amendments(amendments)
    page.letter(letter, text)
    return ExitCode.DONE


COMMAND = Command("show", (ID, Argument("--reveal", switch=True)), run)
