"""A day, a month, a year or a stretch of days, as people of an office name it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal

import msgspec

from tui_inbox.thai.dates import find_dates, find_months
from tui_inbox.thai.written import TO_ARABIC, gregorian_year

_NUMERIC_MONTH = re.compile(r"(\d{1,2})[/-](\d{2}|\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[/-](\d{1,2})")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
# What people type for the days and the months around today.
_NEAR_DAYS = {"today": 0, "วันนี้": 0, "yesterday": -1, "เมื่อวาน": -1, "เมื่อวานนี้": -1}
_THIS = frozenset({"this", "เดือนนี้", "ปีนี้"})
_LAST = frozenset({"last", "เดือนก่อน", "เดือนที่แล้ว", "ปีก่อน", "ปีที่แล้ว"})


class Period(msgspec.Struct, frozen=True):
    """From ``start`` to ``end``, both included; ``kind`` is how it was named."""

    kind: Literal["day", "month", "year", "range"]
    start: dt.date
    end: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.start <= day <= self.end

    @property
    def is_one_day(self) -> bool:
        return self.start == self.end


def day_period(day: dt.date) -> Period:
    return Period("day", day, day)


def month_period(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period("month", dt.date(year, month, 1), dt.date(year, month, last))


def year_period(year: int) -> Period:
    return Period("year", dt.date(year, 1, 1), dt.date(year, 12, 31))


def parse_day(text: str, today: dt.date) -> dt.date | None:
    """``2569-11-20``, ``20/11/2569``, ``20 พ.ย. 2569``, ``๒๐ พฤศจิกายน ๖๙``, ``today``, ``วันนี้``.

    Gregorian years are understood too, and ``yesterday``.
    """
    text = _folded(text)
    if text in _NEAR_DAYS:
        return today + dt.timedelta(days=_NEAR_DAYS[text])
    if match := _YEAR_MONTH_DAY.fullmatch(text):
        return _date(match[1], match[2], match[3])
    for found in find_dates(text):
        if (found.start, found.end) == (0, len(text)) and found.iso is not None:
            return dt.date.fromisoformat(found.iso)
    return None


def parse_month(text: str, today: dt.date) -> Period | None:
    """``2569-11``, ``11/2569``, ``พ.ย. 2569``, ``this``, ``last``; Gregorian years too."""
    text = _folded(text)
    first: dt.date | None = None
    if text in _THIS:
        first = today
    elif text in _LAST:
        first = today.replace(day=1) - dt.timedelta(days=1)
    elif match := _YEAR_MONTH.fullmatch(text):
        first = _date(match[1], match[2], "1")
    elif match := _NUMERIC_MONTH.fullmatch(text):
        first = _date(match[2], match[1], "1")
    else:
        for found in find_months(text):
            if (found.start, found.end) == (0, len(text)) and found.year is not None:
                first = _date(str(found.year), str(found.month), "1")
    return None if first is None else month_period(first.year, first.month)


def parse_year(text: str, today: dt.date) -> Period | None:
    """``2569``, ``69``, ``2026``, ``this``, ``last``."""
    text = _folded(text)
    if text in _THIS or text in _LAST:
        return year_period(today.year - (text in _LAST))
    year = gregorian_year(text.removeprefix("พ.ศ.").strip())
    return None if year is None else year_period(year)


def _date(year: str, month: str, day: str) -> dt.date | None:
    gregorian = gregorian_year(year)
    try:
        return None if gregorian is None else dt.date(gregorian, int(month), int(day))
    except ValueError:
        return None


def _folded(text: str) -> str:
    return " ".join(text.translate(TO_ARABIC).split())
