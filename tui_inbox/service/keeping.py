"""Keeping what people decided: a copy for other programs, a backup, a check, and back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui_inbox.config import Settings
from tui_inbox.ledger import Ledger, LedgerError
from tui_inbox.ledger import backup as backups
from tui_inbox.ledger import verify as verifying
from tui_inbox.ledger.backup import Manifest
from tui_inbox.ledger.verify import Report
from tui_inbox.service.model import ActionFailed
from tui_inbox.service.opening import author, failed

T = TypeVar("T")


def export(folder: Path, settings: Settings, target: Path, *, replace: bool = False) -> int:
    """Write one ordinary TinyDB file; the number of letters in it.

    :raises ActionFailed: ``exists`` unless ``replace``, ``in_inbox``, and whatever the disk says.
    """
    _require_place(folder, target)

    def run() -> int:
        with Ledger(folder, author=author(settings), locks=settings.ledger.locks) as ledger:
            ledger.export(target, replace=replace)
            return len(ledger.records())

    return _told(run)


def verify(folder: Path) -> Report:
    """What the ledger's files hold and what is wrong with them; changes nothing."""
    return _told(lambda: verifying.verify(folder))


def backup(folder: Path, target: Path) -> Manifest:
    """Write the whole ledger into one file that is not there yet, and not in the inbox."""
    _require_place(folder, target)
    return _told(lambda: backups.backup(folder, target, _now()))


def restore(folder: Path, settings: Settings, source: Path) -> tuple[Manifest, Path | None]:
    """Put a backup in the ledger's place; where what was there is kept, if there was anything."""
    if not source.exists():
        raise ActionFailed("no_file", {"path": str(source)})
    return _told(
        lambda: backups.restore(folder, source, author(settings), _now(), settings.ledger.locks)
    )


def _require_place(inbox: Path, target: Path) -> None:
    parent = target.absolute().parent
    if not parent.is_dir():
        raise ActionFailed("no_folder", {"path": str(parent)})
    # It would become a letter, or take one's place.
    if parent.resolve().is_relative_to(inbox.resolve()):
        raise ActionFailed("in_inbox", {"path": str(target)})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _told(run: Callable[[], T]) -> T:
    try:
        return run()
    except LedgerError as error:
        raise failed(error) from error
