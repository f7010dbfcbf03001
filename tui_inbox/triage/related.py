"""Which letters belong together, how surely, and why.

A number alone identifies nothing: its serial starts anew each year. So two numbers are surely the
same letter only where the dates are the same, too; a number that OCR may have misread counts only
beside the same date, and a number without a date on one side is likely at best. Wrong is worse
than missing: where the dates differ in more than digits that OCR confuses, it is another letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from tui_inbox.catalogue import Mention, Role
from tui_inbox.triage.model import Row

#: The subject without what a later letter puts before it must be at least this long to be told
#: from others of its sender.
LONG_SUBJECT = 12


class Bond(StrEnum):
    """What another letter is to this one, the strongest first (``related.bond.<bond>``)."""

    DUPLICATE = "duplicate"
    """It bears the same number, sender and date, with another text."""
    FORWARDS = "forwards"
    """This one holds it or names it among its enclosures."""
    CITES = "cites"
    """This one refers to it."""
    FORWARDED_BY = "forwarded_by"
    CITED_BY = "cited_by"
    EARLIER = "earlier"
    """Of the same sender about the same matter, and older (เรื่องเดิม)."""
    LATER = "later"
    SAME_FORWARD = "same_forward"
    """Another office's covering letter to the same letter."""


class Why(StrEnum):
    """What a bond rests on; worded by ``related.why.<why>``."""

    NUMBER_AND_DATE = "number_and_date"
    NUMBER = "number"
    DIGITS = "digits"
    SUBJECT = "subject"


class Bound(msgspec.Struct, frozen=True):
    """Another letter by its id. ``number`` is the one that ties the two, as the other has it."""

    id: str
    bond: Bond
    sure: bool
    why: Why
    number: str | None = None


class Related(msgspec.Struct, frozen=True):
    """A letter that belongs to another one, as it is shown."""

    row: Row
    bond: Bond
    sure: bool
    why: Why
    number: str | None = None


_ORDER = {bond: place for place, bond in enumerate(Bond)}
_SPOKEN = {Role.CITED, Role.ENCLOSED}
_CARRIED = {Role.INSIDE, Role.ENCLOSED}
_BE = 543
_ALIKE = str.maketrans("458620731", "555000331")


def bounds(own: Iterable[Mention], others: Iterable[Mention]) -> list[Bound]:
    """What binds the letter of ``own`` to those of ``others``: one bond a letter, the strongest.

    ``others`` are mentions of the same numbers, as :func:`~tui_inbox.catalogue.number_key` sees
    them; those of the letter itself are passed over.
    """
    found: dict[str, Bound] = {}
    mine, all_others = list(own), list(others)
    there = {_exactly(one) for one in (*mine, *all_others) if one.role not in _SPOKEN}
    for theirs in all_others:
        for one in mine:
            if theirs.letter_id == one.letter_id:
                continue
            bond = _bond(one, theirs)
            alike = _alike(one, theirs) if bond is not None else None
            if bond is None or alike is None:
                continue
            sure, why = alike
            if not sure and (bond is Bond.DUPLICATE or _means_another(one, theirs, there)):
                continue
            bound = Bound(theirs.letter_id, bond, sure, why, theirs.number)
            known = found.get(theirs.letter_id)
            if known is None or _strength(bound) < _strength(known):
                found[theirs.letter_id] = bound
    return sorted(found.values(), key=lambda bound: (*_strength(bound), bound.id))


def _exactly(one: Mention) -> tuple[str, str | None]:
    return _bare(one.number), one.date


def _means_another(one: Mention, theirs: Mention, there: set[tuple[str, str | None]]) -> bool:
    """Whether the one that is spoken of is there itself, under just that number and date."""
    return any(spoken.role in _SPOKEN and _exactly(spoken) in there for spoken in (one, theirs))


def _strength(bound: Bound) -> tuple[bool, int]:
    return not bound.sure, _ORDER[bound.bond]


def _bond(one: Mention, theirs: Mention) -> Bond | None:
    match one.role, theirs.role:
        case Role.OWN, Role.OWN:
            # Another agency's letter under a number that looks the same is another letter.
            same = one.sender == theirs.sender or one.sender is None or theirs.sender is None
            return Bond.DUPLICATE if same else None
        case Role.OWN, Role.CITED:
            return Bond.CITED_BY
        case Role.OWN, _:
            return Bond.FORWARDED_BY
        case Role.CITED, Role.OWN:
            return Bond.CITES
        case _, Role.OWN:
            return Bond.FORWARDS
        case Role.INSIDE, Role.CITED:
            return Bond.CITED_BY
        case Role.CITED, Role.INSIDE:
            return Bond.CITES
    return Bond.SAME_FORWARD if {one.role, theirs.role} & _CARRIED else None


def _alike(one: Mention, theirs: Mention) -> tuple[bool, Why] | None:
    """Whether two mentions are of one letter: surely, likely, or (``None``) not."""
    exact = _bare(one.number) == _bare(theirs.number)
    if one.date is None or theirs.date is None:
        return (False, Why.NUMBER) if exact else None
    if one.date == theirs.date:
        return (exact, Why.NUMBER_AND_DATE if exact else Why.DIGITS)
    if min(len(one.date), len(theirs.date)) == 7 and one.date[:7] == theirs.date[:7]:
        # Of one of the two the day was left blank.
        return (False, Why.NUMBER) if exact else None
    if exact and _misread(one.date) == _misread(theirs.date):
        return False, Why.DIGITS
    return None


def _bare(number: str) -> str:
    return re.sub(r"[ .]", "", number).casefold()


def _misread(iso: str) -> str:
    """A date as OCR might have confused its printed digits, which are of the Buddhist era."""
    return f"{int(iso[:4]) + _BE}{iso[4:]}".translate(_ALIKE)


# The same matter

_AGAIN = re.compile(
    r"^(?:(?:ขอ)?(?:ให้)?(?:ติดตาม|เร่งรัด|แจ้งเตือน|เตือน|ซักซ้อม|แก้ไข|ขยายเวลา|ขยายระยะเวลา|เลื่อน|ยกเลิก|"
    r"ทบทวน|ย้ำ|กำชับ|ขอส่ง|ส่ง|รายงาน)(?:ผล)?(?:การ)?\s*)+"
)
_TAIL = re.compile(r"\s*(?:\((?:เพิ่มเติม|ครั้งที่ ?\d+|ฉบับที่ ?\d+)\)|เพิ่มเติม|ครั้งที่ ?\d+)$")


def matter(subject: str) -> str | None:
    """What a folded subject is about, without what a reminder, a change or a report puts around
    it; ``None`` where that is too little to tell it by."""
    core = _TAIL.sub("", _AGAIN.sub("", subject.strip())).strip()
    return core if len(core) >= LONG_SUBJECT else None


def same_matter(row: Row, others: Iterable[tuple[Row, str | None]], about: str) -> list[Bound]:
    """Letters of the same sender about the same matter, given each one's matter."""
    found = []
    for other, matter_of_other in others:
        if other.id == row.id or other.sender != row.sender or matter_of_other != about:
            continue
        if not row.date or not other.date or row.date == other.date:
            continue
        bond = Bond.EARLIER if other.date < row.date else Bond.LATER
        found.append(Bound(other.id, bond, False, Why.SUBJECT, other.number))
    return found
