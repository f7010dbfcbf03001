"""What triage speaks of: views, ranks, reasons, rows, what is asked for and what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum, StrEnum

import msgspec

from tui_inbox.ledger import Status
from tui_inbox.letter import Action, CheckCode, Kind, Problem, Secrecy, Urgency


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
    ``gist`` says what a letter without a subject is about, in its own words. ``notes`` is their
    number. ``register_year`` is of the Gregorian calendar. ``addressed`` is ``None`` where the
    office has not said who it is, or the letter names nobody. ``updated`` is the ISO time of the
    last entry in the ledger.
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
    gist: str | None
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


class Sort(StrEnum):
    """What the list is sorted by: the order of work, how well a search is met, or a column."""

    TRIAGE = "triage"
    RELEVANCE = "relevance"
    DUE = "due"
    RECEIVED = "received"
    DATE = "date"
    NUMBER = "number"
    SENDER = "sender"
    SUBJECT = "subject"
    URGENCY = "urgency"
    STATUS = "status"
    ASSIGNEE = "assignee"
    REGISTER = "register"
    UPDATED = "updated"


class Query(msgspec.Struct, frozen=True):
    """What the list shows, and in which order.

    ``text`` is of the query language (:mod:`tui_inbox.triage.query`). ``saved`` names a view of
    the settings that takes the place of ``view``; ``related`` is a letter's id: then only what
    belongs to it is shown, itself first.
    """

    view: View = View.INBOX
    text: str = ""
    urgency: Urgency | None = None
    sender: str | None = None
    saved: str | None = None
    related: str | None = None
    sort: Sort = Sort.TRIAGE
    backwards: bool = False


class Board(msgspec.Struct, frozen=True):
    """What the screen shows for a query, rows in the order that it asks for.

    Each count says how many rows one would see by choosing that view, sender or urgency while
    the other filters stay: a facet's counts apply every filter but its own. ``senders`` are the
    most frequent first, then by name. ``total`` is the number of letters in the inbox. ``saved``
    are the views of the settings by their names, with the number of letters in each.
    ``statuses``: how many of the rows are in each.
    """

    rows: Sequence[Row]
    views: dict[View, int]
    senders: tuple[tuple[str, int], ...]
    urgencies: dict[Urgency, int]
    total: int
    saved: tuple[tuple[str, int], ...] = ()
    statuses: dict[Status, int] = {}
