"""Recipients: one value an addressee, out of lists that offices write in many ways."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_inbox.letter import Span

# Words with which a post or an office begins: a space or และ before one parts two addressees.
_POST = (
    r"(?:ท่าน)?(?:ผู้ว่าราชการ|ผู้ว่าการ|ผู้อำนวย|ผู้อํานวย|ผู้บัญชา|ผู้บังคับ|ผู้กำกับ"
    r"|ผู้จัดการ|ผู้ตรวจ|ผู้แทน|ผู้ใหญ่บ้าน|ผู้พิพากษา|ผู้ช่วย|ผู้บริหาร|ผู้ประกอบ"
    r"|ผู้รับจ้าง|ผู้ปกครอง|ผู้สมัคร|ผู้เชี่ยวชาญ|ผู้เข้า|นายอำเภอ|นายกเทศ|นายกองค์|นายกเมือง"
    r"|นายก|นายแพทย์|นายทะเบียน|นายด่าน|นายสัตว|ปลัดกระทรวง"
    r"|ปลัดจังหวัด|ปลัดอำเภอ|ปลัดเทศบาล|ปลัดองค์|ปลัดกรุง|ปลัดบัญชี|ปลัด|อธิบดี|อธิการ"
    r"|เลขาธิการ|เลขานุการ|หัวหน้า|คณบดี|ประธาน|รัฐมนตรี|ท้องถิ่นจังหวัด"
    r"|ท้องถิ่นอำเภอ|กำนัน|สาธารณสุข|เกษตร|พัฒนา(?:การ|สังคม)|ปศุสัตว์|ประมง|ธนารักษ์|สรรพากร"
    r"|สรรพสามิต|คลังจังหวัด|พาณิชย์|ศึกษาธิการ|ประชาสัมพันธ์จังหวัด"
    r"|อัยการ|ราชเลขา|จเร|เจ้ากรม|เจ้าอาวาส|เจ้าคณะ|เจ้าหน้าที่|เจ้าพนักงาน|เสนาธิการ|แม่ทัพ"
    r"|(?:พลังงาน|อุตสาหกรรม|สหกรณ์|ขนส่ง|วัฒนธรรม|สถิติ|ประกันสังคม|ท่องเที่ยวและกีฬา|สัสดี)(?:จังหวัด|อำเภอ)"
    r"|โยธาธิการ|แรงงานจังหวัด|จัดหางาน|ผอ\.|ผบ\.|หน\.|ผกก\.|ผบก\.|นขต\.|ผวจ\.|นอภ\.|คณะกรรมการ"
    r"|กรรมการ"
    r"|ข้าราชการ|บุคลากร|พนักงาน|สมาชิก|ครู|อาจารย์|นักเรียน|หน่วยงาน|บริษัท|ห้าง|รองผู้|รองอธิ"
    r"|รองปลัด|รองนายก|รองคณบดี|รองเลขา|สำนัก|สํานัก|กรม(?![ก-๙]{0,3}$)"
    r"|เทศบาล|องค์การบริหาร|จังหวัด(?=[ ])|อำเภอ(?=[ ])|กอง(?!ทุน)|ศูนย์|โรงเรียน|ที่ว่าการ"
    r"|ที่ทำการ|สถานี|วิทยาลัย|มหาวิทยาลัย)"
)
_ITEM = re.compile(r"(?:^|(?<=\s))(?:\d{1,2}|[๐-๙]{1,2})[ ]?[.)](?!\d)[ ]*")
# An office behind a post is the post's (กรรมการผู้จัดการ บริษัท …), behind another office a new one.
_OFFICE = re.compile(
    r"(?:บริษัท|ห้าง|สำนัก|สํานัก|กรม|เทศบาล|องค์การบริหาร|จังหวัด|อำเภอ|กอง|ศูนย์|โรงเรียน"
    r"|ที่ว่าการ|ที่ทำการ|สถานี|วิทยาลัย|มหาวิทยาลัย|หน่วยงาน)"
)
_BREAK = re.compile(
    r"[ ]*+(?:,[ ]*+(?:และ[ ]*+)?|;[ ]*+"
    rf"|\n[ ]*+(?:และ[ ]*+)?(?={_POST})|และ[ ]*+(?={_POST})|(?<=[ ])(?={_POST}))"
)
_THROUGH = re.compile(r"[ \n]*[(]?[ ]*ผ่าน(?=[ ก-๙])[^)\n]*[)]?")
# After one of these the next post belongs to the same addressee.
_OPEN_END = re.compile(
    r"(?:ของ|(?<!ภาย)ใน|(?<!ทุก)แห่ง|(?<!ทุก)สังกัด|และ|ทุก|โดย|ต่อ|จาก|เรียน|ประจำ|สำหรับ|ตาม"
    r"|รอง|ผู้แทน)$"
)


def split_recipients(text: str, spans: Sequence[Span]) -> list[Span]:
    """The places of the addressees within the value of เรียน, ถึง or เสนอ.

    ``ทุก…`` stays with its post (``นายอำเภอ ทุกอำเภอ`` is one); ``ผ่าน …`` is nobody's address.
    """
    found: list[Span] = []
    for left, right in _whole(text, spans):
        position = left
        for part in _cut_items(text, left, right):
            found.extend(_posts(text, *part))
            position = part[1]
        if position == left:
            found.extend(_posts(text, left, right))
    return found


def _whole(text: str, spans: Sequence[Span]) -> list[Span]:
    """Lines that continue a value are one stretch with it."""
    merged: list[Span] = []
    for left, right in spans:
        if merged and text[merged[-1][1] : left].strip() == "":
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return merged


def _cut_items(text: str, left: int, right: int) -> list[Span]:
    marks = list(_ITEM.finditer(text, left, right))
    if len(marks) < 2:
        return [(left, right)]
    stops = [mark.start() for mark in marks[1:]] + [right]
    parts = [(mark.end(), stop) for mark, stop in zip(marks, stops, strict=True)]
    if text[left : marks[0].start()].strip():
        parts.insert(0, (left, marks[0].start()))
    return parts


def _posts(text: str, left: int, right: int) -> list[Span]:
    cut = _THROUGH.search(text, left, right)
    if cut is not None and cut.start() > left:
        right = cut.start()
    parts: list[Span] = []
    start = left
    depth = 0
    position = left
    while position < right:
        letter = text[position]
        depth += (letter == "(") - (letter == ")")
        match = _BREAK.match(text, position, right) if depth <= 0 and letter in " ,;\nแ" else None
        if match is not None and match.end() > position:
            # The longest word of _OPEN_END with what stands before it is 11 letters; to search a
            # value of a whole page at every space took ten times as long as all the rest.
            before = text[start:position].rstrip()
            spaced = not match.group().strip()
            owned = spaced and _OFFICE.match(text, match.end()) and not _OFFICE.match(before)
            if (
                before
                and not _OPEN_END.search(before[-12:])
                and text[match.end() : right].strip()
                and not owned
            ):
                parts.append((start, position))
                start = position = match.end()
                continue
        position += 1
    parts.append((start, right))
    return [one for part in parts if (one := _trim(text, *part)) is not None]


def _trim(text: str, left: int, right: int) -> Span | None:
    while left < right and text[left] in " \n,;:-":
        left += 1
    while right > left and text[right - 1] in " \n,;":
        right -= 1
    return (left, right) if right > left else None


_CLASS = re.compile(
    r"ทุก(?!ข์|วัน|ปี|เดือน)|ตามบัญชี|ตามรายชื่อ|ตามรายการ|แนบท้าย|แจ้งท้าย|ตามที่ระบุ"
    r"|ตามการแจกจ่าย|ในสังกัดทุก|ทั้งหมด|รายชื่อดังแนบ|ตามบัญชีแนบ"
)
_RANGE = re.compile(r"\d[ ]*(?:-|ถึง)[ ]*\d")


def is_class(recipients: Sequence[str]) -> bool:
    """Whether a letter goes to every member of a class: ทุก…, a list or a range of offices."""
    if len(recipients) >= 3:
        return True
    return any(_CLASS.search(one) or _RANGE.search(one) for one in recipients)
