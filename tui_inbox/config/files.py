"""Where settings lie, and reading such a file without trusting it."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from tui_inbox.config.errors import SettingsError, SettingsErrorCode

APP = "tui-inbox"
FILE_NAME = "settings.toml"
MAX_FILE_BYTES = 1_000_000


def user_file() -> Path:
    """Where the user's settings lie; the file need not exist."""
    return _own("config", "XDG_CONFIG_HOME", ".config") / FILE_NAME


def inbox_file(inbox: Path) -> Path:
    """Where the settings of an inbox lie; the file need not exist."""
    return inbox / ".tui-inbox" / FILE_NAME


def cache_folder() -> Path:
    """Where what can be rebuilt lies; the folder need not exist."""
    return _own("cache", "XDG_CACHE_HOME", ".cache")


def state_folder() -> Path:
    """Where what is the user's own and not finished lies; the folder need not exist."""
    return _own("state", "XDG_STATE_HOME", ".local/state")


def _own(kind: str, variable: str, usual: str) -> Path:
    """A user's folder for this program.

    Loading platformdirs takes longer than a list of letters, so that it is asked only where the
    answer is not written in two variables: off Linux, or where one of them is no absolute path.
    """
    named, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    if sys.platform == "linux" and "ANDROID_ROOT" not in os.environ:
        if named.startswith("/"):
            return Path(named, APP)
        if not named and home.startswith("/"):
            return Path(home, usual, APP)
    import platformdirs

    return Path(getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False))


def read_text(file: Path) -> str | None:
    """The file's text; ``None`` where there is no such file.

    The inbox is a shared folder, so the file is opened without waiting (a FIFO would hang).

    :raises SettingsError: it is there and cannot be read.
    """
    source = str(file)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        # Under `sudo -u` the home folder may be another person's: there are no settings of ours.
        if not os.access(file.parent, os.X_OK, effective_ids=True):
            return None
        raise _unreadable(source, error) from None
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SettingsError(SettingsErrorCode.NOT_REGULAR, source)
        try:
            data = stream.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise _unreadable(source, error) from None
    if len(data) > MAX_FILE_BYTES:
        raise SettingsError(
            SettingsErrorCode.TOO_LARGE, source, details={"limit": str(MAX_FILE_BYTES)}
        )
    try:
        # Windows' editors put a byte order mark in front.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(SettingsErrorCode.NOT_UTF8, source, line=line) from None


def _unreadable(source: str, error: Exception) -> SettingsError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return SettingsError(SettingsErrorCode.UNREADABLE, source, details={"detail": reason})


_PART = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=")


def line_of(text: str, key: str) -> int | None:
    """The line, from 1, that sets ``key`` (or a key of the table ``key``)."""
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _plain(header[1])
            if table == key:
                return number
        elif assignment := _ASSIGNMENT.match(line):
            full = f"{table}.{_plain(assignment[1])}" if table else _plain(assignment[1])
            if full == key or full.startswith(f"{key}."):
                return number
    return None


def _plain(dotted: str) -> str:
    """A key without the quotes and blanks around its parts."""
    return ".".join(part.strip("\"'") for part in re.findall(_PART, dotted))
