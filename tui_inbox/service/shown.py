"""What is shown: the rows in their order, following the catalogue, the ledger and the calendar."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Set

import msgspec

from tui_inbox.catalogue import Catalogue, Summary, problem_id
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Ledger
from tui_inbox.service.deck import Deck
from tui_inbox.service.intake import iso
from tui_inbox.triage import Board, Query, Row, View, office_day, row_of
from tui_inbox.triage.query import Vocabulary
from tui_inbox.watching import Batch


class News(msgspec.Struct, frozen=True):
    """The letters that changed by somebody else's doing, and those of them that are new."""

    ids: frozenset[str]
    arrived: tuple[str, ...]


class Shown:
    """Safe for several threads. Each look first takes over what has changed since the last."""

    def __init__(
        self,
        catalogue: Catalogue,
        ledger: Ledger,
        office: OfficeSettings,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._office = office
        self._clock = clock
        self._deck = Deck(today=self._today(), me=ledger.author)
        self._mark: tuple[int, int, int] | None = None
        self._growing: dict[str, tuple[str, int]] = {}
        self._dirty: set[str] = set()
        self._news: set[str] = set()
        self._arrived: list[str] = []
        self._lock = threading.RLock()

    def board(self, query: Query, found: Set[str] | None) -> Board:
        with self._lock:
            self._sync()
            return self._deck.board(query, found)

    def row(self, id: str) -> Row | None:
        with self._lock:
            self._sync()
            return self._deck.row(id)

    def rows(self) -> tuple[Row, ...]:
        """Every row in triage order."""
        with self._lock:
            self._sync()
            return self._deck.rows()

    def version(self) -> object:
        """Another one whenever any row may have changed."""
        with self._lock:
            self._sync()
            return self._deck.version

    def vocabulary(self, units: tuple[str, ...]) -> Vocabulary:
        """The senders, people and units (``units`` first) and tags, the most frequent first."""
        rows = self.rows()
        senders = Counter(row.sender for row in rows if row.sender is not None)
        people = Counter(row.assignee for row in rows if row.assignee is not None)
        tags = Counter(tag for row in rows for tag in row.tags)
        return Vocabulary(
            senders=tuple(name for name, _ in senders.most_common()),
            people=tuple(dict.fromkeys([*units, *(name for name, _ in people.most_common())])),
            tags=tuple(name for name, _ in tags.most_common()),
        )

    def ids(self) -> tuple[str, ...]:
        with self._lock:
            self._sync()
            return tuple(self._deck.ids())

    def counts(self) -> tuple[int, int]:
        """Rows, and problems among them, as last looked at."""
        with self._lock:
            return len(self._deck), self._deck.count(lambda facet: View.PROBLEMS in facet.views)

    def acted(self, ids: Iterable[str]) -> None:
        """This process wrote of these letters: it knows, so that is no news."""
        with self._lock:
            self._dirty.update(ids)

    def changed(self, ids: Iterable[str]) -> None:
        """Others wrote of these letters."""
        with self._lock:
            ids = frozenset(ids)
            self._dirty |= ids
            self._news |= ids

    def follow(self, batch: Batch) -> None:
        """Note which files are still being written."""
        with self._lock:
            ended = {*batch.stable, *batch.gone, *batch.problems}
            for id, (path, _) in list(self._growing.items()):
                if path in ended:
                    del self._growing[id]
                    self.changed((id,))
            for path, size in batch.growing.items():
                id = self._catalogue.id_of(path) or problem_id(path)
                self._growing[id] = (path, size)
                self.changed((id,))

    def take_news(self) -> News:
        """What is new since this was last asked."""
        with self._lock:
            self._sync()
            news = News(frozenset(self._news), tuple(self._arrived))
            self._news.clear()
            self._arrived.clear()
            return news

    def _today(self) -> dt.date:
        return office_day(self._clock())

    def _sync(self) -> None:
        """Take over what changed in the catalogue and in the ledger. The lock is held."""
        today = self._today()
        changes = self._catalogue.changes(self._mark)
        first = self._mark is None
        self._mark = changes.mark
        dirty, self._dirty = self._dirty, set()
        if changes.whole or today != self._deck.today:
            summaries = changes.summaries if changes.whole else self._catalogue.summaries()
            before = frozenset(self._deck.ids())
            growing = [self._half(id) for id in self._growing.keys() - {s.id for s in summaries}]
            self._deck.reset(self._rows([*summaries, *growing], today), today)
            if not first:
                new = self._deck.ids() - before
                self._tell(new | (before - self._deck.ids()), new)
            return
        changed = {summary.id: summary for summary in changes.summaries}
        for id in dirty - changed.keys():
            summary = self._catalogue.summary(id)
            if summary is not None:
                changed[id] = summary
            elif id in self._growing:
                changed[id] = self._half(id)
        if not changed and not dirty:
            return
        new = changed.keys() - self._deck.ids()
        removed = [id for id in dirty if id not in changed]
        self._deck.update(self._rows(changed.values(), today), removed)
        self._tell({summary.id for summary in changes.summaries}, new)

    def _rows(self, summaries: Iterable[Summary], today: dt.date) -> list[Row]:
        records = self._ledger.records()
        office = self._office
        growing = self._growing
        if growing:
            summaries = [
                msgspec.structs.replace(item, growing=growing[item.id][1])
                if item.id in growing
                else item
                for item in summaries
            ]
        return [
            row_of(item, records.get(item.id), today=today, office=office) for item in summaries
        ]

    def _half(self, id: str) -> Summary:
        """The row of a file that is still being written and has never been read."""
        path = self._growing[id][0]
        return Summary(id=id, path=path, paths=(path,), sha256=None, received=iso(self._clock()))

    def _tell(self, ids: Set[str], arrived: Set[str]) -> None:
        self._news.update(ids)
        self._arrived += [id for id in arrived if id not in self._growing]
