"""Entries as an iCalendar file (RFC 5545) that stock clients show and update."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, TimezoneStandard, Todo, vText
from icalendar import Event as CalendarEvent
from icalendar import Timezone as CalendarZone

from tui_inbox.export.agenda import Entry, State, What
from tui_inbox.letter import Urgency
from tui_inbox.locale import Messages
from tui_inbox.thai.cells import one_line

ZONE = "Asia/Bangkok"
#: When offices open, and when a reminder of a whole day is read.
_MORNING = dt.timedelta(hours=8, minutes=30)
_PRIORITIES = {Urgency.MOST_URGENT: 1, Urgency.VERY_URGENT: 3, Urgency.URGENT: 5}


class Deadlines(StrEnum):
    """How deadlines are written: as whole-day events, which every client shows, as tasks, which
    some take only from a server of their own, or as both."""

    EVENTS = "events"
    TASKS = "tasks"
    BOTH = "both"


def ics_bytes(
    entries: Iterable[Entry],
    messages: Messages,
    *,
    name: str,
    today: dt.date,
    deadlines: Deadlines = Deadlines.EVENTS,
    remind: int | None = 1,
) -> bytes:
    """The same entries give the same bytes.

    :param name: what clients call the calendar.
    :param remind: days before an entry on which it is called to mind, and again on its day;
        ``None`` for no reminders.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//tui-inbox//calendar//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # A name of the calendar's own is no text to the library until it is told so.
    calendar.add("x-wr-calname", vText(one_line(name)))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for entry in entries:
        alarms = remind if entry.counts and entry.day >= today else None
        if entry.what is What.MEETING or deadlines is not Deadlines.TASKS:
            calendar.add_component(_event(entry, messages, alarms))
        if entry.what is What.DEADLINE and deadlines is not Deadlines.EVENTS:
            calendar.add_component(_task(entry, messages, alarms))
    data: bytes = calendar.to_ical()
    return data


def _zone() -> CalendarZone:
    """Thai time, which knows no summer time."""
    zone, standard = CalendarZone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001 - local by its definition
    standard.add("tzoffsetfrom", dt.timedelta(hours=7))
    standard.add("tzoffsetto", dt.timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _common(component: Component, entry: Entry, messages: Messages, uid: str) -> None:
    component.add("uid", uid)
    component.add("dtstamp", entry.revised)
    component.add("last-modified", entry.revised)
    component.add("sequence", entry.sequence)
    component.add("summary", entry.summary)
    component.add("description", entry.description)
    component.add("categories", [messages(f"export.calendar.category.{entry.what}")])
    if entry.urgency in _PRIORITIES:
        component.add("priority", _PRIORITIES[entry.urgency])


def _event(entry: Entry, messages: Messages, remind: int | None) -> CalendarEvent:
    event = CalendarEvent()
    _common(event, entry, messages, entry.uid)
    event.add("dtstart", _local(entry.start))
    if entry.end is not None:
        # A whole day ends where the next one begins.
        whole = not isinstance(entry.end, dt.datetime)
        event.add("dtend", _local(entry.end + dt.timedelta(days=1) if whole else entry.end))
    if entry.place:
        event.add("location", entry.place)
    cancelled = entry.state is State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    busy = entry.what is What.MEETING and not cancelled
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    if entry.state is State.OPEN and remind is not None:
        _remind(event, entry, remind)
    return event


def _task(entry: Entry, messages: Messages, remind: int | None) -> Todo:
    task = Todo()
    _common(task, entry, messages, entry.uid.replace("@", "-task@"))
    task.add("due", _local(entry.start))
    match entry.state:
        case State.DONE:
            task.add("status", "COMPLETED")
            task.add("percent-complete", 100)
            if entry.closed is not None:
                task.add("completed", entry.closed.astimezone(dt.UTC))
        case State.CANCELLED:
            task.add("status", "CANCELLED")
        case State.OPEN:
            task.add("status", "NEEDS-ACTION")
            if remind is not None:
                _remind(task, entry, remind, {"RELATED": "END"})
    return task


def _remind(
    component: Component, entry: Entry, days: int, parameters: dict[str, str] | None = None
) -> None:
    """On the day, and ``days`` before: in the morning, or an hour before a meeting begins."""
    if isinstance(entry.start, dt.datetime):
        offsets = {-dt.timedelta(hours=1), -dt.timedelta(days=days)}
        offsets.discard(dt.timedelta(0))
    else:
        offsets = {_MORNING, _MORNING - dt.timedelta(days=days)}
    for offset in sorted(offsets):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.summary)
        alarm.add("trigger", offset, parameters=parameters or {})
        component.add_component(alarm)


def _local(moment: dt.datetime | dt.date) -> dt.datetime | dt.date:
    if isinstance(moment, dt.datetime):
        return moment.astimezone(ZoneInfo(ZONE))
    return moment
