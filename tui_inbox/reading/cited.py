"""Letters that a letter refers to: อ้างถึง, citations in the body, and สิ่งที่ส่งมาด้วย."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui_inbox.letter import Cited, Enclosed, Span, Urgency
from tui_inbox.reading.labels import tolerant
from tui_inbox.reading.number import Number, circular_number, letter_number, order_number
from tui_inbox.reading.repair import Folded, printed
from tui_inbox.reading.signs import ENCLOSURE, URGENCIES
from tui_inbox.thai.dates import find_dates, find_months
from tui_inbox.thai.numbers import NUMBER_WORDS, number_from_words

_ITEM = re.compile(
    r"(?:^|(?<=\s))(?:\(?\d{1,2}[ ]?[.)](?!\d)[ ]*|[-•][ ]+)|^\d{1,2}[ ]+(?=[ก-ฮเแโใไ]{4})"
)
_AT = re.compile(
    rf"(?:{tolerant('เลขที่', alike=False)}|{tolerant('ที่', alike=False)})[ \n]*(?=[ก-ฮ\d(])"
)
_DATED = re.compile(
    rf"(?:{tolerant('ลงวันที่', alike=False)}|ลว\.?|ลง[ ]?(?={tolerant('วันที่', alike=False)})"
    rf"|{tolerant('เมื่อวันที่', alike=False)}|{tolerant('วันที่', alike=False)}|ลง)[ .]*"
)
_QUANTITY = re.compile(
    rf"(?:[,]?[ ]*{tolerant('จำนวน', alike=False)}[ ]*|(?<=\s)|(?<=[)\]]))(?P<count>\d{{1,4}}"
    rf"|{NUMBER_WORDS})[ ]*"
    r"(?P<unit>ฉบับ|ชุด|แผ่น|เล่ม|หน้า|รายการ|ซอง|แฟ้ม|เรื่อง|กล่อง|ใบ|ข่าว|ซุด|ภาพ|แผ่นพับ|ไฟล์|แห่ง"
    r"|ราย|คู่|ระวาง|แผนที่|กระบอก|กล้อง|ลำ|เส้น|ถุง|ขวด|อัตรา|คัน|ม้วน|อัน|ตัว|ชิ้น|ปึก|สำเนา"
    r"|พับ|สาย|เครื่อง)"
    r"(?:[ ]*ๆ[ ]*ละ[^,\n]{0,20})?"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One letter cited: the value and the place of its text and of its number."""

    cited: Cited
    span: Span
    number_span: Span | None
    date_span: Span | None


def read_references(page: Folded, spans: Sequence[Span]) -> list[Citation]:
    """The items of อ้างถึง. What is no letter (a contract, a rule) counts only with a number."""
    found = []
    for left, right in items(page.text, spans):
        citation = _citation(page, left, right)
        text = page.text[left:right]
        other = re.match(
            r"(?:\d+[.)][ ]*)?(?:สัญญา|มติ|ระเบียบ|พระราช|ประกาศ|ข้อบังคับ|กฎ|หลักเกณฑ์|โครงการ)", text
        )
        if citation.cited.number is None and other is not None:
            continue
        found.append(citation)
    return found


def items(text: str, spans: Sequence[Span]) -> list[Span]:
    """The entries of a list field: numbered, one a line, or one only."""
    if not spans:
        return []
    pieces = _numbered(text, spans)
    if len(pieces) == 1 and len(spans) > 1 and not _ITEM.match(text[spans[0][0] :][:6]):
        pieces = _by_line(text, spans)
    return pieces


def _numbered(text: str, spans: Sequence[Span]) -> list[Span]:
    pieces: list[Span] = []
    for left, right in spans:
        start = left
        label = ENCLOSURE.match(text, left, right)
        if label is not None:
            start = label.end()
        marks = [
            mark
            for mark in _ITEM.finditer(text, start, right)
            if mark.start() == start
            or re.search(r"จำนวน|ลงวันที่|ฉบับ|ชุด|แผ่น|เล่ม|\n|[ ]{2}|\d$", text[start : mark.start()])
        ]
        if not marks or text[start : marks[0].start()].strip():
            end = marks[0].start() if marks else right
            if pieces and not marks and label is None:
                pieces[-1] = (pieces[-1][0], right)
            else:
                pieces.append((start, end))
        if marks:
            stops = [mark.start() for mark in marks[1:]] + [right]
            pieces.extend((mark.end(), stop) for mark, stop in zip(marks, stops, strict=True))
    return [one for piece in pieces if (one := _trim(text, *piece))]


def _by_line(text: str, spans: Sequence[Span]) -> list[Span]:
    """Lines that each are an entry: all of them end with their own number of copies or a date."""
    ends = re.compile(r"(?:จำนวน[ ]*\S+[ ]*\S+|(?:19|2[045])\d\d|\d[ ]*(?:ฉบับ|ชุด|แผ่น|เล่ม))[ )]*$")
    if all(ends.search(text[left:right]) for left, right in spans):
        return [one for span in spans if (one := _trim(text, *span))]
    return [(spans[0][0], spans[-1][1])]


def _trim(text: str, left: int, right: int) -> Span | None:
    while left < right and text[left] in " \n:;,-":
        left += 1
    while right > left and text[right - 1] in " \n;,":
        right -= 1
    return (left, right) if right > left else None


def _value(page: Folded, left: int, right: int) -> str:
    start, end = page.span(left, right)
    return printed(page.original[start:end])


def _citation(page: Folded, left: int, right: int) -> Citation:
    number = number_within(page.text, left, right)
    date_span, iso = dated_within(page.text, number.span[1] if number else left, right)
    return Citation(
        Cited(
            _value(page, left, right),
            number.value if number else None,
            iso,
            urgency_within(page.text, left, number.span[0] if number else right),
        ),
        (left, right),
        number.span if number else None,
        date_span,
    )


_CASE = re.compile(r"(?:ดำ|ดํา|แดง|คดี|อาญา|สัญญาเลข|โฉนด(?:ที่ดิน)?เลข|คำขอฉบับ|ครั้ง)$")


def number_within(text: str, left: int, right: int) -> Number | None:
    """The first letter number after ที่ in ``text[left:right]``, a bare ``ว 10`` at the worst."""
    for match in _AT.finditer(text, left, right):
        if _CASE.search(text[max(left, match.start() - 14) : match.start()]):
            continue
        number = letter_number(text, match.end(), right) or order_number(text, match.end(), right)
        if number is not None and number.value is not None:
            return number
        circular = circular_number(text, match.end())
        if circular is not None:
            return circular
    bare = re.compile(r"(?<![ก-๙])(?<!แบบ )(?=[ก-ฮ]{2,4}[ .]?[ ]?\d{4,5}(?:\.\d+)?/)").search(
        text, left, right
    )
    if bare is not None:
        number = letter_number(text, bare.end(), right)
        if number is not None and number.value is not None:
            return number
    alone = re.compile(r"(?<![ก-๙/])(?=ว\.?[ ]?\d{1,4}[ ]+(?:ลว|ลง))").search(text, left, right)
    return circular_number(text, alone.end()) if alone is not None else None


# A term in an entry (ส่งคืนภายในวันที่ …) is not the entry's date.
_TERM_BEFORE = re.compile(r"(?:ภายใน|ก่อน|ไม่เกิน)[ ]*$")


def dated_within(text: str, left: int, right: int) -> tuple[Span | None, str | None]:
    """The date that a citation gives its letter."""
    match = next(
        (
            one
            for one in _DATED.finditer(text, left, right)
            if not _TERM_BEFORE.search(text, max(left, one.start() - 10), one.start())
        ),
        None,
    )
    if match is None:
        return None, None
    found = find_dates(text, match.end(), right) or find_months(text, match.end(), right)
    if not found or found[0].start - match.end() > 12:
        return None, None
    return (found[0].start, found[0].end), found[0].iso


def urgency_within(text: str, left: int, right: int) -> Urgency | None:
    """The urgency that a citation prints for the letter it names."""
    for value, pattern in URGENCIES:
        if re.compile(rf"(?<![ก-ฮเ])(?:{pattern})(?=[ \n]|ที่|$)").search(text, left, right):
            return value
    return None


@dataclass(frozen=True, slots=True)
class EnclosedAt:
    """One entry of สิ่งที่ส่งมาด้วย with its places."""

    enclosed: Enclosed
    span: Span
    number_span: Span | None
    date_span: Span | None


def read_enclosures(page: Folded, spans: Sequence[Span]) -> list[EnclosedAt]:
    """The entries of สิ่งที่ส่งมาด้วย; ``จำนวน ๑ ชุด`` is taken out of the text."""
    found = []
    for left, right in items(page.text, spans):
        text = page.text
        number = number_within(text, left, right)
        date_span, iso = dated_within(text, number.span[1] if number else left, right)
        counts = [
            match
            for match in _QUANTITY.finditer(text, left, right)
            if "น" in match.group()[: match.start("count") - match.start()] or match.end() == right
        ]
        count = counts[-1] if counts else None
        if (
            number is not None
            and number.value
            and re.fullmatch(r"\d+/\d+", number.value)
            and not re.search("สั่ง|รับรอง|ประกาศ", text[left : number.span[0]])
        ):
            number = None
        if count is not None:
            before = _value(page, left, count.start())
            after = _value(page, count.end(), right)
            # What stands behind the quantity is the wrapped rest of the text before it.
            value = f"{before} {after}".strip(" ,") if after else before
            digits = count["count"]
            quantity = int(digits) if digits.isdecimal() else number_from_words(digits)
            unit = count["unit"]
        else:
            value, quantity, unit = _value(page, left, right), None, None
        value = value.strip(" ,:;")
        if value:
            found.append(
                EnclosedAt(
                    Enclosed(value, number.value if number else None, iso, quantity, unit),
                    (left, right),
                    number.span if number else None,
                    date_span,
                )
            )
    return found


_CITE_WORD = re.compile(
    rf"(?:{tolerant('หนังสือ')}|{tolerant('บันทึกข้อความ')}|{tolerant('บันทึก', alike=False)}"
    rf"|{tolerant('คำสั่ง')}|วิทยุ|โทรสาร(?=[^\n]{{0,40}}ที่))"
)


_ORDER_WORD = re.compile(rf"{tolerant('คำสั่ง')}[^\n]{{0,60}}$")


def cited_in_body(page: Folded, left: int, right: int, *, orders: bool = True) -> list[Citation]:
    """Letters cited in the body: a letter number behind ที่, with its date where one is given.

    ``orders``: an order that is cited by its number counts too.
    """
    text = page.text
    found: list[Citation] = []
    position = left
    for match in _AT.finditer(text, left, right):
        if match.start() < position:
            continue
        if _CASE.search(text[max(left, match.start() - 14) : match.start()]):
            continue
        number = letter_number(text, match.end(), right)
        if (
            orders
            and number is None
            and _ORDER_WORD.search(text[max(left, match.start() - 70) : match.start()])
        ):
            number = order_number(text, match.end(), right)
        if number is None or number.value is None or "/" not in number.value:
            number = circular_number(text, match.end())
            if number is None or not re.match(
                r"[ \n]*(?:ลงวัน|ลว|ลง)", text[number.span[1] : right]
            ):
                continue
        stop = min(right, number.span[1] + 60)
        date_span, iso = None, None
        dated = _DATED.search(text, number.span[1], stop)
        if dated is not None and len(text[number.span[1] : dated.start()].strip()) <= 1:
            date_span, iso = dated_within(text, number.span[1], stop)
        start = match.start()
        words = list(_CITE_WORD.finditer(text, max(left, start - 160), start))
        if words:
            start = words[-1].start()
        end = date_span[1] if date_span else number.span[1]
        found.append(
            Citation(
                Cited(
                    _value(page, start, end),
                    number.value,
                    iso,
                    urgency_within(text, start, number.span[0]),
                ),
                (start, end),
                number.span,
                date_span,
            )
        )
        position = end
    return found
