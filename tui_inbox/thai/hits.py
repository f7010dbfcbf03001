"""Where a text that was searched for stands in a text as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable


def hit_pattern(query: str) -> re.Pattern[str] | None:
    """What marks the places where ``query`` is found, as the search itself folds text.

    Digits of both systems, case, runs of white space, SARA AM in two parts and zero-width
    characters do not count.
    """
    pattern = _pattern(query)
    return None if pattern is None else re.compile(pattern, re.IGNORECASE)


def any_hit(queries: Iterable[str]) -> re.Pattern[str] | None:
    """What marks the places where any of ``queries`` is found, the longest first."""
    patterns = [_pattern(query) for query in sorted(queries, key=len, reverse=True)]
    found = [pattern for pattern in patterns if pattern is not None]
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _pattern(query: str) -> str | None:
    parts: list[str] = []
    for character in " ".join(query.replace("\u0e4d\u0e32", "\u0e33").split()):
        if character.isdecimal():
            value = int(character)
            parts.append(f"[{value}{chr(0x0E50 + value)}]")
        elif character == " ":
            parts.append(r"\s+")
        elif character == "\u0e33":
            parts.append("(?:\u0e33|\u0e4d\u0e32)")
        else:
            parts.append(re.escape(character))
    return "[\u200b-\u200d\u2060\ufeff]*".join(parts) if parts else None
