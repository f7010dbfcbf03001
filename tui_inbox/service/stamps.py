"""The register number that a letter bears already: that of the office's own receipt stamp."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui_inbox.letter import Letter, Receipt

#: ``๑๒๓`` and ``123/2567``; anything else is not a number of a running register.
_NUMBER = re.compile(r"(\d{1,9})(?:\s*/\s*\d{2,4})?")


def own_number(letter: Letter, offices: Iterable[str]) -> tuple[int, int] | None:
    """Gregorian year and number of the receipt stamp of one of ``offices`` on a letter.

    ``None`` where there is none, where it lacks its number or its day, or where several differ:
    a wrong number in the register is worse than a new one.
    """
    found = {_number(stamp) for stamp in _own(letter, offices)}
    return found.pop() if len(found) == 1 else None


def own_stamp(letter: Letter, offices: Iterable[str]) -> Receipt | None:
    """The receipt stamp of one of ``offices`` on a letter; ``None`` where several differ."""
    own = _own(letter, offices)
    return own[0] if len({(stamp.number, stamp.date) for stamp in own}) == 1 else None


def _own(letter: Letter, offices: Iterable[str]) -> list[Receipt]:
    cover = letter.cover
    names = [name for name in offices if name]
    if cover is None or not names:
        return []
    own = [stamp for stamp in cover.receipts if _is_of(stamp, names)]
    return [stamp for stamp in own if stamp.office in names] or own


def _is_of(stamp: Receipt, names: Iterable[str]) -> bool:
    """By name, as days after receipt are counted: a stamp says more or less than the whole name."""
    office = stamp.office
    return office is not None and any(name in office or office in name for name in names)


def _number(stamp: Receipt) -> tuple[int, int] | None:
    match = _NUMBER.fullmatch((stamp.number or "").strip())
    if match is None or not stamp.date or int(match[1]) < 1:
        return None
    return int(stamp.date[:4]), int(match[1])
