"""Numbers and times in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.thai.numbers import NUMBER_WORDS, SPOKEN_TIME, number_from_words, spoken_time
from tui_inbox.thai.written import TO_ARABIC, TO_THAI

_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")


def spell(number: int) -> str:
    """A number below 10,000 as it is said."""
    words = ""
    for place, name in ((1000, "พัน"), (100, "ร้อย")):
        if digit := number // place % 10:
            words += _DIGITS[digit] + name
    tens, units = number // 10 % 10, number % 10
    if tens:
        words += {1: "", 2: "ยี่"}.get(tens, _DIGITS[tens]) + "สิบ"
    if units == 1 and number > 10:
        words += "เอ็ด"
    else:
        words += _DIGITS[units]
    return words or "ศูนย์"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("ศูนย์", 0),
        ("เจ็ด", 7),
        ("สิบ", 10),
        ("สิบเอ็ด", 11),
        ("สิบห้า", 15),
        ("ยี่สิบ", 20),
        ("ยี่สิบเอ็ด", 21),
        ("สามสิบ", 30),
        ("เก้าสิบ", 90),
        ("หนึ่งร้อยยี่สิบ", 120),
        ("ร้อยยี่สิบ", 120),
        ("สองพันห้าร้อยหกสิบเจ็ด", 2567),
        ("พันเก้าร้อยแปดสิบสี่", 1984),
    ],
)
def test_numbers_in_words(words: str, number: int) -> None:
    assert number_from_words(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "วัน",
        "สามสิบวัน",
        "สาม สิบ",
        "สามห้า",
        "สิบร้อย",
        "สิบสิบ",
        "ร้อยพัน",
        "30",
    ],
)
def test_what_is_no_number_in_words(words: str) -> None:
    assert number_from_words(words) is None


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(0, 9999))
def test_every_number_that_is_said_is_understood(number: int) -> None:
    words = spell(number)
    assert number_from_words(words) == number
    found = re.search(NUMBER_WORDS, f"ภายใน{words}วัน")
    assert found is not None
    assert found.group() == words


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("เก้าโมงเช้า", "09:00"),
        ("เวลาเก้าโมงเช้า", "09:00"),
        (" เวลา เก้าโมงเช้า", "09:00"),
        ("แปดโมงเช้าครึ่ง", "08:30"),
        ("สิบโมงเช้า", "10:00"),
        ("สิบเอ็ดโมงเช้าตรง", "11:00"),
        ("เที่ยง", "12:00"),
        ("เที่ยงวัน", "12:00"),
        ("เที่ยงตรง", "12:00"),
        ("บ่ายโมง", "13:00"),
        ("บ่ายโมงครึ่ง", "13:30"),
        ("บ่ายโมงตรง", "13:00"),
        ("บ่ายสองโมง", "14:00"),
        ("บ่ายสองโมงครึ่ง", "14:30"),
        ("บ่ายสามโมง", "15:00"),
        ("สี่โมงเย็น", "16:00"),
        ("ห้าโมงเย็นครึ่ง", "17:30"),
        ("หกโมงเย็น", "18:00"),
        ("หกโมงเช้า", "06:00"),
    ],
)
def test_spoken_times(words: str, time: str) -> None:
    match = SPOKEN_TIME.match(words)
    assert match is not None
    assert match.group() == words
    assert spoken_time(match) == time


@pytest.mark.parametrize("words", ["โมง", "เก้าคน", "เก้าโมง", "บ่าย", "ครึ่ง", "09.00 น."])
def test_what_is_no_spoken_time(words: str) -> None:
    assert SPOKEN_TIME.match(words) is None


def test_digits_go_both_ways() -> None:
    assert "๐๑๒๓๔๕๖๗๘๙".translate(TO_ARABIC) == "0123456789"
    assert "0123456789".translate(TO_THAI) == "๐๑๒๓๔๕๖๗๘๙"
    assert "ว ๒๕๖๖".translate(TO_ARABIC) == "ว 2566"
