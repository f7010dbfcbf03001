"""What is amiss in the ledger's files, and what stands in the way of an undo, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui_inbox.locale.decisions import conflict_text, finding_text

if TYPE_CHECKING:
    from tui_inbox.cli.session import Session
    from tui_inbox.ledger import Finding
    from tui_inbox.locale import Messages
    from tui_inbox.service import Conflict


def wordings(messages: Messages, findings: Iterable[Finding]) -> list[str]:
    return [
        finding_text(messages, one.code, one.file, one.offset, one.size, one.kept, one.detail)
        for one in findings
    ]


def say_conflicts(session: Session, conflicts: Iterable[Conflict]) -> None:
    """Both values of each, with the letter that it is about."""
    from tui_inbox.cli.letters import SHORT_ID
    from tui_inbox.triage import OFFICE_TIME

    for one in conflicts:
        at = None if one.at is None else one.at.astimezone(OFFICE_TIME)
        when = "" if at is None else f"{session.date(at.date().isoformat())} {at:%H:%M}"
        text = conflict_text(
            session.messages, one.field, one.expected, one.current, one.by or "", when
        )
        session.output.say(f"{one.id[:SHORT_ID]}  {text}")
