"""By which contents and paths letters are known: the edits that a look at the files makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tui_inbox.ledger import edits as edit_rules
from tui_inbox.ledger.model import Edit, Record, Sighting, Status
from tui_inbox.ledger.state import State


def sighted(sightings: Iterable[Sighting], state: State, now: datetime) -> Iterator[Edit]:
    """A content or path that was another letter's is taken from that one."""
    owners = {"hashes": dict[str, str](), "paths": dict[str, str]()}
    known = {"hashes": state.by_hash, "paths": state.by_path}
    for seen in sightings:
        record = state.records.get(seen.id) or Record(seen.id)
        new_content = state.by_hash.get(seen.hash) != seen.id
        for field, key in (("hashes", seen.hash), ("paths", seen.path)):
            owner = owners[field].get(key) or known[field].get(key)
            if owner == seen.id:
                continue
            if owner is not None:
                yield Edit(owner, field, key, key, None)
            owners[field][key] = seen.id
            yield Edit(seen.id, field, key, None, key)
        if seen.amended and new_content:
            yield from edit_rules.changed(record, seen.id, "amended", now)
            yield from edit_rules.changed(record, seen.id, "read", False)
            if record.status is not Status.NEW:
                yield from edit_rules.changed(record, seen.id, "status", Status.OPEN)
