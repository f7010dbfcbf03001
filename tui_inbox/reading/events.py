"""Meetings and the like that the reader is invited to: when, where, and whether they will be."""

from __future__ import annotations

import re

import msgspec

from tui_inbox.letter import Event, EventStatus, Kind
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.places import When, place_of
from tui_inbox.reading.repair import Folded
from tui_inbox.thai.dates import Found, find_dates, parse_iso
from tui_inbox.thai.numbers import SPOKEN_TIME, spoken_time

# Possessive: a run of blanks (a page turn leaves long ones) is never tried in parts.
_S = r"[ \n]*+"


_INVITES = lenient(
    r"ขอเชิญ(?!ชวน[^\n]{0,30}(?:ส่ง|สมัคร|ร่วมบริจาค|บริจาค))|เรียนเชิญ|เชิญ(?:ท่าน|ประชุม"
    r"|เข้าร่วม|ร่วม|ผู้แทน)|เข้าร่วม(?:ประชุม|การประชุม|อบรม|การอบรม|สัมมนา|การสัมมนา|โครงการ"
    r"|พิธี|งาน|กิจกรรม|ฝึก|รับฟัง|การฝึก)|เข้ารับการ(?:อบรม|ฝึก|ตรวจ|ปฐมนิเทศ|สัมภาษณ์|สัมมนา)"
    r"|เข้าประชุม|ร่วมประชุม|ไปพบ|มาพบ"
    r"|ไปให้ถ้อยคำ|มาให้ถ้อยคำ|ให้ถ้อยคำ|ไปชี้แจง|มาชี้แจง|ส่งผู้แทนเข้าร่วม|ร่วมเป็นเกียรติ"
    r"|ร่วมพิธี|ร่วมงาน|ไปร่วม|รายงานตัว|นัดสืบพยาน|มาเบิกความ|นัดไต่สวน|นัดพร้อม|นัดไกล่เกลี่ย"
    r"|เข้าร่วม(?=โดยพร้อม|โดยการ|ตาม(?:วัน|กำหนด)|ใน(?:วัน|งาน|พิธี|การ))|ตาม(?:วัน"
    r"|กำหนดวัน)[ ]?(?:และ)?[ ]?เวลา"
    r"[^\n]{0,16}(?:ดังกล่าว|ข้างต้น)|เ(?<!สิทธิเ)ข้ารับการ(?:ประเมิน|คัดเลือก|สรรหา|สอบ|ทดสอบ|ตรวจเลือก)|เข้าสอบ(?!สวน)"
    r"|จึงเชิญ|กราบเรียนเชิญ|เป็นวิทยากร|นัดประชุม|กำหนดประชุม|กำหนดการประชุม|กำหนดจัด(?:การ)?ประชุม"
    r"|กำหนดให้มีการประชุม|เป็นประธาน(?:ใน)?พิธี"
)


_KINDS = lenient(
    r"ประชุม|อบรม|สัมมนา|เสวนา|พิธี|งาน|โครงการ|กิจกรรม|ฝึก|ชี้แจง|ปฐมนิเทศ|สืบพยาน|เบิกความ"
    r"|พบ(?=พนัก|เจ้า|นาย)|สอบ|บรรยาย|ถ้อยคำ|ตรวจ|รังวัด|ประเมิน|แข่งขัน|ศึกษาดูงาน|รับฟัง|นิเทศ|เวที"
    r"|นิทรรศการ|วันรวมพลัง|ซ้อม|รณรงค์"
)


_CANCEL = lenient(
    "|".join(
        rf"{verb}(?:การ|จัด|กำหนด)?(?:การ)?[ ]?(?:ประชุม|จัด|อบรม|สัมมนา|โครงการ|งาน|พิธี|กิจกรรม|ฝึก"
        r"|นัด|เดินทาง|เรียน|ดำเนิน)"
        for verb in ("ขอยกเลิก", "ของด", "ยกเลิก", "งด")
    )
)


_POSTPONE = lenient(
    r"เปลี่ยนแปลง(?:กำหนด(?:การ)?|วัน)(?:การ|จัด|เวลา)?(?:ประชุม|อบรม|สัมมนา|พิธี|ดังกล่าว|เป็น)"
    r"|เลื่อน(?:กำหนด|วัน|เวลา|การ|จัด|นัด|ประชุม)?(?:การ|วัน|จัด|กำหนด)?[ ]?(?:ประชุม|จัด|อบรม"
    r"|สัมมนา|โครงการ|งาน|พิธี|กิจกรรม|ฝึก|นัด|ดังกล่าว|ออกไป|วันและเวลา|การ)"
)


_LEAD_BAD = lenient(
    r"(?:(?:ก่อน|ภายใน|ไม่เกิน)เวลา[^\n]{0,24}ของ|ภายใน|ก่อน|ไม่เกิน|ลงวันที่|ลง|จนถึง"
    r"|สมัคร[^ \n]{0,12}ถึง|(?:สิ้นสุด|หมดเขต|ปิดรับ)[^\n]{0,14}|อย่างช้า|ลว\.?|ประกาศ[ ]?ณ"
    r"|สั่ง[ ]?ณ|เมื่อ|ตั้งแต่บัดนี้ถึง|แก้ไข|นับแต่|นับจาก|ณ|ฉบับ|ตาม(?:หนังสือ"
    r"|มติ)[^\n]{0,40})[ \n]*(?:วัน)?(?:ที่)?[ \n]*$"
)


_BETWEEN = lenient(
    rf"{_S}(?:\((?:[^()\n]{{1,20}})\){_S})?(?:-|ถึง|จนถึง|และ){_S}(?:วัน)?(?:จันทร์|อังคาร|พุธ"
    rf"|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?{_S}(?:ที่)?{_S}"
)


_SHORT_RANGE = lenient(
    rf"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?{_S}(?:ที่)?"
    rf"|ที่){_S}(?P<first>\d{{1,2}}){_S}(?P<mid>-|ถึง|และ|,){_S}(?:วัน)?(?:จันทร์|อังคาร|พุธ"
    rf"|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?{_S}(?:ที่)?{_S}$"
)


_TIME = lenient(
    rf"(?:ตั้งแต่{_S})?เวลา{_S}(?:ประมาณ{_S})?(?P<h1>[0-2]?\d)(?:{_S}[.:]{_S}(?P<m1>[0-5]\d)"
    rf"|(?<=\d\d)(?P<m4>[0-5]\d)(?!\d)|{_S}นาฬิกา{_S}(?P<m3>[0-5]\d){_S}นาที)?{_S}(?:น\.?"
    rf"|นาฬิกา)?(?:{_S}(?:-|ถึง|จนถึง"
    rf"|–){_S}(?:เวลา{_S})?(?P<h2>[0-2]?\d){_S}[.:]{_S}(?P<m2>[0-5]\d))?{_S}(?:น\.?|นาฬิกา)?"
)


# The words before the new day of a postponed meeting.
_MOVED_TO = lenient(
    r"(?:(?<!คง)เป็น|ใหม่(?:เป็น)?|กำหนดใหม่|เลื่อนไป(?:ใน|เป็น)?|ไปใน|ไป)[ \n]*(?:ใน)?"
    r"[ \n]*(?:ระหว่าง)?[ \n]*(?:วัน[ก-๙]*)?[ \n]*(?:ที่)?[ \n]*(?:\d{1,2}[ ]*(?:-|ถึง)[ ]*)?$"
)


def find_events(
    page: Folded, body: Body, kind: Kind, subject: str | None, letter_date: str | None
) -> list[Event]:
    """The events of a body. A postponed one is two: the old date and, where given, the new."""
    if kind in (Kind.MINUTES, Kind.CERTIFICATE, Kind.REGULATION, Kind.BYLAW, Kind.ORDER):
        return []
    flat = body.flat[body.start : body.end]
    about = f"{subject or ''}\n{flat}"
    cancelled = _in_foreground(body, _CANCEL) or bool(_CANCEL.search(subject or ""))
    postponed = _in_foreground(body, _POSTPONE) or bool(_POSTPONE.search(subject or ""))
    invited = _INVITES.search(about) is not None
    if not (invited or cancelled or postponed):
        return []
    if re.search(r"(?:งด|ดับ)(?:จ่าย)?กระแสไฟ|งดจ่าย|งดให้บริการ", about) and not any(
        # An outage «ตามวันเวลาดังกล่าว» invites nobody.
        not match.group().startswith("ตาม")
        for match in _INVITES.finditer(about)
    ):
        return []
    year = int(letter_date[:4]) if letter_date else None
    found: list[Event] = []
    for when in _whens(body, year):
        event = _event(page, body, when, cancelled, postponed, invited)
        if event is None:
            continue
        if any(_same(event, other) for other in found):
            continue
        found.append(event)
    return _settle(_carried(body, found))


_AS_BEFORE = lenient(r"(?:เวลา|สถานที่)(?:และ(?:สถานที่|เวลา))?(?:เดิม|ดังเดิม|คงเดิม|เดียวกัน)")


def _carried(body: Body, events: list[Event]) -> list[Event]:
    """Where a new date keeps time and place («เวลาและสถานที่เดิม»), those of the old one."""
    old = next((event for event in events if event.status is EventStatus.POSTPONED), None)
    match = _AS_BEFORE.search(body.flat, body.start, body.end)
    if old is None or match is None or body.is_background(match.start()):
        return events
    carried = []
    for event in events:
        if event.status is EventStatus.SCHEDULED and event.start:
            time = (old.start or "")[10:] if "เวลา" in match.group() else ""
            start = event.start + time if len(event.start) <= 10 else event.start
            end = event.end
            if end is None and time and old.end and old.end[:10] == (old.start or "")[:10]:
                end = event.start[:10] + old.end[10:]
            place = event.place or (old.place if "สถานที่" in match.group() else None)
            event = msgspec.structs.replace(event, start=start, end=end, place=place)
        carried.append(event)
    return carried


def _in_foreground(body: Body, pattern: re.Pattern[str]) -> bool:
    return any(
        not body.is_background(match.start())
        for match in pattern.finditer(body.flat, body.start, body.end)
    )


def _whens(body: Body, year: int | None) -> list[When]:
    flat = body.flat
    dates = find_dates(flat, body.start, body.end)
    whens: list[When] = []
    skip = -1
    for number, found in enumerate(dates):
        if found.start < skip:
            continue
        lead = flat[max(body.start, found.start - 60) : found.start]
        if _LEAD_BAD.search(lead):
            continue
        start, end, last = found.start, found.end, None
        own_year = found.year if found.year is not None else None
        first_iso = found.iso
        short = _SHORT_RANGE.search(lead)
        following = dates[number + 1] if number + 1 < len(dates) else None
        if short is not None and found.year is not None and int(short["first"]) < (found.day or 0):
            last = found.iso
            first_iso = Found(
                0, 0, int(short["first"]), found.month, found.year, found.year_printed
            ).iso
            start = found.start - (len(lead) - short.start("first"))
        elif following is not None and _BETWEEN.fullmatch(flat[found.end : following.start]):
            last = following.iso_in(year)
            own_year = own_year or following.year
            if found.year is None and following.year is not None:
                first_iso = Found(
                    0, 0, found.day, found.month, following.year, following.year_printed
                ).iso
            end = following.end
            skip = following.end
        if first_iso is None and found.year_printed is None:
            first_iso = found.iso_in(year)
        if last is None and _SINCE.search(lead):
            continue
        if first_iso is None or (last is not None and not _plausible(first_iso, last)):
            continue
        stop = body.sentence_at(start)[1]
        named = end
        time = _TIME.search(flat, end, min(stop + 30, end + 60))
        from_time = to_time = None
        if time is not None and not find_dates(flat, end, time.start()):
            from_time = _clock(time["h1"], time["m1"] or time["m3"] or time["m4"])
            to_time = _clock(time["h2"], time["m2"]) if time["h2"] else None
            end = time.end()
        elif (spoken := SPOKEN_TIME.match(flat, end, min(stop, end + 50))) is not None:
            from_time = spoken_time(spoken)
            end = spoken.end()
        elif before := list(_TIME.finditer(flat, max(body.start, start - 60), start)):
            gap = flat[before[-1].end() : start]
            if len(gap) < 24 and re.fullmatch(
                r"[ \n]*(?:ของ|ใน)?[ \n]*(?:วัน[ก-๙]*)?(?:ที่)?[ \n]*", gap
            ):
                from_time = _clock(before[-1]["h1"], before[-1]["m1"])
                to_time = _clock(before[-1]["h2"], before[-1]["m2"]) if before[-1]["h2"] else None
                start = before[-1].start()
        whens.append(When(start, end, named, first_iso, last, from_time, to_time))
    return whens


# «Since» a day is no invitation to it; with an end it may be a period.
_SINCE = lenient(r"ตั้งแต่(?:วัน)?(?:ที่)?[ \n]*$")


def _plausible(first: str, last: str) -> bool:
    """A period of more than six weeks is a project's or a contract's, no meeting."""
    one, two = parse_iso(first), parse_iso(last)
    return one is not None and two is not None and 0 <= (two - one).days <= 45


def _clock(hour: str, minute: str | None) -> str | None:
    if int(hour) > 24:
        return None
    return f"{int(hour):02}:{minute or '00'}"


# A day on which something begins to work, ends or is made known is no meeting.
_BEGINS = lenient(
    r"(?:เปิด(?:ใช้|ให้|ทำการ|ทดลอง|การศึกษา|ภาคเรียน|เรียน)|เริ่ม(?:ใช้|ต้น)|มีผล|ใช้บังคับ|ครบ(?:กำหนด|วาระ)|หมด(?:อายุ"
    r"|วาระ|เขต)|สิ้นสุด|ประกาศ(?:ผล|รายชื่อ)|แล้วเสร็จ|เกษียณ|ส่งมอบ)[^ \n]{0,40}[ ]?(?:ใน|ตั้งแต่|ระหว่าง)?"
    r"[ ]?(?:วัน[ก-๙]*)?(?:ที่)?[ ]*(?:\d{1,2}[ ]*(?:-|ถึง)[ ]*)?$"
)


_ROUND = lenient(
    r"[ ]*(?:[-•*]|\d{1,2}[.)]|\(\d{1,2}\))?[ ]*(?:ครั้ง|รุ่น|กลุ่ม|รอบ|วันที่|จุด|ภาค|วัน[จอพศส])"
)


def _event(
    page: Folded, body: Body, when: When, cancelled: bool, postponed: bool, invited: bool
) -> Event | None:
    flat = body.flat
    left, right = body.sentence_at(when.start)
    paragraph = body.paragraph_at(when.start)
    background = body.is_background(when.start)
    lead = flat[max(paragraph[0], when.start - 170) : when.start]
    place, place_span = place_of(page, body, when)
    floor = paragraph[0]
    if _ROUND.match(flat, *paragraph):
        # «รุ่นที่ ๑ วันที่ … ณ …»: what it is stands above the list.
        floor = max(body.start, floor - 400)
    context = flat[
        max(floor, when.start - 400 if floor < paragraph[0] else when.start - 220) : min(
            paragraph[1], when.end + 120
        )
    ]
    if not _KINDS.search(context) and not _INVITES.search(context):
        return None
    moved = postponed and _MOVED_TO.search(lead) is not None
    if not moved and when.from_time is None and place is None and _BEGINS.search(lead):
        return None
    if (
        not moved
        and when.from_time is None
        and place is None
        and not re.search(
            r"(?:ใน|ระหว่าง|ตั้งแต่)[ \n]*(?:วัน)[ก-๙ ]*(?:ที่)?[ \n]*(?:\d{1,2}[ ]*(?:-|ถึง)[ ]*)?$", lead
        )
    ):
        return None
    if (
        re.search(r"(?:รับสมัคร|ลงทะเบียน|ยื่น|ส่งแบบ|ส่งใบ|สมัคร(?:ได้|เข้า))[^\n]{0,60}$", lead)
        and when.from_time is None
        and place is None
    ):
        return None
    if re.search(
        r"(?:รับสมัคร|ลงทะเบียน|สมัคร(?:ได้|เข้า)|ยื่น)[^\n]{0,70}(?:ระหว่าง|ตั้งแต่)[^\n]{0,16}$", lead
    ):
        return None
    if re.search(
        r"(?:ได้จัด|ได้มี|ที่ผ่านมา|จัดขึ้นเมื่อ|เมื่อ|ได้กำหนด(?![^\n]{0,60}(?:ประชุม"
        r"|อบรม)))[^\n]{0,30}$",
        lead[-40:],
    ) and not (cancelled or postponed):
        return None
    status = EventStatus.SCHEDULED
    sentence = flat[left:right]
    if cancelled and (
        background or _CANCEL.search(sentence) or _CANCEL.search(flat[paragraph[0] : right])
    ):
        status = EventStatus.CANCELLED
    elif postponed:
        old = (
            background
            or re.search(r"(?:จาก(?:เดิม)?|เดิม|ซึ่งกำหนด(?:ไว้)?|ที่กำหนดไว้)[^\n]{0,70}$", lead)
            is not None
        )
        if old and not moved:
            status = EventStatus.POSTPONED
    elif background:
        return None
    if not invited and status is EventStatus.SCHEDULED and not postponed:
        return None
    start = when.first or ""
    if when.from_time and when.from_time != "24:00":
        start = f"{start}T{when.from_time}"
    end: str | None = None
    if when.last is not None:
        end = f"{when.last}T{when.to_time}" if when.to_time else when.last
    elif when.to_time is not None:
        end = f"{when.first}T{when.to_time}"
    stop = max(when.end, place_span[1] if place_span else when.end)
    begin = (
        min(when.start, place_span[0]) if place_span and place_span[0] < when.start else when.start
    )
    text = page.quoted(flat[begin:stop], begin)
    return Event(start, end, place, status, text, page.span(begin, stop))


def _same(one: Event, other: Event) -> bool:
    """The same meeting named again: the same day, with nothing new said of it."""
    if (one.start or "")[:10] != (other.start or "")[:10] or one.status is not other.status:
        return False
    return one.start == other.start or len(one.start or "") <= 10


def _settle(events: list[Event]) -> list[Event]:
    """A day named first without a time and then with one is one event: the fuller one."""
    settled: list[Event] = []
    for event in events:
        twin = next(
            (
                other
                for other in settled
                if (other.start or "")[:10] == (event.start or "")[:10]
                and other.status is event.status
                and len(other.start or "") <= 10 < len(event.start or "")
            ),
            None,
        )
        if twin is not None:
            settled.remove(twin)
        settled.append(event)
    return settled
