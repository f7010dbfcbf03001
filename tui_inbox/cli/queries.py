"""What is said about a query: that it is wrong, or what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.service import Near
    from tui_inbox.triage.errors import QueryError


def say_near(session: Session, near: tuple[Near, ...]) -> None:
    """What may have been meant: each as the query to type."""
    for offer in near:
        why = session.messages(f"query.near.{offer.kind}")
        session.say("query.near_offer", query=offer.query, why=why, count=offer.count)


def say_query_error(session: Session, error: QueryError) -> None:
    """What is wrong with a query, and where."""
    from tui_inbox.locale.queries import query_error

    text = " ".join(session.given.query)
    start, end = error.span
    session.output.say(query_error(session.messages, error.code, error.nearest, error.details))
    session.output.say(f"{text[:start]}»{text[start:end]}«{text[end:]}")
    if error.code in {"unknown_field", "open_bracket"}:
        session.say("query.hint.text")
