"""``tui-inbox register``: enter letters in the register of received letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import DRY_RUN, IDS, JSON

if TYPE_CHECKING:
    from tui_inbox.service import Inbox

# Years from here on are of the Buddhist era, which is this much ahead.
_FIRST_THAI_YEAR = 2400
_ERA = 543


def run(session: Session) -> ExitCode:
    """The next numbers, that of the office's own stamp, or the one that is given."""
    from tui_inbox.cli.letters import SHORT_ID, act

    given = session.given
    year = given.year
    if year is not None and year >= _FIRST_THAI_YEAR:
        year -= _ERA
    if (year is not None and not 1900 <= year < _FIRST_THAI_YEAR) or (
        given.number is not None and given.number < 1
    ):
        session.say("cli.register.bad_number", year=given.year or "", number=given.number or "")
        return ExitCode.WRONG_USE
    told: list[tuple[str, int | None, int | None]] = []

    def do(inbox: Inbox, ids: tuple[str, ...]) -> None:
        inbox.register(ids, year, given.number, from_stamp=not given.no_stamp)
        for id in ids:
            record = inbox.record(id)
            told.append((id, record.register_number, record.register_year))

    code = act(session, do, session.messages("ledger.op.register"))
    for id, number, its_year in told:
        shown = (its_year or 0) + (_ERA if session.messages.language == "th" else 0)
        session.say("cli.register.given", id=id[:SHORT_ID], number=number, year=shown)
    return code


COMMAND = Command(
    "register",
    (
        IDS,
        Argument("--year", metavar="year", number=True),
        Argument("--number", metavar="number", number=True),
        Argument("--no-stamp", switch=True),
        JSON,
        DRY_RUN,
    ),
    run,
)
