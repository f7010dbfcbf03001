"""What a list needs of a letter: the catalogue's row."""

from __future__ import annotations

import msgspec

from tui_inbox.letter import Action, CheckCode, Kind, Problem, Secrecy, Urgency
from tui_inbox.watching import Stamp


class Head(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a list shows of a content: the covering letter's head.

    ``deadlines`` and ``events`` are ISO dates: each deadline of the file's documents that has one,
    the covering letter's first, and the days on which a scheduled event begins. ``gist`` says in
    the letter's own words what one without a subject is about. Of a letter in a secret class there
    are only its number, sender, classes and days.
    """

    kind: Kind = Kind.UNKNOWN
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    number: str | None = None
    date: str | None = None
    sender: str | None = None
    subject: str | None = None
    gist: str | None = None
    action: Action = Action.ACKNOWLEDGE
    deadlines: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    circular: bool = False
    recipients: tuple[str, ...] = ()
    checks: tuple[CheckCode, ...] = ()
    problem: Problem | None = None


class Summary(Head, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One letter (or one file that could not be read, then ``problem`` says why).

    ``id`` is the SHA-256 of the first content, or ``!`` and 15 hex digits for a file without a
    letter. ``path`` is the first of ``paths``, POSIX and relative to the inbox. ``received`` is an
    ISO time in UTC. A known letter whose file cannot be read any more keeps its head and has a
    ``problem``. ``growing`` is the size so far of a file that is still being written.
    """

    id: str
    path: str
    paths: tuple[str, ...]
    sha256: str | None
    received: str
    amended: bool = False
    gone: bool = False
    growing: int | None = None


class File(msgspec.Struct, frozen=True):
    """One file as it was last read. ``sha256`` is ``None`` where it could not be."""

    path: str
    letter_id: str
    sha256: str | None
    stamp: Stamp
    gone: bool


class Content(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A letter as it is stored and found under one path.

    ``letter`` is packed, ``text`` packed and missing for a letter in a secret class; ``mentions``
    are key, role, number, date and sender. ``path`` is folded. ``texts`` (its text, subject,
    recipients, and number, sender and path) and ``grams`` are what the index takes.
    """

    letter: bytes
    head: Head
    text: bytes | None
    mentions: tuple[tuple[str, str, str, str | None, str | None], ...]
    path: str
    texts: tuple[str, str, str, str]
    grams: str


class Entry(msgspec.Struct, frozen=True):
    """One file, read. ``content`` may be left out where the catalogue holds it.

    ``received`` counts only for a letter that is not known yet.
    """

    path: str
    stamp: Stamp
    letter_id: str
    sha256: str
    received: str
    content: Content | None = None
    amended: bool = False
