"""Letters with what is known of them, made for the tests of what is handed on."""

from __future__ import annotations

import datetime as dt

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.export.case import Case
from tui_inbox.export.handling import NOT_HANDLED, Handling
from tui_inbox.export.writing import Writing
from tui_inbox.ledger import Note, Record
from tui_inbox.letter import Document, Kind, Receipt
from tui_inbox.locale import Messages
from tui_inbox.triage import row_of

TODAY = dt.date(2026, 11, 25)
THAI = Writing(Messages("th"))
ARRIVED = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)


def moment(day: int, month: int = 11, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


def note(text: str, day: int = 21) -> Note:
    return Note("1", text, "มานี", moment(day))


def case(
    id: str = "a",
    *,
    received: dt.datetime = ARRIVED,
    record: Record | None = None,
    handling: Handling = NOT_HANDLED,
    documents: tuple[Document, ...] = (),
    stamp: Receipt | None = None,
    **fields,
) -> Case:
    """``fields`` are those of the catalogue's summary; a subject unless they say otherwise."""
    given = {
        "subject": "เรื่องทดสอบ",
        "kind": Kind.EXTERNAL_LETTER,
        "sha256": id,
        "path": f"{id}.txt",
    }
    given |= fields
    given.setdefault("paths", (given["path"],))
    summary = Summary(id=id, received=received.isoformat(), **given)
    row = row_of(summary, record, today=TODAY, office=OfficeSettings())
    return Case(row, record or Record(id), handling, documents, stamp)


def registered(number: int, year: int = 2026, **fields) -> Record:
    return Record("", register_number=number, register_year=year, **fields)
