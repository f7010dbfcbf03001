"""The vocabulary: what a Thai official letter is made of.

Frozen values without behaviour. A span is ``(start, end)``, half open, in code points of the
decoded file text, before any repair. ``None`` and ``()`` mean "not found", never a guess. Dates
are ISO 8601 strings of the Gregorian calendar (B.E. 2567 is 2024); a date whose day is blank on
paper is ``YYYY-MM``, so they are strings and not ``datetime.date``.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

Span = tuple[int, int]


class Kind(StrEnum):
    """Kinds of official documents (correspondence regulation, section 1)."""

    EXTERNAL_LETTER = "external_letter"
    INTERNAL_MEMO = "internal_memo"
    STAMPED_LETTER = "stamped_letter"
    ORDER = "order"
    REGULATION = "regulation"
    BYLAW = "bylaw"
    ANNOUNCEMENT = "announcement"
    STATEMENT = "statement"
    NEWS = "news"
    CERTIFICATE = "certificate"
    MINUTES = "minutes"
    ENCLOSURE = "enclosure"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """ชั้นความเร็ว, the strongest first."""

    MOST_URGENT = "most_urgent"
    VERY_URGENT = "very_urgent"
    URGENT = "urgent"
    NORMAL = "normal"

    @property
    def rank(self) -> int:
        """0 for ด่วนที่สุด … 3 for a letter without an urgency class."""
        return list(Urgency).index(self)


class Secrecy(StrEnum):
    """ชั้นความลับ, the highest first."""

    TOP_SECRET = "top_secret"
    SECRET = "secret"
    CONFIDENTIAL = "confidential"
    NONE = "none"


class Action(StrEnum):
    """What the reader must do, the strongest first."""

    ACT = "act"
    CONSIDER = "consider"
    ACKNOWLEDGE = "acknowledge"


class Basis(StrEnum):
    """How a deadline is set."""

    ABSOLUTE = "absolute"
    MONTH = "month"
    AFTER_RECEIPT = "after_receipt"
    RECURRING = "recurring"


class EventStatus(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


class ContactType(StrEnum):
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    LINE = "line"


class CheckCode(StrEnum):
    """What a careful clerk would query. A check never changes a value."""

    REFERENCE_MISMATCH = "reference_mismatch"
    CONFLICTING_VALUES = "conflicting_values"
    WEEKDAY_MISMATCH = "weekday_mismatch"
    DATE_ORDER = "date_order"
    SUSPICIOUS_DIGITS = "suspicious_digits"
    MISSING_PART = "missing_part"
    ENCODING = "encoding"


class ProblemCode(StrEnum):
    """Why a file is a row without a letter."""

    EMPTY = "empty"
    NOT_TEXT = "not_text"
    TOO_LARGE = "too_large"
    PERMISSION = "permission"
    NOT_REGULAR = "not_regular"
    OUTSIDE = "outside"
    MISSING = "missing"
    IO = "io"
    READER_FAILED = "reader_failed"


class Cited(msgspec.Struct, frozen=True):
    """A letter that this one refers to. ``urgency`` is ``None`` where the citation prints none."""

    text: str
    number: str | None = None
    date: str | None = None
    urgency: Urgency | None = None


class Enclosed(msgspec.Struct, frozen=True):
    """One entry of สิ่งที่ส่งมาด้วย: ``quantity`` and ``unit`` as in ``จำนวน ๑ ชุด``."""

    text: str
    number: str | None = None
    date: str | None = None
    quantity: int | None = None
    unit: str | None = None


class Ask(msgspec.Struct, frozen=True):
    text: str
    span: Span


class Deadline(msgspec.Struct, frozen=True):
    """A time set for the reader. ``days`` only with ``after_receipt``."""

    date: str | None
    time: str | None
    basis: Basis
    days: int | None
    text: str
    span: Span


class Event(msgspec.Struct, frozen=True):
    """A meeting or the like. ``start``/``end``: ``2024-07-05T09:30`` or a plain date."""

    start: str | None
    end: str | None
    place: str | None
    status: EventStatus
    text: str
    span: Span


class Signatory(msgspec.Struct, frozen=True):
    """``authority`` is the post on whose power it is signed, else the position."""

    name: str | None
    position: str | None
    authority: str | None


class Contact(msgspec.Struct, frozen=True):
    type: ContactType
    value: str
    name: str | None = None


class Receipt(msgspec.Struct, frozen=True):
    """A receipt stamp (ตรารับ)."""

    number: str | None
    date: str | None
    time: str | None
    office: str | None


class Check(msgspec.Struct, frozen=True):
    """``args`` fill the message of that code, worded at the edge in the reader's tongue."""

    code: CheckCode
    args: dict[str, str]
    spans: tuple[Span, ...]


class Problem(msgspec.Struct, frozen=True):
    """Why a file could not be read; ``args`` fill the message, as in :class:`Check`."""

    code: ProblemCode
    args: dict[str, str] = {}


class Document(msgspec.Struct, frozen=True):
    """One document of a file.

    ``spans`` has the evidence of the scalar fields that the text states; ``marks`` that of the
    others (recipients, references, …), one span an item, for the screen.
    """

    kind: Kind
    span: Span
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    number: str | None = None
    date: str | None = None
    circular: bool = False
    sender: str | None = None
    subject: str | None = None
    recipients: tuple[str, ...] = ()
    references: tuple[Cited, ...] = ()
    enclosures: tuple[Enclosed, ...] = ()
    action: Action = Action.ACKNOWLEDGE
    asks: tuple[Ask, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Event, ...] = ()
    signatory: Signatory | None = None
    owner_unit: str | None = None
    contacts: tuple[Contact, ...] = ()
    links: tuple[str, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    spans: dict[str, Span] = {}
    marks: dict[str, tuple[Span, ...]] = {}


class Letter(msgspec.Struct, frozen=True):
    """What one file holds. ``problem`` is set exactly where ``documents`` is empty."""

    sha256: str
    encoding: str | None
    documents: tuple[Document, ...]
    checks: tuple[Check, ...] = ()
    problem: Problem | None = None

    @property
    def cover(self) -> Document | None:
        """The document that the office received: the first of the file."""
        return self.documents[0] if self.documents else None
