"""``tui-inbox doctor``: whether everything is in order, and what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_inbox.cli.command import Argument, Command, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.locale import Messages
    from tui_inbox.service.health import Finding

SIGNS = {"ok": "✓", "note": "·", "warning": "!", "error": "✗"}


def run(session: Session) -> ExitCode:
    """Look at everything, repair nothing; 1 where something must be done."""
    import msgspec

    from tui_inbox.cli.output import as_unicode, plain

    # The settings say which language to speak, so they are looked at before anything is said.
    found = list(_all(session))
    messages = session.messages
    bad = False
    for finding in found:
        bad |= finding.level in ("warning", "error")
        told = plain(told_of(messages, finding))
        advice = f"doctor.advice.{finding.area}.{finding.code}"
        what = messages(advice) if advice in messages else None
        if session.given.json:
            line = {**msgspec.to_builtins(finding), "message": told, "advice": what}
            session.output.data(msgspec.json.encode(as_unicode(line)))
            continue
        session.output.text(f"{SIGNS[finding.level]} {told}")
        if what is not None:
            session.output.text(f"    {what}")
    return ExitCode.SOME_FAILED if bad else ExitCode.DONE


def told_of(messages: Messages, finding: Finding) -> str:
    """A finding in words."""
    from tui_inbox.locale.decisions import finding_text

    key = f"doctor.{finding.area}.{finding.code}"
    if key not in messages:
        # What is amiss in the ledger's files is worded where the ledger's words are.
        parts: dict[str, Any] = {**finding.details, "code": finding.code}
        return finding_text(messages, **parts)
    return messages(key, **finding.details)


def _all(session: Session) -> Iterator[Finding]:
    from tui_inbox.cli.doctor.system import folders, versions
    from tui_inbox.cli.doctor.terminal import terminal
    from tui_inbox.service.health import examine

    yield from versions()
    yield from _settings(session)
    yield from folders()
    yield from examine(session.folder, session.settings)
    yield from terminal(os.environ)


def _settings(session: Session) -> Iterator[Finding]:
    """The settings as far as they are right: what is wrong with them is a finding like others."""
    from tui_inbox.cli.commands.config import look
    from tui_inbox.config import inbox_file, settings_of, user_file
    from tui_inbox.service.health import Finding, Level

    found, mistakes = look(session)
    session.settings = settings_of(found.values())
    session.folder = Path(session.folder)
    for error in mistakes:
        told = " ".join(session.worded(error))
        yield Finding("settings", "mistaken", Level.ERROR, {"mistake": told})
    if not mistakes:
        files = [user_file(), inbox_file(session.folder)]
        read = ", ".join(str(file) for file in files if file.exists()) or "-"
        yield Finding("settings", "right", Level.OK, {"files": read, "n": len(found)})


COMMAND = Command(
    "doctor",
    (Argument("--json", switch=True, help="cli.help.json_findings"),),
    run,
    Loads.NOTHING,
)
