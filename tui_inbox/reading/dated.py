"""Terms that print their day: ภายในวันที่ …, ตั้งแต่ … ถึง …, lists of days, the day of offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tui_inbox.letter import Basis, Deadline, Kind, Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.obligation import APPLYING, Setting, for_reader, sets_time
from tui_inbox.reading.repair import Folded
from tui_inbox.reading.term import GAP, make_term, year_of
from tui_inbox.thai.dates import Found, find_dates

_ENDS = (
    "หมดเขต", "ปิดรับ", "สิ้นสุด", "กำหนดส่ง", "กําหนดส่ง", "กำหนดยื่น", "ครบกำหนด", "กำหนดแล้วเสร็จ",
)  # fmt: skip
_LEAD = lenient(
    rf"(?P<lead>ภายใน(?:กำหนด)?|ไม่เกิน|ไม่หลัง"
    # As the forces write it: ให้หน่วยทราบ ใน ๑๖ ธ.ค. ๖๗.
    r"|ใ(?:(?<=ทราบ ใ)|(?<=ทราบใ)|(?<=ถึง ใ)|(?<=ส่ง ใ))"
    rf"น(?={GAP}\d{{1,2}}{GAP}[กมเพสตธ][ิี]?ม?\.{GAP}[ก-ฮ]\.)"
    rf"|ไม่ช้ากว่า|ไม่ช้าไปกว่า|ไม่ล่าช้ากว่า"
    rf"|อย่างช้า(?:ที่สุด)?(?:{GAP}ไม่เกิน|{GAP}ภายใน)?|ก่อน(?:ถึง)?|จนถึง"
    rf"|ตั้งแต่บัดนี้(?:เป็นต้นไป)?{GAP}(?:จน)?ถึง|บัดนี้{GAP}(?:-|ถึง)|ให้ทัน|ออกไป(?:จน)?ถึง"
    rf"|เป็น(?:ภายใน)?(?={GAP}(?:วัน|เวลา))"
    + "".join(rf"|{word}[ก-๙ ]{{0,40}}?(?:ใน|ภายใน)?" for word in _ENDS)
    + r")"
    rf"{GAP}(?:(?:เวลา{GAP})?(?P<hour>[0-2]?\d)(?:{GAP}[.:]{GAP}(?P<minute>[0-5]\d){GAP}(?:น\.?"
    rf"|นาฬิกา)|(?<=\d\d)(?P<minute2>[0-5]\d)){GAP}(?:ของ|ใน)?{GAP}|(?P<noon>เที่ยง)(?:วัน"
    rf"|ตรง)?{GAP}(?:ของ{GAP})?|(?:ตอน|ช่วง)?(?:บ่าย|เช้า|เย็น)(?:ของ)?{GAP})?(?:(?:สิ้น)?(?:วัน|เดือน)(?:ทำการ)?)?(?:จันทร์|อังคาร|พุธ"
    rf"|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?{GAP}(?:ที่)?{GAP}(?=\d)"
)


_RANGE_END = lenient(
    # A calendar of steps leaves the word out: ๑. รับสมัคร วันที่ ๒๑ - ๒๕ …
    rf"(?:ตั้งแต่|รับสมัคร(?:นักเรียน|นักศึกษา|บุคคล)?(?={GAP}(?:ใน)?{GAP}วัน)(?:{GAP}ใน)?"
    rf"|ระหว่าง){GAP}(?:วัน)?(?:[ก-๙]{{3,8}})?{GAP}(?:ที่)?{GAP}\d{{1,2}}[^\n]{{0,40}}?{GAP}(?:-"
    rf"|ถึง|จนถึง){GAP}(?:วัน)?(?:[ก-๙]{{3,8}})?{GAP}(?:ที่)?{GAP}(?=\d{{1,2}}{GAP}[ก-๙])"
)


# ภายในวันนี้ is the letter's own day.
_TODAY = lenient(rf"(?:ภายใน|ไม่เกิน){GAP}วันนี้(?=[ \n,(]|$)")


_TABLE = r"ตาราง(?:ต่อไปนี้|ดังนี้|ด้านล่าง|ข้างล่าง|ข้างท้าย|แนบท้าย)"
_TERM = r"(?:ระยะ|ช่วง)?(?:กำหนด|กําหนด|ห้วง|เวลา|วันเวลา)[ก-๙ ]{0,30}(?:ดังนี้|ต่อไปนี้)"
_OF_DAYS = r"(?:วัน|กำหนดการ)[ก-๙ ]{0,20}(?:ดังนี้|ต่อไปนี้)"
# Each begins with a letter, which a search finds fast.
_LIST_LEAD = lenient(
    rf"ตาม{_TABLE}|{_TABLE}|ภายใน{_TERM}|ตาม{_TERM}|ภายใน{_OF_DAYS}|ตาม{_OF_DAYS}"
    r"|กำหนดส่ง[ก-๙ ]{0,20}(?:ดังนี้|$)"
)


_TIME = lenient(
    rf"(?:{GAP}นี้)?{GAP}[,(]?(?:{GAP}(?:ภายใน|ก่อน"
    rf"|ไม่เกิน))?{GAP}(?:เวลา{GAP})?(?P<hour>[0-2]?\d){GAP}[.:]{GAP}(?P<minute>[0-5]\d){GAP}(?:น\.?(?![ก-๙])"
    rf"|นาฬิกา)"
)


_TIME_BEFORE = lenient(
    rf"เวลา{GAP}(?P<hour>[0-2]?\d)[.:](?P<minute>[0-5]\d){GAP}(?:น\.?|นาฬิกา){GAP}(?:ของ)?{GAP}$"
)


def dated_terms(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """The terms that print a day, each with its place in the folded text."""
    flat = body.flat
    for match in _LEAD.finditer(flat, body.start, body.end):
        found = _date_at(flat, match.end()) or _date_in_words(flat, match.end(), setting)
        days = [] if found is not None else _days_at(flat, match.end())
        found = found or (days[-1] if days else None)
        if found is None or body.is_background(match.start()):
            continue
        lead = match["lead"]
        if not sets_time(body, match, found, lead, setting):
            continue
        at = None
        if match["hour"] is not None and int(match["hour"]) <= 24:
            at = f"{int(match['hour']):02}:{match['minute'] or match['minute2']}"
        elif match["noon"] is not None:
            at = "12:00"
        for earlier in days[:-1]:
            yield from _deadline(page, body, earlier.start, earlier, setting, at)
        start = days[-1].start if days else match.start()
        yield from _deadline(page, body, start, found, setting, at)
    for match in _RANGE_END.finditer(flat, body.start, body.end):
        found = _date_at(flat, match.end())
        if found is None or body.is_background(match.start()):
            continue
        sentence = body.sentence_at(match.start())
        before = flat[max(sentence[0], match.start() - 70) : match.start()]
        if re.search(r"ระยะเวลา(?!รับ|ยื่น)|พัก|ปิด(?!รับ)|สะสม|วาระ|ดำรงตำแหน่ง", before[-40:]):
            continue
        after = flat[found.end : min(found.end + 60, sentence[1])]
        step = match.group().startswith("รับสมัคร")
        if step and setting.kind not in (Kind.ANNOUNCEMENT, Kind.NEWS):
            # A letter only tells of others' calendars.
            continue
        if (
            not step
            and not APPLYING.search(before.replace("ขยาย", ""))
            and not re.match(r"[^\n]{0,30}(?:รับสมัคร|ยื่น|ลงทะเบียน|ส่ง)", after)
        ):
            continue
        if re.search(
            r"(?:อบรม|สัมมนา|จัดงาน|จัดโครงการ|ประชุม|เดินทาง|ฝึก|แข่งขัน|ดำเนินโครงการ|สอบ(?!ถาม|สวน)"
            r"|จัดขึ้น|จัดแสดง|จัดนิทรรศการ)[^\n]{0,40}$",
            before[-50:],
        ) and not re.search(r"(?:รับสมัคร|ลงทะเบียน|ยื่น)[^\n]{0,30}$", before[-40:]):
            continue
        if not for_reader(body, match.start(), setting, applying=True):
            continue
        yield from _deadline(page, body, match.start(), found, setting)
    if setting.kind in (Kind.ANNOUNCEMENT, Kind.NEWS):
        yield from _on_day(page, body, setting)
    for match in _TODAY.finditer(flat, body.start, body.end):
        if (
            setting.letter_date is not None
            and len(setting.letter_date) == 10
            and not body.is_background(match.start())
            and for_reader(body, match.start(), setting)
        ):
            day = date.fromisoformat(setting.letter_date)
            found = Found(*match.span(), day.day, day.month, day.year, "")
            yield from _deadline(page, body, match.start(), found, setting)
    yield from _listed(page, body, setting)


# A notice to bidders or applicants: ยื่นข้อเสนอ … ในวันที่ … ระหว่างเวลา … ถึง …
_ON_DAY = lenient(
    rf"(?:ยื่น(?:ข้อเสนอ|ซอง|ใบสมัคร|ใบเสนอ|เอกสาร)|เสนอราคา|ส่งผลงาน)[^\n]{{0,110}}?[ ]?(?:ใน"
    rf"|ภายใน){GAP}วัน[ก-๙]*"
    rf"(?:ที่)?{GAP}(?=\d)"
)


_UNTIL = lenient(
    rf"{GAP}(?:(?:ระหว่าง|ตั้งแต่)?{GAP}เวลา{GAP}[0-2]?\d{GAP}[.:]{GAP}[0-5]\d{GAP}(?:น\.?)?{GAP}(?:-|ถึง|จนถึง){GAP})"
    rf"(?:เวลา{GAP})?(?P<hour>[0-2]?\d){GAP}[.:]{GAP}(?P<minute>[0-5]\d){GAP}(?:น\.?|นาฬิกา)"
)


def _on_day(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """The one day on which offers are taken; the end of its hours where they are printed."""
    for match in _ON_DAY.finditer(body.flat, body.start, body.end):
        found = _date_at(body.flat, match.end())
        if found is None or not for_reader(body, match.start(), setting, applying=True):
            continue
        until = _UNTIL.match(body.flat, found.end)
        time = None
        if until is not None and int(until["hour"]) <= 24:
            time = f"{int(until['hour']):02}:{until['minute']}"
        yield from _deadline(page, body, found.start, found, setting, time)


def _listed(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """A list of dates behind «ภายในกำหนด ดังนี้»: each line that ends with one sets a time."""
    for lead in _LIST_LEAD.finditer(body.flat, body.start, body.end):
        if body.is_background(lead.start()) or not for_reader(body, lead.start(), setting):
            continue
        at = lead.end()
        for left, right in body.paragraphs:
            if right <= at or left > at + 700:
                continue
            start = max(left, at)
            line = body.flat[start:right]
            dates = find_dates(body.flat, start, right)
            if left > at and not dates and not re.search(r"กำหนด|ภายใน|รอบ|ไตรมาส", line):
                break
            if not re.match(r"[ ]*(?:ไตรมาส|งวด|ครั้งที่|รอบ|ระยะ|\(?\d{1,2}[.) ]|-)", line):
                continue
            for found in dates[-1:]:
                if found.iso_in(year_of(setting)) and not re.search(
                    r"(?:ภายใน|ก่อน|ไม่เกิน)[^\d]{0,16}$", body.flat[start : found.start]
                ):
                    if re.match(r"[ ]*(?:-|ถึง)[ ]*\d", body.flat[found.end :]):
                        continue
                    yield from _deadline(page, body, found.start, found, setting)


def _date_at(flat: str, position: int) -> Found | None:
    found = find_dates(flat, position, position + 44)
    if found and found[0].start == position:
        return found[0]
    return None


_DAYS = re.compile(
    rf"(?P<days>\d{{1,2}}(?:{GAP}(?:,|และ|,{GAP}และ){GAP}(?:วันที่?{GAP})?\d{{1,2}})+)(?={GAP}[ก-๙])"
)


def _days_at(flat: str, position: int) -> list[Found]:
    """Several days of one month that begin at a place: ``๒๐ และ ๒๗ เมษายน ๒๕๖๘``."""
    match = _DAYS.match(flat, position)
    if match is None:
        return []
    days = list(re.finditer(r"\d{1,2}", match["days"]))
    last = _date_at(flat, position + days[-1].start())
    if last is None:
        return []
    found = []
    for day in days[:-1]:
        start = position + day.start()
        found.append(replace(last, start=start, end=start + len(day.group()), day=int(day.group())))
    return [*found, last]


_THAT_MONTH = lenient(rf"(?P<day>\d{{1,2}}){GAP}(?:ของ)?เดือน(?P<which>เดียวกัน|นี้|หน้า)")


def _date_in_words(flat: str, position: int, setting: Setting) -> Found | None:
    """``๒๐ เดือนเดียวกัน`` (as the date before it), ``เดือนนี้``, ``เดือนหน้า`` (as the letter's)."""
    match = _THAT_MONTH.match(flat, position)
    if match is None:
        return None
    if match["which"] == "เดียวกัน":
        earlier = [one for one in find_dates(flat, max(0, position - 400), position) if one.iso]
        if not earlier or earlier[-1].year is None:
            return None
        year, month = earlier[-1].year, earlier[-1].month
    elif setting.letter_date is None:
        return None
    else:
        index = int(setting.letter_date[:4]) * 12 + int(setting.letter_date[5:7]) - 1
        index += match["which"] == "หน้า"
        year, month = index // 12, index % 12 + 1
    return Found(*match.span(), int(match["day"]), month, year, "")


def _deadline(
    page: Folded, body: Body, start: int, found: Found, setting: Setting, time: str | None = None
) -> Iterator[tuple[Span, Deadline]]:
    iso = found.iso_in(year_of(setting))
    if iso is None and found.year_printed is None:
        return
    # A date without a year that would lie well before the letter is next year's.
    if (
        iso
        and found.year_printed is None
        and setting.letter_date
        and iso < setting.letter_date[:10]
    ):
        year = year_of(setting)
        months = (found.month - int(setting.letter_date[5:7])) % 12
        if year is not None and months <= 6 and found.month < int(setting.letter_date[5:7]):
            iso = found.iso_in(year + 1)
    end = found.end
    match = _TIME.match(body.flat, found.end)
    if time is None and match is not None and int(match["hour"]) <= 24:
        time = f"{int(match['hour']):02}:{match['minute']}"
        end = match.end()
    elif time is None:
        before = _TIME_BEFORE.search(body.flat[max(body.start, start - 30) : start])
        if before is not None:
            time = f"{int(before['hour']):02}:{before['minute']}"
            start -= len(before.group())
    yield make_term(page, body, (start, end), iso, Basis.ABSOLUTE, time=time)
