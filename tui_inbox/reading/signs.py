"""What a line shows of itself: the signs from which the layout of a letter is recovered.

A sign is evidence, not yet a field: whether a line that begins with ที่ and a number is the number
of a letter is decided by its neighbours (:mod:`tui_inbox.reading.split`, ``head``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui_inbox.letter import Kind, Secrecy, Span, Urgency
from tui_inbox.reading.labels import label_pattern, lenient, resembles, tolerant
from tui_inbox.reading.number import Number, letter_number, order_number
from tui_inbox.reading.page import Line
from tui_inbox.thai.dates import Found, find_dates, find_months

_B = r"(?:[ ]*[:;.]+)?[ ]*"

URGENCIES = (
    # Letter-spaced print leaves two or three spaces between the words.
    (Urgency.MOST_URGENT, tolerant("ด่วนที่สุด").replace("[ ]?", "[ ]{0,3}")),
    (Urgency.VERY_URGENT, tolerant("ด่วนมาก").replace("[ ]?", "[ ]{0,3}")),
    (Urgency.URGENT, tolerant("ด่วน", alike=False)),
)
SECRECIES = (
    (Secrecy.TOP_SECRET, tolerant("ลับที่สุด", alike=False)),
    (Secrecy.SECRET, tolerant("ลับมาก", alike=False)),
    (Secrecy.CONFIDENTIAL, r"ลับ"),
)
_CLASS_WORD = "(?:" + "|".join(pattern for _, pattern in (*URGENCIES, *SECRECIES)) + r")"
_CLASS_LABEL = rf"(?:{label_pattern('ชั้นความเร็ว', 'ชั้นความลับ', 'ความเร่งด่วน')}{_B})"
# A line of nothing but classes: alone, both, labelled, in brackets or between rules.
_CLASS_LINE = re.compile(
    rf"[\s#*_\-=~.\"'(\[|{{«<]*{_CLASS_LABEL}?(?:[(\[\"']?{_CLASS_WORD}[)\]\"']?[\s,/|*_.\-]*){{1,3}}"
    r"[\s*_\-=~.\"')\]|}»>!]*$"
)
_CLASS_WITH_TERM = re.compile(
    rf"[\s*_(\[]*(?P<word>{URGENCIES[2][1]})[ ]*(?:ภายใน|ก่อน)[ ]*(?:วันที่[ ]*)?\d"
)

SUBJECT = re.compile(
    rf"{tolerant('เรื่อง', alike=False)}(?!เดิม|ราว|ที่[ ]?\d|นี้|ดังกล่าว|ใด|ๆ"
    rf"|[ ]เดิม[ ]*$)(?P<sep>{_B})"
)
# น may be read as its look-alikes: then the word must stand alone (no เรียบร้อย).
_TO_WORD = (
    rf"(?:{tolerant('กราบเรียน', alike=False)}|{tolerant('นมัสการ', alike=False)}"
    rf"|{tolerant('เรียน', alike=False)}"
    rf"|{tolerant('เรีย', alike=False)}[ ]?[บม](?![ก-๙]))"
)
TO = re.compile(
    rf"(?:{_TO_WORD}(?=[ ]*[:;.]|[ ]|$|เจ้า|พระ|ผู้|นาย|ปลัด|อธิบดี|เลขา|หัวหน้า|คณบดี|ประธาน|ท่าน|รอง"
    rf"|ผอ|รัฐ|อธิการ|ทุก))(?!รู้)"
    rf"(?![ ]*มา(?:เพื่อ|ด้วย)){_B}"
)
STAMPED_TO = re.compile(rf"{tolerant('ถึง', alike=False)}(?=[ :]|[ก-ฮเแโไ]){_B}")
PROPOSE_TO = re.compile(rf"{tolerant('เสนอ', alike=False)}(?=[ :]|$){_B}")
REFERENCE = re.compile(
    rf"{tolerant('อ้างถึง')}(?!ใน|จาก|โดย){_B}|{tolerant('อ้าง', alike=False)}(?=[ ]+หนังสือ){_B}"
)
ENCLOSURE = re.compile(
    rf"(?:{tolerant('สิ่งที่ส่งมาด้วย')}|{tolerant('สิ่งที่แนบมาด้วย')}"
    rf"|{tolerant('เอกสารที่ส่งมาด้วย')}"
    rf"|{tolerant('สิ่งที่ส่งมา', alike=False)}(?=[ :]))(?!นี้|ดังกล่าว|พร้อม){_B}"
)
ENCLOSURE_SIGN = re.compile(
    rf"[(\[ ]*(?:{tolerant('สิ่งที่ส่งมาด้วย')}|{tolerant('เอกสารแนบ', alike=False)}(?:ท้าย)?"
    rf"|ภาคผนวก|เอกสารหมายเลข|ผนวก)"
)
OFFICE_LINE = re.compile(
    rf"(?:{tolerant('ส่วนราชการ')}|{tolerant('ส่วนงาน', alike=False)}"
    rf"|{tolerant('หน่วยงาน', alike=False)}"
    rf"|{tolerant('หน่วยราชการ', alike=False)})(?=[ :.]|$|[ก-ฮ]){_B}"
)
NUMBER_LABEL = re.compile(rf"(?:{tolerant('เลขที่', alike=False)}|{tolerant('ที่', alike=False)}){_B}")
BARE_NUMBER_LABEL = re.compile(rf"{tolerant('ที่', alike=False)}[ ]*[:.]?$")
DATE_LABEL = re.compile(rf"{tolerant('วันที่', alike=False)}{_B}")
ISSUED = re.compile(
    rf"(?:{tolerant('ประกาศ', alike=False)}|{tolerant('สั่ง', alike=False)}"
    rf"|{tolerant('ให้ไว้', alike=False)}"
    rf"|{tolerant('แถลง', alike=False)}|ออกให้|ประกาศใช้"
    rf"|ให้)(?:[ ]*มา)?[ ]*[ณถมaAn][ ]*(?:{tolerant('วันที่', alike=False)})?"
)
CLOSING = re.compile(
    rf"(?:{tolerant('ขอแสดงความนับถือ')}|{tolerant('ขอนมัสการ')}|ด้วยความ(?:นับถือ|เคารพ)|{tolerant('ขอแสดงความเคารพ')})"
)
NAME_LINE = re.compile(
    r"(?P<before>[^()\n]{0,40})[(（{\[][ ]*(?P<name>[ก-๙.A-Za-z\[\]/ ]{4,70}?)[ ]*"
    r"[)）}\]][ ]*(?P<after>[ก-๙. ]{0,40})$"
)
_NAME_LEAD = lenient(
    r"(?:นาย|นาง|น\.?[ ]?ส\.|ว่าที่|ดร\.|ผศ|รศ|ศ\.|ศาสตรา|ผู้ช่วยศาสตรา|รองศาสตรา|ม\.[รล]|หม่อม"
    r"|คุณหญิง|ท่านผู้หญิง"
    r"|นพ\.|พญ\.|ทพ|สพ|เภสัช|แพทย์|ร้อย|พัน|พล|จ่า|สิบ|ดาบ|นาวา|เรือ|พันจ่า|พระ"
    r"|[รพจสด]\.[ ]?[ตทอจส]|ร\.[ตทอ]\.|ว่า)"
)
RANK_LINE = lenient(
    r"(?:ว่าที่[ ]?)?(?:พล(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี)|เรือ(?:เอก|โท|ตรี)|อากาศ(?:เอก|โท|ตรี))"
    r"|พัน(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี)|จ่า(?:เอก|โท|ตรี)|จ่าอากาศ(?:เอก|โท|ตรี))"
    r"|ร้อย(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี))|นาวา(?:เอก|โท|ตรี|อากาศ(?:เอก|โท|ตรี))"
    r"|เรือ(?:เอก|โท|ตรี|อากาศ(?:เอก|โท|ตรี))|จ่า(?:สิบ(?:เอก|โท|ตรี)|เอก|โท|ตรี|อากาศ(?:เอก|โท"
    r"|ตรี))"
    r"|สิบ(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี))|ดาบตำรวจ|จ่าสิบตำรวจ"
    r"|(?:พล|[พรจสดน])\.[ ]?(?:[รตทอจสด]\.?[ ]?){1,3}(?:อ\.|ท\.|ต\.)?)"
    r"(?:[ ]?(?:หญิง|พิเศษ))?$"
)
PHONE = re.compile(
    r"(?:โทร(?=[ .,:\dฯ]|ศัพท์|สาร|$)|หมายเลขโทร|มือถือ|แฟกซ์|Tel|Fax|E-?mail|อีเมล|ไปรษณีย์)", re.I
)
PAGE_TURN = re.compile(
    r"(?:[-~=]+[ ]*\d{1,3}[ ]*[-~=]+|/[ ]?[ก-๙\d(][^\n]{0,60}(?:\.{2,}|…)[ ]*|(?:หน้า"
    r"|Page)[ ]*(?:ที่[ ]*)?\d{1,3}"
    r"(?:[ ]*(?:/|จาก|of|ของ)[ ]*\d{1,3})?|\[?(?:page|หน้า)[ _-]?\d+\]?|\d{1,2}"
    r"|<?PAGE[ _]?BREAK>?)$",
    re.I,
)
COPY_MARK = re.compile(
    r"[(\[ -]*(?:สำเนา(?:คู่ฉบับ|ถูกต้อง)?|คู่ฉบับ|ต้นฉบับ|ตราครุฑ|ครุฑ"
    r"|\(?ตรา[^ ]{0,12}\)?)[)\] -]*$"
)
BODY_OPEN = lenient(
    r"(?:ด้วย|ตามที่|ตาม(?=หนังสือ|วิทยุ|บันทึก|ข้อ|ที|ประกาศ|มติ|คำสั่ง|ระเบียบ|พระราช|แผน)"
    r"|เนื่องด้วย|เนื่องจาก|อนุสนธิ|สืบเนื่อง|โดยที่|ดังที่|พร้อมหนังสือ"
    r"|พร้อมนี้|จึง|ในการ|เพื่อ(?=ให้|โปรด)|ขอ(?=ให้|ส่ง|เชิญ|แจ้ง|ความ|อนุ|เรียน|นำ)|ข้าพเจ้า"
    r"|อาศัย|ขณะนี้|ใคร่|บัดนี้|สำหรับ"
    r"|ทั้งนี้|อนึ่ง|ปัจจุบัน|กรณี|ที่ประชุม|ในโอกาส|เมื่อ(?!ง)|[ก-๙]{4,40}ขอ(?=ส่ง|เรียน|แจ้ง"
    r"|ให้|เชิญ|ความ))"
)
BODY_HEAD = lenient(
    r"(?:[\d.]+[ ]*)?(?:เรื่องเดิม|ต้นเรื่อง|ข้อเท็จจริง|ข้อพิจารณา|ข้อเสนอ(?:แนะ)?|ข้อกฎหมาย"
    r"|ข้อกฎหมาย/ระเบียบ|ระเบียบ/ข้อกฎหมาย"
    r"|ข้อระเบียบ[^ ]*|ความเป็นมา|ความเห็น|การพิจารณา|ข้อสังเกต|วัตถุประสงค์|ที่มา)(?=[ :]|$)"
)

_AGENCY_START = (
    "กรม|กระทรวง|ทบวง|สำนัก|กอง|ศาลา|จังหวัด|อำเภอ|ที่ว่าการ|ที่ทำการ|เทศบาล|องค์การ|องค์กร"
    "|มหาวิทยาลัย|โรงเรียน|วิทยาลัย|คณะ"
    "|สถาบัน|สถาน|ศูนย์|การ(?=ไฟฟ้า|ประปา|ทาง|รถไฟ|ยาง|ท่าเรือ|ท่องเที่ยว|เคหะ|นิคม|กีฬา)"
    "|ธนาคาร|มณฑล|ค่าย|ศาล|สภา|โรงพยาบาล"
    "|เมืองพัทยา|กรุงเทพ|หน่วย|เรือนจำ|ทัณฑ|ด่าน|แขวง|หอ|อบต|อบจ|บริษัท|สมาคม|มูลนิธิ|สำนั|ราช"
    "|ฐานทัพ|กลุ่ม|ฝ่าย|งาน|ส่วน|นิคม|วัด|ชมรม"
    "|สหกรณ์|สนง|สนจ|กกต|สปสช|สสส|ททท|กฟภ|พิพิธภัณฑ์|โครงการ|ห้อง|รัฐสภา|ทำเนียบ|ตำรวจภูธร"
    "|ตำรวจ|สพป|สพม|ป\\.ป\\.|รพ"
)
AGENCY = re.compile(rf"(?:{_AGENCY_START})")
ADDRESS = re.compile(
    r"(?:ถนน|ถ\.|ซอย|หมู่(?:ที่)?[ ]?\d|ตำบล|ต\.|แขวง(?!ทาง|การทาง)|เขต|เลขที่[ ]?\d|อาคาร|ชั้น[ ]?\d"
    r"|\d+(?:[/-]\d+)?[ ]+(?:ถนน|ถ\.|หมู่|ม\.|ซอย|ตรอก|อาคาร|ชั้น|ตำบล|ต\.|แขวง)|ตู้[ ]?ปณ)"
)
POSTCODE = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")

_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.MINUTES, re.compile(rf"{tolerant('รายงานการประชุม')}|{tolerant('บันทึกการประชุม')}")),
    (Kind.CERTIFICATE, re.compile(rf"{tolerant('หนังสือรับรอง')}(?!น[ีิ]|ฉบับ|ดังกล่าว)")),
    (Kind.STATEMENT, re.compile(rf"{tolerant('แถลงการณ์')}")),
    (Kind.NEWS, re.compile(r"ข่าว(?=ประชา|แจก|[ ]|กรม|กระทรวง|จังหวัด|สำนัก|เทศ|องค์|ฝาก|เพื่อ|สาร|$)")),
    (Kind.ORDER, re.compile(rf"{tolerant('คำสั่ง')}(?!การ(?:ที่)?|นี้|ดังกล่าว|ที่)")),
    (Kind.REGULATION, re.compile(r"ระเบียบ(?!วาระ|การ|นี้|ดังกล่าว|ปฏิบัติ|ข้อ|และ|ของ|/)")),
    (Kind.BYLAW, re.compile(r"ข้อบังคับ(?!นี้|ดังกล่าว|ตำ)")),
    (
        Kind.ANNOUNCEMENT,
        re.compile(
            r"ประกาศ(?![ ]*ณ|นี้|ดังกล่าว|ให้|ใช้|นียบัตร|ใน|เมื่อ|โดย|ผล(?=[ ])|รับ(?=[ ])|ที่|และ"
            r"|ไว้)"
        ),
    ),
)
_ANY_TITLE = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _TITLES))
MEMO = re.compile(rf"{tolerant('บันทึกข้อความ')}")
_MEMO_SHORT = 34
_TITLE_LENGTH = 110
WIRE = lenient(r"(?:โทรสารใน|วิทยุใน|โทรเลขใน|กระดาษเขียนข่าว|วิทยุสื่อสาร|โทรสาร(?=ราชการ))")
# A page that came with a letter and is none of the kinds above.
ATTACHED = lenient(
    r"[(\[ ]*(?:แบบ(?:ตอบ|ติดตาม|เก็บ|ข้อมูล|คำ|ฟอร์ม|ตรวจ|ยืนยัน|สมัคร|ขอ|รายงาน|แสดง|สำรวจ|สอบถาม|กรอก"
    r"|ลงทะเบียน|ประเมิน"
    r"|คำขอ|บันทึก"
    r"|เสนอ|ใบ|แจ้ง|สรุป|[ ]?[ก-ฮ]{1,3}[. ]?\d)|ใบ(?:ตอบรับ|สมัคร|ลงทะเบียน|แจ้ง)"
    r"|บัญชี(?:รายชื่อ|รายละเอียด|แนบ|แนบท้าย|รายการ|จัดสรร|แสดง|สรุป|หมาย)|รายชื่อ|ทะเบียนรายชื่อ"
    r"|กำหนดการ|ตาราง|QR|คิวอาร์|(?:ร่าง[ ]?)?โครงการ|รายละเอียด(?:แนบ|ประกอบ|โครงการ|การ|ตัว"
    r"|คุณ)"
    r"|ขอบเขตของงาน|แผนผัง|แผนที่|ภาพถ่าย|รายการเอกสาร|คู่มือ|หลักเกณฑ์|แนวทาง|สรุป|คำชี้แจง"
    r"|หนังสือมอบ|ปฏิทิน|ขั้นตอน|เอกสารแนบ|เอกสารประกอบ|ภาคผนวก|ผนวก|เอกสารหมายเลข)"
)
LINK = re.compile(r"(?:https?://|www\.)[^\s<>()\"'|]+", re.I)


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes that a head line prints; the spans are of the folded text."""

    urgency: Urgency | None = None
    urgency_span: Span | None = None
    secrecy: Secrecy | None = None
    secrecy_span: Span | None = None


def classes_of(line: Line) -> Classes | None:
    """The urgency and secrecy of a line that prints nothing else."""
    text = line.text
    if len(text) > 60:
        return None
    term = _CLASS_WITH_TERM.match(text)
    if term is not None:
        start = line.start + term.start("word")
        return Classes(Urgency.URGENT, (start, start + len(term["word"].rstrip())))
    if _CLASS_LINE.match(text) is None:
        return None
    return _classes(text, line.start)


def _classes(text: str, offset: int) -> Classes:
    urgency = secrecy = None
    urgency_span = secrecy_span = None
    for value, pattern in URGENCIES:
        match = re.search(rf"(?<![ก-ฮเ])(?:{pattern})", text)
        if match is not None:
            urgency = value
            urgency_span = (offset + match.start(), offset + len(text[: match.end()].rstrip()))
            break
    for level, pattern in SECRECIES:
        match = re.search(rf"(?<![ก-ฮก-๙])(?:{pattern})(?![ก-๙])", text)
        if match is not None:
            secrecy = level
            secrecy_span = (offset + match.start(), offset + len(text[: match.end()].rstrip()))
            break
    return Classes(urgency, urgency_span, secrecy, secrecy_span)


_LEADING_CLASS = re.compile(
    rf"[*_(\[ ]*(?P<words>(?:{_CLASS_WORD}[ ]*)+)[)\]*_ ]*"
    rf"(?=(?:(?:ที่?|[A-Za-z]{{1,2}}[ ])[ ]*)?[ก-ฮ]{{1,5}}[.]?[ ]?[(\d]"
    rf"|{tolerant('บันทึกข้อความ')}|(?:โทรสาร|วิทยุ|โทรเลข)ใน)"
)


def leading_classes(line: Line) -> tuple[Classes, int] | None:
    """Classes printed before the number or the memo's title on the same line; where that begins."""
    match = _LEADING_CLASS.match(line.text)
    if match is None:
        return None
    return _classes(match["words"], line.start + match.start("words")), match.end()


_TRAILING_CLASS = re.compile(
    rf"(?:[ ][ ,.:]*|^)(?P<words>{_CLASS_WORD}(?:[ ]+{_CLASS_WORD})?)[ ]*$"
)


def trailing_classes(line: Line) -> Classes | None:
    """Classes at the end of a number's or a memo title's line, set apart by space."""
    match = _TRAILING_CLASS.search(line.text)
    if match is None:
        return None
    return _classes(match["words"], line.start + match.start("words"))


# What engines that also know Latin make of ที่ at the start of a line.
_SCRAP_LABEL = re.compile(r"[A-Za-z|!]{1,3}[.,]?[ ]+(?=[ก-ฮ]{2,4}[ .]*\d{3,5}[^\n]{0,14}/)")
_LATIN_CODE = re.compile(r"[A-Za-z]{1,4}[ .]*\d{4,5}[\d.()ก-ฮ]{0,14}[ ]?/[ ]?(?:ว[ ]?)?\d{1,6}")
_LOST_SERIES = re.compile(r"(?<=/)[23][ ]\d{2,5}(?![\d/])(?=[ ]{2}|$|[ ][ก-ฮ])")


def number_in(line: Line) -> Number | None:
    """The letter number with which a line begins, its label ที่ before it or missing.

    Without a label only the full form counts: a code with a postcode (``อบ 34000``) has no slash.
    """
    text = line.text
    lead = leading_classes(line)
    start = lead[1] if lead is not None else 0
    label = NUMBER_LABEL.match(text, start) or _SCRAP_LABEL.match(text, start)
    begin = label.end() if label is not None else start
    number = letter_number(text, begin)
    if number is None and label is not None and label.end() > start:
        number = order_number(text, begin)
    if number is None and label is not None and label.end() > start:
        latin = _LATIN_CODE.match(text, begin)
        if latin is not None:
            # The code was read as Latin: a number line all the same, as with a blank serial.
            return Number(None, (line.start + begin, line.start + latin.end()), False)
    if number is None or (label is None and (number.value or "0")[0].isdigit()):
        # Without its label only a number with a code is one.
        return None
    if number.value is not None and _LOST_SERIES.match(text, number.span[1] - 1):
        # ว read as a digit: «/2 3189» is neither 2 nor 3189 for certain.
        return Number(None, (line.start + number.span[0], line.start + number.span[1]), False)
    left, right = number.span
    return Number(number.value, (line.start + left, line.start + right), number.circular)


_DIGIT = re.compile(r"\d")
# With what a date, its label, a weekday or a month can begin, marks of a blank day included.
_DATE_LETTERS = frozenset("0123456789วจอพศสมกตธเ .…_/-:'([,|~\"")


_SCRAP_AFTER = re.compile(r"[ .:'|)-]*(?:[ ]{3,}\S{1,2})?")


def date_only(line: Line) -> Found | None:
    """The date of a line that prints nothing else (``วันที่`` and a stray stamp mark aside)."""
    if len(line.text) > 60 or line.text[0] not in _DATE_LETTERS or _DIGIT.search(line.text) is None:
        return None
    label = DATE_LABEL.match(line.text)
    start = label.end() if label is not None else 0
    for found in (*find_dates(line.text, start), *find_months(line.text, start)):
        before, after = line.text[start : found.start], line.text[found.end :]
        blank_day = found.day is None and re.fullmatch(r"[ .…_/-]*(?:เดือน)?[ ]*", before)
        if (before.strip(" .:-'") == "" or blank_day) and _SCRAP_AFTER.fullmatch(after):
            return found.shifted(line.start)
    return None


def title_of(line: Line) -> Kind | None:
    """The kind that a title line names. ``ENCLOSURE`` for forms, lists and the like."""
    text = line.text.lstrip("(*#[ -\"'")
    if len(text) > _TITLE_LENGTH:
        return None
    if is_memo_title(line):
        return Kind.INTERNAL_MEMO
    if _ANY_TITLE.match(text) is None:
        return Kind.ENCLOSURE if ATTACHED.match(text) is not None else None
    for kind, pattern in _TITLES:
        if pattern.match(text) is not None:
            return kind
    if ATTACHED.match(text) is not None:
        return Kind.ENCLOSURE
    return None


def is_memo_title(line: Line) -> bool:
    """Whether a line is บันทึกข้อความ, an urgency before or behind it aside."""
    if len(line.text) > 70:
        return False
    match = MEMO.search(line.text)
    if match is not None:
        rest = line.text[: match.start()] + line.text[match.end() :]
        rest = re.sub(_CLASS_WORD, "", rest)
        return len(rest.strip()) <= _MEMO_SHORT and not re.search(r"ตาม|ที่[ ]?[ก-ฮ]|ลงวัน|เสนอ", rest)
    return len(line.text) < 24 and resembles(line.text, "บันทึกข้อความ", 82)


def is_closing(line: Line) -> bool:
    """The complimentary close (ขอแสดงความนับถือ)."""
    if len(line.text) > 45:
        return False
    if CLOSING.match(line.text) is not None:
        return True
    if len(line.text) < 9 or _DIGIT.search(line.text) is not None:
        return False
    return resembles(line.text, "ขอแสดงความนับถือ", 75) or resembles(
        line.text, "ขอแสดงความนับถืออย่างยิ่ง", 78
    )


_BRACKET = re.compile(r"[（{\[]")


def person_name(line: Line) -> Span | None:
    """The span of the bracketed name of a signature line, without the brackets."""
    if "(" not in line.text and _BRACKET.search(line.text) is None:
        return None
    match = NAME_LINE.fullmatch(line.text)
    if match is None:
        return None
    name = match["name"].strip()
    before = match["before"].strip()
    words = name.split()
    if re.search(r"\d|ประเทศ|จังหวัด|ตามบัญชี|แนบ|ถ้ามี|สำเนา|ฉบับ", name):
        return None
    titled = _NAME_LEAD.match(name) is not None
    ranked = (
        before == ""
        or RANK_LINE.match(before)
        or re.fullmatch(r"(?:ลงชื่อ|ลงนาม)?[ ._…]*[ก-๙ ]{0,20}", before)
    )
    if not ranked or not (titled or len(words) == 2):
        return None
    left = line.start + match.start("name")
    return (left, left + len(name))


def is_junk(line: Line) -> bool:
    """Scraps that an engine makes of a garuda, a stamp's rim or a speck: no word in them."""
    text = line.text
    if LINK.search(text) or len(text) > 40:
        return False
    return not re.search(r"[ก-ฮ]{2}|[ก-ฮ][ะ-ฺเ-๎][ก-ฮ]|\d{3}|[A-Za-z]{4}", text)
