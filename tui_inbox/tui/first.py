"""The list with which the screen opens, looked up while Textual is still being loaded."""

from __future__ import annotations

import contextlib
import sqlite3
import threading

import msgspec

from tui_inbox.service import Inbox, InboxStatus, ServiceError
from tui_inbox.triage import Board, Query
from tui_inbox.triage.errors import QueryError

# What a look may come to, and tells in the status line: the index may be busy for a moment.
TOLD = (ServiceError, QueryError, OSError, sqlite3.Error)


class Opening(msgspec.Struct, frozen=True):
    """What the query of a fresh screen finds, and how the inbox is."""

    board: Board
    status: InboxStatus


class FirstList:
    """Begins to look in a thread of its own, whose waiting for the disk costs no time then.

    A look that fails is no answer: the screen then looks for itself, and tells of it.
    """

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._found: Opening | None = None
        self._thread = threading.Thread(target=self._look, name="first-list", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self._thread.is_alive()

    def take(self) -> Opening | None:
        """What was found, waited for; once only, as it is old afterwards."""
        self._thread.join()
        found, self._found = self._found, None
        return found

    def _look(self) -> None:
        with contextlib.suppress(*TOLD):
            board = self._inbox.board(Query())
            if board.rows:
                # Those at the top are painted first.
                board.rows[0]
            self._found = Opening(board, self._inbox.status)
