"""Numbers that are written as Thai words."""

from __future__ import annotations

import re

_UNITS = {
    "ศูนย์": 0, "หนึ่ง": 1, "เอ็ด": 1, "สอง": 2, "ยี่": 2, "สาม": 3, "สี่": 4, "ห้า": 5,
    "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
}  # fmt: skip
_PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1000}
_WORD = re.compile("|".join((*_UNITS, *_PLACES)))

NUMBER_WORDS = "(?:" + "|".join((*_UNITS, *_PLACES)) + ")+"
"""A pattern for a number in words (without capturing groups), in folded text."""


SPOKEN_TIME = re.compile(
    r"[ \n]*(?:เวลา[ \n]*)?(?:(?P<noon>เที่ยง)(?:วัน|ตรง)?|(?P<after>บ่าย)(?P<pm>โมง|(?:สอง|สาม"
    r"|สี่|ห้า)โมง)|(?P<hour>"
    r"หก|เจ็ด|แปด|เก้า|สิบเอ็ด|สิบ|สี่|ห้า)โมง(?P<part>เช้า|เย็น))(?P<half>ครึ่ง|ตรง)?"
)
"""A time of the six-hour clock in words (บ่ายสองโมงครึ่ง), with white space before it."""


def spoken_time(match: re.Match[str]) -> str | None:
    """``14:30`` from a match of :data:`SPOKEN_TIME`."""
    if match["noon"]:
        hour = 12
    elif match["after"]:
        words = match["pm"].removesuffix("โมง")
        hour = 13 if not words else 12 + (number_from_words(words) or 1)
    else:
        number = number_from_words(match["hour"]) or 0
        hour = number + 12 if match["part"] == "เย็น" else number
    return f"{hour:02}:{'30' if match['half'] == 'ครึ่ง' else '00'}"


def number_from_words(words: str) -> int | None:
    """``สามสิบ`` → 30, ``ยี่สิบเอ็ด`` → 21; ``None`` for anything else. Up to 9,999."""
    total, pending, position = 0, None, 0
    smallest = 10_000
    while position < len(words):
        match = _WORD.match(words, position)
        if match is None:
            return None
        word, position = match.group(), match.end()
        if word in _UNITS:
            if pending is not None:
                return None
            pending = _UNITS[word]
        else:
            place = _PLACES[word]
            if place >= smallest:
                return None
            smallest = place
            total += (1 if pending is None else pending) * place
            pending = None
    if not words:
        return None
    return total + (pending or 0)
