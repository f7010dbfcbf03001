"""What is wrong with a query, and what ties letters to one another, in words."""

from __future__ import annotations

from collections.abc import Mapping

from tui_inbox.locale import Messages


def query_error(
    messages: Messages, code: str, nearest: str | None, details: Mapping[str, str]
) -> str:
    """The error of that code, and what was probably meant, in one line."""
    message = messages(f"query.error.{code}", **details)
    if nearest is None:
        return message
    return messages("query.hint.nearest", message=message, nearest=nearest)


def related_line(messages: Messages, bond: str, sure: bool, why: str) -> str:
    """What another letter is to this one, how surely, and why."""
    return messages(
        "related.line",
        bond=messages(f"related.bond.{bond}"),
        sure=messages("related.sure" if sure else "related.likely"),
        why=messages(f"related.why.{why}"),
    )
