"""Files in, letters out: load, read, find out which letter it is, put it into the catalogue."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.catalogue import Catalogue, Entry, Writer
from tui_inbox.config import Settings
from tui_inbox.ledger import Ledger, LedgerError, Sighting
from tui_inbox.letter import Letter, Problem, ProblemCode
from tui_inbox.service.identity import holder, place
from tui_inbox.triage import is_decided
from tui_inbox.watching import Away, Batch, FolderUnavailable, Stamp, load, look, scan

if TYPE_CHECKING:
    from tui_inbox.workers.frames import Answer
    from tui_inbox.workers.pool import Pool

log = logging.getLogger(__name__)

#: Files that are read before they are written together: few at first, so that rows show at once,
#: then more and more, since what many share is written once; never so many that another process
#: waits long, or that their texts (in code points) fill the memory.
CHUNKS = (64, 128, 256, 512)
CHUNK_TEXT = 4_000_000
#: The first chunk is smaller still, and read at once by this process itself: the first rows show
#: while workers start. So many more are worth starting them.
FIRST = 16
WORTH = 48

#: Seconds that a file which changed just now must keep still for a scan that nobody wants to wait
#: for. Watching has the whole rule.
MOMENT = 0.1

#: What a reader may cure without the file's stamp changing, so each scan tries it again.
_PASSING = frozenset({ProblemCode.PERMISSION, ProblemCode.IO, ProblemCode.MISSING})


class Loaded(msgspec.Struct, frozen=True):
    """A file's content; ``letter`` is ``None`` where that content has been read before."""

    path: str
    stamp: Stamp
    sha256: str
    letter: Letter | None = None
    text: str = ""


class Failed(msgspec.Struct, frozen=True):
    path: str
    stamp: Stamp | None
    problem: Problem


def _text_of(answer: Answer) -> str:
    return answer.text.decode("utf-8", "surrogatepass")


def _read_as(item: Loaded, answer: Answer) -> Loaded | Failed:
    """A file's answer: its letter, or the problem that it is."""
    letter = answer.letter
    if letter is None:
        problem = Problem(ProblemCode.READER_FAILED, {"detail": answer.error})
        return Failed(item.path, item.stamp, problem)
    if letter.problem is not None:
        return Failed(item.path, item.stamp, letter.problem)
    return msgspec.structs.replace(item, letter=letter, text=_text_of(answer))


def _chunk(items: Iterator[Loaded | Failed], size: int) -> list[Loaded | Failed]:
    """The next ``size`` of ``items``, or fewer where their texts are long; empty at the end."""
    taken: list[Loaded | Failed] = []
    room = CHUNK_TEXT
    for item in islice(items, size):
        taken.append(item)
        room -= len(item.text) if isinstance(item, Loaded) else 0
        if room <= 0:
            break
    return taken


def iso(moment: dt.datetime) -> str:
    """``2024-06-21T02:30:00.000Z``"""
    utc = moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return utc.replace("+00:00", "Z")


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
        known = self._catalogue.stamps()
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
        self._take_files(stable, on_chunk)
        rest = Batch(gone=gone, problems=found.problems, complete=True)
        self.take(rest, on_chunk)
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
        unread = self._take_files(batch.stable, on_chunk)
        if batch.gone or batch.problems:
            failed = [Failed(path, None, problem) for path, problem in batch.problems.items()]
            self._catalogue.write(partial(self._write, loaded=(), failed=failed, gone=batch.gone))
            on_chunk()
        if batch.complete:
            found = self._folder.stat()
            self._catalogue.finish_scan(f"{found.st_dev}:{found.st_ino}")
        return unread

    def retry(self, paths: Iterable[str]) -> None:
        """Read these files again, though they look unchanged; one that is not there is gone."""
        gone = []
        there: dict[str, Stamp] = {}
        failed = []
        for path in paths:
            state = look(self._folder, path, self._settings.watch)
            if state is None:
                gone.append(path)
            elif isinstance(state, Problem):
                failed.append(Failed(path, None, state))
            else:
                there[path] = state
        # Not by this process: one that kills its reader may be among them.
        read = list(self._read_many(there.items()))
        failed += [item for item in read if isinstance(item, Failed)]
        loaded = [item for item in read if isinstance(item, Loaded)]
        self._catalogue.write(partial(self._write, loaded=loaded, failed=failed, gone=gone))

    def read_secret(self, path: str, sha256: str) -> tuple[Letter, str] | None:
        """A letter that is not kept, read from its file; ``None`` if that has changed or gone."""
        loaded = load(self._folder, path, self._settings.watch)
        if isinstance(loaded, Problem) or hashlib.sha256(loaded[0]).hexdigest() != sha256:
            return None
        answer = self._read(loaded[0])
        return None if answer.letter is None else (answer.letter, _text_of(answer))

    def close(self) -> None:
        """End the workers, if there are any."""
        if self._pool is not None:
            self._pool.close()

    def _take_files(
        self, stable: Mapping[str, Stamp], on_chunk: Callable[[], None]
    ) -> frozenset[str]:
        unread: set[str] = set()
        # The oldest first: a letter that was renamed before another was put under its old name.
        paths = sorted(stable, key=lambda path: stable[path].mtime_ns)
        items = self._read_all([(path, stable[path]) for path in paths])
        sizes = chain((FIRST,), CHUNKS, repeat(CHUNKS[-1]))
        while read := _chunk(items, next(sizes)):
            loaded = [item for item in read if isinstance(item, Loaded)]
            failed = [item for item in read if isinstance(item, Failed)]
            self._catalogue.write(partial(self._write, loaded=loaded, failed=failed, gone=()))
            unread.update(item.path for item in failed if item.stamp is None)
            on_chunk()
        return frozenset(unread)

    def _read_all(self, files: Sequence[tuple[str, Stamp]]) -> Iterator[Loaded | Failed]:
        """Each file once, those that need reading in the order given; many by several processes."""
        few = files if len(files) < FIRST + WORTH else files[:FIRST]
        for path, stamp in few:
            yield self._read_one(path, stamp)
        if len(few) < len(files):
            yield from self._read_many(files[FIRST:])

    def _read_many(self, files: Iterable[tuple[str, Stamp]]) -> Iterator[Loaded | Failed]:
        done: deque[Loaded | Failed] = deque()

        def unread() -> Iterator[tuple[Loaded, bytes]]:
            for path, stamp in files:
                item = self._load(path, stamp)
                if isinstance(item, tuple):
                    yield item
                else:
                    done.append(item)

        pool = self._workers()
        for item, answer in pool.read(unread()) if pool is not None else ():
            while done:
                yield done.popleft()
            yield _read_as(item, answer)
        if pool is None:
            for item, data in unread():
                yield _read_as(item, self._read(data))
        yield from done

    def _workers(self) -> Pool | None:
        """The workers; ``None`` where there is no second core for them."""
        if self._pool is None:
            # A start at which little changed needs no processes.
            from tui_inbox.workers.pool import Pool, cores

            if cores() > 1:
                self._pool = Pool(self._settings.office.names)
        return self._pool

    def _read_one(self, path: str, stamp: Stamp) -> Loaded | Failed:
        item = self._load(path, stamp)
        return _read_as(item[0], self._read(item[1])) if isinstance(item, tuple) else item

    def _load(self, path: str, stamp: Stamp) -> Loaded | Failed | tuple[Loaded, bytes]:
        """A file whose content is known, or that cannot be read; else with its bytes, unread."""
        loaded = load(self._folder, path, self._settings.watch)
        if isinstance(loaded, Problem):
            again = loaded.code in _PASSING
            return Failed(path, None if again else stamp, loaded)
        data, at = loaded
        item = Loaded(path, at, hashlib.sha256(data).hexdigest())
        return item if self._catalogue.holds(item.sha256) else (item, data)

    def _read(self, data: bytes) -> Answer:
        # A start at which nothing changed needs none of the reading rules.
        from tui_inbox.workers.worker import read_one

        return read_one(data, self._settings.office.names)

    def _write(
        self,
        writer: Writer,
        loaded: Iterable[Loaded],
        failed: Iterable[Failed],
        gone: Iterable[str],
    ) -> None:
        """Put what was read into the catalogue, and tell the ledger where its letters are now.

        The ledger comes first to be written: should the program end in between, an amended letter
        is open again, and the next scan does the rest.
        """
        now = self._clock()
        first = writer.scanned() is None
        sightings: list[Sighting] = []
        known_first = sorted(
            loaded, key=lambda item: holder(writer, self._ledger, item.sha256) is None
        )
        for item in known_first:
            if item.letter is None and not writer.has_content(item.sha256):
                continue  # the catalogue was lost just now: the scan that follows reads it again
            found = place(writer, self._ledger, item.path, item.sha256, item.letter)
            if found.amended or is_decided(self._ledger.record(found.letter_id)):
                sightings.append(Sighting(found.letter_id, item.sha256, item.path, found.amended))
            writer.put(
                Entry(
                    path=item.path,
                    stamp=item.stamp,
                    letter_id=found.letter_id,
                    sha256=item.sha256,
                    received=self._received(item.stamp, now, first),
                    letter=item.letter,
                    text=item.text,
                    amended=found.amended,
                )
            )
        for bad in failed:
            writer.put_problem(
                bad.path, bad.stamp, bad.problem, self._received(bad.stamp, now, first)
            )
        writer.gone(gone)
        try:
            self._ledger.identify_all(sightings)
        except LedgerError as error:
            # A read-only inbox is still shown; triage then opens an amended letter by itself.
            log.info("the ledger was not told of %d letters: %s", len(sightings), error)

    @staticmethod
    def _received(stamp: Stamp | None, now: dt.datetime, first: bool) -> str:
        """When a file was first seen; of those that were there before anybody looked, its time."""
        if not first or stamp is None:
            return iso(now)
        try:
            written = dt.datetime.fromtimestamp(stamp.mtime_ns / 1e9, dt.UTC)
        except (OverflowError, ValueError, OSError):
            return iso(now)
        return iso(min(written, now))
