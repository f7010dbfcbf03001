"""Who may write: the lock of this machine's processes and, where it is not enough, the claim."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tui_inbox.ledger.claim import Claim
from tui_inbox.ledger.folder import LOCK, Folder, told
from tui_inbox.ledger.model import ErrorCode, Holder, LedgerError
from tui_inbox.ledger.trust import Locks, has_locks, why_single


class _Signature(msgspec.Struct, frozen=True):
    """What the lock file says of the process that holds it, or did last."""

    by: str
    host: str
    pid: int
    at: datetime


class WriteLock:
    """The right to append. One thread at a time may ask for it."""

    def __init__(
        self, folder: Folder, by: str, clock: Callable[[], datetime], locks: Locks = "auto"
    ) -> None:
        self._folder = folder
        self._by = by
        self._host = os.uname().nodename
        self._clock = clock
        self._locks = locks
        self._claim = Claim(folder, by, self._host, clock)
        self._lockable: bool | None = None
        self._asked = False
        self._why: str | None = None

    @property
    def host(self) -> str:
        return self._host

    @property
    def why_single(self) -> str | None:
        """Why only one process may write at a time, ``None`` if several may.

        A type of file system, ``setting``, or ``no_locks``. Looked up once.
        """
        if not self._asked:
            self._why = why_single(self._folder.inbox, self._locks)
            self._asked = True
        return self._why

    def writer(self) -> Holder | None:
        """The other that has the claim now, where only one may."""
        return self._claim.holder() if self.why_single else None

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Hold it, after waiting for others at most ``timeout`` seconds.

        Raises ``LedgerError`` (``LOCKED``, ``CLAIMED``) with the ``holder``.
        """
        with self._locked(timeout):
            if self.why_single is not None:
                self._claim.hold()
            yield

    def require(self) -> None:
        """Just before an append: a claim that has grown old may be another's by now."""
        if self.why_single is not None and not self._claim.fresh:
            raise LedgerError(ErrorCode.CLAIMED, str(self._folder.path), holder=self.writer())

    @property
    def claimed(self) -> bool:
        """Whether this process has the claim now."""
        return self._claim.held

    def release(self) -> None:
        """Give the claim back, if there is one."""
        self._claim.release()

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[None]:
        """The kernel gives a dead process's lock back, so there is none to take over."""
        # Only writers need it, and it is the slowest import here.
        from filelock import FileLock, Timeout

        path = self._folder.path / LOCK
        if self._lockable is None:
            self._lockable = self._has_locks()
        if not self._lockable:
            yield
            return
        lock = FileLock(path, timeout=timeout, mode=self._folder.file_mode(), poll_interval=0.002)
        with told(path):
            try:
                before = _inode(path)
                lock.acquire()
                while before is not None and before != _inode(path):
                    # While we waited a backup was put in the folder's place: lock that one.
                    lock.release()
                    before = _inode(path)
                    lock.acquire()
            except Timeout as waited:
                raise LedgerError(ErrorCode.LOCKED, str(path), holder=self.holder()) from waited
        try:
            self._sign()
            yield
        finally:
            lock.release()

    def _has_locks(self) -> bool:
        """Makes the lock file if need be. Without locks the claim is all there is."""
        flags = os.O_RDWR
        try:
            descriptor = self._folder.open(LOCK, flags)
        except LedgerError as found:
            if found.code is not ErrorCode.MISSING:
                raise
            try:
                descriptor = self._folder.open(LOCK, flags | os.O_CREAT | os.O_EXCL)
            except LedgerError as came:
                if came.detail != "EEXIST":
                    raise
                descriptor = self._folder.open(LOCK, flags)
        try:
            with told(self._folder.path / LOCK):
                there = has_locks(descriptor)
        finally:
            os.close(descriptor)
        if not there:
            self._asked, self._why = True, self.why_single or "no_locks"
        return there

    def _sign(self) -> None:
        """Leave the owner's name in the lock file: a hint for others, so without a sync."""
        now = self._clock().astimezone(UTC).replace(microsecond=0)
        text = msgspec.json.encode(_Signature(self._by, self._host, os.getpid(), now)) + b"\n"
        with self._folder.opened(LOCK, os.O_WRONLY) as descriptor, told(self._folder.path / LOCK):
            os.pwrite(descriptor, text, 0)
            os.ftruncate(descriptor, len(text))

    def holder(self) -> Holder | None:
        """Who holds the lock, or held it last; ``None`` if the file does not say."""
        try:
            found = msgspec.json.decode(self._folder.read(LOCK), type=_Signature)
        except (LedgerError, msgspec.DecodeError):
            return None
        age = int((self._clock().astimezone(UTC) - found.at).total_seconds())
        return Holder(found.by, found.host, found.pid, max(0, age))

    def holding(self) -> Holder | None:
        """Who holds the lock now; ``None`` where nobody does. Makes nothing."""
        try:
            descriptor = self._folder.open(LOCK, os.O_RDONLY)
        except LedgerError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return self.holder() or Holder("", "", 0, None)
        except OSError:
            return None
        finally:
            os.close(descriptor)
        return None


def _inode(path: Path) -> int | None:
    try:
        return path.lstat().st_ino
    except FileNotFoundError:
        return None
