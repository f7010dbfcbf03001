"""What runs beside the event loop, and the messages that bring its results back.

Workers never touch a widget: they ask the inbox, post a message, and the screen's handler shows
the result.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec
from textual.message import Message

from tui_inbox.locale import Messages
from tui_inbox.service import (
    ActionFailed,
    Change,
    Inbox,
    InboxStatus,
    Near,
    Rows,
    Update,
)
from tui_inbox.thai.keyboard import swap_layout
from tui_inbox.triage import Agenda, Board, Query, Row, View, agenda
from tui_inbox.triage.errors import QueryError
from tui_inbox.tui.first import TOLD
from tui_inbox.tui.widgets.detail import Detail

if TYPE_CHECKING:
    from tui_inbox.service import Statistics
    from tui_inbox.triage.query import Vocabulary

Question = TypeVar("Question")


class Latest(Generic[Question]):
    """One question at a time, and then the newest: what is asked meanwhile replaces what waits.

    Nothing starves however fast questions come, and no answer is older than the one before.
    """

    def __init__(self, start: Callable[[Question], object]) -> None:
        self._start = start
        self._busy = False
        self._next: Question | None = None

    def ask(self, question: Question) -> None:
        if self._busy:
            self._next = question
        else:
            self._busy = True
            self._start(question)

    def done(self) -> None:
        """The answer is there (or will not come)."""
        question, self._next = self._next, None
        if question is None:
            self._busy = False
        else:
            self._start(question)

    def newest(self, question: Question) -> Question:
        """What has been asked since ``question`` was begun with, and need not be asked again then;
        ``question`` itself if nothing has."""
        newer, self._next = self._next, None
        return question if newer is None else newer

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy


class BoardReady(Message):
    """``keys`` and ``index`` are the rows' ids and their places. ``swapped`` is what the query
    means in the other keyboard layout, where only that was found."""

    def __init__(
        self, query: Query, board: Board, status: InboxStatus, swapped: str | None
    ) -> None:
        super().__init__()
        self.query = query
        self.board = board
        self.status = status
        self.swapped = swapped
        rows = board.rows
        assert isinstance(rows, Rows)
        self.keys = rows.keys
        self.index = rows.places


class DetailReady(Message):
    def __init__(self, detail: Detail | None) -> None:
        super().__init__()
        self.detail = detail


class NearReady(Message):
    """What may have been meant by a query that found nothing."""

    def __init__(self, query: Query, near: tuple[Near, ...]) -> None:
        super().__init__()
        self.query = query
        self.near = near


class VocabularyReady(Message):
    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary


class OverviewReady(Message):
    def __init__(self, statistics: Statistics, agenda: Agenda) -> None:
        super().__init__()
        self.statistics = statistics
        self.agenda = agenda


class Handed(Message):
    """Something was made to be handed on: a file at ``path``, or a ``text`` for the clipboard."""

    def __init__(self, path: Path | None = None, text: str | None = None) -> None:
        super().__init__()
        self.path = path
        self.text = text


class Trouble(Message):
    """Something could not be looked up; the screen stays as it was."""

    def __init__(self, job: str, error: Exception) -> None:
        super().__init__()
        self.job = job
        self.error = error


class InboxChanged(Message):
    """The folder or the ledger has news; which, the screen asks :class:`News`."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, InboxChanged)


class Arrived(Message):
    """Letters that are new since the screen was opened."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        super().__init__()
        self.rows = rows


class DictionaryReady(Message):
    """Lines can be broken by the dictionary from now on."""


class Decision(msgspec.Struct, frozen=True):
    """One thing to write down: ``kind`` is ``act``, ``undo``, ``redo`` or ``opened``.

    ``said`` is the key of what the status line tells when it is done, ``args`` and what ``tell``
    gives for the change its fields. ``text`` is what was typed for it, ``draft`` where that is
    kept until it is on disk. ``handles`` letters that are dealt with then; ``go`` is the one to
    stand on afterwards.
    """

    kind: str
    ids: tuple[str, ...]
    call: Callable[[], Change | None]
    said: str = ""
    args: Mapping[str, object] = msgspec.field(default_factory=dict)
    tell: Callable[[Change], Mapping[str, object]] = lambda _: {}
    text: str = ""
    draft: tuple[str, ...] = ()
    handles: bool = False
    go: str | None = None


class Decided(Message):
    def __init__(self, decision: Decision, change: Change | None) -> None:
        super().__init__()
        self.decision = decision
        self.change = change


class DecisionFailed(Message):
    """Nothing was written down; the decision, its text too, is still there."""

    def __init__(self, decision: Decision, error: ActionFailed) -> None:
        super().__init__()
        self.decision = decision
        self.error = error


class Decisions:
    """Writes decisions down one after the other, in the order in which they were made."""

    def __init__(self, post: Callable[[Message], object]) -> None:
        self._post = post
        self._queue: asyncio.Queue[Decision] = asyncio.Queue()

    def add(self, decision: Decision) -> None:
        self._queue.put_nowait(decision)

    @property
    def pending(self) -> bool:
        return not self._queue.empty() or self._writing

    _writing = False

    async def run(self) -> None:
        while True:
            decision = await self._queue.get()
            self._writing = True
            try:
                change = await asyncio.to_thread(decision.call)
            except ActionFailed as error:
                self._post(DecisionFailed(decision, error))
            else:
                self._post(Decided(decision, change))
            finally:
                self._writing = False
                self._queue.task_done()

    async def finish(self) -> None:
        """Wait until everything that was decided is on disk (or has failed)."""
        await self._queue.join()


def load_board(inbox: Inbox, query: Query) -> Message:
    """The answer to a query; a text that finds nothing is tried as typed in the other layout."""
    try:
        board, swapped = inbox.board(query), None
        if query.text and not board.rows and (other := swap_layout(query.text)) is not None:
            again = _board_of(inbox, msgspec.structs.replace(query, text=other))
            if again is not None and again.rows:
                board, swapped = again, other
        return BoardReady(query, board, inbox.status, swapped)
    except TOLD as error:
        return Trouble("board", error)


def _board_of(inbox: Inbox, query: Query) -> Board | None:
    """The board, or ``None`` where the swapped text is no query."""
    try:
        return inbox.board(query)
    except QueryError:
        return None


def save_register(inbox: Inbox, folder: Path, month: bool, messages: Messages) -> Message:
    """Write the register of today or of this month into ``folder``."""
    try:
        return Handed(path=inbox.exports.save_register(folder, month=month, messages=messages))
    except TOLD as error:
        return Trouble("register", error)


def make_cover(inbox: Inbox, id: str, messages: Messages) -> Message:
    """The text of a memo with which a letter is passed on."""
    try:
        return Handed(text=inbox.exports.cover(id, messages=messages))
    except TOLD as error:
        return Trouble("cover", error)


def load_near(inbox: Inbox, query: Query) -> Message:
    """Other queries for one that found nothing."""
    try:
        return NearReady(query, inbox.near(query.text))
    except TOLD as error:
        return Trouble("near", error)


def load_vocabulary(inbox: Inbox) -> Message:
    """The inbox's senders, units and tags."""
    try:
        return VocabularyReady(inbox.vocabulary())
    except TOLD as error:
        return Trouble("vocabulary", error)


def load_detail(inbox: Inbox, id: str, *, with_text: bool) -> Message:
    """Everything that the detail pane shows of a letter."""
    try:
        row = inbox.row(id)
        if row is None:
            return DetailReady(None)
        letter = inbox.letter(id) if row.problem is None else None
        text = inbox.text(id) if with_text and letter is not None else None
        amendments = inbox.amendments(id) if row.amended else ()
        related = inbox.related(id) if letter is not None else ()
        record, history = inbox.record(id), inbox.history(id)
        return DetailReady(Detail(row, letter, text, record, history, amendments, related))
    except TOLD as error:
        return Trouble("detail", error)


def load_overview(inbox: Inbox) -> Message:
    """The figures of all letters, and what each day holds."""
    try:
        statistics = inbox.exports.statistics()
        return OverviewReady(statistics, agenda(inbox.board(Query(view=View.ALL)).rows))
    except TOLD as error:
        return Trouble("overview", error)


def load_arrivals(inbox: Inbox, ids: tuple[str, ...]) -> Message:
    """The rows of letters that came in."""
    try:
        return Arrived(tuple(row for id in ids if (row := inbox.row(id)) is not None))
    except TOLD as error:
        return Trouble("arrivals", error)


def rescan(inbox: Inbox, problem: str | None) -> Message:
    """Look through the folder again; ``problem`` is a file to read again at any rate."""
    try:
        if problem is not None:
            inbox.retry(problem)
        inbox.rescan()
    except TOLD as error:
        return Trouble("rescan", error)
    return InboxChanged()


class News:
    """Gathers the inbox's updates from its threads until the screen takes them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ids: set[str] = set()
        self._arrived: dict[str, None] = {}

    def add(self, update: Update) -> None:
        with self._lock:
            self._ids.update(update.ids)
            # What the first scan finds is not news.
            if not update.first:
                self._arrived.update(dict.fromkeys(update.arrived))

    def take(self) -> tuple[frozenset[str], tuple[str, ...]]:
        with self._lock:
            ids, arrived = frozenset(self._ids), tuple(self._arrived)
            self._ids.clear()
            self._arrived.clear()
        return ids, arrived
