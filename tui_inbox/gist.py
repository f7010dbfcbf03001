"""What a letter without a subject is about, in its own words.

A stamped letter has no subject by its form; the register and the list want a summary of it. Nothing
is summed up that does not stand in the letter.
"""

from __future__ import annotations

import re

from tui_inbox.letter import Ask, Document

# How to reach the sender is said in every letter, and is not what it is about.
_BY_THE_WAY = re.compile(
    r"(?:อนึ่ง\s*)?(?:(?:หาก|กรณี|ถ้า)(?:ท่าน)?มี(?:ข้อ(?:สงสัย|ซักถาม)|คำถาม)"
    r"|(?:โปรด|สามารถ)?(?:ติดต่อ)?สอบถาม)"
)
_CLOSING = re.compile(r"\s*จึง(?:ขอ)?เรียน(?:มา)?เพื่อ")
# An ask's own opening says nothing in a register.
_OPENINGS = ("จึง", "ในการนี้", "ทั้งนี้", "ดังนั้น")


def gist(document: Document | None) -> str | None:
    """The first thing that a document asks, else the first that it sends along, as printed.

    ``None`` where it says neither.
    """
    if document is None:
        return None
    said = things(document)
    if said:
        return said[0]
    return document.enclosures[0].text if document.enclosures else None


def things(document: Document | None) -> list[str]:
    """What a document asks, in its own words and order, without their openings.

    Its closing phrase is left out, and where to turn with questions: they ask nothing else.
    """
    asks = () if document is None else document.asks
    said = [bare(ask) for ask in asks if not _CLOSING.match(ask.text)]
    return [text for text in said if not _BY_THE_WAY.match(text)]


def bare(ask: Ask) -> str:
    """What is asked, in the letter's own words, without their opening."""
    said = ask.text.strip()
    for opening in _OPENINGS:
        if said.startswith(opening) and len(said) > len(opening):
            said = said[len(opening) :].lstrip()
    return said
