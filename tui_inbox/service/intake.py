"""Files in, letters out: load, read, find out which letter it is, put it into the catalogue."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.catalogue import Catalogue
from tui_inbox.config import Settings
from tui_inbox.ledger import Ledger
from tui_inbox.letter import Letter, Problem, ProblemCode
from tui_inbox.service.recording import Failed, Loaded, record
from tui_inbox.watching import Away, Batch, FolderUnavailable, Scan, Stamp, load, look, scan

if TYPE_CHECKING:
    from tui_inbox.workers.frames import Order, Prepared, Setup
    from tui_inbox.workers.pool import Pool

#: Files that are read before they are written together: few at first, so that rows show at once,
#: then more and more, since what many share is written once; never so many that another process
#: waits long, or that their texts (in bytes) fill the memory.
CHUNKS = (64, 128, 256, 512)
CHUNK_BYTES = 8_000_000
#: The first chunk is smaller still, and read at once by this process itself: the first rows show
#: while workers start. So many more are worth starting them.
FIRST = 16
WORTH = 48

#: Seconds that a file which changed just now must keep still for a scan that nobody wants to wait
#: for. Watching has the whole rule.
MOMENT = 0.1

#: What a reader may cure without the file's stamp changing, so each scan tries it again.
_PASSING = frozenset({ProblemCode.PERMISSION, ProblemCode.IO, ProblemCode.MISSING})


def _chunk(items: Iterator[Loaded | Failed], size: int) -> list[Loaded | Failed]:
    """The next ``size`` of ``items``, or fewer where their texts are long; empty at the end."""
    taken: list[Loaded | Failed] = []
    room = CHUNK_BYTES
    for item in islice(items, size):
        taken.append(item)
        room -= item.stamp.size if item.stamp is not None else 0
        if room <= 0:
            break
    return taken


def _sight(found: Scan) -> str | None:
    """Names all that a scan saw, the order too; ``None`` of a folder that is not all right."""
    if found.problems or found.empty:
        return None
    seen = msgspec.msgpack.encode((found.identity, found.files))
    return hashlib.blake2b(seen, digest_size=16).hexdigest()


def _read_as(path: str, stamp: Stamp, prepared: Prepared) -> Loaded | Failed:
    """What a file is that a scan saw with ``stamp``."""
    if prepared.problem is None:
        assert prepared.stamp is not None
        return Loaded(path, prepared.stamp, prepared.sha256, prepared.content)
    again = prepared.stamp is None and prepared.problem.code in _PASSING
    return Failed(path, None if again else prepared.stamp or stamp, prepared.problem)


class Intake:
    """Brings the catalogue up to the folder's state. One caller at a time."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        catalogue: Catalogue,
        ledger: Ledger,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._catalogue = catalogue
        self._ledger = ledger
        self._clock = clock
        self._pool: Pool | None = None

    def scan(self, on_chunk: Callable[[], None]) -> Batch:
        """One whole scan; ``on_chunk`` is called whenever some of it is in.

        What was written just now is read too, if it then keeps still for a moment; what does not
        is left for the next scan, and named in the batch that is returned.

        :raises FolderUnavailable: the folder cannot be listed.
        """
        found = scan(self._folder, self._settings.watch)
        identity = "{}:{}".format(*found.identity)
        sight = _sight(found)
        if sight is not None and self._catalogue.is_sight(sight):
            same = Batch(complete=True)
            self.take(same, on_chunk)
            return same
        mark = self._catalogue.files_mark()
        known = dict(self._catalogue.stamps())
        if found.empty and known and self._catalogue.scanned != identity:
            raise FolderUnavailable(str(self._folder), Away.EMPTIED)
        absent = known.keys() - found.files.keys() - found.problems.keys()
        hidden = tuple(f"{folder}/" for folder in found.unlisted)
        gone = tuple(
            path
            for path in sorted(absent)
            if not path.startswith(hidden)
            and look(self._folder, path, self._settings.watch) is None
        )
        changed = {path: at for path, at in found.files.items() if known.get(path) != at}
        growing = self._growing(changed, found.fresh)
        stable = {path: at for path, at in changed.items() if path not in growing}
        self._take_files(stable, gone, on_chunk)
        rest = Batch(gone=gone, problems=found.problems, complete=True)
        self.take(rest, on_chunk)
        if sight is not None and known == found.files:
            self._catalogue.note_sight(mark, sight)
        return msgspec.structs.replace(rest, stable=stable, growing=growing)

    def _growing(self, changed: Mapping[str, Stamp], fresh: Set[str]) -> dict[str, int]:
        """The size so far of each file that is being written at this moment."""
        doubtful = changed.keys() & fresh
        if not doubtful:
            return {}
        youngest = max(changed[path].mtime_ns for path in doubtful)
        time.sleep(min(max(MOMENT - (time.time_ns() - youngest) / 1e9, 0.0), MOMENT))
        later = {path: look(self._folder, path, self._settings.watch) for path in doubtful}
        return {
            path: now.size
            for path, now in later.items()
            if isinstance(now, Stamp) and now != changed[path]
        }

    def take(self, batch: Batch, on_chunk: Callable[[], None]) -> frozenset[str]:
        """What the watcher found to differ; the files that could not be read for a reason that may
        pass.
        """
        if not batch.online:
            return frozenset()
        unread = self._take_files(batch.stable, batch.gone, on_chunk)
        if batch.gone or batch.problems:
            failed = [Failed(path, None, problem) for path, problem in batch.problems.items()]
            self._record(failed, batch.gone)
            on_chunk()
        if batch.complete:
            found = self._folder.stat()
            self._catalogue.finish_scan(f"{found.st_dev}:{found.st_ino}")
        return unread

    def retry(self, paths: Iterable[str]) -> None:
        """Read these files again, though they look unchanged; one that is not there is gone."""
        from tui_inbox.workers.frames import Order

        gone = []
        there = []
        read: list[Loaded | Failed] = []
        for path in paths:
            state = look(self._folder, path, self._settings.watch)
            if state is None:
                gone.append(path)
            elif isinstance(state, Problem):
                read.append(Failed(path, None, state))
            else:
                there.append((state, Order(path, size=state.size)))
        # Not by this process: one that kills its reader may be among them.
        read += self._read_many(there)
        self._record(read, gone)

    def read_secret(self, path: str, sha256: str) -> tuple[Letter, str] | None:
        """A letter that is not kept, read from its file; ``None`` if that has changed or gone."""
        loaded = load(self._folder, path, self._settings.watch)
        if isinstance(loaded, Problem) or hashlib.sha256(loaded[0]).hexdigest() != sha256:
            return None
        # A start at which nothing changed needs none of the reading rules.
        from tui_inbox.workers.worker import read_one

        read = read_one(loaded[0], self._settings.office.names)
        return None if isinstance(read, Problem) else read

    def close(self) -> None:
        """End the workers, if there are any."""
        if self._pool is not None:
            self._pool.close()

    def _take_files(
        self, stable: Mapping[str, Stamp], gone: Collection[str], on_chunk: Callable[[], None]
    ) -> frozenset[str]:
        unread: set[str] = set()
        items = self._read_all(self._orders(stable, gone))
        sizes = chain((FIRST,), CHUNKS, repeat(CHUNKS[-1]))
        while read := _chunk(items, next(sizes)):
            self._record(read)
            unread.update(item.path for item in read if item.stamp is None)
            on_chunk()
        return frozenset(unread)

    def _record(self, read: Sequence[Loaded | Failed], gone: Iterable[str] = ()) -> None:
        now = self._clock()
        self._catalogue.write(lambda writer: record(writer, self._ledger, now, read, gone))

    def _orders(
        self, stable: Mapping[str, Stamp], gone: Collection[str]
    ) -> list[tuple[Stamp, Order]]:
        """The files to be read, the oldest first: a letter that was renamed before another was put
        under its old name. With each the contents that it is most likely to have: that which it
        had, and that of a file which went and was just like it.
        """
        from tui_inbox.workers.frames import Order

        held = self._catalogue.contents_at([*stable, *gone]) if self._catalogue.scanned else {}
        moved = {held[path][0]: held[path][1] for path in gone if path in held}
        orders = []
        for path in sorted(stable, key=lambda path: stable[path].mtime_ns):
            stamp = stable[path]
            likely = (held[path][1] if path in held else None, moved.get(stamp))
            hashes = tuple(sha256 for sha256 in likely if sha256 is not None)
            orders.append((stamp, Order(path, hashes, stamp.size)))
        return orders

    def _read_all(self, orders: Sequence[tuple[Stamp, Order]]) -> Iterator[Loaded | Failed]:
        """Each file once, in the order given; many by several processes."""
        few = orders if len(orders) < FIRST + WORTH else orders[:FIRST]
        if len(few) < len(orders) and (pool := self._workers()) is not None:
            pool.warm()
        yield from self._read_here(few)
        if len(few) < len(orders):
            yield from self._read_many(orders[FIRST:])

    def _read_many(self, orders: Sequence[tuple[Stamp, Order]]) -> Iterator[Loaded | Failed]:
        pool = self._workers() if orders else None
        if pool is None:
            yield from self._read_here(orders)
            return
        named = ((one, one[1]) for one in orders)
        for (stamp, order), prepared in pool.read(named):
            yield _read_as(order.path, stamp, prepared)

    def _read_here(self, orders: Sequence[tuple[Stamp, Order]]) -> Iterator[Loaded | Failed]:
        for stamp, order in orders:
            # A start at which nothing changed needs none of the reading rules.
            from tui_inbox.workers.worker import prepare

            yield _read_as(order.path, stamp, prepare(self._setup(), order))

    def _workers(self) -> Pool | None:
        """The workers; ``None`` where there is no second core for them."""
        if self._pool is None:
            # A start at which little changed needs no processes.
            from tui_inbox.workers.pool import Pool, cores

            if cores() > 1:
                self._pool = Pool(self._setup())
        return self._pool

    def _setup(self) -> Setup:
        from tui_inbox.workers.frames import Setup

        folder = os.fsencode(self._folder.absolute())
        return Setup(folder, self._settings.watch, self._settings.office.names)
