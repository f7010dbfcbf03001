"""A short summary in the place of a subject, for letters that have none."""

from __future__ import annotations

from tui_inbox.export.case import Case
from tui_inbox.export.writing import Writing
from tui_inbox.gist import gist

#: Cells of a summary: what fits the column of the subject in three lines.
LONGEST = 150


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
    said = gist(case.cover)
    if said is None:
        kind = writing.word(f"reading.kind.{row.kind}")
        return writing.word("export.register.no_subject", kind=kind)
    return writing.word("export.register.summary", text=writing.text(said, LONGEST))
