"""The ledger as an ordinary TinyDB JSON file, for other tools and for the day after this one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tui_inbox.ledger import edits as edit_rules
from tui_inbox.ledger.folder import put, sync, temporary_name, told, write_all
from tui_inbox.ledger.model import Edit, Entry, Record


def write_database(
    path: Path, records: Iterable[Record], entries: Iterable[Entry], *, replace: bool
) -> None:
    """Write both tables to ``path``, whole or not at all; over another file only to ``replace``."""
    temporary = path.with_name(temporary_name(f".{path.name}"))
    with told(path):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                for chunk in _chunks(records, entries):
                    write_all(descriptor, chunk)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if replace:
                temporary.replace(path)
            else:
                put(temporary, path)
            sync(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _chunks(records: Iterable[Record], entries: Iterable[Entry]) -> Iterator[bytes]:
    yield b'{"letters": {'
    yield from _numbered(map(edit_rules.document, records))
    yield b'}, "history": {'
    yield from _numbered(map(_history_document, entries))
    yield b"}}"


def _numbered(documents: Iterable[object]) -> Iterator[bytes]:
    for number, document in enumerate(documents, 1):
        comma = b", " if number > 1 else b""
        yield b'%s"%d": %s' % (comma, number, msgspec.json.encode(document))


def _history_document(entry: Entry) -> dict[str, object]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "by": entry.by,
        "pid": entry.pid,
        "host": entry.host,
        "op": entry.op,
        "of": entry.of,
        "edits": [
            {name: getattr(edit, name) for name in Edit.__struct_fields__} for edit in entry.edits
        ],
    }
