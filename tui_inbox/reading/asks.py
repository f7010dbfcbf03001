"""What is asked of the reader, and how strongly (สั่งการ, พิจารณา, เพื่อทราบ).

The closing phrase misleads: ``จึงเรียนมาเพื่อทราบ`` may follow a duty, ``เพื่อพิจารณา`` a plain
invitation. The ask stands in a sentence of its own (จึงขอให้…, ขอความร่วมมือ…, โปรด…); only where
there is none does the closing phrase decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_inbox.letter import Action, Ask, Kind, Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.relayed import party_asks
from tui_inbox.reading.repair import Folded

# A request to the reader. What only looks like one (ขอแจ้ง, ขอส่ง, ขอขอบคุณ) is not among them.
# Each begins with a letter, which a search finds fast; what must not stand before it is asked then.
REQUESTING = (
    r"ขอให(?<!คำขอให)(?<!คาขอให)(?<![ \n]การขอให)้(?!สัมภาษณ์|ศาล)|ขอได้โปรด|ขอความร่วมมือ"
    r"|ขอความ(?:อนุเคราะห์|กรุณา|อนุญาต|เห็นชอบ|ช่วยเหลือ|สนับสนุน)|ขอเชิญ|ขอเรียนเชิญ|จึง(?:กราบ)?เรียนเชิญ|ขอกราบเรียนเชิญ|ใคร่ขอ(?=ความ"
    r"|เชิญ|ให้|รับ|เรียน)|เรียนเชิญท่าน"
    r"|ขอรับ(?<!ประสงค์ขอรับ)(?<!ประสงค์จะขอรับ)(?<!เสนอขอรับ)การ(?:สนับสนุน|จัดสรร)|ขอกำชับ|ขอเน้นย้ำ|ขอสนับสนุน|ขอยืม|ขออนุญาต|ขออนุมัติ"
    r"|ขอนิมนต์|ขอหารือ|ขอทราบ|ขอทบทวน|ขอตรวจสอบ|ขอใช้(?=สถาน|ห้อง|อาคาร|รถ)|ขอเสนอชื่อ(?=[^ ]{0,8}ท่าน)"
    r"|โปร(?<!เพื่อโปร)(?<!เพือโปร)(?<!ได้โปร)ด(?!ทราบ|ปราน|พิจารณา[ \n]*$|เกล้า|เข้าใจ|สัตว์)(?=[ก-๙])"
    r"|กรุณา(?!ธิคุณ|ทราบ)|กำชับให้|กำชับ(?=เจ้าหน้าที่)|สั่งการให้"
    r"|แจ้งให้[^ ]{2,40}(?:ดำเนินการ|ถือปฏิบัติ|เพื่อประชาสัมพันธ์|เพื่อถือ|เพื่อดำเนิน"
    r"|เพื่อเตรียม)|ขอแจ้งให้(?!ทราบ)|ขอเตือนให้|จึง(?:ออก)?ประกาศให้(?!ทราบ|เป็น|ใช้|มีผล|ไว้)|คำสั่งให้ท่าน|จึงเชิญ|ให้ถือปฏิบัติ|จึงกำหนดให้"
    r"|จึงให้(?!ความ|เกียรติ)"
)
_VERB = (
    "(?:ส่ง|จัดส่ง|สั่งการ|แจ้ง|รายงาน|ยืนยัน|แนบ|ดำเนิน|จัดทำ|จัดเตรียม|จัดให้|ตรวจ|รวบรวม"
    "|ประสาน|แก้ไข|ปฏิบัติ|ถือ(?!ว่า)|บันทึก|กรอก|เสนอ|นำ|ติดต่อ|ชี้แจง|สำรวจ|เร่ง|เตรียม|ใช้"
    "|งด|ระวัง|ระมัดระวัง"
    "|ติดตาม|กำกับ|ปรับ|ทบทวน|จัดเก็บ|เก็บ|ลงทะเบียน|ลงชื่อ|เข้าร่วม|เข้าประชุม|มารับ|มาพบ|ไปพบ"
    "|ไปรับ|สอบสวน|พิจารณา|คัดเลือก|เพิ่ม|ลด|ตั้ง|แต่งตั้ง|มอบ|สรุป|อำนวย|ประชาสัมพันธ์|เผยแพร่"
    "|ควบคุม|ป้องกัน|เฝ้า|ชำระ|ยื่น|หยุด|ปิด|เปิด)"
)
_WHOM = (
    "(?:ท่าน|จังหวัด|อำเภอ|ทุก|หน่วยงาน|หน่วย|ส่วนราชการ|โรงเรียน|สถานศึกษา|สำนักงาน|สำนัก|กอง"
    "|กำนัน|ผู้ใหญ่บ้าน|องค์กร|องค์การ|เทศบาล|เกษตร|ข้าราชการ|เจ้าหน้าที่|บุคลากร|พนักงาน"
    "|ผู้ที่|ผู้เข้า|ผู้แทน|คณะ(?!กรรมการ)|มหาวิทยาลัย|วิทยาลัย|อปท|นายอำเภอ|ท้องถิ่น)"
)
# Orders inside a letter: ให้ (whom) do; only where no law and no other party governs them.
_CONDITIONS = ("หาก", "กรณี", "ถ้า", "ผู้มี", "ผู้ที่", "ผู้ใด")
_THEN = rf"[^\n]{{3,70}}?(?:(?<!เพื่อ)(?<!กำหนด)ให้{_VERB}|[ ]ให้(?!ถือ|เป็น|แก่|กับ|ความ|มี|การ|เกิด))"
_MUST = r"ต้อง(?=ส่ง|ยื่น|รายงาน|แจ้ง|ชำระ|จัดส่ง|ดำเนินการ|นำส่ง|มารายงาน|ลงทะเบียน)"
_ORDERING = (
    rf"ใ(?:(?<=[ \n]ใ)|(?<=จึงใ)|(?<=และใ)|(?<=แล้วใ)|(?<=โดยใ)|(?<=โดยเพื่อใ)|(?<=เพื่อใ)|(?<=เพือใ)"
    rf"|(?<=\(ใ))ห้(?:{_WHOM}[^ \n]{{0,40}}?)?[ ]?{_VERB}|"
    + "|".join(rf"{word[0]}(?<=[ \n]{word[0]}){word[1:]}{_THEN}" for word in _CONDITIONS)
    + "".join(
        rf"|{word[0]}(?<!จำเป็น{word[0]})(?<!จาเป็น{word[0]})(?<!ไม่{word[0]})(?<!ไม{word[0]}){word[1:]}"
        for word in (_MUST, f"จะ{_MUST}")
    )
)
ASKING = lenient(f"{REQUESTING}|{_ORDERING}")
#: In a memo the proposal (เห็นควร …) is what the superior is asked to approve.
_PROPOSING = r"เ(?<!ความเ)(?<!ที่เ)(?<!ทีเ)(?<!ผู้เ)ห็น(?:ควร|สมควร)(?=[ ]?[ก-๙])(?!เป็นประการ)"
MEMO_ASKING = lenient(f"{REQUESTING}|{_ORDERING}|{_PROPOSING}")
PROPOSED = lenient(_PROPOSING)
_REQUEST = lenient(REQUESTING)
_GOVERNED = lenient(
    r"มาตรา[ ]?\d|พระราชบัญญัติ[^\n]{0,60}(?:บัญญัติ|กำหนด)|บัญญัติ(?:ว่า|ให้)"
    r"|ข้อ[ ]?\d+[^\n]{0,20}(?:กำหนด|ระบุ)(?:ว่า|ให้|ไว้)|ระเบียบ[^\n]{0,90}(?:กำหนด"
    r"|ระบุ)(?:ว่า|ให้|ไว้)|ผู้ประกอบการ|ผู้รับจ้าง|คู่สัญญา|ผู้ขาย|กฎหมายกำหนด|ตาม(?:คำสั่ง"
    r"|หนังสือ|บันทึก)[^\n]{0,40}อ้างถึง|คณะกรรมการ[^ \n]{2,60}(?:กำหนด|และให้)"
    r"|ศูนย์[^ \n]{2,40}กำหนด"
)
_LEADS_LIST = lenient(r"(?:ดังนี้|ดังต่อไปนี้|ต่อไปนี้|ดังนี)[ :]*$")
_ADDS = lenient(
    r"แจ้ง(?!ว่า)|ถือปฏิบัติ|ประชาสัมพันธ์|กำชับ|ลงนาม|อนุมัติ|อนุญาต|เห็นชอบ|รายงาน|เข้าร่วม"
    r"|จัดส่ง|มอบ(?=หมาย|ให้)|เวียน|เผยแพร่|ไปตาม|ดำเนินการ(?=ตาม|ใน|ต่อ)|สั่งการ"
    r"|โปรด(?=[^ ]{0,6}(?:แจ้ง|ส่ง))"
)
_RULING = lenient(
    r"(?:^|(?<=[ \n\d.)]))(?:ให้|จัดทำ|จัดทํา|ดำเนินการ|ดําเนินการ|รายงาน|ตรวจสอบ|กำกับ|ติดตาม"
    r"|เสนอ|ประสาน|ปฏิบัติ|ควบคุม|อำนวย|ศึกษา|วางแผน|สนับสนุน|รวบรวม|พิจารณา|สรุป)(?=[ก-๙])"
)
_APPLY = lenient(
    r"(?:ผู้(?:ที่)?(?:สนใจ|ประสงค์|มีสิทธิ|สมัคร|มีความ)[^\n]{0,60}?)?(?:ติดต่อขอรับ"
    r"|ยื่นใบสมัคร|ยื่นคำขอ|ยื่นซอง|ยื่นข้อเสนอ|ยื่น(?=ด้วย|เอกสาร|แบบ|คำร้อง)|(?<!รับ)สมัคร(?:ได้|ด้วย"
    r"|ทาง|ผ่าน|เข้า)|ลงทะเบียน(?:ได้|ผ่าน|ทาง|เข้า|เพื่อ|ล่วงหน้า)|(?:ต้อง|ให้[^ ]{0,20})ชำระ(?:ภาษี"
    r"|ค่า|เงิน|หนี้)|มารายงานตัว|รายงานตัว|เสนอราคา|ต้อง(?=ปฏิบัติ|แจ้ง|ยื่น|ชำระ|ขอ|ขึ้น)"
    r"|ให้(?:ผู้|เจ้าของ|นายจ้าง|ประชาชน)[^ ]{0,30}(?:ยื่น|มา|ชำระ|ปฏิบัติ|แจ้ง|ส่ง|ไป|เข้า)|ห้าม(?=มิให้|ผู้|บุคคล"
    r"|ไม่ให้"
    r"|[ก-๙]))"
)
_THEIRS = lenient(
    r"(?:ได้รับแจ้งจาก[^\n]{0,90}?ว่า|ได้รับ(?:การประสาน|หนังสือ|รายงาน)จาก[^\n]{0,90}?(?:ว่า|ขอ)"
    r"|แจ้ง(?:ว่า|ให้ทราบว่า|มาว่า)|ขอความร่วมมือจังหวัด(?=แจ้ง|ประชา)"
    r"|มีหนังสือ[^\n]{0,80}(?:ขอ|แจ้ง)|ได้ขอให้|ได้ขอความ|ซึ่งขอให้|แล้ว(?:ขอ|โดยขอ)"
    r"|ได้มีหนังสือ|ตามที่[^\n]{0,60}ขอ)"
)
#: The phrase that closes a letter's body, and may ask by itself.
CLOSING = lenient(
    r"จึง(?:กราบ)?(?:เ?รียน|นมัสการ)มา[ \n]*เพื่อ|จึงเรียนเสนอ|จึงเสนอมา|จึงแจ้งมา|จึงเรียน[^ ]{0,12}เพื่อ"
    r"|จึงเรี.?[ ]?ยน[ ]?มา[ ]?เพื่อ|จึงเรยนมาเพือ|จึงเรียนมาเพือ"
)
_PASSES_ON = lenient(r"และ(?:โปรด|ขอได้โปรด|กรุณา)?แจ้ง(?!ให้ทราบ)[ก-๙ ]{2,60}ทราบ")
_ACT_WORDS = lenient(
    r"ดำ?เนิน[ ]?การ|ดําเนินการ|ถือปฏิบัติ|ปฏิบัติ(?!งาน|ราชการ)|รายงาน(?=ผล|ให้|มา)|เข้าร่วม"
    r"|ประชาสัมพันธ์|แจ้งให้|แจ้งเวียน|จัดส่ง|เข้าประชุม|ส่งผู้แทน|ตอบแบบ|ตอบรับ"
)
_CONSIDER_WORDS = lenient(r"พิจารณา|อนุมัติ|อนุญาต|เห็นชอบ|อนุเคราะห์|ลงนาม|วินิจฉัย|สั่งการ|เห็นสมควร|ข้อคิดเห็น")
# Requests that wait for somebody's decision before anything is done.
_DECIDE = lenient(
    r"เห็นควร|เห็นสมควร|ขอความ(?:อนุเคราะห์|กรุณา|ช่วยเหลือ)[ ]?(?:สนับสนุน)?(?:รถ|สถานที่|ห้อง|อาคาร|เจ้าหน้าที่"
    r"|บุคลากร|วิทยากร|ตำรวจ|แพทย์|พยาบาล|นักศึกษา|วัสดุ|อุปกรณ์|ครุภัณฑ์|เครื่อง|งบ|เงิน|ทุน|กำลัง|เต็นท์|เก้าอี้|เรือ)"
    r"(?![^\n]{0,60}เข้าร่วม(?:ประชุม|อบรม|การอบรม))|ขออนุมัติ|ขออนุญาต|ขอยืม|ขอหารือ|ขอความเห็นชอบ|ขอความอนุญาต|ขอใช้|อนุมัติ|อนุญาตให้"
    r"|เป็นวิทยากร|วิทยากร|ใช้(?:สถานที่|ห้อง|อาคาร|รถ|สนาม|พื้นที่)|ศึกษาดูงาน|เข้าเยี่ยม(?:ชม|คารวะ)"
    r"|เข้าพบ(?=ท่าน|ตาม|[ ]|ใน|$)"
    r"|ฝึกงาน|ฝึกประสบการณ์|สหกิจ"
    r"|บริจาค|ยืม(?=ตัว|ใช้|วัสดุ|รถ)|อนุมัติให้|ลงนาม|ขอรับการสนับสนุน|ขอรับการจัดสรร"
    r"|ขอสนับสนุน|ให้ความเห็นชอบ|พิจารณาให้ความ|เก็บข้อมูลวิจัย|ขอทราบผล"
    r"|แจ้งผล(?:การพิจารณา)?(?:ให้[^ ]{2,20})?ทราบ|ขอรับการพิจารณา|สนับสนุน(?:งบ|เงิน|รถ"
    r"|เจ้าหน้าที่|กำลัง|วัสดุ)"
)
_NOT_ASKED = lenient(r"ขอให้(?:ท่าน)?(?:มีความสุข|ประสบ(?:แต่)?ความ|มีสุขภาพ|เจริญ)|ขอความ(?=สุข|เจริญ)")
_SKIP = lenient(
    r"หากมีข้อ(?:สงสัย|ขัดข้อง)|สอบถาม(?:ราย|ข้อมูล|ได้)|ขอขอบคุณ|ขอบคุณ|หวังเป็นอย่างยิ่ง"
    r"|หวังว่า"
)


def asking_sentences(body: Body, kind: Kind, told: Sequence[Span] = ()) -> list[Span]:
    """The spans of the sentences that ask; the items of a list of duties count one by one.

    ``told`` are the stretches in which a third office asks the sender.
    """
    duties = duty_items(body)
    leads = {lead for lead, _ in duties}
    items = [item for _, item in duties]
    spans = [
        span
        for span in body.sentences
        if span not in leads
        and not any(left <= span[0] < right for left, right in items)
        and _asks(body, span, kind)
    ]
    spans = _drop_relayed(body, sorted([*spans, *items]), told)
    closings = [
        span
        for span in body.sentences
        if span not in spans
        and CLOSING.search(body.flat, *span)
        and (
            _adds(body, span)
            if spans or _PASSES_ON.search(body.flat, *span)
            else _weight(body.flat[slice(*span)]) is not Action.ACKNOWLEDGE
        )
    ]
    if kind in (Kind.ANNOUNCEMENT, Kind.MINUTES, Kind.NEWS, Kind.STATEMENT, Kind.CERTIFICATE):
        closings = []
    return sorted([*spans, *closings])


def requests(body: Body, span: Span) -> bool:
    """Whether a sentence holds a plain request (ขอให้, โปรด …), not only an order in passing."""
    return _REQUEST.search(body.flat, *span) is not None


_TELLS = lenient(rf"(?:และ|แล้ว|โดย|พร้อม|ทั้งนี้|หรือ)?[ ]?(?:ให้[^\n]{{0,40}})?{_VERB}")
_EXTENDS = lenient(r"ขยาย|เลื่อน")


def tells_to(text: str) -> bool:
    """Whether a sentence that sets a time opens with what is to be done by then."""
    first = _LIST_MARK.sub("", text.strip(), count=1)
    return _TELLS.match(first) is not None and _EXTENDS.search(text) is None


def _adds(body: Body, span: Span) -> bool:
    """Whether a closing phrase asks more than that the letter be noted or considered."""
    match = CLOSING.search(body.flat, *span)
    return match is not None and _ADDS.search(body.flat, match.end(), span[1]) is not None


def duty_items(body: Body, *, dates: bool = False) -> list[tuple[Span, Span]]:
    """Pairs of a request that ends with ดังนี้ and an item of the list under it.

    ``dates``: lists of terms count too (รายไตรมาส ดังนี้), which ask nothing by themselves.
    """
    pairs: list[tuple[Span, Span]] = []
    for number, (left, right) in enumerate(body.paragraphs):
        text = body.flat[left:right].rstrip()
        if _LEADS_LIST.search(text) is None:
            continue
        lead = body.sentence_at(left + len(text) - 1)
        asked = body.request_before(lead[1], lead[0])
        following = body.paragraphs[number + 1 : number + 2]
        # «จึงขอแจ้ง … ดังต่อไปนี้ (ก) เทศบาล ให้ส่ง …»: the first item shows that all are duties.
        ordered = any(
            LIST_ITEM.match(body.flat, *item)
            and any(body.flat.startswith("ให้", start) for start, _ in body.requests_in(item))
            for item in following
        )
        if asked is None and ordered:
            asked = lead
        if asked is None or body.is_background(asked[0]):
            continue
        if (
            not dates
            and _REQUEST.search(body.flat, *lead)
            and "เชิญ" in body.flat[asked[0] : asked[1]]
        ):
            continue
        if not dates and not ordered and _DATES_LIST.search(body.flat, *lead):
            continue
        for item in body.paragraphs[number + 1 :]:
            if not (
                LIST_ITEM.match(body.flat, *item) or (dates and _TERM_ITEM.match(body.flat, *item))
            ) or CLOSING.search(body.flat, *item):
                break
            if not dates and _CONSEQUENCE.match(body.flat, *item):
                continue
            pairs.append((lead, item))
    return pairs


LIST_ITEM = lenient(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}\.\d{1,2}(?=[ ])|\((?:\d{1,2}|[ก-ฮ])\)|[-•*]"
    r"|[ก-ฮ][.)])[ ]*\S"
)
# An item that says what befalls who fails asks nothing.
_CONSEQUENCE = lenient(r"[ ]*(?:[\d.]+[.)]?)[ ]*ผู้[^ \n]{2,60}จะ(?:ถูก|พิจารณา|ต้องรับ|ถือ)")
_LIST_MARK = re.compile(r"(?:[\d.]+[.)]?|\([^()]{1,3}\)|[-•*]|[ก-ฮ][.)])[ ]+")
_TERM_ITEM = lenient(r"[ ]*(?:ไตรมาส|งวด|ครั้งที่|รอบ|ระยะ)")
_DATES_LIST = lenient(
    r"(?:ภายใน|ตาม)(?:กำหนด|ระยะ|ช่วง)[^\n]{0,20}ดังนี้|ไตรมาส[ \n]*ดังนี้|มีรายชื่อ|รายละเอียด"
    r"|ประกอบด้วย|คุณสมบัติ|กำหนดการ"
)


def _asks(body: Body, span: Span, kind: Kind) -> bool:
    left, right = span
    text = body.flat[left:right]
    if _NOT_ASKED.search(text) or kind in (Kind.MINUTES, Kind.CERTIFICATE):
        return False
    if _SKIP.match(text.lstrip()) and not _REQUEST.search(text):
        return False
    for start, end in body.requests_in(span):
        if body.is_background(start):
            continue
        request = _REQUEST.match(body.flat, start, right) or PROPOSED.match(body.flat, start, right)
        if request is not None and party_asks(body, start):
            continue
        if PROPOSED.match(body.flat, start, right) and not _opens(body, start):
            continue
        if request is None and _GOVERNED.search(body.flat, max(left, start - 160), end):
            continue
        if (
            body.flat[start:end] in ("โปรด", "กรุณา")
            and CLOSING.search(body.flat, left, start)
            and not _adds(body, (start - 60, right))
            and not _VERBS_AFTER.match(body.flat, end)
        ):
            continue
        return True
    if kind in (Kind.ORDER, Kind.REGULATION, Kind.BYLAW):
        first = text.lstrip()
        return bool(
            _RULING.match(re.sub(r"^(?:\d[\d.)]*|ข้อ[ ]*\d+|\(\d+\))[ ]*", "", first))
            or re.search(r"ให้[ก-๙ ]{2,60}(?:จัดทำ|รายงาน|ดำเนินการ|ส่ง|เสนอ|ปฏิบัติ)", first)
        )
    if kind in (Kind.ANNOUNCEMENT, Kind.STATEMENT, Kind.NEWS):
        # What one must have or be on the day of applying (ไม่เคย… ก่อนวันที่ยื่นใบสมัคร) asks nothing.
        return any(
            not re.search(r"จะ(?:ติด|ปิด)?ประกาศ|ได้แก่|วัน(?:ที่?)?[ ]?$", text[: found.start()])
            and not _GOVERNED.search(text[: found.start()])
            for found in _APPLY.finditer(text)
        )
    return False


_VERBS_AFTER = lenient(rf"{_VERB}")


def _opens(body: Body, position: int) -> bool:
    """Whether a proposal opens its paragraph; one at the end of a reasoning belongs to that."""
    left = body.paragraph_at(position)[0]
    return _ITEM_HEAD.fullmatch(body.flat, left, position) is not None


_ITEM_HEAD = lenient(r"[ ]*(?:[\d.)]+[ ]*)?(?:ข้อ(?:เสนอ(?:แนะ)?|พิจารณา)[ :\n]*)?(?:[\d.)]+[ ]*)?")


def _drop_relayed(body: Body, spans: list[Span], told: Sequence[Span]) -> list[Span]:
    """What a third office asked of the sender is dropped where the sender asks for itself."""
    own = [
        span
        for span in spans
        if not any(left <= _first_ask(body, span) < right for left, right in told)
        and not (
            (theirs := _THEIRS.search(body.flat, body.paragraph_at(span[0])[0], span[1]))
            is not None
            and theirs.start() < _first_ask(body, span)
            and not re.match(
                r"[ก-๙]{0,30}จึง|ดังนั้น|ในการนี้|ฉะนั้น", body.flat[span[0] : span[1]].lstrip()
            )
        )
    ]
    return own or ([] if told else spans)


def _first_ask(body: Body, span: Span) -> int:
    requests = body.requests_in(span)
    return requests[0][0] if requests else span[0]


def make_ask(page: Folded, body: Body, span: Span) -> Ask:
    """The value of a sentence that asks."""
    left, right = span
    text = body.flat[left:right]
    left += len(text) - len(text.lstrip())
    right -= len(text) - len(text.rstrip())
    start, end = page.span(left, right)
    return Ask(page.quoted(body.flat[left:right], left), (start, end))


def _weight(text: str) -> Action:
    if _ACT_WORDS.search(text) or _PASSES_ON.search(text):
        return Action.ACT
    if _CONSIDER_WORDS.search(text):
        return Action.CONSIDER
    return Action.ACKNOWLEDGE


def action_of(
    body: Body, spans: Sequence[Span], kind: Kind, invited: bool
) -> tuple[Action, Span | None]:
    """What the reader must do, with the words that say so (a span of the folded text).

    ``spans`` are the sentences that ask; ``invited`` says that an event awaits the reader.
    """
    best = Action.ACKNOWLEDGE
    where: Span | None = None
    deciding = any(_decides(body.flat[slice(*span)]) for span in spans)
    closings = [
        span for span in body.sentences if span not in spans and CLOSING.search(body.flat, *span)
    ]
    for span in (*spans, *closings):
        text = body.flat[slice(*span)]
        closing = CLOSING.search(text)
        request = ASKING.search(text, closing.end() if closing else 0)
        if closing is not None and span not in spans and spans:
            # A closing that only repeats is no stronger than what it repeats.
            weight = _weight(text[closing.end() :])
            weight = (
                Action.ACKNOWLEDGE
                if weight is Action.CONSIDER or not _ADDS.search(text)
                else weight
            )
        elif closing is not None:
            weight = _weight(text[closing.end() :])
        else:
            weight = Action.CONSIDER if _decides(text) else Action.ACT
            if deciding and _REPLY.search(text) and not _firm(text):
                # To say how it was decided is no task beside the decision.
                weight = Action.CONSIDER
        if closing is not None and _decides(text):
            weight = Action.CONSIDER
        if list(Action).index(weight) < list(Action).index(best):
            best = weight
            match = request or closing
            at = span[0] + (match.start() if match else 0)
            where = (at, span[0] + (match.end() if match else len(text)))
    del kind
    if (
        best is Action.CONSIDER
        and invited
        and any(_INVITED.search(body.flat, *span) for span in spans)
    ):
        best = Action.ACT
    return best, where


_INVITED = lenient(
    r"เชิญ(?![^\n]{0,60}(?:เป็นวิทยากร|บรรยาย|เป็นประธาน|เป็นกรรมการ))|เข้าร่วม(?:ประชุม|การประชุม)"
)


_REPLY = lenient(
    r"ตอบรับ|ตอบกลับ|แจ้ง(?:ผล|ยืนยัน|ตอบ|ชื่อ|รายชื่อ|ให้(?:[^ \n]{0,20})?ทราบ|ที่|กลับ|มายัง|ไปยัง)"
    r"|ผลเป็นประการใด|ขัดข้อง"
)


def _decides(text: str) -> bool:
    """Whether a request waits for a decision."""
    return _DECIDE.search(text) is not None and not _firm(text)


def _firm(text: str) -> bool:
    """A request to do, report or attend, whatever else it mentions."""
    return bool(
        re.search(
            r"ขอให้(?!พิจารณา|ความ)|ขอเชิญ(?![^ ]{0,30}เป็นวิทยากร)|เรียนเชิญ(?![^ ]{0,30}เป็นวิทยากร)"
            r"|ขอความร่วมมือ|(?<!ขอ)รายงานผล|ประชาสัมพันธ์|ถือปฏิบัติ|ตอบแบบสอบถาม",
            text,
        )
    ) and not re.search(r"เป็นวิทยากร|เป็นผู้บรรยาย|เป็นประธาน", text)
