"""Dates and digits as offices write them. The screen needs no more of dates than this; finding
them in a text is another matter."""

from __future__ import annotations

import re

TO_THAI = {ord("0") + n: chr(ord("๐") + n) for n in range(10)}
TO_ARABIC = {ord("๐") + n: str(n) for n in range(10)}

BE = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def gregorian_year(printed: str) -> int | None:
    """``2567`` → 2024, ``67`` → 2024, ``2024`` → 2024; ``None`` for what is no year."""
    if not printed.isdecimal():
        return None
    number = int(printed)
    if len(printed) == 2:
        # Outside of these years two digits after a month are a count (มีนาคม 15 คน), not a year.
        return 2500 + number - BE if 35 <= number <= 89 else None
    if len(printed) != 4:
        return None
    if number >= 2400:
        return number - BE
    return number if 1800 <= number <= 2200 else None


def format_date(iso: str, *, short: bool = False, thai_digits: bool = False) -> str:
    """``2024-06-21`` → ``21 มิถุนายน 2567`` (``short``: ``21 มิ.ย. 67``); ``2024-06`` without day.

    Anything that is no ISO date comes back as it is.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", iso)
    if match is None or not 1 <= int(match[2]) <= 12:
        return iso
    month = (SHORT_MONTHS if short else MONTHS)[int(match[2]) - 1]
    year = int(match[1]) + BE
    words = [str(int(match[3]))] if match[3] else []
    words += [month, f"{year % 100:02}" if short else str(year)]
    text = " ".join(words)
    return text.translate(TO_THAI) if thai_digits else text
