"""``tui-inbox parse FILE…``: what stands in the named files, without an inbox."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from typing import BinaryIO

from tui_inbox.cli.command import Argument, Command, Completes, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.output import unicode_path
from tui_inbox.cli.session import Session
from tui_inbox.letter import Letter, Problem, ProblemCode

STANDARD_INPUT = "-"


def run(session: Session) -> ExitCode:
    """Read each file; one that cannot be read is said so, and the others are done."""
    code = ExitCode.DONE
    show = _json if session.given.json else _page
    for path in session.given.files:
        data = load(path, session.settings.watch.max_bytes)
        letter = _letter(session, data)
        if letter.problem is not None:
            code = ExitCode.SOME_FAILED
        show(session, path, letter, data if isinstance(data, bytes) else b"")
    return code


def load(path: str, limit: int) -> bytes | Problem:
    """The bytes of a file, or of standard input for ``-``; ``limit`` in bytes.

    A link is followed, since the file was named. Nothing but a regular file is read: the others
    may block, never end, or do something by being opened.
    """
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            return Problem(ProblemCode.MISSING)
        return _read(sys.stdin.buffer, limit)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - the path may hold any bytes
            return Problem(ProblemCode.NOT_REGULAR)
        # Between the two calls the file may have been replaced: opened without waiting.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        return _why(error)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - opened by descriptor, checked below
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Problem(ProblemCode.NOT_REGULAR)
        if status.st_size > limit:
            return _too_large(limit)
        return _read(stream, limit)


def _read(stream: BinaryIO, limit: int) -> bytes | Problem:
    try:
        data = stream.read(limit + 1)
    except OSError as error:
        return _why(error)
    return data if len(data) <= limit else _too_large(limit)


def _too_large(limit: int) -> Problem:
    return Problem(ProblemCode.TOO_LARGE, {"limit": f"{limit:,}"})


def _why(error: OSError | ValueError) -> Problem:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return Problem(ProblemCode.MISSING)
        case PermissionError():
            return Problem(ProblemCode.PERMISSION)
        case OSError(errno=errno.ENXIO):
            return Problem(ProblemCode.NOT_REGULAR)
        case OSError():
            return Problem(ProblemCode.IO, {"detail": error.strerror or type(error).__name__})
        case _:
            # A name that no file can have.
            return Problem(ProblemCode.MISSING)


def _letter(session: Session, data: bytes | Problem) -> Letter:
    if isinstance(data, Problem):
        return Letter(sha256="", encoding=None, documents=(), problem=data)
    from tui_inbox.reading import read

    letter = read(data, offices=session.settings.office.names)
    # What the reader says of bytes without a letter in them still has its digest.
    return letter if letter.sha256 else _with_digest(letter, data)


def _with_digest(letter: Letter, data: bytes) -> Letter:
    import msgspec

    return msgspec.structs.replace(letter, sha256=hashlib.sha256(data).hexdigest())


def _json(session: Session, path: str, letter: Letter, _: bytes) -> None:
    import msgspec

    from tui_inbox.contract import contract_letter

    line = contract_letter(unicode_path(path), letter, session.messages)
    # A file whose bytes were never read has no digest.
    line["sha256"] = letter.sha256 or None
    session.output.data(msgspec.json.encode(line))


def _page(session: Session, path: str, letter: Letter, data: bytes) -> None:
    from tui_inbox.locale.wording import problem_message

    if letter.problem is not None:
        session.output.say(f"{path}: {problem_message(session.messages, letter.problem)}")
        return
    from tui_inbox.cli.page import Page
    from tui_inbox.reading import decode

    decoded = decode(data)
    if isinstance(decoded, Problem):
        return
    page = Page(session)
    page.heading(path)
    page.letter(letter, decoded.text)


COMMAND = Command(
    "parse",
    (
        Argument("files", metavar="file", many="+", completes=Completes.FILES),
        Argument("--json", switch=True),
    ),
    run,
    loads=Loads.NAMED,
)
