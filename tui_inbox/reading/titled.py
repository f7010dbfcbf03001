"""Heads of documents with a title line: orders, regulations, announcements, minutes and the like.

The title names the kind and the issuing agency (``คำสั่งจังหวัดสุรินทร์``); number, subject or ว่าด้วย
stand under it; the date follows ``สั่ง ณ วันที่``, ``ประกาศ ณ วันที่`` or ``ให้ไว้ ณ วันที่`` at the end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui_inbox.letter import Kind, Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import lenient, tolerant
from tui_inbox.reading.number import Number, letter_number, order_number
from tui_inbox.reading.page import Line
from tui_inbox.thai.dates import Found, find_dates, find_months

_TITLE_WORDS = {
    Kind.ORDER: tolerant("คำสั่ง"),
    Kind.REGULATION: "ระเบียบ",
    Kind.BYLAW: "ข้อบังคับ",
    Kind.ANNOUNCEMENT: "ประกาศ",
    Kind.STATEMENT: tolerant("แถลงการณ์"),
    Kind.NEWS: "ข่าว(?:ประชาสัมพันธ์|แจก|สาร)?",
    Kind.CERTIFICATE: tolerant("หนังสือรับรอง"),
    Kind.MINUTES: tolerant("รายงานการประชุม"),
}
_NUMBER = re.compile(
    rf"(?:{tolerant('เลขที่', alike=False)}|{tolerant('ที่', alike=False)}"
    rf"|{tolerant('ฉบับที่', alike=False)})[ .:]*(?=[\dก-ฮ])"
)
_ABOUT = re.compile(r"(?:^|[ ])(?P<about>ว่าด้วย[^\n]+)")
_SUBJECT = re.compile(rf"(?:^|[ ]{{1,}}){tolerant('เรื่อง', alike=False)}[ :]+(?P<subject>[^\n]+)")
_STOP = re.compile(
    r"(?:[-_=.~*─━ ]{4,}$|ด้วย|ตามที่|ตาม|โดยที่|โดย(?=ที่)|เพื่อ|อาศัย|เนื่อง|อนุสนธิ|ข้อ[ ]*1"
    r"|หมวด|เมื่อวันที่|ผู้มาประชุม|ที่[ ]?\d|พ\.ศ\.|ในการ|จึง|[ก-๙]{4,40}(?:ขอ|มีความ|ได้))"
)
_CERTIFIES = re.compile(r"รับรองว่า[ ]?\S")
_VERSION = re.compile(r"พ\.?[ ]?ศ\.?[ ]*\d{4}")
_STAMP_WORDS = re.compile(r"[ ]+(?:เลข(?:ที่)?รับ|รับที่|เวลา[ ]*\d|วันที่?[ ]*\d)")
_NOT_SENDER = re.compile(
    r"(?:[ ]+|(?=ที่[ ]*\d))(?:ที่(?![ ]*\d{1,3}(?!\d|[ ]*/))|เลขที่|เรื่อง|ว่าด้วย|ฉบับที่|ครั้งที่|\(ฉบับ|พ\.ศ\."
    r"|ลงวันที่)(?=[ ]|\d|[ก-๙]{4})"
)

# Words of a sentence: no line of a wrapped subject has one.
PROSE = lenient(r"ได้(?:มี|กำหนด|ดำ|พิจารณา)|ในการประชุม|เห็นชอบ(?!แผน)|ดังนี้|มีความประสงค์|จะดำเนิน|มีมติ")


@dataclass(slots=True)
class TitledHead:
    """Spans are of the folded text; ``body`` indexes the block's lines."""

    title: Span | None = None
    sender: Span | None = None
    number: Number | None = None
    subject: list[Span] | None = None
    date: Found | None = None
    body: int = 0


def read_titled(lines: Sequence[Line], kind: Kind) -> TitledHead:
    """Read the head of a titled document and its date of issue."""
    head = TitledHead()
    index = next((n for n, line in enumerate(lines) if signs.title_of(line) is kind), None)
    word = re.compile(_TITLE_WORDS.get(kind, r"(?!)"))
    if index is None:
        index = 0
    line = lines[index]
    match = word.search(line.text)
    if match is not None:
        head.title = (line.start + match.start(), line.start + match.end())
        _sender_from(head, line, match.end(), kind)
    cursor = index + 1
    if (
        head.sender is None
        and kind not in (Kind.MINUTES, Kind.CERTIFICATE)
        and cursor < len(lines)
        and signs.AGENCY.match(lines[cursor].text)
    ):
        name = re.split(r"[ ]{2,}|[ ]*\|", lines[cursor].text)[0]
        head.sender = (lines[cursor].start, lines[cursor].start + len(name))
        cursor += 1
    if head.sender is not None and cursor < len(lines) and _sender_wraps(lines, cursor):
        head.sender = (head.sender[0], lines[cursor].end)
        cursor += 1
    _read_rest(head, lines, index, cursor, kind)
    if kind is Kind.CERTIFICATE and head.number is None:
        # The number of a certificate may stand above its title, as a letter's does.
        head.number = next(
            (found for above in lines[:index] if (found := signs.number_in(above))), None
        )
    head.date = _issued(lines)
    return head


def _sender_from(head: TitledHead, line: Line, at: int, kind: Kind) -> None:
    rest = line.text[at:]
    cut = _NOT_SENDER.search(rest)
    about = _ABOUT.search(rest) or _SUBJECT.search(rest)
    stop = min((found.start() for found in (cut, about) if found is not None), default=len(rest))
    # A stamp may stand on the title's line, a wide gap away.
    text = re.split(r"(?<=\S)[ ]{3,}(?=\S)|[ ]*\|", rest[:stop])[0] if rest[:stop].strip() else ""
    text = _STAMP_WORDS.split(text)[0]
    stripped = text.strip(" :-")
    if kind in (Kind.MINUTES, Kind.CERTIFICATE) or not stripped:
        return
    start = line.start + at + text.index(stripped)
    head.sender = (start, start + len(stripped))


def _sender_wraps(lines: Sequence[Line], cursor: int) -> bool:
    line = lines[cursor]
    return (
        line.gap == 0
        and len(line.text) < 70
        and not _NUMBER.match(line.text)
        and not signs.SUBJECT.match(line.text)
        and not _ABOUT.match(line.text)
        and not _STOP.match(line.text)
        and not _VERSION.match(line.text)
        and not re.match(r"ครั้งที่|\d", line.text)
        and bool(re.match(r"และ|แห่ง|จังหวัด|เขต|อำเภอ|สำนัก|กรม|กระทรวง|ประจำ", line.text))
        and cursor + 1 < len(lines)
        and bool(
            signs.SUBJECT.match(lines[cursor + 1].text)
            or _NUMBER.match(lines[cursor + 1].text)
            or _ABOUT.match(lines[cursor + 1].text)
        )
    )


def _read_rest(
    head: TitledHead, lines: Sequence[Line], title: int, cursor: int, kind: Kind
) -> None:
    index = title
    open_subject = False
    while index < len(lines) and index < title + 14:
        line = lines[index]
        text = line.text
        if index >= cursor or index == title:
            found = _NUMBER.search(text) if index == title else _NUMBER.match(text)
            if (
                found is not None
                and head.number is None
                and kind not in (Kind.REGULATION, Kind.BYLAW, Kind.MINUTES)
                and not open_subject
            ):
                number = order_number(text, found.end()) or letter_number(text, found.end())
                if number is not None and (index != title or number.value is not None):
                    left, right = number.span
                    head.number = Number(
                        number.value, (line.start + left, line.start + right), number.circular
                    )
                    open_subject = False
                    rest = text[right:]
                    index += 1
                    if _SUBJECT.search(rest) is None:
                        continue
                    index -= 1
            about = _ABOUT.search(text) if kind in (Kind.REGULATION, Kind.BYLAW) else None
            subject = about or (_SUBJECT.search(text) if index == title else _SUBJECT.match(text))
            if subject is not None and head.subject is None and kind is not Kind.MINUTES:
                name = "about" if about is not None else "subject"
                left, right = subject.span(name)
                head.subject = [(line.start + left, line.start + right)]
                open_subject = True
                index += 1
                continue
            if index > title and signs.SUBJECT.fullmatch(text) and head.subject is None:
                head.subject = []
                open_subject = True
                index += 1
                continue
        if open_subject and head.subject is not None:
            wrapped = (
                (line.gap == 0 or not head.subject)
                and len(text) < 130
                and not _STOP.match(text)
                and not signs.date_only(line)
                and not _NUMBER.match(text)
                and not re.match(r"(?:\(ฉบับที่|\d[.)])", text)
                and not PROSE.search(text)
            )
            if not wrapped:
                break
            head.subject.append((line.start, line.end))
        elif index >= cursor and (
            len(text) > 120
            or _CERTIFIES.search(text)
            or signs.ISSUED.match(text)
            or (index > cursor and _STOP.match(text))
        ):
            break
        index += 1
    if kind in (Kind.REGULATION, Kind.BYLAW) and head.subject:
        _trim_version(head, lines)
    head.body = max(index, title + 1)


def _trim_version(head: TitledHead, lines: Sequence[Line]) -> None:
    """``พ.ศ. ๒๕๖๗`` behind ว่าด้วย… is no part of what the regulation is about."""
    spans = []
    for left, right in head.subject or []:
        line = next(one for one in lines if one.start <= left < one.end)
        text = line.text[left - line.start : right - line.start]
        match = _VERSION.search(text)
        if match is not None:
            text = text[: match.start()].rstrip()
        if text:
            spans.append((left, left + len(text)))
        if match is not None:
            break
    head.subject = spans


_MEETING = re.compile(r"(?:เมื่อ|ใน)?[ ]*(?:วัน)")


def _issued(lines: Sequence[Line]) -> Found | None:
    """The date behind ประกาศ ณ วันที่ and its kin: the last such line of the document."""
    for line in reversed(lines):
        match = signs.ISSUED.match(line.text)
        if match is None or len(line.text) > 90:
            continue
        found = find_dates(line.text, match.end()) or find_months(line.text, match.end())
        if found:
            return found[0].shifted(line.start)
    return None


def meeting_date(lines: Sequence[Line], title: int = 0) -> Found | None:
    """The day of the meeting that minutes record: the first date of their head."""
    for line in lines[title : title + 8]:
        found = find_dates(line.text)
        if found and (
            _MEETING.match(line.text)
            or "วันที่" in line.text
            or line is lines[title]
            or "วัน" in line.text
        ):
            return found[0].shifted(line.start)
    return None
