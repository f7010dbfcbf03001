"""A short summary in the place of a subject, for letters that have none."""

from __future__ import annotations

from tui_inbox.export.case import Case
from tui_inbox.export.writing import Writing
from tui_inbox.letter import Ask

#: Cells of a summary: what fits the column of the subject in three lines.
LONGEST = 150
# The ask's own opening says nothing in a register.
_OPENINGS = ("จึงเรียนมาเพื่อ", "จึง", "ในการนี้", "ทั้งนี้", "ดังนั้น")


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
    kind = writing.word(f"reading.kind.{row.kind}")
    asks = case.cover.asks if case.cover is not None else ()
    if not asks:
        return writing.word("export.register.no_subject", kind=kind)
    return writing.word("export.register.summary", text=writing.text(matter(asks[0]), LONGEST))


def matter(ask: Ask) -> str:
    """What is asked, in the letter's own words, without their opening."""
    said = ask.text.strip()
    for opening in _OPENINGS:
        if said.startswith(opening) and len(said) > len(opening):
            said = said[len(opening) :].lstrip()
    return said
