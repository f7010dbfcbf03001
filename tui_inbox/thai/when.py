"""A day as a person types it: ``พรุ่งนี้``, ``ศุกร์หน้า``, ``25 มิ.ย. 67``, ``+3d``, ``3 วัน``.

What cannot be understood as a whole is not understood at all: a due date is never guessed from a
part of what was typed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tui_inbox.thai.dates import WEEKDAYS, month_of, to_iso
from tui_inbox.thai.numbers import number_from_words
from tui_inbox.thai.written import TO_ARABIC, gregorian_year


class Doubt(StrEnum):
    """Why a day should be asked back before it is taken."""

    PAST = "past"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Day:
    """What was understood. ``doubt``: it lies before today, or is not the weekday named."""

    date: date
    doubt: Doubt | None = None


_NAMED = {
    "วันนี้": 0, "นี้": 0, "today": 0, "พรุ่งนี้": 1, "วันพรุ่งนี้": 1, "พรุ่ง": 1, "tomorrow": 1,
    "มะรืน": 2, "มะรืนนี้": 2, "วันมะรืน": 2, "วันมะรืนนี้": 2, "เมื่อวาน": -1, "เมื่อวานนี้": -1,
    "yesterday": -1,
}  # fmt: skip
_WEEKDAY = {
    **{name: n for n, name in enumerate(WEEKDAYS)},
    "จ.": 0, "อ.": 1, "พ.": 2, "พฤ.": 3, "ศ.": 4, "ส.": 5, "อา.": 6, "พฤหัส": 3, "พฤหัสฯ": 3,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_ENGLISH_MONTHS = tuple(calendar.month_name[n].lower() for n in range(1, 13))
_UNITS = {
    "d": 1, "day": 1, "days": 1, "วัน": 1, "w": 7, "week": 7, "weeks": 7, "สัปดาห์": 7, "อาทิตย์": 7,
    "m": 0, "month": 0, "months": 0, "เดือน": 0,
}  # fmt: skip
_MONTH_END = {"สิ้นเดือน": 0, "สิ้นเดือนนี้": 0, "end of month": 0, "สิ้นเดือนหน้า": 1}

_NAMES = "|".join(sorted(map(re.escape, _WEEKDAY), key=len, reverse=True))
_ON_WEEKDAY = re.compile(
    rf"(?P<next>next )?(?:วัน)?(?P<name>{_NAMES})\s?(?P<which>นี้|หน้า|ที่จะถึง(?:นี้)?)?"
)
_LATER = re.compile(
    r"(?:\+|อีก|ภายใน|in )?\s?(?P<count>\d{1,3}|[ก-๎]+?)\s?"
    rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?:ข้างหน้า)?"
)
_PLUS = re.compile(r"\+\s?(?P<count>\d{1,3})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NUMERIC = re.compile(
    r"(?P<day>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<month>\d{1,2})"
    r"(?:\s?(?P=sep)\s?(?P<year>\d{4}|\d{2}))?"
)
_WORDED = re.compile(
    r"(?P<day>\d{1,2})\s?(?:เดือน\s?)?(?P<month>[^\d\s][^\d]*?)"
    r"\s?(?:(?:พ\.?\s?ศ\.?|ปี)\s?)?(?P<year>\d{4}|\d{2})?"
)
_ALONE = re.compile(r"(?:วันที่\s?)(?P<day>\d{1,2})")
_WITH_WEEKDAY = re.compile(rf"(?:วัน)?(?P<name>{_NAMES})\s?(?:ที่|,)?\s?(?P<rest>\d.*)")


def read_day(text: str, today: date) -> Day | None:
    """The day that ``text`` means on ``today``, or ``None``.

    Years may be B.E. or Gregorian, in four digits; two digits are B.E. A day without its year is
    the next one that comes. A weekday by itself is the next one after today; with ``นี้`` it may
    be today, and with ``หน้า`` it is the one of the week after this.
    """
    typed = " ".join(text.translate(TO_ARABIC).replace("ํา", "ำ").split()).casefold()
    named = _WITH_WEEKDAY.fullmatch(typed)
    found = _plain(named["rest"] if named else typed, today)
    if found is None:
        return None
    if named is not None and found.weekday() != _WEEKDAY[named["name"]]:
        return Day(found, Doubt.WEEKDAY)
    return Day(found, Doubt.PAST if found < today else None)


def _plain(typed: str, today: date) -> date | None:
    if typed in _NAMED:
        return _shifted(today, _NAMED[typed])
    if typed in _MONTH_END:
        return _in_months(today.replace(day=1), _MONTH_END[typed], last=True)
    for pattern, read in _FORMS:
        match = pattern.fullmatch(typed)
        if match is not None:
            return read(match, today)
    return None


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _in_months(day: date, months: int, *, last: bool = False) -> date | None:
    """The same day of a later month, or that month's last day where it has none such."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    if year > date.max.year:
        return None
    end = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, end if last else min(day.day, end))


def _on_weekday(match: re.Match[str], today: date) -> date | None:
    wanted = _WEEKDAY[match["name"]]
    if match["next"] or match["which"] == "หน้า":
        return _shifted(today, 7 - today.weekday() + wanted)
    ahead = (wanted - today.weekday()) % 7
    return _shifted(today, ahead if match["which"] else ahead or 7)


def _later(match: re.Match[str], today: date) -> date | None:
    words = match["count"]
    count = int(words) if words.isdecimal() else number_from_words(words)
    if count is None or count > 999:
        return None
    days = _UNITS[match["unit"]]
    return _shifted(today, count * days) if days else _in_months(today, count)


def _plus(match: re.Match[str], today: date) -> date | None:
    return _shifted(today, int(match["count"]))


def _numeric(match: re.Match[str], today: date) -> date | None:
    return _dated(int(match["day"]), int(match["month"]), match["year"], today)


def _worded(match: re.Match[str], today: date) -> date | None:
    word = match["month"].strip()
    month = month_of(word) or _english_month(word)
    return None if month is None else _dated(int(match["day"]), month, match["year"], today)


def _english_month(word: str) -> int | None:
    short = word.rstrip(".")
    if len(short) < 3:
        return None
    found = [n for n, name in enumerate(_ENGLISH_MONTHS, 1) if name.startswith(short)]
    return found[0] if len(found) == 1 else None


def _alone(match: re.Match[str], today: date) -> date | None:
    """A day of the month: the next that there is."""
    day = int(match["day"])
    for months in range(13):
        first = _in_months(today.replace(day=1), months)
        if first is not None and 1 <= day <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if found >= today:
                return found
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        counted = gregorian_year(year)
        iso = None if counted is None else to_iso(counted, month, day)
        return None if iso is None else date.fromisoformat(iso)
    # The 29th of February may be years ahead.
    for ahead in range(9):
        iso = to_iso(today.year + ahead, month, day)
        if iso is not None and date.fromisoformat(iso) >= today:
            return date.fromisoformat(iso)
    return None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_ON_WEEKDAY, _on_weekday),
    (_PLUS, _plus),
    (_LATER, _later),
    (_ISO, _numeric),
    (_NUMERIC, _numeric),
    (_ALONE, _alone),
    (_WORDED, _worded),
)
