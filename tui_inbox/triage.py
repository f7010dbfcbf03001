"""Letters, what people decided about them, and today's date -> the order of work, and why.

Pure: the same values in give the same rows out. The order follows the design of the house and
the practice of presenting letters (secret ones apart, urgent ones at once, the rest as things to
act on, to consider and to take note of, the oldest first). Urgency is never taken for a deadline.

A letter's due date is the one that a person set, else the earliest that any document of its file
sets: the ledger closes letters and not single deadlines, so a passed one still waits for its
answer until the letter is closed or a person sets the date that now counts.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum

import msgspec

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Action, CheckCode, Kind, Problem, Secrecy, Urgency

__all__ = [
    "OFFICE_TIME",
    "Addressed",
    "Board",
    "DueSource",
    "Query",
    "Rank",
    "Reason",
    "Row",
    "Status",
    "Summary",
    "View",
    "addressed",
    "is_decided",
    "is_open",
    "office_day",
    "row_of",
    "sort_key",
    "triage",
    "views_of",
]

#: A due date this many days ahead, or fewer, moves a letter up.
SOON_DAYS = 3
#: Days begin in Thailand, wherever the office's server believes to be; there is no summer time.
OFFICE_TIME = dt.timezone(dt.timedelta(hours=7), "+07")
_FAR = dt.date.max.toordinal()


class View(StrEnum):
    """The lists at the left of the screen. Only ``done`` and ``all`` hold letters that are closed.

    ``mine`` and ``waiting``: given to this person, to somebody else. ``problems``: files that could
    not be read, and letters whose file cannot be read any more.
    """

    INBOX = "inbox"
    TODAY = "today"
    OVERDUE = "overdue"
    MOST_URGENT = "most_urgent"
    MINE = "mine"
    WAITING = "waiting"
    DONE = "done"
    PROBLEMS = "problems"
    ALL = "all"


class Rank(IntEnum):
    """The order of work. A row's reason is the rank that it stands in.

    A file that cannot be read may be anything, so it stands high enough to be seen at once, but
    below what is known to be pressing. A secret letter that nothing presses stands apart, before
    the letters that are sorted by what they ask.
    """

    OVERDUE = 0
    DUE_TODAY = 1
    MOST_URGENT = 2
    PROBLEM = 3
    GROWING = 4
    DUE_SOON = 5
    VERY_URGENT = 6
    URGENT = 7
    SECRET = 8
    ACT = 9
    CONSIDER = 10
    ACKNOWLEDGE = 11
    DONE = 12


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a row stands where it stands; worded by the message ``triage.reason.<code>``.

    Codes: ``overdue`` and ``due_soon`` (args ``days``), ``due_today``, ``most_urgent``,
    ``very_urgent``, ``urgent``, ``problem``, ``growing`` (args ``bytes``), ``secret``, ``act``,
    ``consider``, ``acknowledge``, ``actioned``, ``filed``.
    """

    code: str
    args: dict[str, int] = {}


class DueSource(StrEnum):
    PERSON = "person"
    LETTER = "letter"


class Addressed(StrEnum):
    """How a letter is addressed to this office: by name, as one of a class (ทุกอำเภอ), or to
    others, so that it came for information."""

    US = "us"
    CLASS = "class"
    COPY = "copy"


class Row(msgspec.Struct, frozen=True, gc=False):
    """One line of the list: the letter's summary and what people decided about it.

    ``due`` is the date that a person set, else the nearest deadline of the file's documents.
    ``notes`` is their number. ``register_year`` is of the Gregorian calendar. ``addressed`` is
    ``None`` where the office has not said who it is, or the letter names nobody. ``updated`` is
    the ISO time of the last entry in the ledger.
    """

    id: str
    path: str
    paths: tuple[str, ...]
    sha256: str | None
    kind: Kind
    urgency: Urgency
    secrecy: Secrecy
    number: str | None
    date: str | None
    sender: str | None
    subject: str | None
    action: Action
    deadlines: tuple[str, ...]
    events: tuple[str, ...]
    circular: bool
    recipients: tuple[str, ...]
    checks: tuple[CheckCode, ...]
    problem: Problem | None
    received: str
    amended: bool
    gone: bool
    growing: int | None
    status: Status
    due: dt.date | None
    due_source: DueSource | None
    assignee: str | None
    tags: tuple[str, ...]
    notes: int
    register_number: int | None
    register_year: int | None
    pinned: bool
    read: bool
    updated: str | None
    addressed: Addressed | None
    rank: Rank
    reason: Reason


class Query(msgspec.Struct, frozen=True):
    """What the list shows. ``text`` is found as it stands (digits of both systems, case, width
    and the spelling of SARA AM apart) in the letter, its head, its paths and its notes."""

    view: View = View.INBOX
    text: str = ""
    urgency: Urgency | None = None
    sender: str | None = None


class Board(msgspec.Struct, frozen=True):
    """What the screen shows for a query, rows in triage order.

    Each count says how many rows one would see by choosing that view, sender or urgency while
    the other filters stay: a facet's counts apply every filter but its own. ``senders`` are the
    most frequent first, then by name. ``total`` is the number of letters in the inbox.
    """

    rows: tuple[Row, ...]
    views: dict[View, int]
    senders: tuple[tuple[str, int], ...]
    urgencies: dict[Urgency, int]
    total: int


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
    status = _status(summary, kept)
    due, source = _due(summary, kept)
    rank, reason = _rank(summary, status, due, today)
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
        addressed=addressed(summary.recipients, office),
        rank=rank,
        reason=reason,
    )


def office_day(moment: dt.datetime) -> dt.date:
    """The day at the office, as due dates mean it. ``moment`` is aware of its time zone."""
    return moment.astimezone(OFFICE_TIME).date()


def sort_key(row: Row) -> tuple[int, int, str, str]:
    """Rank, then the nearer due date, then the older received; unique by the id at its end."""
    if row.rank is Rank.DONE:
        when = dt.datetime.fromisoformat(row.updated) if row.updated else None
        return row.rank, -int(when.timestamp()) if when else 0, row.received, row.id
    return row.rank, row.due.toordinal() if row.due else _FAR, row.received, row.id


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


def _rank(
    summary: Summary, status: Status, due: dt.date | None, today: dt.date
) -> tuple[Rank, Reason]:
    if status in _DONE:
        return Rank.DONE, _DONE[status]
    ahead = None if due is None else (due - today).days
    if ahead is not None and ahead < 0:
        return Rank.OVERDUE, _overdue(-ahead)
    if ahead == 0:
        return Rank.DUE_TODAY, _DUE_TODAY
    if summary.urgency is Urgency.MOST_URGENT:
        return _URGENCIES[Urgency.MOST_URGENT]
    if summary.sha256 is None and summary.growing is not None:
        return Rank.GROWING, Reason("growing", {"bytes": summary.growing})
    if summary.problem is not None:
        return Rank.PROBLEM, _PROBLEM
    if ahead is not None and ahead <= SOON_DAYS:
        return Rank.DUE_SOON, Reason("due_soon", {"days": ahead})
    if summary.urgency in _URGENCIES:
        return _URGENCIES[summary.urgency]
    if summary.secrecy is not Secrecy.NONE:
        return Rank.SECRET, _SECRET
    return _ACTIONS[summary.action]


def _status(summary: Summary, record: Record) -> Status:
    """An amended letter is open again even where the ledger could not be told so (read-only)."""
    if (
        summary.amended
        and not is_open(record.status)
        and summary.sha256 is not None
        and summary.sha256 not in record.hashes
    ):
        return Status.OPEN
    return record.status


def _due(summary: Summary, record: Record) -> tuple[dt.date | None, DueSource | None]:
    if record.due is not None:
        found = _day(record.due)
        if found is not None:
            return found, DueSource.PERSON
    days = [day for day in map(_day, summary.deadlines) if day is not None]
    return (min(days), DueSource.LETTER) if days else (None, None)


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> dt.date | None:
    """A whole date; a month without its day is none."""
    try:
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


# The classes that circulars are sent to, by how the names of their members begin, each with the
# other words by which letters mean it.
_CLASSES = (
    (("อำเภอ", "ที่ว่าการอำเภอ"), ("อำเภอ",)),
    (("จังหวัด", "ศาลากลางจังหวัด"), ("จังหวัด", "หัวหน้าส่วนราชการ")),
    (("เทศบาล",), ("เทศบาล", "นายกเทศมนตรี", "องค์กรปกครองส่วนท้องถิ่น", "อปท")),
    (
        ("องค์การบริหารส่วนตำบล", "อบต"),
        ("องค์การบริหารส่วนตำบล", "อบต", "องค์กรปกครองส่วนท้องถิ่น", "อปท"),
    ),
    (
        ("องค์การบริหารส่วนจังหวัด", "อบจ"),
        ("องค์การบริหารส่วนจังหวัด", "อบจ", "องค์กรปกครองส่วนท้องถิ่น", "อปท"),
    ),
    (("โรงเรียน",), ("โรงเรียน", "สถานศึกษา")),
    (("วิทยาลัย",), ("วิทยาลัย", "สถานศึกษา")),
    (("มหาวิทยาลัย",), ("มหาวิทยาลัย", "สถาบันอุดมศึกษา", "อธิการบดี")),
    (("กรม",), ("กรม", "อธิบดี", "หัวหน้าส่วนราชการ", "ส่วนราชการ")),
    (("กระทรวง",), ("กระทรวง", "ปลัดกระทรวง", "หัวหน้าส่วนราชการ", "ส่วนราชการ")),
    (("โรงพยาบาล",), ("โรงพยาบาล", "สถานพยาบาล", "หน่วยบริการ")),
    (("สถานีตำรวจ", "สภ."), ("สถานีตำรวจ", "สภ.")),
    (("สำนักงาน",), ("สำนักงาน", "หัวหน้าส่วนราชการ", "ส่วนราชการ", "หน่วยงาน")),
)
_EVERY = ("ทุก", "หัวหน้าส่วนราชการประจำจังหวัด")


@functools.lru_cache(maxsize=16384)
def addressed(recipients: tuple[str, ...], office: OfficeSettings) -> Addressed | None:
    """By name, else as one of the class that is addressed (ทุกอำเภอ), else for information.

    A post counts as its office (นายอำเภอX is อำเภอX). ``None`` where the office has no name in the
    settings, or the letter names no recipient.
    """
    names = [_bare(name) for name in (*office.names, *office.units)]
    if not recipients or not names:
        return None
    named = [_bare(recipient) for recipient in recipients]
    mayors = [name.replace("เทศบาล", "นายกเทศมนตรี", 1) for name in names if "เทศบาล" in name]
    if any(name in recipient for recipient in named for name in (*names, *mayors)):
        return Addressed.US
    words = {
        word
        for name in names
        for beginnings, meant in _CLASSES
        if name.startswith(beginnings)
        for word in meant
    }
    if any(
        every in recipient and any(word in recipient for word in words)
        for recipient in named
        for every in _EVERY
    ):
        return Addressed.CLASS
    return Addressed.COPY


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
