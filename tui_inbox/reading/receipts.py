"""Receipt stamps (ตรารับ) and the endorsements that staff write on an incoming letter.

A stamp has the office's name, เลขรับ, วันที่ and เวลา (correspondence regulation, form of the receipt
stamp). In a text file its lines stand among those of the head, often several stamps side by side.
A date with the label วันที่ in the head of an external letter is a stamp's: the letter's own is bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tui_inbox.letter import Receipt, Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import label_pattern, tolerant
from tui_inbox.reading.page import Line
from tui_inbox.thai.dates import find_dates

_WIDE = re.compile(r"[ ]{3,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line between wide gaps; ``column`` is its offset, ``row`` the line's number."""

    start: int
    end: int
    text: str
    row: int
    column: int


def cells_of(lines: Sequence[Line], first: int = 0) -> list[Cell]:
    """The cells of lines, in reading order; rows are counted from ``first``."""
    cells = []
    for row, line in enumerate(lines, first):
        position = 0
        for part in _WIDE.split(line.text):
            at = line.text.index(part, position)
            position = at + len(part)
            if part:
                cells.append(
                    Cell(line.start + at, line.start + position, part, row, line.indent + at)
                )
    return cells


_NUMBER_LABELS = (
    "เลขที่รับ", "เลขรับที่", "เลขรับ", "เลขทะเบียนรับ", "ทะเบียนรับเลขที่", "ทะเบียนรับ", "ลงรับเลขที่",
    "รับเลขที่",
)  # fmt: skip
_NUMBER = re.compile(
    rf"(?:{label_pattern(*_NUMBER_LABELS, alike=False)}"
    rf"|{label_pattern('ลงรับที่', 'รับที่', alike=False)}|ลงรับ(?=[ ]*\d)"
    rf"|{label_pattern('เลขที่', alike=False)}(?=[ .:]*\d{{1,6}}(?:/\d+)?[ ]*(?:$|วันที่)))"
    r"[ .:…_]*(?P<number>\d{1,7}(?:/\d{2,4})?)?(?![\d/])"
)
_DATE = re.compile(rf"(?:รับ|ลง)?{tolerant('วันที่', alike=False)}(?:[ ]?รับ)?[ .:…_]*")
# The dotted line on which a stamp is filled in.
_DOTS = re.compile(r"[.…_]{2,}")
_TIME = re.compile(
    r"เวลา[ .:…_]*(?:(?P<hour>[0-2]?\d)[ ]?[.:][ ]?(?P<minute>[0-5]\d)(?!\d)(?:[ ]*(?:น\.?"
    r"|นาฬิกา))?)?[ .…_]*"
)
_BARE_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)[ ]*(?:น\.?|นาฬิกา)")
_BARE_END = re.compile(r"(?P<office>.{3,}?)[ ]+(?P<number>\d{2,6})$")


@dataclass(slots=True)
class _Draft:
    row: int
    column: int
    number: str | None = None
    date: str | None = None
    time: str | None = None
    office: str | None = None
    labelled: bool = False
    parts: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp read, with the places of the folded text that belong to it."""

    receipt: Receipt
    spans: tuple[Span, ...]


def find_stamps(cells: Sequence[Cell], *, labelled_only: bool = False) -> list[Stamp]:
    """The receipt stamps among the cells of a head (or of any stretch of lines).

    ``labelled_only``: a stamp must print เลขรับ or the like; in a memo's head a date with the label
    วันที่ is the memo's own.
    """
    drafts: list[_Draft] = []
    for cell in cells:
        _take(cell, cells, drafts)
    stamps = []
    for draft in drafts:
        if "number" not in draft.parts and not ({"date", "time"} <= draft.parts):
            continue
        if labelled_only and not draft.labelled:
            continue
        if draft.number is None and draft.date is None:
            continue
        if draft.parts == {"number"} and draft.office is None:
            continue
        stamps.append(
            Stamp(Receipt(draft.number, draft.date, draft.time, draft.office), tuple(draft.spans))
        )
    return stamps


def _take(cell: Cell, cells: Sequence[Cell], drafts: list[_Draft]) -> None:
    """Take what a cell tells of a stamp: one element or, on one line, all of them."""
    text, position = cell.text, 0
    number = _NUMBER.search(text)
    if number is not None and (
        number.start() == 0
        or _office_like(text[: number.start()])
        or (_short_name(text[: number.start()]) and number["number"] is not None)
    ):
        draft = _Draft(cell.row, cell.column, labelled=True)
        before = text[: number.start()].strip(" :-|")
        draft.office = before or _office_above(cell, cells) or _name_above(cell, cells)
        if draft.office is not None and not before:
            draft.spans += [
                (other.start, other.end) for other in cells if other.text == draft.office
            ]
        draft.number = number["number"]
        if draft.number is None:
            following = _next_in_column(cell, cells)
            if following is not None and re.fullmatch(r"\d{1,7}", following.text):
                draft.number = following.text
                draft.spans.append((following.start, following.end))
        draft.parts.add("number")
        draft.spans.append((cell.start, cell.end))
        drafts.append(draft)
        position = number.end()
        position += len(text[position:]) - len(text[position:].lstrip())
    date = _DATE.match(text, position) or (_DATE.search(text) if position == 0 else None)
    if date is not None and (date.start() == position or _office_like(text[: date.start()])):
        filled = _DOTS.sub(lambda dots: " " * len(dots.group()), text)
        found = [one for one in find_dates(filled, date.end()) if one.start - date.end() <= 1]
        rest = text[found[0].end :] if found else text[date.end() :]
        if found or not rest.strip(" .…_/"):
            draft = _nearest(drafts, cell, "date") or _bare(cell, cells, drafts)
            draft.parts.add("date")
            draft.date = found[0].iso if found else None
            draft.spans.append((cell.start, cell.end))
            position = found[0].end if found else date.end()
    if (
        position == 0
        and (near := _nearest(drafts, cell, "date")) is not None
        and "number" in near.parts
    ):
        # The lines of a stamp whose labels are rubber and did not print.
        bare = find_dates(text)
        if (
            len(bare) == 1
            and bare[0].start == 0
            and bare[0].end >= len(text) - 2
            and cell.row - near.row <= 2
            and near.column == cell.column
            and cell.column > 0
        ):
            near.parts.add("date")
            near.date = bare[0].iso
            near.spans.append((cell.start, cell.end))
            return
    hour = _BARE_TIME.fullmatch(text)
    if (
        hour is not None
        and (near := _nearest(drafts, cell, "time")) is not None
        and near.column == cell.column
        and cell.column > 0
    ):
        near.parts.add("time")
        near.time = f"{int(hour[1]):02}:{hour[2]}"
        near.spans.append((cell.start, cell.end))
        return
    time = _TIME.search(text, position)
    if time is not None and (time["hour"] is not None or not text[time.end() :].strip()):
        before = text[position : time.start()].strip()
        if before and position == 0 and not _office_like(before):
            return
        near = _nearest(drafts, cell, "time")
        if near is None:
            return
        near.parts.add("time")
        near.spans.append((cell.start, cell.end))
        if time["hour"] is not None and int(time["hour"]) <= 24:
            near.time = f"{int(time['hour']):02}:{time['minute']}"


def _short_name(text: str) -> bool:
    """An office in the short form that is cut into a stamp (``สคร. ๑๐``, ``พฐ.จว.ตรัง``)."""
    text = text.strip()
    return 3 <= len(text) <= 40 and re.match(r"[ก-ฮ]{1,5}\.|[ก-๙]{4,}", text) is not None


def _name_above(cell: Cell, cells: Sequence[Cell]) -> str | None:
    """A short name on the row right above, that is nothing else a head holds."""
    for other in cells:
        if cell.row - other.row != 1 or abs(other.column - cell.column) > 14:
            continue
        text = other.text
        if not re.match(r"[ก-ฮ]{1,5}\.", text) or not _short_name(text):
            continue
        if (
            "/" in text
            or signs.ADDRESS.match(text)
            or find_dates(text)
            or signs.POSTCODE.search(text)
        ):
            continue
        return text
    return None


def _office_like(text: str) -> bool:
    return signs.AGENCY.match(text.strip()) is not None and len(text) < 60


def _nearest(drafts: list[_Draft], cell: Cell, part: str) -> _Draft | None:
    """The stamp that still lacks a part, close above, the same column first."""
    near = [draft for draft in drafts if part not in draft.parts and 0 <= cell.row - draft.row <= 4]
    if not near:
        return None
    return min(near, key=lambda draft: (abs(draft.column - cell.column) > 14, cell.row - draft.row))


def _bare(cell: Cell, cells: Sequence[Cell], drafts: list[_Draft]) -> _Draft:
    """A stamp that begins with its date: เลขรับ may have stood, unlabelled, just above."""
    draft = _Draft(cell.row, cell.column)
    for other in cells:
        if not 0 < cell.row - other.row <= 2:
            continue
        match = _BARE_END.fullmatch(other.text)
        if match is None or not _office_like(match["office"]) or signs.ADDRESS.match(other.text):
            continue
        if signs.PHONE.search(other.text) or match["office"].endswith(("ที่", "เขต", "หมู่", "ต่อ")):
            continue
        draft.number = match["number"]
        draft.parts.add("number")
        draft.office = _office_above(other, cells)
        draft.spans.append((other.start, other.end))
    drafts.append(draft)
    return draft


def _next_in_column(cell: Cell, cells: Sequence[Cell]) -> Cell | None:
    below = [other for other in cells if 0 < other.row - cell.row <= 1]
    return min(below, key=lambda other: abs(other.column - cell.column), default=None)


def _office_above(cell: Cell, cells: Sequence[Cell]) -> str | None:
    """The name on the stamp's top line: the nearest office-like cell above, in the same column."""
    best: tuple[bool, int, Cell] | None = None
    for other in cells:
        distance = cell.row - other.row
        if not 0 < distance <= 2 or not _office_like(other.text):
            continue
        if signs.ADDRESS.match(other.text) or signs.POSTCODE.search(other.text):
            continue
        if _NUMBER.search(other.text) or find_dates(other.text):
            continue
        key = (abs(other.column - cell.column) > 14, distance, other)
        if best is None or key[:2] < best[:2]:
            best = key
    if best is None or (best[0] and best[1] > 1):
        return None
    return best[2].text


def covered(start: int, end: int, stamps: Iterable[Stamp]) -> bool:
    """Whether a place is taken by a stamp."""
    return any(left < end and start < right for stamp in stamps for left, right in stamp.spans)
