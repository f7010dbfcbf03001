"""Which letters a content is, holds and speaks of: what ties letters to one another."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from tui_inbox.catalogue.head import storable
from tui_inbox.letter import Letter

# Digits that OCR takes for one another come out alike: ๔ ๕ ๘, ๖ ๒ ๐, ๗ ๓.
_ALIKE = str.maketrans("458620731", "555000331", " .")


class Role(StrEnum):
    """How a content comes to speak of a letter's number."""

    OWN = "own"
    """The covering letter's own."""
    INSIDE = "inside"
    """Another document of the file: the letter that is forwarded."""
    ENCLOSED = "enclosed"
    """Named among the enclosures."""
    CITED = "cited"
    """Referred to, in its head or in its text."""


class Mention(msgspec.Struct, frozen=True):
    """A letter's number, where it stands. ``date`` is ISO or, with the day left blank, a month;
    ``sender`` is known of a letter that is there and not of one that is spoken of."""

    letter_id: str
    role: Role
    number: str
    date: str | None
    sender: str | None


def number_key(number: str) -> str:
    """Equal for numbers that are printed or were read differently: spaces, dots and digits that
    OCR confuses aside."""
    return number.translate(_ALIKE).casefold()


def mentions(letter_id: str, letter: Letter) -> Iterator[Mention]:
    """Every number in a content; of a letter in a secret class only its own."""
    kept = storable(letter)
    seen = set()
    for place, document in enumerate(kept.documents):
        role = Role.INSIDE if place else Role.OWN
        found = [Mention(letter_id, role, document.number or "", document.date, document.sender)]
        for enclosed in document.enclosures:
            found.append(
                Mention(letter_id, Role.ENCLOSED, enclosed.number or "", enclosed.date, None)
            )
        for cited in document.references:
            found.append(Mention(letter_id, Role.CITED, cited.number or "", cited.date, None))
        for mention in found:
            if mention.number and mention not in seen:
                seen.add(mention)
                yield mention
