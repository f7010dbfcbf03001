"""What is to be done: what is asked, by when, where to be, and what to check first."""

from __future__ import annotations

import datetime as dt

from tui_inbox.letter import Basis, Deadline, Event, EventStatus
from tui_inbox.tui.summary.page import INDENT, Page, Part
from tui_inbox.tui.wording import CHECK_MARK, CLOSED, Words


def add_task(page: Page) -> None:
    _asked(page)
    _times(page)
    _events(page)
    _checks(page)


def _asked(page: Page) -> None:
    words = page.words
    asks = [
        (ask.text, ask.span, index)
        for index, document in enumerate(page.letter.documents)
        for ask in document.asks
    ]
    page.blank()
    action = words.enum("action", page.letter.documents[0].action)
    page.line(action, label=words("summary.asks"), style="strong")
    for text, span, index in asks:
        number = words.number(index + 1)
        prefix = words("summary.in_document", number=number) + " " if index else ""
        bullet = " " * INDENT + "•" if len(asks) > 1 else ""
        page.line(
            prefix + words.value(text),
            label=bullet,
            indent=INDENT + 2 if bullet else INDENT,
            source=span,
            field="asks",
        )


def _times(page: Page) -> None:
    words, row = page.words, page.row
    label = words("summary.deadline")
    if row.due is not None and row.due_source == "person":
        text = words("summary.due_set", date=words.date(row.due.isoformat()))
        page.line(f"{text} ({words.due(row.due)})", label=label)
        label = ""
    for document in page.letter.documents:
        for time in document.deadlines:
            _deadline(page, time, label)
            label = ""
    if label:
        page.line(words("summary.no_deadline"), label=label, style="dim")


def _deadline(page: Page, time: Deadline, label: str) -> None:
    words = page.words
    parts: list[Part] = []
    if time.date is not None:
        parts.append((words.date(time.date), "strong"))
        if time.time:
            parts.append((words.clock_time(time.time), "strong"))
        day = _day(time.date)
        if day is not None and page.row.status not in CLOSED:
            parts.append((f"({words.due(day)})", words.due_style(day)))
    if time.basis is Basis.AFTER_RECEIPT:
        key = "after_receipt" if time.days is not None else "after_receipt_blank"
        parts.append((words(f"summary.{key}", days=words.number(time.days or 0)), ""))
    elif time.basis is Basis.RECURRING:
        parts.append((words("summary.recurring"), "strong"))
    elif time.basis is Basis.MONTH:
        parts.append((words("summary.month"), ""))
    elif time.date is None:
        parts.append((words("summary.date_unclear"), "warning"))
    page.line(parts, label=label, separator=" ", source=time.span, field="deadlines")
    quoted = f"“{words.one_line(time.text)}”"
    page.line(quoted, style="quote", source=time.span, field="deadlines")


def _events(page: Page) -> None:
    words = page.words
    label = words("summary.events")
    for event in (event for document in page.letter.documents for event in document.events):
        parts = [(when(event, words), "strong")]
        if event.status is not EventStatus.SCHEDULED:
            parts.append((words.messages(f"reading.event_status.{event.status.value}"), "warning"))
        if event.place:
            parts.append((words("summary.place", place=words.value(event.place)), ""))
        page.line(parts, label=label, source=event.span, field="events")
        label = ""


def when(event: Event, words: Words) -> str:
    """From when until when."""
    start, end = event.start, event.end
    if start is None:
        return words("summary.date_unclear")
    day, _, clock = start.partition("T")
    text = words.date(day)
    if clock:
        text += " " + words.clock_time(clock)
    if end and end != start:
        end_day, _, end_clock = end.partition("T")
        last = words.digits(end_clock) if end_day == day and end_clock else words.date(end_day)
        text += f" – {last}"
    return text


def _checks(page: Page) -> None:
    label = page.words("summary.checks")
    for check in page.letter.checks:
        page.line(
            f"{CHECK_MARK} {page.words.one_line(page.words.check(check))}",
            label=label,
            style="warning",
            source=check.spans[0] if check.spans else None,
            field="checks",
        )
        label = ""


def _day(iso: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None
