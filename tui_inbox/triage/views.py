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
    return views_for(
        status=row.status,
        due=row.due,
        urgency=row.urgency,
        assignee=row.assignee,
        problem=row.problem is not None,
        today=today,
        me=me,
    )


def views_for(
    *,
    status: Status,
    due: dt.date | None,
    urgency: Urgency,
    assignee: str | None,
    problem: bool,
    today: dt.date,
    me: str | None,
) -> tuple[View, ...]:
    """The views that show a letter of which this is known."""
    if not is_open(status):
        return (View.DONE, View.ALL)
    views = [View.INBOX, View.ALL]
    if due is not None and due <= today:
        views.append(View.TODAY if due == today else View.OVERDUE)
    if urgency is Urgency.MOST_URGENT:
        views.append(View.MOST_URGENT)
    if assignee is not None:
        views.append(View.MINE if assignee == me else View.WAITING)
    if problem:
        views.append(View.PROBLEMS)
    return tuple(views)
