"""``tui-inbox manual``: the manual, made from the same definitions as the commands."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def run(session: Session) -> ExitCode:
    """The manual in the session's language."""
    from tui_inbox.cli.manual import man_page, markdown, page

    render = man_page if session.given.format == "man" else markdown
    session.output.data(render(page(session.messages)).rstrip("\n").encode())
    return ExitCode.DONE


COMMAND = Command(
    "manual",
    (Argument("--format", choices=("man", "markdown"), default="man"),),
    run,
    Loads.NOTHING,
)
