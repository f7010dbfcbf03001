"""A letter as other letters cite it: ``ตามหนังสือ… ที่ … ลงวันที่ …``, what is missing left out."""

from __future__ import annotations

from tui_inbox.letter import Kind, Secrecy, Urgency
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.written import format_date
from tui_inbox.triage import Row
from tui_inbox.tui.wording import Words, is_secret

#: What is known by what it is about rather than by its number alone.
_BY_SUBJECT = frozenset(
    {
        Kind.ORDER,
        Kind.REGULATION,
        Kind.BYLAW,
        Kind.ANNOUNCEMENT,
        Kind.STATEMENT,
        Kind.NEWS,
        Kind.MINUTES,
    }
)
_RULES = frozenset({Kind.REGULATION, Kind.BYLAW})


def citation(row: Row, words: Words) -> str:
    """The citation of a letter; of one in a secrecy class without its subject."""
    text = words.messages
    parts = [text(f"citation.kind.{row.kind.value}", sender=one_line(row.sender or ""))]
    if row.secrecy is not Secrecy.NONE:
        parts.append(text(f"citation.secrecy.{row.secrecy.value}"))
    if row.urgency is not Urgency.NORMAL:
        parts.append(text(f"citation.urgency.{row.urgency.value}"))
    if row.number:
        parts.append(text("citation.number", number=one_line(row.number)))
    if row.subject and row.kind in _BY_SUBJECT and not is_secret(row):
        subject = one_line(row.subject)
        if row.kind in _RULES:
            about = subject.removeprefix("ว่าด้วย").strip()
            parts[0] += text("citation.about", subject=about)
        else:
            parts.append(text("citation.subject", subject=subject))
    if row.date:
        thai = words.settings.display.digits == "thai"
        parts.append(text("citation.date", date=format_date(row.date, thai_digits=thai)))
    return " ".join(parts)
