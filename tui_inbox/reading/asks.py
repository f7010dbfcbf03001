"""What is asked of the reader, and how strongly (สั่งการ, พิจารณา, เพื่อทราบ).

The closing phrase misleads: ``จึงเรียนมาเพื่อทราบ`` may follow a duty, ``เพื่อพิจารณา`` a plain invitation.
The ask stands in a sentence of its own (จึงขอให้…, ขอความร่วมมือ…, โปรด…); only where there is none
does the closing phrase decide.
"""

from __future__ import annotations

import re

from tui_inbox.letter import Action, Ask, Kind, Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.repair import Folded, printed

# A request to the reader. What only looks like one (ขอแจ้ง, ขอส่ง, ขอขอบคุณ) is not among them.
ASKING = lenient(
    r"ขอให้(?!สัมภาษณ์)|ขอได้โปรด|ขอความร่วมมือ|ขอความ(?:อนุเคราะห์|กรุณา|อนุญาต|เห็นชอบ|ช่วยเหลือ|สนับสนุน)|ขอเชิญ|ขอเรียนเชิญ|จึงเรียนเชิญ|ใคร่ขอ(?=ความ|เชิญ|ให้)|เรียนเชิญท่าน"
    r"|ขอรับการสนับสนุน|ขอรับการจัดสรร|ขอกำชับ|ขอเน้นย้ำ|ขอสนับสนุน|ขอยืม|ขออนุญาต(?!ิ)|ขออนุมัติ|ขอหารือ|ขอทราบ|ขอทบทวน|ขอตรวจสอบ|ขอใช้(?=สถาน|ห้อง|อาคาร|รถ)|ขอเสนอชื่อ(?=[^ ]{0,8}ท่าน)"
    r"|(?<!เพื่อ)(?<!ได้)โปรด(?!ทราบ|ปราน|พิจารณา[ \n]*$|เกล้า|เข้าใจ)(?=[ก-๙])|กรุณา(?!ธิคุณ|ทราบ)|จึงให้|กำชับให้|กําชับให้|กำชับ(?=เจ้าหน้าที่)|มอบหมายให้(?=ท่าน|หน่วยงาน)|ให้ท่าน|สั่งการให้"
    r"|แจ้งให้[^ ]{2,40}(?:ดำเนินการ|ดําเนินการ|ถือปฏิบัติ|เพื่อประชาสัมพันธ์|เพื่อถือ|เพื่อดำเนิน|เพื่อเตรียม)|ขอแจ้งให้|(?:จะ|จำ)?ต้อง(?=ส่ง|ยื่น|รายงาน|แจ้ง|ชำระ|จัดส่ง|ดำเนินการ|นำส่ง|ปฏิบัติ|มารายงาน|ลงทะเบียน)|ให้ถือปฏิบัติ|ให้(?:หน่วยงาน|ส่วนราชการ|ทุก)[^ ]{0,40}(?:ดำเนิน|รายงาน|ส่ง|ถือ|จัดทำ)"
)
_RULING = lenient(
    r"(?:^|(?<=[ \n\d.)]))(?:ให้|จัดทำ|จัดทํา|ดำเนินการ|ดําเนินการ|รายงาน|ตรวจสอบ|กำกับ|ติดตาม|เสนอ|ประสาน|ปฏิบัติ|ควบคุม|อำนวย|ศึกษา|วางแผน|สนับสนุน|รวบรวม|พิจารณา|สรุป)(?=[ก-๙])"
)
_APPLY = lenient(
    r"(?:ผู้(?:ที่)?(?:สนใจ|ประสงค์|มีสิทธิ|สมัคร|มีความ)[^\n]{0,60}?)?(?:ติดต่อขอรับ|ยื่นใบสมัคร|ยื่นคำขอ|ยื่นซอง|ยื่นข้อเสนอ|ยื่น(?=ด้วย|เอกสาร|แบบ|คำร้อง)|สมัคร(?:ได้|ด้วย|ทาง|ผ่าน|เข้า)|ลงทะเบียน(?:ได้|ผ่าน|ทาง|เข้า|เพื่อ)|ชำระ(?:ภาษี|ค่า|เงิน|หนี้)|มารายงานตัว|รายงานตัว|เสนอราคา|ต้อง(?=ปฏิบัติ|แจ้ง|ยื่น|ชำระ|ขอ|ขึ้น)|ให้ผู้[^ ]{2,30}(?:ยื่น|มา|ชำระ|ปฏิบัติ|แจ้ง|ส่ง|ไป)|ห้าม(?=มิให้|ผู้|บุคคล|ไม่ให้|[ก-๙]))"
)
_THEIRS = lenient(
    r"(?:แจ้ง(?:ว่า|ให้ทราบว่า|มาว่า)|ขอความร่วมมือจังหวัด(?=แจ้ง|ประชา)|มีหนังสือ[^\n]{0,80}(?:ขอ|แจ้ง)|ได้ขอให้|ได้ขอความ|ซึ่งขอให้|แล้ว(?:ขอ|โดยขอ)|ได้มีหนังสือ|ตามที่[^\n]{0,60}ขอ)"
)
_CLOSING = lenient(r"จึง(?:กราบ)?เ?รียนมา[ \n]*เพื่อ|จึงเรียนเสนอ|จึงเสนอมา|จึงแจ้งมา|จึงเรียน[^ ]{0,12}เพื่อ|จึงเรี.?[ ]?ยน[ ]?มา[ ]?เพื่อ|จึงเรยนมาเพือ|จึงเรียนมาเพือ")
_ACT_WORDS = lenient(
    r"ดำ?เนิน[ ]?การ|ดําเนินการ|ถือปฏิบัติ|ปฏิบัติ(?!งาน|ราชการ)|รายงาน(?=ผล|ให้|มา)|เข้าร่วม|ประชาสัมพันธ์|แจ้งให้|แจ้งเวียน|จัดส่ง|เข้าประชุม|ส่งผู้แทน|ตอบแบบ|ตอบรับ"
)
_CONSIDER_WORDS = lenient(r"พิจารณา|อนุมัติ|อนุญาต|เห็นชอบ|อนุเคราะห์|ลงนาม|วินิจฉัย|สั่งการ|เห็นสมควร|ข้อคิดเห็น")
# Requests that wait for somebody's decision before anything is done.
_DECIDE = lenient(
    r"ขออนุมัติ|ขออนุญาต|ขอยืม|ขอหารือ|ขอความเห็นชอบ|ขอความอนุญาต|ขอใช้|อนุมัติ|อนุญาตให้|เป็นวิทยากร|วิทยากร|ใช้(?:สถานที่|ห้อง|อาคาร|รถ|สนาม|พื้นที่)|ศึกษาดูงาน|เข้าเยี่ยมชม|ฝึกงาน|ฝึกประสบการณ์|สหกิจ"
    r"|บริจาค|ยืม(?=ตัว|ใช้|วัสดุ|รถ)|อนุมัติให้|ลงนาม|ขอรับการสนับสนุน|ขอรับการจัดสรร|ขอสนับสนุน|ให้ความเห็นชอบ|พิจารณาให้ความ|เก็บข้อมูลวิจัย|สนับสนุน(?:งบ|เงิน|รถ|เจ้าหน้าที่|กำลัง|วัสดุ)"
)
_NOT_ASKED = lenient(r"ขอให้(?:ท่าน)?(?:มีความสุข|ประสบ(?:แต่)?ความ|มีสุขภาพ|เจริญ)|ขอความ(?=สุข|เจริญ)")
_SKIP = lenient(r"หากมีข้อ(?:สงสัย|ขัดข้อง)|สอบถาม(?:ราย|ข้อมูล|ได้)|ขอขอบคุณ|ขอบคุณ|หวังเป็นอย่างยิ่ง|หวังว่า")


def find_asks(page: Folded, body: Body, kind: Kind) -> list[Ask]:
    """The sentences of the body that ask something of the reader, in order."""
    spans = [span for span in body.sentences if _asks(body, span, kind)]
    spans = _drop_relayed(body, spans)
    if not spans and kind not in (Kind.ANNOUNCEMENT, Kind.MINUTES, Kind.NEWS, Kind.STATEMENT):
        spans = [
            span
            for span in body.sentences
            if _CLOSING.search(body.flat, *span)
            and _weight(body.flat[slice(*span)]) is not Action.ACKNOWLEDGE
        ]
    return [_ask(page, body, span) for span in _merge(body, spans)]


def _asks(body: Body, span: Span, kind: Kind) -> bool:
    left, right = span
    text = body.flat[left:right]
    if _NOT_ASKED.search(text) or kind in (Kind.MINUTES, Kind.CERTIFICATE):
        return False
    if _SKIP.match(text.lstrip()) and not re.search(r"ขอให้|โปรดแจ้ง|โปรดส่ง", text):
        return False
    for match in ASKING.finditer(body.flat, left, right):
        if body.is_background(match.start()):
            continue
        if _CLOSING.search(body.flat, left, match.start()) and match.group() in ("โปรด", "กรุณา"):
            # เพื่อโปรด… of the closing phrase; a second โปรด behind it does ask.
            continue
        return True
    if kind in (Kind.ORDER, Kind.REGULATION, Kind.BYLAW):
        first = text.lstrip()
        return bool(re.match(r"(?:\d[\d.)]*[ ]*|ข้อ[ ]*\d+[ ]*)?(?:ทั้งนี้[ ]*)?", first)) and bool(
            _RULING.match(re.sub(r"^(?:\d[\d.)]*|ข้อ[ ]*\d+|\(\d+\))[ ]*", "", first))
            or re.search(r"ให้[ก-๙ ]{2,60}(?:จัดทำ|รายงาน|ดำเนินการ|ส่ง|เสนอ|ปฏิบัติ)", first)
        )
    if kind in (Kind.ANNOUNCEMENT, Kind.STATEMENT, Kind.NEWS):
        found = _APPLY.search(text)
        return found is not None and not re.search(r"จะ(?:ติด)?ประกาศ|ได้แก่", text[: found.start()])
    return False


def _drop_relayed(body: Body, spans: list[Span]) -> list[Span]:
    """What a third office asked of the sender is dropped where the sender asks for itself."""
    own = [
        span
        for span in spans
        if not (
            (told := _THEIRS.search(body.flat, body.paragraph_at(span[0])[0], span[1])) is not None
            and told.start() < _first_ask(body, span)
            and not re.match(r"[ก-๙]{0,30}จึง|ดังนั้น|ในการนี้|ฉะนั้น", body.flat[span[0] : span[1]].lstrip())
        )
    ]
    return own or spans


def _first_ask(body: Body, span: Span) -> int:
    match = ASKING.search(body.flat, *span)
    return match.start() if match is not None else span[0]


def _merge(body: Body, spans: list[Span]) -> list[Span]:
    return spans


def _ask(page: Folded, body: Body, span: Span) -> Ask:
    left, right = span
    text = body.flat[left:right]
    left += len(text) - len(text.lstrip())
    right -= len(text) - len(text.rstrip())
    start, end = page.span(left, right)
    return Ask(printed(body.flat[left:right]), (start, end))


def _weight(text: str) -> Action:
    if _ACT_WORDS.search(text):
        return Action.ACT
    if _CONSIDER_WORDS.search(text):
        return Action.CONSIDER
    return Action.ACKNOWLEDGE


def action_of(
    body: Body, asks: list[Ask], kind: Kind, deadlines: bool, events: bool
) -> tuple[Action, Span | None]:
    """What the reader must do, with the words (span in the body) that say so."""
    best = Action.ACKNOWLEDGE
    where: Span | None = None
    for span in body.sentences:
        text = body.flat[slice(*span)]
        closing = _CLOSING.search(text)
        asking = _asks(body, span, kind)
        if not asking and closing is None:
            continue
        if asking and asks and not any(printed(text) == one.text for one in asks):
            continue
        if closing is not None:
            weight = _weight(text[closing.end() :])
            if weight is Action.ACT and _DECIDE.search(text) and not asking:
                weight = Action.CONSIDER
        else:
            weight = Action.CONSIDER if _DECIDE.search(text) and not _firm(text) else Action.ACT
        if closing is not None and asking:
            own = Action.CONSIDER if _DECIDE.search(text) or not _ACT_WORDS.search(text) else Action.ACT
            weight = min(weight, own, key=list(Action).index)
        if list(Action).index(weight) < list(Action).index(best):
            best = weight
            match = ASKING.search(text) or closing
            at = span[0] + (match.start() if match else 0)
            where = (at, span[0] + (match.end() if match else len(text)))
    if best is Action.CONSIDER and events:
        best = Action.ACT
    return best, where


def _firm(text: str) -> bool:
    """A request to do, report or attend, whatever else it mentions."""
    return bool(
        re.search(
            r"ขอให้(?!พิจารณา|ความ)|ขอเชิญ(?![^ ]{0,30}เป็นวิทยากร)|เรียนเชิญ(?![^ ]{0,30}เป็นวิทยากร)|ขอความร่วมมือ|รายงานผล|ประชาสัมพันธ์|ถือปฏิบัติ|ตอบแบบสอบถาม", text
        )
    ) and not re.search(r"เป็นวิทยากร|เป็นผู้บรรยาย|เป็นประธาน", text)
