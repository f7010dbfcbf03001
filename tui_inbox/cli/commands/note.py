"""``tui-inbox note``: write a note to letters."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, ID, JSON


def run(session: Session) -> ExitCode:
    """Write one note; with ``--text`` to all the letters that are named.

    Without it the first word names the letter and the others are the note: a Thai text seldom has
    blanks, and whoever forgets the quotes must not write half of it to the wrong letters.
    """
    from tui_inbox.cli.letters import act

    given = session.given
    names, text = [given.id], given.text
    if text is None:
        text = " ".join(given.rest)
    else:
        names += given.rest
    text = text.strip()
    if not text:
        session.say("cli.note.empty")
        return ExitCode.WRONG_USE
    what = session.messages("ledger.op.note")
    return act(session, lambda inbox, ids: inbox.note_all(ids, text), what, names)


COMMAND = Command(
    "note",
    (
        ID,
        Argument("rest", metavar="text", many="*"),
        Argument("--text", metavar="text"),
        JSON,
        DRY_RUN,
    ),
    run,
)
