"""The framing of a ledger file: one checksummed line a value.

``J1 <crc32 of the JSON, 8 hex digits> <JSON>\\n``. JSON text holds no raw line feed, so a line
feed always ends a line, and an unescaped quote never stands inside a string, so ``J1 xxxxxxxx {"``
can only be the start of an entry: after damage the reader finds its way again by it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_FORMAT = 1
_PREFIX = b"J%d " % _FORMAT
_HEAD = len(_PREFIX) + 9
_START = re.compile(rb'J\d+ [0-9a-f]{8} \{"')
_NEWER = re.compile(rb"J(\d+) [0-9a-f]{8} ")

#: Bytes at the start of a line that tell it from any other: format and checksum.
SIGNATURE = _HEAD


class NewerFormat(Exception):
    """A sound line of a format that this version does not know."""


def frame(payload: bytes) -> bytes:
    return b"%s%08x %s\n" % (_PREFIX, zlib.crc32(payload), payload)


def unframe(line: bytes) -> bytes | None:
    """The JSON of a line without its line feed; ``None`` if the line is damaged."""
    if not line.startswith(_PREFIX):
        found = _NEWER.match(line)
        if found and int(found[1]) > _FORMAT and _sound(line[found.end() :], line[: found.end()]):
            raise NewerFormat(found[1].decode())
        return None
    payload = line[_HEAD:]
    return payload if _sound(payload, line[:_HEAD]) else None


def _sound(payload: bytes, head: bytes) -> bool:
    return head[-9:] == b"%08x " % zlib.crc32(payload)


class Piece:
    """A run of bytes of a ledger file: sound (``payload`` is its JSON) or damaged (``None``)."""

    __slots__ = ("end", "payload", "start")

    def __init__(self, start: int, end: int, payload: bytes | None) -> None:
        self.start = start
        self.end = end
        self.payload = payload


def pieces(data: bytes) -> Iterator[Piece]:
    """The complete lines of ``data`` in order; what follows the last line feed is left out.

    A damaged line is searched for sound ones inside it (its line feed may be what was damaged).
    """
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        line = data[start:end]
        payload = unframe(line)
        if payload is not None:
            yield Piece(start, end + 1, payload)
        else:
            yield from _salvage(line, start)
        start = end + 1


def _salvage(line: bytes, base: int) -> Iterator[Piece]:
    """Sound lines inside a damaged one; a damaged piece for each run of bytes between them."""
    starts = [found.start() for found in _START.finditer(line)]
    done = 0
    for index, start in enumerate(starts):
        follows = index + 1 < len(starts)
        # Between two lines that ran together stands the one byte that was a line feed.
        end = starts[index + 1] - 1 if follows else len(line)
        payload = unframe(line[start:end])
        if payload is None:
            continue
        if start > done:
            yield Piece(base + done, base + start, None)
        done = min(end + 1, len(line)) if follows else len(line) + 1
        yield Piece(base + start, base + done, payload)
    if done < len(line) + 1:
        yield Piece(base + done, base + len(line) + 1, None)
