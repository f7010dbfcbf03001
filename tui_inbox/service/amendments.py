"""What changed in a letter's fields when its file came with another content."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from tui_inbox.catalogue.head import secrecy
from tui_inbox.letter import Deadline, Document, Event, Letter, Secrecy

# A value as the letter has it; deadlines and events whole, so that an edge can word them.
Value = str | Deadline | Event


class FieldChange(msgspec.Struct, frozen=True):
    """One field: the values that went and those that came, in the letter's order.

    ``field`` is named as in the machine-readable contract. Values that stayed are left out; a
    scalar has one value at most on either side. Texts are as read: codes for ``kind``,
    ``urgency``, ``secrecy`` and ``action``, ISO for ``date``.
    """

    field: str
    removed: tuple[Value, ...] = ()
    added: tuple[Value, ...] = ()


class Amendment(msgspec.Struct, frozen=True):
    """A letter's file came with another content at ``at`` (ISO, UTC).

    ``changes`` is empty where no field differs: then only its wording does.
    """

    at: str
    changes: tuple[FieldChange, ...]


def _scalar(name: str) -> Callable[[Document], tuple[Value, ...]]:
    def values(document: Document) -> tuple[Value, ...]:
        value = getattr(document, name)
        return () if value is None else (str(value),)

    return values


# In the order in which a letter shows them. What a secret letter's register shows comes apart:
# of such a letter nothing else is ever compared.
_REGISTER = ("kind", "urgency", "secrecy", "number", "date", "sender")
_FIELDS: dict[str, Callable[[Document], tuple[Value, ...]]] = {
    **{name: _scalar(name) for name in (*_REGISTER, "subject")},
    "recipients": lambda document: document.recipients,
    "references": lambda document: tuple(cited.text for cited in document.references),
    "enclosures": lambda document: tuple(enclosed.text for enclosed in document.enclosures),
    "action": _scalar("action"),
    "asks": lambda document: tuple(ask.text for ask in document.asks),
    "events": lambda document: document.events,
    "signatory": lambda document: (
        (document.signatory.name,) if document.signatory and document.signatory.name else ()
    ),
    "owner_unit": _scalar("owner_unit"),
}


def changes(before: Letter, after: Letter, *, secret: bool) -> tuple[FieldChange, ...]:
    """What differs between two contents of one letter: of the covering letter its fields, of all
    documents the days that are set. Where either is secret, or the letter is by now (``secret``),
    only what a register may show.
    """
    old, new = before.cover, after.cover
    if old is None or new is None:
        return ()
    secret = secret or any(secrecy(letter) is not Secrecy.NONE for letter in (before, after))
    found = [
        _change(name, values(old), values(new))
        for name, values in _FIELDS.items()
        if not secret or name in _REGISTER
    ]
    found.append(_change("deadlines", _deadlines(before, secret), _deadlines(after, secret)))
    return tuple(change for change in found if change.removed or change.added)


def _deadlines(letter: Letter, secret: bool) -> tuple[Deadline, ...]:
    return tuple(
        msgspec.structs.replace(deadline, text="") if secret else deadline
        for document in letter.documents
        for deadline in document.deadlines
    )


def _change(name: str, before: tuple[Value, ...], after: tuple[Value, ...]) -> FieldChange:
    return FieldChange(name, _without(before, after), _without(after, before))


def _without(values: Iterable[Value], others: Iterable[Value]) -> tuple[Value, ...]:
    """The values that the others lack. As often as a value stands there, so often it stayed."""
    left = [_meaning(other) for other in others]
    found = []
    for value in values:
        meaning = _meaning(value)
        if meaning in left:
            left.remove(meaning)
        else:
            found.append(value)
    return tuple(found)


def _meaning(value: Value) -> object:
    """What counts of a value: of a deadline or an event not where and in which words it stands."""
    match value:
        case Deadline():
            return (value.date, value.time, value.basis, value.days)
        case Event():
            return (value.start, value.end, value.place, value.status)
    return " ".join(value.split())
