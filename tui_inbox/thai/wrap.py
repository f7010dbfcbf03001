"""Line breaking for Thai, which writes no spaces between words.

Breaks come from the dictionary (pythainlp's newmm, loaded by :class:`Segmenter` in the
background) or from rules on how Thai spells syllables, which need nothing and serve until then
and for very long texts. Either way a line never starts with a mark, SARA AM, ๆ, ฯ or a closing
mark, and never ends with a vowel that is written before its consonant (เแโใไ).
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from tui_inbox.thai import THAI_MARKS
from tui_inbox.thai.cells import SARA_AM, cells, clusters, fit, is_mark
from tui_inbox.thai.keyboard import is_thai

Segment = Callable[[str], Sequence[int]]
"""From a text to the offsets after which a word ends, rising, within ``(0, len(text))``."""

# Above this many code points in one paragraph the dictionary is too slow for a screen.
DICTIONARY_LIMIT = 20_000

_LEADING = "เแโใไ"
_OPENING = "(\\[{“‘«฿"
_CLOSING = ")\\]}”’»!?,.:;%ๆฯ๏๚๛…"
_FOLLOWING = f"{THAI_MARKS}{SARA_AM}ะาๅ"

_BAD_AFTER = re.compile(f"[{_FOLLOWING}{_CLOSING}]")
_BAD_BEFORE = re.compile(f"[{_LEADING}{_OPENING}]")
# ต่าง ๆ and ๐๙.๓๐ น., and the ส านักงาน of scanned letters: these spaces are no place to break.
_GLUED = re.compile(rf"[ \t]+(?:[{_FOLLOWING}{_CLOSING}]|น\.)")
_NUMBER_GOES_ON = re.compile(r"[.,:/-]?\d")
_NUMBER_BEFORE = re.compile(r"\d[.,:/-]")
# A syllable surely starts here, and so, more often than elsewhere, a word.
_SURE = frozenset(_LEADING)
# How many code points after a sure start (or a space) the rules take for the same word.
_WORD = 9

# A run that rules can break: a Thai run, a run without spaces of anything else, or white space.
_RUN = re.compile(r"(?P<space>\s+)|(?P<thai>[\u0e01-\u0e5b]+)|(?P<other>[^\s\u0e01-\u0e5b]+)")

# The smallest pieces that Thai spelling never takes apart: leading vowel, consonant, marks;
# a consonant that must follow (after ั ็ ื, in เ-ีย, เ-ือ, -ัว); vowels written after; a silenced
# consonant; ฤๅ.
_SYLLABLE = re.compile(
    rf"""
    [{_LEADING}]?[ก-ฮ]
    (?:
        ั[่-๋]?(?:[ก-ฮ](?![{THAI_MARKS}{SARA_AM}ะาๅ]))?ะ?
      | ็[ก-ฮ]?
      | ื[่-๋]?[ก-ฮ]?ะ?
      | (?<=เ.)ี[่-๋]?ยะ?
      | [{THAI_MARKS}]*[ะาำๅ]*
    )
    (?:[ก-ฮ][ิุ]?์)*
    | ฤๅ?
    | [{_LEADING}]
    | [๐-๙][๐-๙.,/:-]*
    | .[{THAI_MARKS}{SARA_AM}]*
    """,
    re.VERBOSE | re.DOTALL,
)
# Latin words, numbers and addresses may break after these.
_OTHER_BREAK = re.compile(r"[^-/?&=_#@]*[-/?&=_#@]+(?=\w)|.+", re.DOTALL)


def allowed(text: str, offset: int) -> bool:
    """Whether a line may end before ``offset`` and the next one start there."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before == after and after in "._…-":
        # A dotted line to write on is as long as its typist wished.
        return True
    if is_mark(after) or _BAD_AFTER.match(after) or _GLUED.match(text, offset):
        return False
    if before in " \t":
        # The spaces before may themselves be ones that glue.
        start = _strip_spaces(text, 0, offset)
        return start == 0 or not _GLUED.match(text, start)
    if _BAD_BEFORE.match(before) or (before == "." and is_thai(after)):
        # The second part of พ.ศ. and ม.ค. belongs to the first.
        return False
    # ๐๙.๓๐, ๑๑/๒๕๖๙
    if before.isdecimal():
        return not _NUMBER_GOES_ON.match(text, offset)
    return not (after.isdecimal() and _NUMBER_BEFORE.match(text, max(0, offset - 2)))


def _skip_spaces(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t":
        # A stray mark stands on the space before it, which then is no mere space.
        if start + 1 < len(text) and is_mark(text[start + 1]):
            break
        start += 1
    return start


def _strip_spaces(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t":
        end -= 1
    return end


def syllable_breaks(text: str) -> list[int]:
    """Every offset where Thai spelling lets ``text`` (one paragraph) break."""
    return [offset for offset in _pieces(text, _syllables) if allowed(text, offset)]


def rule_breaks(text: str) -> list[int]:
    """Offsets where ``text`` (one paragraph) may break, found without a dictionary.

    Those of :func:`syllable_breaks` without the ones that follow closely on a surer one.
    """
    found: list[int] = []
    sure = 0
    for offset in syllable_breaks(text):
        if text[offset] in _SURE or not is_thai(text[offset - 1]) or not is_thai(text[offset]):
            sure = offset
        elif offset - sure <= _WORD:
            continue
        found.append(offset)
    return found


def _syllables(run: str) -> Iterator[int]:
    last = len(run) - 1
    # A bare consonant at the end closes the syllable before it (ทั้งหม-ด).
    return (
        piece.end()
        for piece in _SYLLABLE.finditer(run)
        if piece.end() != last or not "ก" <= run[last] <= "ฮ"
    )


def _pieces(text: str, thai: Callable[[str], Iterable[int]]) -> Iterator[int]:
    """Ends of the runs of ``text``; ``thai`` gives those within a Thai run."""
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run.lastgroup == "thai":
            yield from (start + offset for offset in thai(run[0]))
        elif run.lastgroup == "other":
            yield from (start + piece.end() for piece in _OTHER_BREAK.finditer(run[0]))
        else:
            yield end


class Segmenter:
    """Word ends from pythainlp's newmm, once :meth:`load` has run; rules until then.

    Thread-safe. ``ready`` turns true once and stays so.
    """

    def __init__(self) -> None:
        self._tokenize: Callable[[str], list[str]] | None = None
        self._lock = threading.Lock()

    @property
    def ready(self) -> bool:
        return self._tokenize is not None

    def load(self) -> None:
        """Import pythainlp and read its dictionary (a quarter of a second; in a thread)."""
        with self._lock:
            if self._tokenize is not None:
                return
            from tui_inbox.thai.dictionary import tokenizer

            tokenize = tokenizer()
            tokenize("ทดสอบการตัดคำ")
            self._tokenize = tokenize

    def words(self, text: str) -> list[int]:
        """Word ends in ``text``: the dictionary's, or those of :func:`rule_breaks`."""
        tokenize = self._tokenize
        if tokenize is None or len(text) > DICTIONARY_LIMIT:
            return rule_breaks(text)
        return list(_pieces(text, lambda run: accumulate(map(len, tokenize(run)))))

    def __call__(self, text: str) -> list[int]:
        return [offset for offset in self.words(text) if allowed(text, offset)]


def wrap(text: str, width: int, segment: Segment | None = None) -> list[tuple[int, int]]:
    """Line spans of ``text`` in code points, no line wider than ``width`` cells.

    Line ends (``\\n``, ``\\r\\n``) start a new line; white space at which a line is broken
    belongs to no span, everything else to exactly one. Only a single cluster that is wider
    than ``width`` makes a wider line. An empty paragraph is an empty span.
    """
    lines: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        lines += wrap_paragraph(text[start:end], width, segment, start)
    return lines


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans between line ends, the line ends themselves left out."""
    start = 0
    while True:
        found = text.find("\n", start)
        end = len(text) if found < 0 else found
        yield start, end - 1 if end > start and text[end - 1] == "\r" and found >= 0 else end
        if found < 0:
            return
        start = found + 1


def wrap_paragraph(
    text: str, width: int, segment: Segment | None = None, offset: int = 0
) -> list[tuple[int, int]]:
    """:func:`wrap` for one paragraph; ``offset`` is added to every span."""
    width = max(1, width)
    if cells(text) <= width:
        return [(offset, offset + len(text))]
    breaks = list((segment or rule_breaks)(text))
    syllables: list[int] | None = None
    lines: list[tuple[int, int]] = []
    start, length = 0, len(text)
    while start < length:
        # A window a little wider than the line: clusters are seldom more than four code points.
        window = text[start : start + width * 4 + 8]
        room = start + fit(window, width)
        if room >= length:
            lines.append((start, length))
            break
        room = max(room, start + clusters(window)[0][1])
        end = _last_break(breaks, start, room, text)
        if end is None:
            # One word is wider than the line: by syllable, and if need be by cluster.
            if syllables is None:
                syllables = syllable_breaks(text)
            end = _last_break(syllables, start, room, text) or _safe_cluster(text, start, room)
        stop = _strip_spaces(text, start, end)
        # Spaces at the start of a paragraph are its indent and stay, cut to the line.
        lines.append((start, stop if stop > start else min(end, room)))
        start = _skip_spaces(text, end)
    return [(offset + begin, offset + stop) for begin, stop in lines]


def _last_break(breaks: Sequence[int], start: int, room: int, text: str) -> int | None:
    """The last break of a line that starts at ``start`` and has cells up to ``room``."""
    # White space may hang over the edge: a break after it is as good as one before it.
    index = bisect_right(breaks, _skip_spaces(text, room)) - 1
    return breaks[index] if index >= 0 and breaks[index] > start else None


def _safe_cluster(text: str, start: int, room: int) -> int:
    """A cut inside an unbreakable run: the last one that keeps the rules, else at the edge."""
    for end in range(room, start, -1):
        if allowed(text, end):
            return end
    return room
