"""``tui-inbox list``: the letters in the order of work."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON

# The names of `tui_inbox.triage.View`, which is not read for help and completions.
VIEWS = (
    "inbox", "today", "overdue", "most_urgent", "mine", "waiting", "done", "problems", "all",
)  # fmt: skip


def run(session: Session) -> ExitCode:
    """Every letter of the view, in triage order."""
    from tui_inbox.triage import Query, View

    with session.inbox() as inbox:
        query = Query(view=View(session.given.view), text=" ".join(session.given.query))
        rows = inbox.board(query).rows
        near = () if rows or not query.text else inbox.near(query.text)
    if session.given.json:
        from tui_inbox.cli.rows import write_json

        write_json(session, rows)
    else:
        from tui_inbox.cli.table import write_table

        write_table(session, rows)
    if near:
        from tui_inbox.cli.queries import say_near

        say_near(session, near)
    return ExitCode.DONE


COMMAND = Command(
    "list",
    (
        Argument("query", metavar="query", many="*"),
        Argument("--view", metavar="view", choices=VIEWS, default="all"),
        JSON,
    ),
    run,
)
