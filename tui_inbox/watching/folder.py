"""One pass over the folder: which files are there, which could not be letters, and why.

Nothing but directories is opened here, so that a FIFO cannot block and a device cannot act.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching.model import Away, FolderUnavailable, Scan, Stamp, State
from tui_inbox.watching.names import LEDGER, file_of, names, path_of

# A subfolder about to be listed: its path ("" for the folder itself), device and inode.
OnFolder = Callable[[str, tuple[int, int]], None]
# Whether a file, by its path and as it is, needs no mention.
Passes = Callable[[str, Stamp], bool]

_READABLE_BY_ALL = 0o444
# The mode of almost every file: a regular one that everybody may read.
_USUAL = stat.S_IFREG | _READABLE_BY_ALL
_USUAL_BITS = stat.S_IFMT(0o777777) | _READABLE_BY_ALL
# How many entries are looked at between two looks at whether the scan is to end.
_AT_ONCE = 256
_OPEN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NONBLOCK
_AWAY = {
    errno.ENOENT: Away.MISSING,
    errno.ENOTDIR: Away.NOT_A_FOLDER,
    errno.EACCES: Away.PERMISSION,
    errno.EPERM: Away.PERMISSION,
}


def none_passes(_path: str, _stamp: Stamp) -> bool:
    """Every file is to be mentioned."""
    return False


def scan(folder: Path, settings: WatchSettings) -> Scan:
    """Look at everything in ``folder`` once.

    :raises FolderUnavailable: the folder itself cannot be listed.
    """
    return walk(folder, settings, quiet=settings.delay)


def walk(
    folder: Path,
    settings: WatchSettings,
    *,
    quiet: float,
    start: str = "",
    on_folder: OnFolder | None = None,
    stopped: Callable[[], bool] = lambda: False,
    passes: Passes = none_passes,
) -> Scan:
    """:func:`scan` of the subfolder ``start`` and what lies below it.

    ``quiet`` is how long, in seconds, a file must not have changed to be not ``fresh``.
    ``on_folder`` is called before a folder is listed, so that a watch set there misses nothing.
    Ends early, with what it has, when ``stopped()``. A file that ``passes`` is not mentioned: there
    may be very many of which nothing is to be told.
    """
    return _Walk(folder, settings, quiet, on_folder, stopped, passes).run(start)


def look(folder: Path, path: str, settings: WatchSettings) -> State:
    """What one path is now: what a whole scan would say of it. A folder that can be listed is
    ``None``.
    """
    rules = names(settings)
    if not rules.reached(path, settings.subfolders) or rules.ignored(path):
        return None
    file = file_of(folder, path)
    try:
        found = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return problem_of(error) if rules.wanted(path) else None
    if stat.S_ISDIR(found.st_mode):
        shut = settings.subfolders and not _may(str(file), os.R_OK | os.X_OK)
        return problem_of(PermissionError(errno.EACCES, "")) if shut else None
    if stat.S_ISLNK(found.st_mode):
        return _link(folder, file, settings, wanted=rules.wanted(path))
    return _file(str(file), found, settings) if rules.wanted(path) else None


def identity_of(folder: Path) -> tuple[int, int]:
    """Device and inode of the folder.

    :raises FolderUnavailable: it is not there, or no folder.
    """
    try:
        found = folder.stat()
    except OSError as error:
        raise FolderUnavailable(str(folder), _away(error)) from error
    if not stat.S_ISDIR(found.st_mode):
        raise FolderUnavailable(str(folder), Away.NOT_A_FOLDER)
    return found.st_dev, found.st_ino


def problem_of(error: OSError) -> Problem:
    """The problem that an error of the file system is to a reader."""
    name = errno.errorcode.get(error.errno or 0, "EIO")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Problem(ProblemCode.PERMISSION, {"detail": name})
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Problem(ProblemCode.MISSING, {"detail": name})
    return Problem(ProblemCode.IO, {"detail": name})


def too_large(size: int, settings: WatchSettings) -> Problem:
    return Problem(ProblemCode.TOO_LARGE, {"size": str(size), "limit": str(settings.max_bytes)})


def not_regular(mode: int) -> Problem:
    """``type``: ``fifo``, ``socket``, ``device``, ``folder``, ``link`` or ``other``."""
    for test, name in (
        (stat.S_ISFIFO, "fifo"),
        (stat.S_ISSOCK, "socket"),
        (stat.S_ISCHR, "device"),
        (stat.S_ISBLK, "device"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "link"),
    ):
        if test(mode):
            return Problem(ProblemCode.NOT_REGULAR, {"type": name})
    return Problem(ProblemCode.NOT_REGULAR, {"type": "other"})


def inside(folder: Path, target: str) -> str | None:
    """``target`` (a resolved path) relative to the folder; ``None`` outside and in the ledger."""
    root = os.path.realpath(folder)
    if target == root:
        return ""
    prefix = root if root.endswith("/") else root + "/"
    if not target.startswith(prefix):
        return None
    relative = target[len(prefix) :]
    return None if relative.split("/", 1)[0] == LEDGER else relative


def _file(
    name: str, found: os.stat_result, settings: WatchSettings, dir_fd: int | None = None
) -> Stamp | Problem:
    if not stat.S_ISREG(found.st_mode):
        return not_regular(found.st_mode)
    if found.st_size > settings.max_bytes:
        return too_large(found.st_size, settings)
    # Asked only where the mode leaves a doubt: it is a call a file.
    if found.st_mode & _READABLE_BY_ALL != _READABLE_BY_ALL and not _may(name, os.R_OK, dir_fd):
        return problem_of(PermissionError(errno.EACCES, ""))
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def _may(name: str, mode: int, dir_fd: int | None = None) -> bool:
    return os.access(
        name, mode, dir_fd=dir_fd, effective_ids=os.access in os.supports_effective_ids
    )


def _link(folder: Path, file: Path, settings: WatchSettings, *, wanted: bool) -> State:
    """What a symbolic link is. A link to a folder is ``None`` where a scan goes into it."""
    try:
        found = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Problem(ProblemCode.MISSING, {"detail": "dangling"}) if wanted else None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return not_regular(stat.S_IFLNK) if wanted else None
        return problem_of(error) if wanted else None
    target = os.path.realpath(file)
    within = inside(folder, target)
    if stat.S_ISDIR(found.st_mode):
        if not settings.subfolders:
            return not_regular(found.st_mode) if wanted else None
        if settings.follow_links:
            return None
        if within is None:
            # Not by its name a letter, yet letters may lie behind it: never in silence.
            return Problem(ProblemCode.OUTSIDE, {"target": path_of(target)})
        # What it leads to is seen at its own place.
        return not_regular(found.st_mode) if wanted else None
    if not wanted:
        return None
    if within is None and not settings.follow_links:
        return Problem(ProblemCode.OUTSIDE, {"target": path_of(target)})
    return _file(str(file), found, settings)


def _away(error: OSError) -> Away:
    return _AWAY.get(error.errno or 0, Away.IO)


class _Walk:
    def __init__(
        self,
        folder: Path,
        settings: WatchSettings,
        quiet: float,
        on_folder: OnFolder | None,
        stopped: Callable[[], bool],
        passes: Passes,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._names = names(settings)
        self._quiet_ns = int(quiet * 1e9)
        self._on_folder = on_folder
        self._stopped = stopped
        self._passes = passes
        self._files: dict[str, Stamp] = {}
        self._problems: dict[str, Problem] = {}
        self._fresh: set[str] = set()
        self._unlisted: set[str] = set()
        self._visited: set[tuple[int, int]] = set()
        self._identity = (0, 0)
        self._empty = True

    def run(self, start: str) -> Scan:
        todo = [start]
        # Links to folders come last, so that a folder in the inbox keeps the path of its place.
        linked: list[str] = []
        while (todo or linked) and not self._stopped():
            here = todo.pop() if todo else linked.pop(0)
            try:
                self._list(here, todo, linked)
            except (FileNotFoundError, NotADirectoryError) as error:
                # It went while the scan came to it; only for the folder itself that says a lot.
                if not here:
                    raise FolderUnavailable(str(self._folder), _away(error)) from error
            except OSError as error:
                if not here:
                    raise FolderUnavailable(str(self._folder), _away(error)) from error
                self._problems[here] = problem_of(error)
                self._unlisted.add(here)
        if not start and not self._stopped() and identity_of(self._folder) != self._identity:
            # Swapped under the scan: half of it is of a folder that is not there any more.
            raise FolderUnavailable(str(self._folder), Away.MISSING)
        return Scan(
            files=self._files,
            problems=self._problems,
            fresh=frozenset(self._fresh),
            unlisted=frozenset(self._unlisted),
            empty=self._empty,
            identity=self._identity,
        )

    def _list(self, here: str, todo: list[str], linked: list[str]) -> None:
        # The folder itself may be a link, what lies in it only where that is allowed.
        follow = not here or self._settings.follow_links
        fd = os.open(file_of(self._folder, here), _OPEN_FOLDER | (0 if follow else os.O_NOFOLLOW))
        try:
            found = os.fstat(fd)
            identity = (found.st_dev, found.st_ino)
            if not here:
                self._identity = identity
            if identity in self._visited:
                return
            self._visited.add(identity)
            if self._on_folder is not None:
                self._on_folder(here, identity)
            prefix = f"{here}/" if here else ""
            now = time.time_ns()
            links: list[str] = []
            for entry in self._entries(fd):
                path = prefix + path_of(entry.name)
                if entry.is_file(follow_symlinks=False):
                    # Asked first: there are many files to each folder or link.
                    if self._names.wanted(path):
                        self._take_file(path, entry, fd, now)
                elif self._names.ignored(path):
                    continue
                elif entry.is_symlink():
                    if self._take_link(path):
                        links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    if self._settings.subfolders:
                        todo.append(path)
                elif self._names.wanted(path):
                    self._take_file(path, entry, fd, now)
            linked += sorted(links)
        finally:
            os.close(fd)

    def _entries(self, fd: int) -> Iterator[os.DirEntry[str]]:
        with os.scandir(fd) as entries:
            while some := list(islice(entries, _AT_ONCE)):
                self._empty = False
                yield from some
                if self._stopped():
                    return

    def _take_link(self, path: str) -> bool:
        """Note what the link is; true for one to a folder that is to be listed too."""
        file = file_of(self._folder, path)
        state = _link(self._folder, file, self._settings, wanted=self._names.wanted(path))
        if isinstance(state, Stamp):
            # The link may be old and what it leads to new: wait for it like for any change.
            self._put(path, state, fresh=time.time_ns() - state.mtime_ns < self._quiet_ns)
        elif isinstance(state, Problem):
            self._problems[path] = state
        return (
            state is None
            and self._settings.follow_links
            and self._settings.subfolders
            and file.is_dir()
        )

    def _take_file(self, path: str, entry: os.DirEntry[str], fd: int, now: int) -> None:
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return
        except OSError as error:
            self._problems[path] = problem_of(error)
            return
        size, changed = found.st_size, found.st_mtime_ns
        if found.st_mode & _USUAL_BITS == _USUAL and size <= self._settings.max_bytes:
            stamp = Stamp(size, changed, found.st_ino)
        else:
            state = _file(entry.name, found, self._settings, fd)
            if isinstance(state, Problem):
                self._problems[path] = state
                return
            stamp = state
        # The inode's time too: copying programs set a file's own time back when they are done.
        late = now - self._quiet_ns
        self._put(path, stamp, fresh=changed > late or found.st_ctime_ns > late)

    def _put(self, path: str, stamp: Stamp, *, fresh: bool) -> None:
        if not self._passes(path, stamp):
            self._files[path] = stamp
            if fresh:
                self._fresh.add(path)
