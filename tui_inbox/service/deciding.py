"""What an inbox does when people decide: write it down, show it, say why it cannot be done."""

from __future__ import annotations

import datetime as dt
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from tui_inbox.catalogue import Catalogue
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Change, ErrorCode, Ledger, LedgerError, Sighting
from tui_inbox.letter import Letter
from tui_inbox.service.model import ActionFailed
from tui_inbox.service.opening import failed, index_told
from tui_inbox.service.shown import Shown
from tui_inbox.service.stamps import own_number
from tui_inbox.triage import Status, office_day

_NOT_WRITABLE = frozenset(
    {
        ErrorCode.NOT_A_FOLDER,
        ErrorCode.NOT_A_FILE,
        ErrorCode.PERMISSION,
        ErrorCode.READ_ONLY,
        ErrorCode.FULL,
        ErrorCode.IO,
    }
)


class Deciding(ABC):
    """The part of an inbox that writes. Each action is durable when it returns, and one step of
    undo whatever the number of letters, else it raises :class:`ActionFailed` and did nothing.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        ledger: Ledger,
        shown: Shown,
        office: OfficeSettings,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._shown = shown
        self._office = office
        self._clock = clock
        self._ledger_failed = False
        #: When somebody last acted here (``time.monotonic()``).
        self._acted = 0.0

    @abstractmethod
    def letter(self, id: str) -> Letter | None: ...

    def mark(self, ids: Iterable[str], status: Status, note: str | None = None) -> Change:
        return self._act(ids, lambda known: self._ledger.mark(known, status, note))

    def note(self, id: str, text: str) -> Change:
        return self.note_all((id,), text)

    def note_all(self, ids: Iterable[str], text: str) -> Change:
        """Write the same note to several letters, in one step of undo."""
        return self._act(ids, lambda known: self._ledger.note_all(known, text))

    def edit_note(self, id: str, note_id: str, text: str | None) -> Change:
        """Change a note's text, or take the note away (``None``)."""
        return self._act((id,), lambda _: self._ledger.edit_note(id, note_id, text))

    def assign(self, ids: Iterable[str], who: str | None) -> Change:
        return self._act(ids, lambda known: self._ledger.assign(known, who))

    def due(self, ids: Iterable[str], date: dt.date | None) -> Change:
        return self._act(ids, lambda known: self._ledger.due(known, date))

    def tag(
        self, ids: Iterable[str], add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Change:
        return self._act(ids, lambda known: self._ledger.tag(known, add, remove))

    def pin(self, ids: Iterable[str], pinned: bool = True) -> Change:
        return self._act(ids, lambda known: self._ledger.pin(known, pinned))

    def mark_read(self, ids: Iterable[str], read: bool = True) -> Change:
        """Note that letters were opened; no step for undo."""
        return self._act(ids, lambda known: self._ledger.read(known, read))

    def register(
        self,
        ids: Iterable[str],
        year: int | None = None,
        number: int | None = None,
        *,
        from_stamp: bool = True,
    ) -> Change:
        """Enter letters in the register of incoming letters, in the order of ``ids``.

        A letter that stands in it keeps its number. Others get the number and year of the office's
        own receipt stamp where that was read (unless ``from_stamp`` is false), else the next of
        ``year`` (Gregorian; by default the present one). With ``number`` the first letter gets
        that one and the others those after it, whatever they had.

        :raises ActionFailed: among others ``register_taken``, ``register_gap``.
        :raises ValueError: ``number`` is less than 1.
        """
        present = office_day(self._clock()).year
        if year is None:
            year = present

        def run(known: tuple[str, ...]) -> Change:
            stamped = {}
            if number is None and from_stamp:
                for id in known:
                    letter = self.letter(id)
                    found = None if letter is None else own_number(letter, self._office.names)
                    # A year that has not come yet was misread.
                    if found is not None and found[0] <= present:
                        stamped[id] = found
            return self._ledger.register(known, year, number, stamped)

        return self._act(ids, run)

    def undo(self, seq: int | None = None) -> Change | None:
        """Take back this author's last action, or the one numbered ``seq`` in the history.

        ``None`` when there is none. :raises ActionFailed: with ``conflicts`` where somebody has
        changed it since.
        """
        return self._step(lambda: self._ledger.undo(seq))

    def redo(self) -> Change | None:
        """Do again what this author took back last; raises as :meth:`undo`."""
        return self._step(self._ledger.redo)

    def _act(self, ids: Iterable[str], run: Callable[[tuple[str, ...]], Change]) -> Change:
        known = tuple(dict.fromkeys(ids))
        self._acted = time.monotonic()
        try:
            with index_told():
                self._ledger.identify_all(self._sightings(known))
                change = run(known)
        except LedgerError as error:
            self._ledger_failed = error.code in _NOT_WRITABLE
            raise failed(error) from error
        self._ledger_failed = False
        self._shown.acted(known)
        return change

    def _step(self, run: Callable[[], Change | None]) -> Change | None:
        self._acted = time.monotonic()
        try:
            change = run()
        except LedgerError as error:
            self._ledger_failed = error.code in _NOT_WRITABLE
            raise failed(error) from error
        if change is not None:
            self._ledger_failed = False
            self._shown.acted(change.ids)
        return change

    def _sightings(self, ids: Iterable[str]) -> list[Sighting]:
        """By what the ledger is to know these letters when the catalogue is lost.

        :raises ActionFailed: there is no such letter.
        """
        found = []
        records = self._ledger.records()
        for id in ids:
            summary = self._catalogue.summary(id)
            if summary is not None:
                # A file that could not be read has no content to be known by but its path.
                content = summary.sha256 or id
                found += [Sighting(id, content, path) for path in summary.paths]
            elif id not in records:
                raise ActionFailed("unknown_letter", {"id": id})
        return found
