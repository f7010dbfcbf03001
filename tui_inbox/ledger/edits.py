"""Edits and records: applying, reading back and comparing. Pure functions of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, get_type_hints

import msgspec

from tui_inbox.ledger.model import Edit, Note, Record

#: Fields that hold several items, each with a key of its own, so that two people's do not collide.
KEYED = frozenset({"notes", "tags", "hashes", "paths"})
#: Set by the ledger itself from the entry, so no edit carries it.
_DERIVED = frozenset({"id", "updated"})
SCALARS = tuple(
    name for name in Record.__struct_fields__ if name not in KEYED and name not in _DERIVED
)
_TYPES = {name: kind for name, kind in get_type_hints(Record).items() if name in SCALARS}


def plain(value: object) -> Any:
    """``value`` as it stands in JSON, so that it compares with what the journal gives back."""
    return msgspec.to_builtins(value)


def value_of(record: Record | None, id: str, field: str, key: str | None) -> Any:
    """The present value that an edit of this field and key is about."""
    if not field:
        return None if record is None else whole(record)
    record = record or Record(id)
    if field not in KEYED:
        return plain(getattr(record, field))
    if field == "notes":
        return next((plain(note) for note in record.notes if note.id == key), None)
    return key if key in getattr(record, field) else None


def whole(record: Record) -> dict[str, Any]:
    """The record as a JSON object without what the ledger derives."""
    values: dict[str, Any] = plain(record)
    values.pop("updated", None)
    return values


def apply(record: Record | None, id: str, edits: Iterable[Edit], at: datetime) -> Record | None:
    """The record after ``edits``; ``None`` where the record is taken away.

    Raises ``msgspec.ValidationError`` for a value that the field cannot hold, ``AttributeError``
    for a field that no record has.
    """
    values: dict[str, Any] = {}
    for edit in edits:
        if not edit.field:
            record = None if edit.after is None else msgspec.convert(edit.after, Record)
            values = {}
        elif edit.field in KEYED:
            held = values.get(edit.field)
            if held is None:
                held = getattr(record, edit.field) if record is not None else ()
            values[edit.field] = _put(edit.field, held, edit.key or "", edit.after)
        elif edit.field in _TYPES:
            values[edit.field] = msgspec.convert(edit.after, _TYPES[edit.field])
        else:
            raise AttributeError(edit.field)
    if record is None and not values:
        return None
    values["updated"] = at
    return msgspec.structs.replace(record or Record(id), **values)


def _put(field: str, held: tuple[Any, ...], key: str, after: Any) -> tuple[Any, ...]:
    if field == "notes":
        rest = tuple(note for note in held if note.id != key)
        if after is None:
            return rest
        return tuple(sorted((*rest, msgspec.convert(after, Note)), key=_note_order))
    if after is None:
        return tuple(item for item in held if item != key)
    item = msgspec.convert(after, str)
    if item in held:
        return held
    return tuple(sorted((*held, item))) if field == "tags" else (*held, item)


def _note_order(note: Note) -> tuple[int, str]:
    """As written, whatever the clock said: a note's id starts with its entry's number."""
    number = note.id.partition(".")[0]
    return (int(number) if number.isdecimal() else 0, note.id)


def changed(record: Record | None, id: str, field: str, after: object) -> Iterator[Edit]:
    """The edit that gives a field another value, none if it has it already."""
    before = value_of(record, id, field, None)
    value = plain(after)
    if before != value:
        yield Edit(id, field, None, before, value)


def item(record: Record | None, id: str, field: str, key: str, after: object) -> Iterator[Edit]:
    """The same for one item of a field that holds several; ``after`` ``None`` takes it out."""
    before = value_of(record, id, field, key)
    value = plain(after)
    if before != value:
        yield Edit(id, field, key, before, value)


def reverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(
        Edit(edit.id, edit.field, edit.key, edit.after, edit.before)
        for edit in reversed(tuple(edits))
    )


def document(record: Record) -> dict[str, Any]:
    """The record as a TinyDB document: every field, defaults too, so that queries find them."""
    return {
        name: plain(getattr(record, name)) if name not in KEYED else _items(record, name)
        for name in Record.__struct_fields__
    }


def _items(record: Record, name: str) -> list[Any]:
    return [plain(value) for value in getattr(record, name)]


def difference(id: str, old: Record | None, new: dict[str, Any] | None) -> tuple[Edit, ...]:
    """The edits that turn a record into what a TinyDB document says of it."""
    if new is None:
        return () if old is None else (Edit(id, "", None, whole(old), None),)
    wanted = msgspec.convert({**new, "id": id}, Record)
    if old is None:
        return (Edit(id, "", None, None, whole(wanted)),)
    edits: list[Edit] = []
    for name in SCALARS:
        edits.extend(changed(old, id, name, getattr(wanted, name)))
    for name in sorted(KEYED):
        before = {_key(value): value for value in getattr(old, name)}
        after = {_key(value): value for value in getattr(wanted, name)}
        for key in (*before, *(key for key in after if key not in before)):
            edits.extend(item(old, id, name, key, after.get(key)))
    return tuple(edits)


def _key(value: Note | str) -> str:
    return value.id if isinstance(value, Note) else value
