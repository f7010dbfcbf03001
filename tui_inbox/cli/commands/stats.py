"""``tui-inbox stats``: the office's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session

if TYPE_CHECKING:
    from tui_inbox.export.statistics import Statistics


def run(session: Session) -> ExitCode:
    """What is open, came in and was handled, and how long that took."""
    with session.inbox() as inbox:
        found = inbox.exports.statistics()
    if session.given.json:
        import msgspec

        session.output.data(msgspec.json.encode(found))
    else:
        _write(session, found)
    return ExitCode.DONE


def _write(session: Session, found: Statistics) -> None:
    from tui_inbox.thai.cells import cells, one_line, pad

    messages, text = session.messages, session.output.text
    text(messages("export.made", date=session.date(found.today.isoformat())))
    for name in ("total", "open", "overdue", "due_today", "problems"):
        text(messages(f"export.stats.{name}", count=getattr(found, name)))
    urgencies = [
        messages("export.stats.one", name=messages(f"reading.urgency.{urgency}"), count=count)
        for urgency, count in found.by_urgency.items()
    ]
    text(messages("export.stats.by_urgency", counts="  ".join(urgencies)))
    if found.oldest_open is not None:
        oldest = session.date(found.oldest_open.isoformat())
        text(messages("export.stats.oldest_open", date=oldest))
    if found.median_days is not None:
        days = f"{found.median_days:g}"
        text(messages("export.stats.median_days", days=days, weeks=len(found.weeks)))
    tables = (
        (
            ("unit", "open", "overdue"),
            [
                (one.unit or messages("export.followup.nobody"), one.open, one.overdue)
                for one in found.by_unit
            ],
        ),
        (
            ("week", "received", "handled"),
            [
                (session.date(one.start.isoformat()), one.received, one.handled)
                for one in found.weeks
            ],
        ),
    )
    for heads, rows in tables:
        lines = [[messages(f"export.stats.column.{head}") for head in heads]]
        lines += [[one_line(str(value)) for value in row] for row in rows]
        widths = [max(cells(line[place]) for line in lines) for place in range(len(heads))]
        text("")
        for line in lines:
            columns = [
                pad(value, width, right=place > 0)
                for place, (value, width) in enumerate(zip(line, widths, strict=True))
            ]
            text("  ".join(columns).rstrip())


COMMAND = Command("stats", (Argument("--json", switch=True),), run)
