"""What a third office asked of the sender: told in the letter, asked of somebody else.

``ด้วยกรมอนามัยขอให้จังหวัดจัดส่งข้อมูลภายในวันที่ …`` opens a letter of the province that goes on to
ask for itself (``จังหวัดจึงขอให้อำเภอ …``). The first request and its term are the department's.
"""

from __future__ import annotations

import re

from tui_inbox.letter import Span
from tui_inbox.reading import signs
from tui_inbox.reading.body import Body
from tui_inbox.reading.labels import lenient

_TOLD = lenient(
    r"(?:[\d.)]+[ ]*)?(?:เนื่อง)?ด้วย[ ]?(?P<who>[^\n]{3,90}?)[ ]?(?:ได้)?"
    r"(?:มีหนังสือ|แจ้ง(?!ให้)|ขอ(?=ให้|ความ)|ประสาน)"
)
_HEARD = lenient(
    r"(?:(?:เนื่อง)?ด้วย[ ]?)?[^ \n]{0,60}ได้รับ(?:แจ้ง|เรื่องร้องเรียน|คำร้อง|การร้องเรียน|หนังสือ|การประสาน"
    r"|การประสานงาน)จาก[ ]?(?P<who>[^\n]{3,90}?)"
    r"[ ]?(?:ว่า|แจ้ง|ขอ(?=ให้|ความ)|ที่[ ][ก-ฮ])"
)
# It may tell first what it plans; then only a request to the sender's own sort of office is told.
_PLANS = lenient(
    r"(?:[\d.)]+[ ]*)?(?:เนื่อง)?ด้วย[ ]?(?P<who>[^ \n]{3,90}?)[ ]?(?:มีความ)?(?:ประสงค์|กำหนด|จะ"
    r"|อยู่ระหว่าง|มีแผน|มีนโยบาย)"
)
_OWN = lenient(r"[ก-๙ฯ .]{0,50}จึง|ดังนั้น|ฉะนั้น|ในการนี้|เพื่อให้|เพื่อเป็น")
_ABBREVIATED = re.compile(r"[ก-ฮ]{2,5}\.|[ก-ฮ]{1,2}(?:\.[ก-ฮ]{1,2}){1,4}\.?|กกต|ททท")
_PERSON = re.compile(r"นาย[ก-๙]|นาง[ก-๙]|ผู้|ราษฎร|ประชาชน")
_BUSINESS = re.compile(r"บริษัท|ห้าง|มูลนิธิ|สมาคม|ชมรม|ธนาคาร|คณะกรรมการ|คณะรัฐมนตรี")
# Who may ask the sender for something without being an office at all.
_PARTY = lenient(
    r"(?:^|[ \n]|และ|แต่|ซึ่ง|โดย|ว่า|นี้|ต่อมา|เนื่องจาก|ด้วย)(?:บริษัท|ห้าง|ร้าน|ผู้จำหน่าย|ผู้ขาย|ผู้รับจ้าง"
    r"|ผู้ประกอบการ|ราษฎร"
    r"|ประชาชน|ชาวบ้าน|ผู้ร้อง|ผู้เสียหาย|โจทก์|จำเลย|ผู้อุทธรณ์|ผู้กู้|ลูกหนี้|เจ้าหนี้|ผู้ปกครอง|ผู้ป่วย|ญาติ)"
    r"[^ \n]{0,40}$"
)


def relayed(body: Body, own: tuple[str, ...]) -> tuple[Span, ...]:
    """The stretches in which another office asks, in order; ``own`` names sender and unit.

    Each runs from the first request of a paragraph that opens with that office to where the
    sender begins to speak. There is none without a later request of the sender's.
    """
    if not own:
        return ()
    found: list[Span] = []
    for left, right in body.paragraphs:
        plans = _PLANS.match(body.flat, left, right)
        told = _HEARD.match(body.flat, left, right) or plans or _TOLD.match(body.flat, left, right)
        if told is None or body.is_background(left) or not _another(told["who"], own):
            continue
        asked = next(
            (
                span
                for span in body.requests
                if told.start("who") < span[0] < right
                and (told is not plans or body.flat.startswith(_sort(own[0]), span[1]))
            ),
            None,
        )
        if asked is None:
            continue
        stop = next(
            (
                start
                for start, _ in body.sentences
                if asked[1] < start < right
                and (_OWN.match(body.flat, start, right) or body.flat.startswith(own, start))
            ),
            right,
        )
        if asked[0] < stop and any(
            span[0] >= stop and not body.is_background(span[0]) for span in body.requests
        ):
            found.append((asked[0], stop))
    return tuple(found)


def _sort(sender: str) -> str:
    """What sort of office a sender is, as those above it call it (จังหวัด, อำเภอ, สำนักงาน …)."""
    return next(
        (
            one
            for one in ("จังหวัด", "อำเภอ", "เทศบาล", "สำนักงาน", "โรงเรียน")
            if sender.startswith(one)
        ),
        sender,
    )


def party_asks(body: Body, start: int) -> bool:
    """Whether the one who asks at a place is named there and is no office (บริษัทขอให้ …)."""
    return _PARTY.search(body.flat[max(body.start, start - 60) : start]) is not None


def _another(who: str, own: tuple[str, ...]) -> bool:
    name = who.strip()
    if name.endswith("ฯ") or not (
        signs.AGENCY.match(name)
        or _ABBREVIATED.match(name)
        or _BUSINESS.match(name)
        or _PERSON.match(name)
    ):
        return False
    return not any(name.startswith(one) or one in name or name in one for one in own)
