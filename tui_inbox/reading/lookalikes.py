"""Consonants that OCR takes for one another, undone in the words that rules look for.

Labels are matched with look-alikes allowed; to allow them in every word of running text would make
nonsense match. So only words are undone whose misreading is no part of any Thai word (checked
against a dictionary of 62,000), and only where the text shows Tesseract's hand. The text keeps its
length, and values are shown as printed.
"""

from __future__ import annotations

# What stands on paper: what Tesseract makes of it (measured on its output, as in labels).
_READ_AS = {
    "ช": "ขซ", "ด": "ตค", "ต": "ด", "ส": "ล", "ถ": "ก", "ค": "ดต", "น": "ม", "บ": "ป", "ป": "บ",
    "พ": "ผฟ", "ข": "ช",
}  # fmt: skip
_WORDS = (  # noqa: SIM905
    "ประชุม เชิญ ชี้แจง รายชื่อ ด้วย ดังกล่าว ดังนั้น ดำเนินการ กำหนด เดือน ได้รับ จัดส่ง สมัคร สถานที่ สัมมนา"
    " เสนอ สำรวจ แสดง ภายใน อนุเคราะห์ ร่วมมือ ขอให้ ขอเชิญ ขอความ พิจารณา โปรด รายงาน หนังสือ เลื่อน"
    " ยกเลิก อบรม ทราบ ส่งแบบ ตอบรับ นับแต่ จึงขอ วันที่"
).split()
#: Misreadings that are, or stand inside, other words.
_REAL = frozenset(("เตือน", "เลื่อม", "เสมอ", "โปรต"))


def _misreadings() -> dict[str, str]:
    return {
        wrong: word
        for word in _WORDS
        for place, letter in enumerate(word)
        for seen in _READ_AS.get(letter, "")
        if (wrong := word[:place] + seen + word[place + 1 :]) not in _REAL
    }


_MISREAD = _misreadings()


def undo(text: str) -> str:
    """The text with the words that rules look for spelt right, as long as before."""
    for wrong, word in _MISREAD.items():
        if wrong in text:
            text = text.replace(wrong, word)
    return text
