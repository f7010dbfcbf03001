"""What changed when the letter's file came with another content."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.letter import Deadline, Event
from tui_inbox.service import Amendment
from tui_inbox.tui.summary.page import Page
from tui_inbox.tui.summary.task import when
from tui_inbox.tui.wording import Words

# Fields whose values are codes that have names.
_NAMED = frozenset({"kind", "urgency", "secrecy", "action"})


def add_amendments(page: Page, amendments: Sequence[Amendment]) -> None:
    """Each field's old and new values, the newest change first."""
    words = page.words
    for amendment in amendments:
        page.blank()
        heading = words.messages("watching.amended.heading", when=words.moment(amendment.at))
        page.line(heading, indent=0, style="warning")
        if not amendment.changes:
            page.line(words.messages("watching.amended.wording"), indent=0, style="dim")
        for change in amendment.changes:
            label = page.label(change.field)
            for kind, values in (("removed", change.removed), ("added", change.added)):
                for value in values:
                    text = words.messages(
                        f"watching.amended.{kind}", value=_worded(change.field, value, words)
                    )
                    style = "strong" if kind == "added" else "dim"
                    page.line(text, label=label, style=style)
                    label = ""


def _worded(field: str, value: str | Deadline | Event, words: Words) -> str:
    match value:
        case Deadline():
            day = words.date(value.date) if value.date else ""
            time = words.clock_time(value.time) if value.time else ""
            return " ".join(part for part in (day, time) if part) or words.value(value.text)
        case Event():
            return when(value, words)
    if field in _NAMED:
        return words.enum(field, value)
    return words.date(value) if field == "date" else words.value(value)
