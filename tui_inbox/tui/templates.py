"""Notes that are often written, with the letter's values in them."""

from __future__ import annotations

import itertools

from tui_inbox.locale import FIELD
from tui_inbox.thai.cells import ELLIPSIS, one_line
from tui_inbox.triage import OFFICE_TIME, Row
from tui_inbox.tui.wording import Words, is_secret


def template_values(rows: list[Row], words: Words, me: str) -> dict[str, str]:
    """What the fields of a template stand for. Of several letters, and of one in a secrecy class
    beyond its number and sender, the letter's own are blank."""
    now = words.clock().astimezone(OFFICE_TIME)
    row = rows[0] if len(rows) == 1 else None
    open_row = None if row is None or is_secret(row) else row
    due = None if row is None or row.due is None else row.due.isoformat()
    values = {
        "date": words.date(now.date().isoformat(), short=True),
        "time": f"{now:%H.%M}",
        "me": me,
        "number": (row and row.number) or "",
        "sender": one_line((row and row.sender) or ""),
        "subject": one_line((open_row and open_row.subject) or ""),
        "who": one_line((row and row.assignee) or ""),
        "due": "" if due is None else words.date(due, short=True),
    }
    # What is missing is left for the writer to fill in.
    return {name: value or ELLIPSIS for name, value in values.items()}


def templates(rows: list[Row], words: Words, me: str) -> list[str]:
    """The texts to choose from, filled. A field that there is not stays as it was typed."""
    values = template_values(rows, words, me)
    own = words.settings.notes.templates
    if own:
        return [FIELD.sub(lambda match: values.get(match[1], match[0]), text) for text in own]
    keys = (f"dialogs.template.{number}" for number in itertools.count(1))
    known = itertools.takewhile(lambda key: key in words.messages, keys)
    return [words.messages(key, **values) for key in known]
