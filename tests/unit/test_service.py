from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from tui_inbox.catalogue import Catalogue
from tui_inbox.config import OfficeSettings, Settings, UserSettings, WatchSettings
from tui_inbox.contract import contract_row
from tui_inbox.letter import ProblemCode, Secrecy, Urgency
from tui_inbox.locale import Messages
from tui_inbox.service import ActionFailed, Inbox, InboxUnavailable, Update, opening
from tui_inbox.triage import Addressed, Query, Status, View
from tui_inbox.workers import pool, worker

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)
SETTINGS = Settings(
    user=UserSettings(name="สมหญิง"),
    office=OfficeSettings(name="อำเภอเมืองสุขใจ"),
    watch=WatchSettings(delay=0.05),
)
LIMIT = 20.0


def letter(subject: str, number: str = "อบ ๐๐๒๓.๓/ว ๑๑๐๑", body: str = "เพื่อโปรดทราบ") -> str:
    return f"""ที่ {number}                ศาลากลางจังหวัดสุขใจ
                                 ถนนราชการ สข ๙๙๐๐๐

                       ๒๐ มิถุนายน ๒๕๖๗

เรื่อง {subject}

เรียน นายอำเภอทุกอำเภอ

        ด้วยจังหวัดขอแจ้ง{subject} {body}

        จึงเรียนมาเพื่อโปรดทราบ

                       ขอแสดงความนับถือ

                      (นายสมมุติ ทดสอบ)
                   ผู้ว่าราชการจังหวัดสุขใจ
"""


def wait_for(met: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT
    while not met():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def open_inbox(tmp_path: Path, folder: Path) -> Iterator[Callable[..., Inbox]]:
    opened: list[Inbox] = []

    def make(settings: Settings = SETTINGS, *, cache: str = "cache") -> Inbox:
        inbox = Inbox.open(folder, settings, cache_dir=tmp_path / cache, clock=lambda: NOW)
        opened.append(inbox)
        return inbox

    yield make
    for inbox in opened:
        inbox.close()


@pytest.fixture
def inbox(open_inbox: Callable[..., Inbox]) -> Inbox:
    return open_inbox()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths whose files were opened, by this process alone."""
    monkeypatch.setattr(pool, "cores", lambda: 1)
    seen: list[str] = []
    real = worker.load

    def load(folder: Path, path: str, settings: WatchSettings):
        seen.append(path)
        return real(folder, path, settings)

    monkeypatch.setattr(worker, "load", load)
    return seen


def rows(inbox: Inbox, view: View = View.INBOX, **filters):
    return inbox.board(Query(view=view, **filters)).rows


def only(inbox: Inbox, view: View = View.ALL):
    found = rows(inbox, view)
    assert len(found) == 1, [row.paths for row in found]
    return found[0]


# Looking


def test_letters_in_a_folder_are_rows(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("การจัดงานวันเด็ก"), "utf-8")
    (folder / "2567").mkdir()
    (folder / "2567" / "b.txt").write_text("ด่วนที่สุด\n" + letter("น้ำท่วม"), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    inbox.refresh()
    board = inbox.board(Query())
    assert [row.path for row in board.rows] == ["2567/b.txt", "empty.txt", "a.txt"]
    first = board.rows[0]
    assert first.urgency is Urgency.MOST_URGENT
    assert first.subject == "น้ำท่วม"
    assert first.addressed is Addressed.CLASS
    assert board.rows[1].problem is not None
    assert board.rows[1].problem.code is ProblemCode.EMPTY
    assert board.total == 3
    assert board.views[View.MOST_URGENT] == 1
    assert inbox.row(first.id) == first
    assert inbox.row("nothing") is None
    found = inbox.letter(first.id)
    assert found is not None
    assert found.cover is not None
    text = inbox.text(first.id)
    assert text is not None
    assert text.startswith("ด่วนที่สุด")


def test_the_second_run_reads_nothing_again(
    folder: Path, open_inbox: Callable[..., Inbox], reads: list[str]
) -> None:
    for n in range(5):
        (folder / f"{n}.txt").write_text(letter(f"เรื่องที่ {n}", f"อบ 1/ว {n}"), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    first = open_inbox()
    first.refresh()
    assert sorted(reads) == [*(f"{n}.txt" for n in range(5)), "empty.txt"]
    first.close()
    reads.clear()
    second = open_inbox()
    assert len(rows(second)) == 6
    second.refresh()
    assert reads == []
    (folder / "2.txt").write_text(letter("แก้ไข", "อบ 1/ว 2"), "utf-8")
    second.refresh()
    assert reads == ["2.txt"]


def test_what_looks_as_it_did_is_not_compared_file_by_file(
    folder: Path, open_inbox: Callable[..., Inbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        (folder / f"{n}.txt").write_text(letter(f"เรื่องที่ {n}", f"อบ 1/ว {n}"), "utf-8")
    first = open_inbox()
    first.refresh()
    first.refresh()
    compared: list[int] = []
    real = Catalogue.stamps

    def stamps(catalogue: Catalogue):
        compared.append(1)
        return real(catalogue)

    monkeypatch.setattr(Catalogue, "stamps", stamps)
    again = open_inbox()
    again.refresh()
    assert not compared
    assert len(rows(again)) == 5
    # In place: neither the folder's time nor the size tells.
    text = letter("เรื่องที่ 9", "อบ 1/ว 0")
    (folder / "0.txt").write_text(text, "utf-8")
    os.utime(folder / "0.txt", ns=(1, 1))
    (folder / "1.txt").unlink()
    again.refresh()
    assert compared
    found = rows(again, View.ALL)
    assert {row.subject for row in found if not row.gone} == {f"เรื่องที่ {n}" for n in (9, 2, 3, 4)}
    assert [row.path for row in found if row.gone] == ["1.txt"]


def test_text_is_found_in_the_letter_its_head_its_path_and_its_notes(
    folder: Path, inbox: Inbox
) -> None:
    (folder / "scan-0042.txt").write_text(letter("น้ำท่วมนครศรีธรรมราช", "อบ 1/ว 77"), "utf-8")
    (folder / "b.txt").write_text(letter("วันเด็ก", "อบ 1/ว 88"), "utf-8")
    inbox.refresh()
    target, other = (
        next(row.id for row in rows(inbox) if row.path == name)
        for name in ("scan-0042.txt", "b.txt")
    )
    for text in ("ศรีธรรม", "๗๗", "77", "SCAN-0042", "นํ้าท่วม", "ด้วยจังหวัดขอแจ้งน้ำ"):
        assert [row.id for row in rows(inbox, text=text)] == [target], text
    assert rows(inbox, text="โทรแจ้งกำนันแล้ว") == ()
    inbox.note(other, "โทรแจ้งกำนันแล้ว ๒๒ มิ.ย.")
    assert [row.id for row in rows(inbox, text="กำนันแล้ว 22")] == [other]


def test_counts_of_a_facet_apply_every_filter_but_its_own(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text("ด่วนที่สุด\n" + letter("น้ำท่วม", "อบ 1/ว 1"), "utf-8")
    (folder / "b.txt").write_text("ด่วนมาก\n" + letter("น้ำแล้ง", "อบ 1/ว 2"), "utf-8")
    (folder / "c.txt").write_text(letter("วันเด็ก", "อบ 1/ว 3"), "utf-8")
    inbox.refresh()
    inbox.mark([next(row.id for row in rows(inbox) if row.path == "c.txt")], Status.ACTIONED)
    board = inbox.board(Query(text="น้ำ", urgency=Urgency.MOST_URGENT))
    assert [row.path for row in board.rows] == ["a.txt"]
    assert board.urgencies[Urgency.VERY_URGENT] == 1
    assert board.urgencies[Urgency.NORMAL] == 0
    assert board.views[View.INBOX] == 1
    assert board.views[View.DONE] == 0
    assert inbox.board(Query()).views[View.DONE] == 1
    for view, count in inbox.board(Query()).views.items():
        assert count == len(rows(inbox, view)), view
    senders = dict(inbox.board(Query()).senders)
    for sender, count in senders.items():
        assert count == len(rows(inbox, sender=sender))


def test_find_by_id_path_and_register_number(folder: Path, inbox: Inbox, tmp_path: Path) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    assert inbox.find(id) == (id,)
    assert inbox.find(id[:8].upper()) == (id,)
    assert inbox.find("a.txt") == (id,)
    assert inbox.find("./a.txt") == (id,)
    assert inbox.find(str(folder / "a.txt")) == (id,)
    assert inbox.find("zzzz") == ()
    assert inbox.find("") == ()
    assert inbox.find("a\0b") == ()


def test_received_is_the_files_time_at_first_and_the_clocks_later(
    folder: Path, inbox: Inbox
) -> None:
    (folder / "old.txt").write_text(letter("เก่า", "อบ 1/ว 1"), "utf-8")
    os.utime(folder / "old.txt", (1_700_000_000, 1_700_000_000))
    (folder / "future.txt").write_text(letter("อนาคต", "อบ 1/ว 2"), "utf-8")
    os.utime(folder / "future.txt", (4_000_000_000, 4_000_000_000))
    inbox.refresh()
    (folder / "new.txt").write_text(letter("ใหม่", "อบ 1/ว 3"), "utf-8")
    os.utime(folder / "new.txt", (1_700_000_000, 1_700_000_000))
    inbox.refresh()
    received = {row.path: row.received for row in rows(inbox)}
    assert received["old.txt"] == "2023-11-14T22:13:20.000Z"
    assert received["future.txt"] == "2024-06-21T03:00:00.000Z"
    assert received["new.txt"] == "2024-06-21T03:00:00.000Z"


# Identity


def test_a_renamed_letter_keeps_its_notes(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    inbox.note(id, "โทรแล้ว")
    (folder / "2567").mkdir()
    (folder / "a.txt").rename(folder / "2567" / "b.txt")
    inbox.refresh()
    row = only(inbox)
    assert (row.id, row.paths, row.notes, row.gone) == (id, ("2567/b.txt",), 1, False)


def test_the_same_content_twice_is_one_letter(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    shutil.copy(folder / "a.txt", folder / "b.txt")
    inbox.refresh()
    assert only(inbox).paths == ("a.txt", "b.txt")


def test_an_amended_letter_comes_back_open_with_its_history(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("ประชุม"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    inbox.mark([id], Status.ACTIONED, note="แจ้งแล้ว")
    (folder / "a.txt").write_text(letter("ประชุม (แก้ไขวันที่)"), "utf-8")
    inbox.refresh()
    row = only(inbox)
    assert (row.id, row.amended, row.status, row.notes) == (id, True, Status.OPEN, 1)
    assert row.subject == "ประชุม (แก้ไขวันที่)"
    assert len(inbox.history(id)) >= 2
    inbox.mark([id], Status.FILED)
    inbox.refresh()
    assert only(inbox).status is Status.FILED


def test_one_of_two_copies_amended_is_a_letter_of_its_own(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    shutil.copy(folder / "a.txt", folder / "b.txt")
    inbox.refresh()
    id = only(inbox).id
    (folder / "b.txt").write_text(letter("สอง"), "utf-8")
    inbox.refresh()
    assert {row.id == id: row.paths for row in rows(inbox)} == {
        True: ("a.txt",),
        False: ("b.txt",),
    }


def test_renamed_while_another_takes_its_name(folder: Path, inbox: Inbox) -> None:
    (folder / "scan.txt").write_text(letter("หนึ่ง", "อบ 1/ว 1"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    inbox.note(id, "ของฉบับแรก")
    (folder / "scan.txt").rename(folder / "z-old.txt")
    (folder / "scan.txt").write_text(letter("สอง", "อบ 1/ว 2"), "utf-8")
    inbox.refresh()
    found = {row.path: (row.id == id, row.notes, row.amended) for row in rows(inbox)}
    assert found == {"z-old.txt": (True, 1, False), "scan.txt": (False, 0, False)}


def test_swapped_names_swap_nothing_else(folder: Path, inbox: Inbox) -> None:
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(letter(f"เรื่อง {name}", f"อบ 1/ว {ord(name)}"), "utf-8")
    inbox.refresh()
    ids = {row.path: row.id for row in rows(inbox)}
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "b.txt").rename(folder / "a.txt")
    (folder / "c.txt").rename(folder / "b.txt")
    inbox.refresh()
    assert {row.path: row.id for row in rows(inbox)} == {
        "a.txt": ids["b.txt"],
        "b.txt": ids["a.txt"],
    }
    assert not any(row.amended for row in rows(inbox))


def test_gone_is_shown_as_gone_and_back_again_is_the_same_letter(
    folder: Path, open_inbox: Callable[..., Inbox]
) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง", "อบ 1/ว 1"), "utf-8")
    (folder / "b.txt").write_text(letter("สอง", "อบ 1/ว 2"), "utf-8")
    inbox = open_inbox()
    inbox.refresh()
    ids = {row.path: row.id for row in rows(inbox)}
    inbox.note(ids["a.txt"], "โทรแล้ว")
    content = (folder / "a.txt").read_bytes()
    (folder / "a.txt").unlink()
    (folder / "b.txt").unlink()
    inbox.refresh()
    assert all(row.gone for row in rows(inbox))
    inbox.close()
    again = open_inbox()
    again.refresh()
    row = only(again)
    assert (row.id, row.gone, row.notes) == (ids["a.txt"], True, 1)
    assert again.text(row.id) is not None
    (folder / "elsewhere.txt").write_bytes(content)
    again.refresh()
    row = only(again)
    assert (row.id, row.gone, row.notes) == (ids["a.txt"], False, 1)


def test_a_name_used_again_for_another_letter_is_not_the_one_that_is_gone(
    folder: Path, inbox: Inbox
) -> None:
    (folder / "scan.txt").write_text(letter("หนึ่ง", "อบ 1/ว 1"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    inbox.mark([id], Status.FILED)
    (folder / "scan.txt").unlink()
    inbox.refresh()
    (folder / "scan.txt").write_text(letter("สอง", "อบ 1/ว 2"), "utf-8")
    inbox.refresh()
    found = {row.id == id: (row.status, row.gone) for row in rows(inbox, View.ALL)}
    assert found == {True: (Status.FILED, True), False: (Status.NEW, False)}


def test_identity_survives_the_loss_of_the_catalogue(
    folder: Path, open_inbox: Callable[..., Inbox], tmp_path: Path
) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    first = open_inbox()
    first.refresh()
    id = only(first).id
    first.mark([id], Status.ACTIONED)
    (folder / "a.txt").write_text(letter("หนึ่ง แก้ไข"), "utf-8")
    first.refresh()
    first.mark([id], Status.FILED, note="เรียบร้อย")
    first.close()
    shutil.rmtree(tmp_path / "cache")
    (folder / "a.txt").rename(folder / "renamed.txt")
    again = open_inbox()
    again.refresh()
    row = only(again)
    assert (row.id, row.status, row.notes, row.path) == (id, Status.FILED, 1, "renamed.txt")
    again.close()
    shutil.rmtree(tmp_path / "cache")
    (folder / "renamed.txt").write_text(letter("หนึ่ง แก้ไขอีก"), "utf-8")
    third = open_inbox()
    third.refresh()
    row = only(third)
    assert (row.id, row.status, row.amended) == (id, Status.OPEN, True)


def test_notes_on_an_unreadable_file_stay_when_it_is_read(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_bytes(b"")
    inbox.refresh()
    id = only(inbox).id
    assert id.startswith("!")
    assert inbox.find(id) == (id,)
    inbox.mark([id], Status.FILED, note="ไฟล์ว่าง ขอใหม่แล้ว")
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    inbox.refresh()
    row = only(inbox)
    assert (row.id, row.notes, row.status, row.problem) == (id, 1, Status.OPEN, None)
    assert row.subject == "หนึ่ง"


# Secret letters


def test_a_secret_letter_is_read_from_its_file_and_never_kept(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    words = "แผนการย้ายคลังเก็บ"
    (folder / "s.txt").write_text("ลับ\n" + letter(words, "กห ๐๓๐๑/๕๕"), "utf-8")
    inbox.refresh()
    row = only(inbox)
    assert row.secrecy is Secrecy.CONFIDENTIAL
    assert row.subject is None
    assert row.reason.code == "secret"
    assert rows(inbox, text="ย้ายคลัง") == ()
    found = inbox.letter(row.id)
    assert found is not None
    assert found.cover is not None
    assert found.cover.subject == words
    text = inbox.text(row.id)
    assert text is not None
    assert words in text
    for file in (tmp_path / "cache").iterdir():
        assert words.encode() not in file.read_bytes()
    (folder / "s.txt").unlink()
    inbox.refresh()
    kept = inbox.letter(row.id)
    assert kept is not None
    assert kept.cover is not None
    assert kept.cover.subject is None
    assert inbox.text(row.id) is None


# Deciding


def test_decisions_show_at_once_and_can_be_taken_back(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    inbox.refresh()
    id = only(inbox).id
    inbox.assign([id], "สมหญิง")
    inbox.due([id], dt.date(2024, 6, 22))
    inbox.tag([id], add=["งบประมาณ"])
    row = only(inbox)
    assert (row.status, row.assignee, row.due) == (
        Status.ASSIGNED,
        "สมหญิง",
        dt.date(2024, 6, 22),
    )
    assert [found.id for found in rows(inbox, View.MINE)] == [id]
    change = inbox.mark([id], Status.ACTIONED)
    assert change.ids == (id,)
    assert rows(inbox) == ()
    assert inbox.undo() is not None
    assert only(inbox).status is Status.ASSIGNED
    assert inbox.redo() is not None
    assert only(inbox).status is Status.ACTIONED
    assert inbox.record(id).tags == ("งบประมาณ",)


def test_an_unknown_letter_takes_no_decision(inbox: Inbox) -> None:
    with pytest.raises(ActionFailed) as caught:
        inbox.note("f" * 64, "ข้อความ")
    assert caught.value.code == "unknown_letter"


def test_days_begin_in_thailand(folder: Path, tmp_path: Path) -> None:
    """18:00 UTC is already tomorrow."""
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    moment = [dt.datetime(2024, 6, 21, 16, 59, tzinfo=dt.UTC)]
    with Inbox.open(folder, SETTINGS, cache_dir=tmp_path / "c", clock=lambda: moment[0]) as inbox:
        inbox.refresh()
        id = only(inbox).id
        inbox.due([id], dt.date(2024, 6, 21))
        assert only(inbox).reason.code == "due_today"
        moment[0] += dt.timedelta(minutes=2)
        assert only(inbox).reason.code == "overdue"
        assert inbox.board(Query()).views[View.OVERDUE] == 1


# Watching


def test_a_letter_dropped_in_while_watching_appears(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง", "อบ 1/ว 1"), "utf-8")
    updates: list[Update] = []
    inbox.watch(updates.append)
    wait_for(lambda: len(rows(inbox)) == 1)
    wait_for(lambda: inbox.status.scanned)
    (folder / ".b.part").write_text(letter("สอง", "อบ 1/ว 2"), "utf-8")
    (folder / ".b.part").rename(folder / "b.txt")
    wait_for(lambda: len(rows(inbox)) == 2)
    new = next(row.id for row in rows(inbox) if row.path == "b.txt")
    wait_for(lambda: any(new in update.arrived and new in update.ids for update in updates))
    (folder / "b.txt").unlink()
    wait_for(lambda: any(row.gone for row in rows(inbox)))
    status = inbox.status
    assert (status.online, status.known) == (True, 2)
    assert status.mode in ("native", "poll")
    with pytest.raises(RuntimeError):
        inbox.watch(updates.append)


def test_an_action_of_another_process_shows_within_a_second_or_so(
    folder: Path, open_inbox: Callable[..., Inbox]
) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    here, there = open_inbox(), open_inbox(cache="other-cache")
    there.refresh()
    updates: list[Update] = []
    here.watch(updates.append)
    wait_for(lambda: len(rows(here)) == 1)
    id = only(here).id
    there.mark([id], Status.ACTIONED, note="ทำแล้ว")
    wait_for(lambda: rows(here) == ())
    wait_for(lambda: any(id in update.ids for update in updates))
    assert only(here).notes == 1


def test_own_actions_are_no_news(folder: Path, inbox: Inbox) -> None:
    assert rows(inbox) == ()
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    updates: list[Update] = []
    inbox.watch(updates.append)
    wait_for(lambda: inbox.status.scanned and len(rows(inbox)) == 1)
    id = only(inbox).id
    wait_for(lambda: any(id in update.ids for update in updates))
    updates.clear()
    inbox.note(id, "โทรแล้ว")
    assert only(inbox).notes == 1
    inbox.rescan()
    time.sleep(1.2)
    assert not any(id in update.ids for update in updates)


def test_listener_is_called_one_at_a_time(folder: Path, inbox: Inbox) -> None:
    busy = threading.Lock()
    clashes: list[Update] = []

    def listener(update: Update) -> None:
        if not busy.acquire(blocking=False):
            clashes.append(update)
            return
        time.sleep(0.002)
        busy.release()

    inbox.watch(listener)
    for n in range(150):
        (folder / f"{n}.txt").write_text(letter(f"เรื่องที่ {n}", f"อบ 1/ว {n}"), "utf-8")
    wait_for(lambda: len(rows(inbox)) == 150)
    assert clashes == []


# Unavailable


@pytest.mark.parametrize(("make", "code"), [("missing", "missing"), ("file", "not_a_folder")])
def test_an_inbox_that_cannot_be_opened_says_why(tmp_path: Path, make: str, code: str) -> None:
    where = tmp_path / "there"
    if make == "file":
        where.write_text("x", "utf-8")
    with pytest.raises(InboxUnavailable) as caught:
        Inbox.open(where, SETTINGS, cache_dir=tmp_path / "cache")
    assert (caught.value.code, caught.value.details) == (code, {"path": str(where)})


def test_closing_twice_is_harmless(inbox: Inbox) -> None:
    inbox.watch(lambda update: None)
    inbox.close()
    inbox.close()


# Files that are no letters, and files that are not done yet


def test_every_sort_of_unreadable_file_is_a_row_with_a_reason(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    (tmp_path / "outside.txt").write_text("นอกกล่อง", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "large.txt").write_bytes(b"x" * (SETTINGS.watch.max_bytes + 1))
    os.mkfifo(folder / "fifo.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "outside.txt")
    inbox.refresh()
    found = {row.path: row for row in rows(inbox, View.PROBLEMS)}
    assert {path: row.problem.code for path, row in found.items() if row.problem} == {
        "empty.txt": ProblemCode.EMPTY,
        "binary.txt": ProblemCode.NOT_TEXT,
        "large.txt": ProblemCode.TOO_LARGE,
        "fifo.txt": ProblemCode.NOT_REGULAR,
        "dangling.txt": ProblemCode.MISSING,
        "outside.txt": ProblemCode.OUTSIDE,
    }
    for language in ("th", "en"):
        for row in found.values():
            assert contract_row(row, Messages(language))["problem"]
    assert inbox.letter(found["empty.txt"].id) is None
    assert inbox.status.problems == 6
    for name in found:
        (folder / name).unlink()
    inbox.refresh()
    assert rows(inbox, View.ALL) == ()


def test_retry_reads_a_file_again_though_its_stamp_is_the_same(
    folder: Path, inbox: Inbox, reads: list[str]
) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    (folder / "e.txt").write_bytes(b"")
    inbox.refresh()
    reads.clear()
    inbox.retry(next(row.id for row in rows(inbox, View.PROBLEMS)))
    assert reads == ["e.txt"]
    (folder / "e.txt").unlink()
    inbox.retry(next(row.id for row in rows(inbox, View.PROBLEMS)))
    assert rows(inbox, View.PROBLEMS) == ()
    inbox.retry("nothing")


def test_a_touched_file_is_not_a_new_letter(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    inbox.refresh()
    before = only(inbox)
    os.utime(folder / "a.txt", (1_700_000_000, 1_700_000_000))
    inbox.refresh()
    assert only(inbox) == before


def test_a_file_that_grows_is_a_row_that_says_so(folder: Path, open_inbox) -> None:
    inbox = open_inbox(msgspec.structs.replace(SETTINGS, watch=WatchSettings(delay=0.4)))
    inbox.watch(lambda update: None)
    wait_for(lambda: inbox.status.scanned)
    seen: set[str] = set()
    with (folder / "slow.txt").open("w", encoding="utf-8") as file:
        file.write(letter("ค่อย ๆ มา"))

        def grows() -> bool:
            file.write("อีกบรรทัด\n")
            file.flush()
            seen.update(row.reason.code for row in rows(inbox))
            return bool(seen)

        wait_for(grows)
    assert seen == {"growing"}
    wait_for(lambda: [row.subject for row in rows(inbox)] == ["ค่อย ๆ มา"])
    row = only(inbox)
    assert (row.growing, row.problem, row.id) == (None, None, row.sha256)


def test_a_file_being_written_during_a_scan_is_not_taken_for_a_letter(
    folder: Path, inbox: Inbox
) -> None:
    stop = threading.Event()

    def write() -> None:
        with (folder / "slow.txt").open("w", encoding="utf-8") as file:
            file.write(letter("ค่อย ๆ มา"))
            while not stop.wait(0.005):
                file.write("อีกบรรทัด\n")
                file.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        wait_for(lambda: (folder / "slow.txt").exists())
        inbox.refresh()
        assert only(inbox).reason.code == "growing"
    finally:
        stop.set()
        writer.join()
    inbox.refresh()
    row = only(inbox)
    assert (row.subject, row.amended) == ("ค่อย ๆ มา", False)


def test_a_folder_that_goes_and_comes_back_while_watched(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง", "อบ 1/ว 1"), "utf-8")
    updates: list[Update] = []
    inbox.watch(updates.append)
    wait_for(lambda: inbox.status.scanned and len(rows(inbox)) == 1)
    away = folder.with_name("away")
    folder.rename(away)
    wait_for(lambda: not inbox.status.online)
    assert not only(inbox).gone
    wait_for(lambda: any(update.status_changed for update in updates))
    (away / "b.txt").write_text(letter("สอง", "อบ 1/ว 2"), "utf-8")
    away.rename(folder)
    wait_for(lambda: inbox.status.online and len(rows(inbox)) == 2)
    assert not any(row.gone for row in rows(inbox))


def test_two_screens_on_one_cache_see_the_same(
    folder: Path, open_inbox: Callable[..., Inbox]
) -> None:
    here, there = open_inbox(), open_inbox()
    here.watch(lambda update: None)
    there.watch(lambda update: None)
    for n in range(30):
        (folder / f"{n}.txt").write_text(letter(f"เรื่องที่ {n}", f"อบ 1/ว {n}"), "utf-8")
    wait_for(lambda: len(rows(here)) == len(rows(there)) == 30)
    id = rows(here)[0].id
    here.mark([id], Status.ACTIONED)
    there.note(id, "จากอีกเครื่อง")
    wait_for(lambda: len(rows(there)) == len(rows(here)) == 29)
    wait_for(lambda: rows(here, View.DONE)[0].notes == 1)
    (folder / "7.txt").write_text(letter("เรื่องที่ 7 แก้ไข", "อบ 1/ว 7"), "utf-8")
    wait_for(lambda: any(row.amended for row in rows(here)))
    wait_for(lambda: any(row.amended for row in rows(there)))
    assert {row.id for row in rows(here)} == {row.id for row in rows(there)}


def test_other_office_names_read_the_letters_anew(
    folder: Path, open_inbox: Callable[..., Inbox], reads: list[str]
) -> None:
    (folder / "a.txt").write_text(letter("หนึ่ง"), "utf-8")
    first = open_inbox()
    first.refresh()
    first.close()
    reads.clear()
    other = msgspec.structs.replace(SETTINGS, office=OfficeSettings(name="อำเภออื่น"))
    second = open_inbox(other)
    second.refresh()
    assert reads == ["a.txt"]
    assert second.status.rebuilt


def test_another_installation_of_the_same_rules_reads_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = Path(opening.__file__).parent.parent
    own = opening.reader(SETTINGS)
    for part in ("reading", "thai"):
        shutil.copytree(package / part, tmp_path / part, copy_function=shutil.copyfile)
    monkeypatch.setattr(opening, "__file__", str(tmp_path / "service" / "opening.py"))
    assert opening.reader(SETTINGS) == own
    with (tmp_path / "thai" / "dates.py").open("a", encoding="utf-8") as rules:
        rules.write("# another rule\n")
    assert opening.reader(SETTINGS) != own


def test_a_name_that_is_no_text_is_only_not_found(folder: Path, inbox: Inbox) -> None:
    (folder / "a.txt").write_text(letter("ขอเชิญประชุม"), encoding="utf-8")
    odd = os.fsdecode(b"h\xff.txt")
    (folder / odd).write_text(letter("ชื่อแปลก"), encoding="utf-8")
    inbox.refresh()
    rows = inbox.board(Query(view=View.ALL)).rows
    assert inbox.find("\udcff") == ()
    assert inbox.find("\ud800") == ()
    (found,) = inbox.find(odd)
    assert inbox.board(Query(view=View.ALL)).rows == rows
    assert found in {row.id for row in rows}


def test_an_index_that_is_kept_busy_is_said(
    folder: Path, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox.refresh()
    (folder / "new.txt").write_text(letter("ขอเชิญประชุม"), encoding="utf-8")
    (file,) = (tmp_path / "cache").glob("*.sqlite")
    monkeypatch.setattr("tui_inbox.catalogue.schema.BUSY_SECONDS", 0.05)
    with Inbox.open(folder, SETTINGS, cache_dir=tmp_path / "cache") as other:
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ActionFailed) as failure:
            other.refresh()
        assert failure.value.code == "index_busy"
        holder.execute("ROLLBACK")
        holder.close()
        other.refresh()
        assert len(other.board(Query(view=View.ALL)).rows) == 1
