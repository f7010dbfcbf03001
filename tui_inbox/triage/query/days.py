"""Days as people write them in a query -> a range of days.

``วันนี้`` · ``<7d`` · ``21/6/2567`` · ``มิ.ย.2567`` · ``2024-01..2024-03`` · ``2567``. Years from
2400 on are B.E.; two digits are B.E., as offices write them.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

import msgspec


class Days(msgspec.Struct, frozen=True):
    """From ``first`` to ``last``, both included; ``None`` is without an end.

    ``set``: whether there must be a day at all: ``False`` asks for what has none.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    set: bool = True


_TODAY = frozenset({"วันนี้", "today"})
_TOMORROW = frozenset({"พรุ่งนี้", "พรุ่ง", "tomorrow"})
_YESTERDAY = frozenset({"เมื่อวาน", "เมื่อวานนี้", "yesterday"})
_OVERDUE = frozenset({"เลย", "เกิน", "เลยกำหนด", "เกินกำหนด", "overdue"})
_NONE = frozenset({"ไม่มี", "none"})
_ANY = frozenset({"มี", "any"})
_UNITS = {
    "d": "d", "day": "d", "days": "d", "วัน": "d", "ว": "d",
    "w": "w", "week": "w", "weeks": "w", "สัปดาห์": "w", "อาทิตย์": "w",
    "m": "m", "month": "m", "months": "m", "เดือน": "m", "ด": "m",
    "y": "y", "year": "y", "years": "y", "ปี": "y",
}  # fmt: skip
_SPANS = {
    "สัปดาห์นี้": ("w", 0), "อาทิตย์นี้": ("w", 0), "week": ("w", 0), "thisweek": ("w", 0),
    "สัปดาห์หน้า": ("w", 1), "อาทิตย์หน้า": ("w", 1), "nextweek": ("w", 1),
    "สัปดาห์ก่อน": ("w", -1), "สัปดาห์ที่แล้ว": ("w", -1), "lastweek": ("w", -1),
    "เดือนนี้": ("m", 0), "month": ("m", 0), "thismonth": ("m", 0),
    "เดือนหน้า": ("m", 1), "nextmonth": ("m", 1),
    "เดือนก่อน": ("m", -1), "เดือนที่แล้ว": ("m", -1), "lastmonth": ("m", -1),
    "ปีนี้": ("y", 0), "year": ("y", 0), "thisyear": ("y", 0),
    "ปีก่อน": ("y", -1), "ปีที่แล้ว": ("y", -1), "lastyear": ("y", -1),
}  # fmt: skip
#: What completion offers where a day is wanted.
OFFERED = {
    "th": ("วันนี้", "พรุ่งนี้", "<7d", "สัปดาห์นี้", "เดือนนี้", "ไม่มี"),
    "en": ("today", "tomorrow", "<7d", "week", "month", "none"),
}

_DISTANCE = re.compile(r"(?P<sign>[<>]=?)?\s?(?P<count>\d{1,4})\s?(?P<unit>[a-zก-๙]+)")
_COMPARED = re.compile(r"(?P<sign>[<>]=?)\s?(?P<day>.+)")
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_SLASHED = re.compile(r"(?:(?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4}|\d{2})")
_SLASHED_DAY = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})\s?)?(?P<month>[ก-๎.]{3,12}?)\s?(?:พ\.ศ\.\s?)?(?P<year>\d{4}|\d{2})?"
)
#: As far as a value goes that is written with spaces: ``21 มิ.ย. 2567``, ``มิถุนายน 2567``.
WITH_SPACES = re.compile(
    r"(?:[<>]=?[ ]?)?\d{1,2}[ ](?P<month>[ก-๎.]{3,12})(?:[ ](?:พ\.ศ\.[ ])?\d{4}(?!\d))?(?=[\s)]|$)"
    r"|(?P<only>[ก-๎.]{3,12})[ ]\d{4}(?=[\s)]|$)"
)


def days(value: str, today: dt.date, *, ahead: bool) -> Days | None:
    """The days that ``value`` means (Arabic digits, lower case); ``None`` for what is no day.

    ``ahead``: distances count forwards from today, as for a due date (``<7d`` then holds what is
    overdue, too); else backwards, as for the day of a letter (``<7d``: of the last seven days).
    """
    if value in _NONE:
        return Days(set=False)
    if value in _ANY:
        return Days()
    if ahead and value in _OVERDUE:
        return Days(last=today - dt.timedelta(1))
    try:
        return _range(value, today) or _distance(value, today, ahead) or _compared(value, today)
    except (OverflowError, ValueError):
        return None


def _range(value: str, today: dt.date) -> Days | None:
    start, dots, end = value.replace("…", "..").partition("..")
    if not dots:
        found = _day(value, today)
        return None if found is None else Days(*found)
    first = _day(start.strip(), today) if start else None
    last = _day(end.strip(), today) if end else None
    if (start and first is None) or (end and last is None) or not (start or end):
        return None
    return Days(None if first is None else first[0], None if last is None else last[1])


def _distance(value: str, today: dt.date, ahead: bool) -> Days | None:
    match = _DISTANCE.fullmatch(value)
    unit = None if match is None else _UNITS.get(match["unit"])
    if match is None or unit is None:
        return None
    count = int(match["count"]) if ahead else -int(match["count"])
    then = _moved(today, unit, count)
    day = dt.timedelta(1)
    match (match["sign"], ahead):
        case ("<", True):
            return Days(last=then - day)
        case ("<=", True):
            return Days(last=then)
        case (">", True):
            return Days(first=then + day)
        case (">=", True):
            return Days(first=then)
        case ("<", False):
            return Days(first=then + day, last=today)
        case ("<=", False):
            return Days(first=then, last=today)
        case (">", False):
            return Days(last=then - day)
        case (">=", False):
            return Days(last=then)
    # Without a sign: from today until then, the ends included.
    return Days(min(today, then), max(today, then))


def _compared(value: str, today: dt.date) -> Days | None:
    match = _COMPARED.fullmatch(value)
    found = None if match is None else _day(match["day"], today)
    if match is None or found is None:
        return None
    day = dt.timedelta(1)
    match match["sign"]:
        case "<":
            return Days(last=found[0] - day)
        case "<=":
            return Days(last=found[1])
        case ">":
            return Days(first=found[1] + day)
    return Days(first=found[0])


def _day(value: str, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a day, a month, a year or a named stretch."""
    for words, distance in ((_TODAY, 0), (_TOMORROW, 1), (_YESTERDAY, -1)):
        if value in words:
            day = today + dt.timedelta(distance)
            return day, day
    if value in _SPANS:
        return _stretch(today, *_SPANS[value])
    match = _ISO.fullmatch(value) or _SLASHED.fullmatch(value)
    if match is not None:
        return _whole(match["year"], match["month"], match["day"])
    match = _SLASHED_DAY.fullmatch(value)
    if match is not None:
        return _whole(str(today.year), match["month"], match["day"])
    match = _NAMED.fullmatch(value)
    if match is None:
        return None
    from tui_inbox.thai.dates import month_of

    month = month_of(match["month"])
    if month is None:
        return None
    return _whole(match["year"] or str(today.year), str(month), match["day"])


def _whole(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date] | None:
    from tui_inbox.thai.written import gregorian_year

    found = gregorian_year(year)
    if found is None:
        return None
    if month is None:
        return dt.date(found, 1, 1), dt.date(found, 12, 31)
    if day is None:
        last = calendar.monthrange(found, int(month))[1]
        return dt.date(found, int(month), 1), dt.date(found, int(month), last)
    one = dt.date(found, int(month), int(day))
    return one, one


def _stretch(today: dt.date, unit: str, distance: int) -> tuple[dt.date, dt.date]:
    if unit == "w":
        first = today - dt.timedelta(today.weekday()) + dt.timedelta(7 * distance)
        return first, first + dt.timedelta(6)
    if unit == "y":
        year = today.year + distance
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    first = _moved(today.replace(day=1), "m", distance)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _moved(day: dt.date, unit: str, count: int) -> dt.date:
    if unit in "dw":
        return day + dt.timedelta(count * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
