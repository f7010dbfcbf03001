"""The names of the journal's files, and entries read from their bytes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tui_inbox.ledger.line import pieces
from tui_inbox.ledger.model import Entry

_decode = msgspec.json.Decoder(Entry).decode


def matching(data: bytes, needle: bytes) -> Iterator[Entry]:
    """Only the lines that can matter are parsed: most of a long journal does not."""
    end = data.rfind(b"\n") + 1
    while (found := data.rfind(needle or b"{", 0, end)) >= 0:
        start = data.rfind(b"\n", 0, found) + 1
        for piece in reversed(list(pieces(data[start : data.find(b"\n", found) + 1]))):
            entry = entry_of(piece.payload)
            if entry is not None:
                yield entry
        end = start


def entry_of(payload: bytes | None) -> Entry | None:
    if payload is None:
        return None
    try:
        return _decode(payload)
    except msgspec.DecodeError:
        return None


def file_name(kind: str, number: int) -> str:
    return f"{kind}-{number:012d}.jsonl"


def numbers(names: list[str], kind: str) -> list[int]:
    """The numbers of the folder's files of a kind, ascending."""
    prefix = f"{kind}-"
    middles = (
        name[len(prefix) : -len(".jsonl")]
        for name in names
        if name.startswith(prefix) and name.endswith(".jsonl")
    )
    return sorted(int(middle) for middle in middles if middle.isascii() and middle.isdecimal())
