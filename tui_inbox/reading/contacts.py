"""Telephones, faxes, e-mail addresses, LINE names and web addresses, with whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui_inbox.letter import Contact, ContactType, Span
from tui_inbox.reading.page import Line
from tui_inbox.reading.repair import Folded

# A landline has nine digits, a mobile ten, an internal line four to six; what follows by a hyphen
# is the end of a range of lines.
_NUMBER = re.compile(
    r"(?<![\d/])(?P<number>\(?\+?0[ ]?[689]\)?(?:[ \-.]{0,2}\d){8}"
    r"|\(?0\)?(?:[ \-.]{0,2}\d){1}\)?(?:[ \-.]{0,2}\d){7}|\d(?:[ \-]?\d){2,5})(?!\d)"
    r"(?P<range>[ ]?(?:-|ถึง)[ ]?\d{1,4}(?!\d))?"
    r"(?P<ext>[ ,]*(?:ต่อ|ext\.?|#|กด)[ ]*\d+(?:[ ]*(?:-|,|หรือ|และ|/)[ ]*\d+(?!\d))*)?"
)
_LABEL = re.compile(
    r"(?P<fax>โทรสาร|แฟกซ์|แฟ็กซ์|Fax|โทร\.?สาร)"
    r"|(?P<phone>หมายเลขโทรศัพท์(?:เคลื่อนที่|มือถือ)?|โทรศัพท์(?:เคลื่อนที่|มือถือ|ภายใน)?"
    r"|เบอร์โทร(?:ศัพท์)?|มือถือ|โทร(?:ฯ|(?=[ .,:\d]))|สายด่วน|Tel|T\.)"
    r"(?:\.?[ ]?(?:ฯ|ทหาร|[ก-ฮ]{1,3}\.|ภายใน|สายตรง|มือถือ|สำนักงาน|ศัพท์))?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[ .:\-=]*(?:(?<=โทร),[ ]*)?(?:(?:,|/|และ|หรือ|ที่|เลขที่|หมายเลข)[ ]*)?")
_BOTH = re.compile(r"(?:โทร\.?|โทรศัพท์)[ ]*(?:/|และ)[ ]*(?:โทรสาร|แฟกซ์)")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LINE_ID = re.compile(
    r"(?:Line|LINE|ไลน์)[ ]*(?:ID|Id|id|ไอดี|Official|OA)?(?:[ ]*(?:Account|ID))?[ ]*[:=]?[ ]*"
    r"(?P<id>@?[A-Za-z0-9][A-Za-z0-9._\-]{2,30})"
)
_NO_LINE_ID = frozenset(("official", "account", "today", "http", "https", "add", "openchat"))
_MOBILE = re.compile(r"0(?<![\d/.-]0)[ ]?[689]\d?(?:[ -]?\d){7,8}(?![\d/])")

_TITLE = (
    r"(?:นาย(?!แพทย์|อำเภอ|ก(?:เทศ|องค์|สมาคม|รัฐ|เมือง|สภา|อบ|ฯ)|ทะเบียน|ช่าง|สัตว|ด่าน|จ้าง"
    r"|ทหาร|ตำรวจ)|นางสาว|นาง|น\.ส\.|ว่าที่[ ]?(?:ร้อยตรี|ร้อยโท|ร้อยเอก|ร\.ต\.)(?:หญิง)?|คุณ|ครู|ดร\."
    r"|[รพจสด]\.[ตทอจส]\.(?:[ตทอ]\.)?|พัน(?:เอก|โท|ตรี)|ร้อย(?:เอก|โท|ตรี)|จ่า(?:สิบเอก|เอก|โท"
    r"|ตรี))"
)
# A surname, but no word that goes before the number.
_WORDS = (
    r"[ก-ฮเแโใไ][ก-๙.]{1,30}(?:[ ](?!โทร|มือถือ|เบอร์|หมายเลข|ต่อ[ ]|ไลน์|อีเมล)[ก-ฮเแโใไ][ก-๙]{1,30})?"
)
_PERSON = re.compile(
    r"(?:(?:ผู้ประสาน(?:งาน)?|ประสานงาน|เจ้าหน้าที่(?:ผู้รับผิดชอบ|ผู้ประสานงาน)"
    r"|ผู้รับผิดชอบ)[ ]*[:(]?[ ]*"
    rf"(?P<given>{_TITLE}?[ ]?{_WORDS})|(?:(?<![ก-๙])|(?<=ติดต่อ)|(?<=ประสาน)|(?<=หรือ)"
    rf"|(?<=กับ)|(?<=คือ))(?P<titled>{_TITLE}[ ]?{_WORDS})"
    rf"|\((?P<nick>[ก-๙]{{2,20}}(?:[ ][ก-๙]{{2,30}})?)(?=[ ]+0|\)))"
)
_NO_NAME = re.compile(
    r"โทร|หมาย|สอบถาม|ได้|ที่|เพิ่มเติม|กลุ่ม|กอง|สำนัก|ฝ่าย|งาน|รายละเอียด|คือ|ผ่าน|ทาง|ตาม"
    r"|เจ้าหน้าที่|ต่อ|ในวัน|สายตรง|อัตโนมัติ"
)
# Without one of these a line names nobody.
_NAMED = re.compile(
    r"ประสาน|เจ้าหน้าที่|ผู้รับผิดชอบ|นา[ยง]|น\.ส|ว่าที่|คุณ|ครู|ดร\.|[รพจสด]\.[ ]?[ตทอจส]|พัน|ร้อย|จ่า|\("
)
# Only lines with one of these can name a contact or a person to be contacted.
_REACHABLE = (
    "@", "line", "Line", "LINE", "ไลน์", "สายด่วน", "ประสาน", "ติดต่อ", "ผู้รับผิดชอบ", "นาย", "นาง",
    "คุณ", "ครู", "ว่าที่", "น.ส", "ดร.",
)  # fmt: skip
_DIGITS = re.compile(r"\d\d\d|\d[ -]\d")


# What stands between a number and the person behind it: «(ผู้ประสานงาน นางสาว…)».
_HIS = re.compile(r"[ ]*\([ ]*(?:ผู้ประสาน(?:งาน)?|ติดต่อ|เจ้าหน้าที่|ผู้รับผิดชอบ)?[ :]*")
_PROSE = 160
_REACHED = re.compile(
    rf"@|{_MOBILE.pattern}|โทร|แฟกซ์|มือถือ|สายด่วน|Tel|Fax|T\.|[Ll]ine|LINE|ไลน์", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ContactAt:
    """A contact and its place in the folded text."""

    contact: Contact
    span: Span


def find_contacts(page: Folded, lines: Sequence[Line]) -> list[ContactAt]:
    """The contacts of some lines, each once, in order."""
    found: list[ContactAt] = []
    person: str | None = None
    for line in _with_numbers(page, lines):
        if not is_reachable(line.text):
            person = person if line.text.startswith(("(", "-")) else None
            continue
        if len(line.text) > _PROSE and not _REACHED.search(line.text):
            # A paragraph that names nobody to call.
            continue
        names = _names(line.text)
        fresh = _in_line(line, names, person)
        if fresh:
            phoned = any(one.contact.type is ContactType.PHONE for one in fresh)
            person = None if phoned else person
        elif names:
            person = names[-1][2]
        elif not line.text.startswith(("(", "-")):
            person = None
        found.extend(fresh)
    return _unique(found)


def is_reachable(text: str) -> bool:
    """Whether a line can name a contact at all: what it needs for that is in it."""
    return any(word in text for word in _REACHABLE) or _DIGITS.search(text) is not None


_ALONE = re.compile(r"(?:โทร|โทรศัพท์|โทรสาร)[ .:]*")


def _with_numbers(page: Folded, lines: Sequence[Line]) -> list[Line]:
    """The lines, a label that stands alone joined with the number under it."""
    joined: list[Line] = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        alone = len(line.text) < 14 and _ALONE.fullmatch(line.text)
        if alone and below is not None and re.match(r"[\d(+]", below.text):
            text = page.text[line.start : below.end].replace("\n", " ")
            joined.append(Line(line.start, below.end, text, line.gap, line.indent))
        else:
            joined.append(line)
    return joined


def _names(text: str) -> list[tuple[int, int, str]]:
    """The persons a line names: start, end, name."""
    found: list[tuple[int, int, str]] = []
    if _NAMED.search(text) is None:
        return found
    for match in _PERSON.finditer(text):
        group = match.lastgroup or ""
        name = " ".join(match[group].split())
        if not _NO_NAME.match(name):
            found.append((match.start(group), match.end(group), name))
    return found


def _whose(
    start: int, end: int, text: str, names: Sequence[tuple[int, int, str]], person: str | None
) -> str | None:
    """The person named before a number, in brackets right behind it, or on the line above."""
    behind = next(
        (name for left, _, name in names if left > end and _HIS.fullmatch(text, end, left)), None
    )
    if behind is not None:
        return behind
    before = [name for _, right, name in names if right <= start]
    return before[-1] if before else person if not names else None


def _in_line(
    line: Line, names: Sequence[tuple[int, int, str]], person: str | None
) -> list[ContactAt]:
    text, base = line.text, line.start
    found: list[ContactAt] = []
    taken: list[Span] = []

    def add(kind: ContactType, value: str, left: int, right: int, name: str | None = None) -> None:
        found.append(ContactAt(Contact(kind, value, name), (base + left, base + right)))
        taken.append((left, right))

    both = _BOTH.search(text)
    for label in _LABEL.finditer(text):
        position = label.end()
        while True:
            separator = _SEPARATOR.match(text, position)
            number = _NUMBER.match(text, separator.end() if separator else position)
            if number is None:
                break
            left, right = number.span("number")
            digits = re.sub(r"\D", "", number["number"])
            if len(digits) >= 3:
                name = _whose(left, number.end(), text, names, person)
                if label["fax"]:
                    # One number behind «โทร./โทรสาร» is both.
                    if both is not None and both.start() <= label.start() <= both.end():
                        add(ContactType.PHONE, digits, left, right, name)
                    add(ContactType.FAX, digits, left, right)
                else:
                    add(ContactType.PHONE, digits, left, right, name)
                taken.append((left, number.end()))
            position = number.end()
    for email in _EMAIL.finditer(text):
        add(ContactType.EMAIL, email.group(), *email.span())
    for mobile in _MOBILE.finditer(text):
        left, right = mobile.span()
        digits = re.sub(r"\D", "", mobile.group())
        if len(digits) in (9, 10) and not any(left < end and start < right for start, end in taken):
            add(ContactType.PHONE, digits, left, right, _whose(left, right, text, names, person))
    for line_id in _LINE_ID.finditer(text):
        left, right = line_id.span("id")
        if line_id["id"].lower() not in _NO_LINE_ID and text[right : right + 1] != "@":
            add(ContactType.LINE, line_id["id"], left, right)
    return sorted(found, key=lambda one: one.span)


def _unique(found: Sequence[ContactAt]) -> list[ContactAt]:
    unique: dict[tuple[ContactType, str], ContactAt] = {}
    for one in found:
        key = (one.contact.type, one.contact.value)
        known = unique.get(key)
        if known is None or (known.contact.name is None and one.contact.name is not None):
            unique[key] = one
    return list(unique.values())


_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"'|\[\]{}ก-๙]+(?:\([^\s()]*\))?"
    r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:go|or|ac|co|in|mi)\.th(?:/[^\s<>()\"'|\[\]ก-๙]*)?"
    r"|(?<![\w@./])(?:forms\.gle|bit\.ly|goo\.gl|shorturl\.\w+|me-qr\.com|qrgo\.page"
    r"|drive\.google\.com|lin\.ee)/[^\s<>()\"'|\[\]ก-๙]+",
    re.IGNORECASE,
)


_LINKISH = re.compile(r"\.(?<=[A-Za-z]\.)[A-Za-z]|://")


def find_links(page: Folded, left: int, right: int) -> list[tuple[str, Span]]:
    """Web addresses, in order, each once; a bare host only of a Thai public domain."""
    found: dict[str, Span] = {}
    if _LINKISH.search(page.text, left, right) is None:
        return []
    for match in _URL.finditer(page.text, left, right):
        url = match.group().rstrip(".,;:'\"*_")
        if not url or page.text[max(match.start() - 1, 0)] == "@":
            continue
        end = match.start() + len(url)
        found.setdefault(url, (match.start(), end))
    return list(found.items())
