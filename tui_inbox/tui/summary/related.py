"""The letters that belong to this one; choosing one goes to it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.locale.queries import related_line
from tui_inbox.triage.related import Related
from tui_inbox.tui import listing
from tui_inbox.tui.summary.page import Page

# A circular may be cited by hundreds.
SHOWN = 12


def add_related(page: Page, related: Sequence[Related]) -> None:
    """Each by number, sender and subject (of a secret one not that), and what ties it to this."""
    if not related:
        return
    words = page.words
    page.heading("related")
    for one in related[:SHOWN]:
        pieces = (
            listing.number(one.row, words),
            listing.sender(one.row, words),
            listing.subject(one.row, words),
        )
        date = one.row.date
        label = words.date(date, short=True) if date else ""
        page.line(" · ".join(text for text, _ in pieces), label=label, letter=one.row.id)
        page.line(related_line(words.messages, one.bond, one.sure, one.why), style="dim")
    if len(related) > SHOWN:
        more = words("summary.more_related", count=words.number(len(related) - SHOWN))
        page.line(more, style="dim")
