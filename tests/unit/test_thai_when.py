"""Days as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.thai.dates import WEEKDAYS
from tui_inbox.thai.when import Day, Doubt, read_day
from tui_inbox.thai.written import BE, MONTHS, SHORT_MONTHS, TO_THAI, format_date

# A Wednesday.
TODAY = dt.date(2026, 11, 25)
days = st.dates(dt.date(1993, 1, 1), dt.date(2045, 12, 31))


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("วันนี้", "2026-11-25"),
        ("พรุ่งนี้", "2026-11-26"),
        ("มะรืน", "2026-11-27"),
        ("tomorrow", "2026-11-26"),
        ("วันศุกร์", "2026-11-27"),
        ("ศุกร์นี้", "2026-11-27"),
        ("ศุกร์หน้า", "2026-12-04"),
        ("วันศุกร์หน้า", "2026-12-04"),
        ("next friday", "2026-12-04"),
        ("จันทร์", "2026-11-30"),
        ("พุธ", "2026-12-02"),
        ("วันพุธนี้", "2026-11-25"),
        ("พฤหัส", "2026-11-26"),
        ("25 มิ.ย.", "2027-06-25"),
        ("25 มิ.ย. 70", "2027-06-25"),
        ("25มิย70", "2027-06-25"),
        ("๒๕ มิถุนายน ๒๕๗๐", "2027-06-25"),
        ("25 มิถุนายน พ.ศ. 2570", "2027-06-25"),
        ("25 june 2027", "2027-06-25"),
        ("25/6/2570", "2027-06-25"),
        ("๒๕/๖/๗๐", "2027-06-25"),
        ("25-6-2027", "2027-06-25"),
        ("25/6", "2027-06-25"),
        ("2027-06-25", "2027-06-25"),
        ("2570-06-25", "2027-06-25"),
        ("+3d", "2026-11-28"),
        ("+3", "2026-11-28"),
        ("3 วัน", "2026-11-28"),
        ("อีก ๓ วัน", "2026-11-28"),
        ("สามวัน", "2026-11-28"),
        ("ภายใน 7 วัน", "2026-12-02"),
        ("2 สัปดาห์", "2026-12-09"),
        ("+1m", "2026-12-25"),
        ("สิ้นเดือน", "2026-11-30"),
        ("สิ้นเดือนหน้า", "2026-12-31"),
        ("วันที่ 5", "2026-12-05"),
        ("วันที่ 31", "2026-12-31"),
        ("29 ก.พ.", "2028-02-29"),
        ("วันศุกร์ที่ 4 ธ.ค. 69", "2026-12-04"),
    ],
)
def test_a_day_is_understood_as_people_type_it(typed: str, iso: str) -> None:
    assert read_day(typed, TODAY) == Day(dt.date.fromisoformat(iso))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "โดยด่วน",
        "25",
        "31 มิ.ย.",
        "25/6/24",
        "32/1/2570",
        "25 มิ.ย. 67 หรือ 26",
        "3 ชั่วโมง",
        "0/0",
        "99999 วัน",
    ],
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed, TODAY) is None


def test_days_that_have_passed_and_wrong_weekdays_are_asked_back() -> None:
    assert read_day("25 มิ.ย. 67", TODAY) == Day(dt.date(2024, 6, 25), Doubt.PAST)
    assert read_day("เมื่อวาน", TODAY) == Day(dt.date(2026, 11, 24), Doubt.PAST)
    assert read_day("วันจันทร์ที่ 4 ธ.ค. 69", TODAY) == Day(dt.date(2026, 12, 4), Doubt.WEEKDAY)


@given(days, days, st.booleans())
def test_every_date_in_every_form_is_read_back(day: dt.date, today: dt.date, thai: bool) -> None:
    year = day.year + BE
    forms = [
        format_date(day.isoformat()),
        format_date(day.isoformat(), short=True),
        day.isoformat(),
        f"{day.day} {SHORT_MONTHS[day.month - 1]} {year}",
        f"{day.day}/{day.month}/{year}",
        f"{day.day}/{day.month:02}/{year % 100}",
        f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]} {year}",
    ]
    for form in forms:
        found = read_day(form.translate(TO_THAI) if thai else form, today)
        assert found is not None, form
        assert found.date == day
        assert (found.doubt is Doubt.PAST) == (day < today)


@given(days, st.integers(0, 999))
def test_days_ahead_are_counted_from_today(today: dt.date, count: int) -> None:
    for form in (f"+{count}d", f"{count} วัน", f"อีก {count} วัน"):
        assert read_day(form, today) == Day(today + dt.timedelta(days=count))


@given(days, st.sampled_from(WEEKDAYS))
def test_a_weekday_lies_in_the_week_that_is_meant(today: dt.date, name: str) -> None:
    monday = today - dt.timedelta(days=today.weekday())
    bare, this, following = (read_day(f"{name}{which}", today) for which in ("", "นี้", "หน้า"))
    assert bare is not None
    assert this is not None
    assert following is not None
    assert all(WEEKDAYS[day.date.weekday()] == name for day in (bare, this, following))
    assert 1 <= (bare.date - today).days <= 7
    assert 0 <= (this.date - today).days <= 6
    assert 7 <= (following.date - monday).days <= 13


@given(st.text(max_size=30), days)
def test_no_text_makes_it_fail_and_a_year_left_out_never_lies_behind(
    text: str, today: dt.date
) -> None:
    read_day(text, today)
    found = read_day(f"{today.day}/{today.month}", today)
    assert found == Day(today)
