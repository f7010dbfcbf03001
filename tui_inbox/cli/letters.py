"""Letters by their names on the command line, and what an action says of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.letter import Problem
    from tui_inbox.service import Inbox

# How many hex digits of a letter's id people see; more than enough to be unique in one office.
SHORT_ID = 8
# Candidates shown where an id means several letters.
MOST_CANDIDATES = 10
STANDARD_INPUT = "-"


def one(session: Session, inbox: Inbox, name: str) -> str | None:
    """The letter that ``name`` means, or ``None`` after saying why there is none."""
    ids = inbox.find(name)
    if len(ids) == 1:
        return ids[0]
    if not ids:
        session.say("cli.error.not_found", id=name)
    else:
        session.say("cli.error.ambiguous", id=name, n=len(ids))
        for line in _candidates(inbox, ids[:MOST_CANDIDATES]):
            session.output.say(line)
    return None


def several(session: Session, inbox: Inbox, names: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The letters that ``names`` mean, each once, and whether every name means one.

    ``-`` stands for the names on standard input, one a line.
    """
    found = [one(session, inbox, name) for name in _with_input(names)]
    return tuple(dict.fromkeys(id for id in found if id is not None)), None not in found


def act(
    session: Session,
    do: Callable[[Inbox, tuple[str, ...]], object],
    done: str,
    names: Sequence[str] | None = None,
) -> ExitCode:
    """Do one thing to letters: all that are found, in one step of undo.

    With ``--dry-run`` nothing is done, and the same letters are named. ``--json`` prints them as
    ``list --json`` does.

    :param done: what was done, already worded.
    :param names: the letters' names, where they are not ``given.ids``.
    """
    with session.inbox() as inbox:
        ids, whole = several(session, inbox, session.given.ids if names is None else names)
        dry = session.given.dry_run
        if ids and not dry:
            do(inbox, ids)
        if session.given.json:
            from tui_inbox.cli.rows import write_json

            write_json(session, [row for row in map(inbox.row, ids) if row is not None])
    if not ids and whole:
        # Standard input named none.
        session.say("cli.list.nothing")
    if ids:
        key = "cli.action.would" if dry else "cli.action.done"
        session.say(key, ids=" ".join(id[:SHORT_ID] for id in ids), what=done)
    return ExitCode.DONE if whole else ExitCode.SOME_FAILED


def say_problem(session: Session, problem: Problem | None) -> None:
    """Say why a letter cannot be read; ``None`` where its file is gone."""
    from tui_inbox.letter import Problem, ProblemCode
    from tui_inbox.locale.wording import problem_message

    problem = problem or Problem(ProblemCode.MISSING)
    session.output.say(problem_message(session.messages, problem))


def _with_input(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        if name != STANDARD_INPUT:
            found.append(name)
        elif sys.stdin is not None:
            found += filter(None, (line.strip() for line in sys.stdin))
    return found


def _candidates(inbox: Inbox, ids: Sequence[str]) -> list[str]:
    rows = [row for row in map(inbox.row, ids) if row is not None]
    return [f"  {row.id[:16]}  {row.number or row.path}" for row in rows]
