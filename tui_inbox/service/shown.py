"""What is shown: the rows in their order, following the catalogue, the ledger and the calendar."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.catalogue import (
    Catalogue,
    Columns,
    Flag,
    Mark,
    Numbered,
    Sort,
    Summary,
    moment,
    problem_id,
)
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Ledger, LedgerError, Record
from tui_inbox.letter import Action, Kind, Secrecy, Urgency
from tui_inbox.service import packing
from tui_inbox.service.answer import Facet
from tui_inbox.service.deck import HALF, Decided, Deck
from tui_inbox.service.recording import iso
from tui_inbox.service.rows import Rows, Window
from tui_inbox.triage import Board, Query, Row, View, is_open, office_day, row_of
from tui_inbox.triage.order import due_of, status_of
from tui_inbox.watching import Batch

if TYPE_CHECKING:
    from tui_inbox.triage.query import Vocabulary

#: More letters than these are not put in their places one by one at a start.
MOST_CHANGED = 5_000

_HALF_SORT = Sort(Urgency.NORMAL, Secrecy.NONE, Action.ACKNOWLEDGE, False, Kind.UNKNOWN, "")


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
        self._window = Window(self._fetch, self._deck.id_of)
        self._mark: Mark | None = None
        self._kept_at = catalogue.path.with_suffix(".deck")
        self._kept_version = 0
        self._sorts: dict[int, Sort] = {}
        # Files that are being written: by id, with path, size so far and (negative) number.
        self._growing: dict[str, tuple[str, int, int]] = {}
        self._dirty: set[str] = set()
        self._news: set[str] = set()
        self._arrived: list[str] = []
        self._lock = threading.RLock()

    def board(self, query: Query, found: Set[int] | None) -> Board:
        with self._lock:
            self._sync()
            answer = self._deck.board(query, found)
            return Board(
                rows=Rows(answer.numbers, self._window, self._deck.number_of),
                views=answer.views,
                senders=answer.senders,
                urgencies=answer.urgencies,
                total=len(self._deck),
                statuses=answer.statuses,
            )

    def row(self, id: str) -> Row | None:
        with self._lock:
            self._sync()
            number = self._deck.number_of(id)
        return None if number is None else self._window.row(number)

    def rows(self, numbers: Iterable[int] | None = None) -> Rows:
        """Every row in triage order, or those of some numbers in the order given."""
        from array import array

        with self._lock:
            self._sync()
            chosen = self._deck.numbers() if numbers is None else array("i", numbers)
            return Rows(chosen, self._window, self._deck.number_of)

    def numbers_of(self, ids: Iterable[str]) -> set[int]:
        """The numbers of those letters that are there."""
        with self._lock:
            self._sync()
            found = map(self._deck.number_of, ids)
            return {number for number in found if number is not None}

    def every(self) -> set[int]:
        with self._lock:
            self._sync()
            return set(self._deck.numbers())

    def having(self, meets: Callable[[Facet], object]) -> set[int]:
        """The letters whose facet is of that sort."""
        with self._lock:
            self._sync()
            return self._deck.having(meets)

    def due_between(self, first: int, last: int) -> set[int]:
        """The letters that are due from ``first`` to ``last`` (ordinal days); 0 is no day."""
        with self._lock:
            self._sync()
            return self._deck.due_between(first, last)

    def senders(self) -> Counter[str]:
        """How many letters each sender has sent."""
        with self._lock:
            self._sync()
            return self._deck.senders()

    def version(self) -> object:
        """Another one whenever any row may have changed."""
        with self._lock:
            self._sync()
            return self._deck.version

    def vocabulary(self, units: tuple[str, ...]) -> Vocabulary:
        """The senders, people and units (``units`` first) and tags, the most frequent first."""
        from tui_inbox.triage.query import Vocabulary

        records = self._ledger.records().values()
        people = Counter(one.assignee for one in records if one.assignee is not None)
        tags = Counter(tag for one in records for tag in one.tags)
        return Vocabulary(
            senders=tuple(name for name, _ in self.senders().most_common()),
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
            for id, (path, _, _) in list(self._growing.items()):
                if path in ended:
                    del self._growing[id]
                    self.changed((id,))
            for path, size in batch.growing.items():
                id = self._catalogue.id_of(path) or problem_id(path)
                known = self._growing.get(id)
                number = self._free_number() if known is None else known[2]
                if number is not None:
                    self._growing[id] = (path, size, number)
                    self.changed((id,))

    def _free_number(self) -> int | None:
        """A number for a half-written file; ``None`` where there are too many to show them."""
        taken = {number for _, _, number in self._growing.values()}
        return next((-n for n in range(1, HALF + 1) if -n not in taken), None)

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

    # Following

    def _sync(self) -> None:
        """Take over what changed in the catalogue and in the ledger. The lock is held."""
        today = self._today()
        first = self._mark is None
        if first:
            self._restore(today)
        before: Set[str] = frozenset()
        changed: list[Numbered] = []
        whole = False

        def take_all(lines: Columns) -> None:
            nonlocal before, whole
            whole = True
            changed.clear()
            before = frozenset() if first else frozenset(self._deck.ids())
            self._sorts = self._catalogue.sorts()
            self._deck.reset(lines, self._sorts, self._all_decided(), today)

        mark = None if today != self._deck.today else self._mark
        self._mark = self._catalogue.follow(mark, take_all, changed.extend)
        dirty, self._dirty = self._dirty, set()
        if whole:
            self._window.forget()
            half = [id for id in self._growing if id not in self._deck]
            self._put([self._half_line(id) for id in half])
            if not first:
                new = self._deck.ids() - before
                self._tell(new | (before - self._deck.ids()), new)
            return
        ids = {line[1] for line in changed}
        told = frozenset(ids)
        for line in self._catalogue.lines_of(dirty - ids):
            changed.append(line)
            ids.add(line[1])
        for id in dirty - ids:
            if id in self._growing:
                changed.append(self._half_line(id))
                ids.add(id)
        if not changed and not dirty:
            return
        new = ids - self._deck.ids()
        gone = {number for id in dirty - ids if (number := self._deck.number_of(id)) is not None}
        self._deck.remove(dirty - ids)
        self._put(changed)
        self._window.forget(gone | {line[0] for line in changed})
        if not first:
            self._tell(told, new)

    def _restore(self, today: dt.date) -> None:
        """Begin with what was kept, as far as index and ledger have not gone another way."""
        kept = packing.load(self._kept_at) if self._catalogue.persistent else None
        if kept is None or kept.me != self._ledger.author:
            return
        try:
            changed = self._ledger.changed_since(kept.ledger, MOST_CHANGED)
        except LedgerError:
            # Its files cannot be read just now: what is known of it was read before.
            return
        mark = self._catalogue.mark_of(kept.made, kept.epoch, kept.seq)
        if mark is None or changed is None:
            return
        self._deck.today = today
        replaced = self._deck.unpack(kept.deck, dt.date.fromordinal(kept.today))
        self._dirty |= changed | {self._deck.id_of(number) for number in replaced}
        self._mark, self._kept_version = mark, self._deck.version

    def keep(self) -> None:
        """Leave a packed copy for the next start, if there is anything new to it.

        :raises LedgerError: the ledger cannot be looked at.
        :raises OSError: the copy cannot be written.
        """
        if not self._catalogue.persistent:
            return
        with self._lock:
            self.changed(self._ledger.refresh())
            # Not less than what the deck takes over now: more is only put in its place once more.
            ledger = self._ledger.stamp()
            self._sync()
            made, mark, version = self._catalogue.made, self._mark, self._deck.version
            if (
                len(self._deck) < packing.KEEP_FROM
                or self._growing
                or version == self._kept_version
            ):
                return
            if not made or mark is None or mark[0] != self._catalogue.generation:
                return
            kept = packing.Kept(
                rules=packing.rules(),
                made=made,
                epoch=mark[1],
                seq=mark[2],
                ledger=ledger,
                today=self._deck.today.toordinal(),
                me=self._ledger.author,
                deck=self._deck.packed(),
            )
            self._kept_version = version
        packing.save(self._kept_at, kept)

    def _put(self, lines: Sequence[Numbered]) -> None:
        if not lines:
            return
        if any(line[2] not in self._sorts for line in lines if line[0] >= 0):
            self._sorts = self._catalogue.sorts()
        records = self._ledger.records()
        closed = [
            line[0]
            for line in lines
            if (record := records.get(line[1])) is not None and not is_open(record.status)
        ]
        summaries = {one.id: one for one in self._summaries(closed).values()}
        self._deck.put(
            (
                line,
                self._sorts[line[2]] if line[0] >= 0 else _HALF_SORT,
                self._decided(line[1], records.get(line[1]), summaries.get(line[1])),
            )
            for line in lines
        )

    def _all_decided(self) -> dict[str, Decided]:
        """What people decided, of every letter that they touched."""
        records = self._ledger.records()
        closed = {id for id, record in records.items() if not is_open(record.status)}
        again: Set[str] = frozenset()
        if closed:
            again = closed & self._catalogue.ids_of(self._catalogue.flagged(Flag.AMENDED))
        summaries = {
            id: summary for id in again if (summary := self._catalogue.summary(id)) is not None
        }
        ids = records.keys() | self._growing.keys()
        found = ((id, self._decided(id, records.get(id), summaries.get(id))) for id in ids)
        return {id: one for id, one in found if one is not None}

    def _decided(self, id: str, record: Record | None, summary: Summary | None) -> Decided | None:
        """``summary`` is only needed of a closed letter, which is open again once amended."""
        # A known letter that is written anew keeps its place until it is read.
        growing = self._growing[id][1] if id in self._growing and id.startswith("!") else None
        if record is None:
            return None if growing is None else Decided(growing=growing)
        return Decided(
            status=record.status if summary is None else status_of(summary, record),
            assignee=record.assignee,
            due=due_of(record),
            updated=0 if record.updated is None else round(record.updated.timestamp() * 1000),
            growing=growing,
        )

    def _half_line(self, id: str) -> Numbered:
        """The line of a file that is still being written and has never been read."""
        return self._growing[id][2], id, 0, 0, moment(iso(self._clock()))

    def _tell(self, ids: Set[str], arrived: Set[str]) -> None:
        self._news.update(ids)
        self._arrived += [id for id in arrived if id not in self._growing]

    # Rows

    def _summaries(self, numbers: Sequence[int]) -> dict[int, Summary]:
        found: dict[int, Summary] = {}
        for first in range(0, len(numbers), 500):
            found |= self._catalogue.summaries_of(numbers[first : first + 500])
        return found

    def _fetch(self, numbers: Sequence[int]) -> dict[int, Row]:
        """The rows of these numbers; called from any thread, without the lock."""
        growing = self._growing
        half = {number: id for id, (_, _, number) in list(growing.items())}
        summaries = self._summaries([number for number in numbers if number >= 0])
        today, records = self._deck.today, self._ledger.records()
        rows = {}
        for number in numbers:
            summary = summaries.get(number)
            if summary is None:
                # Half written, or taken out since the board was made.
                id = half.get(number) or self._deck.id_of(number)
                path = growing[id][0] if id in growing else id
                summary = Summary(
                    id=id, path=path, paths=(path,), sha256=None, received=iso(self._clock()),
                    gone=id not in growing,
                )  # fmt: skip
            if summary.id in growing:
                summary = msgspec.structs.replace(summary, growing=growing[summary.id][1])
            rows[number] = row_of(
                summary, records.get(summary.id), today=today, office=self._office
            )
        return rows
