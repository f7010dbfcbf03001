"""The office's figures: from rows and the ledger's history, without a store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings, Settings, UserSettings
from tui_inbox.export.handling import handlings
from tui_inbox.export.statistics import UnitFigures, WeekFigures, statistics
from tui_inbox.ledger import Edit, HistoryItem, Op, Record, Status
from tui_inbox.letter import Problem, ProblemCode, Urgency
from tui_inbox.service import Inbox
from tui_inbox.triage import row_of

TODAY = dt.date(2026, 11, 25)  # a Wednesday


def at(day: int, hour: int = 3, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, tzinfo=dt.UTC)


EARLY = at(20)


def row(id: str, received: dt.datetime = EARLY, record: Record | None = None, **fields):
    summary = Summary(
        id=id, path=f"{id}.txt", paths=(f"{id}.txt",), sha256=id, received=received.isoformat(), **fields
    )  # fmt: skip
    return row_of(summary, record, today=TODAY, office=OfficeSettings())


def entry(
    seq: int, when: dt.datetime, kind: Op, *edits: Edit, by: str = "มานี", of: int | None = None
):
    return HistoryItem(seq, kind, by, when, 1, "host", edits, of)


def status(id: str, before: str, after: str) -> Edit:
    return Edit(id, "status", None, before, after)


def test_a_letter_is_handled_by_who_closed_it_until_it_is_opened_again() -> None:
    history = [
        entry(1, at(20), Op.MARK, status("a", "new", "actioned")),
        entry(2, at(21), Op.MARK, status("a", "actioned", "filed"), by="ปิติ"),
        entry(3, at(21), Op.MARK, status("b", "new", "actioned")),
        entry(4, at(22), Op.MARK, status("b", "actioned", "open"), by="ปิติ"),
    ]
    found = handlings(history)
    assert found["a"].closed is not None
    assert (found["a"].closed.by, found["a"].closed.at) == ("มานี", at(20))
    assert found["b"].closed is None


def test_what_is_taken_back_and_done_again_counts_from_the_first_time() -> None:
    done = entry(1, at(20), Op.MARK, status("a", "new", "actioned"))
    undone = entry(2, at(21), Op.UNDO, status("a", "actioned", "new"), of=1)
    redone = entry(3, at(23), Op.REDO, status("a", "new", "actioned"), of=1)
    assert handlings([done, undone])["a"].closed is None
    closed = handlings([done, undone, redone])["a"].closed
    assert closed is not None
    assert closed.at == at(20)


def test_who_has_a_letter_and_when_it_was_registered_is_known() -> None:
    found = handlings(
        [
            entry(1, at(20), Op.ASSIGN, Edit("a", "assignee", None, None, "ปิติ")),
            entry(2, at(21), Op.ASSIGN, Edit("a", "assignee", None, "ปิติ", "ชูใจ"), by="มานะ"),
            entry(3, at(22), Op.REGISTER, Edit("a", "register_number", None, None, 7)),
            entry(4, at(23), Op.UNDO, Edit("a", "assignee", None, "ชูใจ", "ปิติ"), of=2),
        ]
    )["a"]
    assert found.assigned is not None
    assert found.assigned.at == at(20)
    assert found.registered is not None
    assert found.registered.at == at(22)


def test_a_whole_record_that_comes_or_goes_counts_like_its_fields() -> None:
    whole = {"id": "a", "status": "actioned", "assignee": "ปิติ"}
    made = entry(1, at(20), Op.TABLE, Edit("a", "", None, None, whole))
    found = handlings([made])["a"]
    assert found.closed is not None
    assert found.assigned is not None
    gone = handlings([made, entry(2, at(21), Op.TABLE, Edit("a", "", None, whole, None))])["a"]
    assert gone.closed is None
    assert gone.assigned is None


def test_open_letters_are_counted_by_urgency_and_unit() -> None:
    ours = Record("", Status.ASSIGNED, assignee="กลุ่มงานปกครอง")
    rows = [
        row("a", urgency=Urgency.MOST_URGENT, deadlines=("2026-11-24",), record=ours),
        row("b", urgency=Urgency.URGENT, deadlines=("2026-11-25",), record=ours),
        row("c"),
        row("d", record=Record("", Status.ACTIONED, assignee="ปลัด"), deadlines=("2026-11-01",)),
        row("e", problem=Problem(ProblemCode.EMPTY), received=at(2)),
    ]
    found = statistics(rows, {}, today=TODAY)
    assert (found.total, found.open, found.overdue, found.due_today) == (5, 4, 1, 1)
    assert found.problems == 1
    assert found.by_urgency == {
        Urgency.MOST_URGENT: 1,
        Urgency.VERY_URGENT: 0,
        Urgency.URGENT: 1,
        Urgency.NORMAL: 2,
    }
    assert found.by_unit == (UnitFigures("กลุ่มงานปกครอง", 2, 1), UnitFigures(None, 2, 0))
    assert found.oldest_open == dt.date(2026, 11, 2)


def test_weeks_begin_on_monday_at_the_office_and_hold_both_kinds() -> None:
    done = Record("", Status.ACTIONED)
    # Sunday 18:00 UTC is Monday at the office.
    rows = [row("a", at(15, 18), done), row("b", at(15, 3), done), row("c", at(24))]
    handled = handlings(
        [
            entry(1, at(17), Op.MARK, status("a", "new", "actioned")),
            entry(2, at(25), Op.MARK, status("b", "new", "actioned")),
        ]
    )
    found = statistics(rows, handled, today=TODAY, weeks=3)
    assert found.weeks == (
        WeekFigures(dt.date(2026, 11, 9), 1, 0),
        WeekFigures(dt.date(2026, 11, 16), 1, 1),
        WeekFigures(dt.date(2026, 11, 23), 1, 1),
    )
    # One day and ten.
    assert found.median_days == 5.5


def test_there_is_no_median_where_nothing_was_handled_in_those_weeks() -> None:
    rows = [row("a", at(1, month=3), Record("", Status.FILED))]
    handled = handlings([entry(1, at(2, month=3), Op.MARK, status("a", "new", "filed"))])
    assert statistics(rows, handled, today=TODAY).median_days is None
    empty = statistics([], {}, today=TODAY)
    assert (empty.total, empty.median_days, empty.oldest_open) == (0, None, None)


@pytest.fixture
def inbox(tmp_path: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in (Path(__file__).parents[2] / "inbox").glob("*.txt"):
        (folder / sample.name).write_bytes(sample.read_bytes())
    settings = Settings(user=UserSettings(name="สมหญิง"))
    with Inbox.open(folder, settings, cache_dir=tmp_path / "cache", clock=lambda: at(25)) as opened:
        opened.refresh()
        yield opened


def test_an_open_inbox_gives_the_figures_of_now(inbox: Inbox) -> None:
    before = inbox.exports.statistics()
    (id,) = inbox.find("PEA_maetha_1266.txt")
    inbox.mark((id,), Status.ACTIONED)
    after = inbox.exports.statistics()
    assert (after.total, after.open) == (before.total, before.open - 1)
    assert (before.weeks[-1].handled, after.weeks[-1].handled) == (0, 1)
    assert after.median_days == 0.0
    assert (
        msgspec.to_builtins(after)["by_urgency"]["normal"] == before.by_urgency[Urgency.NORMAL] - 1
    )
