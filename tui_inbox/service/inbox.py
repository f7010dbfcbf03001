"""One open inbox: the only object that the screen and the command line talk to."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tui_inbox.catalogue import Catalogue
from tui_inbox.config import Settings, cache_folder
from tui_inbox.ledger import Finding, HistoryItem, Ledger, LedgerError, Record
from tui_inbox.letter import Letter, Secrecy
from tui_inbox.service.amendments import Amendment, changes
from tui_inbox.service.boards import Boards
from tui_inbox.service.deciding import Deciding
from tui_inbox.service.exporting import Exports
from tui_inbox.service.finding import matches
from tui_inbox.service.intake import Intake
from tui_inbox.service.model import (
    Found,
    HookFailure,
    InboxStatus,
    InboxUnavailable,
    Update,
)
from tui_inbox.service.names import Names, names
from tui_inbox.service.opening import author, failed, index_path, index_told, reader, reason
from tui_inbox.service.recording import iso
from tui_inbox.service.searching import Searching
from tui_inbox.service.shown import Shown
from tui_inbox.triage import Board, Query, Row, Sort, View, is_decided, office_day
from tui_inbox.watching import Batch, FolderUnavailable, Watcher

if TYPE_CHECKING:
    from tui_inbox.service.near import Near
    from tui_inbox.triage.query import Vocabulary
    from tui_inbox.triage.related import Related

log = logging.getLogger(__name__)

#: An arrival that no hook was there for is let go after so long.
REMEMBERED = dt.timedelta(days=1)
#: Seconds between two looks at what other processes wrote.
POLL = 0.5
#: Seconds without an action here after which the ledger may be compacted …
IDLE = 10.0
#: … and between two looks at whether it is time for that.
TIDY = 30.0


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Inbox(Deciding):
    """A folder of letters, what is known of them and what people decided.

    Every method may be called from any thread and may block on the disk. What decides
    (``mark`` … ``redo``) is durable when it returns, else raises :class:`ActionFailed`.
    """

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        catalogue: Catalogue,
        ledger: Ledger,
        clock: Callable[[], dt.datetime],
    ) -> None:
        """Use :meth:`open`."""
        self.folder = folder
        self.settings = settings
        shown = Shown(catalogue, ledger, settings.office, clock)
        super().__init__(catalogue, ledger, shown, settings.office, clock)
        self._intake = Intake(folder, settings, catalogue, ledger, clock)
        #: The register, the calendar, lists, notes and figures that the office hands on.
        self.exports = Exports(folder, settings, catalogue, ledger, shown, clock)
        self._index = Searching(catalogue, ledger, self._shown)
        self._boards = Boards(self._shown, self._index, settings.views, self.related, clock)
        self._generation = catalogue.generation
        self._offline: str | None = None
        self._scanned = False
        self._watcher: Watcher | None = None
        self._listener: Callable[[Update], None] | None = None
        self._told = InboxStatus()
        self._hook: HookFailure | None = None
        self._troubles = 0
        self._poller: threading.Thread | None = None
        self._stop = threading.Event()
        self._intake_lock = threading.Lock()
        self._publish_lock = threading.Lock()

    @classmethod
    def open(
        cls,
        folder: Path,
        settings: Settings,
        *,
        cache_dir: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> Inbox:
        """Open without reading a letter: what is known is there at once.

        :raises InboxUnavailable: the folder is missing, no folder, or cannot be listed.
        :raises ActionFailed: the ledger cannot be opened.
        """
        try:
            with os.scandir(folder):
                pass
        except OSError as error:
            raise InboxUnavailable(reason(error), {"path": str(folder)}) from error
        try:
            ledger = Ledger(
                folder, author=author(settings), clock=clock, locks=settings.ledger.locks
            )
        except LedgerError as error:
            raise failed(error) from error
        where = index_path(folder, cache_dir or cache_folder())
        catalogue = Catalogue(where, reader=reader(settings))
        # A letter that is gone, and that nobody wrote of, has been shown as gone long enough.
        forgotten = [id for id in catalogue.gone_ids() if not is_decided(ledger.record(id))]
        if forgotten:
            # Only tidying up: who keeps the index busy now may do it, or the next start.
            with contextlib.suppress(sqlite3.OperationalError):
                catalogue.forget(forgotten)
        return cls(folder, settings, catalogue, ledger, clock)

    def close(self) -> None:
        """Stop watching and let go of the files; may be called twice."""
        closed = self._stop.is_set()
        self._stop.set()
        # First who looks after the watcher, or it would begin another.
        if self._poller is not None and self._poller is not threading.current_thread():
            self._poller.join()
        if self._watcher is not None:
            self._watcher.stop()
        self._intake.close()
        if not closed:
            self._keep()
        self._catalogue.close()
        self._ledger.close()

    def __enter__(self) -> Inbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Intake

    def refresh(self) -> None:
        """Bring what is known up to the folder's state: one whole scan, blocking.

        :raises InboxUnavailable: the folder cannot be listed; nothing known is lost.
        :raises ActionFailed: another process has kept the index busy for too long.
        """
        try:
            with self._taking_in():
                self._ledger.refresh()
                generation = self._catalogue.generation
                seen = self._intake.scan(self._publish)
                if self._catalogue.generation != generation:
                    seen = self._intake.scan(self._publish)
        except FolderUnavailable as error:
            self._offline = error.reason
            raise InboxUnavailable(error.reason, {"path": str(self.folder)}) from error
        self._offline = None
        self._scanned = True
        self._shown.follow(seen)
        self._publish()

    def watch(self, listener: Callable[[Update], None]) -> None:
        """Follow the folder and the other processes' entries until :meth:`close`.

        ``listener`` is called from a background thread, one call at a time. Once only.

        :raises RuntimeError: it is being watched already.
        """
        if self._watcher is not None:
            raise RuntimeError("already watching")
        self._listener = listener
        self._watcher = self._new_watcher()
        self._poller = threading.Thread(target=self._poll, name="inbox-poll", daemon=True)
        self._watcher.start()
        self._poller.start()

    def _new_watcher(self) -> Watcher:
        return Watcher(
            self.folder, self.settings.watch, known=self._catalogue.stamps, sink=self._take
        )

    def rescan(self) -> None:
        """Look through the whole folder now: in the background while watching, else blocking."""
        if self._watcher is None:
            self.refresh()
        else:
            self._watcher.rescan()

    def retry(self, id: str) -> None:
        """Read the files of a letter or of a problem again, blocking, though nothing changed.

        :raises ActionFailed: another process has kept the index busy for too long.
        """
        summary = self._catalogue.summary(id)
        if summary is not None:
            with self._taking_in():
                self._intake.retry(summary.paths)
            self._publish()

    @property
    def status(self) -> InboxStatus:
        watching = None if self._watcher is None else self._watcher.status
        offline = self._offline
        if watching is not None:
            offline = None if watching.offline is None else watching.offline.value
        catalogue = self._catalogue
        known, problems = self._shown.counts()
        return InboxStatus(
            online=offline is None,
            mode=None if watching is None else watching.mode,
            why=None if watching is None else watching.why.value,
            offline=offline,
            scanned=self._scanned,
            pending=0 if watching is None else watching.pending,
            known=known,
            problems=problems,
            writable=not self._ledger_failed and self._is_writable(),
            single_writer=self._ledger.single_writer,
            cached=catalogue.persistent,
            cache_error=catalogue.error,
            rebuilt=catalogue.rebuilt,
            filesystem=None if watching is None else watching.filesystem,
            interval=None
            if watching is None or watching.interval is None
            # Not by fractions, or each pass would be news.
            else float(round(watching.interval)),
            failures=self._troubles + (0 if watching is None else watching.failures),
            hook=self._hook,
        )

    @property
    def filled(self) -> bool:
        """Whether the folder has been looked through before: what is found then has come in."""
        return self._catalogue.scanned is not None

    def claim_arrival(self) -> Row | None:
        """A letter that came in within a day and of which no hook has been told; told by the
        caller, since of all processes that share this index no other gets it.

        :raises ActionFailed: another process has kept the index busy for too long.
        """
        since = iso(self._clock() - REMEMBERED)
        with index_told():
            while (id := self._catalogue.claim(since)) is not None:
                row = self.row(id)
                if row is not None:
                    return row
        return None

    def hook_failed(self, failure: HookFailure) -> None:
        """A hook could not do its work: the status says so."""
        self._hook = failure
        self._publish()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was amiss in the ledger's files, and where it has been set aside."""
        return self._ledger.findings

    # Looking

    def board(self, query: Query) -> Board:
        """What the screen shows for a query.

        :raises QueryError: its text, or the saved view that it names, cannot be read.
        :raises KeyError: there is no such saved view.
        """
        return self._boards.board(query)

    def search(self, text: str, *, view: View = View.ALL, limit: int | None = None) -> Found:
        """What a query finds, the likeliest first, each with the line in which it was found.

        By number or subject before the rest of the head before the text, and the newer before the
        older. ``near`` says what may have been meant where nothing is found.

        :raises QueryError: ``text`` cannot be read as a query.
        """
        query = Query(view=view, text=text, sort=Sort.RELEVANCE)
        node, rows = self._boards.node(query), self.board(query).rows
        hits = tuple(self._index.hit(row, node) for row in rows[:limit])
        return Found(hits, len(rows), () if rows else self.near(text))

    def near(self, text: str) -> tuple[Near, ...]:
        """What may have been meant by a query that finds nothing: others that find something."""
        from tui_inbox.service.near import Known, near

        return near(
            text,
            Known(
                self._catalogue.printed().values(),
                tuple(self._shown.senders()),
                self._catalogue.subjects().values(),
            ),
            today=office_day(self._clock()),
            fold=self._index.fold,
            holds=self._catalogue.holds_text,
            count=lambda node: len(self._index.found(node) or ()),
        )

    def related(self, id: str) -> tuple[Related, ...]:
        """The letters that belong to this one, the surest first: those that it cites, forwards or
        is cited by, earlier ones of the same matter, probable duplicates."""
        from tui_inbox.service.relating import related

        row = self._shown.row(id)
        return () if row is None else related(row, self._catalogue, self._index, self._shown)

    def vocabulary(self) -> Vocabulary:
        """The senders, units and tags of this inbox, for completing a query."""
        return self._shown.vocabulary(self.settings.office.units)

    def row(self, id: str) -> Row | None:
        return self._shown.row(id)

    def ids(self) -> tuple[str, ...]:
        """Every letter and every file that cannot be read."""
        return self._shown.ids()

    def letter(self, id: str) -> Letter | None:
        """The whole letter; ``None`` for a file without one.

        One in a secret class is read from its file each time and never kept; when the file is not
        there, what is kept of it is given: number, sender, classes and days.
        """
        read = self._secret(id)
        return read[0] if read is not None else self._catalogue.letter(id)

    def text(self, id: str) -> str | None:
        """The decoded text that the letter's spans refer to; ``None`` if it cannot be had."""
        read = self._secret(id)
        return read[1] if read is not None else self._catalogue.text(id)

    def amendments(self, id: str) -> tuple[Amendment, ...]:
        """What changed each time that the letter's file came with another content, the newest
        first. A content that was read before the index was lost is not known any more.
        """
        summary = self._catalogue.summary(id)
        secret = summary is not None and summary.secrecy is not Secrecy.NONE
        return tuple(
            Amendment(at, changes(before, after, secret=secret))
            for at, before, after in reversed(self._catalogue.amendments(id))
        )

    def record(self, id: str) -> Record:
        """What people decided; a new record for a letter that nobody touched."""
        return self._ledger.record(id)

    def history(
        self, id: str | None = None, limit: int | None = None, *, decisions: bool = False
    ) -> tuple[HistoryItem, ...]:
        """Who did what when, the oldest first: with one letter, or in the whole inbox.

        ``limit``: the latest so many only; of a long history the rest is then not read.
        ``decisions``: without what files did, and without the opening of letters.

        :raises ActionFailed: the journal cannot be read.
        """
        try:
            return self._ledger.history(id, limit, decisions=decisions)
        except LedgerError as error:
            raise failed(error) from error

    @property
    def me(self) -> str:
        """The name under which this process writes."""
        return self._ledger.author

    def names(self) -> Names:
        """To whom letters are given and which tags there are."""
        return names(self._ledger.records().values())

    def find(self, prefix: str) -> tuple[str, ...]:
        """The ids that ``prefix`` may mean: a path, the start of an id, or a register number."""
        return matches(prefix, self.folder, self._catalogue, self._ledger.records())

    def _secret(self, id: str) -> tuple[Letter, str] | None:
        summary = self._catalogue.summary(id)
        if summary is None or summary.secrecy is Secrecy.NONE or summary.sha256 is None:
            return None
        for path in summary.paths:
            read = self._intake.read_secret(path, summary.sha256)
            if read is not None:
                return read
        return None

    # News

    def _publish(self) -> None:
        """Tell the listener what is new, if there is one and anything is."""
        if self._listener is None:
            return
        with self._publish_lock:
            first = not self._scanned
            news = self._shown.take_news()
            status = self.status
            changed, self._told = status != self._told, status
            if news.ids or changed:
                self._listener(Update(news.ids, changed, news.arrived, first))

    @contextlib.contextmanager
    def _taking_in(self) -> Iterator[None]:
        with self._intake_lock, index_told():
            yield

    def _take(self, batch: Batch) -> frozenset[str]:
        """The watcher's sink."""
        with self._intake_lock:
            unread = self._intake.take(batch, self._publish)
        self._shown.follow(batch)
        if batch.complete:
            self._scanned = True
        if self._catalogue.generation != self._generation and self._watcher is not None:
            # What the catalogue held is lost: all of it is to be read again.
            self._generation = self._catalogue.generation
            self._watcher.rescan()
        self._publish()
        return unread

    def _poll(self) -> None:
        """Follow what other processes write; the journal's and the catalogue's ends tell."""
        tidied = time.monotonic()
        while not self._stop.wait(POLL):
            try:
                self._revive()
                touched = self._ledger.refresh()
                self._shown.changed(touched)
                self._publish()
                now = time.monotonic()
                if now - self._acted >= IDLE and now - tidied >= TIDY:
                    tidied = now
                    self._ledger.compact_if_due()
                    self._keep()
            except (LedgerError, sqlite3.OperationalError) as error:
                # Locked or out of reach for the moment: the next look comes soon.
                log.warning("what others wrote could not be looked at: %s", error)
            except Exception:
                # Kept going: without this thread nobody would see what others do, or whether the
                # watcher lives.
                log.exception("the look at what others wrote failed")
                self._troubles += 1

    def _keep(self) -> None:
        """Make the next start quicker. It goes without, where that cannot be done."""
        try:
            self._shown.keep()
        except (LedgerError, OSError, sqlite3.Error) as error:
            log.info("no packed copy of the list is kept: %s", error)

    def _revive(self) -> None:
        """Begin another watcher where the one there was has died."""
        if self._watcher is not None and not self._watcher.alive and not self._stop.is_set():
            log.error("the watcher of %r has died and is begun anew", str(self.folder))
            self._troubles += 1
            self._watcher = self._new_watcher()
            self._watcher.start()

    def _is_writable(self) -> bool:
        own = self.folder / ".tui-inbox"
        return os.access(own if own.exists() else self.folder, os.W_OK)
