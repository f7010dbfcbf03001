"""Rows and values in words: what the list, the summary and the status line say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property

import msgspec

from tui_inbox.config import Settings
from tui_inbox.letter import Check, Kind, Problem, Secrecy, Urgency
from tui_inbox.locale import Messages, fields, section
from tui_inbox.locale.decisions import conflict_text, finding_text
from tui_inbox.locale.queries import query_error
from tui_inbox.locale.wording import check_message, problem_message
from tui_inbox.service import ActionFailed, Finding, ServiceError
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.written import TO_THAI, format_date
from tui_inbox.triage import OFFICE_TIME, Row, Status, office_day
from tui_inbox.triage.errors import QueryError
from tui_inbox.tui.keymap import Keymap

URGENCY_MARK = {
    Urgency.MOST_URGENT: "‼",
    Urgency.VERY_URGENT: "!",
    Urgency.URGENT: "·",
    Urgency.NORMAL: " ",
}
NOTE_MARK = "✎"
CHECK_MARK = "⚠"
SECRET_MARK = "■"
PIN_MARK = "★"

# Days ahead that are counted in the list; what lies further is given as a date.
COUNTED_DAYS = 14
# Days behind from which years are counted.
YEARS_FROM = 730

# Kinds of letter that have no เรื่อง by their form.
WITHOUT_SUBJECT = frozenset({Kind.STAMPED_LETTER, Kind.MINUTES, Kind.CERTIFICATE})

#: Values of an undo's conflict that are shown; a bulk action may have hundreds.
SHOWN_CONFLICTS = 4

CLOSED = frozenset({Status.ACTIONED, Status.FILED})


class Words(msgspec.Struct, frozen=True, dict=True):
    """Wording in the user's language, digits and calendar, as of the office's day."""

    messages: Messages
    settings: Settings
    clock: Callable[[], dt.datetime]
    keymap: Keymap = msgspec.field(default_factory=Keymap)

    @property
    def today(self) -> dt.date:
        return office_day(self.clock())

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Texts name the keys that are set, whatever they are."""
        return self.keymap.fields()

    def __call__(self, key: str, /, **args: object) -> str:
        return self.messages(f"tui.{key}", **{**self._keys, **args})

    def digits(self, text: str) -> str:
        """``text`` with its digits as the settings want them."""
        return text.translate(TO_THAI) if self.settings.display.digits == "thai" else text

    def value(self, text: str) -> str:
        """What was read in a letter, on one line and safe for the screen."""
        return self.digits(one_line(text))

    @staticmethod
    def one_line(text: str) -> str:
        """What is shown as it is, on one line and safe for the screen."""
        return one_line(text)

    def clock_time(self, time: str) -> str:
        """A time of day, ``09:30``."""
        return self("summary.at", time=self.digits(time))

    def number(self, value: int) -> str:
        """A count, its thousands set apart."""
        return self.digits(f"{value:,}")

    def plain(self, value: int) -> str:
        """A number that is a name."""
        return self.digits(str(value))

    def date(self, iso: str | None, *, short: bool = False) -> str:
        """A date in the style of the settings; ``2024-02`` is a month without its day."""
        if iso is None:
            return self("none")
        display = self.settings.display
        if display.dates == "iso":
            return iso
        if self.messages.language == "en":
            return self.digits(_english_date(iso, short=short))
        return format_date(iso, short=short, thai_digits=display.digits == "thai")

    def weekday(self, day: dt.date) -> str:
        """A date with its weekday."""
        name = self.messages(f"reading.weekday.{day.weekday()}")
        return self("weekday", weekday=name, date=self.date(day.isoformat()))

    def moment(self, iso: str) -> str:
        """A timestamp in UTC, as local date and time of day."""
        at = dt.datetime.fromisoformat(iso).astimezone(OFFICE_TIME)
        return f"{self.date(at.date().isoformat(), short=True)} {self.digits(f'{at:%H:%M}')}"

    def due(self, due: dt.date, *, closed: bool = False) -> str:
        """เลยกำหนด 2 วัน · วันนี้ · อีก 3 วัน, or the date where it is far away or done with."""
        days = (due - self.today).days
        if closed or days > COUNTED_DAYS:
            return self("due.on", date=self.date(due.isoformat(), short=True))
        if days <= -YEARS_FROM:
            return self("due.overdue_years", years=self.number(-days // 365))
        if days < 0:
            return self("due.overdue", days=self.number(-days))
        if days <= 1:
            return self("due.today" if days == 0 else "due.tomorrow")
        return self("due.in", days=self.number(days))

    def due_style(self, due: dt.date) -> str:
        days = (due - self.today).days
        return "overdue" if days < 0 else "today" if days == 0 else "soon" if days <= 3 else ""

    def standing(self, row: Row) -> tuple[str, str]:
        """What the list says about time: when it is due, else why it stands here; its style."""
        if row.problem is not None:
            return self.reason(row), "problem"
        if row.growing is not None and row.sha256 is None:
            return self("list.growing"), "problem"
        if row.due is not None and row.status not in CLOSED:
            return self.due(row.due), self.due_style(row.due)
        return self.reason(row), ""

    def reason(self, row: Row) -> str:
        args = {name: self.number(value) for name, value in row.reason.args.items()}
        return self.messages(f"triage.reason.{row.reason.code}", **args)

    def register(self, row: Row) -> str | None:
        """The number in the register of letters received, with the year in its short form."""
        number, year = row.register_number, row.register_year
        if number is None:
            return None
        if year is None:
            return self("register.number", number=self.plain(number))
        thai = self.settings.display.dates == "thai" and self.messages.language == "th"
        shown = f"{(year + 543) % 100:02d}" if thai else str(year)
        return self("register.of_year", number=self.plain(number), year=self.digits(shown))

    def no_subject(self, kind: Kind, gist: str | None) -> str:
        """What stands in place of a subject, which some kinds of letter have none of: what the
        letter is about in its own words, as in the register, else its kind."""
        if gist:
            return self("list.gist", text=self.value(gist))
        key = "list.kind_only" if kind in WITHOUT_SUBJECT else "list.no_subject"
        return self(key, kind=self.enum("kind", kind))

    def status(self, status: Status) -> str:
        return self(f"status.{status.value}")

    def problem(self, problem: Problem) -> str:
        return problem_message(self.messages, problem)

    def check(self, check: Check) -> str:
        return check_message(self.messages, check)

    def unavailable(self, code: str) -> str:
        """Why the folder cannot be looked at now."""
        key = f"watching.offline.{code}"
        return self.messages(key) if key in self.messages else self("empty.offline")

    def error(self, error: Exception) -> str:
        """Why something could not be looked up or written down."""
        if isinstance(error, ServiceError):
            for group in ("ledger.error", "triage.unavailable", "export.refused"):
                key = f"{group}.{error.code}"
                if key in self.messages and fields_of(self.messages, key) <= error.details.keys():
                    return self.messages(key, **error.details)
        if isinstance(error, QueryError):
            return query_error(self.messages, error.code, error.nearest, error.details)
        return self("trouble", detail=str(error))

    def finding(self, one: Finding) -> str:
        """What was amiss in the ledger's files, and where it is kept."""
        return finding_text(
            self.messages, one.code, one.file, one.offset, one.size, one.kept, one.detail
        )

    def conflicts(self, error: ServiceError) -> str:
        """What stands in the way of an undo, both values of each on a line; empty if nothing."""
        found = error.conflicts if isinstance(error, ActionFailed) else ()
        lines = [
            conflict_text(
                self.messages,
                one.field,
                one.expected,
                one.current,
                one.by or "",
                "" if one.at is None else self.moment(one.at.isoformat()),
            )
            for one in found[:SHOWN_CONFLICTS]
        ]
        if len(found) > SHOWN_CONFLICTS:
            lines.append(self.messages("ledger.more", n=self.number(len(found) - SHOWN_CONFLICTS)))
        return "\n".join(map(one_line, lines))

    def enum(self, group: str, value: str) -> str:
        """The name of a kind, urgency, secrecy or action."""
        return self.messages(f"reading.{group}.{value}")

    def field(self, name: str) -> str:
        """The name of a field of a letter, or of what the search found."""
        for key in (f"tui.evidence_of.{name}", f"reading.field.{name}"):
            if key in self.messages:
                return self.messages(key)
        return self("evidence_of.other")

    def title(self, row: Row) -> str:
        """The letter's name in a sentence: its number, else its subject, else its file's."""
        if row.number:
            return self.digits(row.number)
        if row.subject and row.secrecy is Secrecy.NONE:
            return self.digits(row.subject)
        return row.path.rpartition("/")[2]


def _english_date(iso: str, *, short: bool) -> str:
    try:
        day = dt.date.fromisoformat(iso if len(iso) == 10 else f"{iso}-01")
    except ValueError:
        return iso
    month = f"{day:%b}" if short else f"{day:%B}"
    return f"{day.day} {month} {day.year}" if len(iso) == 10 else f"{month} {day.year}"


def fields_of(messages: Messages, key: str) -> frozenset[str]:
    """The fields that a text wants filled."""
    name, _, rest = key.partition(".")
    return fields(section(messages.language, name)[rest])


def is_secret(row: Row) -> bool:
    """Whether only number and sender may be shown until somebody opens the letter on purpose."""
    return row.secrecy is not Secrecy.NONE
