"""One letter with all that is known of it and may be handed on."""

from __future__ import annotations

import datetime as dt

import msgspec

from tui_inbox.export.handling import NOT_HANDLED, Handling
from tui_inbox.ledger import Note, Record
from tui_inbox.letter import Document, Receipt, Secrecy
from tui_inbox.triage import Row, office_day


class Case(msgspec.Struct, frozen=True):
    """``documents`` are the letter's as they were read; none of a letter in a secret class, or of
    a file that could not be read. ``stamp`` is the office's own receipt stamp on it."""

    row: Row
    record: Record
    handling: Handling = NOT_HANDLED
    documents: tuple[Document, ...] = ()
    stamp: Receipt | None = None

    @property
    def is_secret(self) -> bool:
        return self.row.secrecy is not Secrecy.NONE

    @property
    def notes(self) -> tuple[Note, ...]:
        """What people wrote of it and may be handed on: of a secret letter it may tell what stands
        in it, and of one that is lost nobody knows any more whether it was secret."""
        lost = self.row.gone and self.row.sha256 is None
        return () if self.is_secret or lost else self.record.notes

    @property
    def cover(self) -> Document | None:
        return self.documents[0] if self.documents else None

    @property
    def day(self) -> dt.date:
        """The day of receipt: of the office's own stamp, else the day on which the letter was
        given its register number, else that on which its file came."""
        stamped = day_of(self.stamp.date) if self.stamp is not None else None
        if stamped is not None:
            return stamped
        if self.row.register_number is not None and self.handling.registered is not None:
            return office_day(self.handling.registered.at)
        return office_day(dt.datetime.fromisoformat(self.row.received))


def day_of(iso: str | None) -> dt.date | None:
    """A whole date; a month without its day is none."""
    try:
        return dt.date.fromisoformat(iso) if iso is not None and len(iso) == 10 else None
    except ValueError:
        return None
