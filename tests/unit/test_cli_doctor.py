"""``tui-inbox doctor``: what is wrong is found and said with what to do; nothing is repaired."""

from __future__ import annotations

import ast
import contextlib
import fcntl
import json
import os
import pty
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tui_inbox
from tui_inbox.catalogue import IndexState
from tui_inbox.cli import ExitCode, main
from tui_inbox.cli.doctor import system
from tui_inbox.cli.doctor.terminal import PROBES, Answers, ask_at, asked, terminal
from tui_inbox.config import Settings, cache_folder
from tui_inbox.ledger.model import FindingCode
from tui_inbox.locale import Messages
from tui_inbox.service.health import Level, examine
from tui_inbox.service.opening import index_path
from tui_inbox.thai.cells import cells
from tui_inbox.watching import Away, Why

SAMPLES = Path(__file__).parents[2] / "inbox"
PACKAGE = Path(tui_inbox.__file__).parent

Codes = Callable[..., dict[str, dict]]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("TUI_INBOX_LANG", "en")
    (tmp_path / "home").mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in sorted(SAMPLES.glob("*.txt"))[:3]:
        (folder / sample.name).write_bytes(sample.read_bytes())
    return folder


@pytest.fixture
def codes(inbox: Path, capsys: pytest.CaptureFixture[str]) -> Codes:
    def codes(*arguments: str, end: int = ExitCode.DONE) -> dict[str, dict]:
        assert main(["doctor", "--json", "--inbox", str(inbox), *arguments]) == end
        lines = map(json.loads, capsys.readouterr().out.splitlines())
        return {f"{line['area']}.{line['code']}": line for line in lines}

    return codes


@pytest.fixture
def used(inbox: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An inbox that was looked through, with a decision."""
    name = next(inbox.glob("*.txt")).name
    assert main(["mark", name, "actioned", "--inbox", str(inbox)]) == ExitCode.DONE
    capsys.readouterr()
    return inbox


def test_an_inbox_in_order_is_said_to_be_and_nothing_is_made(inbox: Path, codes: Codes) -> None:
    before = sorted(str(path) for path in inbox.parent.rglob("*"))
    found = codes()
    assert found["index.missing"]["level"] == "note"
    assert {
        "version.python", "version.sqlite", "settings.right", "inbox.readable", "ledger.opened",
        "terminal.utf8", "terminal.none", "folder.cache",
    } <= set(found)  # fmt: skip
    assert {line["level"] for line in found.values()} == {"ok", "note"}
    assert sorted(str(path) for path in inbox.parent.rglob("*")) == before


def test_what_is_known_is_counted(used: Path, codes: Codes) -> None:
    found = codes()
    assert found["ledger.opened"]["details"]["n"] == 1
    assert found["index.sound"]["details"]["letters"] == 3
    (used / "another.txt").write_text("x", encoding="utf-8")
    next(used.glob("*.txt")).unlink()
    assert codes()["index.behind"]["details"] == {"new": 1, "gone": 1}


def test_a_folder_that_is_not_there_is_an_error_with_advice(inbox: Path, codes: Codes) -> None:
    shutil.rmtree(inbox)
    missing = codes(end=ExitCode.SOME_FAILED)["inbox.missing"]
    assert missing["level"] == "error"
    assert "--inbox" in missing["advice"]


def test_damage_of_the_ledger_is_told_and_left(used: Path, codes: Codes) -> None:
    journal = next((used / ".tui-inbox").glob("*journal*"))
    data = journal.read_bytes()
    journal.write_bytes(data[:-9] + b"\x00" + data[-8:])
    files = sorted(path.name for path in journal.parent.iterdir())
    told = codes(end=ExitCode.SOME_FAILED)
    assert told["ledger.damaged"]["level"] == "warning"
    assert journal.name in told["ledger.damaged"]["message"]
    assert told["ledger.damaged"]["advice"]
    assert sorted(path.name for path in journal.parent.iterdir()) == files


def test_damage_and_age_of_the_index_are_told_and_left(used: Path, codes: Codes) -> None:
    index = index_path(used, cache_folder())
    assert codes("--set", "office.name=อำเภออื่น")["index.old"]["level"] == "note"
    with contextlib.closing(sqlite3.connect(index)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(index.read_bytes())
    data[4096 : len(data)] = b"\xff" * (len(data) - 4096)
    index.write_bytes(data)
    told = codes(end=ExitCode.SOME_FAILED)
    assert told["index.damaged"]["level"] == "warning"
    assert index.read_bytes() == data
    index.unlink()
    index.mkdir()
    assert "index.unreadable" in codes(end=ExitCode.SOME_FAILED)


def test_who_holds_the_lock_is_named(used: Path, codes: Codes) -> None:
    lock = next((used / ".tui-inbox").glob("*lock*"))
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        details = codes()["ledger.locked"]["details"]
    assert details["pid"] == os.getpid()
    assert "ledger.locked" not in codes()


def test_polling_that_was_asked_for_is_in_order(inbox: Path, codes: Codes) -> None:
    assert codes("--set", "watch.mode=poll")["watch.setting"]["details"]["mode"] == "poll"


def test_polling_that_the_system_forces_is_told_with_the_limit(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_inbox.watching import hints

    def refuse(*_: object, **__: object) -> None:
        raise hints.HintsUnavailable(Why.LIMIT_INSTANCES)

    monkeypatch.setattr(hints, "Hints", refuse)
    found = {f"{one.area}.{one.code}": one for one in examine(inbox, Settings())}
    assert found["watch.limit_instances"].level is Level.WARNING
    assert int(str(found["watch.limit_instances"].details["max_user_instances"])) > 0


def test_what_cannot_be_read_is_counted(inbox: Path, codes: Codes) -> None:
    os.mkfifo(inbox / "pipe.txt")
    assert codes()["inbox.problems"]["details"]["n"] == 1


def test_a_mistaken_setting_is_a_finding_and_the_rest_is_looked_at(
    inbox: Path, codes: Codes
) -> None:
    told = codes("--set", "watch.delya=1", end=ExitCode.SOME_FAILED)
    assert "did you mean watch.delay?" in told["settings.mistaken"]["message"]
    assert "inbox.readable" in told


def test_old_sqlite_and_missing_packages_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.sqlite3, "sqlite_version_info", (3, 33, 0))
    monkeypatch.setattr(system, "_needed", lambda: ["no-such-package", "msgspec"])
    found = {one.code: one for one in system.versions()}
    assert found["sqlite_old"].level is Level.ERROR
    assert found["packages_missing"].details["packages"] == "no-such-package"
    assert "msgspec" in str(found["packages"].details["packages"])


def test_for_people_each_finding_is_a_line_and_its_advice_follows(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--inbox", f"{inbox}/no\x1b[2Jwhere"]) == ExitCode.SOME_FAILED
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "✗ there is no folder" in told
    assert "    Name the folder with --inbox" in told


# The terminal


@pytest.fixture
def terminal_that_answers() -> Iterator[Callable[..., Answers]]:
    """A terminal whose other end is the test: it gives each probe the width that it is told."""
    ours, theirs = pty.openpty()

    def ask_it(
        width: Callable[[str], int], *, keyboard: bool = False, mute: bool = False
    ) -> Answers:
        def answer() -> None:
            heard = b""
            while not heard.endswith(b"\x1b[c"):
                heard += os.read(ours, 1024)
            if mute:
                return
            for probe in PROBES:
                os.write(ours, b"\x1b[1;%dR" % (width(probe) + 1))
            os.write(ours, (b"\x1b[?1u" if keyboard else b"") + b"\x1b[?62;4c")

        other = threading.Thread(target=answer)
        other.start()
        answers = ask_at(theirs, patience=0.2 if mute else 30)
        other.join()
        return answers

    yield ask_it
    os.close(ours)
    os.close(theirs)


def test_a_terminal_that_counts_as_we_do_is_in_order(terminal_that_answers) -> None:
    answers = terminal_that_answers(cells, keyboard=True)
    assert [one.code for one in asked(answers)] == ["widths", "keyboard_protocol"]


def test_a_terminal_that_gives_marks_room_is_told_of(terminal_that_answers) -> None:
    wrong, plain = asked(terminal_that_answers(len))
    assert (wrong.code, wrong.level) == ("widths_wrong", Level.WARNING)
    assert f"{PROBES[1]} 3 ≠ 1" in str(wrong.details["wrong"])
    assert plain.code == "keyboard_plain"


def test_a_terminal_that_says_nothing_is_not_waited_for(terminal_that_answers) -> None:
    answers = terminal_that_answers(cells, mute=True)
    assert [one.code for one in asked(answers)] == ["silent"]


def test_without_a_terminal_only_the_environment_is_told_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [one.code for one in terminal({})][-1] == "none"


def test_a_real_terminal_gives_thai_the_width_that_the_screen_counts_on(
    inbox: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    told = tmp_path / "told"
    program = f"{sys.executable} -m tui_inbox doctor --json --inbox {inbox} > {told}.part; mv {told}.part {told}"
    socket = f"doctor-{os.getpid()}"
    tmux = [tool("tmux"), "-L", socket]
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"}
    try:
        subprocess.run(
            [*tmux, "-f", "/dev/null", "new-session", "-d", "-x", "90", "-y", "30", program],
            check=True, env=environ,
        )  # fmt: skip
        for _ in range(600):
            if told.exists():
                break
            threading.Event().wait(0.05)
        lines = map(json.loads, told.read_text(encoding="utf-8").splitlines())
        found = {f"{line['area']}.{line['code']}": line for line in lines}
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
    assert {"terminal.widths", "terminal.tmux", "terminal.size"} <= set(found)
    assert found["terminal.size"]["details"] == {"columns": 90, "lines": 30}


# Words


def codes_in_code() -> set[str]:
    """Every ``Finding("area", "code", …)`` with literals, however its code is chosen."""
    found = set()
    for file in (*PACKAGE.glob("cli/doctor/*.py"), PACKAGE / "service" / "health.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                area, code = node.args[:2]
                if isinstance(code, ast.Constant):
                    found.add(f"{area.value}.{code.value}")
    return found


def test_every_finding_is_worded_and_what_must_be_done_is_said() -> None:
    from tui_inbox.locale import section

    wanted = codes_in_code()
    assert len(wanted) > 15
    wanted |= {f"watch.{why}" for why in Why} | {f"inbox.{away}" for away in Away}
    wanted |= {f"index.{state}" for state in IndexState}
    messages = Messages("th")
    # The ledger's own words serve for what is amiss in its files.
    damage = {f"ledger.{code}" for code in FindingCode}
    assert all(f"doctor.advice.{code}" in messages for code in damage)
    assert [code for code in sorted(wanted) if f"doctor.{code}" not in messages] == []
    worded = {key for key in section("th", "doctor") if not key.startswith("advice.")}
    advised = {key.removeprefix("advice.") for key in section("th", "doctor")} - worded
    assert advised == damage
