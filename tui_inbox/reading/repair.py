"""Text to text for matching, with the way back to the original.

Rules are matched on folded text: digits in one system, one kind of space, marks in their order,
``ํา`` as ``ำ``, no control or zero-width characters, no mark-up that an OCR engine added. Every
place in it can be told in code points of the original, which alone is shown and stored.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from tui_inbox.letter import Span
from tui_inbox.reading.lookalikes import undo
from tui_inbox.thai import THAI_MARKS
from tui_inbox.thai.folding import (
    ALIKE,
    CONTROL,
    CONTROLS,
    SEEN,
    TONE,
    VOWEL,
    in_one_form,
    with_sara_am,
)

_TAGS = (
    "table|thead|tbody|tfoot|tr|td|th|p|div|span|br|hr|b|i|u|s|strong|em|h[1-6]|a|img|sup|sub"
    "|center"
    "|font|ul|ol|li|figure|figcaption|header|footer|section|article|page|page_number|watermark"
    "|signature|html|body|head|pre|code|blockquote|caption|col|colgroup"
)
_M = f"[{THAI_MARKS}]"

_ANSI = (
    r"\x1b\[[0-9;:?<=>]*[ -/]*[@-~]|\x9b[0-9;:?<=>]*[ -/]*[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?"
)
# Everything whose folded form has another length, or whose characters change places: name,
# what the text must hold for the rule to be worth running, pattern. Most letters need none.
_RULES: tuple[tuple[str, str, str], ...] = (
    ("ansi", r"[\x1b\x9b]", _ANSI),
    # No rule reads more of a run than this, and none may be slow on a line of ten thousand dots.
    ("run", r"(.)\1{80,}", r"(?P<unit>.)(?P=unit){80,}"),
    ("crlf", r"\r", r"\r\n?"),
    ("gap", rf" (?:{_M}|ำ)", rf"(?<=[ก-ฮิ-ู]) {{1,2}}(?={_M}|ำ)"),
    # PDF text takes ำ apart and loses the ring: «ก าหนด», «ส่วนน้ า». No word begins with า.
    ("split", r" า", r"(?<=[ก-ฮ่-๋]) {1,2}า"),
    # What is not to be seen may stand within a pair.
    ("am", r"ํ", rf"[่-๋]?{CONTROL}*ํ{CONTROL}*[่-๋]?{CONTROL}*า"),
    ("repeat", r"([ัิ-ฺ็-๎])\1", rf"(?P<mark>{_M})(?P=mark)+"),
    ("order", rf"{TONE}{CONTROL}*{VOWEL}", rf"{TONE}{CONTROL}*{VOWEL}"),
    ("ae", rf"เ{CONTROL}*เ", rf"เ{CONTROL}*เ"),
    ("control", CONTROL, rf"{CONTROL}+"),
    # Comments, and the ``<::logo: …::>`` notes in which vision models describe a picture.
    ("comment", r"<!--|<::", r"<!--[^\n]{0,400}?-->|<::[^\n]{0,400}?::>"),
    ("image", r"!\[", r"!\[[^\]\n]{0,80}\]\([^()\n]{0,200}\)"),
    ("br", r"<", r"<(?:br|/p|/div|/tr|/h[1-6]|/li)\s*/?>"),
    ("tag", r"<", rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>"),
    ("entity", r"&", r"&(?:nbsp|amp|lt|gt|quot|#160);"),
    ("fence", r"```|\'\'\'", r"^[ ]*(?:```|\'\'\')[a-z]*[ ]*$"),
    ("rule", r"\|", r"^[ ]*\|?(?:[ ]*:?-{3,}:?[ ]*\|)+[ ]*(?::?-{3,}:?)?[ ]*$"),
    ("italic", r"\*", r"(?<![^\s])\*(?=[(ก-๙])|(?<=[)ก-๙])\*(?![^\s])"),
    ("bold", r"\*\*|__", r"\*\*|(?<![\w/])__(?=[ก-๙])|(?<=[ก-๙.])__(?!\w)"),
    ("heading", r"#", r"^[ ]*#{1,6}[ ]+(?=\S)"),
    ("quote", r">", r"^[ ]*>[ ]+"),
    ("pipe", r"\|", r"^[ ]*\|[ ]*|[ ]*\|[ ]*$"),
    ("cell", r"(?m)^[ ]*\|", r"(?<=\S)[ ]*\|[ ]*(?=[^|\n])"),
)
_ENTITIES = {"&nbsp;": " ", "&#160;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
# A letter without which a rule cannot apply: cheaper to ask for than a search.
_NEEDS = {
    "ansi": frozenset("\x1b\x9b"), "crlf": frozenset("\r"), "control": CONTROLS,
    "am": frozenset("ํ"),
    "comment": frozenset("<"), "image": frozenset("!"), "br": frozenset("<"), "tag": frozenset("<"),
    "entity": frozenset("&"), "fence": frozenset("`'"), "rule": frozenset("|"),
    "bold": frozenset("*_"), "italic": frozenset("*"), "heading": frozenset("#"),
    "quote": frozenset(">"), "pipe": frozenset("|"), "cell": frozenset("|"),
}  # fmt: skip
# What no single letter tells: one look for all of it, which most texts pass.
_MARRED = re.compile(
    "|".join(f"(?:{gate})" for name, gate, _ in _RULES if name not in _NEEDS and name != "run")
)
_STEP = 40


def _has_run(source: str) -> bool:
    """Whether one letter may stand over eighty times in a row: then two samples are alike."""
    samples = source[::_STEP]
    return any(
        one == two and source[_STEP * place : _STEP * (place + 1)] == one * _STEP
        for place, (one, two) in enumerate(pairwise(samples))
    )


_GATES = tuple((name, _NEEDS.get(name), re.compile(gate)) for name, gate, _ in _RULES)


def _wanted(source: str, present: frozenset[str]) -> tuple[bool, ...]:
    """Which rules can apply to a text at all; ``present`` has its letters."""
    marred = _MARRED.search(source) is not None
    return tuple(
        _has_run(source)
        if name == "run"
        else (marred if needs is None else not needs.isdisjoint(present))
        and gate.search(source) is not None
        for name, needs, gate in _GATES
    )


@cache
def _changes(wanted: tuple[bool, ...]) -> re.Pattern[str] | None:
    chosen = [rule for rule, want in zip(_RULES, wanted, strict=True) if want]
    if not chosen:
        return None
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, _, rule in chosen), re.MULTILINE)


class Folded:
    """Folded ``text`` of an ``original``; positions translate by :meth:`span`."""

    __slots__ = ("_ends", "_parted", "_plain", "_starts", "_to", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        # _starts[k]: where piece k begins in the folded text; _to[k]: where in the original;
        # _ends[k]: end in the original of a piece that was replaced, -1 of one that was kept.
        self._starts: list[int] = []
        self._to: list[int] = []
        self._ends: list[int] = []
        present = frozenset(original)
        source = in_one_form(original, present)
        pieces: list[str] = []
        done = length = 0
        changes = _changes(_wanted(source, present))
        for match in changes.finditer(source) if changes else ():
            start, end = match.span()
            if start > done:
                self._add(length, done, -1)
                pieces.append(source[done:start])
                length += start - done
            new = _replacement(match)
            if new:
                self._add(length, start, end)
                pieces.append(new)
                length += len(new)
            done = end
        if done < len(source) or not self._starts:
            self._add(length, done, -1)
            pieces.append(source[done:])
        self._plain = self.text = "".join(pieces)
        self._parted = " า" in source
        if "ํ" in present:
            # ํา for ำ is Tesseract's hand: its look-alikes may stand in any word.
            self.text = undo(self._plain)

    def _add(self, folded: int, original: int, end: int) -> None:
        self._starts.append(folded)
        self._to.append(original)
        self._ends.append(end)

    def quoted(self, part: str, start: int) -> str:
        """A stretch of the text (blanks where a page turn was cut out) as the paper prints it."""
        if self._plain is self.text and not self._parted:
            return printed(part)
        if part.split() == self.text[start : start + len(part)].split():
            left, right = self.span(start, start + len(part))
            return printed(self.original[left:right])
        if self._plain is self.text:
            return printed(part)
        plain = self._plain[start : start + len(part)]
        kept = zip(part, plain, strict=True)
        return printed("".join(own if letter != " " else " " for letter, own in kept))

    def span(self, start: int, end: int) -> Span:
        """The place in the original of ``text[start:end]``."""
        if not self.text:
            return (0, 0)
        first = self._first(min(start, len(self.text) - 1)) if end > start else self._first(start)
        if end <= start:
            return (first, first)
        piece = bisect_right(self._starts, end - 1) - 1
        last = self._ends[piece]
        if last < 0:
            last = self._to[piece] + end - self._starts[piece]
        return (first, last)

    def _first(self, position: int) -> int:
        piece = bisect_right(self._starts, position) - 1
        if self._ends[piece] >= 0:
            return self._to[piece]
        return self._to[piece] + position - self._starts[piece]


def _replacement(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "crlf" | "br":
            return "\n"
        case "am":
            return SEEN.sub("", found).replace("ํ", "")[:-1] + "ำ"
        case "split":
            return "ำ"
        case "repeat":
            return found[0]
        case "cell":
            return "   "
        case "run":
            return "" if found[0] in CONTROLS else found[:80]
        case "order":
            return found[-1] + found[0]
        case "ae":
            return "แ"
        case "tag":
            # Cells and blocks part words; inline tags stand inside them.
            return " " if re.match(r"</?(?:td|th|tr|table|p|div|li|h\d)", found) else ""
        case "entity":
            return _ENTITIES[found]
        case _:
            return ""


_DROP = re.compile(f"{_ANSI}|{CONTROL}")
# Digits in one system, and the marks themselves for the glyphs that PDF fonts hold in their place.
_DIGITS = {ord("๐") + n: str(n) for n in range(10)} | {
    ord(glyph): mark for glyph, mark in ALIKE.items() if "\uf700" <= glyph <= "\uf71a"
}
_TRANSLATED = re.compile("[๐-๙\uf700-\uf71a]")
_MARKUP = re.compile(rf"\*\*|</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>|<!--[^\n]{{0,400}}?-->")


def printed(text: str) -> str:
    """A value as the paper prints it, but for digits (Arabic), ``ํา`` (``ำ``) and runs of space.

    Control, zero-width and bidi characters and an engine's tags are not on the paper: dropped.
    """
    if "*" in text or "<" in text:
        text = _MARKUP.sub("", text)
    if not text.isprintable():
        text = _DROP.sub("", text)
    if _TRANSLATED.search(text):
        text = text.translate(_DIGITS)
    return " ".join(with_sara_am(text).split())
