"""An open inbox -> what is handed on: gathers the values that ``export`` makes it of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_inbox.ledger import Ledger
from tui_inbox.service.shown import Shown
from tui_inbox.triage import Query, Row, View, office_day

if TYPE_CHECKING:
    # Imported where they are used: a list of letters waits for none of it.
    from tui_inbox.export.statistics import Statistics


class Exports:
    """What an open inbox can hand on. Every method may be called from any thread and may block;
    it gives the state as of now, and changes nothing."""

    def __init__(self, shown: Shown, ledger: Ledger, clock: Callable[[], dt.datetime]) -> None:
        self._shown = shown
        self._ledger = ledger
        self._clock = clock

    def statistics(self) -> Statistics:
        """What is open, came in and was handled, and how long that took."""
        from tui_inbox.export.handling import handlings
        from tui_inbox.export.statistics import statistics

        return statistics(self._rows(), handlings(self._ledger.history()), today=self._today())

    def _today(self) -> dt.date:
        return office_day(self._clock())

    def _rows(self) -> tuple[Row, ...]:
        return self._shown.board(Query(view=View.ALL), None).rows
