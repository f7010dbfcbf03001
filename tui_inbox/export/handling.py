"""When and by whom a letter was dealt with, from what the ledger's history says of all letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tui_inbox.ledger import Edit, HistoryItem, Status
from tui_inbox.triage import is_open


class Step(msgspec.Struct, frozen=True):
    """Who did it, and when (aware of its time zone)."""

    by: str
    at: dt.datetime


class Handling(msgspec.Struct, frozen=True):
    """What the register and the figures need of a letter's history, as it stands now.

    ``closed``: the letter was actioned or filed, ``None`` while it is open. ``assigned`` and
    ``registered``: it was given to somebody, got its register number. ``withdrawn``: the ISO date
    that a person had set and took away again.
    """

    closed: Step | None = None
    assigned: Step | None = None
    registered: Step | None = None
    withdrawn: str | None = None


NOT_HANDLED = Handling()


def handlings(history: Iterable[HistoryItem]) -> dict[str, Handling]:
    """By letter, from the whole inbox's history, the oldest entry first.

    What was taken back and done again counts from when it was done first.
    """
    found: dict[str, Handling] = {}
    ever: dict[tuple[str, str, str], Step] = {}
    for item in history:
        step = Step(item.author, item.at)
        for edit in item.edits:
            if edit.field == "due":
                held = found.get(edit.id, NOT_HANDLED)
                withdrawn = None if edit.after else edit.before
                found[edit.id] = msgspec.structs.replace(held, withdrawn=withdrawn)
            for name, before, after in _steps(edit):
                if before == after:
                    continue
                held = found.get(edit.id, NOT_HANDLED)
                new = None
                if after:
                    what = (edit.id, name, str(after))
                    new = ever.get(what, step) if item.of is not None else step
                    ever[what] = new
                found[edit.id] = msgspec.structs.replace(held, **{name: new})
    return found


def _steps(edit: Edit) -> Iterable[tuple[str, object, object]]:
    """The steps that an edit is about, with what each was and is; falsy means not done."""
    if not edit.field:
        before: Mapping[str, Any] = edit.before or {}
        after: Mapping[str, Any] = edit.after or {}
        yield "closed", _is_closed(before.get("status")), _is_closed(after.get("status"))
        yield "assigned", before.get("assignee"), after.get("assignee")
        yield "registered", before.get("register_number"), after.get("register_number")
    elif edit.field == "status":
        yield "closed", _is_closed(edit.before), _is_closed(edit.after)
    elif edit.field == "assignee":
        yield "assigned", edit.before, edit.after
    elif edit.field == "register_number":
        yield "registered", edit.before, edit.after


def _is_closed(status: str | None) -> bool:
    return status is not None and not is_open(Status(status))
