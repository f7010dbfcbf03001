"""`tui-inbox export` and `stats`: where their output goes, what they refuse, what they print."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import stat
from pathlib import Path

import openpyxl
import pytest
import vobject

from tui_inbox.cli import ExitCode, main
from tui_inbox.cli.commands import export as export_command
from tui_inbox.cli.output import Output
from tui_inbox.cli.parser import parse
from tui_inbox.config import load_settings
from tui_inbox.config.covers import FIELDS, field_of
from tui_inbox.export.ics import Deadlines
from tui_inbox.service import Inbox
from tui_inbox.service.handing import NotHanded, write_file
from tui_inbox.triage import Status

SAMPLES = Path(__file__).parents[2] / "inbox"
SECRET_WORDS = "ร้องเรียน"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in SAMPLES.glob("*.txt"):
        (folder / sample.name).write_bytes(sample.read_bytes())
    return folder


@pytest.fixture
def run(tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary):
    """Runs one command line; gives its exit code, standard output (bytes) and messages."""
    for name in [name for name in os.environ if name.startswith("TUI_INBOX_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TUI_INBOX_OFFICE_NAME", "อำเภอแม่ทา")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, bytes, str]:
        code = main([*words, "--inbox", str(inbox)])
        captured = capfdbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Output, "on_terminal", property(lambda _: True))


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# The register


def test_the_register_goes_to_a_pipe_as_csv_and_says_what_it_leaves_out(run) -> None:
    code, out, said = run("export", "register")
    assert code == ExitCode.DONE
    found = rows(out)
    assert found[0][0] == "เลขทะเบียนรับ"
    assert len(found) == len(list(SAMPLES.glob("*.txt")))
    assert "ชั้นความลับ" in said
    assert SECRET_WORDS not in out.decode()


def test_the_file_s_name_tells_the_format(run, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv", "a.HTML", "a.htm"):
        code, out, said = run("export", "register", "-o", name)
        assert (code, out) == (ExitCode.DONE, b"")
        assert name in said
    assert openpyxl.load_workbook("a.xlsx").active["A4"].value == "เลขทะเบียนรับ"
    assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert Path("a.HTML").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not [file for file in tmp_path.iterdir() if file.suffix == ".tmp"]
    code, _, said = run("export", "register", "-o", "a.docx")
    assert code == ExitCode.WRONG_USE
    assert "xlsx, csv, html" in said


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_the_register_is_a_workbook_with_a_name_of_its_own(
    run, tmp_path: Path
) -> None:
    code, out, _ = run("export", "register", "--year", "2569")
    assert (code, out) == (ExitCode.DONE, b"")
    assert (tmp_path / "ทะเบียนหนังสือรับ ประจำปี พ.ศ. 2569.xlsx").is_file()
    code, out, said = run("export", "register", "--format", "xlsx", "-o", "-")
    assert (code, out) == (ExitCode.WRONG_USE, b"")
    assert "-o" in said
    code, out, _ = run("export", "register", "--format", "csv", "-o", "-")
    assert code == ExitCode.DONE
    assert rows(out)


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(run) -> None:
    Path("a.csv").write_text("ของเดิม", "utf-8")
    code, _, said = run("export", "register", "-o", "a.csv")
    assert code == ExitCode.WRONG_USE
    assert "--force" in said
    assert Path("a.csv").read_text("utf-8") == "ของเดิม"
    assert run("export", "register", "-o", "a.csv", "--force")[0] == ExitCode.DONE
    assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_nothing_is_written_into_the_inbox(run, inbox: Path) -> None:
    before = {file.name: file.read_bytes() for file in inbox.glob("*.txt")}
    letter = next(iter(before))
    for path in (inbox / "x.csv", inbox / letter, Path("in/../in/y.csv")):
        code, _, said = run("export", "followup", "--format", "csv", "-f", "-o", str(path))
        assert code == ExitCode.WRONG_USE
        assert "กล่องหนังสือ" in said
    assert {file.name: file.read_bytes() for file in inbox.glob("*.*")} == before


def test_a_folder_that_is_not_there_is_said_by_the_name_that_was_given(run) -> None:
    code, _, said = run("export", "register", "-o", "nowhere/a.csv")
    assert code == ExitCode.SOME_FAILED
    assert "nowhere/a.csv" in said
    assert ".tmp" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--day", "1", "--month", "2569-11"), "--day, --month"),
        (("--day", "32/1/2569"), "32/1/2569"),
        (("--month", "x"), '"x"'),
        (("--year", "x"), '"x"'),
        (("--from", "2569-12-01", "--to", "2569-11-01"), "วันสิ้นสุด"),
        (("--from", "x"), '"x"'),
    ],
)
def test_a_period_that_is_none_is_wrong_use(run, words, told) -> None:
    code, out, said = run("export", "register", *words)
    assert (code, out) == (ExitCode.WRONG_USE, b"")
    assert told in said


def test_a_period_is_named_in_either_era_and_by_words(run) -> None:
    everything = rows(run("export", "register", "--from", "1/1/2566")[1])
    assert rows(run("export", "register", "--to", "today", "--from", "2023-01-01")[1]) == everything
    stamped = rows(run("export", "register", "--day", "๒๐ พ.ย. ๒๕๖๙")[1])
    assert [row[1] for row in stamped[1:]] == ["ลพ 0021/ว 4127"]
    assert rows(run("export", "register", "--day", "2026-11-20")[1]) == stamped
    assert run("export", "register", "--month", "this")[0] == ExitCode.DONE


def test_registered_letters_stand_with_their_numbers_and_thai_digits_where_wanted(
    run, inbox: Path
) -> None:
    with Inbox.open(inbox, load_settings()) as opened:
        opened.refresh()
        opened.register(
            opened.find("PEA_maetha_1266.txt") + opened.find("ลพ0018.3-142.txt"), year=2026
        )
    _, out, _ = run("export", "register", "--year", "2569", "--registered", "--digits", "thai")
    found = rows(out)
    assert [row[0] for row in found[1:]] == ["๑", "๒"]
    assert found[2][5] == "(ลับ) แยกไว้ในทะเบียนหนังสือลับ"
    _, out, _ = run("export", "register", "--year", "2569", "--secret")
    assert [row[0] for row in rows(out)[1:]] == ["2"]


def test_a_registered_letter_whose_file_and_index_are_gone_keeps_its_line(
    run, inbox: Path, tmp_path: Path
) -> None:
    with Inbox.open(inbox, load_settings()) as opened:
        opened.refresh()
        (id,) = opened.find("PEA_maetha_1266.txt")
        opened.register([id], year=2026)
        opened.note(id, "เรื่องนี้บอกใครไม่ได้")
        opened.mark([id], Status.ACTIONED)
    (inbox / "PEA_maetha_1266.txt").rename(tmp_path / "away.txt")
    shutil.rmtree(tmp_path / "cache")
    found = rows(run("export", "register", "--year", "2569", "--registered")[1])
    assert found[1][0] == "1"
    assert "PEA_maetha_1266.txt" in found[1][5]
    assert "ไฟล์ไม่อยู่ในกล่องแล้ว" in found[1][7]
    # Nobody knows any more whether it was secret: what was done is told, not what was written.
    assert found[1][6]
    assert "บอกใครไม่ได้" not in found[1][6]


# The calendar


def test_the_calendar_goes_where_it_is_sent_and_tells_of_no_secret_letter(run) -> None:
    code, out, said = run("export", "calendar", "--from", "2569-11-01", "--deadlines", "both")
    assert code == ExitCode.DONE
    calendar = vobject.readOne(out.decode())
    assert len(calendar.vevent_list) > len(calendar.vtodo_list) > 3
    assert "ชั้นความลับ 1 ฉบับ" in said
    assert SECRET_WORDS not in "".join(event.summary.value for event in calendar.vevent_list)
    quiet = run("export", "calendar", "--quiet", "-o", "c.ics")
    assert quiet[0] == ExitCode.DONE
    assert b"VALARM" not in Path("c.ics").read_bytes()


def test_reminders_and_days_that_cannot_be_are_wrong_use(run) -> None:
    assert run("export", "calendar", "--remind", "-1")[0] == ExitCode.WRONG_USE
    assert run("export", "calendar", "--from", "x")[0] == ExitCode.WRONG_USE


def test_the_choices_are_those_of_the_enums() -> None:
    assert set(export_command.DEADLINES) == set(Deadlines)


# The follow-up list and the cover note


@pytest.mark.usefixtures("on_terminal")
def test_the_follow_up_list_is_shown_on_a_terminal(run, tmp_path: Path) -> None:
    code, out, _ = run("export", "followup")
    assert code == ExitCode.DONE
    assert out.decode().startswith("บัญชีติดตามเรื่องค้างดำเนินการ\nอำเภอแม่ทา\n")
    assert SECRET_WORDS not in out.decode()
    run("export", "followup", "--format", "html")
    assert (tmp_path / "บัญชีติดตามเรื่องค้างดำเนินการ.html").is_file()


def test_the_follow_up_list_of_a_unit_that_has_nothing_is_empty(run) -> None:
    code, out, _ = run("export", "followup", "--unit", "กลุ่มงานที่ไม่มี")
    assert code == ExitCode.DONE
    assert "รวม 0 ฉบับ" in out.decode()


def test_a_cover_note_is_made_of_the_settings_template(run, tmp_path: Path) -> None:
    code, out, _ = run("export", "cover", "PEA_maetha_1266.txt", "--to", "ปลัดอำเภอ")
    assert code == ExitCode.DONE
    assert out.decode().startswith("เรียน ปลัดอำเภอ\n")
    file = tmp_path / "config" / "tui-inbox" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[covers]\nshort = "ที่ {number}"\ndefault = "เรื่อง {เรื่อง}"\n', "utf-8")
    assert run("export", "cover", "PEA_maetha_1266.txt")[1].decode().startswith("เรื่อง แจ้งดับ")
    short = run("export", "cover", "PEA_maetha_1266.txt", "--template", "short")
    assert short[1].decode() == "ที่ มท 5308.14/ลพ 1266\n"
    code, _, said = run("export", "cover", "PEA_maetha_1266.txt", "--template", "shrt")
    assert code == ExitCode.WRONG_USE
    assert "short, default" in said
    file.write_text('[covers]\nshort = "ที่ {numbr}"\n', "utf-8")
    code, _, said = run("export", "cover", "PEA_maetha_1266.txt")
    assert code == ExitCode.WRONG_USE
    assert "numbr" in said
    assert "number" in said


def test_a_cover_note_of_no_letter_is_not_made(run) -> None:
    code, out, said = run("export", "cover", "ffffffffff")
    assert (code, out) == (ExitCode.SOME_FAILED, b"")
    assert "ffffffffff" in said


# Figures


def test_the_figures_are_one_object_or_a_page_for_people(run) -> None:
    code, out, said = run("stats", "--json")
    assert (code, said) == (ExitCode.DONE, "")
    found = json.loads(out)
    count = len(list(SAMPLES.glob("*.txt")))
    assert (found["total"], found["open"], found["median_days"]) == (count, count, None)
    assert sum(found["by_urgency"].values()) == count
    assert len(found["weeks"]) == 8
    assert found["by_unit"] == [{"unit": None, "open": count, "overdue": found["overdue"]}]
    code, out, _ = run("stats")
    assert f"หนังสือทั้งหมด {count} ฉบับ" in out.decode()
    run("mark", "PEA_maetha_1266.txt", "actioned")
    assert "มัธยฐาน 8 สัปดาห์ล่าสุด): 0 วัน" in run("stats")[1].decode()
    assert "Letters: " in run("stats", "--lang", "en")[1].decode()


# Files


def test_a_link_is_followed_and_its_target_replaced(tmp_path: Path) -> None:
    target = tmp_path / "target.csv"
    target.write_text("a")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    write_file(link, b"b", inbox=tmp_path / "in", replace=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"b"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(NotHanded) as caught:
            write_file(tmp_path / name, b"x", inbox=tmp_path / "in", replace=True)
        assert caught.value.code == "not_a_file"


def test_a_file_that_comes_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    real = os.fsync

    def late(descriptor: int) -> None:
        path.write_bytes(b"theirs")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(NotHanded):
        write_file(path, b"ours", inbox=tmp_path / "in")
    assert path.read_bytes() == b"theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_where_there_are_no_hard_links_a_new_file_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unable(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    write_file(tmp_path / "a.csv", b"x", inbox=tmp_path / "in")
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o666 & ~mask


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"a\.csv"):
        write_file(path, b"x", inbox=tmp_path / "in", replace=True)
    assert path.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_every_command_of_the_guide_is_understood() -> None:
    guide = (SAMPLES.parent / "docs" / "export.md").read_text(encoding="utf-8")
    examples = guide.split("```sh\n")[1].split("```")[0].strip().splitlines()
    assert len(examples) >= 8
    for line in examples:
        words = shlex.split(line)
        assert words[0] == "tui-inbox"
        command, _ = parse(words[1:])
        assert " ".join(words[1:]).startswith(command.name)


def test_every_field_of_the_guide_is_one_and_none_is_missing() -> None:
    guide = (SAMPLES.parent / "docs" / "export.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \| (`.+`) \|", guide, re.MULTILINE)
    named = [tuple(name.strip("`") for name in cell.split(", ")) for row in rows for cell in row]
    english, thai = named[::2], named[1::2]
    assert [name for cell in english for name in cell if name in FIELDS] == [
        name for cell in english for name in cell
    ]
    assert {name for cell in english for name in cell} == set(FIELDS)
    for one, other in zip(english, thai, strict=True):
        assert [field_of(name) for name in other] == list(one)
