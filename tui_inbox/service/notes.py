"""What people wrote of the letters, searched like the letters themselves."""

from __future__ import annotations

from collections.abc import Mapping

from tui_inbox.catalogue import fold
from tui_inbox.ledger import Record


class NoteIndex:
    """Keeps the folded words of each record until that record changes."""

    def __init__(self) -> None:
        self._folded: dict[str, tuple[Record, str]] = {}

    def search(self, folded: str, records: Mapping[str, Record]) -> set[str]:
        """The letters whose notes, tags, assignee or register number contain ``folded``."""
        return {id for id, record in records.items() if folded in self._words(id, record)}

    def _words(self, id: str, record: Record) -> str:
        known = self._folded.get(id)
        if known is not None and known[0] is record:
            return known[1]
        parts = [note.text for note in record.notes]
        parts += record.tags
        if record.assignee is not None:
            parts.append(record.assignee)
        if record.register_number is not None:
            parts.append(str(record.register_number))
        folded = "\n".join(map(fold, parts))
        self._folded[id] = (record, folded)
        return folded
