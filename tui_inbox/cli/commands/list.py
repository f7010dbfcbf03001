"""``tui-inbox list``: the letters in the order of work."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON

# The names of `tui_inbox.triage.Sort`.
SORTS = (
    "triage", "relevance", "due", "received", "date", "number", "sender", "subject", "urgency",
    "status", "assignee", "register", "updated",
)  # fmt: skip
# The names of `tui_inbox.triage.View`, which is not read for help and completions.
VIEWS = (
    "inbox", "today", "overdue", "most_urgent", "mine", "waiting", "done", "problems", "all",
)  # fmt: skip


def run(session: Session) -> ExitCode:
    """Every letter of the view, in triage order."""
    from tui_inbox.cli.letters import one
    from tui_inbox.triage import Query, Sort, View

    given = session.given
    if given.saved is not None and given.saved not in session.settings.views:
        names = ", ".join(session.settings.views) or session.messages("cli.none")
        session.say("manual.list.no_such_view", name=given.saved, names=names)
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        related = None if given.related is None else one(session, inbox, given.related)
        if given.related is not None and related is None:
            return ExitCode.SOME_FAILED
        query = Query(
            view=View(given.view),
            text=" ".join(given.query),
            saved=given.saved,
            related=related,
            sort=Sort(given.sort),
            backwards=given.reverse,
        )
        rows = inbox.board(query).rows
        near = () if rows or not query.text else inbox.near(query.text)
    if given.ids:
        for row in rows:
            session.output.text(row.id)
    elif given.json:
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
        Argument("--saved", metavar="name"),
        Argument("--related", metavar="id", completes=Completes.LETTERS),
        Argument("--sort", metavar="column", choices=SORTS, default="triage"),
        Argument("--reverse", switch=True),
        Argument("--ids", switch=True),
        JSON,
    ),
    run,
)
