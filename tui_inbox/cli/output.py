"""Streams: standard output is data and nothing else, messages go to standard error."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

#: What stands for standard output where a file may be named.
STANDARD = "-"


class OutputError(Exception):
    """Standard output is full or closed; the argument says how the system words it."""


class Output:
    """Where a command writes. What it writes to people holds no control characters."""

    def data(self, line: bytes) -> None:
        """One line of data, UTF-8 whatever the terminal's encoding is."""
        with _writing() as stream:
            stream.flush()
            stream.buffer.write(line + b"\n")

    def raw(self, data: bytes) -> None:
        """Data as it is: whole files and texts."""
        with _writing() as stream:
            stream.flush()
            stream.buffer.write(data)

    def text(self, line: str) -> None:
        """One line for people."""
        with _writing() as stream:
            stream.write(line + "\n")

    def flush(self) -> None:
        """Let whoever reads have what was written until now."""
        finish()

    def say(self, message: str) -> None:
        """A message: what went wrong, or what was done."""
        if sys.stderr is not None:
            sys.stderr.write(f"tui-inbox: {plain(message)}\n")

    @property
    def on_terminal(self) -> bool:
        return sys.stdout is not None and sys.stdout.isatty()


def plain(text: str) -> str:
    """``text`` on one line, with control characters made visible."""
    # Imported here: a list in JSON that went well says nothing.
    from tui_inbox.thai.cells import one_line

    return one_line(text)


def unicode_path(path: str) -> str:
    """A path as Unicode: bytes of a file name that are not UTF-8 come out as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def as_unicode(value: Any) -> Any:
    """Values for JSON with each text in them as :func:`unicode_path` has it: one may be a path."""
    match value:
        case str():
            return unicode_path(value)
        case dict():
            return {key: as_unicode(item) for key, item in value.items()}
        case list() | tuple():
            return [as_unicode(item) for item in value]
    return value


def prepare() -> None:
    """Let a character that the terminal's encoding lacks come out as ``?`` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def finish() -> None:
    """Write out what is buffered, so that a full disk or a closed pipe is noticed here."""
    if sys.stdout is not None:
        with _writing() as stream:
            stream.flush()


def abandon() -> None:
    """Nobody reads standard output any more: keep the interpreter's own flush from failing."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1 if stream is sys.stdout else 2)
            os.close(nowhere)


@contextlib.contextmanager
def _writing() -> Iterator[TextIO]:
    if sys.stdout is None:
        raise OutputError(os.strerror(errno.EBADF))
    try:
        yield sys.stdout
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None
