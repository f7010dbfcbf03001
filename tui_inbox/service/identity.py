"""Which letter a file is.

A letter is known by its first content. The same content is the same letter, whatever its path.
Other content under a letter's only path is that letter, amended. The ledger knows the letters
that people decided about by all their contents and paths, so they are found again when the
catalogue is lost.
"""

from __future__ import annotations

import msgspec

from tui_inbox.catalogue import Head, Summary, Writer
from tui_inbox.ledger import Ledger
from tui_inbox.triage import is_decided


class Place(msgspec.Struct, frozen=True):
    letter_id: str
    amended: bool = False


def is_problem(letter_id: str) -> bool:
    return letter_id.startswith("!")


def holder(writer: Writer, ledger: Ledger, sha256: str) -> str | None:
    """The letter that is known to have or have had this content."""
    return writer.holder(sha256) or ledger.resolve(sha256, "")


def is_new(ledger: Ledger, path: str, sha256: str) -> bool:
    """Whether the ledger knows nothing of a file of which the catalogue knows nothing either: then
    it is a letter of its own, known by this content.
    """
    return ledger.resolve(sha256, path) is None and not is_decided(ledger.record(sha256))


def place(writer: Writer, ledger: Ledger, path: str, sha256: str, head: Head | None) -> Place:
    """The letter that a file holds, and whether it came back with another content.

    Of several files, take those whose content is known first: a letter that was renamed while
    another was put under its old name is then not taken for an amended one.
    """
    before = writer.file(path)
    if before is not None and before.sha256 == sha256:
        return Place(before.letter_id)
    known = holder(writer, ledger, sha256)
    if known is not None:
        came_back = before is not None and before.letter_id == known and before.sha256 is not None
        return Place(known, amended=came_back)
    candidate = before.letter_id if before is not None else ledger.resolve("", path)
    if candidate is None or any(other != path for other in writer.live_paths(candidate)):
        return Place(sha256)
    if is_problem(candidate):
        # A first readable content is news, unless people wrote about the unreadable one.
        return Place(candidate, True) if is_decided(ledger.record(candidate)) else Place(sha256)
    was_there = before is not None and not before.gone
    if not was_there and _is_another(writer.summary(candidate), head):
        return Place(sha256)
    return Place(candidate, amended=True)


def _is_another(before: Summary | None, now: Head | None) -> bool:
    """A name used again (``scan001.txt``): both letters have a number, and not the same."""
    if before is None or now is None:
        return False
    return None not in (before.number, now.number) and before.number != now.number
