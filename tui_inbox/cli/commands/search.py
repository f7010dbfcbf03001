"""``tui-inbox search``: what a query finds, the likeliest first, with the lines that hold it."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.commands.list import VIEWS
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON

# More lines than that are no answer; `--limit` asks for them.
USUAL_LIMIT = 100


def run(session: Session) -> ExitCode:
    """Letters that a query finds; near matches go to standard error, for they are no result."""
    from tui_inbox.triage import View

    given = session.given
    if given.limit < 1:
        session.say("cli.search.bad_limit", value=given.limit)
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        found = inbox.search(" ".join(given.query), view=View(given.view), limit=given.limit)
    if given.json:
        from tui_inbox.cli.rows import write_hits

        write_hits(session, found.hits)
    else:
        from tui_inbox.cli.table import write_hit

        for hit in found.hits:
            write_hit(session, hit)
    if not found.hits:
        session.say("cli.list.nothing")
    elif found.total > len(found.hits):
        session.say("cli.search.more", shown=len(found.hits), total=found.total)
    if found.near:
        from tui_inbox.cli.queries import say_near

        say_near(session, found.near)
    return ExitCode.DONE


COMMAND = Command(
    "search",
    (
        Argument("query", metavar="query", many="+"),
        Argument("--view", metavar="view", choices=VIEWS, default="all"),
        Argument("--limit", metavar="number", number=True, default=USUAL_LIMIT),
        JSON,
    ),
    run,
)
