"""The commands over an inbox: ``list``, ``show``, ``note``, ``mark``, ``undo``, ``history``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.service import Inbox
    from tui_inbox.triage import Row

# How many hex digits of a letter's id people see; more than enough to be unique in one office.
SHORT_ID = 8
# Candidates shown where an id means several letters.
MOST_CANDIDATES = 10


def list_letters(session: Session) -> ExitCode:
    """Every letter in triage order."""
    from tui_inbox.triage import Query, View

    with session.open_inbox() as inbox:
        inbox.refresh()
        query = Query(view=View(session.given.view), text=" ".join(session.given.query))
        rows = inbox.board(query).rows
    if session.given.json:
        import msgspec

        from tui_inbox.contract import contract_row

        encoder = msgspec.json.Encoder()
        for row in rows:
            session.output.data(encoder.encode(contract_row(row, session.messages)))
    else:
        from tui_inbox.cli.table import write_table

        write_table(session, rows)
    return ExitCode.DONE


def show(session: Session) -> ExitCode:
    """One letter: what people decided, its fields, its checks, its text."""
    with _up_to_date(session) as inbox:
        id = _one(session, inbox, session.given.id)
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
        problem = problem or (letter.problem if letter is not None else None)
        _say_problem(session, problem)
        return ExitCode.SOME_FAILED
    if row is not None and row.secrecy != "none" and not session.given.reveal:
        page.hidden(row)
        page.amendments(amendments)
        session.say("cli.show.hidden")
        return ExitCode.DONE
    page.amendments(amendments)
    page.letter(letter, text)
    return ExitCode.DONE


def note(session: Session) -> ExitCode:
    """Write a note to a letter."""
    text = " ".join(session.given.text).strip()
    if not text:
        session.say("cli.note.empty")
        return ExitCode.WRONG_USE
    with _up_to_date(session) as inbox:
        id = _one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        inbox.note(id, text)
    session.say("cli.note.done", id=id[:SHORT_ID])
    return ExitCode.DONE


def mark(session: Session) -> ExitCode:
    """Set the status of letters; all that were found are one step of undo."""
    from tui_inbox.triage import Status

    status = Status(session.given.status)
    with _up_to_date(session) as inbox:
        found = [_one(session, inbox, prefix) for prefix in session.given.ids]
        ids = list(dict.fromkeys(id for id in found if id is not None))
        if ids:
            inbox.mark(ids, status)
    if ids:
        short = " ".join(id[:SHORT_ID] for id in ids)
        session.say("cli.mark.done", ids=short, status=session.messages(f"ledger.status.{status}"))
    return ExitCode.SOME_FAILED if None in found else ExitCode.DONE


def undo(session: Session) -> ExitCode:
    """Take back one's own last action."""
    with session.open_inbox() as inbox:
        change = inbox.undo()
    if change is None:
        session.say("cli.undo.nothing")
        return ExitCode.DONE
    short = " ".join(id[:SHORT_ID] for id in change.ids)
    what = session.messages(f"ledger.op.{change.of_kind or change.kind}")
    session.say("cli.undo.done", what=what, ids=short)
    return ExitCode.DONE


def history(session: Session) -> ExitCode:
    """Who did what with a letter, and when."""
    with _up_to_date(session) as inbox:
        id = _one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        items = inbox.history(id)
    from tui_inbox.cli.table import write_history

    write_history(session, items)
    return ExitCode.DONE


@contextmanager
def _up_to_date(session: Session) -> Iterator[Inbox]:
    """A file may have come in, or been replaced, since the inbox was last looked through."""
    with session.open_inbox() as inbox:
        inbox.refresh()
        yield inbox


def _one(session: Session, inbox: Inbox, prefix: str) -> str | None:
    """The letter that ``prefix`` means, or ``None`` after saying why there is none."""
    ids = inbox.find(prefix)
    if len(ids) == 1:
        return ids[0]
    if not ids:
        session.say("cli.error.not_found", id=prefix)
    else:
        session.say("cli.error.ambiguous", id=prefix, n=len(ids))
        for line in _candidates(inbox, ids[:MOST_CANDIDATES]):
            session.output.say(line)
    return None


def _candidates(inbox: Inbox, ids: Sequence[str]) -> list[str]:
    rows: list[Row | None] = [inbox.row(id) for id in ids]
    return [f"  {row.id[:16]}  {row.number or row.path}" for row in rows if row is not None]


def _say_problem(session: Session, problem: object) -> None:
    from tui_inbox.letter import Problem, ProblemCode
    from tui_inbox.locale.wording import problem_message

    if not isinstance(problem, Problem):
        problem = Problem(ProblemCode.MISSING)
    session.output.say(problem_message(session.messages, problem))


COMMANDS: dict[str, Callable[[Session], ExitCode]] = {
    "list": list_letters,
    "show": show,
    "note": note,
    "mark": mark,
    "undo": undo,
    "history": history,
}
