"""``tui-inbox export``: the register, the calendar, the follow-up list, a cover note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.destination import DIGITS, FORCE, OUTPUT, format_of, hand_over, thai_digits
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import ID

if TYPE_CHECKING:
    from tui_inbox.export.sheet import Sheet

TABLES = ("xlsx", "csv", "html")
LISTS = ("text", *TABLES)
# The names of `tui_inbox.export.ics.Deadlines`.
DEADLINES = ("events", "tasks", "both")
# Tables have no headings between their rows, which filters and other programs trip over.
_FLAT = frozenset({"xlsx", "csv"})


def register(session: Session) -> ExitCode:
    """The register of received letters of a period."""
    from tui_inbox.cli.periods import period_of
    from tui_inbox.export.register import Which

    given = session.given
    form = format_of(session, TABLES, "xlsx" if session.output.on_terminal else "csv")
    if form is None:
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        period = period_of(session, inbox.exports.today)
        if period is None:
            return ExitCode.WRONG_USE
        sheet = inbox.exports.register(
            period,
            which=Which.SECRET if given.secret else Which.ORDINARY,
            unregistered=not given.registered,
            thai_digits=thai_digits(session),
            flat=form in _FLAT,
            messages=session.messages,
        )
    if form == "csv":
        # A table has no foot, and what it leaves out must be known.
        for line in sheet.foot[1:-1]:
            session.output.say(line)
    name = f"{sheet.title} {sheet.under[-1]}.{form}"
    return hand_over(session, _file(sheet, form), name=name, text=form != "xlsx")


def calendar(session: Session) -> ExitCode:
    """Meetings and deadlines for a calendar."""
    from tui_inbox.cli.periods import day_of
    from tui_inbox.export.ics import Deadlines

    given = session.given
    if given.remind is not None and given.remind < 0:
        session.say("export.refused.remind", value=given.remind)
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        since = None
        if getattr(given, "from") is not None:
            since = day_of(session, "from", inbox.exports.today)
            if since is None:
                return ExitCode.WRONG_USE
        handed = inbox.exports.calendar(
            since=since,
            deadlines=Deadlines(given.deadlines),
            remind=None if given.quiet else given.remind,
            messages=session.messages,
        )
    if handed.secret:
        session.say("export.calendar.secret", count=handed.secret)
    return hand_over(session, handed.data, name="tui-inbox.ics", text=True)


def followup(session: Session) -> ExitCode:
    """What is open, by unit, the oldest first."""
    form = format_of(session, LISTS, "text")
    if form is None:
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        sheet = inbox.exports.followup(
            only=session.given.unit,
            overdue=session.given.overdue,
            thai_digits=thai_digits(session),
            flat=form in _FLAT,
            messages=session.messages,
        )
    return hand_over(
        session,
        _file(sheet, form),
        name=f"{sheet.title}.{form}",
        text=form != "xlsx",
        readable=form == "text",
    )


def cover(session: Session) -> ExitCode:
    """The text of a memo with which a letter is passed on."""
    from tui_inbox.cli.letters import one

    name = session.given.template
    if name is not None and name not in session.settings.covers:
        known = ", ".join(session.settings.covers) or session.messages("export.none")
        session.say("export.refused.template", name=name, known=known)
        return ExitCode.WRONG_USE
    with session.inbox() as inbox:
        id = one(session, inbox, session.given.id)
        if id is None:
            return ExitCode.SOME_FAILED
        text = inbox.exports.cover(
            id,
            to=session.given.to,
            template=name,
            thai_digits=thai_digits(session),
            messages=session.messages,
        )
    if text is None:
        session.say("cli.error.not_found", id=session.given.id)
        return ExitCode.SOME_FAILED
    return hand_over(session, text.encode(), name="cover.txt", text=True, readable=True)


def _file(sheet: Sheet, form: str) -> bytes:
    match form:
        case "xlsx":
            from tui_inbox.export.workbook import xlsx_bytes

            return xlsx_bytes(sheet)
        case "csv":
            from tui_inbox.export.comma import csv_bytes

            return csv_bytes(sheet)
        case "html":
            from tui_inbox.export.page import html_text

            return html_text(sheet).encode()
    from tui_inbox.export.plain import plain_text
    from tui_inbox.thai.wrap import Segmenter

    segmenter = Segmenter()
    segmenter.load()
    return plain_text(sheet, segment=segmenter).encode()


COMMAND = Command(
    "export",
    parts=(
        Command(
            "export register",
            (
                Argument("--day", metavar="day"),
                Argument("--month", metavar="month"),
                Argument("--year", metavar="year"),
                Argument("--from", metavar="day"),
                Argument("--to", metavar="day"),
                Argument("--registered", switch=True),
                Argument("--secret", switch=True),
                Argument("--format", choices=TABLES, help="export.option.format"),
                DIGITS,
                OUTPUT,
                FORCE,
            ),
            register,
        ),
        Command(
            "export calendar",
            (
                Argument("--from", metavar="day"),
                Argument("--deadlines", choices=DEADLINES, default="events"),
                Argument("--remind", metavar="number", number=True, default=1),
                Argument("--quiet", switch=True),
                OUTPUT,
                FORCE,
            ),
            calendar,
        ),
        Command(
            "export followup",
            (
                Argument("--unit", metavar="unit"),
                Argument("--overdue", switch=True),
                Argument("--format", choices=LISTS, help="export.option.format"),
                DIGITS,
                OUTPUT,
                FORCE,
            ),
            followup,
        ),
        Command(
            "export cover",
            (
                ID,
                Argument("--to", metavar="unit"),
                Argument("--template", metavar="name"),
                DIGITS,
                OUTPUT,
                FORCE,
            ),
            cover,
        ),
    ),
)
