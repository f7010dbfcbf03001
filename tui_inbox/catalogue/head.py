"""Letter -> what a list shows of it, what a search finds it by, and what may be stored of it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tui_inbox.catalogue.model import Head
from tui_inbox.gist import gist
from tui_inbox.letter import Deadline, Document, EventStatus, Letter, Secrecy

_SECRECIES = tuple(Secrecy)
# Code points of a gist that a list keeps: more than the widest line shows.
_LONGEST = 200


def secrecy(letter: Letter) -> Secrecy:
    """The highest class in the file: what comes in one cover is kept as its most secret part."""
    found = (document.secrecy for document in letter.documents)
    return min(found, key=_SECRECIES.index, default=Secrecy.NONE)


def storable(letter: Letter) -> Letter:
    """The letter without what must not be stored: of a secret one, only what its register shows.

    Number, sender, date, classes and the days that are set stay; no words of its text do.
    """
    if secrecy(letter) is Secrecy.NONE:
        return letter
    return msgspec.structs.replace(
        letter,
        documents=tuple(_bare(document) for document in letter.documents),
        checks=tuple(msgspec.structs.replace(check, args={}) for check in letter.checks),
    )


def _bare(document: Document) -> Document:
    return Document(
        kind=document.kind,
        span=document.span,
        urgency=document.urgency,
        secrecy=document.secrecy,
        number=document.number,
        date=document.date,
        sender=document.sender,
        deadlines=tuple(
            Deadline(item.date, item.time, item.basis, item.days, "", item.span)
            for item in document.deadlines
        ),
    )


def head(letter: Letter) -> Head:
    """The covering letter's head, with the days that any document of the file sets."""
    kept = storable(letter)
    cover = kept.cover
    if cover is None:
        return Head(problem=kept.problem)
    documents = kept.documents
    return Head(
        kind=cover.kind,
        urgency=cover.urgency,
        secrecy=secrecy(letter),
        number=cover.number,
        date=cover.date,
        sender=cover.sender,
        subject=cover.subject,
        gist=None if cover.subject else _gist(cover),
        action=cover.action,
        deadlines=_distinct(d.date for document in documents for d in document.deadlines),
        events=_distinct(
            event.start[:10]
            for document in documents
            for event in document.events
            if event.start and event.status is EventStatus.SCHEDULED
        ),
        circular=cover.circular,
        recipients=cover.recipients,
        checks=tuple(dict.fromkeys(check.code for check in kept.checks)),
        problem=kept.problem,
    )


def fields(found: Head) -> tuple[str, str, str]:
    """The words of the list's columns, found by a search like the text itself: subject, recipients,
    number and sender.

    The normal form of a number (``อบ 0023.3/ว 2566``) is found although the letter prints another.
    """
    named = "\n".join(value for value in (found.number, found.sender) if value)
    return found.subject or "", "\n".join(found.recipients), named


def _gist(cover: Document) -> str | None:
    said = gist(cover)
    return said and said[:_LONGEST]


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
