"""Lists for people: plain aligned columns, one line each, no colour needed."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence

from tui_inbox.cli.letters import SHORT_ID
from tui_inbox.cli.session import Session
from tui_inbox.ledger import Edit, HistoryItem
from tui_inbox.letter import Urgency
from tui_inbox.locale.decisions import field_text, value_text
from tui_inbox.locale.queries import related_line
from tui_inbox.locale.wording import problem_message
from tui_inbox.service import Hit
from tui_inbox.thai.cells import cells, one_line, pad, truncate
from tui_inbox.triage import OFFICE_TIME, Row
from tui_inbox.triage.related import Related

GAP = "  "
# Letters of one entry of the history that are named.
MOST_IDS = 5
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


def write_history(
    session: Session, items: Sequence[HistoryItem], *, one_letter: bool = True
) -> None:
    """One line an entry: its number, when, who, what, from what to what, and of which letters."""
    messages = session.messages
    for item in items:
        at = item.at.astimezone(OFFICE_TIME)
        when = f"{session.date(at.date().isoformat())} {at:%H:%M}"
        what = messages(f"ledger.op.{item.kind}")
        if item.undone:
            what = f"{what} {messages('cli.history.undone')}"
        parts = [str(item.seq), when, item.author, what]
        ids = list(dict.fromkeys(edit.id for edit in item.edits))
        if not one_letter:
            parts.append(" ".join(id[:SHORT_ID] for id in ids[:MOST_IDS]))
            if len(ids) > MOST_IDS:
                parts.append(messages("ledger.more", n=len(ids) - MOST_IDS))
        # What was done to several letters at once is told once.
        parts += dict.fromkeys(_change(session, edit) for edit in item.edits)
        session.output.text(GAP.join(map(one_line, parts)))


def _change(session: Session, edit: Edit) -> str:
    field, after = field_text(session.messages, edit.field), _value(session, edit, edit.after)
    if edit.key is not None and edit.before is None:
        return f"{field}: {after}"
    return f"{field}: {_value(session, edit, edit.before)} → {after}"


def _value(session: Session, edit: Edit, value: object) -> str:
    display = session.settings.display
    return value_text(
        session.messages,
        edit.field,
        value,
        thai_digits=display.digits == "thai",
        iso=display.dates == "iso",
    )


def _cells(session: Session, row: Row) -> list[str]:
    messages = session.messages
    if row.problem is not None:
        subject = f"{row.path}: {problem_message(messages, row.problem)}"
    elif row.secrecy != "none":
        subject = f"({messages(f'reading.secrecy.{row.secrecy}')})"
    else:
        subject = row.subject or _gist(session, row) or row.path
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


def _gist(session: Session, row: Row) -> str | None:
    return row.gist and session.messages("cli.list.gist", text=row.gist)


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
