"""The head of a letter or memo: from its first line to the first line of its body.

The lines are walked once, in the order that the regulation prints them (secrecy, urgency, ที่ and
agency, date, เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย), with a field open at any time: a line either
begins the next field, continues the open one, or begins the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_inbox.letter import Kind, Span
from tui_inbox.reading import signs
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.page import Line
from tui_inbox.reading.receipts import cells_of, covered, find_stamps
from tui_inbox.reading.top import Head, belongs_on_top, memo_line, read_top, weak_date

_LABELS = (
    ("subject", signs.SUBJECT),
    ("reference", signs.REFERENCE),
    ("enclosure", signs.ENCLOSURE),
    ("to", signs.TO),
    ("to", signs.PROPOSE_TO),
    ("office", signs.OFFICE_LINE),
)
_THROUGH = re.compile(r"\(?[ ]*ผ่าน(?=[ ]|[ก-ฮ])[ :]*")
_ITEM = re.compile(r"(?:\d{1,2}|[ก-ฮ])[ ]?[.)](?:\d{1,2}[.)]?)*[ ]*\S|[-•]\s*\S|\d{1,2}[ ]{2,}\S")
_LONG = 75
_TABLE_HEAD = lenient(r"(?:ลำดับ(?:ที่)?|ที่)[ ]+(?:รายการ|เรื่อง|เอกสาร)")
_RULE = re.compile(r"[-_=.~*─━ ]{3,}$")
# Words of a sentence: a line with one of them is body text, never more of an address or a list.
_PROSE = lenient(
    r"จะ(?:จัด|ดำ|ได้|มี|ปรับ|เปิด|ประกอบ|ตรวจ)|ได้(?:รับ|มี|จัด|กำหนด|ดำ|แจ้ง|เห็น|ให้|พิจารณา"
    r"|รวบรวม|ปรับ|ออก)|กำหนด(?:จัด|ให้)|ขอ(?:ให้|ความ|เชิญ|ส่ง|แจ้ง|เรียน)|จึง"
    r"|ร่วมกับ|มีหนังสือ|เตรียมจัด|ให้บริการ|พบว่า|มีบัญชา|เห็นควร|เห็นชอบ|ประชุมเมื่อ|มีความ|ประสงค์|พิจารณาแล้ว|เพื่อให้|แจ้งว่า"
    r"|ซึ่ง|เนื่อง|คณะรัฐมนตรี(?=ใน|ได้|มี)|ส่งคำ|เป็นต้นไป"
)
_PROSE_START = lenient(r"ด้วย|ตามที่|เนื่อง|อนุสนธิ|สืบเนื่อง")
_ENDORSES = lenient(r"(?:-[ ]*)?(?:เพื่อโปรด|เห็นควร|มอบ|ทราบ|เพื่อทราบ|เพื่อพิจารณา|ดำเนินการ)")


def label_at(line: Line, stamped: bool) -> tuple[str, int] | None:
    """The field that a line begins and the offset of its value in the line."""
    for name, pattern in _LABELS:
        match = pattern.match(line.text)
        if match is not None:
            return name, match.end()
    if stamped:
        match = signs.STAMPED_TO.match(line.text)
        if match is not None:
            return "to", match.end()
    return None


def read_head(text: str, lines: Sequence[Line], kind: Kind) -> Head:
    """Walk the lines of a letter's or memo's block, from its first; ``text`` is the page's."""
    stamped = kind is Kind.STAMPED_LETTER
    memo = kind is Kind.INTERNAL_MEMO
    head = Head(kind)
    top = _top_end(lines, stamped)
    head.cells = cells_of(lines[:top])
    head.stamps = find_stamps(head.cells, labelled_only=memo)
    spaced = _double_spaced(lines)
    state = ""
    waiting: list[str] = []
    for index, line in enumerate(lines):
        label = label_at(line, stamped)
        if (
            label is not None
            and label[0] == "to"
            and state == ""
            and not stamped
            and _is_endorsement(lines, index)
        ):
            label = None
        if not state and label is None:
            if index >= top and (signs.BODY_OPEN.match(line.text) or signs.is_closing(line)):
                head.body = index
                break
            read_top(head, text, lines, index, memo)
            continue
        if (
            label is not None
            and label[0] == "to"
            and state == "to"
            and head.fields.get("to")
            and _endorsed(lines, index)
        ):
            state = "endorsement"
            continue
        if state == "endorsement" and label is None:
            if line.gap == 0 and not signs.BODY_OPEN.match(line.text):
                continue
            state = "to"
        if label is not None and not (state and _is_prose(line, label, state, head)):
            state, at = label
            rest = line.text[at:]
            if rest.strip() and not _RULE.fullmatch(rest):
                _add(head, state, line, at)
                waiting = []
            else:
                head.fields.setdefault(state, [])
                waiting.append(state)
            continue
        if state == "enclosure" and _TABLE_HEAD.match(line.text):
            continue
        if memo and memo_line(head, line):
            continue
        if waiting and signs.DATE_LABEL.fullmatch(line.text):
            continue
        if (
            len(waiting) > 1
            and belongs_on_top(head, line)
            # A memo's agency is the value of ส่วนราชการ, the first of its labels.
            and not (waiting[0] == "office" and signs.AGENCY.match(line.text))
        ):
            # All labels stand before all values: number, agency and date come first among these.
            head.cells += cells_of([line], index)
            read_top(head, text, lines, index, memo)
            continue
        if len(waiting) > 1 and not _PROSE_START.match(line.text):
            state = _give(head, waiting, line, True)
            continue
        if waiting and not _PROSE_START.match(line.text):
            state = _give(head, waiting, line, len(waiting) > 1)
            continue
        classes = signs.classes_of(line)
        if classes is not None:
            head.classes.append(classes)
            continue
        through = _THROUGH.match(line.text)
        if through is not None and state == "to":
            head.through.append((line.start, line.end))
            continue
        if state == "to" and head.fields.get("to") == [] and not waiting:
            waiting = ["to"]
        if _continues(head, lines, index, state, spaced):
            _add(head, state, line, 0)
            continue
        if _stray(line, memo, head):
            continue
        if _labels_ahead(head, lines, index, stamped):
            # Labels still to come: the line is a value's wrapped rest or a scrap between them.
            if not signs.is_junk(line) and line.gap == 0 and state != "endorsement":
                _add(head, state, line, 0)
            continue
        head.body = index
        break
    else:
        head.body = len(lines)
    if not head.dates:
        weak_date(head)
    return head


def _add(head: Head, name: str, line: Line, at: int) -> None:
    text = line.text[at:]
    lead = len(text) - len(text.lstrip())
    if text.strip():
        head.fields.setdefault(name, []).append((line.start + at + lead, line.end))


def _give(head: Head, waiting: list[str], line: Line, several: bool) -> str:
    """A value below its label. Where all labels stand before all values, each takes its turn."""
    name = waiting[0]
    _add(head, name, line, 0)
    if several and name != "enclosure" and not line.text.endswith((",", "และ")):
        waiting.pop(0)
    elif not several:
        waiting.clear()
    return name


def _top_end(lines: Sequence[Line], stamped: bool) -> int:
    """The index of the line on which the labelled fields begin."""
    for index, line in enumerate(lines[:40]):
        label = label_at(line, stamped)
        if label is not None and label[0] in ("subject", "reference", "enclosure"):
            return index
        if label is not None and label[0] == "to" and not _is_endorsement(lines, index):
            return index
    for index, line in enumerate(lines[:40]):
        if signs.BODY_OPEN.match(line.text) and len(line.text) > 30:
            return index
    return min(len(lines), 14)


def _is_endorsement(lines: Sequence[Line], index: int) -> bool:
    """Whether เรียน above the head proper is written on the letter by the staff of an office."""
    here = lines[index].text
    if re.search(r"เพื่อ(?:โปรด|ทราบ|พิจารณา)|เห็นควร|มอบ", here):
        return True
    below = lines[index + 1 : index + 5]
    return any(re.match(r"-?[ ]*(?:เพื่อโปรด|เห็นควร|มอบ)", line.text) for line in below) and any(
        signs.SUBJECT.match(line.text) or signs.number_in(line)
        for line in lines[index + 1 : index + 14]
    )


def _endorsed(lines: Sequence[Line], index: int) -> bool:
    """Whether a second เรียน is a note of the receiving office, with what it proposes below."""
    return any(_ENDORSES.match(line.text) for line in lines[index + 1 : index + 4]) or bool(
        re.search(r"เพื่อ(?:โปรด|ทราบ|พิจารณา)|เห็นควร", lines[index].text)
    )


def _double_spaced(lines: Sequence[Line]) -> bool:
    """Whether blank lines part every two lines, so that they part no paragraphs."""
    if len(lines) < 8:
        return False
    return sum(1 for line in lines if line.gap) > 0.85 * len(lines)


def _is_prose(line: Line, label: tuple[str, int], state: str, head: Head) -> bool:
    """A label's word that only begins a sentence or a wrapped line inside the open field."""
    name, at = label
    rest = line.text[at:]
    if name == state and name in ("subject", "to") and head.fields.get(name):
        return name == "subject" or len(line.text) > 120
    if name == "subject" and state in ("enclosure", "reference"):
        return bool(head.fields.get("subject"))
    return name == "to" and bool(re.match(r"[ ]*มา(?:เพื่อ|ด้วย)", rest))


def _labels_ahead(head: Head, lines: Sequence[Line], index: int, stamped: bool) -> bool:
    """Whether a label that the head still lacks stands within the next few lines."""
    if signs.BODY_OPEN.match(lines[index].text) or signs.BODY_HEAD.match(lines[index].text):
        return False
    for line in lines[index + 1 : index + 4]:
        if signs.is_closing(line) or signs.BODY_OPEN.match(line.text) or len(line.text) > 160:
            return False
        label = label_at(line, stamped)
        if (
            label is not None
            and label[0] in ("subject", "to", "enclosure")
            and not head.fields.get(label[0])
        ):
            return len(line.text) > label[1]
    return False


_LIST_POST = re.compile(
    r"(?:และ|หรือ|,|\d+[.)]|-|ทุก|ผู้|นาย|ปลัด|อธิบดี|เลขา|หัวหน้า|คณบดี|ประธาน|รัฐมนตรี|รอง|ผอ"
    r"|ท้องถิ่น|อธิการ|กำนัน|สมาชิก|ครู|เจ้า"
    r"|แพทย์|เกษตร|พัฒนา|ศึกษา|สาธารณสุข|ประมง|ปศุสัตว์|สรรพ|คลัง|โยธา|\(|ใน|ตาม|สังกัด|ของ|กรม"
    r"|สำนัก|องค์|เทศบาล|จังหวัด|อำเภอ|โรงเรียน|บริษัท|คณะ)"
)


def _continues(head: Head, lines: Sequence[Line], index: int, state: str, spaced: bool) -> bool:
    """Whether a line without a label belongs to the open field."""
    line = lines[index]
    values = head.fields.get(state, [])
    if not state or signs.is_closing(line) or signs.person_name(line) is not None:
        return False
    if signs.BODY_HEAD.match(line.text) or _RULE.fullmatch(line.text):
        return False
    if signs.number_in(line) is not None and not values:
        return False
    item = _ITEM.match(line.text) is not None
    opens = signs.BODY_OPEN.match(line.text) is not None
    gap = line.gap > 0 and not spaced
    unfinished = _unfinished(lines[index - 1].text)
    if opens and not unfinished and not (item and state in ("reference", "enclosure")):
        # ``และ…`` and ``ตามที่…`` may wrap inside a subject, but then without a gap or indent.
        wrapped = (
            state == "subject"
            and not gap
            and line.indent >= lines[index - 1].indent
            and len(line.text) < 45
            and not re.match(r"ด้วย|ตามที่|เนื่อง|อนุสนธิ|จึง|พร้อมนี้|[ก-๙]{4,40}ขอ", line.text)
            and _next_is_label(lines, index)
        )
        if not wrapped:
            return False
    match state:
        case "enclosure" | "reference":
            if (
                _PROSE.search(line.text)
                and not unfinished
                and not (item and _QUANTIFIED.search(line.text))
            ):
                return False
            if (
                item
                and line.gap
                and values
                and _first_item(line)
                and not _ITEM.match(_value_text(lines, values[0]))
            ):
                return False
            if item:
                return not signs.BODY_OPEN.match(_ITEM_MARK.sub("", line.text, count=1))
            if gap:
                return bool(re.match(r"\(|จำนวน", line.text)) and len(line.text) < 60
            return len(line.text) < 110 and (
                line.indent > 4
                or _more_of_list(lines, index)
                or bool(re.search(r"จำนวน[ ]*\d|ลงวันที่|ฉบับ$|ชุด$|แผ่น$", line.text))
                or unfinished
                or len(line.text) < _LONG
            )
        case "to":
            if _PROSE.search(line.text) or (gap and not (item and values)):
                return False
            if (
                item
                and gap
                and _first_item(line)
                and not _ITEM.match(_value_text(lines, values[0]))
            ):
                # Numbered paragraphs behind an addressee who is not numbered: the body.
                return False
            wrapped = (
                len(lines[index - 1].text) > 55 and len(line.text) < 40 and not gap and not opens
            )
            return (
                item
                or unfinished
                or wrapped
                or (bool(_LIST_POST.match(line.text)) and len(line.text) < 200)
            )
        case "subject" | "office":
            return not gap and len(line.text) < 160 and (state == "subject" or _memo_office(line))
        case _:
            return False


def _first_item(line: Line) -> bool:
    return re.match(r"\(?1[ ]?[.)]", line.text) is not None


def _value_text(lines: Sequence[Line], span: Span) -> str:
    """The text of a field's first line, from where its value begins."""
    line = next(one for one in lines if one.start <= span[0] < one.end)
    return line.text[span[0] - line.start :]


_ITEM_MARK = re.compile(r"(?:\d{1,2}|[ก-ฮ])[ ]?[.)][ ]*")
_QUANTIFIED = lenient(r"จำนวน[ ]*\d|ลงวันที่")


def _memo_office(line: Line) -> bool:
    named = signs.PHONE.search(line.text) or signs.AGENCY.match(line.text)
    return bool(named) and not signs.number_in(line)


def _next_is_label(lines: Sequence[Line], index: int) -> bool:
    return index + 1 < len(lines) and label_at(lines[index + 1], False) is not None


def _more_of_list(lines: Sequence[Line], index: int) -> bool:
    """Whether a later line, before any blank one, is still an item of the list."""
    for line in lines[index : index + 6]:
        if line.gap:
            return False
        if _ITEM.match(line.text) and re.search(r"จำนวน|ลงวันที่", line.text):
            return True
    return False


def _unfinished(text: str) -> bool:
    return text.endswith((",", "และ", "หรือ", "ที่", "ของ", "-", "/", "ลงวันที่", "จำนวน", "(")) or (
        text.count("(") > text.count(")")
    )


def _stray(line: Line, memo: bool, head: Head) -> bool:
    """A line of the head that is neither field nor body: a rule, a page mark, a stamp's rest."""
    if _RULE.fullmatch(line.text) or signs.PAGE_TURN.fullmatch(line.text):
        return True
    if covered(line.start, line.end, head.stamps):
        return True
    if len(line.text) < 60 and re.match(r"(?:เลข(?:ที่)?รับ|รับที่|เวลา)[ .:]*[\d.…]", line.text):
        return True
    return signs.is_junk(line) and not memo
