"""What people decide through the service: registers, filing, taking back, the history."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.config import OfficeSettings, Settings, UserSettings
from tui_inbox.letter import Document, Kind, Letter, Receipt
from tui_inbox.service import ActionFailed, Inbox, Op
from tui_inbox.service.stamps import own_number
from tui_inbox.triage import Query, Status, View

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)
OFFICE = "อำเภอเมืองสุขใจ"


def settings(name: str = "สมหญิง") -> Settings:
    return Settings(user=UserSettings(name=name), office=OfficeSettings(name=OFFICE))


STAMP = """อำเภอเมืองสุขใจ
เลขที่รับ {number}
วันที่ ๑๙ มิ.ย. ๒๕๖๖
เวลา ๐๙.๓๐ น.

"""


def letter(subject: str, stamp: str | None = None) -> str:
    return (
        (STAMP.format(number=stamp) if stamp else "")
        + f"""ที่ อบ ๐๐๒๓.๓/ว ๑๑๐๑

                       ๑๘ มิถุนายน ๒๕๖๖

เรื่อง {subject}

เรียน นายอำเภอทุกอำเภอ

        ด้วยจังหวัดขอแจ้ง{subject}

        จึงเรียนมาเพื่อโปรดทราบ
"""
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    for name in ("หนึ่ง", "สอง", "สาม"):
        (made / f"{name}.txt").write_text(letter(name), "utf-8")
    return made


@pytest.fixture
def inbox(tmp_path: Path, folder: Path) -> Iterator[Inbox]:
    with Inbox.open(folder, settings(), cache_dir=tmp_path / "c", clock=lambda: NOW) as opened:
        opened.refresh()
        yield opened


@pytest.fixture
def other(tmp_path: Path, folder: Path, inbox: Inbox) -> Iterator[Inbox]:
    with Inbox.open(
        folder, settings("มานะ"), cache_dir=tmp_path / "o", clock=lambda: NOW
    ) as opened:
        opened.refresh()
        yield opened


def ids(inbox: Inbox) -> list[str]:
    return [row.id for row in inbox.board(Query(view=View.ALL)).rows]


def numbers(inbox: Inbox, wanted: list[str]) -> list[tuple[int | None, int | None]]:
    records = map(inbox.record, wanted)
    return [(record.register_year, record.register_number) for record in records]


def test_letters_get_the_next_numbers_of_this_year_in_one_step(inbox: Inbox) -> None:
    first, second, third = ids(inbox)
    inbox.register([second])
    change = inbox.register([first, second, third])
    assert change.ids == (first, third)
    assert numbers(inbox, [second, first, third]) == [(2024, 1), (2024, 2), (2024, 3)]
    row = inbox.row(third)
    assert row is not None
    assert (row.register_year, row.register_number) == (2024, 3)
    assert inbox.find("3/2567") == (third,)
    inbox.undo()
    assert numbers(inbox, [first, second, third]) == [(None, None), (2024, 1), (None, None)]


def test_the_year_begins_in_thailand(folder: Path, tmp_path: Path) -> None:
    eve = dt.datetime(2024, 12, 31, 17, 0, tzinfo=dt.UTC)
    with Inbox.open(folder, settings(), cache_dir=tmp_path / "c", clock=lambda: eve) as inbox:
        inbox.refresh()
        inbox.register(ids(inbox)[:1])
        assert numbers(inbox, ids(inbox)[:1]) == [(2025, 1)]


def test_the_number_of_the_offices_own_stamp_is_taken_over(folder: Path, inbox: Inbox) -> None:
    (folder / "รับแล้ว.txt").write_text(letter("รับแล้ว", "๔๖๘"), "utf-8")
    inbox.refresh()
    (stamped,) = inbox.find("รับแล้ว.txt")
    plain = ids(inbox)[0]
    inbox.register([plain, stamped])
    assert numbers(inbox, [plain, stamped]) == [(2024, 1), (2023, 468)]
    inbox.undo()
    inbox.register([plain, stamped], from_stamp=False)
    assert numbers(inbox, [plain, stamped]) == [(2024, 1), (2024, 2)]
    inbox.undo()
    inbox.register([plain, stamped], 2024, 77)
    assert numbers(inbox, [plain, stamped]) == [(2024, 77), (2024, 78)]


def test_a_stamp_of_a_year_that_has_not_come_is_not_believed(folder: Path, inbox: Inbox) -> None:
    text = letter("รับแล้ว", "๔๖๘").replace("๒๕๖๖\nเวลา", "๒๕๘๖\nเวลา")
    (folder / "รับแล้ว.txt").write_text(text, "utf-8")
    inbox.refresh()
    (stamped,) = inbox.find("รับแล้ว.txt")
    read = inbox.letter(stamped)
    assert read is not None
    assert own_number(read, (OFFICE,)) == (2043, 468)
    inbox.register([stamped])
    assert numbers(inbox, [stamped]) == [(2024, 1)]


def test_a_stamps_number_that_another_letter_has_is_refused_whole(
    folder: Path, inbox: Inbox
) -> None:
    (folder / "รับแล้ว.txt").write_text(letter("รับแล้ว", "๔๖๘"), "utf-8")
    inbox.refresh()
    (stamped,) = inbox.find("รับแล้ว.txt")
    first, second, *_ = (id for id in ids(inbox) if id != stamped)
    inbox.register([first], 2023, 468)
    with pytest.raises(ActionFailed) as refused:
        inbox.register([second, stamped])
    assert (refused.value.code, refused.value.details["detail"]) == ("register_taken", "468/2023")
    assert numbers(inbox, [second, stamped]) == [(None, None)] * 2


@pytest.mark.parametrize(
    ("receipts", "found"),
    [
        ([("12", "2024-06-20", OFFICE)], (2024, 12)),
        ([("12/2567", "2024-06-20", f"ที่ว่าการ{OFFICE}")], (2024, 12)),
        ([("12", "2024-06-20", "จังหวัดสุขใจ")], None),
        ([("12", "2024-06-20", None)], None),
        ([("12", None, OFFICE)], None),
        ([(None, "2024-06-20", OFFICE)], None),
        ([("0", "2024-06-20", OFFICE)], None),
        ([("ก 12", "2024-06-20", OFFICE)], None),
        ([("9", "2024-06-19", "จังหวัดสุขใจ"), ("12", "2024-06-20", OFFICE)], (2024, 12)),
        ([("9", "2024-06-20", f"งานธุรการ {OFFICE}"), ("12", "2024-06-20", OFFICE)], (2024, 12)),
        ([("9", "2024-06-20", OFFICE), ("12", "2024-06-20", OFFICE)], None),
    ],
)
def test_only_a_stamp_that_is_surely_the_offices_own_counts(receipts, found) -> None:
    stamps = tuple(Receipt(number, date, None, office) for number, date, office in receipts)
    cover = Document(kind=Kind.EXTERNAL_LETTER, span=(0, 1), receipts=stamps)
    assert own_number(Letter("0" * 64, "utf-8", (cover,)), (OFFICE,)) == found
    assert own_number(Letter("0" * 64, "utf-8", (cover,)), ()) is None


def test_a_filed_letter_is_done_and_can_be_opened_again(inbox: Inbox) -> None:
    id = ids(inbox)[0]
    inbox.mark([id], Status.FILED)
    assert [row.id for row in inbox.board(Query(view=View.DONE)).rows] == [id]
    inbox.mark([id], Status.OPEN)
    assert inbox.board(Query(view=View.DONE)).rows == ()


def test_the_history_of_the_whole_inbox(inbox: Inbox, other: Inbox) -> None:
    first, second, _ = ids(inbox)
    inbox.note(first, "หนึ่ง")
    other.mark([first, second], Status.ACTIONED)
    inbox.undo()
    told = [item for item in inbox.history() if item.kind is not Op.IDENTIFY]
    assert [(item.author, item.kind) for item in told] == [
        ("สมหญิง", Op.NOTE), ("มานะ", Op.MARK), ("สมหญิง", Op.UNDO),
    ]  # fmt: skip
    assert {edit.id for edit in told[1].edits} == {first, second}
    assert inbox.history(limit=2) == inbox.history()[-2:]


@pytest.mark.parametrize("redo", [False, True])
def test_an_undo_that_others_built_on_shows_both_and_loses_nothing(
    inbox: Inbox, other: Inbox, redo: bool
) -> None:
    first, second, _ = ids(inbox)
    mine = inbox.mark([first, second], Status.ACTIONED)
    if redo:
        inbox.undo()
    other.mark([first], Status.FILED)
    with pytest.raises(ActionFailed) as refused:
        inbox.redo() if redo else inbox.undo()
    assert refused.value.code == ("redo_conflict" if redo else "undo_conflict")
    (conflict,) = refused.value.conflicts
    assert (conflict.id, conflict.field) == (first, "status")
    assert (conflict.expected, conflict.current) == ("new" if redo else "actioned", "filed")
    assert (conflict.by, conflict.at) == ("มานะ", NOW)
    assert [inbox.record(id).status for id in (first, second)] == [
        Status.FILED,
        Status.NEW if redo else Status.ACTIONED,
    ]
    # Once the other has taken it back, so can I.
    other.undo()
    change = inbox.redo() if redo else inbox.undo()
    assert change is not None
    assert change.of == mine.seq


def test_a_certain_action_can_be_taken_back(inbox: Inbox) -> None:
    first, second, _ = ids(inbox)
    wanted = inbox.mark([first], Status.ACTIONED)
    inbox.mark([second], Status.ACTIONED)
    change = inbox.undo(wanted.seq)
    assert change is not None
    assert change.of == wanted.seq
    assert [inbox.record(id).status for id in (first, second)] == [Status.NEW, Status.ACTIONED]
    with pytest.raises(ActionFailed) as refused:
        inbox.undo(wanted.seq)
    assert refused.value.code == "not_undoable"


def test_where_the_index_is_busy_a_decision_is_refused_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(letter("ประชุม"), encoding="utf-8")
    with Inbox.open(tmp_path, settings(), cache_dir=tmp_path / "cache") as inbox:
        inbox.refresh()
        (id,) = inbox.ids()

        def busy(_: str) -> None:
            raise sqlite3.OperationalError("database is locked")

        monkeypatch.setattr(inbox._catalogue, "summary", busy)
        with pytest.raises(ActionFailed) as refused:
            inbox.note(id, "โทรแล้ว")
        assert refused.value.code == "index_busy"
        assert inbox.record(id).notes == ()
