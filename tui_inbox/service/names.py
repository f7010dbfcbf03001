"""The names that an office has given: to whom letters went, and under which tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from tui_inbox.ledger import Record


class Names(msgspec.Struct, frozen=True):
    """Each name with the number of letters that carry it now, the most frequent first."""

    assignees: dict[str, int]
    tags: dict[str, int]


def names(records: Iterable[Record]) -> Names:
    assignees: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for record in records:
        if record.assignee is not None:
            assignees[record.assignee] += 1
        tags.update(record.tags)
    return Names(dict(assignees.most_common()), dict(tags.most_common()))
