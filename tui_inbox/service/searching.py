"""What a query finds in an open inbox: the index of the texts and what people wrote, together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from tui_inbox.catalogue import Catalogue
from tui_inbox.ledger import Ledger
from tui_inbox.letter import Secrecy
from tui_inbox.service.notes import NoteIndex
from tui_inbox.triage import Row
from tui_inbox.triage.query import Matcher, Node, Text, texts

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

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._notes = NoteIndex()

    def fold(self, text: str) -> str:
        from tui_inbox.reading import fold_for_search

        return fold_for_search(text)

    def search(self, text: str) -> frozenset[str]:
        return self._catalogue.search(text) | self.search_notes(text)

    def search_heads(self, text: str) -> frozenset[str]:
        return self._catalogue.search_heads(text)

    def search_notes(self, text: str) -> frozenset[str]:
        return frozenset(self._notes.search(self.fold(text), self._ledger.records()))

    # Queries

    def found(
        self, node: Node | None, rows: Sequence[Row], today: dt.date
    ) -> frozenset[str] | None:
        """The ids that a query means; ``None`` if it leaves nothing out."""
        match node:
            case None:
                return None
            case Text(text):
                return self.search(text)
        matcher = Matcher(self, today=today, me=self._ledger.author)
        return frozenset(row.id for row in matcher.rows(node, rows))

    def ranked(self, node: Node | None, rows: Sequence[Row]) -> list[Row]:
        """Rows that were found, the likeliest first: by number or subject, by another part of the
        head, by the text; and the newer before the older."""
        words = tuple(dict.fromkeys(texts(node)))
        heads = [(self.fold(word.strip()), self.search_heads(word)) for word in words]

        def place(row: Row) -> int:
            return min((self._place(row, folded, ids) for folded, ids in heads), default=0)

        # Two stable sorts: the newest first, then by place.
        newest = sorted(rows, key=lambda row: (row.date or "", row.received, row.id), reverse=True)
        return sorted(newest, key=place)

    def _place(self, row: Row, folded: str, heads: frozenset[str]) -> int:
        if row.id not in heads:
            return 2
        number = (row.number or "").casefold()
        if folded in number or folded.replace(" ", "") in number.replace(" ", ""):
            return 0
        return 0 if folded in self.fold(row.subject or "") else 1

    # Snippets

    def hit(self, row: Row, node: Node | None) -> Hit:
        """A found row with the line in which its text was found."""
        from tui_inbox.thai.hits import any_hit

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
