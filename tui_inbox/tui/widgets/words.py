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


def pasted(text: str) -> str:
    """``text`` without the control characters that a terminal would obey; line ends are one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
