"""What was read goes into the catalogue, and the ledger is told where its letters are now."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Sequence

import msgspec

from tui_inbox.catalogue import Content, Entry, Writer
from tui_inbox.ledger import Ledger, LedgerError, Sighting
from tui_inbox.letter import Problem
from tui_inbox.service.identity import holder, is_new, place
from tui_inbox.triage import is_decided
from tui_inbox.watching import Stamp

log = logging.getLogger(__name__)


class Loaded(msgspec.Struct, frozen=True, gc=False):
    """A file's content; ``content`` is ``None`` where that is held already."""

    path: str
    stamp: Stamp
    sha256: str
    content: Content | None = None


class Failed(msgspec.Struct, frozen=True):
    """A file without a letter. Without a ``stamp`` it is tried again by every scan."""

    path: str
    stamp: Stamp | None
    problem: Problem


def iso(moment: dt.datetime) -> str:
    """``2024-06-21T02:30:00.000Z``"""
    utc = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return utc.replace("+00:00", "Z")


def record(
    writer: Writer,
    ledger: Ledger,
    now: dt.datetime,
    read: Sequence[Loaded | Failed],
    gone: Iterable[str] = (),
) -> None:
    """Put what was read into the catalogue, and tell the ledger where its letters are now.

    The ledger comes first to be written: should the program end in between, an amended letter is
    open again, and the next scan does the rest.
    """
    first = writer.scanned() is None
    loaded = [item for item in read if isinstance(item, Loaded)]
    known = _record_new(writer, ledger, now, loaded, first=first)
    sightings = _record_known(writer, ledger, now, known, first=first)
    for item in read:
        if isinstance(item, Failed):
            received = _received(item.stamp, now, first=first)
            writer.put_problem(item.path, item.stamp, item.problem, received)
    writer.gone(gone)
    try:
        ledger.identify_all(sightings)
    except LedgerError as error:
        # A read-only inbox is still shown; triage then opens an amended letter by itself.
        log.info("the ledger was not told of %d letters: %s", len(sightings), error)


def _record_new(
    writer: Writer, ledger: Ledger, now: dt.datetime, loaded: Sequence[Loaded], *, first: bool
) -> list[Loaded]:
    """Put the letters of which nobody knows anything; the others are returned."""
    unknown = writer.unknown([(item.path, item.sha256) for item in loaded])
    new, known = [], []
    for item, is_unknown in zip(loaded, unknown, strict=True):
        if is_unknown and item.content is not None and is_new(ledger, item.path, item.sha256):
            received = _received(item.stamp, now, first=first)
            entry = Entry(item.path, item.stamp, item.sha256, item.sha256, received, item.content)
            new.append((entry, item.content))
        else:
            known.append(item)
    writer.put_fresh(new)
    return known


def _record_known(
    writer: Writer, ledger: Ledger, now: dt.datetime, loaded: Collection[Loaded], *, first: bool
) -> list[Sighting]:
    """Put the files whose letter is to be found out; what the ledger is to be told of them."""
    sightings = []
    for item in sorted(loaded, key=lambda item: holder(writer, ledger, item.sha256) is None):
        if item.content is None and not writer.has_content(item.sha256):
            continue  # the catalogue was lost just now: the scan that follows reads it again
        head = None if item.content is None else item.content.head
        found = place(writer, ledger, item.path, item.sha256, head)
        if found.amended or is_decided(ledger.record(found.letter_id)):
            sightings.append(Sighting(found.letter_id, item.sha256, item.path, found.amended))
        writer.put(
            Entry(
                path=item.path,
                stamp=item.stamp,
                letter_id=found.letter_id,
                sha256=item.sha256,
                received=_received(item.stamp, now, first=first),
                content=item.content,
                amended=found.amended,
            )
        )
    return sightings


def _received(stamp: Stamp | None, now: dt.datetime, *, first: bool) -> str:
    """When a file was first seen; of those that were there before anybody looked, its time."""
    if not first or stamp is None:
        return iso(now)
    try:
        written = dt.datetime.fromtimestamp(stamp.mtime_ns / 1e9, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return iso(now)
    return iso(min(written, now))
