"""What is printed above a head's labels: secrecy, urgency, number, agency, date and stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_inbox.letter import Kind, Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import tolerant
from tui_inbox.reading.number import Number, letter_number
from tui_inbox.reading.page import Line
from tui_inbox.reading.receipts import Cell, Stamp, covered
from tui_inbox.reading.signs import Classes
from tui_inbox.thai.dates import Found, find_dates, find_months


@dataclass(slots=True)
class Head:
    """What the head holds. Field values are the spans of their lines, label left out."""

    kind: Kind
    classes: list[Classes] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)
    fields: dict[str, list[Span]] = field(default_factory=dict)
    through: list[Span] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    body: int = 0
    """Index (into the block's lines) of the first line of the body."""
    number_row: int | None = None
    title: Span | None = None


def weak_date(head: Head) -> None:
    """A bare date at the end of a cell that holds something else too (a town, a scrap)."""
    for cell in head.cells:
        if covered(cell.start, cell.end, head.stamps) or len(cell.text) > 60:
            continue
        found = find_dates(cell.text)
        if not found or found[-1].end < len(cell.text) or found[-1].year is None:
            continue
        if not re.search(r"(?:วันที่?|ลว\.?|เมื่อ|ภายใน|ก่อน)[ ]*$", cell.text[: found[-1].start]):
            head.dates.append(found[-1].shifted(cell.start))


def belongs_on_top(head: Head, line: Line) -> bool:
    number = _at_start(line)
    return (
        (number is not None and not head.fields.get("subject"))
        or signs.date_only(line) is not None
        or (
            not head.fields.get("subject")
            and bool(signs.AGENCY.match(line.text) or signs.ADDRESS.match(line.text))
            and not head.dates
        )
    )


def read_top(head: Head, text: str, lines: Sequence[Line], index: int, memo: bool) -> None:
    """A line above the labelled fields: classes, number, agency, address, date, stamps."""
    line = lines[index]
    classes = signs.classes_of(line)
    if classes is not None:
        head.classes.append(classes)
        return
    row = [cell for cell in head.cells if cell.row == index]
    if len(row) > 1:
        for cell in row:
            # A stamp or the number may stand on the urgency's line, a wide gap away.
            part = Line(cell.start, cell.end, cell.text, 0, 0)
            apart = signs.classes_of(part)
            if apart is None and signs.number_in(part) is not None:
                apart = signs.trailing_classes(part)
            if apart is not None:
                head.classes.append(apart)
    if signs.WIRE.search(line.text):
        lead = signs.leading_classes(line)
        classes = lead[0] if lead is not None else signs.trailing_classes(line)
        if classes is not None:
            head.classes.append(classes)
            return
    if signs.is_memo_title(line):
        match = signs.MEMO.search(line.text)
        if match is not None and head.title is None:
            head.title = (line.start + match.start(), line.start + match.end())
        for found in (signs.leading_classes(line), signs.trailing_classes(line)):
            one = found[0] if isinstance(found, tuple) else found
            if one is not None:
                head.classes.append(one)
        return
    _read_number(head, lines, index)
    _read_dates(head, text, lines, index, memo)


def memo_line(head: Head, line: Line) -> bool:
    """Number and date of a memo may stand below ส่วนราชการ, or below the subject in a bad copy."""
    number = signs.number_in(line)
    date = signs.date_only(line)
    if number is not None and not head.numbers:
        head.numbers.append(number)
        _dates_in(head, line, number.span[1] - line.start)
        _label_classes(head, line)
        return True
    if date is not None and not head.dates:
        head.dates.append(date)
        return True
    if signs.BARE_NUMBER_LABEL.match(line.text):
        return True
    blank = re.match(rf"{tolerant('ที่', alike=False)}[ ]*[.…_]*[ ]*$", line.text)
    return blank is not None


def _label_classes(head: Head, line: Line) -> None:
    lead = signs.leading_classes(line)
    if lead is not None:
        head.classes.append(lead[0])
    trail = signs.trailing_classes(line)
    if trail is not None:
        head.classes.append(trail)


def _read_number(head: Head, lines: Sequence[Line], index: int) -> None:
    line = lines[index]
    if covered(line.start, line.start + 2, head.stamps):
        return
    number = signs.number_in(line)
    if number is not None:
        head.numbers.append(number)
        if head.number_row is None:
            head.number_row = index
        _label_classes(head, line)
        return
    for cell in (one for one in head.cells if one.row == index and one.start > line.start):
        # Agency left, number right of it, a wide gap between: only the label makes it the number.
        apart = Line(cell.start, cell.end, cell.text, 0, 0)
        found = signs.number_in(apart) if signs.NUMBER_LABEL.match(cell.text) else None
        if found is not None and not head.numbers and not covered(*found.span, head.stamps):
            head.numbers.append(found)
            head.number_row = index
            return
    if signs.BARE_NUMBER_LABEL.match(line.text):
        joined = _joined_number(lines[index + 1 : index + 4])
        if joined is None:
            joined = next(
                (
                    found
                    for other in lines[index + 1 : index + 12]
                    if (found := _at_start(other)) is not None
                ),
                None,
            )
        if joined is not None and not head.numbers:
            head.numbers.append(joined)
            head.number_row = index + 1


def _at_start(line: Line) -> Number | None:
    number = letter_number(line.text)
    if number is None:
        return None
    left, right = number.span
    return Number(number.value, (line.start + left, line.start + right), number.circular)


def _joined_number(lines: Sequence[Line]) -> Number | None:
    """A number whose code and digits stand on lines of their own under the label."""
    text = ""
    places: list[int] = []
    for line in lines:
        if len(line.text) > 40:
            break
        places.extend(range(line.start, line.end))
        text += line.text
        number = letter_number(text)
        if number is not None:
            left, right = number.span
            return Number(number.value, (places[left], places[right - 1] + 1), number.circular)
        text += " "
        places.append(line.end)
    return None


def _read_dates(head: Head, text: str, lines: Sequence[Line], index: int, memo: bool) -> None:
    for cell in (one for one in head.cells if one.row == index):
        if covered(cell.start, cell.end, head.stamps):
            continue
        labelled = signs.DATE_LABEL.match(cell.text)
        part = Line(cell.start, cell.end, cell.text, 0, 0)
        date = _over_lines(text, part, lines[index + 1 : index + 2]) or signs.date_only(part)
        if date is None and memo:
            _dates_in(head, part, 0)
        elif date is None and labelled is None:
            # Agency or address and the date share a line without a wide gap.
            found = [one for one in find_dates(cell.text) if one.end == len(cell.text) and one.year]
            numbered = any(cell.start <= number.span[0] < cell.end for number in head.numbers)
            if found and (
                numbered or signs.AGENCY.match(cell.text) or signs.ADDRESS.match(cell.text)
            ):
                head.dates.append(found[-1].shifted(cell.start))
        elif date is not None:
            head.dates.append(date)


def _over_lines(text: str, line: Line, below: Sequence[Line]) -> Found | None:
    """A date whose year stands on the next line."""
    if (
        not below
        or not re.fullmatch(r"(?:พ\.?[ ]?ศ\.?[ ]*)?\d{4}", below[0].text)
        or len(line.text) > 30
    ):
        return None
    found = find_dates(text, line.start, below[0].end)
    if found and found[0].start == line.start and found[0].end == below[0].end:
        return found[0]
    return None


def _dates_in(head: Head, line: Line, at: int) -> None:
    match = re.compile(rf"{tolerant('วันที่', alike=False)}").search(line.text, at)
    if match is None:
        return
    found = find_dates(line.text, match.end()) or find_months(line.text, match.end())
    if found:
        head.dates.append(found[0].shifted(line.start))
