"""What the other side knows of the folder, as far as this side has told it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from tui_inbox.letter import Problem
from tui_inbox.watching.model import Batch, Known, Scan, Stamp, State
from tui_inbox.watching.stamps import Stamps


class Picture:
    """Files with the stamp that was handed over, problems and growing files that were told of.

    The paths of the files are not held: ``known`` is asked for them when some are missing.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._files = Stamps()
        self._problems: dict[str, Problem] = {}
        self._growing: set[str] = set()

    @property
    def files(self) -> int:
        return len(self._files)

    @property
    def problems(self) -> int:
        return len(self._problems)

    def refresh(self) -> None:
        """Take what the other side says of itself."""
        self._files.load(self._known(""))

    def differs(self, path: str, state: State) -> bool:
        """Whether the other side has to be told that ``path`` is ``state``."""
        if isinstance(state, Problem):
            return self._problems.get(path) != state
        place = self._files.find(path)
        if state is None:
            return place >= 0 or self._is_odd(path)
        return not self.as_told(place, path, state)

    def as_told(self, place: int, path: str, stamp: Stamp) -> bool:
        """Whether ``path``, which the files hold at ``place``, was told of as a file like this."""
        return place >= 0 and self._files.holds(place, stamp) and not self._is_odd(path)

    def sweep(self, waiting: Container[str]) -> Sweep:
        """Begin a look at everything; the paths in ``waiting`` are of interest however they are."""
        return Sweep(self, waiting)

    def below(self, folders: Iterable[str]) -> list[str]:
        """The paths that lie in one of ``folders`` or deeper, each once."""
        wanted = frozenset(folders)
        found = {path for folder in wanted for path, _ in self._known(folder)}
        found.update(path for path in self.odd() if lies_in(path, wanted))
        return list(found)

    def _is_odd(self, path: str) -> bool:
        return path in self._problems or path in self._growing

    def odd(self) -> set[str]:
        """The paths that the other side takes for something else than files at rest."""
        return self._problems.keys() | self._growing

    def unseen(self, seen: bytearray) -> Iterator[str]:
        """The paths of the files whose places are not marked."""
        if b"\0" not in seen:
            return
        for path, _ in self._known(""):
            place = self._files.find(path)
            if place >= 0 and not seen[place]:
                yield path

    def unread(self, path: str) -> None:
        """The other side could not read ``path``: it is to be told of it once more."""
        if self._files.find(path) >= 0:
            self._files.put([(path, None)])

    def took(self, batch: Batch) -> None:
        """The other side took the batch."""
        self._files.put(batch.stable.items())
        self._files.drop(batch.gone)
        for path in (*batch.stable, *batch.gone):
            self._problems.pop(path, None)
            self._growing.discard(path)
        self._problems.update(batch.problems)
        self._growing.difference_update(batch.problems)
        self._growing.update(batch.growing)


class Sweep:
    """A look at everything beside what the picture holds. Nothing may be told meanwhile."""

    def __init__(self, picture: Picture, waiting: Container[str]) -> None:
        self._picture = picture
        self._files = picture._files
        self._seen = bytearray(len(self._files))
        self._waiting = waiting

    def passes(self, path: str, stamp: Stamp) -> bool:
        """``path`` was seen; whether there is nothing to tell of it."""
        place = self._mark(path)
        return path not in self._waiting and self._picture.as_told(place, path, stamp)

    def missing(self, scan: Scan) -> list[str]:
        """What the other side has and the look did not come upon, sorted."""
        for path in scan.problems:
            self._mark(path)
        absent = {*self._picture.unseen(self._seen), *self._picture.odd()}
        return sorted(absent - scan.files.keys() - scan.problems.keys())

    def _mark(self, path: str) -> int:
        place = self._files.find(path)
        if place >= 0:
            self._seen[place] = True
        return place


def lies_in(path: str, folders: frozenset[str]) -> bool:
    """Whether ``path`` lies in one of ``folders`` or deeper: one look, however many they are."""
    above = path.rpartition("/")[0]
    while above:
        if above in folders:
            return True
        above = above.rpartition("/")[0]
    return False
