"""Lists for people: plain aligned columns, one line each, no colour needed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence

from tui_inbox.cli.letters import SHORT_ID
from tui_inbox.cli.session import Session
from tui_inbox.ledger import Edit, HistoryItem, Op
from tui_inbox.letter import Urgency
from tui_inbox.locale import Messages
from tui_inbox.locale.queries import related_line
from tui_inbox.locale.wording import problem_message
from tui_inbox.service import Hit
from tui_inbox.thai.cells import cells, one_line, pad, truncate
from tui_inbox.triage import OFFICE_TIME, Row
from tui_inbox.triage.related import Related

GAP = "  "
WHOLE_RECORD = "record"
# What a file did, and browsing, are nobody's decision.
NO_DECISION = frozenset({Op.READ, Op.IDENTIFY})
URGENCY_SIGNS = {Urgency.MOST_URGENT: "‼", Urgency.VERY_URGENT: "!", Urgency.URGENT: "·"}
# Columns beyond which a value is cut, in cells; the last column takes what is left.
WIDEST = (SHORT_ID, 1, 16, 18, 16, 24, 28)


def write_table(session: Session, rows: Sequence[Row]) -> None:
    """One line a letter, what should be done first at the top."""
    messages = session.messages
    heads = ("id", "urgency", "status", "due", "reason", "number", "sender", "subject")
    lines = [[messages(f"cli.list.head.{head}") for head in heads]]
    lines += [_cells(session, row) for row in rows]
    _write(session, lines)
    if not rows:
        session.say("cli.list.nothing")


def write_hit(session: Session, hit: Hit) -> None:
    """A letter that was found: its line, and under it the line in which it was found."""
    _write(session, [_cells(session, hit.row)])
    if hit.snippet is not None:
        indent = " " * (SHORT_ID + len(GAP))
        session.output.text(f"{indent}{one_line(hit.snippet)}")


def write_arrivals(session: Session, rows: Sequence[Row]) -> None:
    """One line a letter that came in: when, and what a list shows of it. Lines come one by one,
    so columns are as wide as they may become."""
    for row in rows:
        at = dt.datetime.fromisoformat(row.received).astimezone(OFFICE_TIME)
        columns = [one_line(cell) for cell in _cells(session, row)]
        del columns[2]
        widths = (*WIDEST[:2], *WIDEST[3:])
        shown = [pad(cell, width) for cell, width in zip(columns, widths, strict=False)]
        session.output.text(GAP.join([f"{at:%H:%M}", *shown, columns[-1]]))


def write_related_lines(session: Session, found: Iterable[Related]) -> None:
    """Each letter that belongs to another: what it is to it, then its line."""
    for one in found:
        session.output.text(related_line(session.messages, one.bond, one.sure, one.why))
        _write(session, [_cells(session, one.row)])


def write_history(session: Session, items: Sequence[HistoryItem]) -> None:
    """One line an entry: when, who, what, from what to what."""
    messages = session.messages
    for item in items:
        if item.kind in NO_DECISION:
            continue
        at = item.at.astimezone(OFFICE_TIME)
        when = f"{session.date(at.date().isoformat())} {at:%H:%M}"
        what = messages(f"ledger.op.{item.kind}")
        if item.undone:
            what = f"{what} {messages('cli.history.undone')}"
        changes = [_change(messages, edit) for edit in item.edits]
        session.output.text(
            GAP.join(one_line(part) for part in (when, item.author, what, *changes))
        )


def _change(messages: Messages, edit: Edit) -> str:
    field = messages(f"ledger.field.{edit.field or WHOLE_RECORD}")
    if edit.key is not None and edit.before is None:
        return f"{field}: {_value(messages, edit.after)}"
    return f"{field}: {_value(messages, edit.before)} → {_value(messages, edit.after)}"


def _cells(session: Session, row: Row) -> list[str]:
    messages = session.messages
    if row.problem is not None:
        subject = f"{row.path}: {problem_message(messages, row.problem)}"
    elif row.secrecy != "none":
        subject = f"({messages(f'reading.secrecy.{row.secrecy}')})"
    else:
        subject = row.subject or row.path
    if row.gone:
        subject = f"{subject} ({messages('cli.list.gone')})"
    return [
        row.id[:SHORT_ID],
        URGENCY_SIGNS.get(row.urgency, ""),
        messages(f"ledger.status.{row.status}"),
        "" if row.due is None else session.date(row.due.isoformat()),
        messages(f"triage.reason.{row.reason.code}", **row.reason.args),
        row.number or "–",
        row.sender or "–",
        subject,
    ]


def _value(messages: Messages, value: object) -> str:
    if value is None or value in ("", []):
        return messages("ledger.empty")
    key = f"ledger.status.{value}"
    if isinstance(value, str):
        return messages(key) if key in messages else value
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return str(value["text"])
    return str(value)


def _write(session: Session, lines: list[list[str]]) -> None:
    shown = [[one_line(cell) for cell in line] for line in lines]
    last = len(shown[0]) - 1
    widths = [
        min(limit, max(cells(line[column]) for line in shown))
        for column, limit in zip(range(last), WIDEST, strict=True)
    ]
    room = None
    if session.output.on_terminal:
        used = sum(widths) + len(GAP) * last
        room = max(20, shutil.get_terminal_size().columns - used)
    for line in shown:
        columns = [pad(cell, width) for cell, width in zip(line, widths, strict=False)]
        end = line[last] if room is None else truncate(line[last], room)
        session.output.text(GAP.join([*columns, end]).rstrip())
