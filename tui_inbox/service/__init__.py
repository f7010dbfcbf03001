"""The one object that wires the rooms together; both front ends talk to it."""

from __future__ import annotations

from tui_inbox.service.inbox import Inbox
from tui_inbox.service.model import (
    ActionFailed,
    InboxStatus,
    InboxUnavailable,
    ServiceError,
    Update,
)

__all__ = ["ActionFailed", "Inbox", "InboxStatus", "InboxUnavailable", "ServiceError", "Update"]
