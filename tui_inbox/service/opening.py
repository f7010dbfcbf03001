"""What opening an inbox needs to know: who works, by which rules, and what an error means."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path

from tui_inbox import __version__
from tui_inbox.config import Settings
from tui_inbox.ledger import LedgerError
from tui_inbox.service.model import ActionFailed


def author(settings: Settings) -> str:
    if settings.user.name:
        return settings.user.name
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())


def reader(settings: Settings) -> str:
    """Names the rules that letters are read with: another release or office reads them anew.

    The rules' files count too, so that a checkout that was updated is noticed.
    """
    parts = [__version__, *settings.office.names]
    rules = Path(__file__).parent.parent / "reading"
    for entry in sorted(rules.rglob("*.py")) if rules.is_dir() else ():
        found = entry.stat()
        parts += [entry.name, str(found.st_size), str(found.st_mtime_ns)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "missing"
        case NotADirectoryError():
            return "not_a_folder"
        case PermissionError():
            return "permission"
        case _:
            return "io"


def failed(error: LedgerError) -> ActionFailed:
    return ActionFailed(error.code, {"path": error.path, "detail": error.detail})
