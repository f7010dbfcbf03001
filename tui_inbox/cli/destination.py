"""Where a command puts what it made: a file, standard output, or the terminal."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.cli.command import Argument, Completes
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.output import STANDARD, unicode_path
from tui_inbox.cli.session import Session

OUTPUT = Argument(
    "--output", short="-o", metavar="file", completes=Completes.FILES, help="export.option.output"
)
FORCE = Argument("--force", short="-f", switch=True, help="export.option.force")
DIGITS = Argument("--digits", choices=("thai", "arabic"), help="export.option.digits")

_FORMATS = {".xlsx": "xlsx", ".csv": "csv", ".html": "html", ".htm": "html", ".txt": "text"}


def thai_digits(session: Session) -> bool | None:
    """What ``--digits`` says; ``None`` leaves it to the settings."""
    given = session.given.digits
    return None if given is None else given == "thai"


def format_of(session: Session, known: tuple[str, ...], otherwise: str) -> str | None:
    """The format by ``--format``, else by the file's name, else ``otherwise``.

    ``None`` after saying that the name tells none of the formats that are ``known``.
    """
    chosen, output = session.given.format, session.given.output
    if chosen is not None:
        return str(chosen)
    if output is None or output == STANDARD:
        return otherwise
    found = _FORMATS.get(Path(output).suffix.lower())
    if found in known:
        return found
    session.say("export.refused.no_format", path=output, known=", ".join(known))
    return None


def hand_over(
    session: Session, data: bytes, *, name: str, text: bool, readable: bool = False
) -> ExitCode:
    """Put ``data`` where ``--output`` says.

    Where it says nothing: standard output if that is no terminal; on a terminal what is
    ``readable`` there, and a file called ``name`` in the present folder for the rest.

    :param text: whether it is text at all; nothing else goes to a terminal.
    """
    output = session.given.output
    terminal = session.output.on_terminal
    if output == STANDARD or (output is None and (readable or not terminal)):
        if terminal and not text:
            session.say("export.refused.terminal")
            return ExitCode.WRONG_USE
        session.output.raw(data)
        return ExitCode.DONE
    from tui_inbox.service.handing import NotHanded, write_file

    path = Path(name if output is None else output)
    try:
        write_file(path, data, inbox=session.folder, replace=session.given.force)
    except NotHanded as error:
        session.say(f"export.refused.{error.code}", **error.details)
        return ExitCode.WRONG_USE
    session.say("export.written", path=unicode_path(str(path)))
    return ExitCode.DONE
