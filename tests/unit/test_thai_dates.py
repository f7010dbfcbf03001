"""Dates as offices print them, and what only looks like one. The functions expect folded text."""

from __future__ import annotations

import calendar
import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.thai.dates import (
    WEEKDAYS,
    Found,
    find_dates,
    find_months,
    month_end,
    month_of,
    parse_iso,
    to_iso,
)
from tui_inbox.thai.written import BE, MONTHS, SHORT_MONTHS, format_date, gregorian_year


def one(text: str) -> Found:
    """The only date of a text."""
    found = find_dates(text)
    assert len(found) == 1, found
    return found[0]


# -- printed forms ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso", "printed"),
    [
        ("21 มิถุนายน 2567", "2024-06-21", "21 มิถุนายน 2567"),
        ("ลงวันที่ 1 มกราคม 2567", "2024-01-01", "1 มกราคม 2567"),
        ("21 มิ.ย. 2567", "2024-06-21", "21 มิ.ย. 2567"),
        ("21 มิ.ย.2567", "2024-06-21", "21 มิ.ย.2567"),
        ("21มิ.ย.67", "2024-06-21", "21มิ.ย.67"),
        ("ลว. 15 ก.ย. 48", "2005-09-15", "15 ก.ย. 48"),
        ("31 พฤษภาคม พ.ศ. 2567", "2024-05-31", "31 พฤษภาคม พ.ศ. 2567"),
        ("31 พฤษภาคม พ. ศ. 2567", "2024-05-31", "31 พฤษภาคม พ. ศ. 2567"),
        ("31 พฤษภาคม พศ 2567", "2024-05-31", "31 พฤษภาคม พศ 2567"),
        ("วันที่ 5 เดือน มีนาคม พ.ศ. 2567", "2024-03-05", "5 เดือน มีนาคม พ.ศ. 2567"),
        ("วันที่ 5 เดือนมีนาคม ปี 2567", "2024-03-05", "5 เดือนมีนาคม ปี 2567"),
        ("31 พฤษภาคมพ.ศ. 2567", "2024-05-31", "31 พฤษภาคมพ.ศ. 2567"),
        ("31 พฤษภาคม พุทธศักราช 2567", "2024-05-31", "31 พฤษภาคม พุทธศักราช 2567"),
        ("9 ธันวาคม 2024", "2024-12-09", "9 ธันวาคม 2024"),
        ("21 มิถุนายน\n2567", "2024-06-21", "21 มิถุนายน\n2567"),
        ("21\nมิถุนายน 2567", "2024-06-21", "21\nมิถุนายน 2567"),
        ("21มิถุนายน2567", "2024-06-21", "21มิถุนายน2567"),
        ("21/06/2567", "2024-06-21", "21/06/2567"),
        ("21/6/67", "2024-06-21", "21/6/67"),
        ("21-06-2567", "2024-06-21", "21-06-2567"),
        ("21 / 6 / 2567", "2024-06-21", "21 / 6 / 2567"),
        ("29 กุมภาพันธ์ 2567", "2024-02-29", "29 กุมภาพันธ์ 2567"),
    ],
)
def test_a_date_and_its_place(text: str, iso: str, printed: str) -> None:
    found = one(text)
    assert found.iso == iso
    assert text[found.start : found.end] == printed


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_in_full_and_short(month: int) -> None:
    for name in (MONTHS[month - 1], SHORT_MONTHS[month - 1]):
        assert month_of(name) == month
        assert one(f"15 {name} 2567").iso == f"2024-{month:02}-15"
    bare = SHORT_MONTHS[month - 1].rstrip(".")
    assert one(f"15 {bare} 2567").iso == f"2024-{month:02}-15"


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("กรกฏาคม", 7),
        ("พฤษจิกายน", 11),
        ("กุมภาพันธ", 2),
        ("กมภาพันธ์", 2),
        ("มิถนายน", 6),
        ("มิถุนายม", 6),
        ("สงหาคม", 8),
        ("กันยายม", 9),
        ("ธนวาคม", 12),
        ("พฤศจกายน", 11),
        ("พฤษภคม", 5),
        ("เมษายม", 4),
    ],
)
def test_misspelt_months(word: str, month: int) -> None:
    assert month_of(word) == month
    assert one(f"7 {word} 2567").month == month


@pytest.mark.parametrize(
    "word", ["", "คม", "จังหวัด", "อำเภอ", "ประชาชน", "นักเรียน", "คนงาน", "ประชาคม", "โรงพยาบาล"]
)
def test_words_that_are_no_month(word: str) -> None:
    assert month_of(word) is None
    assert find_dates(f"15 {word} 2567") == []


@pytest.mark.parametrize(
    "text",
    [
        "จำนวน 15 คน",
        "ข้อ 7 ของระเบียบ",
        "นม 0023.3/ว 7743",
        "โทร. 0 2000 0000",
        "เวลา 09.30 น.",
        "13/13/2567",
        "31/2/2567",
        "1/2567",
        "12345 มิถุนายน",
        "123/21/6/2567",
        "มิถุนายน 2567",
        "เงิน 2,500 บาท",
    ],
)
def test_what_is_no_date_with_a_day(text: str) -> None:
    assert [found for found in find_dates(text) if found.iso] == []


# -- years --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2567", 2024),
        ("2400", 1857),
        ("67", 2024),
        ("48", 2005),
        ("35", 1992),
        ("89", 2046),
        ("2024", 2024),
        ("15", None),
        ("34", None),
        ("90", None),
        ("567", None),
        ("25200", None),
        ("2300", None),
        ("1700", None),
        ("", None),
        ("ปี", None),
    ],
)
def test_years(printed: str, year: int | None) -> None:
    assert gregorian_year(printed) == year


def test_two_digits_that_count_something_are_no_year() -> None:
    found = one("5 มีนาคม 15 คน")
    assert (found.year, found.year_printed, found.iso) == (None, None, None)


def test_a_year_that_no_calendar_has_is_kept_as_printed() -> None:
    found = one("21 มิถุนายน 25200")
    assert (found.year_printed, found.iso) == ("25200", None)
    assert found.iso_in(2024) is None


def test_a_date_without_a_year_takes_the_one_given() -> None:
    found = one("ภายในวันที่ 14 พฤษภาคม นั้น")
    assert found.iso is None
    assert found.iso_in(2024) == "2024-05-14"
    assert found.iso_in(None) is None


def test_a_printed_year_outranks_the_one_given() -> None:
    assert one("14 พฤษภาคม 2566").iso_in(2024) == "2023-05-14"


@pytest.mark.parametrize("text", ["14 พฤษภาคม นี้", "14 พ.ค. นี้", "14 พ.ค.นี้", "14 พฤษภาคม ศกนี้"])
def test_this_year_set_apart(text: str) -> None:
    found = one(text)
    assert found.this
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    "text", ["14 พฤษภาคมนี้", "14 พฤษภาคมศกนี้", "14 พฤษภาคม นี้ 25 คน", "14 พฤษภาคมนี้ 25 คน"]
)
def test_this_year_takes_the_one_given(text: str) -> None:
    found = one(text)
    assert (found.day, found.month, found.year) == (14, 5, None)
    assert found.iso_in(2024) == "2024-05-14"


def test_a_day_that_its_month_has_not() -> None:
    assert one("31 มิถุนายน 2567").iso is None
    assert one("29 กุมภาพันธ์ 2566").iso is None


# -- weekdays, neighbours, places ---------------------------------------------------------------


@pytest.mark.parametrize("day", range(7))
def test_weekday_before_the_date(day: int) -> None:
    text = f"ในวัน{WEEKDAYS[day]}ที่ 21 มิถุนายน 2567"
    found = one(text)
    assert found.weekday == day
    assert text[found.start : found.end].startswith("วัน")


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("วันพฤหัสที่ 21 มิถุนายน 2567", 3),
        ("วันศุกรที่ 21 มิถุนายน 2567", 4),
        ("วันศุกร์ ที่ 21 มิถุนายน 2567", 4),
        ("วันศุกร์ที 21 มิถุนายน 2567", 4),
        ("วันศุกร์ 21 มิถุนายน 2567", 4),
        ("ศุกร์ที่ 21 มิ.ย. 67", 4),
        ("วันศุกร์ที่ 21/06/2567", 4),
        ("วันที่ 21 มิถุนายน 2567", None),
        ("วันศุกร์นี้ ให้ส่งวันที่ 21 มิถุนายน 2567", None),
    ],
)
def test_weekday_forms(text: str, weekday: int | None) -> None:
    found = one(text)
    assert found.weekday == weekday
    assert found.iso == "2024-06-21"


def test_a_postcode_glued_to_the_day() -> None:
    found = one("ถนนมหาดไทย นม 3000021 มิถุนายน 2567")
    assert (found.day, found.iso) == (21, "2024-06-21")


def test_dates_are_in_order_and_apart() -> None:
    text = "จาก 21/6/2567 ถึง 25 มิถุนายน 2567 และ 1 ก.ค. 67 หรือ 3-7-2567"
    found = find_dates(text)
    assert [each.iso for each in found] == ["2024-06-21", "2024-06-25", "2024-07-01", "2024-07-03"]
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))


def test_only_the_stretch_asked_for_is_read() -> None:
    text = "1 มกราคม 2567 และ 2 มกราคม 2567 และ 3 มกราคม 2567"
    assert [each.day for each in find_dates(text, 13, 35)] == [2]
    assert find_dates(text, len(text)) == []


def test_shifted_moves_the_place_and_nothing_else() -> None:
    found = one("21 มิถุนายน 2567")
    moved = found.shifted(100)
    assert (moved.start, moved.end) == (100, 100 + found.end)
    assert moved.iso == found.iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("กุมภาพันธ์ 2567", "2024-02"),
        ("เดือนมิถุนายน พ.ศ. 2567", "2024-06"),
        ("ก.พ. 2567", "2024-02"),
        ("ก.พ. 67", "2024-02"),
        ("กรกฏาคม 2567", "2024-07"),
    ],
)
def test_months_without_a_day(text: str, iso: str) -> None:
    assert [found.iso for found in find_months(text)] == [iso]
    assert find_months(text)[0].day is None


def test_a_month_without_a_year_is_no_date() -> None:
    assert find_months("ภายในเดือนมิถุนายน") == []


# -- ISO ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "iso"),
    [
        ((2024, 6, 21), "2024-06-21"),
        ((2024, 2, None), "2024-02"),
        ((2024, 2, 30), None),
        ((2024, 13, 1), None),
        ((2024, 0, None), None),
        ((2024, 6, 0), None),
        ((999, 6, 1), None),
        ((2901, 6, 1), None),
    ],
)
def test_to_iso(parts: tuple[int, int, int | None], iso: str | None) -> None:
    assert to_iso(*parts) == iso


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2024-06-21", date(2024, 6, 21)),
        ("2024-07-05T09:30", date(2024, 7, 5)),
        ("2024-06", None),
        ("2024-06-31", None),
        ("", None),
        ("วันศุกร์", None),
    ],
)
def test_parse_iso(iso: str, day: date | None) -> None:
    assert parse_iso(iso) == day


def test_month_end() -> None:
    assert month_end(2024, 2) == "2024-02-29"
    assert month_end(2023, 2) == "2023-02-28"
    assert month_end(2024, 12) == "2024-12-31"


@pytest.mark.parametrize(
    ("iso", "full", "short", "thai"),
    [
        ("2024-06-21", "21 มิถุนายน 2567", "21 มิ.ย. 67", "๒๑ มิถุนายน ๒๕๖๗"),
        ("2024-02", "กุมภาพันธ์ 2567", "ก.พ. 67", "กุมภาพันธ์ ๒๕๖๗"),
        ("1962-12-05", "5 ธันวาคม 2505", "5 ธ.ค. 05", "๕ ธันวาคม ๒๕๐๕"),
    ],
)
def test_format_date(iso: str, full: str, short: str, thai: str) -> None:
    assert format_date(iso) == full
    assert format_date(iso, short=True) == short
    assert format_date(iso, thai_digits=True) == thai


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-13-01", "2024-00", "21 มิถุนายน 2567", "2024-06-21T09:30"]
)
def test_what_is_no_iso_date_comes_back_as_it_is(text: str) -> None:
    assert format_date(text) == text
    assert format_date(text, short=True, thai_digits=True) == text


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2356, 12, 31)), st.booleans())
def test_what_is_formatted_is_read_back(day: date, abbreviated: bool) -> None:
    text = format_date(day.isoformat())
    if abbreviated:
        text = text.replace(MONTHS[day.month - 1], SHORT_MONTHS[day.month - 1])
    assert one(f"วัน{WEEKDAYS[day.weekday()]}ที่ {text}").iso == day.isoformat()
    assert one(text).year_printed == str(day.year + BE)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(st.sampled_from("0123456789 /-.\nมกราคมมิ.ย.พศวันศุกร์ที่นี้ศก"), max_size=60))
def test_whatever_is_found_lies_in_the_text(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.start >= end
        assert 1 <= found.month <= 12
        if found.iso is not None and found.day is not None:
            year, month, day = map(int, found.iso.split("-"))
            assert day <= calendar.monthrange(year, month)[1]
        end = found.end
