"""Times set for the reader, and only those.

Of 66 places with ภายใน, ไม่เกิน, ก่อน or จนถึง in real letters, 23 set a time for the reader. So a
place counts only where (1) it has a form that sets a time, (2) it is no background, law, contract,
appeal, qualification or past event, and (3) the nearest word that governs it asks the reader
(ขอให้, โปรด, ต้อง) and is no promise of the sender's own (จะ …).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tui_inbox.letter import Basis, Deadline, Kind, Span
from tui_inbox.reading.asks import duty_items
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.obligation import APPLYING, Setting, closing_asks, for_reader, sets_time
from tui_inbox.reading.repair import Folded
from tui_inbox.thai.dates import BE, Found, find_dates, find_months, month_end, month_of, parse_iso
from tui_inbox.thai.numbers import NUMBER_WORDS, number_from_words

# Possessive: a run of blanks (a page turn leaves long ones) is never tried in parts.
_S = r"[ \n]*+"
_LEAD = lenient(
    rf"(?P<lead>ภายใน(?:กำหนด)?|ไม่เกิน|ไม่หลัง"
    # As the forces write it: ให้หน่วยทราบ ใน ๑๖ ธ.ค. ๖๗.
    r"|(?=ใน)(?:(?<=ทราบ )|(?<=ทราบ)|(?<=ถึง )|(?<=ส่ง ))"
    rf"ใน(?={_S}\d{{1,2}}{_S}[กมเพสตธ][ิี]?ม?\.{_S}[ก-ฮ]\.)"
    rf"|ไม่ช้ากว่า|ไม่ช้าไปกว่า|ไม่ล่าช้ากว่า"
    rf"|อย่างช้า(?:ที่สุด)?(?:{_S}ไม่เกิน|{_S}ภายใน)?|ก่อน(?:ถึง)?|จนถึง"
    rf"|ตั้งแต่บัดนี้(?:เป็นต้นไป)?{_S}(?:จน)?ถึง|บัดนี้{_S}(?:-|ถึง)|ให้ทัน|ออกไป(?:จน)?ถึง"
    rf"|เป็น(?:ภายใน)?(?={_S}(?:วัน|เวลา))"
    rf"|(?:หมดเขต|ปิดรับ|สิ้นสุด|กำหนดส่ง|กําหนดส่ง|กำหนดยื่น|ครบกำหนด"
    rf"|กำหนดแล้วเสร็จ)[ก-๙ ]{{0,40}}?(?:ใน|ภายใน)?)"
    rf"{_S}(?:(?:เวลา{_S})?(?P<hour>[0-2]?\d)(?:{_S}[.:]{_S}(?P<minute>[0-5]\d){_S}(?:น\.?"
    rf"|นาฬิกา)|(?<=\d\d)(?P<minute2>[0-5]\d)){_S}(?:ของ|ใน)?{_S}|(?P<noon>เที่ยง)(?:วัน"
    rf"|ตรง)?{_S}(?:ของ{_S})?|(?:ตอน|ช่วง)?(?:บ่าย|เช้า|เย็น)(?:ของ)?{_S})?(?:(?:สิ้น)?(?:วัน|เดือน)(?:ทำการ)?)?(?:จันทร์|อังคาร|พุธ"
    rf"|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?{_S}(?:ที่)?{_S}(?=\d)"
)
_LEAD_MONTH = lenient(
    rf"(?P<lead>ภายใน|ไม่เกิน|ก่อน|อย่างช้า){_S}(?:สิ้น|ปลาย|วันสุดท้ายของ"
    rf"|วันสิ้น)?{_S}เดือน{_S}(?P<month>[ก-๙]{{5,11}}?){_S}(?:นี้"
    rf"|(?:พ\.?{_S}ศ\.?{_S})?(?P<year>\d{{4}})|(?=[ \n]|$))"
)
_RANGE_END = lenient(
    rf"(?:ตั้งแต่"
    rf"|ระหว่าง){_S}(?:วัน)?(?:[ก-๙]{{3,8}})?{_S}(?:ที่)?{_S}\d{{1,2}}[^\n]{{0,40}}?{_S}(?:-"
    rf"|ถึง|จนถึง){_S}(?:วัน)?(?:[ก-๙]{{3,8}})?{_S}(?:ที่)?{_S}(?=\d{{1,2}}{_S}[ก-๙])"
)
_AFTER = lenient(
    rf"ภายใน{_S}(?:กำหนด(?:เวลา|ระยะเวลา)?{_S}"
    rf"|ระยะเวลา{_S})?(?:(?P<days>\d{{1,3}})(?:{_S}\({_S}(?P<words2>{NUMBER_WORDS}){_S}\))?"
    rf"|(?P<words>{NUMBER_WORDS})(?:{_S}\({_S}(?P<days2>\d{{1,3}}){_S}\))?"
    rf"|(?P<blank>[.…_]{{2,}}))"
    rf"{_S}(?P<unit>วันทำการ|วันทําการ|วัน|สัปดาห์|เดือน){_S}(?P<work>ทำการ|ทําการ)?{_S}"
    rf"(?:(?:นับ)?(?:ตั้ง)?(?:แต่|จาก|ถัดจาก|ถัด){_S}(?:จาก)?{_S}(?:วัน|วันที่"
    rf"|วันที)?{_S}(?:ที่|ที)?{_S}(?:ได้)?(?:มี)?(?:การ)?(?:ท่าน)?(?:ได้)?รับ(?:แจ้ง"
    rf"|ทราบ)?{_S}(?:ตาม)?(?P<what>หนังสือ|บันทึก|แจ้ง|เรื่อง|คำสั่ง"
    rf"|ประกาศ)?(?:ข้อความ)?{_S}(?:แจ้ง)?{_S}(?:ฉบับ)?{_S}(?P<this>นี้|นี(?![ก-ฮ]))?"
    rf"|หลัง(?:จาก)?(?:วันที่)?(?:ได้)?รับ(?:หนังสือ|แจ้ง|บันทึก)(?:ข้อความ)?(?:ฉบับ)?(?:นี้"
    rf"|นี(?![ก-ฮ]))?|(?:นับ)(?:ตั้ง)?(?:แต่|จาก)ได้รับ(?:หนังสือ|แจ้ง)(?:ฉบับ)?(?:นี้"
    rf"|นี(?![ก-ฮ])))"
)
# ภายในวันนี้ is the letter's own day.
_TODAY = lenient(rf"(?:ภายใน|ไม่เกิน){_S}วันนี้(?=[ \n,(]|$)")
# นับแต่วันที่ได้รับหนังสือแจ้งสิทธิ: not this letter, and not this reader.
_ANOTHER_LETTER = lenient(r"(?:แจ้ง)?(?:สิทธิ|คำสั่ง|มติ|ผล|การ(?!ประชุม))")
_RECURRING = lenient(
    rf"(?:(?:ภายใน|ไม่เกิน"
    rf"|ก่อน)?{_S}(?:ทุก)?วันที่{_S}\d{{1,2}}(?:{_S}และ{_S}(?:วันที่{_S})?\d{{1,2}})?{_S}ของ(?:ทุก{_S})?(?:เดือน"
    rf"|ทุกเดือน|ไตรมาส)(?:ถัดไป|ถัด)?|ทุกวันที่{_S}\d{{1,2}}(?!\d)(?:{_S}ของ(?:ทุก)?เดือน)?"
    r"|(?:ภายใน|ไม่เกิน|ก่อน)[^\n]{1,30}?ของ(?:ทุกเดือน|ทุกปี|ทุกไตรมาส|เดือนถัดไป|แต่ละเดือน"
    r"|แต่ละไตรมาส|แต่ละปี|ปีถัดไป)|เป็นประจำทุก(?:เดือน|ปี|ไตรมาส|สัปดาห์|วัน|สิ้นเดือน)"
    r"|เป็นประจําทุก(?:เดือน|ปี|ไตรมาส|สัปดาห์)|ทุก(?:สิ้น)?ไตรมาส|ทุกสิ้นเดือน|ทุกเดือน"
    r"|ทุก(?:ๆ)?[ ]?\d{1,2}[ ]?เดือน|เป็นรายเดือน|เป็นรายไตรมาส"
    r"|ทุกวัน(?=[ \n]*(?:ก่อน|ภายใน|ไม่เกิน|ในเวลา|เวลา)|ใน[^\d\n]{0,40}(?:ก่อน|ภายใน|ไม่เกิน)[ ]?เวลา)"
    r"|ทุกวัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี"
    r"|ศุกร์|เสาร์|อาทิตย์)|ทุกปี(?=[ \n]|$))"
)
_OFTEN = lenient(r"ทุก|เป็นราย|ของ(?:เดือน|แต่ละ|ปีถัด)")
_DAILY = lenient(
    rf"(?:[^\d\n]{{0,40}}[ ](?=(?:ก่อน|ภายใน|ไม่เกิน){_S}เวลา))?{_S}(?:ก่อน|ภายใน|ไม่เกิน"
    rf"|ใน)?{_S}(?:เวลา{_S})?(?P<hour>[0-2]?\d){_S}[.:]{_S}(?P<minute>[0-5]\d){_S}(?:น\.?"
    rf"|นาฬิกา)"
)
_LIST_LEAD = lenient(
    r"(?:ตาม)?ตาราง(?:ต่อไปนี้|ดังนี้|ด้านล่าง|ข้างล่าง|ข้างท้าย|แนบท้าย)|(?:ภายใน|ตาม)(?:ระยะ"
    r"|ช่วง)?(?:กำหนด|กําหนด|ห้วง|เวลา|วันเวลา)[ก-๙ ]{0,30}(?:ดังนี้|ต่อไปนี้)|(?:ภายใน"
    r"|ตาม)(?:วัน|กำหนดการ)[ก-๙ ]{0,20}(?:ดังนี้|ต่อไปนี้)|กำหนดส่ง[ก-๙ ]{0,20}(?:ดังนี้|$)"
)
_TIME = lenient(
    rf"(?:{_S}นี้)?{_S}[,(]?(?:{_S}(?:ภายใน|ก่อน"
    rf"|ไม่เกิน))?{_S}(?:เวลา{_S})?(?P<hour>[0-2]?\d){_S}[.:]{_S}(?P<minute>[0-5]\d){_S}(?:น\.?(?![ก-๙])"
    rf"|นาฬิกา)"
)
_TIME_BEFORE = lenient(
    rf"เวลา{_S}(?P<hour>[0-2]?\d)[.:](?P<minute>[0-5]\d){_S}(?:น\.?|นาฬิกา){_S}(?:ของ)?{_S}$"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number printed in digits and in words that differ."""

    span: Span
    digits: str
    words: str


def find_deadlines(
    page: Folded, body: Body, setting: Setting
) -> tuple[list[Deadline], list[Doubt]]:
    """The deadlines of a body, in order, with the numbers that contradict their own words."""
    if setting.kind is Kind.MINUTES:
        return [], []
    setting = replace(setting, terms=tuple(item for _, item in duty_items(body, dates=True)))
    doubts: list[Doubt] = []
    raw: list[tuple[Span, Deadline]] = []
    for span, deadline in (
        *_after_receipt(page, body, setting, doubts),
        *_from_one_receipt(page, body, setting),
        *_recurring(page, body, setting),
        *_dated(page, body, setting),
        *_monthly(page, body, setting),
        *_year_ends(page, body, setting),
    ):
        if any(span[0] < other[1] and other[0] < span[1] for other, _ in raw):
            continue
        raw.append((span, deadline))
    raw.sort(key=lambda one: one[0])
    own = [one for one in raw if not any(left <= one[0][0] < right for left, right in setting.told)]
    raw = own or raw
    unique: list[Deadline] = []
    for _, deadline in raw:
        twin = next(
            (
                other
                for other in unique
                if other.date == deadline.date
                and other.basis == deadline.basis
                and other.days == deadline.days
                and (other.time == deadline.time or None in (other.time, deadline.time))
                and (deadline.date is not None or deadline.basis is Basis.AFTER_RECEIPT)
            ),
            None,
        )
        if twin is None:
            unique.append(deadline)
        elif twin.time is None and deadline.time is not None:
            unique[unique.index(twin)] = deadline
    return unique, doubts


def _make(
    page: Folded,
    body: Body,
    span: Span,
    when: str | None,
    basis: Basis,
    *,
    time: str | None = None,
    days: int | None = None,
) -> tuple[Span, Deadline]:
    text = page.quoted(body.flat[span[0] : span[1]], span[0])
    return span, Deadline(when, time, basis, days, text, page.span(*span))


def _after_receipt(
    page: Folded, body: Body, setting: Setting, doubts: list[Doubt]
) -> Iterator[tuple[Span, Deadline]]:
    for match in _AFTER.finditer(body.flat, body.start, body.end):
        if body.is_background(match.start()) or not for_reader(
            body, match.start(), setting, receipt=True
        ):
            continue
        if match["this"] is None and _ANOTHER_LETTER.match(body.flat, match.end()):
            continue
        if match["this"] is None and not (
            setting.kind in (Kind.EXTERNAL_LETTER, Kind.INTERNAL_MEMO, Kind.STAMPED_LETTER)
            and re.search("หนังสือ|แจ้ง|บันทึก", match.group())
            and _asked_near(body, match.start())
        ):
            continue
        words = match["words"] or match["words2"]
        digits = match["days"] or match["days2"]
        spelled = number_from_words(words) if words else None
        days = int(digits) if digits else spelled
        if digits and spelled is not None and spelled != int(digits):
            doubts.append(Doubt(match.span(), digits, words or ""))
        factor = {"สัปดาห์": 7, "เดือน": 30}.get(match["unit"], 1)
        working = match["work"] is not None or match["unit"] in ("วันทำการ", "วันทําการ")
        if days is not None and match["unit"] == "สัปดาห์":
            days *= factor
        computed = None
        received = (
            parse_iso(setting.receipt.date) if setting.receipt and setting.receipt.date else None
        )
        if days is not None and received is not None and not working:
            if match["unit"] == "เดือน":
                computed = _add_months(received, days).isoformat()
            else:
                computed = (received + timedelta(days=days)).isoformat()
        if match["unit"] == "เดือน":
            days = None if days is None else days * factor
        yield _make(page, body, match.span(), computed, Basis.AFTER_RECEIPT, days=days)


# «ชี้แจงภายใน ๑๐ วันทำการ และส่ง … ภายใน ๓ เดือน ทั้งนี้ นับแต่วันที่ได้รับหนังสือฉบับนี้»: one
# receipt for several terms before it.
_BARE_TERM = lenient(
    rf"ภายใน{_S}(?P<days>\d{{1,3}}){_S}(?P<unit>วันทำการ|วันทําการ|วัน|สัปดาห์|เดือน)(?=[ ,\n])(?!{_S}นับ)"
)
_FROM_RECEIPT = lenient(
    rf"(?:ทั้งนี้|โดย){_S}(?:ให้)?(?:นับ)(?:ตั้ง)?(?:แต่|จาก|ถัดจาก){_S}วันที่?{_S}(?:ได้)?รับ(?:แจ้ง)?หนังสือ(?:ฉบับ)?นี้"
)


def _from_one_receipt(
    page: Folded, body: Body, setting: Setting
) -> Iterator[tuple[Span, Deadline]]:
    for receipt in _FROM_RECEIPT.finditer(body.flat, body.start, body.end):
        left = max(body.paragraph_at(receipt.start())[0], receipt.start() - 240)
        for match in _BARE_TERM.finditer(body.flat, left, receipt.start()):
            if body.is_background(match.start()) or not for_reader(
                body, match.start(), setting, receipt=True
            ):
                continue
            days = int(match["days"]) * {"สัปดาห์": 7, "เดือน": 30}.get(match["unit"], 1)
            received = (
                parse_iso(setting.receipt.date)
                if setting.receipt and setting.receipt.date and match["unit"] == "วัน"
                else None
            )
            when = (received + timedelta(days=days)).isoformat() if received else None
            yield _make(page, body, match.span(), when, Basis.AFTER_RECEIPT, days=days)


def _asked_near(body: Body, position: int) -> bool:
    """Whether a request stands before a place in its own sentence."""
    left = body.sentence_at(position)[0]
    return (
        body.request_before(position, left) is not None
        or closing_asks(body.flat[left:position]) is not None
    )


def _add_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    last = int(month_end(index // 12, index % 12 + 1)[-2:])
    return date(index // 12, index % 12 + 1, min(start.day, last))


def _recurring(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    seen: set[int] = set()
    if _OFTEN.search(body.flat, body.start, body.end) is None:
        return
    for match in _RECURRING.finditer(body.flat, body.start, body.end):
        if body.is_background(match.start()):
            continue
        left = body.sentence_at(match.start())[0]
        if left in seen:
            continue
        if not re.search(
            r"ปรับปรุง|ทบทวน|ดำเนินการ|รายงาน|ส่ง(?!เสริม)|แจ้ง|เสนอ|จัดทำ|จัดทํา|ชำระ|นำส่ง|บันทึก"
            r"|สรุป|ประชุม(?=[^\n]{0,20}ทุก)|ตรวจ",
            body.flat[left : match.start()][-90:],
        ):
            continue
        if not for_reader(body, match.start(), setting):
            continue
        seen.add(left)
        end, time = match.end(), None
        hour = _DAILY.match(body.flat, match.end())
        if hour is not None and int(hour["hour"]) <= 24:
            end, time = hour.end(), f"{int(hour['hour']):02}:{hour['minute']}"
        elif match.group().strip() == "ทุกวัน":
            continue
        yield _make(page, body, (match.start(), end), None, Basis.RECURRING, time=time)


def _dated(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
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
        if not APPLYING.search(before.replace("ขยาย", "")) and not re.match(
            r"[^\n]{0,30}(?:รับสมัคร|ยื่น|ลงทะเบียน|ส่ง)", after
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
    rf"|ภายใน){_S}วัน[ก-๙]*"
    rf"(?:ที่)?{_S}(?=\d)"
)
_UNTIL = lenient(
    rf"{_S}(?:(?:ระหว่าง|ตั้งแต่)?{_S}เวลา{_S}[0-2]?\d{_S}[.:]{_S}[0-5]\d{_S}(?:น\.?)?{_S}(?:-|ถึง|จนถึง){_S})"
    rf"(?:เวลา{_S})?(?P<hour>[0-2]?\d){_S}[.:]{_S}(?P<minute>[0-5]\d){_S}(?:น\.?|นาฬิกา)"
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
                if found.iso_in(_year(setting)) and not re.search(
                    r"(?:ภายใน|ก่อน|ไม่เกิน)[^\d]{0,16}$", body.flat[start : found.start]
                ):
                    if re.match(r"[ ]*(?:-|ถึง)[ ]*\d", body.flat[found.end :]):
                        continue
                    yield from _deadline(page, body, found.start, found, setting)


def _year(setting: Setting) -> int | None:
    return int(setting.letter_date[:4]) if setting.letter_date else None


def _date_at(flat: str, position: int) -> Found | None:
    found = find_dates(flat, position, position + 44)
    if found and found[0].start == position:
        return found[0]
    return None


_DAYS = re.compile(
    rf"(?P<days>\d{{1,2}}(?:{_S}(?:,|และ|,{_S}และ){_S}(?:วันที่?{_S})?\d{{1,2}})+)(?={_S}[ก-๙])"
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


_THAT_MONTH = lenient(rf"(?P<day>\d{{1,2}}){_S}(?:ของ)?เดือน(?P<which>เดียวกัน|นี้|หน้า)")


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
    iso = found.iso_in(_year(setting))
    if iso is None and found.year_printed is None:
        return
    # A date without a year that would lie well before the letter is next year's.
    if (
        iso
        and found.year_printed is None
        and setting.letter_date
        and iso < setting.letter_date[:10]
    ):
        year = _year(setting)
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
    yield _make(page, body, (start, end), iso, Basis.ABSOLUTE, time=time)


# The fiscal year ends with September, the calendar year with December.
_YEAR_END = lenient(
    rf"(?:ภายใน|ก่อน|ไม่เกิน){_S}(?:วัน)?สิ้น{_S}ปี(?P<fiscal>{_S}งบประมาณ)?{_S}(?:พ\.?{_S}ศ\.?{_S})?"
    r"(?P<year>25\d\d)(?!\d)"
)


def _year_ends(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    for match in _YEAR_END.finditer(body.flat, body.start, body.end):
        if body.is_background(match.start()) or not for_reader(body, match.start(), setting):
            continue
        when = month_end(int(match["year"]) - BE, 9 if match["fiscal"] else 12)
        yield _make(page, body, match.span(), when, Basis.ABSOLUTE)


def _monthly(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    for match in _LEAD_MONTH.finditer(body.flat, body.start, body.end):
        month = month_of(match["month"])
        if month is None or body.is_background(match.start()):
            continue
        found = find_months(body.flat, match.start("month"), match.end())
        year = found[0].year if found else _year(setting)
        if year is None or not for_reader(body, match.start(), setting):
            continue
        when = month_end(year, month)
        if match["year"] is None and setting.letter_date and when < setting.letter_date[:10]:
            when = month_end(year + 1, month)
        if match["lead"] == "ก่อน" and not re.search("สิ้น|สุดท้าย", match.group()):
            continue
        yield _make(page, body, match.span(), when, Basis.MONTH)
