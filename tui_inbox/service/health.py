"""Whether an inbox is in order: its folder, its ledger, its index, and how it is followed.

Looks without repairing, and makes nothing. Findings are codes: ``doctor.<area>.<code>`` words
them, ``doctor.advice.<area>.<code>`` what to do.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from tui_inbox.catalogue import IndexState, check_index
from tui_inbox.config import Settings, cache_folder
from tui_inbox.ledger import Ledger, LedgerError
from tui_inbox.ledger.verify import verify
from tui_inbox.service.opening import author, index_path, reader, reason
from tui_inbox.watching import FolderUnavailable, Scan
from tui_inbox.watching.following import Following, HintsBroke

LEDGER_FOLDER = ".tui-inbox"
_LIMITS = Path("/proc/sys/fs/inotify")


class Level(StrEnum):
    """Whether something must be done."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at. ``details`` fill the code's text."""

    area: str
    code: str
    level: Level
    details: Mapping[str, object] = {}


def examine(folder: Path, settings: Settings, *, cache_dir: Path | None = None) -> list[Finding]:
    """Everything about the inbox in ``folder``, in the order in which to repair it."""
    found: list[Finding] = []
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        place = {"path": str(folder)}
        return [Finding("inbox", reason(error), Level.ERROR, place)]
    found += _folder(folder)
    found += _ledger(folder, settings)
    followed, scan = _watch(folder, settings)
    found += followed
    found += _index(folder, settings, scan, cache_dir or cache_folder())
    return found


def writable(folder: Path) -> bool:
    """Whether a file can really be made in ``folder``: rights on paper are not all there is."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _folder(folder: Path) -> Iterator[Finding]:
    yield Finding("inbox", "readable", Level.OK, {"path": str(folder.resolve())})
    own = folder / LEDGER_FOLDER
    place = own if own.is_dir() else folder
    if not writable(place):
        yield Finding("inbox", "read_only", Level.WARNING, {"path": str(place)})


def _ledger(folder: Path, settings: Settings) -> Iterator[Finding]:
    try:
        report = verify(folder)
        # Opening sets damage aside, which is more than looking.
        if not report.findings:
            yield from _writers(folder, settings)
    except LedgerError as error:
        details = {"path": error.path, "detail": error.detail, "code": str(error.code)}
        yield Finding("ledger", "unusable", Level.ERROR, details)
        return
    place = {"n": report.letters, "entries": report.entries, "path": str(folder / LEDGER_FOLDER)}
    yield Finding("ledger", "opened", Level.OK, place)
    for one in report.findings:
        yield Finding("ledger", one.code, Level.WARNING, msgspec.structs.asdict(one))


def _writers(folder: Path, settings: Settings) -> Iterator[Finding]:
    with Ledger(folder, author=author(settings)) as ledger:
        single, writer, holder = ledger.single_writer, ledger.writer(), ledger.lock_holder()
    if single is not None:
        yield Finding("ledger", "single_writer", Level.NOTE, {"why": single})
    for code, other in (("claimed", writer), ("locked", holder)):
        if other is not None:
            who = {"by": other.by, "host": other.host, "pid": other.pid}
            yield Finding("ledger", code, Level.NOTE, who)


def _watch(folder: Path, settings: Settings) -> tuple[list[Finding], Scan | None]:
    following = Following(folder, settings.watch, wake=lambda: None, stopped=lambda: False)
    try:
        following.open()
        try:
            scan = following.walk()
        except HintsBroke:
            scan = following.walk()
    except FolderUnavailable as error:
        return [Finding("inbox", error.reason, Level.ERROR, {"path": error.folder})], None
    finally:
        following.close()
    mode = "poll" if following.polling else "native"
    details: dict[str, object] = {"mode": mode, "why": str(following.why)}
    details["filesystem"] = following.filesystem or "?"
    details |= _limits()
    # What the settings ask for is nothing to be told of; what the system refused is.
    refused = following.polling and following.why not in ("setting", "network")
    level = Level.WARNING if refused else Level.OK
    found = [Finding("watch", str(following.why), level, details)]
    if scan.problems:
        paths = ", ".join(sorted(scan.problems)[:5])
        unread = {"n": len(scan.problems), "paths": paths}
        found.append(Finding("inbox", "problems", Level.NOTE, unread))
    return found, scan


def _limits() -> dict[str, object]:
    limits: dict[str, object] = {}
    for name in ("max_user_watches", "max_user_instances"):
        try:
            limits[name] = (_LIMITS / name).read_text().strip()
        except OSError:
            limits[name] = "?"
    return limits


def _index(folder: Path, settings: Settings, scan: Scan | None, cache: Path) -> Iterator[Finding]:
    path = index_path(folder, cache)
    report = check_index(path, reader(settings))
    details: dict[str, object] = {
        "path": str(path), "letters": report.letters, "size": report.size, "detail": report.detail,
    }  # fmt: skip
    level = {
        IndexState.SOUND: Level.OK,
        IndexState.MISSING: Level.NOTE,
        IndexState.OLD: Level.NOTE,
        IndexState.DAMAGED: Level.WARNING,
        IndexState.UNREADABLE: Level.WARNING,
    }[report.state]
    yield Finding("index", str(report.state), level, details)
    if scan is not None and report.state is IndexState.SOUND:
        there = scan.files.keys() | scan.problems.keys()
        new, gone = len(there - report.paths), len(report.paths - there)
        if new or gone:
            yield Finding("index", "behind", Level.NOTE, {"new": new, "gone": gone})
