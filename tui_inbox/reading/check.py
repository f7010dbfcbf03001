"""What a careful clerk would query. A check points at places; it never changes a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui_inbox.letter import (
    Basis,
    Check,
    CheckCode,
    Cited,
    Enclosed,
    Event,
    EventStatus,
    Kind,
    Receipt,
    Span,
)
from tui_inbox.letter import Deadline as DeadlineValue
from tui_inbox.reading.amounts import amounts
from tui_inbox.reading.draft import Draft
from tui_inbox.reading.page import Page
from tui_inbox.thai.dates import Found, find_dates, parse_iso

_MANY_DIGITS = 14


_LOST = frozenset("๔๖๗๘๙")


_THAI_DIGIT = re.compile("[๐-๙]")


_MUST_HAVE: dict[Kind, tuple[str, ...]] = {
    Kind.EXTERNAL_LETTER: ("number", "date", "subject", "recipients", "signatory"),
    Kind.INTERNAL_MEMO: ("date", "subject", "recipients", "sender"),
    Kind.STAMPED_LETTER: ("date", "recipients", "sender"),
    Kind.ORDER: ("number", "date", "subject", "signatory"),
    Kind.ANNOUNCEMENT: ("date", "subject"),
    Kind.REGULATION: ("date", "subject"),
    Kind.BYLAW: ("date", "subject"),
    Kind.MINUTES: ("date",),
}


def find_checks(page: Page, drafts: Sequence[Draft], replaced: int) -> list[Check]:
    """All checks of a file, in the order of the contract's codes."""
    checks: list[Check] = []
    dates = _dates(page)
    checks += _mismatches(page, drafts)
    for draft in drafts:
        checks += _conflicts(page, draft)
        checks += _two_days(page, draft)
    checks += amounts(page)
    checks += _reply_conflicts(drafts)
    for draft in drafts:
        checks += _weekdays(dates, draft)
    for draft in drafts:
        checks += _date_order(draft)
    checks += _digits(page, dates, drafts)
    for draft in drafts:
        checks += _missing(draft)
    if replaced:
        at = page.folded.original.find("\ufffd")
        spans = ((at, at + 1),) if at >= 0 else ()
        checks.append(Check(CheckCode.ENCODING, {"count": str(replaced)}, spans))
    return checks


def _mismatches(page: Page, drafts: Sequence[Draft]) -> Iterator[Check]:
    for index, draft in enumerate(drafts):
        for name in ("enclosures", "references"):
            entries = draft.values.get(name, ())
            if not isinstance(entries, tuple):
                continue
            for position, entry in enumerate(entries):
                if isinstance(entry, (Cited, Enclosed)) and entry.number is not None:
                    yield from _compare(page, drafts, index, name, position, entry)


def _compare(
    page: Page,
    drafts: Sequence[Draft],
    index: int,
    name: str,
    position: int,
    entry: Cited | Enclosed,
) -> Iterator[Check]:
    draft = drafts[index]
    others = [
        other for place, other in enumerate(drafts) if place != index and other.values.get("number")
    ]
    if not others or entry.number is None:
        return
    same = [other for other in others if other.values["number"] == entry.number]
    if same:
        other = same[0]
        date = other.values.get("date")
        if entry.date is not None and date is not None and entry.date != date:
            yield _mismatch(page, draft, other, name, position, "date", entry.date, str(date))
        return
    cited = {
        one.number
        for other in drafts
        for group in ("enclosures", "references")
        for one in _entries(other, group)
    }
    near = [
        other
        for other in others
        if _stem(str(other.values["number"])) == _stem(entry.number)
        and other.values["number"] not in cited
        and (
            entry.date is None
            or other.values.get("date") in (None, entry.date)
            or name == "enclosures"
        )
    ]
    # A reference may be to any earlier letter of a unit; only the same date makes it this one.
    if name == "references":
        near = [
            other
            for other in near
            if entry.date is not None and other.values.get("date") == entry.date
        ]
    if len(near) == 1:
        yield _mismatch(
            page,
            draft,
            near[0],
            name,
            position,
            "number",
            entry.number,
            str(near[0].values["number"]),
        )


def _entries(draft: Draft, group: str) -> list[Cited | Enclosed]:
    entries = draft.values.get(group, ())
    return (
        [one for one in entries if isinstance(one, (Cited, Enclosed))]
        if isinstance(entries, tuple)
        else []
    )


def _stem(number: str) -> str:
    """Code, unit and series: what stays the same from letter to letter of one office."""
    if re.fullmatch(r"\d+/\d{4}", number):
        # An order's number ends with its year.
        return number[number.index("/") :]
    return re.sub(r"\d+$", "", number).rstrip()


def _mismatch(
    page: Page,
    draft: Draft,
    other: Draft,
    name: str,
    position: int,
    field: str,
    cited: str,
    own: str,
) -> Check:
    places = (draft.number_spans if field == "number" else draft.date_spans).get(name, ())
    span = places[position] if position < len(places) else None
    spans: list[Span] = [page.folded.span(*span)] if span else []
    if field in other.spans:
        spans.append(other.spans[field])
    return Check(
        CheckCode.REFERENCE_MISMATCH, {"field": field, "cited": cited, "own": own}, tuple(spans)
    )


def _conflicts(page: Page, draft: Draft) -> Iterator[Check]:
    numbers = [number for number in draft.heads if number.value is not None]
    for number in numbers[1:]:
        if number.value != numbers[0].value:
            yield _conflict(
                page, "number", numbers[0].value, number.value, numbers[0].span, number.span
            )
            break
    for doubt in draft.doubts:
        yield _conflict(page, "days", doubt.digits, doubt.words, doubt.span, None)
    subject = draft.values.get("subject")
    span = draft.spans.get("subject")
    events = [one for one in _events(draft) if one.status is EventStatus.SCHEDULED]
    if isinstance(subject, str) and span is not None and len(events) == 1:
        event = events[0]
        for found in find_dates(subject):
            iso = found.iso_in(int(event.start[:4]) if event.start else None)
            covers = (
                iso is not None
                and event.start is not None
                and event.start[:10] <= iso <= (event.end or event.start)[:10]
            )
            before = subject[max(0, found.start - 26) : found.start]
            meant = (
                re.search(r"(?:ใน|ระหว่าง)?(?:วัน)[ก-๙]*(?:ที่)?[ ]*(?:\d{1,2}[ ]*-[ ]*)?$", before)
                and "ลงวัน" not in before
            )
            if iso is not None and not covers and meant and event.start is not None:
                yield Check(
                    CheckCode.CONFLICTING_VALUES,
                    {"field": "event", "first": iso, "second": event.start[:10]},
                    (span, event.span),
                )
                break


_SAME_MEETING = re.compile(
    r"[ ]*(?:ตาม)?(?:วัน[ ]?)?เวลา(?:[ ]?และ)?[ ]?สถานที่(?:ดังกล่าว|ข้างต้น)", re.UNICODE
)


def _two_days(page: Page, draft: Draft) -> Iterator[Check]:
    """A meeting named again, at the time and place said before, but on another day."""
    events = [one for one in _events(draft) if one.status is EventStatus.SCHEDULED and one.start]
    for event in events:
        timed = [one for one in events if one is not event and len(one.start or "") > 10]
        if len(event.start or "") == 10 and len(timed) == 1:
            after = page.folded.original[event.span[1] : event.span[1] + 60]
            if _SAME_MEETING.match(after) and (timed[0].start or "")[:10] != event.start:
                yield Check(
                    CheckCode.CONFLICTING_VALUES,
                    {
                        "field": "event",
                        "first": (timed[0].start or "")[:10],
                        "second": event.start or "",
                    },
                    (timed[0].span, event.span),
                )


def _conflict(
    page: Page, field: str, first: str | None, second: str | None, one: Span, other: Span | None
) -> Check:
    spans = [page.folded.span(*one)] + ([page.folded.span(*other)] if other else [])
    return Check(
        CheckCode.CONFLICTING_VALUES,
        {"field": field, "first": first or "", "second": second or ""},
        tuple(spans),
    )


def _events(draft: Draft) -> list[Event]:
    events = draft.values.get("events", ())
    return [one for one in events if isinstance(one, Event)] if isinstance(events, tuple) else []


def _deadlines(draft: Draft) -> list[DeadlineValue]:
    found = draft.values.get("deadlines", ())
    return (
        [one for one in found if isinstance(one, DeadlineValue)] if isinstance(found, tuple) else []
    )


def _reply_conflicts(drafts: Sequence[Draft]) -> Iterator[Check]:
    """A reply form that wants the answer by another day than its letter."""
    dated: list[DeadlineValue] = []
    for draft in drafts:
        if draft.kind in (Kind.EXTERNAL_LETTER, Kind.INTERNAL_MEMO):
            dated = [one for one in _deadlines(draft) if one.basis is Basis.ABSOLUTE and one.date]
        if draft.kind is not Kind.ENCLOSURE or len(dated) != 1:
            continue
        for one in _deadlines(draft):
            if one.basis is Basis.ABSOLUTE and one.date and dated[0].date != one.date:
                yield Check(
                    CheckCode.CONFLICTING_VALUES,
                    {"field": "deadline", "first": dated[0].date or "", "second": one.date},
                    (dated[0].span, one.span),
                )


_Dates = list[tuple[Found, Span]]


def _dates(page: Page) -> _Dates:
    """Every date of the file with its place in the original."""
    return [(found, page.folded.span(found.start, found.end)) for found in find_dates(page.text)]


def _found_in(dates: _Dates, draft: Draft) -> _Dates:
    start, stop = draft.span
    return [(found, span) for found, span in dates if start <= span[0] < stop]


def _weekdays(dates: _Dates, draft: Draft) -> Iterator[Check]:
    seen: set[str] = set()
    for found, span in _found_in(dates, draft):
        day = parse_iso(found.iso) if found.iso and found.day else None
        if found.weekday is None or day is None or day.weekday() == found.weekday:
            continue
        if found.iso in seen:
            continue
        seen.add(found.iso or "")
        yield Check(
            CheckCode.WEEKDAY_MISMATCH,
            {"weekday": str(found.weekday), "date": found.iso or "", "actual": str(day.weekday())},
            (span,),
        )


def _date_order(draft: Draft) -> Iterator[Check]:
    own = draft.values.get("date")
    if not isinstance(own, str) or len(own) < 10:
        return
    place = draft.spans.get("date")
    receipts = draft.values.get("receipts", ())
    marks = draft.marks.get("receipts", ())
    if isinstance(receipts, tuple):
        for number, receipt in enumerate(receipts):
            if (
                isinstance(receipt, Receipt)
                and receipt.date
                and receipt.date[:10] < own[: len(receipt.date)]
            ):
                yield _order(
                    "receipt",
                    own,
                    receipt.date,
                    place,
                    marks[number] if number < len(marks) else None,
                )
    for deadline in _deadlines(draft):
        if deadline.date and deadline.basis is not Basis.AFTER_RECEIPT and deadline.date < own:
            yield _order("deadline", own, deadline.date, place, deadline.span)
    for event in _events(draft):
        if (
            event.status is EventStatus.SCHEDULED
            and event.start
            and (event.end or event.start)[:10] < own
        ):
            yield _order("event", own, event.start[:10], place, event.span)


def _order(what: str, letter: str, other: str, one: Span | None, two: Span | None) -> Check:
    spans = tuple(span for span in (one, two) if span is not None)
    return Check(CheckCode.DATE_ORDER, {"what": what, "first": letter, "second": other}, spans)


def _digits(page: Page, dates: _Dates, drafts: Sequence[Draft]) -> Iterator[Check]:
    """Tesseract reads none of ๔ ๖ ๗ ๘ ๙ (0 of 79 measured); no calendar has a five-digit year."""
    original = page.folded.original
    # Specks are read as digits too: only those on lines that hold words count.
    digits = 0
    if _LOST.isdisjoint(original):
        spans = (
            page.folded.span(line.start, line.end) for line in page.lines if len(line.text) > 3
        )
        digits = sum(len(_THAI_DIGIT.findall(original, *span)) for span in spans)
    if digits >= _MANY_DIGITS:
        first = _THAI_DIGIT.search(original)
        places = (first.span(),) if first else ()
        yield Check(CheckCode.SUSPICIOUS_DIGITS, {"count": str(digits)}, places)
        return
    for draft in drafts:
        for found, span in _found_in(dates, draft):
            if found.year_printed is not None and found.iso is None and len(found.year_printed) > 4:
                yield Check(CheckCode.SUSPICIOUS_DIGITS, {"count": "1"}, (span,))
                return


def _missing(draft: Draft) -> Iterator[Check]:
    for part in _MUST_HAVE.get(draft.kind, ()):
        if draft.values.get(part):
            continue
        if part == "number" and draft.blank_number:
            continue
        yield Check(
            CheckCode.MISSING_PART,
            {"part": part},
            ((draft.span[0], min(draft.span[0] + 1, draft.span[1])),),
        )
