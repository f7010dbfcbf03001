"""The lines of a folded text, the units in which layout is recovered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tui_inbox.reading.labels import label_pattern, tolerant
from tui_inbox.reading.repair import Folded


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it: ``text == page.text[start:end]``, never empty.

    ``gap`` counts the blank lines above it; ``indent`` its leading cells; ``cut`` says that it
    stands on one printed line with its predecessor (labels that were glued together).
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int
    cut: bool = False


class Page:
    """A folded text and its non-blank lines."""

    __slots__ = ("folded", "lines", "text")

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.text = folded.text
        self.lines = list(_lines(self.text))


# Specks and frame lines leave stray marks before and behind a line.
_SPECKS_BEFORE = re.compile(
    r"(?:[,.:;'\"~|!_°©®«»]{1,3}[ ]+|[A-Za-z'|,.]{1,2}[ ]{3,}(?=[ก-ฮเแโใไ]{4}))+(?=\S)"
)
_SPECKS_BEHIND = re.compile(r"(?:[ ]+[,.:;'\"~|!_°«»])+$")
_SPECK = frozenset(",.:;'\"~|!_°«»")
_SPECK_ROW = re.compile(r"(?=.*[^\d\s-])[^ก-ฮ\n-]*$")
_WORD = re.compile(r"[ก-ฮ][ก-ฮะ-ฺเ-๎]*[ก-ฮ]|\d{3}|[A-Za-z]{5}|[.…_]{4}|[A-Za-z0-9]@|://")


_THAI_WORD = re.compile(r"[ก-ฮ][ะ-ฺเ-๎ก-ฮ]{2,}")
_SHORT_MONTH = re.compile(r"[ก-ฮ][ิี]?ม?[ ]?\.[ ]?[ก-ฮ]")
# The side block of a file copy: who drafted, typed, collated and checked it (regulation, copies).
_COPY_FORM = re.compile(r"(?:ร่าง|พิมพ์?|ทาน|ตรวจ)[ ]*[.…]{4,}")
_PAGE = re.compile(r"[-(/\[]|\d{1,2}[ ]+\d{1,2}[ ]+\d{1,2}$|\d+[.)]")


def _only_specks(body: str) -> bool:
    """A row of scattered marks, single letters and digits that stands for no print at all."""
    if _THAI_WORD.match(body):
        return False
    pieces = body.split()
    if _SPECK_ROW.match(body) is not None and all(len(piece) <= 2 for piece in pieces):
        return True
    # A row of tone marks that an engine set apart as a line: many short scraps, no word among them.
    if len(pieces) < 3 or _PAGE.match(body) is not None or _SHORT_MONTH.search(body):
        return False
    words = sum(1 for piece in pieces if len(piece) > 2 and _WORD.search(piece))
    scraps = sum(1 for piece in pieces if len(piece) <= 4)
    return words == 0 and scraps >= 0.7 * len(pieces) and not _THAI_WORD.search(body)


_ANY_LINE = re.compile(r"[^\n]+")

_POSTS = (
    "ผู้|นายก|นายอำเภอ|นายทะเบียน|อธิบดี|อธิการ|ปลัด|เลขา|หัวหน้า|คณบดี|ประธาน|กรรมการ|รัฐมนตรี"
    "|รอง|ท่าน|ผอ"
    "|เจ้า|กำนัน|คุณ|นาย|นาง|ทุก|สมาชิก|ท้องถิ่น|นักเรียน|คณะ|บริษัท|พนักงาน|ข้าราชการ|ศาสตรา"
    "|สำนัก|กรม"
)
_SUBJECT = tolerant("เรื่อง", alike=False)
_TO = tolerant("เรียน", alike=False)
_URGENT = rf"{tolerant('ด่วนที่สุด')}|{tolerant('ด่วนมาก')}|{tolerant('ด่วน', alike=False)}"
_LATE = label_pattern("อ้างถึง", "สิ่งที่ส่งมาด้วย")
_LATE_VALUE = (
    r"[ ]*(?:[:\d(]|หนังสือ|สำเนา|รายงาน|ตาราง|แผ่นพับ|ภาพ|บัญชี|คู่มือ|ร่าง|QR|มติ|สัญญา|ใบ"
    r"|บันทึก|ประกาศ|แบบ|คำสั่ง|โครงการ|กำหนดการ|รายละเอียด|ระเบียบ)"
)
# A printed line that holds two labels, cut before the second. Each is anchored at a line's start
# by something that only a head has: prose mentions all these words.
_MOST_PARTS = 40
# Before a pattern is tried: the length below which a line cannot hold both parts, the letters with
# which it can begin, and pieces of which it must have one.
_CUTS = tuple(
    (least, frozenset(firsts), needs, re.compile(pattern))
    for least, firsts, needs, pattern in (
        (6, "ดตค", (), rf"(?P<left>{_URGENT})[ ]*(?=(?:ที่?[ ]*)?[ก-ฮ]{{1,4}}[. (]*\d)"),
        (12, "ดตค", (), rf"(?P<left>(?:{_URGENT}))[ ]+(?={tolerant('บันทึกข้อความ')})"),
        (
            16,
            "0123456789ว",
            (),
            r"(?P<left>(?:วันที่[ ]*)?\d{1,2}[ ]+[ก-๙.]{3,14}[ ]+(?:พ\.ศ\.[ ]*)?\d{4})"
            rf"[ ]*(?={_SUBJECT})",
        ),
        (
            8,
            "",
            (),
            r"(?P<left>[^\n]{0,60}?\d|ที่?[ ]*[ก-ฮ]{1,4}[^\n]{8,160}?\d)"
            rf"(?={_SUBJECT}[ ]*[ก-๙])",
        ),
        (16, "เ", (), rf"(?P<left>{_SUBJECT}[^\n]{{6,}}?)(?=[ ]*{_TO}[ ]*(?:{_POSTS}))"),
        (
            20,
            "เอ",
            (),
            rf"(?P<left>(?:{_SUBJECT}|{_TO}|{tolerant('อ้างถึง')})[^\n]{{4,}}?[ก-๙.)\d])"
            rf"(?=[ ]*{_LATE}{_LATE_VALUE})",
        ),
        (
            20,
            "สล",
            (),
            rf"(?P<left>{tolerant('ส่วนราชการ')}[^\n]{{6,}}?)[ ]+"
            r"(?=ที่?[ ]+[ก-ฮ]{1,4}[ .]*\d{3})",
        ),
        (
            12,
            "ท",
            (),
            rf"(?P<left>{tolerant('ที่', alike=False)}[ ][^\n]{{3,}}?)[ ]+"
            rf"(?={tolerant('วันที่', alike=False)}[ ]*(?:\d|[.…]{{2}}))",
        ),
        (
            20,
            "ปคดต",
            (),
            rf"(?P<left>(?:ประกาศ|{tolerant('คำสั่ง')})[ก-๙ ]{{4,80}}?)(?={_SUBJECT}[ ]+[ก-๙])",
        ),
        (75, "", ("ณ",), r"(?P<left>[^\n]{60,}?)[ ]*(?=(?:ประกาศ|สั่ง|ให้ไว้)[ ]+ณ[ ]+วันที่?[ ]+\d)"),
        (20, "ปสใ", (), r"(?P<left>(?:ประกาศ|สั่ง|ให้ไว้)[ ]*ณ[^\n]{6,60}?\d{4})[ ]*(?=\()"),
        # A letter that lost all its line ends: cut where its parts begin.
        (
            70,
            "อสล",
            (),
            rf"(?P<left>{_LATE}[^\n]{{4,}}?(?:[ ]\d{{1,3}}[ ]+[ก-๙]{{2,6}}|25\d\d))[ ]+"
            r"(?=(?:ด้วย|ตามที่|เนื่อง|อนุสนธิ)[^\n]{40})",
        ),
        (75, "", (" จ",), rf"(?P<left>[^\n]{{60,}}?)[ ]+(?={tolerant('จึงเรียนมา')}[ ]?เพื่?อ)"),
        (
            36,
            "",
            (" ข", " ช", " ซ"),
            r"(?P<left>[^\n]{20,}?)[ ]+"
            rf"(?={tolerant('ขอแสดงความนับถือ')}(?:อย่างยิ่ง)?(?:[ (]|$))",
        ),
        (18, "ขชซ", (), rf"(?P<left>{tolerant('ขอแสดงความนับถือ')}(?:อย่างยิ่ง)?)[ ]*(?=\()"),
        (14, "(", (), r"(?P<left>\((?:นาย|นาง|ว่าที่|ดร)[^()\n]{4,50}\))[ ]*(?=[ก-๙]{4})"),
        (
            40,
            "",
            ("โทร",),
            rf"(?P<left>[ก-๙ ]{{4,60}}{tolerant('ปฏิบัติราชการแทน')}[ ]+[^ \n]+)[ ]+"
            r"(?=(?:สำนัก|สํานัก|กอง|กลุ่ม|ฝ่าย|ศูนย์)[^\n]*โทร)",
        ),
    )
)


def _lines(text: str) -> Iterator[Line]:
    gap = last = 0
    for match in _ANY_LINE.finditer(text):
        raw = match.group()
        gap += text.count("\n", last, match.start())
        last = match.end()
        body = raw.strip()
        if not body:
            continue
        if _only_specks(body) or _COPY_FORM.match(body):
            continue
        before = _SPECKS_BEFORE.match(body)
        start = match.start() + len(raw) - len(raw.lstrip())
        if before is not None:
            start += before.end()
            body = body[before.end() :]
        if body[-1] in _SPECK:
            body = _SPECKS_BEHIND.sub("", body)
        yield from _cut(start, body, max(gap - 1, 0), start - match.start())
        gap = 0


def _cut(start: int, body: str, gap: int, indent: int) -> Iterator[Line]:
    """One printed line, or the parts of it that are lines of their own."""
    cut = False
    for _ in range(_MOST_PARTS):
        parts = _parts(body)
        if parts is None:
            break
        left, right = parts
        yield Line(start, start + len(left), left, gap, indent, cut)
        start += len(body) - len(right)
        body, gap, indent, cut = right, 0, 0, True
    yield Line(start, start + len(body), body, gap, indent, cut)


def _parts(body: str) -> tuple[str, str] | None:
    """Where a second label begins on a line: what stands before it and the rest."""
    length = len(body)
    first = body[0]
    for least, firsts, needs, pattern in _CUTS:
        if (
            length < least
            or (firsts and first not in firsts)
            or (needs and not any(piece in body for piece in needs))
        ):
            continue
        match = pattern.match(body)
        if match is not None:
            left, right = match["left"].rstrip(), body[match.end() :].lstrip()
            if left and right:
                return left, right
    return None
