"""The machine-readable contract: values -> what ``parse --json`` and ``list --json`` print.

Names, order and shapes are relied upon by scripts; a change here is a breaking change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from tui_inbox.letter import Letter
from tui_inbox.locale import Messages
from tui_inbox.locale.wording import check_message, problem_message

if TYPE_CHECKING:
    # `parse` opens no inbox, and must not load what one needs.
    from tui_inbox.triage import Row


def contract_letter(path: str, letter: Letter, messages: Messages) -> dict[str, Any]:
    """One line of ``parse --json``: a file, read. Ready for JSON."""
    documents = msgspec.to_builtins(letter.documents)
    for document in documents:
        # Where the lists' items stand is for the screen, and no part of the contract.
        del document["marks"]
    return {
        "path": path,
        "sha256": letter.sha256,
        "encoding": letter.encoding,
        "documents": documents,
        "checks": [
            {
                "code": check.code.value,
                "message": check_message(messages, check),
                "spans": [list(span) for span in check.spans],
            }
            for check in letter.checks
        ],
        "problem": None if letter.problem is None else problem_message(messages, letter.problem),
    }


def contract_row(row: Row, messages: Messages) -> dict[str, Any]:
    """One line of ``list --json``: a letter. Ready for JSON.

    Of a file that was never read, urgency, secrecy and action are not known, so they are ``null``.
    """
    read = row.sha256 is not None
    return {
        "id": row.id,
        "path": row.path,
        "status": row.status.value,
        "urgency": row.urgency.value if read else None,
        "secrecy": row.secrecy.value if read else None,
        "kind": row.kind.value,
        "number": row.number,
        "date": row.date,
        "sender": row.sender,
        "subject": row.subject,
        "action": row.action.value if read else None,
        "due": None if row.due is None else row.due.isoformat(),
        "assignee": row.assignee,
        "tags": list(row.tags),
        "notes": row.notes,
        "received": row.received,
        "register_number": row.register_number,
        "checks": [code.value for code in row.checks],
        "problem": None if row.problem is None else problem_message(messages, row.problem),
        "reason": messages(f"triage.reason.{row.reason.code}", **row.reason.args),
    }
