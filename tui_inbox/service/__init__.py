"""The one object that wires the rooms together; both front ends talk to it."""

from __future__ import annotations

# The ledger's values that the inbox hands out, so that a front end can name them.
from tui_inbox.ledger import Change, Conflict, HistoryItem, Note, Op, Record
from tui_inbox.service.amendments import Amendment, FieldChange
from tui_inbox.service.inbox import Inbox
from tui_inbox.service.model import (
    ActionFailed,
    Found,
    HookFailure,
    InboxStatus,
    InboxUnavailable,
    ServiceError,
    Update,
)
from tui_inbox.service.names import Names
from tui_inbox.service.near import Near
from tui_inbox.service.searching import Hit

__all__ = [
    "ActionFailed",
    "Amendment",
    "Change",
    "Conflict",
    "FieldChange",
    "Found",
    "HistoryItem",
    "Hit",
    "HookFailure",
    "Inbox",
    "InboxStatus",
    "InboxUnavailable",
    "Names",
    "Near",
    "Note",
    "Op",
    "Record",
    "ServiceError",
    "Update",
]
