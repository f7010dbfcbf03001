"""What a query finds in an open inbox: the index of the texts and what people wrote, together."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.catalogue import Catalogue, fold
from tui_inbox.ledger import Ledger, Record
from tui_inbox.letter import Secrecy
from tui_inbox.service.notes import NoteIndex
from tui_inbox.service.rows import Rows
from tui_inbox.service.shown import Shown
from tui_inbox.triage import Row

if TYPE_CHECKING:
    from tui_inbox.triage.query import Node

#: Characters of a letter that are shown around the place where something was found.
SNIPPET = 100


class Hit(msgspec.Struct, frozen=True):
    """A letter that a search found.

    ``snippet`` is the line in which it was found, cut to a length that fits one line, and
    ``spans`` the places in it; ``None`` where the head alone says it, and of a secret letter.
    """

    row: Row
    snippet: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


class Searching:
    """The index that queries ask. Safe for several threads as the parts are."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger, shown: Shown) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._shown = shown
        self._notes = NoteIndex()

    def fold(self, text: str) -> str:
        return fold(text)

    def search(self, text: str) -> set[int]:
        """The letters that hold ``text`` anywhere, their notes too."""
        return self._catalogue.search(text) | self.search_notes(text)

    def search_notes(self, text: str) -> set[int]:
        """The letters of which people wrote ``text``."""
        found = self._notes.search(self.fold(text), self._ledger.records())
        return self._shown.numbers_of(found) if found else set()

    def touched(self, meets: Callable[[Record], object]) -> set[int]:
        """The letters of which the ledger holds such a record."""
        records = self._ledger.records()
        return self._shown.numbers_of(id for id, record in records.items() if meets(record))

    # Queries

    def found(self, node: Node | None) -> set[int] | None:
        """The letters that a query means; ``None`` if it leaves nothing out."""
        if node is None:
            return None
        from tui_inbox.triage.query import Matcher

        matcher = Matcher(self._catalogue, self._shown, self, me=self._ledger.author)
        return matcher.numbers(node)

    def ranked(self, node: Node | None, rows: Rows) -> Rows:
        """Rows that were found, the likeliest first: by number or subject, by another part of the
        head, by the text; and the newer before the older."""
        from tui_inbox.triage.query import texts

        there = set(rows.numbers)
        best: set[int] = set()
        good: set[int] = set()
        for word in dict.fromkeys(texts(node)):
            bare = "".join(self.fold(word).split())
            best |= self._catalogue.numbered_like(bare) | self._catalogue.search(word, "subject")
            good |= self._catalogue.search(word, "subject recipients other")
        newest = [number for number in self._catalogue.newest_first() if number in there]
        places = {number: 0 if number in best else 1 if number in good else 2 for number in newest}
        return self._shown.rows(sorted(newest, key=places.__getitem__))

    # Snippets

    def hit(self, row: Row, node: Node | None) -> Hit:
        """A found row with the line in which its text was found."""
        from tui_inbox.thai.hits import any_hit
        from tui_inbox.triage.query import texts

        pattern = any_hit(texts(node))
        if pattern is None or row.secrecy is not Secrecy.NONE:
            return Hit(row)
        notes = (note.text for note in self._ledger.record(row.id).notes)
        for text in (self._catalogue.text(row.id), *notes):
            found = pattern.search(text or "")
            if text is None or found is None:
                continue
            snippet = _around(text, *found.span())
            return Hit(row, snippet, tuple(one.span() for one in pattern.finditer(snippet)))
        return Hit(row)


def _around(text: str, start: int, end: int) -> str:
    """The line of ``text[start:end]``, or of a long one the part around it."""
    from tui_inbox.thai.cells import cluster_start

    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > SNIPPET:
        room = max(0, SNIPPET - (end - start))
        first = max(first, cluster_start(text, max(0, start - room // 3)))
        last = min(last, max(end, first + SNIPPET))
        last = max(end, cluster_start(text, last))
    return " ".join(text[first:last].split())
