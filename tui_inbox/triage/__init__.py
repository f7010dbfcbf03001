"""Letters, what people decided about them, and today's date -> the order of work, and why.

Pure: the same values in give the same rows out. The order follows the design of the house and
the practice of presenting letters (secret ones apart, urgent ones at once, the rest as things to
act on, to consider and to take note of, the oldest first). Urgency is never taken for a deadline.

A letter's due date is the one that a person set, else the earliest that any document of its file
sets: the ledger closes letters and not single deadlines, so a passed one still waits for its
answer until the letter is closed or a person sets the date that now counts.
"""

from __future__ import annotations

from tui_inbox.catalogue import Summary
from tui_inbox.ledger import Status
from tui_inbox.triage.agenda import Agenda, Entry, Occasion, agenda
from tui_inbox.triage.model import (
    Addressed,
    Board,
    DueSource,
    Query,
    Rank,
    Reason,
    Row,
    Sort,
    View,
)
from tui_inbox.triage.office import addressed
from tui_inbox.triage.order import row_of, sort_key, triage
from tui_inbox.triage.views import OFFICE_TIME, is_decided, is_open, office_day, views_of

__all__ = [
    "OFFICE_TIME",
    "Addressed",
    "Agenda",
    "Board",
    "DueSource",
    "Entry",
    "Occasion",
    "Query",
    "Rank",
    "Reason",
    "Row",
    "Sort",
    "Status",
    "Summary",
    "View",
    "addressed",
    "agenda",
    "is_decided",
    "is_open",
    "office_day",
    "row_of",
    "sort_key",
    "triage",
    "views_of",
]
