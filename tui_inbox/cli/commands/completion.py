"""``tui-inbox completion``: what a shell offers when Tab is pressed."""

from __future__ import annotations

from tui_inbox.cli.command import Command, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def bash(session: Session) -> ExitCode:
    """The script for bash."""
    from tui_inbox.cli.completions import bash_script

    return _print(session, bash_script())


def zsh(session: Session) -> ExitCode:
    """The script for zsh, described in the session's language."""
    from tui_inbox.cli.completions import zsh_script

    return _print(session, zsh_script(session.messages))


def fish(session: Session) -> ExitCode:
    """The script for fish, described in the session's language."""
    from tui_inbox.cli.completions import fish_script

    return _print(session, fish_script(session.messages))


def letters(session: Session) -> ExitCode:
    """The letters that the inbox had when it was last looked through: id, tab, what it is."""
    from tui_inbox.cli.letters import SHORT_ID
    from tui_inbox.cli.output import plain
    from tui_inbox.triage import Query, View

    with session.open_inbox() as inbox:
        rows = inbox.board(Query(view=View.ALL)).rows
    for row in rows:
        # Nothing of a letter in a secret class but its number: its file's name may tell of it too.
        known: tuple[str | None, ...] = (row.number,)
        if row.secrecy == "none":
            known = (row.number, row.subject) if row.number or row.subject else (row.path,)
        what = " ".join(part for part in known if part is not None)
        session.output.text(f"{row.id[:SHORT_ID]}\t{plain(what)}")
    return ExitCode.DONE


def _print(session: Session, script: str) -> ExitCode:
    session.output.data(script.rstrip("\n").encode())
    return ExitCode.DONE


COMMAND = Command(
    "completion",
    parts=(
        Command("completion bash", (), bash, Loads.NOTHING),
        Command("completion zsh", (), zsh, Loads.NOTHING),
        Command("completion fish", (), fish, Loads.NOTHING),
        Command("completion letters", (), letters),
    ),
)
