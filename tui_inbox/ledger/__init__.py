"""What people decided, kept for good: an append-only journal under TinyDB.

See docs/ledger.md for the files and what is promised about them.
"""

from __future__ import annotations

from tui_inbox.ledger.ledger import Ledger
from tui_inbox.ledger.model import (
    Change,
    Conflict,
    Edit,
    ErrorCode,
    Finding,
    FindingCode,
    HistoryItem,
    Holder,
    LedgerError,
    Note,
    Op,
    Record,
    Sighting,
    Stamp,
    Status,
)

__all__ = [
    "Change",
    "Conflict",
    "Edit",
    "ErrorCode",
    "Finding",
    "FindingCode",
    "HistoryItem",
    "Holder",
    "Ledger",
    "LedgerError",
    "Note",
    "Op",
    "Record",
    "Sighting",
    "Stamp",
    "Status",
]
