"""What the other side knows of the folder, as far as this side has told it."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.letter import Problem
from tui_inbox.watching.model import Batch, Known, Stamp, State


class Picture:
    """Files with the stamp that was handed over, problems and growing files that were told of."""

    def __init__(self) -> None:
        self._files: dict[str, Stamp | None] = {}
        self._problems: dict[str, Problem] = {}
        self._growing: set[str] = set()

    @property
    def files(self) -> int:
        return len(self._files)

    @property
    def problems(self) -> int:
        return len(self._problems)

    def refresh(self, known: Known) -> None:
        """Take what the other side says of itself."""
        self._files = dict(known)

    def differs(self, path: str, state: State) -> bool:
        """Whether the other side has to be told that ``path`` is ``state``."""
        if state is None:
            return path in self._files or path in self._problems or path in self._growing
        if isinstance(state, Problem):
            return self._problems.get(path) != state
        return path in self._problems or path in self._growing or self._files.get(path) != state

    def paths(self) -> set[str]:
        """Every path that the other side has a row for."""
        return self._files.keys() | self._problems.keys() | self._growing

    def below(self, folders: Iterable[str]) -> list[str]:
        """The paths that lie in one of ``folders`` or deeper: one look at each path, however many
        folders.
        """
        wanted = frozenset(folders)
        return [path for path in self.paths() if _lies_in(path, wanted)] if wanted else []

    def unread(self, path: str) -> None:
        """The other side could not read ``path``: it is to be told of it once more."""
        if path in self._files:
            self._files[path] = None

    def took(self, batch: Batch) -> None:
        """The other side took the batch."""
        for path, stamp in batch.stable.items():
            self._files[path] = stamp
            self._problems.pop(path, None)
            self._growing.discard(path)
        for path in batch.gone:
            self._files.pop(path, None)
            self._problems.pop(path, None)
            self._growing.discard(path)
        self._problems.update(batch.problems)
        self._growing.difference_update(batch.problems)
        self._growing.update(batch.growing)


def _lies_in(path: str, folders: frozenset[str]) -> bool:
    above = path.rpartition("/")[0]
    while above:
        if above in folders:
            return True
        above = above.rpartition("/")[0]
    return False
