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

ABOVE_BELOW = "ัิ-ฺ็-๎"
"""Thai marks that take no cell of their own (for use inside a character class)."""

_SAME_LENGTH = {
    **{ord("๐") + n: str(n) for n in range(10)},
    **{ord("０") + n: str(n) for n in range(10)},
    **dict.fromkeys(
        map(
            ord,
            "\t\v\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        ),
        " ",
    ),
    **dict.fromkeys(map(ord, "\f\x85\u2028\u2029"), "\n"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf0b7"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u2032´"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u2033"), '"'),
    # Drawn boxes, of stamps and tables: their rules stay rules, their sides part as gaps do.
    **dict.fromkeys(range(0x2500, 0x2580), " "),
    **dict.fromkeys(map(ord, "─━═"), "-"),
    # Positional glyphs that PDF text of Thai fonts holds in place of the marks themselves.
    0xF700: "ฐ",
    0xF70F: "ญ",
    **dict(zip(range(0xF701, 0xF705), "ิีึื", strict=True)),
    **dict(zip(range(0xF705, 0xF70A), "่้๊๋์", strict=True)),
    **dict(zip(range(0xF70A, 0xF70F), "่้๊๋์", strict=True)),
    0xF710: "ั",
    0xF711: "ํ",
    0xF712: "็",
    **dict(zip(range(0xF713, 0xF718), "่้๊๋์", strict=True)),
    **dict(zip(range(0xF718, 0xF71B), "ฺุู", strict=True)),
}

_LIKE = {chr(code): letter for code, letter in _SAME_LENGTH.items()}

_TAGS = (
    "table|thead|tbody|tfoot|tr|td|th|p|div|span|br|hr|b|i|u|s|strong|em|h[1-6]|a|img|sup|sub"
    "|center"
    "|font|ul|ol|li|figure|figcaption|header|footer|section|article|page|page_number|watermark"
    "|signature|html|body|head|pre|code|blockquote|caption|col|colgroup"
)
# C0 and C1 (line ends aside), soft hyphen, zero-width and bidi controls, variation selectors.
_CONTROL_RANGES = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
    (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x180E, 0x180E), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
)  # fmt: skip
_CONTROLS = frozenset(
    chr(code) for first, last in _CONTROL_RANGES for code in range(first, last + 1)
)
_CONTROL = "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _CONTROL_RANGES) + "]"
_M = f"[{ABOVE_BELOW}]"
_TONE = "[่-์]"
_VOWEL = "[ัิ-ฺ็ํ]"

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
    ("am", r"ํ", rf"[่-๋]?{_CONTROL}*ํ{_CONTROL}*[่-๋]?{_CONTROL}*า"),
    ("repeat", r"([ัิ-ฺ็-๎])\1", rf"(?P<mark>{_M})(?P=mark)+"),
    ("order", rf"{_TONE}{_CONTROL}*{_VOWEL}", rf"{_TONE}{_CONTROL}*{_VOWEL}"),
    ("ae", rf"เ{_CONTROL}*เ", rf"เ{_CONTROL}*เ"),
    ("control", _CONTROL, rf"{_CONTROL}+"),
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
    "ansi": frozenset("\x1b\x9b"), "crlf": frozenset("\r"), "control": _CONTROLS,
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


_SEEN = re.compile(f"{_CONTROL}+")


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
        source = original
        for letter in present & _LIKE.keys():
            # Several times as fast as str.translate, since a text has few of them.
            source = source.replace(letter, _LIKE[letter])
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
            return _SEEN.sub("", found).replace("ํ", "")[:-1] + "ำ"
        case "split":
            return "ำ"
        case "repeat":
            return found[0]
        case "cell":
            return "   "
        case "run":
            return "" if found[0] in _CONTROLS else found[:80]
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


_DROP = re.compile(f"{_ANSI}|{_CONTROL}")
# Digits in one system, and the marks themselves for the glyphs that PDF fonts hold in their place.
_DIGITS = {ord("๐") + n: str(n) for n in range(10)} | {
    code: mark for code, mark in _SAME_LENGTH.items() if 0xF700 <= code <= 0xF71A
}
_TRANSLATED = re.compile("[๐-๙\uf700-\uf71a]")
_SPACES = re.compile(r"\s+")
_AM = re.compile("([่-๋]?)ํ([่-๋]?)า")
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
    if "ํ" in text:
        text = _AM.sub(r"\1\2ำ", text)
    return " ".join(text.split())


_SEARCH = {**_SAME_LENGTH, 0: " "}
_SEARCH_CHANGES = re.compile(rf"(?P<am>[่-๋]?ํ[่-๋]?า)|({_TONE})({_VOWEL})|เเ")


def fold_for_search(text: str) -> str:
    """The key under which text is searched: the same for query and letter, never shown."""

    def change(match: re.Match[str]) -> str:
        found = match.group()
        if match.lastgroup == "am":
            return found.replace("ํ", "")[:-1] + "ำ"
        return "แ" if found == "เเ" else found[1] + found[0]

    seen = _SEEN.sub("", text.translate(_SEARCH))
    folded = _SEARCH_CHANGES.sub(change, seen)
    return _SPACES.sub(" ", folded).casefold()
