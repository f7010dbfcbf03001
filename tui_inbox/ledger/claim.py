"""One writer only, where locks cannot be trusted: a file that says who it is, kept fresh.

The file is made by an exclusive creation, which network shares do keep. Its owner rewrites it every
few seconds (the heartbeat); its time is the server's, so the clocks of the machines play no part.
A claim is stale when its process is dead (seen on the same machine) or its heartbeat has stopped.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tui_inbox.ledger.folder import Folder, told, write_all
from tui_inbox.ledger.model import ErrorCode, Holder, LedgerError

NAME = "writer"
#: Seconds between two heartbeats.
BEAT = 10.0
#: Seconds without a heartbeat after which another machine's claim is taken over.
STALE = 60.0
#: Seconds after the last write for which the claim is kept.
IDLE = 120.0
#: Seconds to wait after taking a claim over, so that two who do so at once see each other.
SETTLE = 0.5


class _Owner(msgspec.Struct, frozen=True):
    """What the file says. ``place`` and ``start`` tell a process from all others, ``""`` if the
    system does not say: the running kernel with its space of process numbers, and when it began.
    """

    token: str
    by: str
    host: str
    pid: int
    place: str
    start: str
    at: datetime
    beat: str


_decode = msgspec.json.Decoder(_Owner).decode


def place_of_processes() -> str:
    """Names the kernel that runs now and the namespace whose process numbers are seen."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def start_of(pid: int) -> str:
    """When a process began, in the kernel's ticks; empty if there is none with this number."""
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return ""
    # The name, in brackets, may hold anything; what follows it are numbers.
    fields = status[status.rfind(b")") + 2 :].split()
    return "" if fields[0] in (b"Z", b"X") else fields[19].decode("ascii")


def _now() -> float:
    """Seconds that also pass while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Claim:
    """This process's right to write, taken at the first write and given back when idle."""

    def __init__(self, folder: Folder, by: str, host: str, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._by = by
        self._host = host
        self._clock = clock
        self._token = os.urandom(8).hex()
        self._beats = 0
        self._held = False
        #: When the claim was last seen to be ours, and when it was last needed.
        self._seen = self._used = 0.0
        self._guard = threading.Lock()
        self._stop = threading.Event()
        self._heart: threading.Thread | None = None

    def hold(self) -> None:
        """Have the claim, or raise ``LedgerError`` (``CLAIMED``) with who has it."""
        with self._guard:
            if self._held and not self._is_ours():
                # The machine slept too long, say, and another took it over.
                self._held = False
            if not self._held:
                self._take()
            self._seen = self._used = _now()
        if self._heart is None or not self._heart.is_alive():
            self._stop.clear()
            self._heart = threading.Thread(target=self._beat_on, name="ledger-claim", daemon=True)
            self._heart.start()

    @property
    def held(self) -> bool:
        return self._held

    @property
    def fresh(self) -> bool:
        """Whether nobody can have taken it over since it was last seen to be ours."""
        return self._held and _now() - self._seen < STALE / 2

    def release(self) -> None:
        """Give the claim back; may be called without having it."""
        self._stop.set()
        with self._guard:
            self._give_back()
        heart, self._heart = self._heart, None
        if heart is not None and heart is not threading.current_thread():
            heart.join()

    def holder(self) -> Holder | None:
        """Who has it now; ``None`` if nobody, or nobody that lives."""
        try:
            data = self._folder.read(NAME)
        except LedgerError:
            return None
        owner = _owner(data)
        if owner is not None and owner.token == self._token:
            return None
        return None if self._is_stale(owner) else self._named(owner)

    # -- with the guard held

    def _take(self) -> None:
        for _ in range(3):
            if self._create():
                return
            try:
                data = self._folder.read(NAME)
            except LedgerError as gone:
                if gone.code is ErrorCode.MISSING:
                    continue
                raise
            owner = _owner(data)
            if not self._is_stale(owner):
                raise self._refusal(owner)
            if self._set_aside(data) and self._create():
                time.sleep(SETTLE)
                if self._is_ours():
                    return
                self._held = False
        raise self._refusal(None)

    def _create(self) -> bool:
        try:
            descriptor = self._folder.open(NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except LedgerError as there:
            if there.detail == "EEXIST":
                return False
            raise
        try:
            with told(self._path):
                write_all(descriptor, self._text())
                os.fsync(descriptor)
        except LedgerError:
            # Nothing but this process knows of it yet.
            self._path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        self._held = True
        return True

    def _set_aside(self, stale: bytes) -> bool:
        """Take the stale file away; not another's that came in its place meanwhile."""
        aside = self._path.with_name(f"{NAME}.{self._token}.tmp")
        try:
            self._path.rename(aside)
        except FileNotFoundError:
            return True
        except OSError:
            return False
        if aside.read_bytes() == stale:
            aside.unlink(missing_ok=True)
            return True
        with suppress(OSError):
            aside.rename(self._path)
        return False

    def _is_ours(self) -> bool:
        try:
            owner = _owner(self._folder.read(NAME))
        except LedgerError as gone:
            if gone.code is ErrorCode.MISSING:
                return False
            raise
        return owner is not None and owner.token == self._token

    def _is_stale(self, owner: _Owner | None) -> bool:
        here = place_of_processes()
        if owner is not None and here and owner.place == here:
            # The same kernel: whether the process lives is known for certain.
            return start_of(owner.pid) != owner.start
        age = self._age()
        return age is not None and age > STALE

    def _age(self) -> float | None:
        """Seconds since the heartbeat by the file server's clock; ``None`` if it cannot say."""
        probe = f"{NAME}.{self._token}.now.tmp"
        try:
            beat = self._path.stat().st_mtime
            descriptor = self._folder.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            try:
                os.write(descriptor, b"\n")
                os.fsync(descriptor)
                now = os.fstat(descriptor).st_mtime
            finally:
                os.close(descriptor)
                (self._folder.path / probe).unlink(missing_ok=True)
        except (OSError, LedgerError):
            return None
        return now - beat

    def _give_back(self) -> None:
        if not self._held:
            return
        self._held = False
        with suppress(LedgerError, OSError):
            if self._is_ours():
                self._path.unlink(missing_ok=True)

    def _beat_on(self) -> None:
        while not self._stop.wait(BEAT):
            with self._guard:
                if not self._held:
                    continue
                if _now() - self._used > IDLE:
                    self._give_back()
                    continue
                # Out of reach for the moment: the next beat comes soon, and a write looks itself.
                with suppress(LedgerError, OSError):
                    self._beat()

    def _beat(self) -> None:
        if not self._is_ours():
            self._held = False
            return
        self._beats += 1
        with self._folder.opened(NAME, os.O_WRONLY) as descriptor:
            # As long as before, so that no reader sees a part of it.
            os.pwrite(descriptor, self._text(), 0)
            os.fsync(descriptor)
        self._seen = _now()

    def _text(self) -> bytes:
        owner = _Owner(
            self._token,
            self._by,
            self._host,
            os.getpid(),
            place_of_processes(),
            start_of(os.getpid()),
            self._clock().astimezone(UTC).replace(microsecond=0),
            f"{self._beats:012d}",
        )
        return msgspec.json.encode(owner) + b"\n"

    def _refusal(self, owner: _Owner | None) -> LedgerError:
        return LedgerError(ErrorCode.CLAIMED, str(self._path), holder=self._named(owner))

    def _named(self, owner: _Owner | None) -> Holder:
        age = self._age()
        seconds = None if age is None else max(0, int(age))
        if owner is None:
            return Holder("", "", 0, seconds)
        return Holder(owner.by, owner.host, owner.pid, seconds)

    @property
    def _path(self) -> Path:
        return self._folder.path / NAME


def _owner(data: bytes) -> _Owner | None:
    """``None`` for a file that says nothing: it is just being made, or its maker died doing so."""
    try:
        return _decode(data)
    except msgspec.DecodeError:
        return None
