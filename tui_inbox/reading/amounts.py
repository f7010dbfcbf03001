"""Sums of money printed in digits and in words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_inbox.letter import (
    Check,
    CheckCode,
)
from tui_inbox.reading.page import Page

_AMOUNT = re.compile(
    # Possessive: no row of digits is tried from each of its places.
    r"(?<![\d,])(?P<digits>\d[\d,]*+(?:\.\d{2})?)[ ]*+(?:บาท)?(?:ถ้วน)?[ ]*+"
    r"\((?P<words>[ก-๙ ]{4,90}?)(?:บาทถ้วน|บาท)\)"
)


_BAHT_WORDS = {
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}


_BAHT_PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}


_BAHT_TOKEN = re.compile("|".join((*_BAHT_WORDS, *_BAHT_PLACES, "ล้าน")))


def amounts(page: Page) -> Iterator[Check]:
    """A check for each sum whose digits and words differ (``๔,๘๐๐ บาท (สี่พันหกร้อยบาทถ้วน)``)."""
    if "บาท" not in page.text:
        return
    for match in _AMOUNT.finditer(page.text):
        span = page.folded.span(*match.span())
        digits = int(match["digits"].replace(",", "").split(".")[0])
        words = _baht(match["words"].replace(" ", ""))
        if words is not None and words != digits:
            yield Check(
                CheckCode.CONFLICTING_VALUES,
                {"field": "amount", "first": match["digits"], "second": match["words"].strip()},
                (span,),
            )


def _baht(words: str) -> int | None:
    total = section = 0
    pending: int | None = None
    position = 0
    while position < len(words):
        match = _BAHT_TOKEN.match(words, position)
        if match is None:
            return None
        token, position = match.group(), match.end()
        if token in _BAHT_WORDS:
            pending = _BAHT_WORDS[token]
        elif token == "ล้าน":
            total = (total + section + (pending or 0)) * 1_000_000
            section, pending = 0, None
        else:
            section += (1 if pending is None else pending) * _BAHT_PLACES[token]
            pending = None
    return total + section + (pending or 0)
