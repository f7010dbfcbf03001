"""What goes over the pipe between the program and a worker: length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from tui_inbox.letter import Letter

_LENGTH = struct.Struct("!I")


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """A letter, read. ``text`` is the decoded text as UTF-8 (``surrogatepass``).

    ``letter`` is ``None`` where the rules broke down; ``error`` then names the exception.
    """

    letter: Letter | None
    text: bytes = b""
    error: str = ""


encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Answer).decode


def put(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def get(stream: IO[bytes]) -> bytes | None:
    """The next frame; ``None`` at the end, and where the other side ended in the middle of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
