"""Which views show a row; what counts as open and as decided; which day it is."""

from __future__ import annotations

import datetime as dt

from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Urgency
from tui_inbox.triage.model import Row, View

#: Days begin in Thailand, wherever the office's server believes to be; there is no summer time.
OFFICE_TIME = dt.timezone(dt.timedelta(hours=7), "+07")


def office_day(moment: dt.datetime) -> dt.date:
    """The day at the office, as due dates mean it. ``moment`` is aware of its time zone."""
    return moment.astimezone(OFFICE_TIME).date()


def is_open(status: Status) -> bool:
    return status is not Status.ACTIONED and status is not Status.FILED


def is_decided(record: Record) -> bool:
    """Whether people wrote anything of this letter, beside what the program keeps to know it by."""
    return (
        record.status is not Status.NEW
        or bool(record.notes or record.tags or record.pinned)
        or record.assignee is not None
        or record.due is not None
        or record.register_number is not None
    )


def views_of(row: Row, *, today: dt.date, me: str | None) -> tuple[View, ...]:
    """The views that show this row."""
    if not is_open(row.status):
        return (View.DONE, View.ALL)
    views = [View.INBOX, View.ALL]
    if row.due is not None and row.due <= today:
        views.append(View.TODAY if row.due == today else View.OVERDUE)
    if row.urgency is Urgency.MOST_URGENT:
        views.append(View.MOST_URGENT)
    if row.assignee is not None:
        views.append(View.MINE if row.assignee == me else View.WAITING)
    if row.problem is not None:
        views.append(View.PROBLEMS)
    return tuple(views)
