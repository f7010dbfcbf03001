"""An open inbox -> what is handed on: gathers the values that ``export`` makes it of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.catalogue import Catalogue, Summary
from tui_inbox.config import Settings
from tui_inbox.ledger import Ledger, Record
from tui_inbox.letter import Problem, ProblemCode, Secrecy
from tui_inbox.locale import Messages
from tui_inbox.service.recording import iso
from tui_inbox.service.shown import Shown
from tui_inbox.service.stamps import own_stamp
from tui_inbox.triage import Query, Row, View, is_decided, is_open, office_day, row_of

if TYPE_CHECKING:
    # Imported where they are used: a list of letters waits for none of it.
    from tui_inbox.export.case import Case
    from tui_inbox.export.handling import Handling
    from tui_inbox.export.ics import Deadlines
    from tui_inbox.export.period import Period
    from tui_inbox.export.register import Which
    from tui_inbox.export.sheet import Sheet
    from tui_inbox.export.statistics import Statistics
    from tui_inbox.export.writing import Writing

#: How long before the days that a calendar shows a letter may have come that calls one off.
CALLED_OFF_WITHIN = dt.timedelta(days=180)


class Handed(msgspec.Struct, frozen=True):
    """A file to be handed on, and how many secret letters it would have told of."""

    data: bytes
    secret: int


class Exports:
    """What an open inbox can hand on. Every method may be called from any thread and may block;
    it gives the state as of now, and changes nothing."""

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        catalogue: Catalogue,
        ledger: Ledger,
        shown: Shown,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._catalogue = catalogue
        self._ledger = ledger
        self._shown = shown
        self._clock = clock

    @property
    def today(self) -> dt.date:
        """The day at the office."""
        return office_day(self._clock())

    def statistics(self) -> Statistics:
        """What is open, came in and was handled, and how long that took."""
        from tui_inbox.export.statistics import statistics

        return statistics(self._rows(), self._handlings(), today=self.today)

    def register(
        self,
        period: Period,
        *,
        which: Which | None = None,
        unregistered: bool = True,
        thai_digits: bool | None = None,
        flat: bool = False,
        messages: Messages | None = None,
    ) -> Sheet:
        """The register of received letters of a period; see :func:`tui_inbox.export.register`.

        :param thai_digits: the settings' where it is not said.
        :param messages: in whose language; the settings' where it is not said.
        """
        from tui_inbox.export.register import Which, register

        # A letter is received on or before the day its file comes, and after it was written.
        rows = [
            row
            for row in (*self._rows(), *self._lost())
            if row.register_number is not None
            or (_arrival(row) >= period.start and (row.date or "") <= period.end.isoformat())
        ]
        return register(
            self._cases(rows),
            period,
            self._writing(messages, thai_digits),
            office=self._settings.office.name or "",
            made=self.today,
            which=which or Which.ORDINARY,
            unregistered=unregistered,
            flat=flat,
        )

    def save_register(self, folder: Path, *, month: bool, messages: Messages) -> Path:
        """Write the register of today, or of this month, as a workbook into ``folder``.

        :returns: the file, under a name that was free.
        :raises NotHanded: no name was free.
        :raises OSError: it cannot be written.
        """
        from tui_inbox.export.period import day_period, month_period
        from tui_inbox.export.workbook import xlsx_bytes
        from tui_inbox.service.handing import write_new

        today = self.today
        period = month_period(today.year, today.month) if month else day_period(today)
        sheet = self.register(period, flat=True, messages=messages)
        name = f"{sheet.title} {sheet.under[-1]}.xlsx"
        return write_new(folder, name, xlsx_bytes(sheet), inbox=self._folder)

    def calendar(
        self,
        *,
        since: dt.date | None = None,
        deadlines: Deadlines | None = None,
        remind: int | None = 1,
        messages: Messages | None = None,
    ) -> Handed:
        """Meetings and deadlines as iCalendar; see :func:`tui_inbox.export.ics.ics_bytes`.

        :param since: the first day that it holds; a month ago where it is not said.
        """
        from tui_inbox.export.agenda import agenda
        from tui_inbox.export.ics import Deadlines, ics_bytes

        since = since or self.today - dt.timedelta(days=30)
        # Letters that set days, and those that may call off what others set.
        wanted = [
            row
            for row in self._rows()
            if row.sha256 is not None
            and (
                (row.due is not None and row.due >= since)
                or any(day >= since.isoformat() for day in (*row.deadlines, *row.events))
                or _arrival(row) >= since - CALLED_OFF_WITHIN
            )
        ]
        secret = sum(row.secrecy is not Secrecy.NONE and bool(row.deadlines) for row in wanted)
        wanted = [row for row in wanted if row.secrecy is Secrecy.NONE]
        writing = self._writing(messages)
        data = ics_bytes(
            agenda(self._cases(wanted), writing, since=since),
            writing.messages,
            name=writing.messages(
                "export.calendar.name", office=self._settings.office.name or ""
            ).strip(),
            today=self.today,
            deadlines=deadlines or Deadlines.EVENTS,
            remind=remind,
        )
        return Handed(data, secret)

    def followup(
        self,
        *,
        only: str | None = None,
        overdue: bool = False,
        thai_digits: bool | None = None,
        flat: bool = False,
        messages: Messages | None = None,
    ) -> Sheet:
        """What is open, by unit, the oldest first; see :func:`tui_inbox.export.followup`."""
        from tui_inbox.export.followup import followup

        office = self._settings.office
        return followup(
            self._cases(row for row in self._rows() if is_open(row.status)),
            self._writing(messages, thai_digits),
            office=office.name or "",
            made=self.today,
            units=office.units,
            only=only,
            overdue=overdue,
            flat=flat,
        )

    def cover(
        self,
        id: str,
        *,
        to: str | None = None,
        template: str | None = None,
        thai_digits: bool | None = None,
        messages: Messages | None = None,
    ) -> str | None:
        """The text of a memo with which a letter is passed on; ``None``: there is no such letter.

        :param template: the name of one of the settings' covers; where it is not said, the one
            that is named like what the letter wants (``act``, ``consider``, ``acknowledge``) or
            ``default``, else the built-in one.
        :raises KeyError: the settings have no cover of that name.
        """
        from tui_inbox.export.cover import cover
        from tui_inbox.export.handling import handlings

        row = self._shown.row(id)
        if row is None:
            return None
        covers = self._settings.covers
        text = covers.get(row.action.value, covers.get("default"))
        return cover(
            self._case(row, handlings(self._ledger.history(id)).get(id)),
            text if template is None else covers[template],
            self._writing(messages, thai_digits),
            to=to,
            author=self._ledger.author,
            office=self._settings.office.name or "",
            today=self.today,
        )

    def _writing(self, messages: Messages | None, thai_digits: bool | None = None) -> Writing:
        from tui_inbox.export.writing import Writing

        display = self._settings.display
        return Writing(
            messages or Messages(self._settings.language),
            display.digits == "thai" if thai_digits is None else thai_digits,
        )

    def _rows(self) -> tuple[Row, ...]:
        return tuple(self._shown.board(Query(view=View.ALL), None).rows)

    def _lost(self) -> list[Row]:
        """Letters that people decided about, of which neither file nor index is there still."""
        held = {row.id for row in self._rows()}
        return [
            self._lost_row(record)
            for id, record in self._ledger.records().items()
            if id not in held and is_decided(record)
        ]

    def _lost_row(self, record: Record) -> Row:
        path = record.paths[-1] if record.paths else record.id
        # When it came is not known; it was here when it was first written about.
        noted = (note.at for note in record.notes)
        came = min(noted, default=record.updated or self._clock())
        summary = Summary(
            id=record.id,
            path=path,
            paths=record.paths or (path,),
            sha256=None,
            received=iso(came),
            gone=True,
            problem=Problem(ProblemCode.MISSING),
        )
        return row_of(summary, record, today=self.today, office=self._settings.office)

    def _handlings(self) -> dict[str, Handling]:
        from tui_inbox.export.handling import handlings

        return handlings(self._ledger.history())

    def _cases(self, rows: Iterable[Row]) -> list[Case]:
        handlings = self._handlings()
        return [self._case(row, handlings.get(row.id)) for row in rows]

    def _case(self, row: Row, handling: Handling | None) -> Case:
        from tui_inbox.export.case import Case
        from tui_inbox.export.handling import NOT_HANDLED

        letter = None
        # A secret letter is never read for this: only what its register shows is kept of it.
        if row.sha256 is not None and row.secrecy is Secrecy.NONE:
            letter = self._catalogue.letter(row.id)
        return Case(
            row=row,
            record=self._ledger.record(row.id),
            handling=handling or NOT_HANDLED,
            documents=() if letter is None else letter.documents,
            stamp=None if letter is None else own_stamp(letter, self._settings.office.names),
        )


def _arrival(row: Row) -> dt.date:
    """The day at the office on which the file came."""
    return office_day(dt.datetime.fromisoformat(row.received))
