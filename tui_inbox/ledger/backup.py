"""The whole ledger in one file, and back again. Nothing that is there is ever overwritten.

A backup is a gzipped tar of the folder's files with a list of them, sizes and SHA-256, at its
beginning. It is made while others write: the journal only grows, so its files up to their last
whole lines are the ledger as it was at one moment.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec

from tui_inbox.ledger.folder import NAME, Folder, put, sync, temporary_name, told, write_all
from tui_inbox.ledger.line import unframe
from tui_inbox.ledger.locking import WriteLock
from tui_inbox.ledger.model import ErrorCode, LedgerError
from tui_inbox.ledger.segments import numbers
from tui_inbox.ledger.trust import Locks

FORMAT = 1
MANIFEST = "tui-inbox-ledger.json"
#: Seconds that restoring waits for a writer.
LOCK_TIMEOUT = 10.0

_LARGEST_MANIFEST = 10_000_000
#: What a ledger's folder holds, as flat names: nothing in a backup is a path.
_NAME = re.compile(r"(?:journal|snapshot)-\d{12}\.jsonl|damaged-[\w.-]{1,200}\.bin|settings\.toml")
_EXCHANGE = 2
_AT_CWD = -100


class Member(msgspec.Struct, frozen=True):
    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """``seq`` is not kept: the journal says it."""

    format: int
    at: datetime
    host: str
    files: tuple[Member, ...]


def backup(inbox: Path, target: Path, now: datetime) -> Manifest:
    """Write ``target``, whole or not at all, 0600; there must be no such file.

    Raises :class:`LedgerError`: ``NOTHING`` where no ledger is, ``EXISTS``, and those of the disk.
    """
    folder = Folder(inbox)
    if os.path.lexists(target):
        raise LedgerError(ErrorCode.EXISTS, str(target))
    names = folder.names() if folder.exists() else []
    if not numbers(names, "journal"):
        raise LedgerError(ErrorCode.NOTHING, str(folder.path))
    files = list(_contents(folder, names))
    manifest = Manifest(
        FORMAT,
        now.astimezone(UTC),
        os.uname().nodename,
        tuple(Member(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files),
    )
    temporary = target.with_name(temporary_name(f".{target.name}"))
    with told(target):
        try:
            descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w+b") as stream:
                with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as archive:
                    for name, data in ((MANIFEST, msgspec.json.encode(manifest)), *files):
                        _add(archive, name, data, manifest.at)
                stream.flush()
                os.fsync(stream.fileno())
            put(temporary, target)
            sync(target.absolute().parent)
        finally:
            temporary.unlink(missing_ok=True)
    return manifest


def restore(
    inbox: Path, source: Path, by: str, now: datetime, locks: Locks = "auto"
) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of the inbox's ledger; where that is set aside, if there was one.

    Everything is checked and on disk before anything is moved. Raises :class:`LedgerError`:
    ``NO_BACKUP`` with what is wrong, ``LOCKED`` while another writes, and those of the disk.
    """
    folder = Folder(inbox)
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    fresh = _unused(inbox / f"{NAME}.restoring-{stamp}")
    with told(inbox):
        fresh.mkdir(0o700)
    lock = WriteLock(folder, by, lambda: now, locks)
    moved = False
    try:
        with told(source):
            manifest = _unpack(source, fresh)
        with told(fresh):
            mode = folder.path.stat().st_mode & 0o7777 if folder.exists() else folder.new_mode()
            for path in fresh.iterdir():
                path.chmod(mode & 0o666)
            fresh.chmod(mode)
            sync(fresh)
        if not folder.exists():
            with told(inbox):
                fresh.rename(folder.path)
                sync(inbox)
            return manifest, None
        with lock.held(LOCK_TIMEOUT), told(inbox):
            moved = True
            aside = _exchange(fresh, folder.path, _unused(inbox / f"{NAME}.before-{stamp}"))
            sync(inbox)
    except BaseException:
        # Once it has begun nothing is deleted: what has the new one's name may be the old one.
        if not moved:
            shutil.rmtree(fresh, ignore_errors=True)
        raise
    finally:
        lock.release()
    return manifest, aside


def _contents(folder: Folder, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in filter(_NAME.fullmatch, names):
        try:
            data = folder.read(name)
        except LedgerError as gone:
            # Old snapshots are taken away when a new one is made.
            if gone.code is ErrorCode.MISSING and name.startswith("snapshot-"):
                continue
            raise
        if name.startswith("journal-"):
            # What follows the last line feed is still being written, if it is no whole line.
            end = data.rfind(b"\n") + 1
            data = data if unframe(data[end:]) else data[:end]
        yield name, data


def _add(archive: tarfile.TarFile, name: str, data: bytes, at: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(data), 0o600, int(at.timestamp())
    archive.addfile(member, io.BytesIO(data))


def _unpack(source: Path, target: Path) -> Manifest:
    """The files of a backup, each checked against its list, written and synced."""
    with _readable(source), source.open("rb") as stream, _opened(stream) as archive:
        members = iter(archive)
        manifest = _manifest(archive, next(members, None), source)
        wanted = {member.name: member for member in manifest.files}
        for found in members:
            listed = wanted.pop(found.name, None)
            if listed is None or not found.isreg() or found.size != listed.size:
                raise LedgerError(ErrorCode.NO_BACKUP, str(source), found.name[:200])
            content = archive.extractfile(found)
            assert content is not None
            data = content.read()
            if hashlib.sha256(data).hexdigest() != listed.sha256:
                raise LedgerError(ErrorCode.NO_BACKUP, str(source), found.name)
            _write(target / found.name, data)
        if wanted:
            raise LedgerError(ErrorCode.NO_BACKUP, str(source), min(wanted))
    return manifest


def _opened(stream: IO[bytes]) -> tarfile.TarFile:
    return tarfile.open(fileobj=stream, mode="r:gz")


@contextmanager
def _readable(source: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, ValueError) as found:
        raise LedgerError(ErrorCode.NO_BACKUP, str(source), type(found).__name__) from found
    except OSError as found:
        # gzip says so of what is not gzipped, without an errno.
        if found.errno is not None:
            raise
        raise LedgerError(ErrorCode.NO_BACKUP, str(source), type(found).__name__) from found


def _manifest(archive: tarfile.TarFile, first: tarfile.TarInfo | None, source: Path) -> Manifest:
    wrong = LedgerError(ErrorCode.NO_BACKUP, str(source), MANIFEST)
    if first is None or first.name != MANIFEST or not first.isreg():
        raise wrong
    if first.size > _LARGEST_MANIFEST:
        raise wrong
    content = archive.extractfile(first)
    assert content is not None
    try:
        manifest = msgspec.json.decode(content.read(), type=Manifest)
    except msgspec.DecodeError as found:
        raise wrong from found
    if manifest.format > FORMAT:
        raise LedgerError(ErrorCode.NEWER_FORMAT, str(source), str(manifest.format))
    names = [member.name for member in manifest.files]
    if len(set(names)) != len(names) or not all(map(_NAME.fullmatch, names)):
        raise wrong
    if not numbers(names, "journal"):
        raise wrong
    return manifest


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange(fresh: Path, present: Path, aside: Path) -> Path:
    """Put ``fresh`` in the place of ``present``, in one step where the system can do that.

    Returns where the one that was present is now.
    """
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 is not None:
        done = renameat2(_AT_CWD, os.fsencode(fresh), _AT_CWD, os.fsencode(present), _EXCHANGE)
        if done == 0:
            fresh.rename(aside)
            return aside
    present.rename(aside)
    try:
        fresh.rename(present)
    except OSError:
        aside.rename(present)
        raise
    return aside


def _unused(path: Path) -> Path:
    found, count = path, 1
    while os.path.lexists(found):
        count += 1
        found = path.with_name(f"{path.name}-{count}")
    return found
