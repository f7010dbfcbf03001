"""Where an event takes place: behind its day, behind its hour, or before both."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui_inbox.letter import Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.repair import Folded, printed
from tui_inbox.thai.dates import find_dates

# Possessive: a run of blanks (a page turn leaves long ones) is never tried in parts.
_S = r"[ \n]*+"


_PLACE = lenient(
    rf"(?:(?<=[ \n)])ณ{_S}|(?<=[.\n ])ที่(?={_S}(?:ห้อง|ศาลา|หอประชุม|โรงแรม|อาคาร|ลาน|วัด|สนาม|บริเวณ))"
    rf"|(?:โดย)?(?:การ)?(?:ประชุม)?(?P<online>(?:ผ่าน|ทาง)(?:สื่อ|ระบบ|โปรแกรม|แอป|ทาง|การ"
    rf"|[ ]?(?=[A-Za-z]))))"
)


_PLACE_END = lenient(
    r"[ \n]+(?:ครั้งที่[ ]?\d|รุ่นที่[ ]?\d|กลุ่มที่[ ]?\d|จึง|โดย|เพื่อ|ตาม|ทั้งนี้|รายละเอียด|ขอ(?=ให้|ความ|เชิญ|ได้"
    r"|แจ้ง|เรียน|ส่ง|กรุณา)|พร้อม|ซึ่ง|ใน(?=วัน|การ|เวลา)|วัน(?=ที่"
    r"|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|เวลา|ตั้งแต่|ระหว่าง|นั้น|ดังนี้|ภายใต้"
    r"|และ(?=ขอ|ให้|จะ|ผ่าน|ถ่ายทอด|ประชุม|กรุณา|โปรด|ส่ง|แจ้ง|ตอบ|ลง|จัด|นำ|มอบ|เตรียม|กรอก|ยืนยัน)|ความละเอียด|ค่าลงทะเบียน|ค่าใช้จ่าย|ค่าเดินทาง|การแต่งกาย|แต่งกาย|ผู้เข้า"
    r"|ท่าน|อนึ่ง|ในการนี้|กรุณา|โปรด|หาก|สำหรับ|มีวัตถุ|มีระเบียบ|ใน[ก-๙]{2,20}ดังกล่าว|แทน"
    r"|ไปเป็น|ดังกล่าว|ณ|เป็น|มี|แล้ว|จำนวน|แต่|เนื่อง|เชิญ|นั้น|[ก-๙]{2,40}จึง|[ก-๙]{4,40}ขอ(?=ให้|ความร่วม|ความอนุ|เชิญ)|ออกไป)"
    r"|(?<=[ก-๙])นั้น(?=[ \n]|$)|(?:ดังกล่าว|นั้น)$|[ ]{3,}|,[ ]|;|[ ]\((?=ให้|โดย|ตาม|ราย)"
)


@dataclass(frozen=True, slots=True)
class When:
    """A day or period with its hours; ``named`` is where the date itself ends."""

    start: int
    end: int
    named: int
    first: str | None
    last: str | None
    from_time: str | None
    to_time: str | None


# Through a page or a code one enrols, answers or reads; one attends through a system.
_NOT_ATTENDED = lenient(
    r"(?:ลงทะเบียน|สมัคร|ตอบรับ|(?:ส่ง|แจ้ง|รายงาน|ดาวน์โหลด|สอบถาม"
    r"|รายละเอียด)[^ \n]{0,30})[^ \n]{0,20}[ ]?$"
)


def place_of(page: Folded, body: Body, when: When) -> tuple[str | None, Span | None]:
    """Where an event takes place, with its span in the folded text; ``None`` where unsaid."""
    flat = body.flat
    paragraph = body.paragraph_at(when.start)
    stop = min(paragraph[1], when.end + 90)
    # The next date belongs to another event, and so does its place.
    for other in find_dates(flat, when.end, stop):
        if not re.search(r"ภายใน|ก่อน|ลงวันที่", flat[when.end : other.start]):
            stop = other.start
            break
    # The place may stand between the day and the hour.
    match = _PLACE.search(flat, when.named, when.end) or next(
        (
            one
            for one in _PLACE.finditer(flat, when.end, stop)
            if not (one["online"] and _NOT_ATTENDED.search(flat, when.end, one.start()))
        ),
        None,
    )
    if match is None:
        before = list(_PLACE.finditer(flat, max(paragraph[0], when.start - 120), when.start))
        if not before or re.search(r"[.] |จึง|ทั้งนี้|ในการนี้", flat[before[-1].end() : when.start]):
            return None, None
        match = before[-1]
    begin = match.start("online") if match["online"] else match.end()
    limit = min(paragraph[1], begin + 160)
    if begin < when.start:
        limit = when.start
    elif begin < when.end:
        limit = when.end
    end = _PLACE_END.search(flat, begin, limit)
    while end is not None and end.start() - begin < 5:
        end = _PLACE_END.search(flat, end.end(), limit)
    right = end.start() if end is not None else limit
    text = flat[begin:right].rstrip(" \n,")
    if not re.search(r"\.[ก-ฮ]{1,5}\.$", text):
        text = text.rstrip(" .")
    text = re.sub(r"[ \n]*(?:ใน)?(?:วัน)?$", "", text)
    if not text.strip() or re.match(r"วันที่|โอกาส", text):
        return None, None
    left, finish = page.span(begin, begin + len(text))
    return printed(page.original[left:finish]), (begin, begin + len(text))
