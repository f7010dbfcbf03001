"""What people decided, in words: single values, and what stands in the way of an undo."""

from __future__ import annotations

from tui_inbox.locale import Messages
from tui_inbox.locale.wording import ISO_DATE, date_text

#: Buddhist-era years are this much ahead.
_ERA = 543


def field_text(messages: Messages, field: str) -> str:
    """The name of a field of a letter's record; an empty one is the whole record."""
    return messages(f"ledger.field.{field or 'record'}")


def value_text(
    messages: Messages, field: str, value: object, *, thai_digits: bool = False, iso: bool = False
) -> str:
    """One value of a record as the reader writes it. ``iso``: dates stay as they are.

    The text is as people wrote it: it may hold line feeds and whatever else they typed.
    """
    if value is None or value in ("", []):
        return messages("ledger.empty")
    if isinstance(value, bool):
        return messages("ledger.yes" if value else "ledger.no")
    if isinstance(value, dict):
        # A note, or a whole record, of which a reader wants its status.
        text = value.get("text")
        return (
            text if isinstance(text, str) else value_text(messages, "status", value.get("status"))
        )
    text = str(value)
    if field == "status" and f"ledger.status.{text}" in messages:
        return messages(f"ledger.status.{text}")
    if field == "register_year" and isinstance(value, int) and messages.language == "th":
        return str(value + _ERA)
    if field == "due" and ISO_DATE.fullmatch(text) and not iso:
        return date_text(messages, text, thai_digits=thai_digits)
    return text


def conflict_text(
    messages: Messages, field: str, expected: object, current: object, by: str, at: str
) -> str:
    """Both values where somebody changed what is to be taken back, and who did it when."""
    return messages(
        "ledger.conflict",
        field=field_text(messages, field),
        expected=value_text(messages, field, expected),
        current=value_text(messages, field, current),
        by=by or messages("ledger.empty"),
        at=at or messages("ledger.empty"),
    )


def finding_text(
    messages: Messages, code: str, file: str, offset: int, size: int, kept: str | None, detail: str
) -> str:
    """What is amiss in the ledger's files: which, where (in bytes), and where it is kept now."""
    key = f"ledger.finding.{code}"
    if kept is None and f"{key}_left" in messages:
        key = f"{key}_left"
    return messages(key, file=file, offset=offset, size=size, kept=kept or "", detail=detail)
