"""The ledger's folder on disk: who may read it, what may stand there, how a file is made to last.

Nothing here follows a symlink, opens anything but regular files, or creates what a reader does
not need.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui_inbox.ledger.model import ErrorCode, LedgerError

NAME = ".tui-inbox"
LOCK = "lock"
#: Seconds after which a temporary file is nobody's any more.
LEFTOVER = 3600.0

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_SAFE = _NOFOLLOW | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_CODES = {
    errno.EACCES: ErrorCode.PERMISSION,
    errno.EPERM: ErrorCode.PERMISSION,
    errno.EROFS: ErrorCode.READ_ONLY,
    errno.ENOSPC: ErrorCode.FULL,
    errno.EDQUOT: ErrorCode.FULL,
    errno.EFBIG: ErrorCode.FULL,
    errno.ENOENT: ErrorCode.MISSING,
    errno.ESTALE: ErrorCode.MISSING,
    errno.ENOTDIR: ErrorCode.NOT_A_FOLDER,
    errno.ELOOP: ErrorCode.NOT_A_FILE,
    errno.EISDIR: ErrorCode.NOT_A_FILE,
    # Opening a socket, or a FIFO that nobody reads, without waiting for it.
    errno.ENXIO: ErrorCode.NOT_A_FILE,
}


def error(found: OSError, path: Path) -> LedgerError:
    number = found.errno or 0
    name = errno.errorcode.get(number, str(number))
    return LedgerError(_CODES.get(number, ErrorCode.IO), str(path), name)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` into a :class:`LedgerError` that names ``path``."""
    try:
        yield
    except OSError as found:
        raise error(found, path) from found


class Folder:
    """``<inbox>/.tui-inbox``; it need not exist until something is written."""

    def __init__(self, inbox: Path) -> None:
        self.inbox = inbox
        self.path = inbox / NAME

    def exists(self) -> bool:
        """Whether it is there; a symlink or anything but a folder is an error, never followed."""
        try:
            found = os.lstat(self.path)
        except FileNotFoundError:
            return False
        except OSError as problem:
            raise error(problem, self.path) from problem
        if not stat.S_ISDIR(found.st_mode):
            raise LedgerError(ErrorCode.NOT_A_FOLDER, str(self.path))
        return True

    def create(self) -> None:
        """Make the folder, 0700, or with the inbox's group bits where the inbox is setgid."""
        if self.exists():
            return
        with told(self.path):
            mode = self.new_mode()
            try:
                self.path.mkdir(stat.S_IRWXU)
            except FileExistsError:
                pass
            else:
                # mkdir() takes the umask off, and the group is to have what the inbox gives it.
                self.path.chmod(mode)
                sync(self.inbox)
        self.exists()

    def new_mode(self) -> int:
        """0700, or with the inbox's group bits where that is setgid."""
        shared = self.inbox.stat().st_mode
        mode = stat.S_IRWXU
        return mode | stat.S_ISGID | (shared & stat.S_IRWXG) if shared & stat.S_ISGID else mode

    def file_mode(self) -> int:
        """0600, or with the folder's group bits for reading and writing where it is setgid."""
        with told(self.path):
            mode = os.lstat(self.path).st_mode
        shared = mode & (stat.S_IRGRP | stat.S_IWGRP) if mode & stat.S_ISGID else 0
        return stat.S_IRUSR | stat.S_IWUSR | shared

    def names(self) -> list[str]:
        with told(self.path):
            return sorted(path.name for path in self.path.iterdir())

    def writable(self) -> bool:
        return os.access(self.path, os.W_OK | os.X_OK)

    def open(self, name: str, flags: int) -> int:
        """Open a regular file of the folder; created files are 0600 or shared as the folder is."""
        path = self.path / name
        with told(path):
            descriptor = os.open(path, flags | _SAFE, 0o600)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise LedgerError(ErrorCode.NOT_A_FILE, str(path))
                if flags & os.O_CREAT and flags & os.O_EXCL:
                    os.fchmod(descriptor, self.file_mode())
            except BaseException:
                os.close(descriptor)
                raise
        return descriptor

    @contextmanager
    def opened(self, name: str, flags: int = os.O_RDONLY) -> Iterator[int]:
        descriptor = self.open(name, flags)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def read(self, name: str) -> bytes:
        with self.opened(name) as descriptor, told(self.path / name):
            return read_from(descriptor, 0, os.fstat(descriptor).st_size)

    def replace(self, name: str, chunks: Iterator[bytes]) -> None:
        """Write a file whole: into a temporary one, synced, renamed, the folder synced."""
        temporary = temporary_name(name)
        path = self.path / temporary
        descriptor = self.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with told(self.path / name):
                try:
                    for chunk in chunks:
                        write_all(descriptor, chunk)
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)
                path.replace(self.path / name)
                sync(self.path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def size(self, name: str) -> int:
        """Bytes; 0 where there is no such file (any more)."""
        with told(self.path / name):
            try:
                return (self.path / name).lstat().st_size
            except FileNotFoundError:
                return 0

    def remove_leftovers(self, names: list[str]) -> None:
        """Temporary files of writers that died; one that is being written is young."""
        with told(self.path):
            for path in (self.path / name for name in names if name.endswith(".tmp")):
                with suppress(FileNotFoundError):
                    if abs(time.time() - path.lstat().st_mtime) > LEFTOVER:
                        path.unlink()

    def remove(self, names: list[str]) -> None:
        for name in names:
            with told(self.path / name):
                (self.path / name).unlink(missing_ok=True)


def read_from(descriptor: int, offset: int, end: int) -> bytes:
    """The bytes from ``offset`` to ``end`` or to the end of the file, whichever is nearer."""
    parts: list[bytes] = []
    while offset < end and (part := os.pread(descriptor, end - offset, offset)):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def temporary_name(name: str) -> str:
    """A name that nobody else's temporary file has, not even a dead process's of this number."""
    return f"{name}.{os.getpid()}-{os.urandom(4).hex()}.tmp"


def put(temporary: Path, target: Path) -> None:
    """Give a file its name, which must be nobody else's: a rename would overwrite that."""
    try:
        os.link(temporary, target)
    except FileExistsError as found:
        raise LedgerError(ErrorCode.EXISTS, str(target)) from found
    except OSError:
        # A memory stick's file system has no hard links.
        if os.path.lexists(target):
            raise LedgerError(ErrorCode.EXISTS, str(target)) from None
        temporary.rename(target)


def sync(folder: Path) -> None:
    """Make names that were created or renamed in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
