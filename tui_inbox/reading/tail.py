"""The end of a document: who signed on whose power, which unit owns the matter, how to reach it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_inbox.letter import Signatory, Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import last_match, tolerant
from tui_inbox.reading.page import Line
from tui_inbox.reading.repair import Folded, printed
from tui_inbox.thai.dates import find_dates

_ON_BEHALF = re.compile(
    rf"(?:{tolerant('ปฏิบัติราชการแทน')}|{tolerant('ปฏิบัติการแทน')}|{tolerant('รักษาราชการแทน')}|{tolerant('ทำการแทน')}"
    rf"|{tolerant('ปฏิบัติหน้าที่แทน')}"
    rf"|{tolerant('รักษาการแทน')}|{tolerant('ลงนามแทน')}|{tolerant('ปฏิบัติงานแทน')}"
    rf"|{tolerant('รักษาการในตำแหน่ง')}|{tolerant('รักษาราชการในตำแหน่ง')}"
    rf"|{tolerant('ทำหน้าที่แทน')}|{tolerant('รับคำสั่ง', alike=False)}|ปรท\.|รรท\.)"
)
_POSITION = re.compile(
    r"(?:ผู้|นายก|นายช่าง|นายอำเภอ|นายแพทย์|นายทะเบียน|นายด่าน|นายสัตว|ปลัด|อธิบดี|อธิการ|เลขา"
    r"|หัวหน้า|คณบดี|ประธาน|กรรมการ|รัฐมนตรี|รอง|ท้องถิ่น|เจ้า|นัก|พนักงาน|ครู"
    r"|ที่ปรึกษา|สาธารณสุข|เกษตร|พัฒนา|ปศุสัตว์|ประมง|คลัง|สรรพ|อัยการ|ตุลาการ|เสนาธิการ|แม่ทัพ"
    r"|รักษา|ปฏิบัติ|ทำการ|กำนัน|นิติกร|วิศวกร|สารวัตร|จเร|รก\.|รรก|ผอ"
    r"|โยธา|ศึกษา|พาณิชย์|แรงงาน|จัดหางาน|ประชาสัมพันธ์|วัฒนธรรม|ขนส่ง|ที่ดิน|เภสัชกร|พยาบาล"
    r"|แพทย์|ทันตแพทย์|อาจารย์|ผช|ชำนาญ|ตำแหน่ง|ราชเลขา|ธนารักษ์|สัสดี|ป้องกัน|[ก-ฮ]{1,4}\."
    r"|(?:รอง|ผู้ช่วย)[ ])"
)
_SIGNED = re.compile(r"(?:ลงชื่อ|ลงนาม|\(?ลงชื่อ\)?)[ .…_]*")
_UNIT = re.compile(
    r"(?:สำนัก|สํานัก|กอง|กลุ่ม|ฝ่าย|งาน|ศูนย์|ส่วน|แผนก|หน่วย|สถาบัน|คณะ|ที่ทำการ|ที่ทําการ"
    r"|โครงการ|สาขา|ภาควิชา|ภาค|แขวง|ด่าน|ห้อง|โรงเรียน|วิทยาลัย|กรม|บัณฑิต|หมวด|สถานี|การ)"
)
_ENDORSED = re.compile(
    r"(?:เรียน|เสนอ|ทราบ|อนุมัติ|เห็นชอบ|เพื่อโปรด|-[ ]*เพื่อ|-[ ]*เห็น|-[ ]*มอบ|มอบ|ดำเนินการ"
    r"|เห็นควร|\[?เกษียน)"
)
_CONTACT_WORD = re.compile(
    r"(?:ผู้ประสาน|ประสานงาน|ติดต่อ|เจ้าหน้าที่ผู้|สอบถาม|นาย|นาง|ว่าที่|คุณ|เว็บ|http|www|Line"
    r"|LINE|ไลน์|ID|\S+@)"
)
_OPINION = re.compile(r"ความเห็น|คำสั่ง|ข้อพิจารณา|☐|\(\s*\)|\[\s*\]")
# A line with a number to call or an address to write to is the foot's, never a position.
_REACHES = re.compile(r"\d{3}[- ]\d{3}|\d[ -]\d{4}|@|คุณ[ก-๙]|[Ll]ine|โทร[ .:]")


@dataclass(slots=True)
class Tail:
    """What the end holds; spans of the folded text. ``end`` is the index of its first line."""

    signatory: Signatory | None = None
    signatory_span: Span | None = None
    position_lines: list[str] = field(default_factory=list)
    unit: list[Span] = field(default_factory=list)
    start: int | None = None
    foot: int | None = None
    endorsed: int | None = None


def read_tail(page: Folded, lines: Sequence[Line], first: int) -> Tail:
    """Read signature and foot of a block's lines; ``first`` is where its body begins."""
    tail = Tail()
    closing = next((n for n in range(first, len(lines)) if signs.is_closing(lines[n])), None)
    names = [
        n
        for n in range(closing if closing is not None else first, len(lines))
        if signs.person_name(lines[n]) is not None
    ]
    if closing is None and names:
        # Without a closing phrase the signer follows the body: brackets in prose do not.
        names = [n for n in names if _signs(lines, n)] or []
    index = names[0] if names else None
    if index is None and closing is not None:
        index = _bare_name(lines, closing)
    tail.start = closing if closing is not None else index
    if index is None:
        tail.foot = None if closing is None else closing + 1
        find_unit(lines, tail, tail.foot)
        return tail
    if tail.start is None or index < tail.start:
        tail.start = index
    stop = _read_signer(page, lines, index, tail, closing)
    tail.foot = stop
    find_unit(lines, tail, stop)
    return tail


def _signs(lines: Sequence[Line], index: int) -> bool:
    below = lines[index + 1 : index + 2]
    above = lines[index - 1] if index else None
    return (
        bool(below and _POSITION.match(below[0].text))
        or index == len(lines) - 1
        or bool(above and (signs.ISSUED.match(above.text) or _SIGNED.match(above.text)))
        or bool(below and find_dates(below[0].text))
    )


_NAME_ALONE = re.compile(
    r"(?P<name>(?:นาย|นางสาว|นาง|น\.ส\.|ว่าที่|ดร\.|พล|พัน|ร้อย|รองศาสตราจารย์"
    r"|ผู้ช่วยศาสตราจารย์|ศาสตราจารย์)[ก-๙. ]{3,50}[ ][ก-๙]{2,30}(?:[ ][ก-๙]{2,20})?)[ )]*$"
)


def _bare_name(lines: Sequence[Line], closing: int) -> int | None:
    """A signer whose brackets OCR lost: the name right under the close, a post under it."""
    for number in range(closing + 1, min(closing + 4, len(lines) - 1)):
        if _NAME_ALONE.fullmatch(lines[number].text.strip("( )[]{}")) and _POSITION.match(
            lines[number + 1].text
        ):
            return number
    return None


def _read_signer(
    page: Folded, lines: Sequence[Line], index: int, tail: Tail, closing: int | None
) -> int:
    line = lines[index]
    span = signs.person_name(line)
    name_match = signs.NAME_LINE.fullmatch(line.text)
    if span is None:
        text = line.text.strip("( )[]{}")
        at = line.start + line.text.index(text)
        span = (at, at + len(text))
    start, end = span
    name = _value(page, start, end)
    rank = ""
    if name_match is not None:
        before = _SIGNED.sub("", name_match["before"]).strip()
        if before and signs.RANK_LINE.fullmatch(before):
            rank = before
            start = line.start + line.text.index(before)
    above = lines[index - 1] if index else None
    if not rank and above is not None and (closing is None or index - 1 > closing):
        text = _SIGNED.sub("", above.text).strip()
        rank_match = _rank_in(text)
        if rank_match:
            rank = rank_match
            start = above.start + above.text.index(rank_match)
    if rank:
        name = f"{printed(rank)} {name}"
    tail.signatory_span = (start, end)
    position, authority, stop = _position(page, lines, index)
    tail.signatory = Signatory(name, position, authority)
    return stop


def _rank_in(text: str) -> str:
    """A rank or academic title on a line of its own above the brackets."""
    if signs.RANK_LINE.fullmatch(text):
        return text
    title = re.fullmatch(
        r"(หม่อม(?:หลวง|ราชวงศ์|เจ้า)|ม\.[รล]\.(?:ว\.)?|(?:ผู้ช่วย|รอง)?ศาสตราจารย์(?:[ ]?(?:พิเศษ"
        r"|เกียรติคุณ))?(?:[ ]?(?:ดร\.|นายแพทย์|แพทย์หญิง))?|ดร\.)(?:[ ][ก-๙. ]*)?",
        text,
    )
    if title is not None:
        return title[1]
    # A rank with a scribbled signature behind it.
    first = text.split(" ")[0] if text else ""
    if signs.RANK_LINE.fullmatch(first) and len(text) < 40:
        return first
    return ""


def _position(
    page: Folded, lines: Sequence[Line], index: int
) -> tuple[str | None, str | None, int]:
    """Position and authority from the lines under the name, and the line after them."""
    taken: list[Line] = []
    number = index + 1
    behalf = False
    while number < len(lines) and len(taken) < 6:
        line = lines[number]
        text = line.text
        if signs.PHONE.match(text) or signs.PAGE_TURN.fullmatch(text) or signs.is_junk(line):
            break
        if _ENDORSED.match(text) or signs.classes_of(line) or signs.number_in(line):
            break
        if find_dates(text) and len(text) < 40:
            break
        if _REACHES.search(text) or _OPINION.match(text):
            break
        if taken and (signs.COPY_MARK.fullmatch(text) or signs.title_of(line) is not None):
            # The certified copy's own signature, or what came with the letter.
            break
        here = _ON_BEHALF.search(text)
        if not taken:
            if not (_POSITION.match(text) or here) and not re.match(r"[ก-๙]{4,}", text):
                break
            taken.append(line)
        elif behalf or here or _POSITION.match(text):
            if not here and not behalf and _UNIT.match(text) and line.gap:
                break
            if not here and not behalf and line.gap > 0 and not _POSITION.match(text):
                break
            taken.append(line)
        elif line.gap == 0 and not _looks_like_unit(lines, number) and len(taken) < 3:
            taken.append(line)
        else:
            break
        ends_behalf = here is not None and here.end() >= len(text) - 3
        if behalf and not ends_behalf:
            # The line after ปฏิบัติราชการแทน is the authority; one more may wrap it.
            number += 1
            while (
                number < len(lines)
                and lines[number].gap == 0
                and lines[number].indent >= max(line.indent - 6, 1)
                and not signs.PHONE.match(lines[number].text)
                and (lines[number].indent > 8 or _wraps(text))
                and not _looks_like_unit(lines, number)
                and len(taken) < 6
            ):
                taken.append(lines[number])
                number += 1
            break
        behalf = behalf or ends_behalf
        number += 1
    if not taken:
        return None, None, index + 1
    left, right = taken[0].start, taken[-1].end
    text = page.text[left:right]
    behalf_match = _ON_BEHALF.search(text)
    last = last_match(_ON_BEHALF, text)
    stop = index + 1 + len(taken)
    if behalf_match is None or last is None:
        value = _value(page, left, right)
        return value, value, stop
    position = _value(page, left, left + behalf_match.start()) or None
    authority = _value(page, left + last.end(), right) or None
    return position, authority, stop


def _wraps(text: str) -> bool:
    return text.endswith(("และ", "ของ", ",")) or text.count("(") > text.count(")")


def _looks_like_unit(lines: Sequence[Line], number: int) -> bool:
    """Whether a line starts the foot: a unit, with a telephone within the next lines."""
    line = lines[number]
    if not _UNIT.match(line.text):
        return False
    ahead = lines[number + 1 : number + 5]
    return (
        line.gap > 0
        or any(signs.PHONE.match(other.text) for other in ahead)
        or number == len(lines) - 1
    )


def find_unit(lines: Sequence[Line], tail: Tail, stop: int | None) -> None:
    """ส่วนราชการเจ้าของเรื่อง: the lines of units between the signature and the telephones."""
    if stop is None:
        return
    number = stop
    seen_phone = False
    while number < len(lines):
        line = lines[number]
        text = line.text
        if _ENDORSED.match(text) and not signs.PHONE.match(text):
            tail.endorsed = number
            break
        if signs.PHONE.match(text.lstrip("- (")):
            seen_phone = True
        elif _UNIT.match(text) and len(text) < 130 and not _CONTACT_WORD.match(text):
            match = _FOOT_CUT.search(text)
            end = line.start + len(text[: match.start()].rstrip(" (,:/")) if match else line.end
            if not tail.unit or not seen_phone or _before_phone(lines, number):
                apart = tail.unit and seen_phone and tail.unit[-1][1] < line.start
                if apart and not _only_scraps(lines, stop, number):
                    break
                tail.unit.append((line.start, end))
                seen_phone = False
            if match:
                seen_phone = True
        elif tail.unit and line.gap == 0 and not seen_phone and _continues_unit(lines, number):
            tail.unit[-1] = (tail.unit[-1][0], line.end)
        number += 1
        if number - stop > 14:
            break


_FOOT_CUT = re.compile(
    rf"(?:(?:^|(?<=[ /,(]))[/,(]?[ ]*(?:สอบถาม|ติดต่อ|สายด่วน)|{signs.PHONE.pattern})", re.IGNORECASE
)


def _only_scraps(lines: Sequence[Line], first: int, stop: int) -> bool:
    return not any(_UNIT.match(line.text) for line in lines[first:stop])


def _before_phone(lines: Sequence[Line], number: int) -> bool:
    return any(signs.PHONE.match(line.text) for line in lines[number + 1 : number + 4])


def _continues_unit(lines: Sequence[Line], number: int) -> bool:
    text = lines[number].text
    return (
        len(text) < 60
        and not signs.PHONE.search(text)
        and not _CONTACT_WORD.match(text)
        and not re.search(r"[รพจสด]\.[ตทอจส]\.|พงส|นาย|นาง|น\.ส\.|ว่าที่", text)
        and bool(re.match(r"[ก-๙]", text))
        and not re.search(r"\d{3}", text)
        and _before_phone(lines, number)
    )


def _value(page: Folded, left: int, right: int) -> str:
    start, end = page.span(left, right)
    return printed(page.original[start:end])
