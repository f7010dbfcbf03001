"""The command line as a script and a person use it: streams, exit codes, words."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_inbox.cli import ExitCode, main
from tui_inbox.cli.commands import NAMES, leaves
from tui_inbox.cli.parser import parse
from tui_inbox.locale import Messages

SAMPLES = Path(__file__).parents[2] / "inbox"
BUNDLE = next(SAMPLES.glob("ลพ0021*"))
COVER_NUMBER = "ลพ 0021/ว 4127"
SECRET = SAMPLES / "ลพ0018.3-142.txt"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in SAMPLES.iterdir():
        if sample.is_file():
            (folder / sample.name).write_bytes(sample.read_bytes())
    return folder


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    def run(
        *arguments: str | bytes | Path, stdin: str = "", **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui_inbox", *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment | extra,
            timeout=120,
            check=False,
        )

    return run


def lines(done: subprocess.CompletedProcess[str]) -> list[dict]:
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def id_of(run: Run, inbox: Path, name: str = BUNDLE.name) -> str:
    (found,) = (
        line["id"]
        for line in lines(run("list", "--json", "--inbox", inbox))
        if line["path"] == name
    )
    return found


# parse


def test_parse_prints_one_object_a_file_in_order(run: Run) -> None:
    files = sorted(SAMPLES.glob("*.txt"))
    done = run("parse", *files, "--json")
    assert [line["path"] for line in lines(done)] == [str(file) for file in files]
    assert all(line["problem"] is None and line["documents"] for line in lines(done))
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")


def test_parse_says_what_the_bundle_holds(run: Run) -> None:
    (line,) = lines(run("parse", BUNDLE, "--json"))
    cover = line["documents"][0]
    assert (cover["number"], cover["urgency"], cover["date"]) == (
        COVER_NUMBER,
        "most_urgent",
        "2026-11-20",
    )
    assert [check["code"] for check in line["checks"]] == ["reference_mismatch"]
    assert "3168" in line["checks"][0]["message"]
    assert "3186" in line["checks"][0]["message"]


def test_the_messages_of_checks_speak_the_language_asked_for(run: Run) -> None:
    thai = lines(run("parse", BUNDLE, "--json"))[0]["checks"][0]["message"]
    english = lines(run("parse", BUNDLE, "--json", "--lang", "en"))[0]["checks"][0]["message"]
    assert "โปรด" in thai
    assert "Ask the sender" in english


def test_files_that_cannot_be_read_give_a_line_and_the_rest_is_done(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("parse", "missing.txt", "empty.txt", BUNDLE, "--json")
    missing, empty, good = lines(done)
    assert done.returncode == ExitCode.SOME_FAILED
    assert missing["documents"] == empty["documents"] == []
    assert missing["problem"]
    assert empty["problem"]
    assert missing["sha256"] is None
    assert good["problem"] is None


def test_parse_reads_standard_input(run: Run) -> None:
    (line,) = lines(run("parse", "-", "--json", stdin=BUNDLE.read_text(encoding="utf-8")))
    assert line["path"] == "-"
    assert line["documents"][0]["number"] == COVER_NUMBER


def test_parse_for_people_shows_fields_evidence_checks_and_text(run: Run) -> None:
    done = run("parse", BUNDLE, "--lang", "en")
    assert done.returncode == ExitCode.DONE
    assert done.stderr == ""
    for wanted in (
        COVER_NUMBER,
        "จังหวัดลำพูน",
        "please check",
        "3168",
        "line 3",
        "  3 │ ที่ ลพ ๐๐๒๑/ว ๔๑๒๗",
    ):
        assert wanted in done.stdout
    assert "\x1b" not in done.stdout


def test_dates_are_written_as_the_settings_want_them(run: Run) -> None:
    written = {"thai": "๒๐ พฤศจิกายน ๒๕๖๙  [", "arabic": "20 พฤศจิกายน 2569  ["}
    for digits, date in written.items():
        assert date in run("parse", BUNDLE, TUI_INBOX_DISPLAY_DIGITS=digits).stdout
    assert "2026-11-20  [" in run("parse", BUNDLE, TUI_INBOX_DISPLAY_DATES="iso").stdout


def test_parse_for_people_says_problems_on_standard_error(run: Run) -> None:
    done = run("parse", "missing.txt", "--lang", "en")
    assert (done.returncode, done.stdout) == (ExitCode.SOME_FAILED, "")
    assert "missing.txt" in done.stderr
    assert "no such file" in done.stderr


def test_what_a_file_says_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    hostile = BUNDLE.read_text(encoding="utf-8").replace(
        "การเตรียมความพร้อม",
        "\x1b[31m[red]\u202eการ\u200bเตรียม\x07\x9b2J[/red][@click=app.quit]x[/]",
        1,
    )
    (tmp_path / "hostile\x1b[2J.txt").write_text(hostile, encoding="utf-8")
    done = run("parse", "hostile\x1b[2J.txt")
    assert done.returncode == 0
    for character in "\x1b\u202e\u200b\x07\x9b":
        assert character not in done.stdout
    assert "[red]" in done.stdout
    assert "[@click=app.quit]" in done.stdout


def test_a_file_name_that_is_no_unicode_is_no_failure(run: Run, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xe0\xb8\xff\xfe.txt"
    Path(os.fsdecode(name)).write_bytes(BUNDLE.read_bytes())
    (line,) = lines(run("parse", name, "--json"))
    assert line["documents"]
    assert line["path"].endswith("\ufffd.txt")
    assert run("parse", name).returncode == 0


def test_parse_ignores_the_settings_of_an_inbox_that_is_not_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "inbox" / ".tui-inbox" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("nonsense = 1")
    assert run("parse", BUNDLE, "--json").returncode == 0
    assert run("parse", BUNDLE, "--json", "--inbox", "inbox").returncode == ExitCode.WRONG_USE


# list, show, and decisions


def test_list_prints_every_letter_with_the_contract_s_fields(run: Run, inbox: Path) -> None:
    done = run("list", "--json", "--inbox", inbox)
    rows = lines(done)
    assert (done.returncode, done.stderr) == (0, "")
    assert {row["path"] for row in rows} == {file.name for file in SAMPLES.glob("*.txt")}
    assert set(rows[0]) == {
        "id", "path", "status", "urgency", "secrecy", "kind", "number", "date", "sender", "subject",
        "action", "due", "assignee", "tags", "notes", "received", "register_number", "checks",
        "problem", "reason",
    }  # fmt: skip


def test_list_of_a_text_prints_the_letters_that_hold_it(run: Run, inbox: Path) -> None:
    rows = lines(run("list", "ว 4127", "--json", "--inbox", inbox))
    assert [row["number"] for row in rows] == [COVER_NUMBER]


def test_list_for_people_is_aligned_and_whole(run: Run, inbox: Path) -> None:
    done = run("list", "--inbox", inbox)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1 + len(list(SAMPLES.glob("*.txt")))
    assert COVER_NUMBER in done.stdout


def test_decisions_are_kept_and_can_be_taken_back(run: Run, inbox: Path) -> None:
    id = id_of(run, inbox)
    assert run("note", id[:10], "โทรแจ้งปลัดแล้ว", "--inbox", inbox).returncode == 0
    done = run("mark", id[:10], "actioned", "--inbox", inbox)
    assert (done.returncode, done.stdout) == (0, "")
    (row,) = (row for row in lines(run("list", "--json", "--inbox", inbox)) if row["id"] == id)
    assert (row["status"], row["notes"]) == ("actioned", 1)
    shown = run("show", id[:10], "--inbox", inbox)
    assert "โทรแจ้งปลัดแล้ว" in shown.stdout
    assert COVER_NUMBER in shown.stdout
    assert run("undo", "--inbox", inbox).returncode == 0
    (row,) = (row for row in lines(run("list", "--json", "--inbox", inbox)) if row["id"] == id)
    assert (row["status"], row["notes"]) == ("new", 1)
    told = run("history", id[:10], "--inbox", inbox).stdout
    assert "โทรแจ้งปลัดแล้ว" in told
    assert Messages("th")("ledger.status.actioned") in told


def test_several_letters_are_marked_and_one_that_is_not_there_is_said(
    run: Run, inbox: Path
) -> None:
    ids = [row["id"] for row in lines(run("list", "--json", "--inbox", inbox))[:2]]
    done = run("mark", *ids, "ffffffffffff", "actioned", "--inbox", inbox, "--lang", "en")
    assert done.returncode == ExitCode.SOME_FAILED
    assert "ffffffffffff" in done.stderr
    rows = lines(run("list", "--json", "--inbox", inbox))
    assert {row["id"] for row in rows if row["status"] == "actioned"} == set(ids)


def test_several_letters_get_one_note_which_is_one_step_of_undo(run: Run, inbox: Path) -> None:
    ids = [row["id"] for row in lines(run("list", "--json", "--inbox", inbox))[:3]]
    tried = run("note", "-", "--text", "x", "-n", "--json", "--inbox", inbox, stdin="\n".join(ids))
    assert [row["notes"] for row in lines(tried)] == [0, 0, 0]
    done = run("note", ids[0], "-", ids[0], "--text", "ทราบ", "--json", "--inbox", inbox,
               stdin=f"{ids[1]}\n\n{ids[2]}\n")  # fmt: skip
    assert sorted((row["id"], row["notes"]) for row in lines(done)) == sorted((id, 1) for id in ids)
    undone = run("undo", "--json", "--inbox", inbox)
    assert sorted((row["id"], row["notes"]) for row in lines(undone)) == sorted(
        (id, 0) for id in ids
    )
    redone = run("redo", "--json", "--inbox", inbox)
    assert sorted((row["id"], row["notes"]) for row in lines(redone)) == sorted(
        (id, 1) for id in ids
    )
    assert run("redo", "--inbox", inbox, "--lang", "en").stderr.endswith("nothing to do again\n")


def test_no_letter_on_standard_input_is_said_and_is_no_failure(run: Run, inbox: Path) -> None:
    done = run("mark", "-", "filed", "--inbox", inbox, "--lang", "en")
    assert (done.returncode, done.stdout) == (ExitCode.DONE, "")
    assert "no letters" in done.stderr
    assert not (inbox / ".tui-inbox").exists()


def test_what_needs_no_inbox_speaks_the_language_that_is_set(run: Run) -> None:
    assert "COMMANDS" in run("manual", TUI_INBOX_LANG="en").stdout
    assert "COMMANDS" not in run("manual").stdout
    assert "COMMANDS" in run("manual", "--lang", "en").stdout


def test_a_letter_is_known_by_its_file_name_too(run: Run, inbox: Path) -> None:
    assert run("mark", BUNDLE.name, "actioned", "--inbox", inbox).returncode == 0


def test_a_secret_letter_is_shown_only_on_purpose(run: Run, inbox: Path) -> None:
    id = id_of(run, inbox, SECRET.name)
    hidden = run("show", id, "--inbox", inbox)
    assert "ลพ 0018.3/142" in hidden.stdout
    assert "ผู้ใหญ่บ้าน" not in hidden.stdout
    assert "--reveal" in hidden.stderr
    assert "ผู้ใหญ่บ้าน" in run("show", id, "--reveal", "--inbox", inbox).stdout
    assert "ผู้ใหญ่บ้าน" not in run("list", "--inbox", inbox).stdout


def test_letters_are_shown_as_data_too_and_a_secret_one_on_purpose_only(
    run: Run, inbox: Path
) -> None:
    run("note", BUNDLE.name, "ทราบแล้ว", "--inbox", inbox)
    done = run("show", BUNDLE.name, SECRET.name, "--json", "--inbox", inbox)
    bundle, secret = lines(done)
    assert bundle["letter"]["number"] == bundle["read"]["documents"][0]["number"] == COVER_NUMBER
    assert [note["text"] for note in bundle["notes"]] == ["ทราบแล้ว"]
    assert secret["read"] is None
    assert "ผู้ใหญ่บ้าน" not in done.stdout.splitlines()[1]
    assert "--reveal" in done.stderr
    (secret,) = lines(run("show", SECRET.name, "--json", "--reveal", "--inbox", inbox))
    assert secret["read"]["documents"]
    pages = run("show", BUNDLE.name, "PEA_maetha_1266.txt", "--inbox", inbox).stdout
    assert COVER_NUMBER in pages
    assert "PEA_maetha_1266.txt" in pages


def test_letters_and_the_program_s_own_files_are_located(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    id = id_of(run, inbox)
    assert run("locate", id[:8], "--inbox", inbox).stdout == f"{inbox / BUNDLE.name}\n"
    places = {line["name"]: line for line in lines(run("locate", "--json", "--inbox", inbox))}
    assert places["inbox"] == {"name": "inbox", "path": str(inbox), "exists": True}
    assert Path(places["index"]["path"]).is_file()
    assert not places["settings"]["exists"]
    assert f"ledger\t{inbox}/.tui-inbox\n" in run("locate", "--inbox", inbox).stdout
    (inbox / BUNDLE.name).unlink()
    run("locate", id, "--inbox", inbox)
    assert run("locate", id, "nothing", "--inbox", inbox).returncode == ExitCode.SOME_FAILED


def test_an_unknown_id_is_said(run: Run, inbox: Path) -> None:
    for command in (["show"], ["history"], ["note"]):
        text = ["x"] if command == ["note"] else []
        done = run(*command, "ffffffffffff", *text, "--inbox", inbox, "--lang", "en")
        assert (done.returncode, done.stdout) == (ExitCode.SOME_FAILED, "")
        assert "no such letter: ffffffffffff" in done.stderr


def test_an_id_that_may_mean_several_letters_is_said_with_the_candidates(
    run: Run, inbox: Path
) -> None:
    for number in range(40):
        (inbox / f"{number}.txt").write_text(f"ที่ มท 0001/{number}\n", encoding="utf-8")
    ids = [row["id"] for row in lines(run("list", "--json", "--inbox", inbox))]
    # Of more than 16 ids, two start with the same hex digit.
    shared = next(id[0] for id in ids if sum(other.startswith(id[0]) for other in ids) > 1)
    done = run("mark", shared, "actioned", "--inbox", inbox, "--lang", "en")
    assert (done.returncode, done.stdout) == (ExitCode.SOME_FAILED, "")
    assert "type more of it" in done.stderr
    candidates = [id for id in ids if id.startswith(shared)]
    assert any(id[:16] in done.stderr for id in candidates)
    rows = lines(run("list", "--json", "--inbox", inbox))
    assert {row["status"] for row in rows} == {"new"}


def test_an_empty_note_is_wrong_use_and_nothing_is_written(run: Run, inbox: Path) -> None:
    id = id_of(run, inbox)
    assert run("note", id, "  ", "--inbox", inbox).returncode == ExitCode.WRONG_USE
    (row,) = (row for row in lines(run("list", "--json", "--inbox", inbox)) if row["id"] == id)
    assert row["notes"] == 0


def test_nothing_to_undo_is_said(run: Run, inbox: Path) -> None:
    done = run("undo", "--inbox", inbox, "--lang", "en")
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing to undo" in done.stderr


@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["undo"], ["show", "x"]])
def test_an_inbox_that_is_not_there_is_said(run: Run, command: list[str]) -> None:
    done = run(*command, "--inbox", "nowhere")
    assert (done.returncode, done.stdout) == (ExitCode.UNAVAILABLE, "")
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_folder_comes_from_flag_environment_file_or_default(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    file = tmp_path / "config" / "tui-inbox" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f"inbox = '{inbox}'")
    assert lines(run("list", "--json"))
    assert run("list", TUI_INBOX_DIR="elsewhere").returncode == ExitCode.UNAVAILABLE
    assert lines(run("list", "--json", "--inbox", inbox, TUI_INBOX_DIR="elsewhere"))
    file.unlink()
    assert run("list").returncode == ExitCode.UNAVAILABLE
    inbox.rename(tmp_path / "inbox")
    assert lines(run("list", "--json"))


# Words and wrong use


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["parse"], "still needed"),
        (["parse", "x", "--nonsense"], "not understood"),
        (["lst"], "will not do"),
        (["lst"], "did you mean list?"),
        (["list", "--viw", "all"], "did you mean --view?"),
        (["list", "--view", "overdu"], "did you mean overdue?"),
        (["mark", "x", "done"], "will not do"),
        (["list", "--inbox"], "needs a value"),
        (["list", "--json=3"], "takes no value"),
    ],
)
def test_wrong_use_is_worded_and_ends_with_2(run: Run, arguments: list[str], told: str) -> None:
    done = run(*arguments, TUI_INBOX_LANG="en")
    assert (done.returncode, done.stdout) == (ExitCode.WRONG_USE, "")
    assert told in done.stderr
    assert "--help" in done.stderr


def test_help_speaks_the_language_and_names_every_command(run: Run) -> None:
    english, thai = run("--lang", "en", "-h"), run("-h")
    for command in (*NAMES, "--inbox", "--version"):
        assert command in english.stdout
        assert command in thai.stdout
    assert "Usage:" in english.stdout
    assert thai.stdout.startswith("วิธีใช้: tui-inbox [-h]")
    assert english.returncode == thai.returncode == 0


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_command_explains_itself_in_both_languages(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in leaves():
        with pytest.raises(SystemExit) as end:
            parse([*command.name.split(), "--help", "--lang", language])
        assert end.value.code == 0
        told = " ".join(capsys.readouterr().out.split())
        assert " ".join(Messages(language)(f"{command.texts}.about").split()[:3]) in told
        for argument in command.arguments:
            assert Messages(language)(command.help_key(argument)).split()[0] in told


def test_version(run: Run) -> None:
    from tui_inbox import __version__

    assert run("--version").stdout == f"tui-inbox {__version__}\n"


def test_a_broken_setting_is_told_with_file_line_key_and_nearest(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config" / "tui-inbox" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[watch]\ndelya = 1\n")
    done = run("list", "--json", "--lang", "en")
    assert (done.returncode, done.stdout) == (ExitCode.WRONG_USE, "")
    assert f"{file}:2" in done.stderr
    assert "watch.delya" in done.stderr
    assert "did you mean watch.delay?" in done.stderr
    assert "--inbox" in run("-h").stdout


def test_without_a_terminal_the_screen_is_refused(run: Run, inbox: Path) -> None:
    done = run("--inbox", inbox, "--lang", "en")
    assert (done.returncode, done.stdout) == (ExitCode.WRONG_USE, "")
    assert "terminal" in done.stderr


@pytest.mark.parametrize("elsewhere", [0, 1, 2])
def test_the_screen_needs_all_three_streams(
    inbox: Path, tmp_path: Path, environment: dict[str, str], elsewhere: int
) -> None:
    leader, follower = os.openpty()
    other = os.open(tmp_path / "stream", os.O_RDWR | os.O_CREAT)
    streams = [other if number == elsewhere else follower for number in range(3)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui_inbox", "--inbox", inbox, "--lang", "en"],
            stdin=streams[0],
            stdout=streams[1],
            stderr=streams[2],
            env=environment,
            timeout=60,
            check=False,
        )
        told = b"" if elsewhere == 2 else os.read(leader, 4096)
    finally:
        for descriptor in (leader, follower, other):
            os.close(descriptor)
    assert done.returncode == ExitCode.WRONG_USE
    assert b"terminal" in (told or (tmp_path / "stream").read_bytes())


# Streams


def test_a_reader_that_has_had_enough_is_no_error(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    many = f"'{BUNDLE}' " * 60
    for json_flag in ("--json", ""):
        done = subprocess.run(
            [
                "bash",
                "-c",
                f"'{sys.executable}' -m tui_inbox parse {many} {json_flag} | head -n 1; echo ${{PIPESTATUS[0]}}",
            ],
            capture_output=True,
            env=environment,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
        assert done.stderr == b""
        assert done.stdout.decode().splitlines()[-1] == "0"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("flags", [["--json"], []])
def test_a_full_disk_is_said(tmp_path: Path, environment: dict[str, str], flags: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tui_inbox", "parse", BUNDLE, "--lang", "en", *flags],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
    assert done.returncode == ExitCode.SOME_FAILED
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_standard_output_that_is_closed_is_said(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    done = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m tui_inbox parse '{BUNDLE}' --json >&-"],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        timeout=120,
        check=False,
    )
    assert done.returncode == ExitCode.SOME_FAILED
    assert b"Traceback" not in done.stderr


def test_an_interrupt_ends_with_130(tmp_path: Path, environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_inbox", "parse", BUNDLE, "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        cwd=tmp_path,
        # Who runs the tests in the background has them ignore it, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    # The first file's line is out: now it waits for standard input.
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED
    assert b"Traceback" not in told


def test_no_escape_sequence_goes_to_a_pipe_or_under_no_color(run: Run, inbox: Path) -> None:
    for arguments in (["parse", BUNDLE], ["list", "--inbox", inbox]):
        assert "\x1b" not in run(*arguments, TERM="xterm-256color").stdout


def test_main_returns_the_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert main(["parse", "missing.txt", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problem"]


def test_a_replaced_file_is_read_before_it_is_shown(run: Run, inbox: Path) -> None:
    files = sorted(inbox.glob("*.txt"))[:2]
    lines(run("list", "--json", "--inbox", inbox))
    files[0].write_bytes(files[1].read_bytes() + b"\n")
    number = lines(run("parse", files[1], "--json"))[0]["documents"][0]["number"]
    done = run("show", files[0].name, "--inbox", inbox)
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
    assert number in done.stdout


@pytest.mark.parametrize("name", [" ", "\udcff"])
def test_a_name_of_nothing_is_a_setting_that_cannot_be_used(
    run: Run, inbox: Path, name: str
) -> None:
    done = run("list", "--inbox", inbox, TUI_INBOX_USER_NAME=name)
    assert done.returncode == ExitCode.WRONG_USE
    assert "Traceback" not in done.stderr


def test_a_letter_whose_file_is_gone_says_so(run: Run, inbox: Path) -> None:
    run("mark", id_of(run, inbox), "actioned", "--inbox", inbox)
    (inbox / BUNDLE.name).unlink()
    done = run("list", "--view", "done", "--inbox", inbox)
    assert COVER_NUMBER in done.stdout
    assert "ไฟล์ไม่อยู่แล้ว" in done.stdout


def test_an_undo_that_comes_too_late_is_no_broken_store(run: Run, inbox: Path) -> None:
    id = id_of(run, inbox)
    for name, status in (("ก", "actioned"), ("ข", "open")):
        run("mark", id, status, "--inbox", inbox, TUI_INBOX_USER_NAME=name)
    done = run("undo", "--inbox", inbox, TUI_INBOX_USER_NAME="ก")
    assert (done.returncode, done.stdout) == (ExitCode.SOME_FAILED, "")
    assert done.stderr


def test_what_was_noted_is_found_though_file_and_index_are_gone(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    id = id_of(run, inbox)
    run("note", id, "โทรแจ้งแล้ว", "--inbox", inbox)
    (inbox / BUNDLE.name).unlink()
    shutil.rmtree(tmp_path / "cache")
    for name in (id, id[:10], BUNDLE.name):
        assert "โทรแจ้งแล้ว" in run("show", name, "--inbox", inbox).stdout
        done = run("history", name, "--inbox", inbox)
        assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
        assert done.stdout


def test_a_shell_is_offered_no_word_of_a_secret_letter(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = "ลับมาก\n\nกห 0301/\n\nเรื่อง แผนย้ายคลัง\n\nเรียน ผู้ว่าราชการจังหวัด\n\nเพื่อโปรดทราบ\n"
    (folder / "แผนย้ายคลัง.txt").write_text(text, encoding="utf-8")
    (folder / "note.txt").write_text("รายชื่อ\n", encoding="utf-8")
    run("list", "--inbox", folder)
    offered = run("completion", "letters", "--inbox", folder).stdout
    assert len(offered.splitlines()) == 2
    assert "note.txt" in offered
    assert "แผนย้าย" not in offered
