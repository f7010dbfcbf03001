"""``tui-inbox watch`` as a service runs it: real processes, signals and pipes."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

LIMIT = 60.0
ROOT = Path(__file__).parents[2]


def letter(n: int, head: str = "", subject: str = "ขอเชิญประชุม") -> str:
    return (
        f"{head}ที่ ลพ 0021/ว {n}\nศาลากลางจังหวัดลำพูน\n\n20 พฤศจิกายน 2569\n\n"
        f"เรื่อง {subject}\n\nเรียน นายอำเภอทุกอำเภอ\n\nเพื่อโปรดทราบ\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "old.txt").write_text(letter(0), "utf-8")
    return made


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "TUI_INBOX_WATCH_DELAY": "0.1", "TUI_INBOX_LANG": "en"}


class Watching:
    """A running ``tui-inbox watch`` and the lines that it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out: list[str] = []
        self.err: list[str] = []
        self._threads = [
            threading.Thread(target=self._gather, args=one, daemon=True)
            for one in ((process.stdout, self.out), (process.stderr, self.err))
        ]
        for thread in self._threads:
            thread.start()

    def _gather(self, stream: IO[str], lines: list[str]) -> None:
        with stream:
            for line in stream:
                lines.append(line.rstrip("\n"))

    def join(self) -> None:
        for thread in self._threads:
            thread.join(LIMIT)

    def wait(self, met: Callable[[], object]) -> None:
        end = time.monotonic() + LIMIT
        while not met():
            assert time.monotonic() < end, (self.out, self.err, self.process.poll())
            time.sleep(0.01)

    def wait_started(self) -> None:
        self.wait(lambda: any("following" in line for line in self.err))

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(LIMIT)
        self.join()
        return code


def listen_to_ctrl_c() -> None:
    """Tests that run behind a shell's ``&`` ignore it, and so would what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


Start = Callable[..., contextlib.AbstractContextManager[Watching]]


@pytest.fixture
def start(folder: Path, environment: dict[str, str], tmp_path: Path) -> Start:
    @contextlib.contextmanager
    def start(*arguments: str, **extra: str) -> Iterator[Watching]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui_inbox", "watch", "--inbox", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=tmp_path,
            env=environment | extra,
            preexec_fn=listen_to_ctrl_c,
        )
        watching = Watching(process)
        try:
            yield watching
        finally:
            process.kill()
            process.wait()
            watching.join()

    return start


def once(folder: Path, environment: dict[str, str], *arguments: str, **extra: str):
    return subprocess.run(
        [sys.executable, "-m", "tui_inbox", "watch", "--once", "--inbox", str(folder), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment | extra,
        timeout=LIMIT,
        check=False,
    )


def test_a_line_of_json_for_each_letter_that_comes_in_and_a_clean_end(
    folder: Path, start: Start
) -> None:
    with start("--json") as watching:
        watching.wait_started()
        for n in (1, 2):
            (folder / f"{n}.txt").write_text(letter(n), "utf-8")
            watching.wait(lambda n=n: len(watching.out) == n)
        (folder / "1.txt").rename(folder / "renamed.txt")
        (folder / "secret.txt").write_text(letter(3, "ลับ\n", "แผนย้ายคลัง"), "utf-8")
        (folder / "bad.txt").write_bytes(b"")
        watching.wait(lambda: len(watching.out) == 4)
        assert watching.end(signal.SIGTERM) == 0
    rows = [json.loads(line) for line in watching.out]
    assert [row["number"] for row in rows[:2]] == ["ลพ 0021/ว 1", "ลพ 0021/ว 2"]
    assert {row["path"] for row in rows[2:]} == {"secret.txt", "bad.txt"}
    assert "แผนย้าย" not in "".join(watching.out)
    assert all(("problem" in row) and ("reason" in row) for row in rows)
    assert not [line for line in watching.err if "Traceback" in line]


def test_the_lines_are_those_of_list(folder: Path, start: Start, environment) -> None:
    with start("--json") as watching:
        watching.wait_started()
        (folder / "1.txt").write_text(letter(1, "ด่วนที่สุด\n"), "utf-8")
        watching.wait(lambda: watching.out)
        listed = subprocess.run(
            [sys.executable, "-m", "tui_inbox", "list", "--json", "--inbox", str(folder)],
            capture_output=True,
            encoding="utf-8",
            env=environment,
            check=True,
        )
    assert watching.out[0] in listed.stdout.splitlines()


def test_for_people_a_line_with_nothing_that_a_terminal_obeys(folder: Path, start: Start) -> None:
    with start() as watching:
        watching.wait_started()
        (folder / "1.txt").write_text(letter(1, "ด่วนที่สุด\n", "ขอ\x1b[2Jเชิญ\u202e"), "utf-8")
        watching.wait(lambda: watching.out)
        assert watching.end(signal.SIGTERM) == 0
    (line,) = watching.out
    for wanted in ("‼", "ลพ 0021/ว 1", "เชิญ"):
        assert wanted in line
    assert not {"\x1b", "\u202e"} & set(line)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_without_a_trace(start: Start, number: int, code: int) -> None:
    with start() as watching:
        watching.wait_started()
        assert watching.end(number) == code
        assert watching.out == []
        assert "Traceback" not in "".join(watching.err)


def test_it_ends_when_nobody_reads_any_more(
    folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tui_inbox", "watch", "--json", "--inbox", str(folder)]
    with subprocess.Popen(
        f"{shlex.join(command)} | head -n 1",
        shell=True,
        executable="/bin/bash",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    ) as process:
        assert process.stderr is not None
        while "following" not in process.stderr.readline():
            pass
        (folder / "1.txt").write_text(letter(1), "utf-8")
        out, err = process.communicate(timeout=LIMIT)
    assert len(out.splitlines()) == 1
    assert "Traceback" not in err


def test_what_came_while_it_was_down_comes_first(folder: Path, start: Start) -> None:
    with start("--json") as watching:
        watching.wait_started()
        # What was there when nobody had looked before is no news.
        assert watching.end(signal.SIGTERM) == 0
        assert watching.out == []
    for n in (1, 2, 3):
        (folder / f"{n}.txt").write_text(letter(n), "utf-8")
    with start("--json") as watching:
        watching.wait(lambda: len(watching.out) == 3)


def test_a_folder_full_of_letters_is_no_news_at_the_first_look(folder: Path, start: Start) -> None:
    for n in range(1, 150):
        (folder / f"{n}.txt").write_text(letter(n), "utf-8")
        os.utime(folder / f"{n}.txt", (1e9, 1e9))
    with start("--json") as watching:
        watching.wait_started()
        (folder / "new.txt").write_text(letter(999), "utf-8")
        watching.wait(lambda: watching.out)
        assert watching.end(signal.SIGTERM) == 0
    assert [json.loads(line)["path"] for line in watching.out] == ["new.txt"]


def test_an_inbox_that_goes_and_comes_back_is_said_and_carried_on(
    folder: Path, start: Start
) -> None:
    with start("--json") as watching:
        watching.wait_started()
        folder.rename(folder.with_name("away"))
        watching.wait(lambda: any("is not there" in line for line in watching.err))
        folder.with_name("away").rename(folder)
        watching.wait(lambda: any("is back" in line for line in watching.err))
        (folder / "1.txt").write_text(letter(1), "utf-8")
        watching.wait(lambda: watching.out)
        assert watching.end(signal.SIGTERM) == 0


def test_a_missing_inbox_cannot_be_watched(folder: Path, environment: dict[str, str]) -> None:
    shutil.rmtree(folder)
    done = once(folder, environment)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr


def test_once_prints_what_is_new_and_ends(folder: Path, environment: dict[str, str]) -> None:
    first = once(folder, environment, "--json")
    assert (first.returncode, first.stdout) == (0, "")
    assert "1" in first.stderr
    (folder / "1.txt").write_text(letter(1), "utf-8")
    second = once(folder, environment, "--json")
    (row,) = map(json.loads, second.stdout.splitlines())
    assert row["number"] == "ลพ 0021/ว 1"
    third = once(folder, environment, "--json")
    assert (third.returncode, third.stdout) == (0, "")


def test_the_hook_is_run_for_each_and_its_failure_is_said(
    folder: Path, start: Start, tmp_path: Path, environment: dict[str, str]
) -> None:
    log = tmp_path / "log"
    with start(TUI_INBOX_WATCH_ON_ARRIVAL=f"tee -a {shlex.quote(str(log))}") as watching:
        watching.wait_started()
        (folder / "1.txt").write_text(letter(1), "utf-8")
        watching.wait(lambda: log.exists() and log.read_text().endswith("\n"))
        watching.wait(lambda: watching.out)
        assert watching.end(signal.SIGTERM) == 0
        assert len(watching.out) == 1
    assert json.loads(log.read_text())["number"] == "ลพ 0021/ว 1"
    (folder / "2.txt").write_text(letter(2), "utf-8")
    done = once(folder, environment, TUI_INBOX_WATCH_ON_ARRIVAL="/nowhere/at-all --x")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "/nowhere/at-all" in done.stderr


UNIT = ROOT / "docs" / "tui-inbox.service"


def test_the_unit_of_the_documents_is_one_that_systemd_takes(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    text = UNIT.read_text(encoding="utf-8")
    assert "tui-inbox watch" in text
    if verify is None:
        pytest.skip("systemd is not at hand")
    # The program lies elsewhere on each machine: any that is there will do for the parser.
    unit = tmp_path / "tui-inbox.service"
    unit.write_text(text.replace("%h/.local/bin/tui-inbox", "/bin/true"), "utf-8")
    done = subprocess.run(
        [verify, "--user", "verify", str(unit)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "tui-inbox.service" in line]
    assert said == []
    assert (done.returncode == 0) or "Failed to" in done.stderr
