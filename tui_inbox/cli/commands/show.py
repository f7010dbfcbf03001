"""``tui-inbox show``: letters, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_inbox.letter import Letter, Problem
    from tui_inbox.service import Amendment, Inbox, Record
    from tui_inbox.triage import Row


class Shown(NamedTuple):
    """All that is known of one letter; what is not is ``None``."""

    id: str
    row: Row | None
    letter: Letter | None
    text: str | None
    record: Record
    amendments: Sequence[Amendment]

    @property
    def problem(self) -> Problem | None:
        """Why the file cannot be read."""
        if self.row is not None and self.row.problem is not None:
            return self.row.problem
        return None if self.letter is None else self.letter.problem

    @property
    def readable(self) -> bool:
        return self.letter is not None and self.text is not None and self.letter.problem is None

    @property
    def secret(self) -> bool:
        return self.row is not None and self.row.secrecy != "none"


def run(session: Session) -> ExitCode:
    """What people decided about each letter, its fields, its checks, its text."""
    from tui_inbox.cli.letters import several

    with session.inbox() as inbox:
        ids, whole = several(session, inbox, session.given.ids)
        letters = [_look(inbox, id) for id in ids]
    show = _json if session.given.json else _page
    for number, letter in enumerate(letters):
        if number and not session.given.json:
            session.output.text("")
        show(session, letter)
    readable = all(letter.readable for letter in letters)
    return ExitCode.DONE if whole and readable else ExitCode.SOME_FAILED


def _look(inbox: Inbox, id: str) -> Shown:
    return Shown(
        id,
        inbox.row(id),
        inbox.letter(id),
        inbox.text(id),
        inbox.record(id),
        inbox.amendments(id),
    )


def _page(session: Session, shown: Shown) -> None:
    from tui_inbox.cli.letters import SHORT_ID, say_problem
    from tui_inbox.cli.page import Page

    page = Page(session)
    page.heading(f"{shown.id[:SHORT_ID]}  {shown.row.path if shown.row is not None else ''}")
    page.record(shown.record)
    if shown.letter is None or shown.text is None or not shown.readable:
        say_problem(session, shown.problem)
        return
    hidden = shown.secret and not session.given.reveal
    if hidden and shown.row is not None:
        page.hidden(shown.row)
    page.amendments(shown.amendments)
    if hidden:
        session.say("cli.show.hidden")
    else:
        page.letter(shown.letter, shown.text)


def _json(session: Session, shown: Shown) -> None:
    """The letter as ``list --json`` has it, its notes, and what ``parse --json`` says of it."""
    import msgspec

    from tui_inbox.contract import contract_letter, contract_row

    hidden = shown.secret and not session.given.reveal
    row, letter = shown.row, shown.letter
    read = None
    if letter is not None and row is not None and not hidden:
        read = contract_letter(row.path, letter, session.messages)
    line = {
        "id": shown.id,
        "letter": None if row is None else contract_row(row, session.messages),
        "notes": [
            {"text": note.text, "author": note.author, "at": note.at} for note in shown.record.notes
        ],
        "read": read,
    }
    session.output.data(msgspec.json.encode(line))
    if hidden:
        session.say("cli.show.hidden")


COMMAND = Command(
    "show",
    (IDS, Argument("--reveal", switch=True), Argument("--json", switch=True)),
    run,
)
