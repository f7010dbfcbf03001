"""What every editor of Thai text needs: steps by word, and text that is safe to take in."""

from __future__ import annotations

import unicodedata

from tui_inbox.thai.wrap import Segmenter


def previous_word(text: str, index: int, segmenter: Segmenter) -> int:
    """The start of the word before ``index``, white space before it skipped."""
    end = len(text[:index].rstrip())
    if end == 0:
        return 0
    return max((offset for offset in segmenter.words(text[:end]) if offset < end), default=0)


def next_word(text: str, index: int, segmenter: Segmenter) -> int:
    """The start of the word after the one at ``index``."""
    rest = text[index:]
    end = min((offset for offset in segmenter.words(rest) if offset > 0), default=len(rest))
    return index + end + len(rest[end:]) - len(rest[end:].lstrip())


def word_at(text: str, index: int, segmenter: Segmenter) -> tuple[int, int]:
    """Start and end of the word that the character at ``index`` is of (of the last at the end)."""
    index = max(0, min(index, len(text) - 1))
    bounds = [0, *segmenter.words(text), len(text)]
    start = max((bound for bound in bounds if bound <= index), default=0)
    end = min((bound for bound in bounds if bound > index), default=len(text))
    return start, end


def pasted(text: str) -> str:
    """``text`` without the control characters that a terminal would obey; line ends are one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
