"""The packed copy of a deck beside the index, so that the next start need not work it out.

It holds nothing that the index and the ledger do not say. What does not fit them any more, was made
by other rules, or is damaged, is as good as none.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import logging
import os
import stat
import sys
import time
import zlib
from pathlib import Path

import msgspec

from tui_inbox import __version__
from tui_inbox.catalogue import lines
from tui_inbox.ledger import Stamp
from tui_inbox.service import answer, deck
from tui_inbox.triage import order, views

log = logging.getLogger(__name__)

#: Fewer letters are worked out as quickly.
KEEP_FROM = 1_000
# A letter takes some seventy bytes.
MAX_BYTES = 1 << 28
#: Seconds after which nobody writes a file any more.
ABANDONED = 3600.0
_CHECKSUM_BYTES = 4


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """A deck, and what it was true of.

    ``made``, ``epoch`` and ``seq`` name a state of the index, ``ledger`` one of the ledger;
    ``today`` is an ordinal day.
    """

    rules: str
    made: str
    epoch: int
    seq: int
    ledger: Stamp
    today: int
    me: str | None
    deck: deck.Packed


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


@functools.cache
def rules() -> str:
    """Names what a deck is made by: release, code and the machine's way of writing numbers."""
    digest = hashlib.sha256(f"{__version__} {sys.byteorder} {sys.version}".encode())
    for module in (answer, deck, lines, order, views):
        if module.__file__ is not None:
            digest.update(Path(module.__file__).read_bytes())
    return digest.hexdigest()


def load(path: Path) -> Kept | None:
    """What was saved there; ``None`` without it, and if it is damaged or of other rules."""
    try:
        # Neither another's file nor one that a link leads to.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
                return None
            data = memoryview(file.read())
        kept = _decode(data[_CHECKSUM_BYTES:]) if data[:_CHECKSUM_BYTES] == _sum(data) else None
        return kept if kept is not None and kept.rules == rules() else None
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        log.info("the packed copy %r is not used: %s", str(path), error)
        return None


def save(path: Path, kept: Kept) -> None:
    """Save it, whole or not at all.

    :raises OSError: it cannot be written.
    """
    body = _encode(kept)
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(zlib.crc32(body).to_bytes(_CHECKSUM_BYTES, "big"))
            file.write(body)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _tidy(path)


def _tidy(path: Path) -> None:
    """Take away what a process that was killed while it saved has left."""
    for left in path.parent.glob(f"{path.name}.*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                left.unlink()


def _sum(data: memoryview) -> bytes:
    return zlib.crc32(data[_CHECKSUM_BYTES:]).to_bytes(_CHECKSUM_BYTES, "big")
