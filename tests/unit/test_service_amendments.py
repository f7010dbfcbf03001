"""What changed in a letter whose file came with another content."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.cli import main
from tui_inbox.config import Settings, WatchSettings
from tui_inbox.letter import Deadline
from tui_inbox.service import FieldChange, Inbox
from tui_inbox.triage import Query, View

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SETTINGS = Settings(watch=WatchSettings(delay=0.05))


def letter(
    subject: str = "ขอให้รายงานผล",
    number: str = "ลพ 0021/ว 101",
    *,
    day: int = 27,
    head: str = "",
    greeting: str = "ด้วย",
) -> str:
    return (
        f"{head}ที่ {number}\nศาลากลางจังหวัดลำพูน\nถนนอินทยงยศ ลพ 51000\n\n20 พฤศจิกายน 2569\n\n"
        f"เรื่อง {subject}\n\nเรียน นายอำเภอแม่ทา\n\n{greeting}จังหวัดลำพูนขอแจ้งให้ทราบ\n\n"
        f"จึงขอให้อำเภอรายงานผลการดำเนินงานให้จังหวัดทราบ ภายในวันที่ {day} พฤศจิกายน 2569\n\n"
        "ขอแสดงความนับถือ\n\n(นายสมมุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัดลำพูน\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def inbox(folder: Path, tmp_path: Path) -> Iterator[Inbox]:
    with Inbox.open(folder, SETTINGS, cache_dir=tmp_path / "cache", clock=lambda: NOW) as opened:
        yield opened


def put(folder: Path, inbox: Inbox, text: str, name: str = "a.txt") -> str:
    (folder / name).write_text(text, "utf-8")
    inbox.refresh()
    (row,) = inbox.board(Query(view=View.ALL)).rows
    return row.id


def named(changes: tuple[FieldChange, ...]) -> dict[str, FieldChange]:
    return {change.field: change for change in changes}


def test_the_fields_that_changed_are_told_with_both_values(folder: Path, inbox: Inbox) -> None:
    id = put(folder, inbox, letter())
    assert inbox.amendments(id) == ()
    assert put(folder, inbox, letter("ขอให้รายงานผล (แก้ไข)", head="ด่วนที่สุด\n", day=25)) == id
    (amendment,) = inbox.amendments(id)
    assert amendment.at == "2026-11-23T02:00:00.000Z"
    found = named(amendment.changes)
    assert found["subject"] == FieldChange("subject", ("ขอให้รายงานผล",), ("ขอให้รายงานผล (แก้ไข)",))
    assert found["urgency"] == FieldChange("urgency", ("normal",), ("most_urgent",))
    (before,), (after,) = found["deadlines"].removed, found["deadlines"].added
    assert isinstance(before, Deadline)
    assert isinstance(after, Deadline)
    assert (before.date, after.date) == ("2026-11-27", "2026-11-25")
    # What stayed is not named.
    assert not {"number", "date", "sender", "recipients", "signatory"} & found.keys()


def test_another_wording_changes_no_field(folder: Path, inbox: Inbox) -> None:
    id = put(folder, inbox, letter())
    put(folder, inbox, letter(greeting="ตามที่ทราบแล้วนั้น "))
    (amendment,) = inbox.amendments(id)
    assert amendment.changes == ()


def test_a_letter_that_changes_to_and_fro_is_told_each_time_the_newest_first(
    folder: Path, inbox: Inbox
) -> None:
    id = put(folder, inbox, letter("หนึ่ง"))
    put(folder, inbox, letter("สอง"))
    put(folder, inbox, letter("หนึ่ง"))
    subjects = [named(one.changes)["subject"] for one in inbox.amendments(id)]
    assert subjects == [
        FieldChange("subject", ("สอง",), ("หนึ่ง",)),
        FieldChange("subject", ("หนึ่ง",), ("สอง",)),
    ]


def test_a_rename_or_a_touch_is_no_amendment(folder: Path, inbox: Inbox) -> None:
    id = put(folder, inbox, letter())
    (folder / "a.txt").rename(folder / "b.txt")
    inbox.refresh()
    (folder / "b.txt").touch()
    inbox.refresh()
    shutil.copy(folder / "b.txt", folder / "c.txt")
    inbox.refresh()
    assert inbox.amendments(id) == ()


@pytest.mark.parametrize("secret", ["before", "after", "both", "later"])
def test_of_a_secret_letter_no_words_are_told(folder: Path, inbox: Inbox, secret: str) -> None:
    before, after = ("ลับ\n" if secret in (when, "both") else "" for when in ("before", "after"))
    id = put(folder, inbox, letter("แผนย้ายคลังเก็บ", head=before))
    put(folder, inbox, letter("แผนย้ายโรงเก็บ", number="ลพ 0021/ว 102", day=25, head=after))
    if secret == "later":
        put(folder, inbox, letter("แผนย้ายโรงเก็บ", number="ลพ 0021/ว 102", day=25, head="ลับ\n"))
    told = [change for one in inbox.amendments(id) for change in one.changes]
    assert {change.field for change in told} <= {"number", "deadlines", "secrecy"}
    assert FieldChange("number", ("ลพ 0021/ว 101",), ("ลพ 0021/ว 102",)) in told
    assert "คลัง" not in repr(told)
    assert "ภายใน" not in repr(told)


def test_a_lost_index_loses_what_it_was_before_and_nothing_else(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    id = put(folder, inbox, letter())
    inbox.note(id, "โทรแล้ว")
    put(folder, inbox, letter("ใหม่"))
    with Inbox.open(folder, SETTINGS, cache_dir=tmp_path / "other", clock=lambda: NOW) as other:
        other.refresh()
        assert other.amendments(id) == ()
        row = other.row(id)
        assert row is not None
        assert (row.subject, row.notes) == ("ใหม่", 1)


def test_what_is_forgotten_leaves_nothing_behind(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    id = put(folder, inbox, letter())
    put(folder, inbox, letter("ใหม่"))
    (folder / "a.txt").unlink()
    inbox.refresh()
    inbox._catalogue.forget([id])
    assert inbox.amendments(id) == ()


def test_show_words_the_changes_and_makes_control_characters_visible(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for text in (letter("เดิม [b]"), letter("ใหม่\u202e", head="ด่วนที่สุด\n", day=25)):
        (folder / "a.txt").write_text(text, "utf-8")
        assert main(["list", "--inbox", str(folder)]) == 0
    capsys.readouterr()
    assert main(["show", "a.txt", "--inbox", str(folder), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    for wanted in (
        "Amended",
        "was: เดิม [b]",
        "now: ใหม่",
        "was: normal",
        "now: most urgent",
        "was: 2026-11-27",
        "now: 2026-11-25",
    ):
        assert wanted in out
    assert "\u202e" not in out
