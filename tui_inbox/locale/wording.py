"""Checks and problems in words: their codes and arguments, filled into the catalogue's texts."""

from __future__ import annotations

import re

from tui_inbox.letter import Check, Problem
from tui_inbox.locale import Messages

ISO_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")

# Arguments that are names in the catalogue, by the group that words them.
NAMED = {
    "field": "field",
    "what": "field",
    "part": "part",
    "weekday": "weekday",
    "actual": "weekday",
}


def check_message(messages: Messages, check: Check) -> str:
    """What a careful clerk would query, in one or two sentences."""
    args = {name: _worded(messages, name, value) for name, value in check.args.items()}
    return messages(f"reading.check.{check.code}", **args)


def problem_message(messages: Messages, problem: Problem) -> str:
    """Why a file could not be read, and what can be done about it."""
    return messages(f"reading.problem.{problem.code}", **problem.args)


def watch_message(
    messages: Messages, mode: str, why: str, filesystem: str | None, interval: float | None
) -> str:
    """How a folder is followed and why, with the command that would change it."""
    seconds = "" if interval is None else f"{interval:.0f}"
    return messages(
        "watching.how",
        mode=messages(f"watching.mode.{mode}", interval=seconds),
        why=messages(f"watching.why.{why}", filesystem=filesystem or "?"),
    )


def date_text(messages: Messages, iso: str, *, thai_digits: bool = False) -> str:
    """A date as the reader writes it: Buddhist era in Thai, ISO in English."""
    if messages.language != "th":
        return iso
    # Imported here: a list of letters in JSON words no dates.
    from tui_inbox.thai.written import format_date

    return format_date(iso, thai_digits=thai_digits)


def _worded(messages: Messages, name: str, value: str) -> str:
    key = f"reading.{NAMED.get(name)}.{value}"
    if name in NAMED and key in messages:
        return messages(key)
    return date_text(messages, value) if ISO_DATE.fullmatch(value) else value
