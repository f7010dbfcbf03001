"""How values are written on what is handed on: one line each, dates and digits as the office has
them, in the language of the form."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from tui_inbox.export.case import Case
from tui_inbox.export.period import Period
from tui_inbox.locale import Messages
from tui_inbox.thai.cells import one_line, truncate
from tui_inbox.thai.written import BE, MONTHS, SHORT_MONTHS, TO_THAI, format_date
from tui_inbox.triage import is_open, office_day

#: Cells of the longest value; a spreadsheet takes no more than 32,767 characters.
LONGEST = 2000
#: Cells of a note or summary where many letters stand in one table.
SHORT = 300

# Digits of a Latin word, an address or a link are part of its name.
_LATIN = re.compile(r"[^\s\u0e00-\u0e7f]*[A-Za-z][^\s\u0e00-\u0e7f]*")


class Writing(msgspec.Struct, frozen=True):
    """The form's language, and whether its digits are Thai."""

    messages: Messages
    thai_digits: bool = False

    def word(self, key: str, /, **args: object) -> str:
        """A text of the catalogue with its digits as the form has them."""
        return self.digits(self.messages(key, **args))

    def text(self, value: str | None, longest: int = LONGEST) -> str:
        """A value of a letter or of a person on one line, without control characters."""
        return "" if value is None else self.digits(truncate(one_line(value).strip(), longest))

    def digits(self, text: str) -> str:
        if not self.thai_digits:
            return text
        parts, end = [], 0
        for match in _LATIN.finditer(text):
            parts += [text[end : match.start()].translate(TO_THAI), match[0]]
            end = match.end()
        return "".join([*parts, text[end:].translate(TO_THAI)])

    def date(self, iso: str | None) -> str:
        """``20 พ.ย. 2569``; ISO where the form is not Thai."""
        if iso is None:
            return ""
        if self.messages.language != "th":
            return iso
        year, month, *day = iso.split("-")
        words = [str(int(day[0]))] if day else []
        return self.digits(" ".join([*words, SHORT_MONTHS[int(month) - 1], str(int(year) + BE)]))

    def day(self, day: dt.date) -> str:
        return self.date(day.isoformat())

    def long_date(self, iso: str | None) -> str:
        """``20 พฤศจิกายน 2569``."""
        if iso is None or self.messages.language != "th":
            return iso or ""
        return self.digits(format_date(iso))

    def period(self, period: Period) -> str:
        """``เดือนพฤศจิกายน พ.ศ. 2569``, for a head."""
        thai = self.messages.language == "th"
        month = period.start.month
        return self.word(
            f"export.period.{period.kind}",
            start=self.long_date(period.start.isoformat()),
            end=self.long_date(period.end.isoformat()),
            month=MONTHS[month - 1] if thai else month,
            year=period.start.year + (BE if thai else 0),
        )

    def action_taken(self, case: Case) -> str:
        """การปฏิบัติ: who has the letter, what was noted last, when and by whom it was closed."""
        parts, handling, row = [], case.handling, case.row
        if row.assignee is not None:
            who = self.text(row.assignee, SHORT)
            if handling.assigned is None:
                parts.append(self.word("export.action.assigned", who=who))
            else:
                when = self.moment(handling.assigned.at)
                parts.append(self.word("export.action.assigned_on", who=who, date=when))
        if case.notes:
            parts.append(self.text(case.notes[-1].text, SHORT))
        if handling.closed is not None and not is_open(row.status):
            parts.append(
                self.word(
                    f"export.action.{row.status.value}",
                    date=self.moment(handling.closed.at),
                    by=self.text(handling.closed.by, SHORT),
                )
            )
        return "; ".join(parts)

    def moment(self, at: dt.datetime) -> str:
        """The day at the office of a moment."""
        return self.day(office_day(at))
