"""The whole way, watched: from a file in the folder to its row, with what people wrote kept."""

from __future__ import annotations

import ctypes
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui_inbox.config import Settings, UserSettings, WatchSettings
from tui_inbox.service import Inbox, Update
from tui_inbox.triage import Query, Row, Status, View
from tui_inbox.watching import watcher

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
LIMIT = 60.0


def letter(n: int, subject: str = "ขอเชิญประชุม") -> str:
    return (
        f"ที่ ลพ 0021/ว {n}\nศาลากลางจังหวัดลำพูน\n\n20 พฤศจิกายน 2569\n\n"
        f"เรื่อง {subject}\n\nเรียน นายอำเภอทุกอำเภอ\n\nเพื่อโปรดทราบ\n"
    )


def wait_for(met: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not met():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


@pytest.fixture(params=["native", "poll"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(watcher, "POLL", 0.05)
    return request.param


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


class Watched:
    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.updates: list[Update] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.inbox.board(Query(view=View.ALL)).rows

    @property
    def paths(self) -> list[tuple[str, ...]]:
        return sorted(row.paths for row in self.rows if not row.gone)

    @property
    def arrived(self) -> list[str]:
        return [id for update in self.updates for id in update.arrived]

    @property
    def only(self) -> Row:
        (row,) = self.rows
        return row

    def wait(self, met: Callable[[Row], object]) -> None:
        """Wait for the only row to be so."""
        wait_for(lambda: len(self.rows) == 1 and met(self.only))


@pytest.fixture
def watched(folder: Path, tmp_path: Path, mode: str) -> Iterator[Watched]:
    settings = Settings(user=UserSettings(name="สมหญิง"), watch=WatchSettings(delay=0.1, mode=mode))
    cache = tmp_path / "cache"
    with Inbox.open(folder, settings, cache_dir=cache, clock=lambda: NOW) as inbox:
        inbox.board(Query())
        made = Watched(inbox)
        inbox.watch(made.updates.append)
        wait_for(lambda: inbox.status.scanned)
        yield made
        assert inbox.status.failures == 0


def test_one_letter_under_two_names_and_back_to_one(folder: Path, watched: Watched) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.paths == ("a.txt",))
    id = watched.only.id
    watched.inbox.note(id, "โทรแล้ว")
    shutil.copy(folder / "a.txt", folder / "b.txt")
    watched.wait(lambda row: row.paths == ("a.txt", "b.txt"))
    (folder / "a.txt").unlink()
    watched.wait(lambda row: row.paths == ("b.txt",))
    assert (watched.only.id, watched.only.notes, watched.only.gone) == (id, 1, False)
    assert watched.arrived == [id]


def test_renamed_it_keeps_its_notes(folder: Path, watched: Watched) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.paths == ("a.txt",))
    id = watched.only.id
    watched.inbox.mark([id], Status.ACTIONED, note="เรียบร้อย")
    (folder / "done").mkdir()
    (folder / "a.txt").rename(folder / "done" / "z.txt")
    watched.wait(lambda row: row.paths == ("done/z.txt",))
    row = watched.only
    assert (row.id, row.notes, row.status, row.gone) == (id, 1, Status.ACTIONED, False)
    assert not row.amended
    assert watched.arrived == [id]


def test_amended_it_comes_back_open_and_says_what_changed(folder: Path, watched: Watched) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.subject == "ขอเชิญประชุม")
    id = watched.only.id
    watched.inbox.mark([id], Status.ACTIONED)
    (folder / "a.txt").write_text(letter(1, "เลื่อนการประชุม"), "utf-8")
    watched.wait(lambda row: row.amended)
    row = watched.only
    assert (row.id, row.status, row.subject) == (id, Status.OPEN, "เลื่อนการประชุม")
    (amendment,) = watched.inbox.amendments(id)
    (change,) = amendment.changes
    assert (change.field, change.removed) == ("subject", ("ขอเชิญประชุม",))


def test_gone_it_says_so_and_back_again_it_is_the_same(folder: Path, watched: Watched) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.paths == ("a.txt",))
    id = watched.only.id
    watched.inbox.note(id, "โทรแล้ว")
    (folder / "a.txt").rename(folder.parent / "away.txt")
    watched.wait(lambda row: row.gone)
    assert watched.only.notes == 1
    (folder.parent / "away.txt").rename(folder / "other-name.txt")
    watched.wait(lambda row: not row.gone)
    row = watched.only
    assert (row.id, row.paths, row.notes) == (id, ("other-name.txt",), 1)
    assert watched.arrived == [id]


def test_what_cannot_be_read_is_a_row_until_it_can(folder: Path, watched: Watched) -> None:
    os.mkfifo(folder / "fifo.txt")
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (folder / "out.txt").symlink_to("/etc/passwd")
    (folder / "large.txt").write_bytes(b"x" * 2_000_001)
    wait_for(lambda: len(watched.rows) == 5)
    assert {row.path: row.problem.code.value for row in watched.rows if row.problem} == {
        "fifo.txt": "not_regular",
        "empty.txt": "empty",
        "binary.txt": "not_text",
        "out.txt": "outside",
        "large.txt": "too_large",
    }
    for name in ("fifo.txt", "out.txt"):
        (folder / name).unlink()
    for n, name in enumerate(("fifo", "empty", "binary", "out", "large")):
        (folder / f"{name}.txt").write_text(letter(n), "utf-8")
    wait_for(lambda: len(watched.rows) == 5 and not any(row.problem for row in watched.rows))


def test_a_former_content_under_another_name_is_the_same_letter_as_it_is_now(
    folder: Path, watched: Watched
) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.paths == ("a.txt",))
    id = watched.only.id
    (folder / "a.txt").write_text(letter(1, "เลื่อนการประชุม"), "utf-8")
    watched.wait(lambda row: row.amended)
    (folder / "copy-of-the-first.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: len(row.paths) == 2)
    assert (watched.only.id, watched.only.subject) == (id, "เลื่อนการประชุม")


def test_one_of_two_copies_that_cannot_be_read_any_more_is_a_row_of_its_own(
    folder: Path, watched: Watched
) -> None:
    (folder / "a.txt").write_text(letter(1), "utf-8")
    shutil.copy(folder / "a.txt", folder / "b.txt")
    watched.wait(lambda row: row.paths == ("a.txt", "b.txt"))
    id = watched.only.id
    (folder / "b.txt").write_bytes(b"")
    wait_for(lambda: watched.paths == [("a.txt",), ("b.txt",)])
    assert {row.id == id: row.problem is None for row in watched.rows} == {True: True, False: False}
    # Then the other too: what is known of the letter is kept with it.
    (folder / "a.txt").write_bytes(b"")
    wait_for(lambda: all(row.problem for row in watched.rows))
    row = watched.inbox.row(id)
    assert row is not None
    assert (row.paths, row.number) == (("a.txt",), "ลพ 0021/ว 1")
    (folder / "b.txt").write_text(letter(1), "utf-8")
    wait_for(
        lambda: {row.path: row.id == id for row in watched.rows} == {"b.txt": True, "a.txt": False}
    )
    (folder / "a.txt").write_text(letter(1), "utf-8")
    watched.wait(lambda row: row.paths == ("a.txt", "b.txt"))
    assert watched.only.problem is None


def die(thread: threading.Thread) -> None:
    """End a thread from outside, wherever it is: what no handler of errors is for."""
    assert thread.ident is not None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
    )


# Dying in the middle of a wait is loud, as it should be.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_watcher_that_is_killed_is_noticed_and_another_takes_its_place(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(watch=WatchSettings(delay=0.05))
    with Inbox.open(folder, settings, cache_dir=tmp_path / "cache") as inbox:
        inbox.watch(lambda update: None)
        wait_for(lambda: inbox.status.scanned)
        first = inbox._watcher
        assert first is not None
        die(first._thread)
        # It dies at its next step.
        (folder / "a.txt").write_text(letter(1), "utf-8")
        wait_for(lambda: not first.alive)
        wait_for(lambda: [row.path for row in inbox.board(Query()).rows] == ["a.txt"])
        (folder / "b.txt").write_text(letter(2), "utf-8")
        wait_for(lambda: len(inbox.board(Query()).rows) == 2)
        assert inbox._watcher is not first
        assert inbox.status.failures == 1
        assert inbox.status.mode == "native"
    names = {thread.name for thread in threading.enumerate()}
    assert "watching" not in names
    assert "has died" in caplog.text


COPYING = """
import os, sys, time
target, size, parts = sys.argv[1], int(sys.argv[2]), 6
data = (sys.argv[3] * size).encode()[:size]
fd = os.open(target, os.O_CREAT | os.O_RDWR)
os.ftruncate(fd, len(data))
step = -(-len(data) // parts)
# Not in order: clients send several requests at once.
for part in (1, 0, 3, 2, 5, 4):
    os.pwrite(fd, data[part * step : (part + 1) * step], part * step)
    time.sleep(0.1)
os.utime(fd, (1_000_000_000, 1_000_000_000))
os.close(fd)
"""


def test_a_copy_over_smb_that_reserves_its_size_first_is_read_once_and_whole(
    folder: Path, tmp_path: Path, mode: str
) -> None:
    # Its size tells nothing, and in the end its time is that of long ago.
    settings = Settings(watch=WatchSettings(delay=0.8, mode=mode))
    text = letter(1).replace("\n", " ") + "\n"
    with Inbox.open(folder, settings, cache_dir=tmp_path / "cache") as inbox:
        inbox.board(Query())
        updates: list[Update] = []
        inbox.watch(updates.append)
        wait_for(lambda: inbox.status.scanned)
        size = 40 * len(text.encode())
        command = [sys.executable, "-c", COPYING, str(folder / "a.txt"), str(size), text]
        assert subprocess.run(command, check=False).returncode == 0
        wait_for(lambda: [row.growing for row in inbox.board(Query()).rows] == [None])
        (row,) = inbox.board(Query()).rows
        found = inbox.text(row.id)
        assert found is not None
        assert found.encode() == (folder / "a.txt").read_bytes()
        assert not row.amended
        assert "\0" not in found
        # The row is seen before it is told of.
        wait_for(lambda: [id for update in updates for id in update.arrived] == [row.id])


BURST = """
import json, os, resource, sys, threading, time
from pathlib import Path
sys.path[:] = json.loads(sys.argv[3])
from tui_inbox.config import Settings, WatchSettings
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, View
from tui_inbox.workers import pool
pool.cores = lambda: 2
top, count = Path(sys.argv[1]), int(sys.argv[2])
text = "ที่ ลพ 0021/ว {n}\\n\\nเรื่อง เรื่องที่ {n}\\n\\nเรียน นายอำเภอทุกอำเภอ\\n\\n" + "เพื่อโปรดทราบ " * 300
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
def drop(numbers, pause):
    for n in numbers:
        (top / "inbox" / f"{n}.txt").write_text(text.format(n=n), "utf-8")
        time.sleep(pause)
(top / "inbox").mkdir()
settings = Settings(watch=WatchSettings(delay=0.2))
with Inbox.open(top / "inbox", settings, cache_dir=top / "cache") as inbox:
    inbox.board(Query())
    arrived = []
    inbox.watch(lambda update: arrived.extend(update.arrived))
    drop(range(200), 0)
    while len(arrived) < 200:
        time.sleep(0.01)
    threads, before = threading.active_count(), resident()
    drop(range(200, count), 0)
    drop(range(count, count + 300), 0.01)
    end = time.monotonic() + 300
    most = 0
    while len(arrived) < count + 300 and time.monotonic() < end:
        most = max(most, resident())
        time.sleep(0.01)
    rows = inbox.board(Query(view=View.ALL)).rows
    print(json.dumps({
        "arrived": len(arrived), "once": len(set(arrived)), "rows": len(rows),
        "paths": len({path for row in rows for path in row.paths}),
        "numbers": len({row.number for row in rows}),
        "problems": sum(row.problem is not None for row in rows),
        "grown": most - before, "failures": inbox.status.failures,
    }))
"""


def test_many_at_once_and_then_a_hundred_a_second_are_all_there_once_in_little_memory(
    tmp_path: Path,
) -> None:
    count = int(os.environ.get("BURST", "1200"))
    done = subprocess.run(
        [sys.executable, "-c", BURST, str(tmp_path), str(count), json.dumps(sys.path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    # What a row takes is a few kilobytes; the letters' texts, some 12 kB each, would be more.
    assert told.pop("grown") < 30 + count // 100
    everything = dict.fromkeys(("arrived", "once", "rows", "paths", "numbers"), count + 300)
    assert told == everything | {"problems": 0, "failures": 0}
