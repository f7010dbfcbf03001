"""A file into its documents: covering letter, forwarded letters, forms, lists, announcements.

A new document begins where a head begins: a memo's title; a letter number with a date, a subject
or an addressee under it; the title line of an order or announcement with its number or subject
under it. A head counts as strong evidence only after the document before it has ended (signature,
``ประกาศ ณ วันที่``), or where it shows at least two more of its parts: prose cites all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui_inbox.letter import Kind
from tui_inbox.reading import signs
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.page import Line, Page

_WINDOW = 16
_SHORT_HEAD = 70


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``[first, stop)`` of a page that are one document, with what its head suggests."""

    first: int
    stop: int
    kind: Kind


@dataclass(slots=True)
class _Marks:
    """What each line of the page shows, worked out once."""

    number: bool
    label: str
    date: bool
    title: Kind | None
    closing: bool
    name: bool
    issued: bool
    classes: bool


def split(page: Page) -> list[Block]:
    """The documents of a page in order; at least one where it has a line."""
    lines = page.lines
    if not lines:
        return []
    marks = [_marks_of(line) for line in lines]
    starts: list[tuple[int, Kind]] = []
    ended = False
    index = 0
    while index < len(lines):
        kind = _begins(lines, marks, index, starts, ended)
        if kind is not None:
            first = _climb(lines, marks, index, starts[-1][0] if starts else -1, ended)
            if (
                starts
                and _only_headers(lines, marks, starts[-1][0], first)
                and starts[-1][1] is Kind.ENCLOSURE
            ):
                starts[-1] = (starts[-1][0], kind)
            else:
                starts.append((first, kind))
            # A form or list has no end of its own: anything may follow it.
            ended = kind is Kind.ENCLOSURE
        here = marks[index]
        if (
            starts
            and starts[-1][1] is Kind.STAMPED_LETTER
            and here.date
            and index - starts[-1][0] > 2
        ):
            ended = True
        if starts and (here.closing or here.name or here.issued):
            ended = True
        index += 1
    if not starts:
        starts = [(_first_real(lines), Kind.UNKNOWN)]
    elif starts[0][0] > 0:
        starts = _with_preamble(lines, starts)
    stops = [first for first, _ in starts[1:]] + [len(lines)]
    return [Block(first, stop, kind) for (first, kind), stop in zip(starts, stops, strict=True)]


def _first_real(lines: list[Line]) -> int:
    return next((n for n, line in enumerate(lines) if not signs.is_junk(line)), 0)


def _with_preamble(lines: list[Line], starts: list[tuple[int, Kind]]) -> list[tuple[int, Kind]]:
    """Lines above the first head: junk is dropped, a stamp or a lost head belongs to it."""
    first, kind = starts[0]
    real = next(
        (
            n
            for n in range(first)
            if not signs.is_junk(lines[n]) and not signs.PAGE_TURN.fullmatch(lines[n].text)
        ),
        first,
    )
    before = sum(len(line.text) for line in lines[real:first])
    if kind is Kind.ENCLOSURE or before > 900:
        # A whole letter without a recognisable head stands before the first head found.
        return [(real, Kind.UNKNOWN), *starts] if real < first else starts
    return [(real, kind), *starts[1:]]


# The letters with which a label can begin, look-alikes included: most lines need no closer look.
_LABEL_LETTERS = frozenset("เกถอสลหน")


def _label_of(text: str) -> str:
    if text[0] not in _LABEL_LETTERS:
        return ""
    if signs.SUBJECT.match(text):
        return "subject"
    if signs.TO.match(text) or signs.PROPOSE_TO.match(text):
        return "to"
    if signs.STAMPED_TO.match(text) and len(text) < 120:
        return "stamped_to"
    if signs.REFERENCE.match(text):
        return "reference"
    if signs.ENCLOSURE.match(text):
        return "enclosure"
    if signs.OFFICE_LINE.match(text):
        return "office"
    return ""


def _marks_of(line: Line) -> _Marks:
    text = line.text
    number = signs.number_in(line)
    return _Marks(
        number=number is not None or signs.BARE_NUMBER_LABEL.match(text) is not None,
        label=_label_of(text),
        date=signs.date_only(line) is not None,
        title=signs.title_of(line),
        closing=signs.is_closing(line),
        name=signs.person_name(line) is not None,
        issued=len(text) < 70 and signs.ISSUED.match(text) is not None,
        classes=signs.classes_of(line) is not None,
    )


def _begins(
    lines: list[Line],
    marks: list[_Marks],
    index: int,
    starts: list[tuple[int, Kind]],
    ended: bool,
) -> Kind | None:
    """The kind of the document that begins at a line, if one does."""
    here, line = marks[index], lines[index]
    fresh = not starts
    inside = starts[-1][1] if starts else None
    if here.title is Kind.INTERNAL_MEMO:
        if not fresh and not ended and index - starts[-1][0] < 4:
            return None
        return Kind.INTERNAL_MEMO
    if here.label == "office" and (fresh or ended):
        found = _parts_below(marks, index)
        if {"number", "subject"} <= found or {"subject", "to"} <= found:
            return Kind.INTERNAL_MEMO
    if here.number and here.title is None:
        if (fresh or ended) and _certifies(lines, index):
            return Kind.CERTIFICATE
        return _letter_at(marks, index, starts, ended)
    if here.label == "enclosure" and ended and not fresh:
        return None if _reads_on(lines, marks, index, starts[-1][0]) else Kind.ENCLOSURE
    if here.title is not None:
        return _titled_at(lines, marks, index, fresh, ended, inside)
    if ended and signs.ENCLOSURE_SIGN.match(line.text) and len(line.text) < _SHORT_HEAD:
        return None if _reads_on(lines, marks, index, starts[-1][0]) else Kind.ENCLOSURE
    if (fresh or ended) and here.label in ("subject", "to"):
        # A letter whose number was lost: subject and addressee, with a date above or a close below.
        found = _parts_below(marks, index, 8)
        both = here.label == "subject" and "to" in found
        if (
            fresh
            and (both or (here.label == "to" and not _noted(lines, index)))
            and any(mark.closing or mark.name for mark in marks[index:])
        ):
            return Kind.EXTERNAL_LETTER
        if both and (fresh or _heads_above(marks, index)):
            return Kind.EXTERNAL_LETTER
    return None


# What staff write under เรียน on a letter that came in: it begins no document.
_NOTED = lenient(r"(?:-[ ]*)?(?:เพื่อโปรด|เพื่อทราบ|เห็นควร|มอบ|ทราบ)")


def _noted(lines: list[Line], index: int) -> bool:
    return any(_NOTED.match(below.text) for below in lines[index + 1 : index + 4])


def _certifies(lines: list[Line], index: int) -> bool:
    """A certificate without a title: its number, and «ให้ไว้เพื่อรับรองว่า» under it."""
    return any(
        re.search(r"(?:ให้ไว้|ขอ)?(?:เพื่อ)?รับรองว่า", line.text[:90])
        for line in lines[index + 1 : index + 8]
    )


def _parts_below(marks: list[_Marks], index: int, window: int = _WINDOW) -> set[str]:
    found: set[str] = set()
    for mark in marks[index + 1 : index + 1 + window]:
        if mark.closing or mark.title is Kind.INTERNAL_MEMO:
            break
        if mark.number and "stamped_to" in found and "date" in found:
            # A short stamped letter ends here: this is the number of what came with it.
            break
        if mark.number:
            found.add("number")
        if mark.date:
            found.add("date")
        if mark.label:
            found.add(mark.label)
    return found


def _heads_above(marks: list[_Marks], index: int) -> bool:
    """Whether a date stands just above: the head of a letter whose number was lost."""
    return any(mark.date for mark in marks[max(index - 6, 0) : index])


def _letter_at(
    marks: list[_Marks],
    index: int,
    starts: list[tuple[int, Kind]],
    ended: bool,
) -> Kind | None:
    found = _parts_below(marks, index)
    stamped = "stamped_to" in found and "to" not in found and "subject" not in found
    strength = len(found & {"date", "subject", "to", "stamped_to", "reference", "enclosure"})
    if stamped and (not starts or ended or marks[index].number):
        if starts and not ended and not _has_end_between(marks, starts[-1][0], index):
            return None
        return Kind.STAMPED_LETTER
    if not starts:
        return Kind.EXTERNAL_LETTER if strength >= 1 else None
    first, kind = starts[-1]
    if (
        not ended
        and kind in (Kind.INTERNAL_MEMO, Kind.ORDER, Kind.ANNOUNCEMENT, Kind.ENCLOSURE)
        and index - first < 8
    ):
        # The number of the memo or order that has just begun.
        return None
    if ended:
        return Kind.EXTERNAL_LETTER if strength >= 2 else None
    seen = {mark.label for mark in marks[first:index]}
    # The document before shows no end: only a full head is strong enough.
    if strength >= 3 and {"subject", "to"} <= found and ("to" in seen or kind is Kind.ENCLOSURE):
        return Kind.EXTERNAL_LETTER
    return None


def _has_end_between(marks: list[_Marks], first: int, index: int) -> bool:
    return any(mark.date for mark in marks[first + 1 : index]) and any(
        mark.label in ("stamped_to", "to") for mark in marks[first:index]
    )


def _titled_at(
    lines: list[Line],
    marks: list[_Marks],
    index: int,
    fresh: bool,
    ended: bool,
    inside: Kind | None,
) -> Kind | None:
    kind = marks[index].title
    if kind is None:
        return None
    above = list(marks[max(index - 3, 0) : index])
    if fresh and any(
        mark.label in ("subject", "to", "reference", "enclosure") for mark in marks[:index]
    ):
        return None
    if kind is Kind.ENCLOSURE:
        if fresh:
            return None if index > 3 else (Kind.ENCLOSURE if not _letterlike(marks) else None)
        annexed = "แนบท้าย" in lines[index].text[:24]
        apart = lines[index].gap > 0 or annexed or _foot_above(lines, index) or _dense(lines)
        if inside is Kind.ENCLOSURE:
            apart = lines[index].gap > 0 and _new_page(lines[index].text)
        text = lines[index].text
        short = len(text) < (2 * _SHORT_HEAD if annexed else _SHORT_HEAD)
        return kind if ended and apart and short else None
    if not fresh and not ended:
        headers = inside is Kind.ENCLOSURE and any(mark.label == "enclosure" for mark in above)
        if not headers and not (inside is Kind.ENCLOSURE and lines[index].gap > 0):
            return None
    below = lines[index + 1 : index + 6]
    text = lines[index].text
    window = marks[index + 1 : index + 6]
    subject = any(mark.label == "subject" for mark in window) or re.search(r"[ ]เรื่อง[ ]", text)
    about = any(re.match(r"ว่าด้วย", line.text) for line in below) or "ว่าด้วย" in text
    order_no = any(re.match(r"ที่?[ ]*[\d.]+|เลขที่|ที่[ ]*/", line.text) for line in below) or re.search(
        r"ที่[ ]*\d+", text
    )
    match kind:
        case Kind.ORDER:
            return kind if order_no or subject else None
        case Kind.REGULATION | Kind.BYLAW:
            return kind if about else None
        case Kind.ANNOUNCEMENT:
            issuer = re.match(r"[(*#\[ ]*ประกาศ[ ]*(?P<rest>.*)", text)
            if (
                issuer is not None
                and issuer["rest"]
                and not re.match(r"\(|ฉบับ|คณะ|เรื่อง|ที่", issuer["rest"])
                and not signs.AGENCY.match(issuer["rest"])
            ):
                return None
            return kind if subject or any(mark.issued for mark in marks[index + 1 :]) else None
        case Kind.MINUTES:
            return kind if _follows(lines, index, 12, r"(?:ผู้|เมื่อ|วันที่|ครั้งที่|ณ|วัน)|ครั้งที่") else None
        case Kind.NEWS:
            return kind if fresh or ended else None
        case _:
            return kind


def _new_page(text: str) -> bool:
    """A title with which a further form or list begins behind another one."""
    return len(text) < 60 and bool(
        re.match(
            r"[(\[ ]*(?:แบบ(?:ตอบรับ|ฟอร์ม|รายงาน|สำรวจ|ลงทะเบียน|แสดง)|ใบ(?:ตอบรับ|สมัคร|ลงทะเบียน)"
            r"|กำหนดการ|บัญชี(?:ราย|แนบ|จัดสรร)|รายชื่อ|QR)",
            text,
        )
    )


def _foot_above(lines: list[Line], index: int) -> bool:
    """Whether telephones stand right above: the foot of the letter before is complete."""
    return any(
        signs.PHONE.search(line.text) or signs.LINK.search(line.text)
        for line in lines[max(index - 3, 0) : index]
    )


def _dense(lines: list[Line]) -> bool:
    """Whether an engine left no blank line at all, so that none can part two documents."""
    return not any(line.gap for line in lines[1:])


def _letterlike(marks: list[_Marks]) -> bool:
    return any(mark.label in ("to", "subject") for mark in marks) and any(
        mark.closing for mark in marks
    )


def _follows(lines: list[Line], index: int, count: int, pattern: str) -> bool:
    return any(re.match(pattern, line.text) for line in lines[index : index + count])


def _reads_on(lines: list[Line], marks: list[_Marks], index: int, first: int) -> bool:
    """Whether an enclosure header repeats the one just above it: the same page's head."""
    return _only_headers(lines, marks, first, index)


def _only_headers(lines: list[Line], marks: list[_Marks], first: int, stop: int) -> bool:
    """Whether a block has so far only enclosure headers (``สิ่งที่ส่งมาด้วย ๒ …``)."""
    if stop <= first or stop - first > 4:
        return False
    head = lines[first]
    if not signs.ENCLOSURE_SIGN.match(head.text) and marks[first].label != "enclosure":
        return False
    return all(
        number == first
        or marks[number].label == "enclosure"
        or (len(lines[number].text) < 24 and lines[number].text.startswith("("))
        or (
            lines[number].gap == 0
            and not signs.LINK.search(lines[number].text)
            and number - first < 2
        )
        for number in range(first, stop)
    )


def _climb(lines: list[Line], marks: list[_Marks], index: int, floor: int, ended: bool) -> int:
    """From the line that proves a head up to its first line: classes, copy marks, page headers."""
    first = index
    while first - 1 > floor:
        above = lines[first - 1]
        mark = marks[first - 1]
        if mark.closing or mark.name or mark.issued:
            break
        header = mark.label == "enclosure" or signs.ENCLOSURE_SIGN.match(above.text)
        if (
            mark.classes
            or (len(above.text) < 120 and signs.WIRE.search(above.text) and not mark.label)
            or signs.COPY_MARK.fullmatch(above.text)
            or (signs.PAGE_TURN.fullmatch(above.text) and floor < 0)
            or (header and ended and len(above.text) < 90)
        ):
            first -= 1
            continue
        break
    return first
