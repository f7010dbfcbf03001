"""One term that a body sets: how its value is made, and what may stand between its words."""

from __future__ import annotations

from tui_inbox.letter import Basis, Deadline, Span
from tui_inbox.reading.body import Body
from tui_inbox.reading.obligation import Setting
from tui_inbox.reading.repair import Folded

# Possessive: a run of blanks (a page turn leaves long ones) is never tried in parts.
GAP = r"[ \n]*+"


def make_term(
    page: Folded,
    body: Body,
    span: Span,
    when: str | None,
    basis: Basis,
    *,
    time: str | None = None,
    days: int | None = None,
) -> tuple[Span, Deadline]:
    """A deadline with its place in the folded text; ``when`` is ISO, ``time`` HH:MM."""
    text = page.quoted(body.flat[span[0] : span[1]], span[0])
    return span, Deadline(when, time, basis, days, text, page.span(*span))


def year_of(setting: Setting) -> int | None:
    """The Gregorian year of the letter, for dates that leave theirs out."""
    return int(setting.letter_date[:4]) if setting.letter_date else None
