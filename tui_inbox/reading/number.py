"""Letter numbers (ที่): how they are printed and their one normal form.

``<code> <unit>[.sub]/[series ]<serial>``: the code is the ministry's, the province's or the
office's; the unit has four or five digits; ว marks a circular; the serial starts anew each year,
so a number without sender and date identifies nothing (correspondence regulation, clause on
letter numbers). A number whose serial is blank has not been given yet: it is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui_inbox.letter import Span

_KNOWN_CODES = frozenset(
    """
    นร กห กค กต กก พม กษ คค ทส พน พณ มท ศธ สธ อว ตช สทช สผ สภ ยธ รง วธ อก ดศ อส ศย ศป
    ตผ ปช ลต พศ ชร มส ชม พย นน ลพ ลป พร อต ตก สท พล กพ พจ อน นว พช ลย นค บก สน นพ นภ อด
    กส มห ชย ขก มค รอ ยส อจ นม บร สร ศก อบ ชน สห ลบ สพ อท อย สบ กจ นบ ปท นย รบ นฐ กท
    กทม พบ สส สค สป ปข ปจ ฉช สก ชบ รย จบ ตร รน ชพ พง สฎ ภก กบ นศ ตง พท สต สข ปน ยล นธ
    """.split()  # noqa: SIM905  # a list of two hundred quoted words is unreadable
)

_CODE = r"(?P<code>[ก-ฮ]{1,5}(?:\.[ก-ฮ]{1,4}){0,2}\.?(?:[ ]?\([ ]?[ก-ฮ.]{1,10}[ ]?\)\.?)?)"
_UNIT = (
    r"(?P<unit>\d{1,6}(?:-\d{1,3})?(?:[ ]?\([ ]?[ก-ฮ.\d]{1,10}[ ]?\))?"
    r"(?:[ ]?\.[ ]?\d{1,4}(?:[ ]?\([ก-ฮ.\d]{1,10}\))?){0,3}"
    # Branch offices of one agency put their province's letters behind the unit: 0051 ลพ/468.
    r"(?:[ ]?[ก-ฮ]{2,3}(?=[ ]?/))?)"
)
_SERIES = r"(?P<series>(?:(?>[ ]?(?:พิเศษ|[ก-ฮ]{1,4}\.?|\([^()\n/]{1,14}\))[ ]?/?)){0,5}?)"
_TAIL = rf"[ ]?/{_SERIES}[ ]?(?P<serial>\d{{1,7}}(?:[/.]\d{{1,6}})?)(?![\d])"
_BLANK = r"[ ]?/[ ]?(?:ว\.?)?[ ._…-]*(?=\s|$)"

_FULL = re.compile(rf"{_CODE}[ ]?{_UNIT}(?:{_TAIL}|(?P<blank>{_BLANK}))")
# Series that carry no unit: ว 10 in citations, ว(ล) … of the Comptroller General's circulars.
_CIRCULAR_ONLY = re.compile(r"(?P<series>ว)\.?[ ]?(?P<serial>\d{1,5})(?![\d/])")
_OF_YEAR = re.compile(r"(?P<serial>\d{1,6})[ ]?/[ ]?(?P<year>\d{4})(?!\d)")
_IN_HOUSE = re.compile(
    r"(?P<code>[ก-ฮ][ก-ฮ.()\-\d ]{1,28}?[ก-ฮ.)])[ ]?(?P<serial>\d{1,6}/\d{2,6})(?!\d)"
)
# Units within one agency leave its code out; what tells it from an order's is four digits with a
# sub-unit or the branch in brackets.
_NO_CODE = re.compile(
    r"(?P<unit>0\d{3}(?:[ ]?\([ก-ฮ.]{1,8}\)(?:[ ]?\.[ ]?\d{1,4}){0,3}|(?:[ ]?\.[ ]?\d{1,4}){1,3}))"
    r"[ ]?/[ ]?"
    r"(?P<circular>ว\.?[ ]?)?"
    r"(?P<serial>\d{1,6})(?!\d)"
)
_SPACES = re.compile(r"[ ]+")


@dataclass(frozen=True, slots=True)
class Number:
    """``value`` is the normal form, ``None`` where the serial is blank; ``span`` as printed."""

    value: str | None
    span: Span
    circular: bool


def letter_number(text: str, start: int = 0, end: int | None = None) -> Number | None:
    """The letter number that begins exactly at ``start`` of a folded text."""
    stop = len(text) if end is None else end
    match = _FULL.match(text, start, stop)
    if match is not None:
        return _normal(match)
    match = _NO_CODE.match(text, start, stop)
    if match is not None:
        unit = match["unit"].replace(" ", "")
        circular = match["circular"] is not None
        value = f"{unit}/{'ว ' if circular else ''}{match['serial']}"
        return Number(value, match.span(), circular)
    match = _IN_HOUSE.match(text, start, stop)
    if match is not None:
        value = f"{_SPACES.sub(' ', match['code']).strip()} {match['serial']}"
        return Number(value, match.span(), False)
    return None


def order_number(text: str, start: int = 0, end: int | None = None) -> Number | None:
    """``428/2563``: the number of an order or the like, beginning exactly at ``start``."""
    match = _OF_YEAR.match(text, start, len(text) if end is None else end)
    if match is None:
        return None
    return Number(f"{match['serial']}/{match['year']}", match.span(), False)


def circular_number(text: str, start: int = 0) -> Number | None:
    """``ว 10``: a circular cited by its serial alone, beginning exactly at ``start``."""
    match = _CIRCULAR_ONLY.match(text, start)
    return None if match is None else Number(f"ว {match['serial']}", match.span(), True)


_SERIES_LETTERS = frozenset(("ว", "ผ", "ป", "พ", "ล", "พิเศษ"))


def _series_printed(match: re.Match[str]) -> str:
    """What stands between the slash and the serial, spaces and all."""
    return match.string[match.start("series") : match.start("serial")]


def _normal(match: re.Match[str]) -> Number:
    code = _SPACES.sub(" ", match["code"]).strip()
    if code.endswith(".") and code[:-1] in _KNOWN_CODES:
        code = code[:-1]
    unit = re.sub(r"[ ]?\.[ ]?", ".", match["unit"])
    if match["serial"] is None:
        return Number(None, match.span(), "ว" in (match["blank"] or ""))
    series = match["series"].replace(" ", "")
    name = series.rstrip(".")
    if name and name not in _SERIES_LETTERS and "/" not in series and "(" not in series:
        # A series of abbreviations (พธร.บค., รอ.) is an office's name and stays as printed.
        space = " " if _series_printed(match).endswith(" ") or series == name else ""
        value = f"{code} {unit}/{series}{space}{match['serial']}"
        return Number(value, match.span(), "ว" in name.split("."))
    series = series.replace(".", "")
    parts = [part for part in series.split("/") if part]
    circular = any(part == "ว" or part.startswith("ว(") for part in parts)
    tail = ""
    for part in parts[:-1]:
        tail += f"{part}/"
    if parts:
        # A bracketed series keeps its slash: /(คกก.6)/28; a letter stands before its serial.
        bare = parts[-1].isalpha() and not series.endswith("/")
        tail += f"{parts[-1]} " if bare else f"{parts[-1]}/"
    if "(" in series and "." in match["series"]:
        # Dots inside brackets are part of a committee's name and stay.
        return Number(
            f"{code} {unit}/{match['series'].replace(' ', '')}{match['serial']}",
            match.span(),
            circular,
        )
    return Number(f"{code} {unit}/{tail}{match['serial']}", match.span(), circular)
