"""A short summary in the place of a subject, for letters that have none."""

from __future__ import annotations

import re

from tui_inbox.export.case import Case
from tui_inbox.export.writing import Writing
from tui_inbox.letter import Ask, Document

#: Cells of a summary: what fits the column of the subject in three lines.
LONGEST = 150
# The ask's own opening says nothing in a register.
# How to reach the sender is said in every letter, and is not what it is about.
_BY_THE_WAY = re.compile(
    r"(?:อนึ่ง\s*)?(?:(?:หาก|กรณี|ถ้า)(?:ท่าน)?มี(?:ข้อ(?:สงสัย|ซักถาม)|คำถาม)"
    r"|(?:โปรด|สามารถ)?(?:ติดต่อ)?สอบถาม)"
)
_CLOSING = re.compile(r"\s*จึง(?:ขอ)?เรียน(?:มา)?เพื่อ")
_OPENINGS = ("จึง", "ในการนี้", "ทั้งนี้", "ดังนั้น")


def subject(case: Case, writing: Writing, *, secret: str = "export.secret") -> str:
    """The letter's subject; else, marked as such, a summary in the letter's own words.

    A stamped letter has no subject by its form, and the register wants a summary of it: the first
    thing that it asks. Nothing is summed up that does not stand in the letter.

    :param secret: key of the text that stands in the place of a secret letter's matter.
    """
    row = case.row
    if case.is_secret:
        return writing.word(secret, secrecy=writing.word(f"reading.secrecy.{row.secrecy}"))
    if row.subject:
        return writing.text(row.subject)
    if row.sha256 is None or row.problem is not None:
        return writing.word("export.register.unread", path=writing.text(row.path))
    said = matter(case.cover)
    if said is None:
        kind = writing.word(f"reading.kind.{row.kind}")
        return writing.word("export.register.no_subject", kind=kind)
    return writing.word("export.register.summary", text=writing.text(said, LONGEST))


def matter(document: Document | None) -> str | None:
    """What a document without a subject is about, in its own words: the first thing that it asks,
    else the first that it sends along. ``None`` where it says neither."""
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
