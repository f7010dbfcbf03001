"""Meetings and deadlines of the letters: what stands in the office's calendar, and what no more."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from rapidfuzz import fuzz

from tui_inbox.export.case import Case, day_of
from tui_inbox.export.writing import SHORT, Writing
from tui_inbox.gist import gist, things
from tui_inbox.letter import Document, Event, EventStatus, Urgency
from tui_inbox.triage import OFFICE_TIME, is_open

#: Asks that are told with an entry; the letter itself has the rest.
_ASKS = 3
#: How alike two subjects of one sender are, of a hundred, that are about one meeting.
_ALIKE = 85
_OPENING = re.compile(r"(?:แจ้ง|ขอ|การ|เรียน|เชิญ|เข้าร่วม|ร่วม|เลื่อน|ยกเลิก|งด|กำหนด|วัน|จัด|ประชุม|\s)+")


class What(StrEnum):
    MEETING = "meeting"
    DEADLINE = "deadline"


class State(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Entry(msgspec.Struct, frozen=True):
    """One entry. ``uid`` stays the same for the same meeting or deadline of the same letter.

    ``start`` and ``end`` are local times of the office, or whole days, the last one included.
    ``revised`` is when the last thing happened that this entry depends on; it never goes back, and
    ``sequence`` grows with it. ``counts`` is false for a deadline in whose place a person set
    another day. ``closed`` is when the letter was dealt with.
    """

    uid: str
    what: What
    state: State
    start: dt.datetime | dt.date
    end: dt.datetime | dt.date | None
    summary: str
    place: str
    description: str
    urgency: Urgency
    revised: dt.datetime
    sequence: int
    counts: bool = True
    closed: dt.datetime | None = None

    @property
    def day(self) -> dt.date:
        return self.start.date() if isinstance(self.start, dt.datetime) else self.start


class _Meeting(msgspec.Struct, frozen=True):
    """An event with the letter that tells of it; ``number`` counts those of the file from 1."""

    case: Case
    document: Document
    event: Event
    number: int


def agenda(cases: Iterable[Case], writing: Writing, *, since: dt.date) -> list[Entry]:
    """Everything from ``since`` on, in the order of its days. Secret letters give nothing."""
    open_cases = [case for case in cases if not case.is_secret]
    entries = list(_meetings(open_cases, writing))
    for case in open_cases:
        entries += _deadlines(case, writing)
    kept = (entry for entry in entries if entry.day >= since)
    return sorted(kept, key=lambda entry: (entry.day, str(entry.start), entry.uid))


def _meetings(cases: list[Case], writing: Writing) -> Iterator[Entry]:
    found = [
        _Meeting(case, document, event, number)
        for case in cases
        for number, (document, event) in enumerate(
            ((document, event) for document in case.documents for event in document.events), 1
        )
    ]
    held = [one for one in found if one.event.status is EventStatus.SCHEDULED]
    off = [one for one in found if one.event.status is not EventStatus.SCHEDULED]
    answered: set[int] = set()
    for meeting in held:
        against = [number for number, one in enumerate(off) if _calls_off(one, meeting)]
        answered.update(against)
        by = max((off[number].case for number in against), key=_received, default=None)
        yield from _meeting(meeting, by, writing)
    for number, one in enumerate(off):
        # Nobody here has the invitation, but somebody may have heard of it.
        if number not in answered:
            yield from _meeting(one, one.case, writing)


def _calls_off(later: _Meeting, meeting: _Meeting) -> bool:
    """Whether ``later`` cancels or postpones ``meeting``: it cites the invitation, or comes from
    the same office about the same subject, and in either case means the same day."""
    if later.case.row.id == meeting.case.row.id:
        return False
    if later.event.start is not None and later.event.start[:10] != (meeting.event.start or "")[:10]:
        return False
    ours, theirs = meeting.document, later.document
    if ours.date is not None and theirs.date is not None and theirs.date < ours.date:
        return False
    if ours.number is not None and any(
        cited.number == ours.number
        and (cited.date is None or ours.date is None or cited.date == ours.date)
        for cited in theirs.references
    ):
        return True
    return (
        later.event.start is not None
        and ours.sender is not None
        and ours.sender == theirs.sender
        and _same_subject(ours.subject, theirs.subject)
    )


def _same_subject(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    bare = [_OPENING.sub("", text, count=1).strip() for text in (one, other)]
    # ครั้งที่ ๓ and ครั้งที่ ๔ are one character apart.
    numbers = [re.findall(r"\d+", text) for text in bare]
    return bool(bare[0]) and numbers[0] == numbers[1] and fuzz.ratio(*bare) >= _ALIKE


def _meeting(meeting: _Meeting, off: Case | None, writing: Writing) -> Iterator[Entry]:
    case, event = meeting.case, meeting.event
    start = _moment(event.start)
    if start is None:
        return
    end = _moment(event.end)
    if end is not None and (type(end) is not type(start) or not _before(start, end)):
        end = None
    lines = _about(meeting.document, case, event.text, writing)
    if off is not None and off.row.id != case.row.id:
        lines.append(_reference("export.calendar.called_off", off.cover, off, writing))
    yield _entry(
        case,
        f"m{meeting.number}",
        What.MEETING,
        State.OPEN if off is None else State.CANCELLED,
        start,
        end,
        _title(meeting.document, case, writing),
        lines,
        writing,
        place=_place(meeting),
        also=off,
    )


def _place(meeting: _Meeting) -> str:
    """The place; "the same room" with the room that the letter names for the day before."""
    place = meeting.event.place or ""
    if place.endswith("เดิม"):
        named = {
            event.place
            for event in meeting.document.events
            if event.status is EventStatus.POSTPONED and event.place
        }
        if len(named) == 1:
            return f"{place} ({named.pop()})"
    return place


def _deadlines(case: Case, writing: Writing) -> Iterator[Entry]:
    open_still = is_open(case.row.status)
    set_day = day_of(case.record.due)
    number = 0
    for document in case.documents:
        for deadline in document.deadlines:
            number += 1
            day = day_of(deadline.date)
            if day is None:
                continue
            title = _title(document, case, writing)
            key = "export.calendar.due"
            if deadline.time is not None:
                key = "export.calendar.due_at"
            yield _entry(
                case,
                f"d{number}",
                What.DEADLINE,
                State.OPEN if open_still else State.DONE,
                day,
                None,
                writing.word(key, subject=title, time=(deadline.time or "").replace(":", ".")),
                _about(document, case, deadline.text, writing),
                writing,
                counts=set_day is None,
            )
    withdrawn = day_of(case.handling.withdrawn)
    for day, state in (
        (set_day, State.OPEN if open_still else State.DONE),
        (None if set_day else withdrawn, State.CANCELLED),
    ):
        if day is not None:
            yield _entry(
                case,
                "due",
                What.DEADLINE,
                state,
                day,
                None,
                writing.word("export.calendar.due_set", subject=_title(case.cover, case, writing)),
                _about(case.cover, case, "", writing),
                writing,
            )


def _entry(
    case: Case,
    part: str,
    what: What,
    state: State,
    start: dt.datetime | dt.date,
    end: dt.datetime | dt.date | None,
    summary: str,
    lines: list[str],
    writing: Writing,
    *,
    place: str = "",
    counts: bool = True,
    also: Case | None = None,
) -> Entry:
    row = case.row
    revised = max(_touched(one) for one in (case, also) if one is not None)
    # Minutes of this century: a count that needs no memory of earlier calendars.
    minutes = int((revised - dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).total_seconds()) // 60
    if state is State.DONE:
        summary = writing.word("export.calendar.done", summary=summary)
    elif state is State.CANCELLED:
        summary = writing.word("export.calendar.cancelled", summary=summary)
    closed = case.handling.closed
    return Entry(
        uid=f"{row.id.lstrip('!')[:32]}-{part}@tui-inbox",
        what=what,
        state=state,
        start=start,
        end=end,
        summary=summary,
        place=writing.text(place, SHORT),
        description="\n".join(lines),
        urgency=row.urgency,
        revised=revised,
        sequence=max(0, minutes + row.amended),
        counts=counts,
        closed=closed.at if closed is not None and state is State.DONE else None,
    )


def _touched(case: Case) -> dt.datetime:
    received = _received(case)
    return max(received, case.record.updated or received).replace(microsecond=0)


def _received(case: Case) -> dt.datetime:
    return dt.datetime.fromisoformat(case.row.received)


def _title(document: Document | None, case: Case, writing: Writing) -> str:
    subject = (document.subject if document is not None else None) or case.row.subject
    return writing.text(subject or gist(document) or case.row.number or case.row.path, SHORT)


def _about(document: Document | None, case: Case, term: str, writing: Writing) -> list[str]:
    lines = [_reference("export.calendar.letter", document, case, writing)]
    if term:
        lines.append(writing.text(term, SHORT))
    lines += [f"• {writing.text(said, SHORT)}" for said in things(document)[:_ASKS]]
    if case.row.assignee is not None:
        lines.append(
            writing.word("export.action.assigned", who=writing.text(case.row.assignee, SHORT))
        )
    lines.append(writing.word("export.calendar.file", path=writing.text(case.row.path)))
    return [line for line in lines if line]


def _reference(key: str, document: Document | None, case: Case, writing: Writing) -> str:
    """Number, date and sender of the document, else of the letter that it came with."""
    held = document if document is not None and document.number is not None else case.row
    none = writing.word("export.none")
    return writing.word(
        key,
        number=writing.text(held.number) or none,
        date=writing.date(held.date) or none,
        sender=writing.text(held.sender) or none,
    )


def _moment(iso: str | None) -> dt.datetime | dt.date | None:
    if iso is None:
        return None
    try:
        if "T" in iso:
            return dt.datetime.fromisoformat(iso).replace(tzinfo=OFFICE_TIME)
    except ValueError:
        # 24.00 and the like: the day is sure.
        pass
    return day_of(iso[:10])


def _before(start: dt.datetime | dt.date, end: dt.datetime | dt.date) -> bool:
    return start.isoformat() < end.isoformat()
