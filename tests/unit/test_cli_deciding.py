"""Every decision from the command line, as a script makes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui_inbox.cli import ExitCode, main
from tui_inbox.ledger import Ledger, Record, Status

NAMES = ("หนึ่ง.txt", "สอง.txt")


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / name).write_text(f"ที่ อบ 0023/ว {number}\n\nเรื่อง ทดสอบ\n", "utf-8")
    return folder


def run(inbox: Path, *words: object, who: str = "มานี", language: str = "en") -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TUI_INBOX_USER_NAME", who)
        return main([*map(str, words), "--inbox", str(inbox), "--lang", language])


def records(inbox: Path) -> list[Record]:
    ledger = Ledger(inbox, author="x")
    return [ledger.record(ledger.resolve("", name) or "") for name in NAMES]


def test_letters_are_assigned_and_taken_back_in_one_step(inbox: Path) -> None:
    assert run(inbox, "assign", *NAMES, "--to", "กองคลัง") == ExitCode.DONE
    assert [(r.assignee, r.status) for r in records(inbox)] == [("กองคลัง", Status.ASSIGNED)] * 2
    assert run(inbox, "assign", NAMES[0], "--nobody") == ExitCode.DONE
    assert [r.assignee for r in records(inbox)] == [None, "กองคลัง"]
    assert run(inbox, "undo") == run(inbox, "undo") == ExitCode.DONE
    assert [r.assignee for r in records(inbox)] == [None, None]
    assert run(inbox, "redo") == ExitCode.DONE
    assert [r.assignee for r in records(inbox)] == ["กองคลัง"] * 2
    for wrong in ((), ("--to", " "), ("--to", "ก", "--nobody")):
        assert run(inbox, "assign", NAMES[0], *wrong) == ExitCode.WRONG_USE


def test_due_days_are_read_as_people_type_them_and_doubtful_ones_are_asked_back(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inbox, "due", NAMES[0], "--on", "25 มิ.ย. 2590") == ExitCode.DONE
    assert records(inbox)[0].due == "2047-06-25"
    assert run(inbox, "due", NAMES[0], "--on", "2020-01-02") == ExitCode.WRONG_USE
    assert "--yes" in capsys.readouterr().err
    assert run(inbox, "due", NAMES[0], "--on", "เร็ว ๆ นี้") == ExitCode.WRONG_USE
    assert records(inbox)[0].due == "2047-06-25"
    assert run(inbox, "due", NAMES[0], "--on", "2020-01-02", "--yes") == ExitCode.DONE
    assert records(inbox)[0].due == "2020-01-02"
    assert run(inbox, "due", NAMES[0], "--none") == ExitCode.DONE
    assert records(inbox)[0].due is None
    assert run(inbox, "due", NAMES[0]) == ExitCode.WRONG_USE


def test_tags_pins_and_a_dry_run(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(inbox, "tag", *NAMES, "--add", "งบ", "--add", "ด่วน") == ExitCode.DONE
    assert run(inbox, "tag", NAMES[0], "--remove", "ด่วน") == ExitCode.DONE
    assert [r.tags for r in records(inbox)] == [("งบ",), ("งบ", "ด่วน")]
    assert run(inbox, "tag", NAMES[0]) == ExitCode.WRONG_USE
    assert run(inbox, "pin", NAMES[0]) == ExitCode.DONE
    assert run(inbox, "pin", NAMES[0], "--off", "--dry-run") == ExitCode.DONE
    assert records(inbox)[0].pinned
    capsys.readouterr()
    assert run(inbox, "pin", NAMES[0], "--off", "--json") == ExitCode.DONE
    assert json.loads(capsys.readouterr().out)["path"] == NAMES[0]
    assert not records(inbox)[0].pinned


def test_letters_are_registered_and_told_their_numbers(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inbox, "register", NAMES[1], "--year", "2567", "--number", "12") == ExitCode.DONE
    assert "number 12 of 2024" in capsys.readouterr().err
    assert run(inbox, "register", *NAMES, "--year", "2024", language="th") == ExitCode.DONE
    told = capsys.readouterr().err
    assert "13/2567" in told
    assert "12/2567" in told
    assert [r.register_number for r in records(inbox)] == [13, 12]
    assert run(inbox, "register", NAMES[0], "--year", "2024", "--number", "12") == (
        ExitCode.SOME_FAILED
    )
    assert "already given" in capsys.readouterr().err
    for wrong in (("--number", "0"), ("--year", "24")):
        assert run(inbox, "register", NAMES[0], *wrong) == ExitCode.WRONG_USE


def test_a_note_is_changed_and_taken_away_by_its_number(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(inbox, "note", NAMES[0], "โทรแล้ว") == ExitCode.DONE
    (note,) = records(inbox)[0].notes
    run(inbox, "show", NAMES[0])
    assert f"#{note.id} โทรแล้ว" in capsys.readouterr().out
    assert run(inbox, "note", NAMES[0], "--edit", note.id, "โทร", "อีกครั้ง") == ExitCode.DONE
    assert records(inbox)[0].notes[0].text == "โทร อีกครั้ง"
    assert run(inbox, "note", NAMES[0], "--edit", "99", "x") == ExitCode.SOME_FAILED
    assert run(inbox, "note", NAMES[0], "--edit", note.id) == ExitCode.WRONG_USE
    assert run(inbox, "note", NAMES[0], "--remove", note.id, "x") == ExitCode.WRONG_USE
    assert run(inbox, "note", NAMES[0], "--remove", note.id) == ExitCode.DONE
    assert records(inbox)[0].notes == ()


def test_the_whole_inboxs_history_and_an_undo_that_somebody_built_on(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(inbox, "mark", *NAMES, "actioned")
    run(inbox, "mark", NAMES[0], "filed", who="มานะ")
    capsys.readouterr()
    assert run(inbox, "undo") == ExitCode.SOME_FAILED
    told = capsys.readouterr().err
    assert "your action has “actioned”, now it is “filed” (by มานะ" in told
    assert [r.status for r in records(inbox)] == [Status.FILED, Status.ACTIONED]
    assert run(inbox, "history", "--json") == ExitCode.DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["by"], line["op"]) for line in lines] == [("มานี", "mark"), ("มานะ", "mark")]
    assert len(lines[0]["edits"]) == 2
    assert lines[1]["edits"][0]["before"] == "actioned"
    assert run(inbox, "history", "-n", "1") == ExitCode.DONE
    (line,) = capsys.readouterr().out.splitlines()
    assert "มานะ" in line
    assert "actioned → filed" in line
    assert run(inbox, "history", "--all") == ExitCode.DONE
    assert len(capsys.readouterr().out.splitlines()) > 2
    assert run(inbox, "history", "-n", "0") == ExitCode.WRONG_USE
    assert run(inbox, "undo", "--entry", lines[1]["seq"], who="มานะ") == ExitCode.DONE
    assert run(inbox, "undo") == ExitCode.DONE
    assert [r.status for r in records(inbox)] == [Status.NEW] * 2


def test_damage_is_told_once_at_opening(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(inbox, "note", NAMES[0], "หนึ่ง")
    journal = next((inbox / ".tui-inbox").glob("journal-*"))
    with journal.open("ab") as file:
        file.write(b"J1 0123")
    capsys.readouterr()
    run(inbox, "list", "--json")
    assert "was not written to its end" in capsys.readouterr().err
    run(inbox, "list", "--json")
    assert capsys.readouterr().err == ""
