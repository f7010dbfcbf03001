"""A worker: reads letters, one after the other, until its standard input ends.

The first frame is a :class:`~tui_inbox.workers.frames.Setup`, each further one a list of
:class:`~tui_inbox.workers.frames.Order`, each of which is answered at once by one
:class:`~tui_inbox.workers.frames.Prepared`: so when a worker ends, it is known over which.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
from pathlib import Path

from tui_inbox.catalogue import content_of
from tui_inbox.letter import Letter, Problem, ProblemCode
from tui_inbox.watching import load
from tui_inbox.workers import frames

#: The screen, which answers keys meanwhile, comes first; but on a busy server a larger number
#: starves the reading.
NICE = 1


def read_one(data: bytes, offices: tuple[str, ...]) -> tuple[Letter, str] | Problem:
    """A file's letter and decoded text; any exception of the rules is a problem of that letter."""
    from tui_inbox.reading import decode, read

    try:
        letter = read(data, offices=offices)
        decoded = decode(data)
    except Exception as error:
        # Kept going: one letter on which a rule breaks down is a problem's row, and no reason
        # that others wait.
        return failed(type(error).__name__)
    if letter.problem is not None:
        return letter.problem
    return letter, "" if isinstance(decoded, Problem) else decoded.text


def failed(detail: str) -> Problem:
    """Reading broke down over a file; ``detail`` says to whoever mends the rules what happened."""
    return Problem(ProblemCode.READER_FAILED, {"detail": detail})


def prepare(setup: frames.Setup, order: frames.Order) -> frames.Prepared:
    """Read a file and make of it all that is stored. Never raises."""
    loaded = load(Path(os.fsdecode(setup.folder)), order.path, setup.watch)
    if isinstance(loaded, Problem):
        return frames.Prepared(problem=loaded)
    data, stamp = loaded
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 in order.held:
        return frames.Prepared(stamp, sha256)
    read = read_one(data, setup.offices)
    if isinstance(read, Problem):
        return frames.Prepared(stamp, sha256, problem=read)
    letter, text = read
    return frames.Prepared(stamp, sha256, content_of(letter, text, order.path))


def main() -> None:
    os.nice(NICE)
    # Before the first order comes: meanwhile the program reads the first letters itself.
    import tui_inbox.reading  # noqa: F401

    # The rules stay, and a letter leaves nothing behind that refers to itself: to look through all
    # of it again and again takes a thirtieth of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    # What the rules might print must not come between the frames.
    sys.stdout = sys.stderr
    setup: frames.Setup | None = None
    while (frame := frames.get(source)) is not None:
        if setup is None:
            setup = frames.decode_setup(frame)
            continue
        for order in frames.decode_orders(frame):
            frames.put(target, frames.encode(prepare(setup, order)))
