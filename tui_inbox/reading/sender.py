"""The agency in whose name a letter goes out, as its head prints it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from tui_inbox.letter import Kind, Span
from tui_inbox.reading import signs
from tui_inbox.reading.page import Line
from tui_inbox.reading.receipts import Cell, covered
from tui_inbox.reading.top import Head
from tui_inbox.thai.dates import find_dates

_HALL = re.compile(r"(?:ศา?ลากลาง|ศาลกลาง)(?=จังหวัด)")
# A head's own agency is rarely one of the units under it.
_STAMP_WORDS = re.compile(r"[ ]*\||[ ]+(?:เลข(?:ที่)?รับ|รับที่|เวลา[ ]*\d|วันที่?[ ]*\d)")
_UNIT = re.compile(r"(?:ฝ่าย|กลุ่ม|งาน|ส่วน(?!ราชการ)|แผนก|หน่วย)")
_GROWS = re.compile(
    r"(?:และ|กิจการ|แห่ง|ประจำ|เขต|จังหวัด|ที่[ ]?\d|ระดับ|ด้าน|เพื่อ|ใน|ภาค|สาขา|กรมทหาร"
    r"|กรมการ(?=ทหาร)|มหาวิทยาลัย|กระทรวง|วิทยาเขต|\()"
)
_STREET = re.compile(r"[ ](?:ถนน|ถ\.|ซอย|ตำบล|ต\.|อำเภอ|อ\.|หมู่)[ก-๙ \d]")
_PHONE_CUT = re.compile(r"โทร|Tel|หมายเลข")
_UNIT_LEVEL = re.compile(
    r"(?:สำนักงานปลัด(?!กระทรวง|กรุง)|สำนักปลัด|สำนักงานเลขา|สำนักงานอธิการ|สำนักงานคณบดี"
    r"|สำนักบริหาร|สํานักปลัด|กอง|กลุ่ม|ฝ่าย|งาน|ส่วน|ศูนย์|แผนก|หน่วย|สำนัก(?!งาน)"
    r"|สํานัก(?!งาน)|คณะ|ภาควิชา|สาขา|หมวด)"
)
_AGENCY_LEVEL = re.compile(
    r"(?:กรม(?!ธรรม์)|กระทรวง|จังหวัด|เทศบาล|องค์การบริหาร|อบต|อบจ|มหาวิทยาลัย|โรงเรียน"
    r"|วิทยาลัย|โรงพยาบาล|สำนักงาน|สํานักงาน|อำเภอ|ที่ว่าการ|ที่ทำการ|กรุงเทพ|เมืองพัทยา|สถานี"
    r"|กองบัญชา|กองบังคับ|มณฑล|สถาบัน|การไฟฟ้า|การประปา|การรถไฟ|ศาล|เรือนจำ)"
)


def letter_sender(head: Head, authority: str | None) -> Span | None:
    """The sender of an external letter, from the cells of its head.

    The agency stands right of or under the number and over its address; a stamp's office, a unit
    and an address can stand there too. The signer's authority tells which it is.
    """
    best: tuple[float, Span] | None = None
    cells = [cell for cell in head.cells if not covered(cell.start, cell.end, head.stamps)]
    for number, cell in enumerate(cells):
        for start, text in _candidates(cell, head):
            score = _score(text, start > cell.start, cell, cells[number + 1 : number + 3], head)
            if authority is not None:
                score += _kin(text, authority)
            if best is None or score > best[0]:
                best = (score, _grown(start, start + len(text), cell, cells[number + 1 :]))
    return best[1] if best is not None and best[0] > 0 else None


def _candidates(cell: Cell, head: Head) -> list[tuple[int, str]]:
    """Places in a cell where an agency's name may begin: its start, or behind the number."""
    text = cell.text
    starts = [0]
    for number in head.numbers:
        left, right = number.span
        if cell.start <= left < cell.end:
            starts = [right - cell.start]
    found = []
    for start in starts:
        rest = text[start:]
        lead = len(rest) - len(rest.lstrip(" -|:"))
        name = rest[lead:].rstrip()
        match = signs.AGENCY.match(name)
        if match is None or signs.ADDRESS.match(name) or len(name) > 110:
            continue
        name = _STAMP_WORDS.split(name)[0]
        dates = find_dates(name)
        if dates:
            name = name[: dates[0].start].rstrip()
        code = signs.POSTCODE.search(name)
        if code is not None:
            name = name[: code.start()].rstrip()
        for word in (" ถนน", " เลขที่", " ตำบล", " แขวง", " เขต", " อำเภอ", " ถ.", " หมู่"):
            if word in name and not (word == " เขต" and re.search(r" เขต[ ]*\d", name)):
                name = name[: name.index(word)].rstrip()
        if len(name) >= 4:
            found.append((cell.start + start + lead, name))
    return found


def _score(text: str, behind: bool, cell: Cell, below: Sequence[Cell], head: Head) -> float:
    score = 1.0
    if _HALL.match(text):
        score += 3
    if behind or cell.row == head.number_row:
        score += 2
    elif head.number_row is not None and 0 < cell.row - head.number_row <= 2:
        score += 1.5
    elif head.number_row is not None and cell.row < head.number_row:
        score -= 1
    if any(signs.ADDRESS.match(other.text) or signs.POSTCODE.search(other.text) for other in below):
        score += 1.5
    if _UNIT.match(text):
        score -= 2
    if signs.POSTCODE.search(cell.text) and not behind:
        score -= 1.5
    if re.match(r"(?:จังหวัด|อำเภอ|เขต|แขวง)", text):
        # Alone it is the last line of an address.
        score -= 1.2
    return score


def _kin(text: str, authority: str) -> float:
    """How well an agency's name fits the post of its head (อธิบดีกรม… → กรม…)."""
    if text in authority:
        return 4
    hall = _HALL.sub("", text)
    if hall != text and hall in authority:
        return 4
    return 3 if fuzz.partial_ratio(text, authority) >= 85 else 0


def _grown(start: int, end: int, cell: Cell, below: Sequence[Cell]) -> Span:
    """A long name wraps: the next line in the same column that no agency begins."""
    last = cell
    for other in below[:2]:
        if other.row - last.row > 1 or abs(other.column - cell.column) > 24:
            continue
        text = other.text
        short = (
            (cell.column == other.column or other.column > 8)
            and len(text) < 40
            and not signs.AGENCY.match(text)
        )
        if (
            not (_GROWS.match(text) or short)
            or signs.ADDRESS.match(text)
            or signs.POSTCODE.search(text)
            or find_dates(text)
            or re.match(r"จังหวัด|เขต[^ ]{2,}|\d", text)
            or _STREET.search(text)
            or signs.number_in(Line(other.start, other.end, text, 0, 0)) is not None
        ):
            break
        end, last = other.end, other
    return (start, end)


def province_hall(text: str) -> str:
    """``ศาลากลางจังหวัด X`` is a building: its letters are the province's."""
    return re.sub(r"^(?:ศาลากลาง|ศาลกลาง)[ ]*(?=จังหวัด)", "", text).replace("จังหวัด ", "จังหวัด", 1)


def memo_office(text: str, spans: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Agency and unit of ส่วนราชการ: where it names both, the unit owns the matter.

    Returns the spans of the agency and of the unit under it (``None`` where only one is named).
    """
    if not spans:
        return None, None
    left, right = spans[0]
    last = (
        spans[-1][1]
        if all(text[a[1] : b[0]].strip() == "" for a, b in itertools.pairwise(spans))
        else right
    )
    value = text[left:last]
    cut = _PHONE_CUT.search(value)
    if cut is not None:
        value = value[: cut.start()]
    value = value.rstrip(" .,(:|")
    if not value.strip():
        return None, None
    whole = (left, left + len(value))
    words = [match.start() for match in re.finditer(r"(?:^|(?<=[ \n(]))[^ \n(]", value)]
    for at in words[1:]:
        before, after = value[:at].rstrip(" (,\n"), value[at:].rstrip(" )")
        if (
            _UNIT_LEVEL.match(value)
            and _AGENCY_LEVEL.match(after)
            and not re.match(r"(?:จังหวัด|อำเภอ)", after)
        ):
            return (left + at, left + at + len(after)), (left, left + len(before))
        if _AGENCY_LEVEL.match(value) and _UNIT_LEVEL.match(after):
            return (left, left + len(before)), (left + at, left + at + len(after))
    return whole, None


def stamped_sender(lines: Sequence[Line]) -> tuple[Span | None, Span | None]:
    """Agency and date at the bottom of a stamped letter: the date's line and the line above."""
    for index in range(len(lines) - 1, 0, -1):
        date = signs.date_only(lines[index])
        if date is None:
            continue
        for above in (index - 1, index - 2):
            if above < 0:
                break
            text = lines[above].text.strip("() ")
            if signs.AGENCY.match(text) and len(text) < 90 and not signs.PHONE.search(text):
                at = lines[above].start + lines[above].text.index(text)
                return (at, at + len(text)), (date.start, date.end)
        return None, (date.start, date.end)
    return None, None


def from_authority(authority: str, kind: Kind) -> str | None:
    """The agency that a post heads, for a head whose agency was lost (อธิบดีกรม… → กรม…)."""
    if kind is not Kind.EXTERNAL_LETTER:
        return None
    match = re.match(
        r"(?:อธิบดี(?=กรม)|ผู้ว่าราชการ(?=จังหวัด)|อธิการบดี(?=มหาวิทยาลัย|สถาบัน)"
        r"|ผู้อำนวยการ(?=โรงเรียน|โรงพยาบาล|วิทยาลัย|สำนักงาน)|เลขาธิการ(?=สำนักงาน|คณะกรรมการ)"
        r"|นาย(?=อำเภอ))"
        r"(?P<agency>[ก-๙ 0-9]{5,})$",
        authority,
    )
    return match["agency"].strip() if match is not None else None
