"""Labels of a letter's head and foot as OCR leaves them.

A label is matched letter by letter: marks (vowels above and below, tones) may be missing or wrong,
a space may have come between, and a few consonants may be taken for their look-alikes. What is
left is anchored at the start of a line, so a short label (ที่, ถึง) is accepted only where its
place and what follows it agree: the caller's business.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from tui_inbox.thai import THAI_MARKS

_MARKS = f"[{THAI_MARKS}]"
# Consonants that OCR takes for one another in Thai print, as measured on Tesseract's output.
_ALIKE = {
    "ด": "ดตค", "ต": "ตดค", "ค": "คดต", "ส": "สล", "ล": "ลส", "ช": "ชซข", "ซ": "ซช", "ข": "ขชซ",
    "ถ": "ถก", "ก": "กถ", "น": "นม", "ม": "มน", "บ": "บป", "ป": "ปบ", "พ": "พผฟ", "ฟ": "ฟพ",
    "ห": "หท", "ท": "ทห", "ว": "วา", "ำ": "ำา", "ฉ": "ฉณ", "ฐ": "ฐธ", "ธ": "ธฐ",
}  # fmt: skip


@cache
def tolerant(label: str, *, alike: bool = True, gaps: bool = True) -> str:
    """A pattern (no groups) for ``label`` with its marks optional and free.

    ``alike`` admits look-alike consonants, ``gaps`` single spaces inside.
    """
    parts: list[str] = []
    for letter in label:
        if re.match(_MARKS, letter):
            continue
        if letter == " ":
            parts.append(r"[ ]*")
            continue
        choice = _ALIKE.get(letter, letter) if alike else ("ำา" if letter == "ำ" else letter)
        body = f"[{choice}]" if len(choice) > 1 else re.escape(letter)
        if letter == "ำ":
            body = rf"(?:[ํ{THAI_MARKS}]?[ำา])"
        parts.append(body + f"{_MARKS}{{0,3}}" + (r"[ ]?" if gaps else ""))
    pattern = "".join(parts)
    return pattern.removesuffix(r"[ ]?")


def label_pattern(*labels: str, alike: bool = True) -> str:
    """A pattern (no groups) for any of the labels."""
    return "(?:" + "|".join(tolerant(label, alike=alike) for label in labels) + ")"


_SKELETON = re.compile(f"[{THAI_MARKS} .:]")


@cache
def _bare(label: str) -> str:
    return _SKELETON.sub("", label)


def resembles(text: str, label: str, cutoff: float = 80.0) -> bool:
    """Whether a whole short text is a damaged ``label``: for long labels only."""
    goal = _bare(label)
    if len(text) + 4 < len(goal):
        return False
    bare = _SKELETON.sub("", text)
    if abs(len(bare) - len(goal)) > 4:
        return False
    return fuzz.ratio(bare, goal) >= cutoff


def lenient(pattern: str) -> re.Pattern[str]:
    """A pattern that forgives what engines do to small marks: tones lost or changed, the vowels
    ``ิ ี ึ ื`` taken for one another, ``ำ`` read as ``า``.

    For words of running text, where Tesseract drops marks (``วันที``, ``เรือง``). Character
    classes and lookbehinds, which must have a fixed width, stay as they are.
    """
    out: list[str] = []
    position, klass = 0, False
    while position < len(pattern):
        letter = pattern[position]
        if letter == "\\":
            out.append(pattern[position : position + 2])
            position += 2
            continue
        if not klass and pattern.startswith(("(?<!", "(?<="), position):
            end = _group_end(pattern, position)
            out.append(pattern[position:end])
            position = end
            continue
        if letter == "[":
            klass = True
        elif letter == "]":
            klass = False
        if not klass and letter in "่้" and pattern[position + 1 : position + 2] != "?":
            # Possessive: a mark that is there is taken, so that lookaheads see what follows it.
            out.append("[่้๊๋]?+")
        elif not klass and letter in "ิีึื":
            out.append("[ิีึื]")
        elif not klass and letter == "ำ":
            out.append("[ำา]")
        else:
            out.append(letter)
        position += 1
    return re.compile(by_first_letter("".join(out)))


_PLAIN = re.compile(r"[ก-๙](?![?*+{])")


def by_first_letter(pattern: str) -> str:
    """The same pattern, its alternatives put together by the letters that they begin with.

    A search then tries some few at a letter instead of dozens. Those that begin alike keep their
    order, and no two others can match at one place, so each place matches as before. A pattern with
    an alternative that does not begin with a letter stays as it is.
    """
    alike: dict[str, list[str]] = {}
    for one in _alternatives(pattern):
        if _PLAIN.match(one) is None:
            return pattern
        alike.setdefault(one[0], []).append(one[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in alike.items())


def _alternatives(pattern: str) -> list[str]:
    """What ``|`` parts outside of any group and class."""
    found, start, position, klass = [], 0, 0, False
    while position < len(pattern):
        letter = pattern[position]
        if letter == "\\":
            position += 1
        elif klass:
            klass = letter != "]"
        elif letter == "[":
            klass = True
        elif letter == "(":
            position = _group_end(pattern, position) - 1
        elif letter == "|":
            found.append(pattern[start:position])
            start = position + 1
        position += 1
    return [*found, pattern[start:]]


def _group_end(pattern: str, start: int) -> int:
    depth, position = 0, start
    while position < len(pattern):
        if pattern[position] == "\\":
            position += 2
            continue
        depth += (pattern[position] == "(") - (pattern[position] == ")")
        position += 1
        if depth == 0:
            return position
    return position


def last_match(
    pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    """The last place where a pattern matches in ``text[start:end]``."""
    found = None
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        found = match
    return found
