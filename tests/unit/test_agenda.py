"""Which day holds what, from rows alone."""

from __future__ import annotations

import datetime as dt

import msgspec

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Record, Status
from tui_inbox.triage import Occasion, agenda, triage

TODAY = dt.date(2026, 11, 23)
PLAIN = Summary(id="", path="", paths=(), sha256="x", received="2026-11-20T01:00:00.000Z")


def letter(id: str, **fields: object) -> Summary:
    return msgspec.structs.replace(PLAIN, id=id, path=id, paths=(id,), **fields)


def days(*letters: Summary, **records: Record) -> dict[str, list[tuple[Occasion, str]]]:
    rows = triage(letters, records, today=TODAY, office=OfficeSettings())
    return {
        day.isoformat(): [(entry.occasion, entry.row.id) for entry in entries]
        for day, entries in agenda(rows).items()
    }


def test_every_deadline_of_a_letter_has_its_day_and_a_month_has_none() -> None:
    found = days(letter("a", deadlines=("2026-12-04", "2026-11-25", "2026-12", "2026-11-25")))
    assert found == {
        "2026-11-25": [(Occasion.DUE, "a")],
        "2026-12-04": [(Occasion.DUE, "a")],
    }


def test_a_date_that_a_person_set_stands_in_place_of_the_letter_s() -> None:
    found = days(letter("a", deadlines=("2026-11-25",)), a=Record("a", due="2026-12-01"))
    assert list(found) == ["2026-12-01"]


def test_a_closed_letter_is_due_no_more_but_its_meeting_stays() -> None:
    found = days(
        letter("a", deadlines=("2026-11-25",), events=("2026-11-26",)),
        a=Record("a", status=Status.ACTIONED),
    )
    assert found == {"2026-11-26": [(Occasion.EVENT, "a")]}


def test_on_one_day_what_is_due_comes_before_meetings() -> None:
    found = days(
        letter("a", events=("2026-11-25",), deadlines=("2026-11-24",)),
        letter("b", deadlines=("2026-11-25",)),
    )
    assert found["2026-11-25"] == [(Occasion.DUE, "b"), (Occasion.EVENT, "a")]
    assert list(found) == sorted(found)
