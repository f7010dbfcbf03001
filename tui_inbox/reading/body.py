"""The body of a document as sentences, with what is only background told apart.

Thai writes no full stops: a sentence ends with its paragraph or where a word that opens a new
sentence follows a space. What stands between ตามที่ (ตาม, อนุสนธิ …) and นั้น recounts what the reader
knows: nothing in it is asked, no date in it is a deadline (measured: the best single filter).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tui_inbox.letter import Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import label_pattern, lenient
from tui_inbox.reading.page import Line

_OPENERS = (
    r"จึง|ดังนั้น|ฉะนั้น|เพราะฉะนั้น|ทั้งนี้|ในการนี้|อนึ่ง|พร้อมนี้|พร้อมกันนี้|นอกจากนี้"
    r"|ในโอกาสนี้|อย่างไรก็ตาม|กรณี(?!ที่มี|นี้)|หาก|สำหรับ|บัดนี้"
    r"|เนื่องจาก|โดยขอ|และขอ(?=ให้|ความ|เชิญ|ได้)|ขอให้|ขอความ(?=ร่วม|อนุ|กรุณา)|ขอเชิญ"
    r"|ขอได้โปรด|โปรด|กรุณา|พร้อมทั้งขอ|ตามที่|อนุสนธิ|ด้วยเหตุ"
    r"|ผู้ที่สนใจ|ผู้สนใจ|ผู้ใด|เมื่อ(?=ดำเนิน|เสร็จ|ใช้)|อีกทั้ง|และให้|แล้วให้|เพื่อการนี้"
    r"|ในส่วน|ส่วน(?=กรณี|การ)|สอบถาม|รายละเอียด|กำหนดส่ง|หมดเขต"
)
_BOUNDARY = lenient(
    rf"(?<=[ \n])(?:[ก-๙]{{2,30}}(?:จึง(?:ขอ|ให้|มี|กำหนด|แจ้ง)|ขอ(?:ให้|ความร่วม|ความอนุ|เชิญ"
    rf"|เรียนเชิญ))|{_OPENERS})"
)
_ITEM = lenient(
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[ก-ฮ][.)]|\((?:\d{1,2}|[ก-ฮ])\)|[-•*–])[ ]+\S"
    r"|\d{1,2}(?:\.\d{1,2}){1,2}(?=[ ]+[ก-ฮเแโใไ])(?![ ]+น\.)"
    r"|ไตรมาสที่[ ]?\d|งวดที่[ ]?\d|ข้อ[ ]?\d+[ ]|\d{1,2}[ ]{3,}\S)"
)
_BACK_OPEN = lenient(
    r"(?:ตามที่|ตาม(?=หนังสือ|วิทยุ|บันทึก|ประกาศ|คำสั่ง|มติ|ข้อสั่งการ|โทรสาร|อ้างถึง|ที่อ้าง|สัญญา)"
    r"|อนุสนธิ|สืบเนื่องจาก|ดังที่|ตามอ้างถึง|โดยที่|อ้างถึงหนังสือ)"
)
# Glued to the word before, นั้น must keep its tone mark: กำนัน ends no background.
_BACK_CLOSE = lenient(
    r"ความละเอียด(?:ได้)?(?:แจ้ง|ทราบ)(?:อยู่)?แล้ว(?:[ ]*นั้น)?"
    r"|(?:(?<=[ \n])|(?<=แล้ว))นั้น(?=[ \n]|$)|(?<=[ก-๙])นั[้]น(?=[ ]*\n|[ ]{2,}|[ ]*$)"
    r"|(?<=[ก-๙])นั[้]น(?=[ ](?:บัดนี้|เนื่อง|จึง|ใน|เพื่อ|ขอ|กรม|จังหวัด|สำนัก|อำเภอ|ปรากฏ|เห็น))"
)


@dataclass(frozen=True, slots=True)
class Body:
    """``flat`` has the length of the page's text: what is no body text is blank in it.

    ``paragraphs`` and ``sentences`` are spans in order; ``background`` are spans to be passed over.
    """

    flat: str
    start: int
    end: int
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    background: tuple[Span, ...]
    requests: tuple[Span, ...] = ()
    """Where words stand that ask (``asking`` of :func:`read_body`), in order."""

    def request_before(self, position: int, floor: int) -> Span | None:
        """The last request that lies wholly in ``flat[floor:position]``."""
        index = bisect_right(self.requests, (position, position)) - 1
        while index >= 0 and self.requests[index][0] >= floor:
            if self.requests[index][1] <= position:
                return self.requests[index]
            index -= 1
        return None

    def requests_in(self, span: Span) -> Sequence[Span]:
        """The requests of a sentence."""
        left = bisect_right(self.requests, (span[0] - 1, len(self.flat)))
        right = bisect_right(self.requests, (span[1], -1))
        return self.requests[left:right]

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a place."""
        index = bisect_right(self.sentences, (position, len(self.flat) + 1)) - 1
        return self.sentences[max(index, 0)] if self.sentences else (self.start, self.end)

    def paragraph_at(self, position: int) -> Span:
        """The paragraph that holds a place."""
        index = bisect_right(self.paragraphs, (position, len(self.flat) + 1)) - 1
        return self.paragraphs[max(index, 0)] if self.paragraphs else (self.start, self.end)

    def is_background(self, position: int) -> bool:
        """Whether a place lies between ตามที่ and นั้น."""
        return any(left <= position < right for left, right in self.background)


_RULE = re.compile(r"[-_=.~*─━ ]{4,}")


def read_body(
    lines: Sequence[Line], *, memo: bool = False, asking: re.Pattern[str] | None = None
) -> Body:
    """The body that some lines hold; page turns, repeated classes and rules in it are left out.

    ``asking`` finds the words that ask. In a memo the sections that only recount (เรื่องเดิม,
    ข้อเท็จจริง, ข้อกฎหมาย) are background too.
    """
    kept = [
        line
        for line in lines
        if not signs.PAGE_TURN.fullmatch(line.text)
        and signs.classes_of(line) is None
        and not _RULE.fullmatch(line.text)
    ]
    if not kept:
        return Body("", 0, 0, (), (), ())
    start, end = kept[0].start, kept[-1].end
    pieces = [" " * start]
    position = start
    for line in kept:
        pieces.append(" " * (line.start - position))
        pieces.append(line.text)
        position = line.end
    flat = "".join(pieces)
    paragraphs = _paragraphs(kept)
    sentences: list[Span] = []
    for left, right in paragraphs:
        marks = [left]
        marks += [
            match.start()
            for match in _BOUNDARY.finditer(flat, left + 1, right)
            if match.start() - marks[-1] > 0
        ]
        stops = [*marks[1:], right]
        sentences.extend(zip(marks, stops, strict=True))
    background = _background(flat, paragraphs)
    sentences = _cut_at(_rejoin(flat, sentences), [right for _, right in background])
    if memo:
        background += _sections(flat, paragraphs)
    requests = (
        tuple(match.span() for span in sentences for match in asking.finditer(flat, *span))
        if asking is not None
        else ()
    )
    return Body(flat, start, end, tuple(paragraphs), tuple(sentences), tuple(background), requests)


def _cut_at(sentences: list[Span], places: Sequence[int]) -> list[Span]:
    """A sentence ends where the background that opened it ends."""
    for place in places:
        for index, (left, right) in enumerate(sentences):
            if left < place < right:
                sentences[index : index + 1] = [(left, place), (place, right)]
                break
    return sentences


_PAST_HEAD = re.compile(
    r"(?:[\d.]+[ ]*)?"
    + label_pattern(
        "เรื่องเดิม",
        "ต้นเรื่อง",
        "ข้อเท็จจริง",
        "ข้อกฎหมาย",
        "ข้อระเบียบ",
        "ระเบียบที่เกี่ยวข้อง",
        "ความเป็นมา",
        alike=False,
    )
)


def _sections(flat: str, paragraphs: Sequence[Span]) -> list[Span]:
    """The parts of a memo that tell what was (เรื่องเดิม, ข้อเท็จจริง, ข้อกฎหมาย), up to the next head."""
    found: list[Span] = []
    start: int | None = None
    for left, right in paragraphs:
        text = flat[left:right]
        if _PAST_HEAD.match(text):
            start = left if start is None else start
        elif start is not None and (signs.BODY_HEAD.match(text) or re.match(r"จึง", text)):
            found.append((start, left))
            start = None
    return found


# Words that begin a paragraph even where an engine printed neither blank line nor indent.
_PARAGRAPH = lenient(
    r"จึงเรียน|จึงประกาศ|ทั้งนี้[ ]|อนึ่ง[ ]|ในการนี้[ ]|ด้วย[ก-๙]{6}|ตามที่[ก-๙]{4}|ตามหนังสือ|อนุสนธิ"
)


_ASKS_FIRST = lenient(
    r"[ก-๙ฯ.]{4,60}[ ]?(?:จึง|ใคร่)?ขอ(?:ให้|ความร่วม|ความอนุ|เชิญ|เรียน|แจ้ง)|จึง(?:ขอ|ให้)|(?:ใน|เพื่อ)การนี้"
)
_SHEET = 118


def _paragraphs(lines: Sequence[Line]) -> list[Span]:
    spaced = len(lines) > 4 and sum(1 for line in lines if line.gap) > 0.85 * len(lines)
    base = min(line.indent for line in lines)
    spans: list[Span] = []
    for number, line in enumerate(lines):
        previous = lines[number - 1] if number else None
        new = (
            previous is None
            or (line.gap > 0 and not spaced)
            # So wide a line was not wrapped: an indented one under it is the next paragraph.
            or (len(previous.text) > _SHEET and min(line.indent, previous.indent) >= 4)
            or (len(previous.text) > _SHEET and _ASKS_FIRST.match(line.text) is not None)
            or (line.indent >= base + 4 and line.indent > previous.indent + 2)
            or _ITEM.match(line.text) is not None
            or signs.BODY_HEAD.match(line.text) is not None
            or _PARAGRAPH.match(line.text) is not None
        )
        if new:
            spans.append((line.start, line.end))
        else:
            spans[-1] = (spans[-1][0], line.end)
    return spans


_CONDITION = lenient(
    r"(?:และ|แต่|อนึ่ง[ ]|ทั้งนี้[ ]|โดย)?(?:หาก|กรณี|ถ้า|เพื่อ)(?!.*(?:ขอ(?:ให้|ความ|เชิญ)|โปรด))"
)
_MAIN = lenient(r"(?:จึง)?ขอ(?:ให้|ความ|เชิญ|ได้)|โปรด|กรุณา")


def _rejoin(flat: str, sentences: list[Span]) -> list[Span]:
    """An opener within a sentence's first words opens no second one; nor does a request that its
    own condition precedes (หาก… ขอให้…)."""
    joined: list[Span] = []
    for left, right in sentences:
        if joined and joined[-1][1] == left:
            start = joined[-1][0]
            before = flat[start:left].lstrip()
            close = left - start < 14
            if close or (_CONDITION.match(before) and _MAIN.match(flat, left)):
                joined[-1] = (start, right)
                continue
        joined.append((left, right))
    return joined


_TURNED = lenient(r"(?:แต่)?ปรากฏว่า|บัดนี้[ก-๙ ]{0,12}(?:ล่วงเลย|พ้น|ครบ)")
_NOW = lenient(r"[ \n]*(?:[\d.)]+[ ]*)?(?:บัดนี้|(?:แต่)?ปรากฏว่า|จนถึงบัดนี้)")


def _background(flat: str, paragraphs: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for left, right in paragraphs:
        position = left
        while True:
            opened = _BACK_OPEN.search(flat, position, right)
            if opened is None:
                break
            # Only at the beginning of a sentence; ``ตามที่`` inside one is no background.
            lead = flat[max(left, opened.start() - 14) : opened.start()].strip()
            if (
                opened.start() > left + 3
                and lead
                and not re.search(r"(?:\d[.)]|เรื่องเดิม|ต้นเรื่อง|ด้วย)$", lead)
            ):
                position = opened.end()
                continue
            closed = None
            for closed in _BACK_CLOSE.finditer(flat, opened.end(), right):
                if re.match(
                    r"[ \n]*(?:$|บัดนี้|เนื่อง|จึง|ใน|เพื่อ|ขอ|กรม|จังหวัด|สำนัก|อำเภอ|ปรากฏ|เห็น|[ก-๙])",
                    flat[closed.end() : closed.end() + 14],
                ):
                    break
            if closed is None:
                # Without นั้น what was asked then ends where it is told what became of it.
                turned = _TURNED.search(flat, opened.end(), right)
                stop = turned.start() if turned is not None else None
                if stop is None and _NOW.match(flat, right):
                    stop = right
                if stop is None:
                    break
                found.append((opened.start(), stop))
                break
            found.append((opened.start(), closed.end()))
            position = closed.end()
    return found
