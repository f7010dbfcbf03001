"""What goes over the pipe between the program and a worker: length, then so many bytes."""

from __future__ import annotations

import struct
from typing import IO

import msgspec

from tui_inbox.catalogue import Content
from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem
from tui_inbox.watching import Stamp

_LENGTH = struct.Struct("!I")


class Setup(msgspec.Struct, frozen=True, array_like=True):
    """What a worker needs to know of the inbox: its folder, whole and as the system names it, and
    how letters are read in it."""

    folder: bytes
    watch: WatchSettings
    offices: tuple[str, ...] = ()


class Order(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file to be read. ``held`` are the hashes that its content probably has and that are known;
    ``size`` is about how large it is, in bytes."""

    path: str
    held: tuple[str, ...] = ()
    size: int = 0

    @property
    def weight(self) -> int:
        """About how many bytes it has itself, and no fewer."""
        return 4 * len(self.path) + 70 * len(self.held) + 20


class Prepared(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file, read: its letter, ready to be stored, or the problem that it is.

    Neither for a content that is held. ``stamp`` and ``sha256`` are those of the bytes that were
    read, where any were.
    """

    stamp: Stamp | None = None
    sha256: str = ""
    content: Content | None = None
    problem: Problem | None = None


encode = msgspec.msgpack.Encoder().encode
decode_setup = msgspec.msgpack.Decoder(Setup).decode
decode_orders = msgspec.msgpack.Decoder(list[Order]).decode
decode_prepared = msgspec.msgpack.Decoder(Prepared).decode


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


class Frames:
    """The frames of a stream that comes in pieces, cut anywhere."""

    def __init__(self) -> None:
        self._left = bytearray()

    def feed(self, piece: bytes) -> list[bytes]:
        """The frames that ``piece`` completes."""
        left = self._left
        left += piece
        found, at = [], 0
        while len(left) - at >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(left, at)
            begin = at + _LENGTH.size
            if len(left) - begin < length:
                break
            at = begin + length
            found.append(bytes(left[begin:at]))
        if at:
            del left[:at]
        return found
