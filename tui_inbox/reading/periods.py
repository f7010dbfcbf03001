"""Terms without a day in print: days from receipt, ever again, a month's or a year's end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tui_inbox.letter import Basis, Deadline, Kind, Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.obligation import Setting, closing_asks, for_reader
from tui_inbox.reading.repair import Folded
from tui_inbox.reading.term import GAP, make_term, year_of
from tui_inbox.thai.dates import find_months, month_end, month_of, parse_iso
from tui_inbox.thai.numbers import NUMBER_WORDS, number_from_words
from tui_inbox.thai.written import BE

_LEAD_MONTH = lenient(
    rf"(?P<lead>ภายใน|ไม่เกิน|ก่อน|อย่างช้า){GAP}(?:สิ้น|ปลาย|วันสุดท้ายของ"
    rf"|วันสิ้น)?{GAP}เดือน{GAP}(?P<month>[ก-๙]{{5,11}}?){GAP}(?:นี้"
    rf"|(?:พ\.?{GAP}ศ\.?{GAP})?(?P<year>\d{{4}})|(?=[ \n]|$))"
)


_AFTER = lenient(
    rf"ภายใน{GAP}(?:กำหนด(?:เวลา|ระยะเวลา)?{GAP}"
    rf"|ระยะเวลา{GAP})?(?:(?P<days>\d{{1,3}})(?:{GAP}\({GAP}(?P<words2>{NUMBER_WORDS}){GAP}\))?"
    rf"|(?P<words>{NUMBER_WORDS})(?:{GAP}\({GAP}(?P<days2>\d{{1,3}}){GAP}\))?"
    rf"|(?P<blank>[.…_]{{2,}}))"
    rf"{GAP}(?P<unit>วันทำการ|วันทําการ|วัน|สัปดาห์|เดือน){GAP}(?P<work>ทำการ|ทําการ)?{GAP}"
    rf"(?:(?:นับ)?(?:ตั้ง)?(?:แต่|จาก|ถัดจาก|ถัด){GAP}(?:จาก)?{GAP}(?:วัน|วันที่"
    rf"|วันที)?{GAP}(?:ที่|ที)?{GAP}(?:ได้)?(?:มี)?(?:การ)?(?:ท่าน)?(?:ได้)?รับ(?:แจ้ง"
    rf"|ทราบ)?{GAP}(?:ตาม)?(?P<what>หนังสือ|บันทึก|แจ้ง|เรื่อง|คำสั่ง"
    rf"|ประกาศ)?(?:ข้อความ)?{GAP}(?:แจ้ง)?{GAP}(?:ฉบับ)?{GAP}(?P<this>นี้|นี(?![ก-ฮ]))?"
    rf"|หลัง(?:จาก)?(?:วันที่)?(?:ได้)?รับ(?:หนังสือ|แจ้ง|บันทึก)(?:ข้อความ)?(?:ฉบับ)?(?:นี้"
    rf"|นี(?![ก-ฮ]))?|(?:นับ)(?:ตั้ง)?(?:แต่|จาก)ได้รับ(?:หนังสือ|แจ้ง)(?:ฉบับ)?(?:นี้"
    rf"|นี(?![ก-ฮ])))"
)


# นับแต่วันที่ได้รับหนังสือแจ้งสิทธิ: not this letter, and not this reader.
_ANOTHER_LETTER = lenient(r"(?:แจ้ง)?(?:สิทธิ|คำสั่ง|มติ|ผล|การ(?!ประชุม))")


_RECURRING = lenient(
    rf"(?:(?:ภายใน|ไม่เกิน"
    rf"|ก่อน)?{GAP}(?:ทุก)?วันที่{GAP}\d{{1,2}}(?:{GAP}และ{GAP}(?:วันที่{GAP})?\d{{1,2}})?{GAP}ของ(?:ทุก{GAP})?(?:เดือน"
    rf"|ทุกเดือน|ไตรมาส)(?:ถัดไป|ถัด)?|ทุกวันที่{GAP}\d{{1,2}}(?!\d)(?:{GAP}ของ(?:ทุก)?เดือน)?"
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
    rf"(?:[^\d\n]{{0,40}}[ ](?=(?:ก่อน|ภายใน|ไม่เกิน){GAP}เวลา))?{GAP}(?:ก่อน|ภายใน|ไม่เกิน"
    rf"|ใน)?{GAP}(?:เวลา{GAP})?(?P<hour>[0-2]?\d){GAP}[.:]{GAP}(?P<minute>[0-5]\d){GAP}(?:น\.?"
    rf"|นาฬิกา)"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number printed in digits and in words that differ."""

    span: Span
    digits: str
    words: str


def after_receipt(
    page: Folded, body: Body, setting: Setting, doubts: list[Doubt]
) -> Iterator[tuple[Span, Deadline]]:
    """``ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือ``: ``doubts`` takes numbers that deny their own words."""
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
        yield make_term(page, body, match.span(), computed, Basis.AFTER_RECEIPT, days=days)


# «ชี้แจงภายใน ๑๐ วันทำการ และส่ง … ภายใน ๓ เดือน ทั้งนี้ นับแต่วันที่ได้รับหนังสือฉบับนี้»: one
# receipt for several terms before it.
_BARE_TERM = lenient(
    rf"ภายใน{GAP}(?P<days>\d{{1,3}}){GAP}(?P<unit>วันทำการ|วันทําการ|วัน|สัปดาห์"
    rf"|เดือน)(?=[ ,\n])(?!{GAP}นับ)"
)


_FROM_RECEIPT = lenient(
    rf"(?:ทั้งนี้|โดย){GAP}(?:ให้)?(?:นับ)(?:ตั้ง)?(?:แต่|จาก|ถัดจาก){GAP}วันที่?{GAP}(?:ได้)?รับ(?:แจ้ง)?หนังสือ(?:ฉบับ)?นี้"
)


def from_one_receipt(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """Several terms that one receipt, named at the end, is to be counted from."""
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
            yield make_term(page, body, match.span(), when, Basis.AFTER_RECEIPT, days=days)


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


def recurring(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """``ทุกวันที่ ๕ ของเดือน``, ``ทุกไตรมาส``: no single date, one a sentence."""
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
        yield make_term(page, body, (match.start(), end), None, Basis.RECURRING, time=time)


# The fiscal year ends with September, the calendar year with December.
_YEAR_END = lenient(
    rf"(?:ภายใน|ก่อน|ไม่เกิน){GAP}(?:วัน)?สิ้น{GAP}ปี(?P<fiscal>{GAP}งบประมาณ)?{GAP}(?:พ\.?{GAP}ศ\.?{GAP})?"
    r"(?P<year>25\d\d)(?!\d)"
)


def year_ends(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """``ภายในสิ้นปีงบประมาณ พ.ศ. ๒๕๖๘``: 30 September, of a calendar year 31 December."""
    for match in _YEAR_END.finditer(body.flat, body.start, body.end):
        if body.is_background(match.start()) or not for_reader(body, match.start(), setting):
            continue
        when = month_end(int(match["year"]) - BE, 9 if match["fiscal"] else 12)
        yield make_term(page, body, match.span(), when, Basis.ABSOLUTE)


def monthly(page: Folded, body: Body, setting: Setting) -> Iterator[tuple[Span, Deadline]]:
    """``ภายในเดือนมิถุนายน ๒๕๖๗``: the last day of the month."""
    for match in _LEAD_MONTH.finditer(body.flat, body.start, body.end):
        month = month_of(match["month"])
        if month is None or body.is_background(match.start()):
            continue
        found = find_months(body.flat, match.start("month"), match.end())
        year = found[0].year if found else year_of(setting)
        if year is None or not for_reader(body, match.start(), setting):
            continue
        when = month_end(year, month)
        if match["year"] is None and setting.letter_date and when < setting.letter_date[:10]:
            when = month_end(year + 1, month)
        if match["lead"] == "ก่อน" and not re.search("สิ้น|สุดท้าย", match.group()):
            continue
        yield make_term(page, body, match.span(), when, Basis.MONTH)
