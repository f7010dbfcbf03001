"""A worker: reads letters from standard input, one after the other, until that ends.

The first frame names the office (MessagePack, a list of texts), each further one is a file's
bytes and is answered by one :class:`~tui_inbox.workers.frames.Answer`.
"""

from __future__ import annotations

import os
import sys

import msgspec

from tui_inbox.letter import Problem
from tui_inbox.workers import frames

#: The screen, which answers keys meanwhile, comes first; but on a busy server a larger number
#: starves the reading.
NICE = 1


def read_one(data: bytes, offices: tuple[str, ...]) -> frames.Answer:
    """A file's letter and decoded text. Any exception of the rules is the answer's ``error``."""
    from tui_inbox.reading import decode, read

    try:
        letter = read(data, offices=offices)
        decoded = decode(data)
    except Exception as error:
        # Kept going: one letter on which a rule breaks down is a problem's row, and no reason
        # that others wait. The name says to whoever mends the rule what happened.
        return frames.Answer(None, error=type(error).__name__)
    text = "" if isinstance(decoded, Problem) else decoded.text
    return frames.Answer(letter, text.encode("utf-8", "surrogatepass"))


def main() -> None:
    os.nice(NICE)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # What the rules might print must not come between the frames.
    sys.stdout = sys.stderr
    offices: tuple[str, ...] | None = None
    while (frame := frames.get(source)) is not None:
        if offices is None:
            offices = msgspec.msgpack.decode(frame, type=tuple[str, ...])
        else:
            frames.put(target, frames.encode(read_one(frame, offices)))
