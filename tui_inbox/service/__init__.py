"""The one object that wires the rooms together; both front ends talk to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

# The ledger's values that the inbox hands out, so that a front end can name them.
from tui_inbox.ledger import Change, Conflict, Edit, Finding, HistoryItem, Note, Op, Record
from tui_inbox.service.amendments import Amendment, FieldChange
from tui_inbox.service.drafts import Drafts, drafts_of
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
from tui_inbox.service.rows import Rows
from tui_inbox.service.searching import Hit

if TYPE_CHECKING:
    # Only named by a front end: the figures are loaded where they are asked for.
    from tui_inbox.export.statistics import Statistics as Statistics

__all__ = [
    "ActionFailed",
    "Amendment",
    "Change",
    "Conflict",
    "Drafts",
    "Edit",
    "FieldChange",
    "Finding",
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
    "Rows",
    "ServiceError",
    "Update",
    "drafts_of",
]
