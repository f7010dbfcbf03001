"""The bytes of one file, whole and of one moment, or the reason why not."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching.folder import inside, not_regular, problem_of, too_large
from tui_inbox.watching.model import Stamp
from tui_inbox.watching.names import native_of, path_of

_OPEN = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_CHUNK = 1 << 20
_TRIES = 3


def load(folder: Path, path: str, settings: WatchSettings) -> tuple[bytes, Stamp] | Problem:
    """Read the file of ``path``; the stamp is that of the bytes.

    Never blocks on a FIFO, never follows a link out of the folder unless the settings allow it,
    never takes more than the size limit into memory. A file that changes while it is read is
    tried again, then a ``Problem`` ``io`` with ``detail`` ``changing``: its writer's next change
    brings it back as stable.
    """
    for _ in range(_TRIES):
        try:
            fd = _opened(folder, native_of(path), settings)
        except OSError as error:
            return problem_of(error)
        if isinstance(fd, Problem):
            return fd
        try:
            loaded = _read(fd, settings)
        except OSError as error:
            return problem_of(error)
        finally:
            os.close(fd)
        if loaded is not None:
            return loaded
    return Problem(ProblemCode.IO, {"detail": "changing"})


def _opened(folder: Path, native: str, settings: WatchSettings) -> int | Problem:
    parts = native.split("/")
    if not native or "\0" in native or any(part in ("", ".", "..") for part in parts):
        return Problem(ProblemCode.OUTSIDE, {"target": path_of(native)})
    if settings.follow_links:
        whole = folder / native
        found = whole.stat()
        if not stat.S_ISREG(found.st_mode):
            return not_regular(found.st_mode)
        return os.open(whole, _OPEN & ~os.O_NOFOLLOW)
    opened = _beneath(folder, parts)
    if opened is not None:
        return opened
    # A link, or a folder of the path is one: good only if all of it stays inside.
    target = os.path.realpath(folder / native)
    relative = inside(folder, target)
    if not relative:
        return Problem(ProblemCode.OUTSIDE, {"target": path_of(target)})
    opened = _beneath(folder, relative.split("/"))
    if opened is None:
        return Problem(ProblemCode.OUTSIDE, {"target": path_of(target)})
    return opened


def _beneath(folder: Path, parts: list[str]) -> int | Problem | None:
    """Open step by step, no step through a link; ``None`` where one is."""
    held = os.open(folder, _OPEN_FOLDER & ~os.O_NOFOLLOW)
    try:
        for part in parts[:-1]:
            try:
                deeper = os.open(part, _OPEN_FOLDER, dir_fd=held)
            except OSError as error:
                if error.errno in (errno.ELOOP, errno.ENOTDIR) and _is_link(part, held):
                    return None
                raise
            os.close(held)
            held = deeper
        name = parts[-1]
        # Looked at first: to open a device is to act on it, whatever is done afterwards.
        found = os.stat(name, dir_fd=held, follow_symlinks=False)
        if stat.S_ISLNK(found.st_mode):
            return None
        if not stat.S_ISREG(found.st_mode):
            return not_regular(found.st_mode)
        try:
            return os.open(name, _OPEN, dir_fd=held)
        except OSError as error:
            if error.errno == errno.ELOOP:
                return None
            raise
    finally:
        os.close(held)


def _is_link(name: str, dir_fd: int) -> bool:
    found = os.stat(name, dir_fd=dir_fd, follow_symlinks=False)
    return stat.S_ISLNK(found.st_mode)


def _read(fd: int, settings: WatchSettings) -> tuple[bytes, Stamp] | Problem | None:
    """The whole content, or ``None`` if it changed meanwhile."""
    before = os.fstat(fd)
    if not stat.S_ISREG(before.st_mode):
        return not_regular(before.st_mode)
    if before.st_size > settings.max_bytes:
        return too_large(before.st_size, settings)
    # One more than there should be: a file that grows is not run after until the limit.
    wanted = before.st_size + 1
    chunks: list[bytes] = []
    while wanted:
        chunk = os.read(fd, min(_CHUNK, wanted))
        if not chunk:
            break
        chunks.append(chunk)
        wanted -= len(chunk)
    after = os.fstat(fd)
    stamp = Stamp(after.st_size, after.st_mtime_ns, after.st_ino)
    if wanted != 1 or stamp != Stamp(before.st_size, before.st_mtime_ns, before.st_ino):
        return None
    return b"".join(chunks), stamp
