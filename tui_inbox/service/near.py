"""What may have been meant by a search that found nothing.

Each offer is a query that does find something. It is shown as an offer and taken by a person:
what a search finds is never mixed with what is only like it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.thai.keyboard import swap_layout
from tui_inbox.triage.errors import QueryError

if TYPE_CHECKING:
    from tui_inbox.triage.query import Node

#: As many offers as a person reads.
MOST = 4
#: A shorter text is like too many others.
SHORTEST = 3
#: Of a longer text no characters are exchanged: each of them would cost several searches.
LONGEST = 80
#: How alike two texts are, of 100, at which one may have been meant for the other.
ALIKE = 78.0

# What OCR takes for one another: Thai digits (as both are folded to Arabic ones), then letters.
_DIGITS = ("45", "58", "62", "60", "73")
_LETTERS = (
    "นม", "ดต", "ดค", "ชซ", "ชข", "สล", "ฎฏ", "ถก", "ผฝ", "พฟ", "บป", "อฮ", "ฤฦ", "ิี", "ีึ", "ึื",
    "ีื", "ุู", "่้", "ไใ", "ภถ",
)  # fmt: skip
_TONES = "่้"
#: Damaged digits that may be one another come out alike.
CANONICAL = str.maketrans("458620731", "555000331")


class Kind(StrEnum):
    """Why an offer is like what was asked for; worded by ``query.near.<kind>``."""

    LAYOUT = "layout"
    WORDS = "words"
    NUMBER = "number"
    OCR = "ocr"
    SENDER = "sender"
    SUBJECT = "subject"


class Known(msgspec.Struct, frozen=True):
    """What an inbox holds that could be meant; of secret letters no subject."""

    numbers: Collection[str]
    senders: Collection[str]
    subjects: Collection[str]


class Near(msgspec.Struct, frozen=True):
    """``query`` is to be typed instead, and finds ``count`` letters."""

    kind: Kind
    query: str
    count: int


def near(
    typed: str,
    known: Known,
    *,
    today: dt.date,
    fold: Callable[[str], str],
    holds: Callable[[str], bool],
    count: Callable[[Node], int],
) -> tuple[Near, ...]:
    """Offers for a query that found nothing, the likeliest first.

    ``holds`` says whether any letter holds a text, ``count`` how many letters a query finds.
    """
    found: dict[str, Near] = {}

    def offer(kind: Kind, query: str) -> bool:
        """Add what finds something; true when there are enough."""
        if query not in found and query != typed:
            node = _parsed(query, today)
            number = 0 if node is None else count(node)
            if number:
                found[query] = Near(kind, query, number)
        return len(found) >= MOST

    for kind, query in _offers(typed, known, today, fold, holds):
        if offer(kind, query):
            break
    return tuple(found.values())


def _offers(
    typed: str,
    known: Known,
    today: dt.date,
    fold: Callable[[str], str],
    holds: Callable[[str], bool],
) -> Iterator[tuple[Kind, str]]:
    from tui_inbox.triage.query import Text, texts

    swapped = swap_layout(typed)
    if swapped is not None:
        yield Kind.LAYOUT, swapped
    node = _parsed(typed, today)
    words = texts(node)
    if len(words) != 1:
        return
    word = words[0].strip()
    if not isinstance(node, Text):
        # The other terms stay; only the words are looked at.
        before, _, after = typed.partition(words[0])
    else:
        before = after = ""
    folded = fold(word)
    if len(folded) < SHORTEST:
        return
    parts = word.split()
    if len(parts) > 1 and isinstance(node, Text):
        yield Kind.WORDS, " ".join(_quoted(part) for part in parts)

    def put(text: str) -> str:
        return f"{before}{text}{after}"

    for number in _numbers(folded, known.numbers):
        yield Kind.NUMBER, put(f"ที่:{_quoted(number)}")
    for other in _confused(folded) if len(folded) <= LONGEST else ():
        if holds(other):
            yield Kind.OCR, put(other)
    for sender in _alike(folded, known.senders, fold, whole=True):
        yield Kind.SENDER, put(f"จาก:{_quoted(sender)}")
    for part in _alike(folded, known.subjects, fold, whole=False):
        yield Kind.SUBJECT, put(_quoted(part) if before or after else part)


def _parsed(text: str, today: dt.date) -> Node | None:
    from tui_inbox.triage.query import parse

    try:
        return parse(text, today=today)
    except QueryError:
        return None


def _numbers(folded: str, numbers: Iterable[str]) -> Iterator[str]:
    """Numbers of letters that differ from what was typed in digits that OCR confuses, then those
    whose serial differs by one slip of the keyboard."""
    from rapidfuzz.distance import OSA

    bare = re.sub(r"\s", "", folded)
    if not any(character.isdecimal() for character in bare):
        return
    numbers = dict.fromkeys(numbers)
    wanted = bare.translate(CANONICAL)
    for number in numbers:
        if wanted in number.replace(" ", "").casefold().translate(CANONICAL):
            yield number
    serial = _serial(bare)
    if len(serial) >= SHORTEST:
        for number in numbers:
            if OSA.distance(serial, _serial(number), score_cutoff=1) == 1:
                yield number


def _serial(number: str) -> str:
    """What stands after the last slash, without the mark of a circular."""
    return number.rpartition("/")[2].strip("ว. ")


def _confused(folded: str) -> Iterator[str]:
    """``folded`` with one character as OCR might have read it, or with or without a tone mark."""
    for at, character in enumerate(folded):
        for pair in (*_DIGITS, *_LETTERS):
            if character in pair:
                other = pair[1] if character == pair[0] else pair[0]
                yield folded[:at] + other + folded[at + 1 :]
        if character in _TONES:
            yield folded[:at] + folded[at + 1 :]
        elif "ก" <= character <= "ู" and folded[at + 1 : at + 2] not in {*_TONES}:
            for tone in _TONES:
                yield folded[: at + 1] + tone + folded[at + 1 :]


def _alike(
    folded: str, values: Iterable[str], fold: Callable[[str], str], *, whole: bool
) -> Iterator[str]:
    """Values like ``folded``, or (not ``whole``) the part of each that is."""
    from rapidfuzz import fuzz, process

    known = {fold(value): value for value in values}
    best = process.extract(
        folded, list(known), scorer=fuzz.partial_ratio, score_cutoff=ALIKE, limit=MOST
    )
    for value, _, _ in best:
        if len(value) < len(folded) - 2:
            continue
        yield known[value] if whole else _part(folded, value)


def _part(folded: str, value: str) -> str:
    """The stretch of ``value`` that is most like ``folded``."""
    from rapidfuzz import fuzz

    alignment = fuzz.partial_ratio_alignment(folded, value)
    if alignment is None:
        return value
    start, end = alignment.dest_start, alignment.dest_end
    around = [
        (first, last)
        for first in range(max(0, start - 2), start + 3)
        for last in range(max(first + 1, end - 2), min(len(value), end + 2) + 1)
    ]
    first, last = max(
        around, key=lambda span: (fuzz.ratio(folded, value[span[0] : span[1]]), span[0] - span[1])
    )
    return value[first:last].strip()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', " ") + '"'
