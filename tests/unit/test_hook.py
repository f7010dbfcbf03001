"""The program that is run for each letter that comes in."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from tui_inbox import hook as hook_module
from tui_inbox.config import Settings, SettingsError, WatchSettings, load_settings
from tui_inbox.contract import contract_row
from tui_inbox.hook import ArrivalHook
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, Row, View

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
SETTINGS = Settings(watch=WatchSettings(delay=0.05))
LIMIT = 40.0

# Adds what it is given to a file, one JSON a line.
RECORD = """
import json, os, sys
row = json.loads(sys.stdin.readline())
told = {"row": row, "args": sys.argv[2:], "cwd": os.getcwd(), "inbox": os.environ["TUI_INBOX_DIR"]}
with open(sys.argv[1], "a") as out:
    out.write(json.dumps(told) + "\\n")
print("on standard output")
"""


def letter(n: int, head: str = "", subject: str = "ขอเชิญประชุม") -> str:
    return f"{head}ที่ ลพ 0021/ว {n}\n\nเรื่อง {subject}\n\nเรียน นายอำเภอทุกอำเภอ\n\nเพื่อโปรดทราบ\n"


def encode(row: Row) -> bytes:
    return msgspec.json.encode(contract_row(row, Messages("th")))


def wait_for(met: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not met():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_module, "POLL", 0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in box"
    made.mkdir()
    (made / "old.txt").write_text(letter(0), "utf-8")
    return made


@pytest.fixture
def now() -> list[dt.datetime]:
    return [NOW]


@pytest.fixture
def open_inbox(
    folder: Path, tmp_path: Path, now: list[dt.datetime]
) -> Iterator[Callable[[], Inbox]]:
    opened: list[Inbox] = []

    def make() -> Inbox:
        cache = tmp_path / "cache"
        inbox = Inbox.open(folder, SETTINGS, cache_dir=cache, clock=lambda: now[0])
        opened.append(inbox)
        return inbox

    yield make
    for inbox in opened:
        inbox.close()


@pytest.fixture
def inbox(open_inbox: Callable[[], Inbox]) -> Inbox:
    inbox = open_inbox()
    inbox.refresh()
    return inbox


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def recording(log: Path, *args: str) -> tuple[str, ...]:
    return (sys.executable, "-c", RECORD, str(log), *args)


def told(log: Path) -> list[dict]:
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def test_each_letter_that_comes_in_is_told_of_once_as_list_has_it(
    folder: Path, inbox: Inbox, log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with ArrivalHook(inbox, recording(log, "$HOME", "; touch x", "*"), encode):
        for n in (1, 2, 3):
            (folder / f"{n}.txt").write_text(letter(n), "utf-8")
        inbox.refresh()
        wait_for(lambda: len(told(log)) == 3)
        # A rename, a copy, a touch, an amendment and a letter that goes are no arrivals.
        (folder / "1.txt").rename(folder / "one.txt")
        (folder / "copy.txt").write_text(letter(2), "utf-8")
        (folder / "3.txt").write_text(letter(3, subject="แก้ไข"), "utf-8")
        (folder / "old.txt").unlink()
        inbox.refresh()
        (folder / "4.txt").write_text(letter(4), "utf-8")
        inbox.refresh()
        wait_for(lambda: len(told(log)) == 4)
    numbers = sorted(one["row"]["number"] for one in told(log))
    assert numbers == [f"ลพ 0021/ว {n}" for n in (1, 2, 3, 4)]
    rows = {row.id: row for row in inbox.board(Query(view=View.ALL)).rows}
    last = told(log)[-1]
    assert last["row"] == json.loads(encode(rows[last["row"]["id"]]))
    # Arguments reach the program as they are, and it is not run in the folder of others.
    assert last["args"] == ["$HOME", "; touch x", "*"]
    assert last["cwd"] == "/"
    assert last["inbox"] == str(folder)
    assert capfd.readouterr().out == ""
    assert inbox.status.hook is None


def test_what_is_there_when_nobody_has_looked_before_is_no_arrival(inbox: Inbox) -> None:
    assert len(inbox.ids()) == 1
    assert inbox.claim_arrival() is None


def test_what_came_while_nobody_looked_is_told_at_the_next_start_within_a_day(
    folder: Path, open_inbox: Callable[[], Inbox], inbox: Inbox, now: list[dt.datetime]
) -> None:
    (folder / "1.txt").write_text(letter(1), "utf-8")
    inbox.refresh()
    inbox.close()
    now[0] += dt.timedelta(hours=30)
    again = open_inbox()
    (folder / "2.txt").write_text(letter(2), "utf-8")
    again.refresh()
    row = again.claim_arrival()
    assert row is not None
    assert row.number == "ลพ 0021/ว 2"
    assert again.claim_arrival() is None


def test_several_who_follow_share_the_arrivals(
    folder: Path, open_inbox: Callable[[], Inbox], inbox: Inbox, log: Path
) -> None:
    other = open_inbox()
    with (
        ArrivalHook(inbox, recording(log), encode),
        ArrivalHook(other, recording(log), encode),
    ):
        for n in range(1, 13):
            (folder / f"{n}.txt").write_text(letter(n), "utf-8")
        inbox.refresh()
        other.refresh()
        wait_for(lambda: len(told(log)) == 12)
        (folder / "last.txt").write_text(letter(99), "utf-8")
        other.refresh()
        wait_for(lambda: len(told(log)) == 13)
    assert len({one["row"]["id"] for one in told(log)}) == 13


def test_a_secret_letter_is_told_of_without_its_words(
    folder: Path, inbox: Inbox, log: Path
) -> None:
    (folder / "1.txt").write_text(letter(1, "ลับมาก\n", "แผนย้ายคลัง"), "utf-8")
    inbox.refresh()
    ArrivalHook(inbox, recording(log), encode).run_all()
    (one,) = told(log)
    assert one["row"]["secrecy"] == "secret"
    assert one["row"]["subject"] is None
    assert "แผนย้าย" not in log.read_text()


def test_a_file_that_cannot_be_read_is_told_of_with_the_reason(
    folder: Path, inbox: Inbox, log: Path
) -> None:
    (folder / "empty.txt").touch()
    inbox.refresh()
    ArrivalHook(inbox, recording(log), encode).run_all()
    (one,) = told(log)
    assert one["row"]["path"] == "empty.txt"
    assert one["row"]["problem"]


def test_runs_are_few_at_a_time(
    folder: Path, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = tmp_path / "busy"
    busy.mkdir()
    script = """
import os, sys, time
mine = os.path.join(sys.argv[1], str(os.getpid()))
open(mine, "w").close()
time.sleep(0.1)
with open(sys.argv[2], "a") as out:
    out.write(f"{len(os.listdir(sys.argv[1]))}\\n")
os.unlink(mine)
"""
    log = tmp_path / "counts"
    for n in range(1, 9):
        (folder / f"{n}.txt").write_text(letter(n), "utf-8")
    inbox.refresh()
    command = (sys.executable, "-c", script, str(busy), str(log))
    with ArrivalHook(inbox, command, encode):
        wait_for(lambda: log.exists() and len(log.read_text().split()) == 8)
    assert max(map(int, log.read_text().split())) <= hook_module.AT_ONCE


@pytest.mark.parametrize(
    ("command", "code", "detail"),
    [
        (("/nowhere/at-all",), "missing", ""),
        (("/etc/passwd",), "permission", ""),
        (("sh", "-c", "echo no mail >&2; exit 3"), "exit", "3 no mail"),
        (("sh", "-c", "kill -9 $$"), "signal", "SIGKILL"),
        (("sh", "-c", "sleep 600 & sleep 600"), "timeout", "0"),
    ],
)
def test_what_goes_wrong_is_said_and_the_next_letter_is_told_of(
    folder: Path,
    inbox: Inbox,
    command: tuple[str, ...],
    code: str,
    detail: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hook_module, "PATIENCE", 0.3 if code == "timeout" else LIMIT)
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(letter(n), "utf-8")
    inbox.refresh()
    ArrivalHook(inbox, command, encode).run_all()
    failure = inbox.status.hook
    assert failure is not None
    assert (failure.code, failure.program, failure.count) == (code, command[0], 2)
    assert failure.detail == detail
    for language in ("th", "en"):
        said = Messages(language)(
            f"watching.hook.{code}", program=failure.program, detail=failure.detail
        )
        assert command[0] in said


def test_a_program_that_reads_nothing_and_says_much_does_no_harm(
    folder: Path, inbox: Inbox
) -> None:
    (folder / "1.txt").write_text(letter(1), "utf-8")
    inbox.refresh()
    command = ("sh", "-c", "yes on standard output | head -c 3000000; yes n | head -c 3000000 >&2")
    ArrivalHook(inbox, command, encode).run_all()
    assert inbox.status.hook is None


def test_a_full_disk_keeps_no_later_letter_from_being_told(
    folder: Path, inbox: Inbox, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def full() -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(hook_module.tempfile, "TemporaryFile", full)
        hook = ArrivalHook(inbox, recording(log), encode)
        hook.start()
        (folder / "1.txt").write_text(letter(1), "utf-8")
        inbox.refresh()
        wait_for(lambda: inbox.status.hook is not None)
    (folder / "2.txt").write_text(letter(2), "utf-8")
    inbox.refresh()
    wait_for(lambda: len(told(log)) == 1)
    hook.stop()
    assert told(log)[0]["row"]["number"] == "ลพ 0021/ว 2"


def test_stopping_ends_a_run_that_goes_on(
    folder: Path, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_module, "GRACE", 0.1)
    pid = tmp_path / "pid"
    (folder / "1.txt").write_text(letter(1), "utf-8")
    inbox.refresh()
    hook = ArrivalHook(inbox, ("sh", "-c", f"echo $$ > {pid}; exec sleep 600"), encode)
    hook.start()
    wait_for(lambda: pid.exists() and pid.read_text().strip())
    hook.stop()
    assert not [one for one in threading.enumerate() if one.name == "arrival-hook"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    # It was ended by us, which is nobody's failure.
    assert inbox.status.hook is None


def test_without_a_program_nothing_is_started(inbox: Inbox) -> None:
    before = threading.active_count()
    with ArrivalHook(inbox, (), encode):
        assert threading.active_count() == before


# The setting


def test_a_command_line_is_parted_like_a_shells_and_never_given_to_one(tmp_path: Path) -> None:
    line = "notify-send --urgency=critical 'หนังสือ เข้า' \"$HOME\" a\\ b *"
    user = tmp_path / "settings.toml"
    user.write_text(f"[watch]\non_arrival = '''{line}'''\n", "utf-8")
    settings = load_settings(environ={}, user=user)
    assert settings.watch.arrival_command == (
        "notify-send", "--urgency=critical", "หนังสือ เข้า", "$HOME", "a b", "*",
    )  # fmt: skip
    assert settings.watch.arrival_command == tuple(shlex.split(line))
    assert Settings().watch.arrival_command == ()


@pytest.mark.parametrize("line", ["'not closed", '"', "''", "a\\"])
def test_a_command_line_that_is_none_is_refused(line: str, tmp_path: Path) -> None:
    user = tmp_path / "settings.toml"
    with pytest.raises(SettingsError) as error:
        load_settings(environ={"TUI_INBOX_WATCH_ON_ARRIVAL": line}, user=user)
    assert error.value.code == "bad_command"


@pytest.mark.parametrize(
    "text",
    [
        '[watch]\non_arrival = "sh evil"\n',
        'watch.on_arrival = "sh evil"\n',
        'watch = {on_arrival = "sh evil"}\n',
        '["watch"]\n"on_arrival" = "sh evil"\n',
    ],
)
def test_the_settings_of_a_shared_inbox_can_run_nothing(tmp_path: Path, text: str) -> None:
    shared = tmp_path / "inbox" / ".tui-inbox"
    shared.mkdir(parents=True)
    (shared / "settings.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        load_settings(tmp_path / "inbox", environ={}, user=tmp_path / "none.toml")
    assert (error.value.code, error.value.key) == ("not_here", "watch.on_arrival")
