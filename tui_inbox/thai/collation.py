"""The order of Thai words in a dictionary (Royal Institute): a vowel that is written before its
consonant counts after it, and tone marks only part words that are else the same."""

from __future__ import annotations

import re

_LEADING = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = str.maketrans("", "", "็่้๊๋์ฺ")
_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_NUMBER = re.compile(r"\d+")


def collation_key(text: str) -> tuple[str, str]:
    """What to sort a text by. Digits of both systems are the same, and count by their value."""
    plain = _NUMBER.sub(lambda found: found[0].zfill(8), text.translate(_ARABIC).casefold())
    return _LEADING.sub(r"\2\1", plain.translate(_MARKS)), plain
