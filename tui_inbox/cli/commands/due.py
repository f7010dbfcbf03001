"""``tui-inbox due``: set the day by which letters are to be dealt with."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON


def run(session: Session) -> ExitCode:
    """A day as people type it; one that is past, or not the weekday named, only with ``--yes``."""
    import datetime as dt

    from tui_inbox.cli.letters import act
    from tui_inbox.thai.when import read_day
    from tui_inbox.triage import office_day

    given = session.given
    if (given.on is not None) == given.none:
        session.say("cli.action.one_of", what="--on, --none")
        return ExitCode.WRONG_USE
    day = None
    shown = session.messages("ledger.empty")
    if given.on is not None:
        found = read_day(given.on, office_day(dt.datetime.now(dt.UTC)))
        if found is None:
            session.say("cli.due.no_day", value=given.on)
            return ExitCode.WRONG_USE
        day, shown = found.date, session.date(found.date.isoformat())
        if found.doubt is not None and not given.yes:
            session.say(f"cli.due.{found.doubt}", day=shown)
            return ExitCode.WRONG_USE
    done = f"{session.messages('ledger.op.due')}: {shown}"
    return act(session, lambda inbox, ids: inbox.due(ids, day), done)


COMMAND = Command(
    "due",
    (
        IDS,
        Argument("--on", metavar="day"),
        Argument("--none", switch=True),
        Argument("--yes", switch=True),
        JSON,
        DRY_RUN,
    ),
    run,
)
