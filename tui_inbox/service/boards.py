"""A query -> the board that answers it: its text, a saved view, a letter's kin, an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.service.rows import Rows
from tui_inbox.service.searching import Searching
from tui_inbox.service.shown import Shown
from tui_inbox.triage import Board, Query, Row, Sort, View, office_day
from tui_inbox.triage.errors import QueryError
from tui_inbox.triage.sorting import in_order

# The query language is read when somebody uses it: a plain list starts without it.
if TYPE_CHECKING:
    from tui_inbox.triage.query import Node
    from tui_inbox.triage.related import Related


class Boards:
    """Safe for several threads as the parts are."""

    def __init__(
        self,
        shown: Shown,
        index: Searching,
        views: Mapping[str, str],
        related: Callable[[str], tuple[Related, ...]],
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._shown = shown
        self._index = index
        self._views = dict(views)
        self._related = related
        self._clock = clock
        # What each saved view holds, and of which state of the rows that is true.
        self._saved: dict[str, tuple[object, int]] = {}

    def board(self, query: Query) -> Board:
        """
        :raises QueryError: its text, or the saved view that it names, cannot be read.
        :raises KeyError: there is no such saved view.
        """
        node = self.node(query)
        found = self._index.found(node)
        kin: list[int] = []
        if query.related is not None:
            ids = [query.related, *(one.row.id for one in self._related(query.related))]
            kin = [number for id in ids for number in self._shown.numbers_of((id,))]
            found = set(kin) if found is None else found & set(kin)
        board = self._shown.board(msgspec.structs.replace(query, view=self._view(query)), found)
        rows = self._in_order(query, node, board.rows, kin)
        if rows is not board.rows:
            board = msgspec.structs.replace(board, rows=rows)
        return self._with_saved(board)

    def _in_order(
        self, query: Query, node: Node | None, rows: Sequence[Row], kin: list[int]
    ) -> Sequence[Row]:
        assert isinstance(rows, Rows)
        if query.sort is Sort.RELEVANCE:
            return self._index.ranked(node, rows)
        if query.sort is not Sort.TRIAGE or query.backwards:
            numbers = in_order(rows.numbers, rows, query.sort, backwards=query.backwards)
            return self._shown.rows(numbers)
        if kin:
            there = set(rows.numbers)
            return self._shown.rows(number for number in kin if number in there)
        return rows

    def node(self, query: Query) -> Node | None:
        """What a query asks for in words.

        :raises QueryError: it cannot be read.
        """
        parts = [query.text, *([self._views[query.saved]] if query.saved is not None else [])]
        nodes = [node for part in parts if (node := self._parsed(part)) is not None]
        if len(nodes) > 1:
            from tui_inbox.triage.query.syntax import And

            return And(tuple(nodes))
        return nodes[0] if nodes else None

    def _parsed(self, text: str) -> Node | None:
        if not text.strip():
            return None
        from tui_inbox.triage.query import parse

        return parse(text, today=self._today())

    def _view(self, query: Query) -> View:
        if query.related is not None:
            return View.ALL
        if query.saved is None:
            return query.view
        from tui_inbox.triage.query import Field, fields_of

        # One that names one of these says itself whether closed letters are meant.
        named = fields_of(self._parsed(self._views[query.saved]))
        return View.ALL if named & {Field.STATUS, Field.VIEW} else View.INBOX

    def _with_saved(self, board: Board) -> Board:
        if not self._views:
            return board
        counts = []
        for name in self._views:
            query = Query(saved=name)
            version = self._shown.version()
            known = self._saved.get(name)
            if known is None or known[0] != version:
                known = self._saved[name] = (version, self._count(query))
            counts.append((name, known[1]))
        return msgspec.structs.replace(board, saved=tuple(counts))

    def _count(self, query: Query) -> int:
        try:
            node = self.node(query)
            view = self._view(query)
        except QueryError:
            # It is said when the view is chosen; until then it holds nothing.
            return 0
        board = self._shown.board(Query(view=view), self._index.found(node))
        return len(board.rows)

    def _today(self) -> dt.date:
        return office_day(self._clock())
