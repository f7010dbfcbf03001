"""One letter's row: its status, its due date, its rank, and the reason of it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Action, Kind, Secrecy, Urgency
from tui_inbox.triage.model import Addressed, DueSource, Rank, Reason, Row
from tui_inbox.triage.office import addressed
from tui_inbox.triage.views import is_open

#: A due date this many days ahead, or fewer, moves a letter up.
SOON_DAYS = 3
_FAR = dt.date.max.toordinal()


def triage(
    summaries: Iterable[Summary],
    records: Mapping[str, Record],
    *,
    today: dt.date,
    office: OfficeSettings,
) -> list[Row]:
    """All rows in the order of work; closed letters come last, the latest decision first."""
    rows = [row_of(item, records.get(item.id), today=today, office=office) for item in summaries]
    rows.sort(key=sort_key)
    return rows


def row_of(
    summary: Summary, record: Record | None, *, today: dt.date, office: OfficeSettings
) -> Row:
    """One letter's row. ``record`` is ``None`` for a letter that nobody touched."""
    kept = record or _UNTOUCHED
    status = status_of(summary, kept)
    due, source = _due(summary, kept)
    rank, reason = rank_of(
        status=status,
        due=due,
        today=today,
        urgency=summary.urgency,
        secrecy=summary.secrecy,
        action=summary.action,
        problem=summary.problem is not None,
        growing=summary.growing if summary.sha256 is None else None,
    )
    return Row(
        id=summary.id,
        path=summary.path,
        paths=summary.paths,
        sha256=summary.sha256,
        kind=summary.kind,
        urgency=summary.urgency,
        secrecy=summary.secrecy,
        number=summary.number,
        date=summary.date,
        sender=summary.sender,
        subject=summary.subject,
        gist=summary.gist,
        action=summary.action,
        deadlines=summary.deadlines,
        events=summary.events,
        circular=summary.circular,
        recipients=summary.recipients,
        checks=summary.checks,
        problem=summary.problem,
        received=summary.received,
        amended=summary.amended or kept.amended is not None,
        gone=summary.gone,
        growing=summary.growing,
        status=status,
        due=due,
        due_source=source,
        assignee=kept.assignee,
        tags=kept.tags,
        notes=len(kept.notes),
        register_number=kept.register_number,
        register_year=kept.register_year,
        pinned=kept.pinned,
        read=kept.read,
        updated=None if kept.updated is None else kept.updated.isoformat(),
        addressed=_addressed(summary, office),
        rank=rank,
        reason=reason,
    )


def _addressed(summary: Summary, office: OfficeSettings) -> Addressed | None:
    """As :func:`addressed`; but a memo stays in its house, whose units may not all be known here
    (ทุกกลุ่มงาน), so that nothing is said of one that names none of them."""
    found = addressed(summary.recipients, office)
    at_home = summary.kind is Kind.INTERNAL_MEMO and found is Addressed.COPY
    return None if at_home else found


def sort_key(row: Row) -> tuple[int, int, str, str]:
    """Rank, then the nearer due date, then the older received; unique by the id at its end."""
    if row.rank is Rank.DONE:
        when = dt.datetime.fromisoformat(row.updated) if row.updated else None
        return row.rank, -int(when.timestamp()) if when else 0, row.received, row.id
    return row.rank, row.due.toordinal() if row.due else _FAR, row.received, row.id


_UNTOUCHED = Record("")
_URGENCIES = {
    Urgency.MOST_URGENT: (Rank.MOST_URGENT, Reason("most_urgent")),
    Urgency.VERY_URGENT: (Rank.VERY_URGENT, Reason("very_urgent")),
    Urgency.URGENT: (Rank.URGENT, Reason("urgent")),
}
_ACTIONS = {
    Action.ACT: (Rank.ACT, Reason("act")),
    Action.CONSIDER: (Rank.CONSIDER, Reason("consider")),
    Action.ACKNOWLEDGE: (Rank.ACKNOWLEDGE, Reason("acknowledge")),
}
_DONE = {status: Reason(status.value) for status in Status if not is_open(status)}
_DUE_TODAY = Reason("due_today")
_PROBLEM = Reason("problem")
_SECRET = Reason("secret")


@functools.lru_cache(maxsize=4096)
def _overdue(days: int) -> Reason:
    return Reason("overdue", {"days": days})


def rank_of(
    *,
    status: Status,
    due: dt.date | None,
    today: dt.date,
    urgency: Urgency,
    secrecy: Secrecy,
    action: Action,
    problem: bool,
    growing: int | None = None,
) -> tuple[Rank, Reason]:
    """The rank of a letter, and why. ``growing``: the size so far of a file that was never read."""
    if status in _DONE:
        return Rank.DONE, _DONE[status]
    ahead = None if due is None else (due - today).days
    if ahead is not None and ahead < 0:
        return Rank.OVERDUE, _overdue(-ahead)
    if ahead == 0:
        return Rank.DUE_TODAY, _DUE_TODAY
    if urgency is Urgency.MOST_URGENT:
        return _URGENCIES[Urgency.MOST_URGENT]
    if growing is not None:
        return Rank.GROWING, Reason("growing", {"bytes": growing})
    if problem:
        return Rank.PROBLEM, _PROBLEM
    if ahead is not None and ahead <= SOON_DAYS:
        return Rank.DUE_SOON, Reason("due_soon", {"days": ahead})
    if urgency in _URGENCIES:
        return _URGENCIES[urgency]
    if secrecy is not Secrecy.NONE:
        return Rank.SECRET, _SECRET
    return _ACTIONS[action]


def status_of(summary: Summary, record: Record) -> Status:
    """An amended letter is open again even where the ledger could not be told so (read-only)."""
    if (
        summary.amended
        and not is_open(record.status)
        and summary.sha256 is not None
        and summary.sha256 not in record.hashes
    ):
        return Status.OPEN
    return record.status


def due_of(record: Record) -> dt.date | None:
    """The day that a person set."""
    return None if record.due is None else _day(record.due)


def _due(summary: Summary, record: Record) -> tuple[dt.date | None, DueSource | None]:
    set_by_person = due_of(record)
    if set_by_person is not None:
        return set_by_person, DueSource.PERSON
    days = [day for day in map(_day, summary.deadlines) if day is not None]
    return (min(days), DueSource.LETTER) if days else (None, None)


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> dt.date | None:
    """A whole date; a month without its day is none."""
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
