"""A cover note: the ready text of a memo with which a letter is passed on."""

from __future__ import annotations

import datetime as dt
import re

from tui_inbox.config.covers import FIELD, FIELDS, field_of
from tui_inbox.export.case import Case
from tui_inbox.export.writing import SHORT, Writing
from tui_inbox.gist import gist, things
from tui_inbox.letter import Action, Secrecy, Urgency

#: What stands where a value is not known, on a line that has others.
BLANK = "–"
#: Where the name of who gets the note is written by hand.
DOTS = "." * 40


def cover(
    case: Case,
    template: str | None,
    writing: Writing,
    *,
    to: str | None,
    author: str,
    office: str,
    today: dt.date,
) -> str:
    """``template`` filled in; ``None`` is the built-in one.

    A line of which every field is empty is left out. Values are put in as they are: what stands in
    a letter is never taken for a field, whatever braces it has.

    :param to: who gets it; where it is not said, who was given the letter.
    """
    text = template if template is not None else _built_in(writing)
    values = _values(case, writing, to, author, office, today)
    lines = []
    for line in text.strip("\n").split("\n"):
        wanted = [field_of(name) or "" for name in FIELD.findall(line)]
        if wanted and not any(values.get(name) for name in wanted):
            continue

        def filled(match: re.Match[str]) -> str:
            return values.get(field_of(match[1]) or "", "") or BLANK

        lines += [part.rstrip() for part in FIELD.sub(filled, line).split("\n")]
    return "\n".join(lines) + "\n"


def _built_in(writing: Writing) -> str:
    """The catalogue's template, its fields left to be filled here."""
    braces = {name: f"{{{name}}}" for name in FIELDS}
    return writing.messages("export.cover.template", **braces)


def _values(
    case: Case,
    writing: Writing,
    to: str | None,
    author: str,
    office: str,
    today: dt.date,
) -> dict[str, str]:
    row = case.row
    asks = things(case.cover)
    numbered = len(asks) > 1
    return {
        "to": writing.text(to or row.assignee) or DOTS,
        # What a secret letter wants is kept nowhere.
        "action": writing.word(
            f"export.cover.action.{Action.CONSIDER if case.is_secret else row.action}"
        ),
        "number": writing.text(row.number),
        "date": writing.long_date(row.date),
        "sender": writing.text(row.sender),
        "subject": _subject(case, writing),
        "urgency": ""
        if row.urgency is Urgency.NORMAL
        else writing.word(f"reading.urgency.{row.urgency}"),
        "secrecy": ""
        if row.secrecy is Secrecy.NONE
        else writing.word(f"reading.secrecy.{row.secrecy}"),
        "due": _due(case, writing),
        "asks": "".join(
            f"\n    {writing.digits(f'{place}. ') if numbered else ''}{_ask(ask, writing)}"
            for place, ask in enumerate(asks, 1)
        ),
        "register_number": ""
        if row.register_number is None
        else writing.digits(str(row.register_number)),
        "received": writing.long_date(case.day.isoformat()),
        "assignee": writing.text(row.assignee),
        "note": writing.text(case.notes[-1].text) if case.notes else "",
        "office": writing.text(office),
        "author": writing.text(author),
        "today": writing.long_date(today.isoformat()),
    }


def _ask(text: str, writing: Writing) -> str:
    # The letter's own number of a point would stand beside ours.
    return writing.text(re.sub(r"^\d{1,2}\.\s+", "", text))


def _subject(case: Case, writing: Writing) -> str:
    if case.is_secret:
        return writing.word(
            "export.secret", secrecy=writing.word(f"reading.secrecy.{case.row.secrecy}")
        )
    said = gist(case.cover)
    if case.row.subject is None and said is not None:
        return writing.word("export.register.summary", text=writing.text(said, SHORT))
    return writing.text(case.row.subject)


def _due(case: Case, writing: Writing) -> str:
    """The day that counts, with the time where the letter sets that day and a time."""
    due = case.row.due
    if due is None:
        return ""
    date = writing.long_date(due.isoformat())
    times = {
        deadline.time
        for document in case.documents
        for deadline in document.deadlines
        if deadline.date == due.isoformat() and deadline.time is not None
    }
    if len(times) != 1:
        return date
    return writing.word("export.cover.at", date=date, time=times.pop().replace(":", "."))
