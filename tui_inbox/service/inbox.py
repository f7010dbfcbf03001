"""One open inbox: the only object that the screen and the command line talk to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from tui_inbox.config import Settings
from tui_inbox.ledger import Change, HistoryItem, Record
from tui_inbox.letter import Letter
from tui_inbox.service.model import InboxStatus, Update
from tui_inbox.triage import Board, Query, Row, Status


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Inbox:
    """A folder of letters, what is known of them and what people decided.

    Every method may be called from any thread and may block on the disk. What decides
    (``mark`` … ``redo``) is durable when it returns, else raises :class:`ActionFailed`.
    """

    folder: Path
    settings: Settings

    @classmethod
    def open(
        cls,
        folder: Path,
        settings: Settings,
        *,
        cache_dir: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> Inbox:
        """Open without reading a letter: what is known is there at once.

        :raises InboxUnavailable: the folder is missing, no folder, or cannot be listed.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Stop watching and let go of the files; may be called twice."""
        raise NotImplementedError

    def __enter__(self) -> Inbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Intake

    def refresh(self) -> None:
        """Bring what is known up to the folder's state: one whole scan, blocking.

        :raises InboxUnavailable: the folder cannot be listed; nothing known is lost.
        """
        raise NotImplementedError

    def watch(self, listener: Callable[[Update], None]) -> None:
        """Follow the folder and the other processes' entries until :meth:`close`.

        ``listener`` is called from a background thread, one call at a time.
        """
        raise NotImplementedError

    def rescan(self) -> None:
        """Look through the whole folder now, in the background (or blocking, when not watching)."""
        raise NotImplementedError

    def retry(self, id: str) -> None:
        """Read the files of a letter or of a problem again, blocking, though nothing changed."""
        raise NotImplementedError

    @property
    def status(self) -> InboxStatus:
        raise NotImplementedError

    # Looking

    def board(self, query: Query) -> Board:
        """What the screen shows for a query."""
        raise NotImplementedError

    def row(self, id: str) -> Row | None:
        raise NotImplementedError

    def letter(self, id: str) -> Letter | None:
        """The whole letter. One in a secret class is read from its file each time, never kept."""
        raise NotImplementedError

    def text(self, id: str) -> str | None:
        """The decoded text that the letter's spans refer to; ``None`` if it cannot be had."""
        raise NotImplementedError

    def record(self, id: str) -> Record:
        """What people decided; a new record for a letter that nobody touched."""
        raise NotImplementedError

    def history(self, id: str) -> tuple[HistoryItem, ...]:
        """Who did what when, the oldest first."""
        raise NotImplementedError

    def find(self, prefix: str) -> tuple[str, ...]:
        """The ids that ``prefix`` may mean: the start of an id, a path, or a register number."""
        raise NotImplementedError

    # Deciding

    def mark(self, ids: Iterable[str], status: Status, note: str | None = None) -> Change:
        raise NotImplementedError

    def note(self, id: str, text: str) -> Change:
        raise NotImplementedError

    def assign(self, ids: Iterable[str], who: str | None) -> Change:
        raise NotImplementedError

    def due(self, ids: Iterable[str], date: dt.date | None) -> Change:
        raise NotImplementedError

    def tag(
        self, ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Change:
        raise NotImplementedError

    def undo(self) -> Change | None:
        """Take back this author's last action; ``None`` when there is none."""
        raise NotImplementedError

    def redo(self) -> Change | None:
        raise NotImplementedError
