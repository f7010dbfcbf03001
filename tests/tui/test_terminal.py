"""The program in a real terminal: what only a terminal shows.

tmux stands for the terminal. Where it is missing the test says so; in CI that is a failure, since
there the machine is set up to have it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui_inbox.thai.written import format_date
from tui_inbox.triage import office_day

LETTER = """ด่วนที่สุด

ที่ ลพ ๐๐๑๗.๒/ว ๔๔๐๙

ศาลากลางจังหวัดลำพูน
ถนนอินทยงยศ ลพ ๕๑๐๐๐

๒๐ พฤศจิกายน ๒๕๖๙

เรื่อง ขอเชิญประชุมซักซ้อมแนวทางการจัดการน้ำท่วมขัง

เรียน นายอำเภอ ทุกอำเภอ

ด้วยจังหวัดลำพูนเห็นควรซักซ้อมแนวทางการจัดการน้ำท่วมขังในพื้นที่ชุมชน จึงขอให้อำเภอส่งผู้แทนเข้าร่วมประชุม

จึงเรียนมาเพื่อโปรดดำเนินการ

ขอแสดงความนับถือ

(นายสมมุติ ทดสอบดี)
ผู้ว่าราชการจังหวัดลำพูน
"""
NUMBER = "ลพ 0017.2/ว 4409"
WAIT = 40.0


#: Numbers the servers that this process starts.
STARTS = itertools.count(1)


class Terminal:
    """One tmux server of its own, with one window."""

    def __init__(self, home: Path, inbox: Path) -> None:
        self.home, self.inbox = home, inbox
        self.socket = ""

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-L", self.socket, "-f", "/dev/null", *words],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
        )
        return done.stdout

    def start(self, columns: int, rows: int) -> None:
        # A server of its own for each start: the last one, another test's too, may be going down.
        self.socket = f"tui-inbox-{os.getpid()}-{next(STARTS)}"
        program = [sys.executable, "-m", "tui_inbox", "--inbox", str(self.inbox)]
        settings = {
            # Who the office is is known, so that it is not asked for.
            "TUI_INBOX_OFFICE_NAME": "อำเภอแม่ทา",
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        words = " ".join(f"{name}={shlex.quote(value)}" for name, value in settings.items())
        self._tmux(
            "new-session", "-d", "-s", "t", "-x", str(columns), "-y", str(rows),
            f"env {words} {shlex.join(program)}",
        )  # fmt: skip

    def keys(self, *keys: str) -> None:
        self._tmux("send-keys", "-t", "t", *keys)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", "-t", "t")

    def pid(self) -> int:
        return int(self._tmux("display-message", "-p", "-t", "t", "#{pane_pid}"))

    def until(self, *texts: str) -> str:
        """Wait until the screen shows all the texts."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"not on the screen: {texts}\n{self.screen()}")

    def stop(self) -> None:
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def terminal(tmp_path: Path, tool: Callable[[str], str]) -> Iterator[Terminal]:
    tool("tmux")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "letter.txt").write_text(LETTER, encoding="utf-8")
    one = Terminal(tmp_path, inbox)
    yield one
    one.stop()


def test_an_action_typed_on_the_thai_keyboard_survives_a_kill(terminal: Terminal) -> None:
    terminal.start(80, 24)
    screen = terminal.until(NUMBER, "ด่วนที่สุด")
    assert all(len(line) <= 160 for line in screen.splitlines())
    # ฟ is what the key a sends while the keyboard is in Thai: mark as actioned.
    terminal.keys("ฟ")
    terminal.until("เสร็จ")
    deadline = time.monotonic() + WAIT
    journal = terminal.inbox / ".tui-inbox"
    while time.monotonic() < deadline and not journal.is_dir():
        time.sleep(0.05)
    terminal.until("กด u เพื่อเลิกทำ")
    os.kill(terminal.pid(), 9)
    terminal.stop()

    terminal.start(80, 24)
    terminal.until("ฉบับ")
    # View 7: what has been actioned.
    terminal.keys("7")
    terminal.until(NUMBER, "ดำเนินการแล้ว")


def test_a_letter_dropped_in_appears_by_itself(terminal: Terminal) -> None:
    terminal.start(120, 40)
    terminal.until(NUMBER)
    other = LETTER.replace("๔๔๐๙", "๔๔๑๐").replace("ขอเชิญประชุม", "ขอเชิญอบรม")
    (terminal.inbox / "ใหม่.txt").write_text(other, encoding="utf-8")
    terminal.until(NUMBER, "ลพ 0017.2/ว 4410")


def test_keys_pressed_before_anything_is_shown_are_obeyed(terminal: Terminal) -> None:
    for number in ("๔๔๑๐", "๔๔๑๑", "๔๔๑๒"):
        other = LETTER.replace("๔๔๐๙", number)
        (terminal.inbox / f"{number}.txt").write_text(other, encoding="utf-8")
    terminal.start(120, 40)
    terminal.until("4 ฉบับ", "ฉบับที่ 1 จาก 4")
    terminal.stop()

    terminal.start(120, 40)
    terminal.keys("j", "j", "?")
    terminal.until("ท่านอยู่ที่รายการหนังสือ")
    terminal.keys("Escape")
    terminal.until("ฉบับที่ 3 จาก 4")


def test_a_whole_morning_survives_a_kill(terminal: Terminal) -> None:
    terminal.start(80, 24)
    terminal.until(NUMBER)
    # Something comes in while the list is open.
    other = LETTER.replace("๔๔๐๙", "๔๔๑๐").replace("ด่วนที่สุด\n\n", "", 1)
    (terminal.inbox / "ใหม่.txt").write_text(other, encoding="utf-8")
    second = NUMBER.replace("4409", "4410")
    terminal.until(NUMBER, second)
    # It is read, given to somebody, and a day is set: all with the keyboard in Thai.
    terminal.keys("Enter")
    terminal.until("Enter")
    terminal.keys("ท")
    terminal.until("มอบหมาย:")
    terminal.keys("สมศรี", "Enter")
    terminal.until("มอบหมายให้สมศรีแล้ว")
    terminal.keys("g", "ไ")
    terminal.until("ตั้งวันครบกำหนด:")
    terminal.keys("+9d", "Enter")
    due = office_day(dt.datetime.now(dt.UTC)) + dt.timedelta(days=9)
    terminal.until(f"ตั้งวันครบกำหนด {format_date(due.isoformat(), short=True)} แล้ว")
    # A note is written, and another one is left half written.
    terminal.keys("ื")
    terminal.until("Ctrl+S")
    terminal.keys("โทรแจ้งแล้ว น้ำท่วม", "F2")
    terminal.until("บันทึกแล้ว:")
    terminal.keys("ฟ")
    terminal.until("เสร็จ:")
    terminal.keys("ี")
    terminal.until("เลิกทำแล้ว")
    terminal.keys("ื")
    terminal.until("Ctrl+S")
    terminal.keys("ร่างที่ยังไม่เสร็จ")
    drafts = terminal.home / "state" / "tui-inbox" / "drafts"
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline and not list(drafts.glob("*/*.json")):
        time.sleep(0.05)
    os.kill(terminal.pid(), 9)
    terminal.stop()

    terminal.start(80, 24)
    terminal.until("มีร่างบันทึก", second)
    terminal.keys("G", "ื")
    terminal.until("ร่างที่ยังไม่เสร็จ")
    terminal.keys("F2")
    terminal.until("บันทึกแล้ว:")
    journal = b"".join(
        file.read_bytes() for file in (terminal.inbox / ".tui-inbox").glob("**/*.jsonl")
    )
    kept = journal.decode()
    for text in ("สมศรี", "โทรแจ้งแล้ว น้ำท่วม", "ร่างที่ยังไม่เสร็จ"):
        assert text in kept
    assert not list(drafts.glob("*/*.json"))
