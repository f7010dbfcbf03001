"""Characters that are the same to a reader, and the key under which text is searched.

Digits in one system, one kind of space and of dash, the marks themselves for a font's glyphs of
them, ``ํา`` as ``ำ``, marks in the order in which they are typed; no control or zero-width
characters.
"""

from __future__ import annotations

import re

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

#: A character and the one that it is to a reader: texts keep their length.
ALIKE = {chr(code): letter for code, letter in _SAME_LENGTH.items()}

# C0 and C1 (line ends aside), soft hyphen, zero-width and bidi controls, variation selectors.
_CONTROL_RANGES = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
    (0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x180E, 0x180E), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE007F),
)  # fmt: skip
CONTROLS = frozenset(
    chr(code) for first, last in _CONTROL_RANGES for code in range(first, last + 1)
)
CONTROL = "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _CONTROL_RANGES) + "]"
TONE = "[่-์]"
VOWEL = "[ัิ-ฺ็ํ]"
SEEN = re.compile(f"{CONTROL}+")

_UNSEEN = CONTROLS - {"\0"}
_AM = re.compile("([่-๋]?)ํ([่-๋]?)า")
_ORDER = re.compile(f"({TONE})({VOWEL})")


def in_one_form(text: str, letters: frozenset[str]) -> str:
    """``text`` with one character for all that are alike; ``letters`` are those that it has."""
    for letter in letters & ALIKE.keys():
        # Several times as fast as str.translate, since a text has few of them.
        text = text.replace(letter, ALIKE[letter])
    return text


def with_sara_am(text: str) -> str:
    """``ํา`` as ``ำ``, wherever the tone mark stands."""
    return _AM.sub(r"\1\2ำ", text) if "ํ" in text else text


def fold_for_search(text: str) -> str:
    """The key under which text is searched: the same for query and letter, never shown."""
    letters = frozenset(text)
    text = in_one_form(text, letters).replace("\0", " ")
    if not letters.isdisjoint(_UNSEEN):
        text = SEEN.sub("", text)
    text = _ORDER.sub(r"\2\1", with_sara_am(text)).replace("เเ", "แ")
    words = text.split()
    folded = " ".join(words)
    if not words:
        return " " if text else ""
    first, last = text[0].isspace(), text[-1].isspace()
    return f"{' ' if first else ''}{folded}{' ' if last else ''}".casefold()
