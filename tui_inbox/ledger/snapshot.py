"""A snapshot: the state after one entry, as a file of checksummed lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from tui_inbox.ledger.line import NewerFormat, frame, unframe
from tui_inbox.ledger.model import ErrorCode, LedgerError, Record
from tui_inbox.ledger.state import State, Steps

#: Older snapshots that are kept beside the newest.
KEPT = 3
#: Records a line: one checksum and one decoding for many is what makes opening quick.
_BATCH = 1000


class _Head(msgspec.Struct, frozen=True):
    seq: int
    at: datetime
    count: int
    steps: dict[str, Steps]


_encode = msgspec.json.Encoder().encode
_decode_head = msgspec.json.Decoder(_Head).decode
_decode_batch = msgspec.json.Decoder(list[Record]).decode


def dump(state: State, now: datetime) -> Iterator[bytes]:
    yield frame(_encode(_Head(state.seq, now, len(state.records), state.steps)))
    records = list(state.records.values())
    for start in range(0, len(records), _BATCH):
        yield frame(_encode(records[start : start + _BATCH]))


def load(data: bytes, path: str) -> State | None:
    """The state, ``None`` if any part of the file is not as it was written."""
    if not data.endswith(b"\n"):
        return None
    lines = iter(data[:-1].split(b"\n"))
    records: list[Record] = []
    try:
        head_line = unframe(next(lines))
        if head_line is None:
            return None
        head = _decode_head(head_line)
        for line in lines:
            payload = unframe(line)
            if payload is None:
                return None
            records += _decode_batch(payload)
    except NewerFormat as newer:
        raise LedgerError(ErrorCode.NEWER_FORMAT, path, str(newer)) from newer
    except msgspec.DecodeError:
        return None
    if len(records) != head.count:
        return None
    state = State(head.seq, records)
    state.steps = head.steps
    return state
