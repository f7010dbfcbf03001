"""What opening an inbox needs to know: who works, by which rules, and what an error means."""

from __future__ import annotations

import getpass
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui_inbox import __version__
from tui_inbox.config import Settings
from tui_inbox.ledger import LedgerError
from tui_inbox.service.model import ActionFailed


def author(settings: Settings) -> str:
    if settings.user.name:
        return settings.user.name
    try:
        login = getpass.getuser().strip()
    except (KeyError, OSError, ImportError):
        login = ""
    return login or str(os.getuid())


def reader(settings: Settings) -> str:
    """Names the rules that letters are read with: another release or office reads them anew.

    The rules' texts count too, so that a checkout that was updated is noticed; not their dates, so
    that two installations of one release do not throw each other's index away.
    """
    digest = hashlib.sha256("\0".join([__version__, *settings.office.names]).encode())
    package = Path(__file__).parent.parent
    for part in ("reading", "thai"):
        rules = package / part
        for entry in sorted(rules.glob("*.py")) if rules.is_dir() else ():
            digest.update(f"\0{part}/{entry.name}\0".encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def index_path(folder: Path, cache: Path) -> Path:
    """Where the index of the inbox in ``folder`` lies."""
    real = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    return cache / f"{real[:32]}.sqlite"


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
    """With what any of the errors' texts may name."""
    details = {"path": error.path, "detail": error.detail}
    holder = error.holder
    details |= {
        "owner": (holder.by if holder else "") or "?",
        "host": (holder.host if holder else "") or "?",
        "pid": str(holder.pid) if holder and holder.pid else "?",
        "age": "?" if holder is None or holder.age is None else str(holder.age),
    }
    return ActionFailed(error.code, details, error.conflicts)


@contextmanager
def index_told() -> Iterator[None]:
    """Turn what SQLite says of an index that another process keeps busy into what people are told.

    :raises ActionFailed: ``index_busy``.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ActionFailed("index_busy", {"detail": str(error)}) from error
