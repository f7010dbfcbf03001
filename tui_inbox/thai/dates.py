"""Thai dates: Buddhist-era years, month names and their misspellings, both ways.

Matching expects folded text (Arabic digits, marks in order). Years from 2400 on are B.E., 543
years ahead of the Gregorian calendar; two-digit years are B.E. 25xx, as offices write them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tui_inbox.thai.written import MONTHS, SHORT_MONTHS, gregorian_year

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")

_WEEKDAY_FORMS = {
    "จันทร์": 0, "จันทร": 0, "อังคาร": 1, "พุธ": 2, "พฤหัสบดี": 3, "พฤหัส": 3, "พฤหัสฯ": 3, "ศุกร์": 4,
    "ศุกร": 4, "เสาร์": 5, "เสาร": 5, "อาทิตย์": 6, "อาทิตย": 6,
}  # fmt: skip
_EXACT = {name: n for n, name in enumerate(MONTHS, 1)} | {"กรกฏาคม": 7, "พฤษจิกายน": 11}
_SHORT = {form.replace(".", "").replace(" ", ""): n for n, form in enumerate(SHORT_MONTHS, 1)} | {
    "กพ": 2,
    "มีค": 3,
    "มิย": 6,
    "เมษ": 4,
}

_LONG_FORM = r"[ก-ฮฤเแโใไ][ก-ฮฤะ-ฺเ-๎]{4,11}"
_SHORT_FORM = (
    r"(?:ม\s?\.\s?ค|ก\s?\.\s?พ|มี\s?\.\s?ค|เม\s?\.\s?ย|พ\s?\.\s?ค|มิ\s?\.\s?ย|ก\s?\.\s?ค"
    r"|ส\s?\.\s?ค|ก\s?\.\s?ย|ต\s?\.\s?ค|พ\s?\.\s?ย|ธ\s?\.\s?ค)\s?\.?"
)
_WEEKDAY = (
    r"(?:วัน\s?)?(?P<weekday>"
    + "|".join(sorted(_WEEKDAY_FORMS, key=len, reverse=True))
    + r")\s*(?:ที่|ที|,)?\s*"
)
# Typists set the parts of a date apart, but not as far as the columns of a table.
_GAP = r"(?:[ ]{0,8}(?:\n[ ]{0,60}){0,2})"
_YEAR = (
    r"(?:(?:พ\s?\.?\s?ศ\s?\.?|พุทธศักราช|ปี(?:\s?พ\.?\s?ศ\.?)?)\s*)?(?P<year>\d{4,5}|(?<=\s)\d{2}"
    r"|(?<=[.\s])\d{2})(?![\d/,.]\d|\d)"
)
# The digits come first, for they are rare and found fast: what may stand before them is asked after
# the first of them, and the weekday is looked for before a date that was found.
_BEFORE = re.compile(rf"{_WEEKDAY}$")
_DATE = re.compile(
    rf"(?P<day>\d(?:(?<![\d/.:]\d)|(?<=[1-9]\d{{5}}))\d?)(?!\d){_GAP}(?:เดือน{_GAP})?"
    rf"(?P<month>{_SHORT_FORM}|{_LONG_FORM}){_GAP}(?:{_YEAR})?(?P<this>\s?(?:ศก)?นี้)?"
)
_MONTH_ONLY = re.compile(
    rf"(?P<month>{_SHORT_FORM}|{'|'.join(sorted(_EXACT, key=len, reverse=True))})\s*"
    rf"(?:(?:พ\s?\.?\s?ศ\s?\.?|พุทธศักราช|ปี(?:\s?พ\.?\s?ศ\.?)?)\s*)?(?P<year>\d{{4,5}}|(?<=[.\s])\d{{2}})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?P<day>\d(?<![\d/.-]\d)\d?)\s?(?P<sep>[/-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<year>\d{4}|\d{2})(?![\d/-])"
)


# A year behind a month to which it is glued.
_GLUED_YEAR = re.compile(r"\s*(?:พ\s?\.?\s?ศ\s?\.?|พุทธศักราช|ปี)\s*(?P<year>\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: ``[start, end)``; ``None`` where paper leaves a part out.

    ``year`` is Gregorian; ``year_printed`` as on paper. ``iso`` is ``None`` without a year, or for
    a day or year that no calendar has. ``weekday`` is the printed one, Monday 0.
    """

    start: int
    end: int
    day: int | None
    month: int
    year: int | None
    year_printed: str | None = None
    weekday: int | None = None
    this: bool = False

    def shifted(self, offset: int) -> Found:
        """The same date, its place counted from elsewhere."""
        return replace(self, start=self.start + offset, end=self.end + offset)

    @property
    def iso(self) -> str | None:
        if self.year is None:
            return None
        return to_iso(self.year, self.month, self.day)

    def iso_in(self, year: int | None) -> str | None:
        """The date, with ``year`` where the paper prints none."""
        if self.year_printed is not None or year is None:
            return self.iso
        return to_iso(year, self.month, self.day)


def to_iso(year: int, month: int, day: int | None) -> str | None:
    """``2024-06-21``, or ``2024-06`` without a day; ``None`` where there is no such day."""
    if not 1000 <= year <= 2900 or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"


@cache
def month_of(word: str) -> int | None:
    """The month (1–12) that a word names, OCR damage and misspelling forgiven; else ``None``."""
    exact = _EXACT.get(word)
    if exact is not None:
        return exact
    short = _SHORT.get(word.replace(".", "").replace(" ", ""))
    if short is not None:
        return short
    if len(word) < 5:
        return None
    # Imported here: what only writes dates, such as the screen until a letter is read, needs none.
    from rapidfuzz import fuzz, process

    best = process.extractOne(word, MONTHS, scorer=fuzz.ratio, score_cutoff=78)
    if best is None:
        return None
    # A damaged word that is as near to another month is no month.
    second = sorted((fuzz.ratio(word, name) for name in MONTHS), reverse=True)[1]
    return int(best[2]) + 1 if best[1] - second >= 6 else None


def find_dates(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Every date with a day and a month in ``text[start:end]``, in order, none overlapping."""
    stop = len(text) if end is None else end
    found: list[Found] = []
    position = start
    while (match := _DATE.search(text, position, stop)) is not None:
        date_found = _textual(text, position, match)
        if date_found is None:
            position = match.end("day")
            continue
        found.append(date_found)
        position = date_found.end
    if text.find("/", start, stop) < 0 and text.find("-", start, stop) < 0:
        return found
    for match in _NUMERIC.finditer(text, start, stop):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        year = gregorian_year(match["year"])
        if year is None or to_iso(year, int(match["month"]), int(match["day"])) is None:
            continue
        begin, weekday = _weekday_before(text, start, match.start())
        found.append(
            Found(
                begin, match.end(), int(match["day"]), int(match["month"]), year, match["year"],
                weekday,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: one.start)


def _weekday_before(text: str, floor: int, position: int) -> tuple[int, int | None]:
    """Where a date really begins, and the weekday printed before its day."""
    if text[position - 1 : position] not in "ที่รณ์ะ, \n" and position:
        return position, None
    left = max(floor, position - 24)
    match = _BEFORE.search(text[left:position])
    if match is None:
        return position, None
    return left + match.start(), _WEEKDAY_FORMS.get(match["weekday"])


def _textual(text: str, floor: int, match: re.Match[str]) -> Found | None:
    word = match["month"]
    month = month_of(word.strip())
    end, year = match.end(), match["year"]
    name = None
    if word not in _EXACT and len(word) > 5:
        # The word may be glued to what follows: "มิถุนายนพ.ศ.", "พฤษภาคมนี้".
        name = next((name for name in _EXACT if word.startswith(name)), None)
    if name is not None:
        month = _EXACT[name]
    if month is None:
        return None
    if name is not None:
        begin, weekday = _weekday_before(text, floor, match.start())
        end = match.start("month") + len(name)
        glued = _GLUED_YEAR.match(text, end)
        year = None
        if glued is not None:
            end, year = glued.end(), glued["year"]
        if word[len(name) :].startswith("นี้"):
            return Found(begin, end + 3, int(match["day"]), month, None, None, weekday, True)
    elif year is not None and len(year) == 2 and match["this"]:
        year = None
    if year is not None and len(year) == 2 and gregorian_year(year) is None:
        year = None
    if year is None and end == match.end() and not match["this"]:
        end = match.start("month") + len(word.rstrip())
    begin, weekday = _weekday_before(text, floor, match.start())
    return Found(
        begin,
        end,
        int(match["day"]),
        month,
        None if year is None else gregorian_year(year),
        year,
        weekday,
        bool(match["this"]),
    )


def find_months(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Every month with a year but without a day (``กุมภาพันธ์ 2567``) in ``text[start:end]``."""
    stop = len(text) if end is None else end
    found = []
    for match in _MONTH_ONLY.finditer(text, start, stop):
        month = month_of(match["month"])
        year = gregorian_year(match["year"])
        if month is not None and year is not None:
            found.append(Found(*match.span(), None, month, year, match["year"]))
    return found


def parse_iso(iso: str) -> date | None:
    """A full ISO date as ``datetime.date``; ``None`` for a month or anything else."""
    try:
        return date.fromisoformat(iso[:10]) if len(iso) >= 10 else None
    except ValueError:
        return None


def month_end(year: int, month: int) -> str:
    """The last day of a month, ISO."""
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"
