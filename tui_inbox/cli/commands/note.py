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
    if given.edit is not None or given.remove is not None:
        return _change(session)
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


def _change(session: Session) -> ExitCode:
    """Change the text of one note, or take the note away; the history keeps both."""
    from tui_inbox.cli.letters import act

    given = session.given
    words = given.rest if given.text is None else [given.text, *given.rest]
    text = " ".join(words).strip()
    if bool(text) == (given.remove is not None) or (given.edit and given.remove):
        session.say("cli.note.empty" if given.remove is None else "cli.note.no_text")
        return ExitCode.WRONG_USE
    note = given.edit if given.remove is None else given.remove
    what = session.messages("ledger.op.edit_note")
    return act(
        session, lambda inbox, ids: inbox.edit_note(ids[0], note, text or None), what, [given.id]
    )


COMMAND = Command(
    "note",
    (
        ID,
        Argument("rest", metavar="text", many="*"),
        Argument("--text", metavar="text"),
        Argument("--edit", metavar="number"),
        Argument("--remove", metavar="number"),
        JSON,
        DRY_RUN,
    ),
    run,
)
