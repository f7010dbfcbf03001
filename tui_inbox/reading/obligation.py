"""Whether a term binds the reader: who asks, who is bound, and what takes the request away.

A term is the reader's where the nearest word that governs it asks (ขอให้, โปรด, ต้อง), and no law,
contract, appeal, qualification, past event or promise of the sender's own stands nearer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from tui_inbox.letter import Kind, Receipt, Span
from tui_inbox.reading.asks import CLOSING, PROPOSED
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient
from tui_inbox.reading.relayed import party_asks
from tui_inbox.thai.dates import Found

_LAW = lenient(
    r"มาตรา[ ]?\d|พระราชบัญญัติ[^\n]{0,80}(?:บัญญัติ|กำหนด)|บัญญัติ(?:ว่า|ให้)|กฎหมายกำหนด"
    r"|ข้อ[ ]?\d+[^\n]{0,20}(?:กำหนด|ระบุ)(?:ว่า|ให้|ไว้)|ระเบียบ[^\n]{0,90}(?:กำหนด"
    r"|ระบุ)(?:ว่า|ให้|ไว้)|มติ[^\n]{0,60}(?:กำหนด|ให้)"
)
_CONTRACT = lenient(
    r"(?:ตาม|ใน|ของ|แห่ง|ลงนามใน)สัญญา|สัญญา(?:กำหนด|ระบุ|จ้าง(?:เลขที่|กำหนด))|คู่สัญญา"
    r"|ผู้รับจ้าง|ผู้ขาย|ผู้ว่าจ้าง|ค้ำประกัน|ใบสั่งซื้อ|ใบสั่งจ้าง|ยืนราคา"
    r"|งวดงาน|ค่าปรับ|รับประกัน"
)


# After a request only a party or the contract's own wording takes the term away from the reader.
_PARTY = lenient(
    r"คู่สัญญา|ผู้รับจ้าง(?!รายงาน)|ผู้ขาย|(?:ตาม|ใน)สัญญา[^ \n]{0,20}(?:กำหนด|ระบุ)|ยืนราคา"
    r"|ค้ำประกัน"
)


_PARTY_DUTY = lenient(r"(?:คู่สัญญา|ผู้รับจ้าง|ผู้ขาย)[^ \n]{0,20}(?:จะ)?ต้อง")
_APPEAL = lenient(
    r"อุทธรณ์|โต้แย้ง(?!ข้อ)|(?<!ผู้)(?<!ผู้ถูก)ฟ้องคดี(?!หมาย)|ร้องทุกข์|ทบทวนคำสั่ง"
    r"|คัดค้านคำสั่ง|สิทธิ(?:ใน)?การ(?:อุทธรณ์|ฟ้อง)|ยื่นฟ้อง|ใช้สิทธิ(?:ฟ้อง|อุทธรณ์)"
)
_PROMISE = lenient(
    r"(?=จะ)(?<![^า]ที่)(?<![^า]ที)(?<!ซึ่ง)(?<!ซึง)(?<!คาดว่า)จะ(?!ต้อง|ขอ|ให้|ได้|มี(?=ความ)|เข้า|สมัคร"
    r"|ประสงค์|เสนอ|ส่ง(?=[^ ]{0,20}เข้า)|ไม่)|จักได้|จะได้|จะดำเนินการ|เตรียม(?=จะ|ประกาศ)"
)
_PAST = lenient(
    r"(?:ได้(?!โปรด|รับ(?:หนังสือ|การ)|แก่|ที่|ภายใน|ตั้งแต่)[ก-๙]{2,30}(?:แล้ว|ไว้|เมื่อ|ไป)"
    r"|เมื่อ(?=วันที่))"
)
_OTHERS = lenient(
    r"(?:ผู้รับจ้าง|คู่สัญญา|ผู้ขาย|ผู้อุทธรณ์|ศาล|คณะกรรมการ[^ ]{0,20}(?:จะ|ต้อง)"
    r"|สำนักงาน[^ ]{2,40}จะ|กรม[^ ]{0,30}จะ)"
)
_QUALIFIES = lenient(
    r"(?:เกิด|บรรจุ|แต่งตั้ง|อายุ|ครบ(?!กำหนด)|ประกาศใช้|มีผล|ใช้บังคับ|สำเร็จการศึกษา"
    r"|ดำรงตำแหน่ง|เกษียณ|จดทะเบียน|โอน(?!เงิน)|ก่อสร้าง|ปลูก|อยู่|มีชื่อ|ไม่เคย|ผลิต|ออกให้"
    r"|ได้รับ(?:อนุญาต|แต่งตั้ง|เลือก))[^\n]{0,24}$"
)
# What the office itself will make known, in a calendar of its own steps.
_MADE_KNOWN = lenient(r"ประกาศ(?:ราย|ผล)[^\n]{0,50}$")
_DOING = lenient(
    r"ส่ง|แจ้ง|รายงาน|ตอบ|ยืนยัน|ชำระ|ชําระ|สมัคร|ลงทะเบียน|ยื่น|ดำเนินการ|ดําเนินการ|แล้วเสร็จ"
    r"|เสร็จ|ถึง|จัดทำ|จัดทํา|เสนอ|บันทึก|กรอก|คืน|เบิก|ประสาน|ติดต่อ|ตรวจ|จัดเตรียม|สำรวจ"
    r"|ขอรับ|รับ|ปรับปรุง|แก้ไข|รวบรวม|นำเข้า|โอน|ให้|จอง|เก็บ|ขึ้นทะเบียน|ชี้แจง|ติดตั้ง|ทบทวน"
    r"|จัดสรร|คัดเลือก|ประชาสัมพันธ์|ปิดประกาศ|ทำคำ|เข้าสู่|อบรม|ลงนาม|มอบ|ปฏิบัติ|ถือ|รื้อ"
    r"|เผยแพร่|สรุป|ประเมิน|สอบ|มา|ไป|ออก|ขน|พิมพ์|อัป|เพิ่ม|ขยาย|เลื่อน"
)
APPLYING = lenient(
    r"สมัคร|ลงทะเบียน|ยื่น|ส่ง(?!เสริม)|รับ(?:สมัคร|ข้อเสนอ|แบบ|ใบ|ลงทะเบียน|ซอง|ฟัง|คำขอ)"
    r"|เสนอ(?:ราคา|ชื่อ|ผลงาน)|ขยาย|ตอบแบบ|ชำระ|แจ้ง(?:ความ|ชื่อ)|จอง|ขอรับ(?:แบบ|ใบ)"
    r"|จำหน่ายแบบ|รายงานตัว|ดาวน์โหลด"
)
_DELIVERING = lenient(
    r"ส่ง(?!เสริม)|แจ้ง|รายงาน|ตอบ|ยืนยัน|กรอก|บันทึก|สำรวจ|ชำระ|ลงทะเบียน|ยื่น|ดำเนินการ|จัดทำ"
    r"|เสนอชื่อ|ให้ความเห็น|แล้วเสร็จ|รวบรวม|ตรวจสอบ|นำเข้า"
)
_OLD = lenient(
    r"(?:จากเดิม|(?<!ที่)(?<!เวลา)เดิม(?:กำหนด|ภายใน|ให้|ที่กำหนด)?|จาก(?:กำหนด)?|ซึ่งกำหนด(?:ไว้)?"
    r"|ที่(?:ได้)?กำหนด(?:ไว้|ให้)?)[^\n]{0,48}$"
)
_NEW = lenient(r"^[^\n]{0,40}?(?:เป็น|ออกไป|ไปเป็น|ขยายเป็น|เลื่อนเป็น)")
_EXTENDING = lenient(
    r"ขยาย(?:เวลา|ระยะเวลา|กำหนด|วัน|การ|รับ)|เลื่อน(?:กำหนด|วัน|เวลา|การ)|เปลี่ยนแปลง(?:กำหนด"
    r"|วัน|เวลา)"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a reading of deadlines needs to know of the letter around them."""

    kind: Kind
    letter_date: str | None
    receipt: Receipt | None
    terms: tuple[Span, ...] = ()
    """The items of lists that a request leads in, in order."""
    sort: str | None = None
    """The sort of office that sends (จังหวัด, อำเภอ), where none such is among the addressees."""
    told: tuple[Span, ...] = ()
    """The stretches in which a third office asks the sender."""

    def listed(self, position: int) -> bool:
        """Whether a place lies in one of the items."""
        index = bisect_right(self.terms, (position, position)) - 1
        near = self.terms[max(index, 0) : index + 2]
        return any(left <= position < right for left, right in near)


# How far back a request can govern a term: no honest sentence is longer.
_FAR = 1500


def sets_time(body: Body, match: re.Match[str], found: Found, lead: str, setting: Setting) -> bool:
    """Whether a date behind a lead word (ภายใน, ก่อน, หมดเขต …) is a time set for the reader.

    :param match: the lead word with what stands before the date; ``found`` is the date.
    """
    flat = body.flat
    left, right = body.sentence_at(match.start())
    left = max(left, match.start() - _FAR)
    before = flat[left : match.start()]
    renewed = _NEW.match(flat[found.end : right]) is not None
    extending = _EXTENDING.search(flat[body.paragraph_at(match.start())[0] : right]) is not None
    if _OLD.search(before) and (renewed or (extending and lead.startswith(("จนถึง", "ภายใน")))):
        # The old date of an extension: จากเดิมภายในวันที่ … เป็น …
        return False
    if len(lead) > 16 and _QUALIFIES.search(lead):
        # «… ปิดรับสมัคร สำเร็จการศึกษาภายใน …»: between the words stands what one must be.
        return False
    if lead.startswith("เป็น"):
        return _EXTENDING.search(before) is not None and not re.search(
            r"ประชุม|อบรม|สัมมนา|จัดงาน|การประเมิน|(?<!ตรวจ)สอบ(?!ถาม|ทาน)|พิธี|แข่งขัน|การตรวจ", before
        )
    if lead.startswith("ก่อน") and (_QUALIFIES.search(before) or not _DOING.search(before[-70:])):
        return False
    if lead.startswith(("จนถึง", "ออกไป", "บัดนี้", "ตั้งแต่บัดนี้")):
        context = flat[left : match.start()] + flat[found.end : found.end + 40]
        if not (APPLYING.search(context) or _EXTENDING.search(context)):
            # What is kept up until a day (งดเผา, เฝ้าระวัง) is no deadline; what is handed in is.
            return (
                lead.startswith(("ตั้งแต่บัดนี้", "บัดนี้"))
                and _DELIVERING.search(before[-90:]) is not None
                and for_reader(body, match.start(), setting)
            )
        if re.search(r"(?:ผลบังคับ|มีผล|ใช้บังคับ|ดำรงตำแหน่ง|วาระ|อายุ)[^\n]{0,30}$", before):
            return False
        return for_reader(body, match.start(), setting, applying=True)
    if lead.startswith("สิ้นสุด") and (
        not APPLYING.search(before[-60:] + lead)
        or _CONTRACT.search(before[-40:])
        or "สัญญา" in before[-20:]
    ):
        return False
    applying = lead.startswith(("หมดเขต", "ปิดรับ", "กำหนดส่ง", "กําหนดส่ง", "กำหนดยื่น", "สิ้นสุด"))
    return for_reader(body, match.start(), setting, applying=applying)


def closing_asks(clause: str) -> int | None:
    """Where จึงเรียนมาเพื่อ … และรายงานภายใน … asks, without a word of its own for it."""
    closing = _last(CLOSING, clause)
    asks = closing is not None and _DELIVERING.search(clause, closing) is not None
    return closing if asks else None


def for_reader(
    body: Body, position: int, setting: Setting, *, receipt: bool = False, applying: bool = False
) -> bool:
    """Whether the words that govern a place ask the reader."""
    flat = body.flat
    left, right = body.sentence_at(position)
    left = max(left, position - _FAR)
    paragraph = body.paragraph_at(position)[0]
    clause = flat[left:position]
    tail = flat[position : min(right, position + 90)]
    near = clause[-110:]
    if _APPEAL.search(clause[-160:]) or (not receipt and _APPEAL.search(tail)):
        return False
    request = body.request_before(position, left)
    if request is not None and (PROPOSED.match(flat, *request) or party_asks(body, request[0])):
        # A term of what is only proposed, or of what a party wants.
        return False
    if request is not None and setting.sort and flat.startswith(setting.sort, request[1]):
        # กรม…ขอให้จังหวัดรายงานภายใน… is what the sending province was asked, not what it asks.
        return False
    asked = None if request is None else request[0] - left
    if asked is None:
        asked = closing_asks(clause)
    law = _last(_LAW, flat[max(paragraph, position - 240) : position])
    if law is not None:
        offset = max(paragraph, position - 240)
        last = body.request_before(position, offset)
        own = None if last is None else last[0] - offset
        if own is None or own < law:
            return False
    contract = _last(_CONTRACT, clause)
    bound = asked is not None and re.match(r"(?:จะ)?ต้อง", clause[asked:]) is not None
    if contract is not None and (asked is None or (bound and contract < asked)) and not receipt:
        return False
    party = _last(_PARTY, clause)
    if party is not None and asked is not None and not receipt:
        # ผู้รับจ้างต้อง… is the contractor's duty, though ต้อง would ask the reader.
        duty = _PARTY_DUTY.search(clause, max(0, party)) is not None
        if party > asked or (duty and asked - party < 30):
            return False
    promise = _last(_PROMISE, clause)
    if promise is not None and (asked is None or promise > asked):
        if not (applying and APPLYING.search(clause[promise:])):
            return False
        if (
            re.match(r"จะ(?:ติด|ปิด)?(?:ประกาศ|แจ้ง|จัด|ดำเนินการ|เปิดรับ)", clause[promise:])
            and "เปิดรับ" not in clause[promise:]
        ):
            return False
    if flat[position:right].startswith(("ปิดรับ", "สิ้นสุด", "หมดเขต")) and re.match(
        r"[^\d]{0,40}เมื่อ", flat[position:right]
    ):
        return False
    past = _last(_PAST, near)
    if past is not None and (asked is None or len(clause) - len(near) + past > asked):
        return False
    if asked is None and (_QUALIFIES.search(near[-40:]) or _MADE_KNOWN.search(near)):
        return False
    if setting.kind is Kind.INTERNAL_MEMO and asked is None:
        # A memo tells of other offices' terms; its own stand behind a request.
        applying = False
    if asked is not None or applying or receipt:
        return True
    if setting.listed(position):
        return True
    if setting.kind in (
        Kind.ORDER,
        Kind.ANNOUNCEMENT,
        Kind.REGULATION,
        Kind.BYLAW,
        Kind.STATEMENT,
        Kind.NEWS,
        Kind.ENCLOSURE,
    ):
        return _DOING.search(near) is not None and _OTHERS.search(near) is None
    # The request may stand in the sentence before, its term in one of its own (โดยให้…, ทั้งนี้…).
    if (
        body.request_before(left, paragraph) is not None
        and _DOING.search(near + tail[:30])
        and not _OTHERS.search(near)
    ):
        return True
    return bool(
        re.search(
            r"(?:^|[ \n])(?:โดย|และ|แล้ว|พร้อม|ทั้งนี้)?[ ]?(?:ให้|ขอให้|ส่ง|แจ้ง|รายงาน|ตอบ|จัดส่ง"
            r"|สมัคร|ลงทะเบียน|ยืนยัน|นำส่ง|ยื่น|ชำระ)(?=[ก-๙])",
            near,
        )
    ) and not re.search(r"(?:ได้|จะ)(?:ส่ง|แจ้ง|รายงาน)", near)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    position = None
    for match in pattern.finditer(text):
        position = match.start()
    return position
