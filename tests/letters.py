"""Letters, memos and orders put together from parts: a test changes only what it is about.

People, numbers and telephones are invented.
"""

from __future__ import annotations

from tui_inbox.letter import CheckCode, Document, Letter
from tui_inbox.reading import read

INDENT = " " * 10
FAR = " " * 40

CLOSE = "จึงเรียนมาเพื่อทราบ"
PLAIN = "ด้วยจังหวัดนครราชสีมาจัดทำคู่มือการดูแลฝายเสร็จแล้ว รายละเอียดตามคู่มือที่ส่งมาพร้อมนี้"
SIGNED = f"{FAR}(นายสมชาย ใจกล้า)\n{FAR}ผู้ว่าราชการจังหวัดนครราชสีมา\n"
FOOT = "สำนักงานจังหวัด\nกลุ่มงานอำนวยการ\nโทร. ๐ ๔๔๐๐ ๑๑๑๑\n"


def letter(
    *paragraphs: str,
    above: str = "",
    number: str = "นม ๐๐๑๗.๓/๗๗๔๓",
    agency: str = "ศาลากลางจังหวัดนครราชสีมา",
    address: str = "ถนนมหาดไทย นม ๓๐๐๐๐",
    date: str = "๗ สิงหาคม ๒๕๖๗",
    subject: str = "การดูแลฝายน้ำล้น",
    to: str = "นายอำเภอปากช่อง",
    after_to: str = "",
    reference: str = "",
    enclosure: str = "",
    close: str = CLOSE,
    signed: str = SIGNED,
    foot: str = FOOT,
) -> str:
    """An external letter, its parts set as a typist sets them."""
    parts = [
        above,
        f"ที่ {number}{FAR}{agency}\n",
        f"   {FAR}{FAR}{address}\n" if address else "",
        f"\n{FAR}{date}\n\n",
        f"เรื่อง   {subject}\n\n",
        f"เรียน   {to}\n\n",
        after_to,
        f"อ้างถึง   {reference}\n\n" if reference else "",
        f"สิ่งที่ส่งมาด้วย   {enclosure}\n\n" if enclosure else "",
        *(
            f"{INDENT}{paragraph}\n\n"
            for paragraph in (*(paragraphs or (PLAIN,)), close)
            if paragraph
        ),
        f"{FAR}ขอแสดงความนับถือ\n\n\n",
        signed,
        f"\n\n{foot}",
    ]
    return "".join(parts)


def memo(
    *paragraphs: str, office: str = "สำนักงานจังหวัด โทร. ๑๒๑๒", title: str = "บันทึกข้อความ"
) -> str:
    body = "".join(f"{INDENT}{paragraph}\n\n" for paragraph in (*(paragraphs or (PLAIN,)), CLOSE))
    return (
        f"{FAR}{title}\n\nส่วนราชการ  {office}\nที่  นม ๐๐๑๗.๑/๒๑๕        วันที่  ๗ สิงหาคม ๒๕๖๗\n"
        f"เรื่อง  การดูแลฝายน้ำล้น\n\nเรียน  หัวหน้าสำนักงานจังหวัด\n\n{body}\n"
        f"{FAR}(นายสมชาย ใจกล้า)\n{FAR}นักวิเคราะห์นโยบายและแผน\n"
    )


def order(
    subject: str = "แต่งตั้งคณะทำงานดูแลฝาย",
    number: str = "ที่ ๑๒๓/๒๕๖๗",
    body: str = "เพื่อให้การดูแลฝายเป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะทำงาน",
) -> str:
    return (
        f"{FAR}คำสั่งจังหวัดนครราชสีมา\n{FAR}{number}\n{FAR}เรื่อง {subject}\n{FAR}----------------\n\n"
        f"{INDENT}{body}\n\n{INDENT}ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป\n\n{FAR}สั่ง ณ วันที่ ๕ สิงหาคม พ.ศ. ๒๕๖๗\n\n{SIGNED}"
    )


def whole(text: str, *offices: str) -> Letter:
    found = read(text.encode(), offices=offices)
    assert found.problem is None
    return found


def one(text: str, *offices: str) -> Document:
    found = whole(text, *offices)
    assert len(found.documents) == 1, [(each.kind, each.span) for each in found.documents]
    return found.documents[0]


def codes(text: str) -> list[CheckCode]:
    return [check.code for check in whole(text).checks]


def deadlines(*paragraphs: str, **parts: str) -> list[str | None]:
    return [deadline.date for deadline in one(letter(*paragraphs, **parts)).deadlines]
