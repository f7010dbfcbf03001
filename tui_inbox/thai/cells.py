"""Thai text in terminal cells: clusters, widths, safe cutting, visible control characters.

A *cluster* is what a reader sees as one character: a base with its marks, and SARA AM with the
consonant that it stands on (``น้ำ`` is one cluster of two cells), as Unicode's extended grapheme
clusters have it. Offsets are code points. Marks take no cell, SARA AM takes one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

from tui_inbox.thai import THAI_MARKS

ELLIPSIS = "…"
TAB_CELLS = 4

SARA_AM = "\u0e33"

_PLAIN = re.compile("[ -~\u0e01-\u0e3a\u0e3f-\u0e5b]*")
_MARK = re.compile(f"[{THAI_MARKS}]")
_PLAIN_CLUSTER = re.compile(f".[{THAI_MARKS}{SARA_AM}]*", re.DOTALL)
_TROUBLE = re.compile("[^ -~\u00a1-\u00ac\u00ae-\u02ff\u0e01-\u0e3a\u0e3f-\u0e5b]")

# Bidirectional controls: they would reorder what stands around them on the screen.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BIDI_SIGN = "⇄"
_HIDDEN_SIGN = "¦"
_BROKEN_SIGN = "�"


@lru_cache(maxsize=4096)
def visible_character(character: str) -> str:
    """What the screen shows for one code point: itself, or a sign for what has no shape."""
    code = ord(character)
    if character == "\t":
        return " " * TAB_CELLS
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if character in _BIDI:
        return _BIDI_SIGN
    if 0xFE00 <= code <= 0xFE0F:
        # Variation selectors: terminals disagree about their width, readers do not miss them.
        return ""
    match unicodedata.category(character):
        case "Cc" | "Cs" | "Cn":
            return _BROKEN_SIGN
        case "Cf":
            return _HIDDEN_SIGN
        case "Zl" | "Zp":
            return "↵"
        case "Co":
            return _BROKEN_SIGN
        case _:
            return character


def visible(text: str) -> str:
    """``text`` with control, bidi and zero-width characters as visible signs, tabs as spaces.

    What comes out holds no character that moves a terminal's cursor in an unexpected way.
    """
    return _TROUBLE.sub(lambda match: visible_character(match[0]), text)


def one_line(text: str) -> str:
    """:func:`visible` for a single row: runs of white space, line ends too, are one space."""
    return visible(" ".join(text.split()))


@lru_cache(maxsize=4096)
def _character_cells(character: str) -> int:
    return sum(get_character_cell_size(shown) for shown in visible_character(character))


def cells(text: str) -> int:
    """Width of ``visible(text)`` in terminal cells."""
    if _PLAIN.fullmatch(text):
        return len(text) - len(_MARK.findall(text))
    return sum(map(_character_cells, text))


def is_mark(character: str) -> bool:
    """Whether ``character`` belongs to the character before it (SARA AM does too)."""
    if character < "\u0300":
        return False
    if "\u0e01" <= character <= "\u0e5b":
        return character == SARA_AM or _MARK.match(character) is not None
    return unicodedata.category(character) in {"Mn", "Me", "Mc"}


def clusters(text: str) -> list[tuple[int, int]]:
    """Spans of the clusters of ``text``, without gaps."""
    if _PLAIN.fullmatch(text):
        return [match.span() for match in _PLAIN_CLUSTER.finditer(text)]
    starts = [i for i, character in enumerate(text) if i == 0 or not is_mark(character)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def cluster_start(text: str, index: int) -> int:
    """``index``, or the start of the cluster that it lies inside."""
    index = max(0, min(index, len(text)))
    while 0 < index < len(text) and is_mark(text[index]):
        index -= 1
    return index


def next_cluster(text: str, index: int) -> int:
    """The cluster boundary after ``index`` (the length of ``text`` at its end)."""
    index = min(index + 1, len(text))
    while index < len(text) and is_mark(text[index]):
        index += 1
    return index


def previous_cluster(text: str, index: int) -> int:
    """The cluster boundary before ``index`` (0 at the start)."""
    return cluster_start(text, index - 1) if index > 0 else 0


def fit(text: str, width: int) -> int:
    """How many code points of ``text`` fill at most ``width`` cells, whole clusters only."""
    if width <= 0:
        return 0
    if len(text) <= width and _PLAIN.fullmatch(text):
        return len(text)
    used = 0
    for start, end in clusters(text):
        used += cells(text[start:end])
        if used > width:
            return start
    return len(text)


def truncate(text: str, width: int, ellipsis: str = ELLIPSIS) -> str:
    """``text`` made visible and cut by clusters to at most ``width`` cells."""
    shown = visible(text)
    if cells(shown) <= width:
        return shown
    room = width - cells(ellipsis)
    if room < 0:
        return ""
    return shown[: fit(shown, room)].rstrip() + ellipsis


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` cut or filled with spaces to exactly ``width`` cells; ``right`` aligns right."""
    shown = truncate(text, width)
    space = " " * (width - cells(shown))
    return space + shown if right else shown + space
