"""Writing to a file what is handed on: whole or not at all, and never over a letter."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from tui_inbox.service.model import ServiceError


class NotHanded(ServiceError):
    """Nothing was written; worded by ``export.refused.<code>`` with ``path``.

    Codes: ``exists`` (and nobody said that it may be replaced), ``in_inbox`` (it would become a
    letter, or take one's place), ``not_a_file``.
    """


def write_file(path: Path, data: bytes, *, inbox: Path, replace: bool = False) -> None:
    """Write ``data`` to ``path`` so that nobody ever sees a part of it.

    :param inbox: the folder of letters, in which nothing is written.
    :param replace: whether a file that is there may be replaced. A link is followed.
    :raises NotHanded: it must not be written there.
    :raises OSError: it cannot be written.
    """
    path = Path(os.path.realpath(path))
    told = {"path": str(path)}
    if path.is_relative_to(os.path.realpath(inbox)):
        raise NotHanded("in_inbox", told)
    if os.path.lexists(path):
        if not path.is_file():
            raise NotHanded("not_a_file", told)
        if not replace:
            raise NotHanded("exists", told)
    temporary = path.with_name(f".{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if not replace:
            # A file that came meanwhile is found by this, where the disk knows hard links.
            with contextlib.suppress(OSError):
                os.link(temporary, path)
                return
            if os.path.lexists(path):
                raise NotHanded("exists", told)
        temporary.replace(path)
    except OSError as error:
        # People know the name that they gave, not that of the file on the way.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_new(folder: Path, name: str, data: bytes, *, inbox: Path) -> Path:
    """Write to ``name`` in ``folder``, or where that is taken to the next free ``name (2)``.

    In a folder inside the inbox, where nothing is written, the home folder takes its place.

    :returns: where it was written.
    :raises NotHanded: all of a hundred names are taken.
    :raises OSError: it cannot be written.
    """
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(inbox)):
        folder = Path.home()
    first = folder / name
    names = [first, *(first.with_stem(f"{first.stem} ({number})") for number in range(2, 101))]
    for path in names:
        try:
            write_file(path, data, inbox=inbox)
        except NotHanded as error:
            if error.code == "in_inbox" or path is names[-1]:
                raise
        else:
            return path
    raise AssertionError("there is always a last name")
