"""Staff on one inbox: another process's actions arrive on the screen, and a group shares a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.config import Settings, UserSettings, WatchSettings
from tui_inbox.service import Inbox, Update
from tui_inbox.triage import Query, Status, View

#: Acts on the one letter when it is told to, and says when that was on disk.
OTHER = """
import sys, time
from pathlib import Path
from tui_inbox.config import Settings, UserSettings
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, Status, View
folder, cache = map(Path, sys.argv[1:])
with Inbox.open(folder, Settings(user=UserSettings(name="มานะ")), cache_dir=cache) as inbox:
    inbox.refresh()
    (row,) = inbox.board(Query(view=View.ALL)).rows
    print("ready", flush=True)
    for number, line in enumerate(sys.stdin):
        inbox.note(row.id, f"{number}")
        print(time.monotonic(), flush=True)
    inbox.mark([row.id], Status.ACTIONED)
"""


def test_what_another_process_did_is_news_here_without_anybody_asking(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("เรื่อง ทดสอบ\n", "utf-8")
    settings = Settings(user=UserSettings(name="มานี"), watch=WatchSettings(delay=0.05))
    news = threading.Condition()
    told: list[tuple[float, Update]] = []

    def listener(update: Update) -> None:
        with news:
            told.append((time.monotonic(), update))
            news.notify_all()

    with Inbox.open(folder, settings, cache_dir=tmp_path / "here") as inbox:
        inbox.refresh()
        (row,) = inbox.board(Query(view=View.ALL)).rows
        inbox.watch(listener)
        with subprocess.Popen(
            [sys.executable, "-c", OTHER, str(folder), str(tmp_path / "there")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as other:
            assert other.stdin is not None
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            delays = []
            for number in range(3):
                with news:
                    told.clear()
                other.stdin.write("go\n")
                other.stdin.flush()
                written = float(other.stdout.readline())
                with news:
                    came = news.wait_for(
                        lambda: next((at for at, update in told if row.id in update.ids), None), 30
                    )
                assert came is not None, "nobody was told"
                delays.append(came - written)
                # What is told is there to be seen.
                assert [note.text for note in inbox.record(row.id).notes][-1] == str(number)
                shown = inbox.row(row.id)
                assert shown is not None
                assert shown.notes == number + 1
            other.stdin.close()
            other.wait(30)
        with news:
            assert news.wait_for(lambda: inbox.record(row.id).status is Status.ACTIONED, 30)
        print("seconds until it was told:", ", ".join(f"{delay:.2f}" for delay in delays))


@pytest.fixture
def group_folder() -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("only root can be several users")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    inbox = folder / "inbox"
    inbox.mkdir()
    os.chown(inbox, 0, 64_000)
    inbox.chmod(0o2770)
    yield inbox
    shutil.rmtree(folder)


MEMBER = """
import os, sys
from pathlib import Path
import filelock
from tui_inbox.ledger import Ledger, LedgerError
inbox, user, group = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
os.setgroups([])
os.setgid(group)
os.setuid(user)
os.umask(0o077)
try:
    with Ledger(inbox, author=f"u{user}") as ledger:
        ledger.note("a", f"u{user}")
        ledger.compact()
        ledger.register([f"u{user}"], 2024)
        print(len(ledger.record("a").notes))
except LedgerError as error:
    print(error.code)
"""


def test_members_of_the_group_share_a_setgid_inbox_and_others_are_kept_out(
    group_folder: Path,
) -> None:
    def member(user: int, group: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", MEMBER, str(group_folder), str(user), str(group)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert [member(64_001, 64_000), member(64_002, 64_000), member(64_001, 64_000)] == [
        "1", "2", "3",
    ]  # fmt: skip
    assert member(64_003, 64_003) == "permission"
    store = group_folder / ".tui-inbox"
    assert store.stat().st_mode & 0o7777 == 0o2770
    for path in store.iterdir():
        assert (path.stat().st_mode & 0o777, path.stat().st_gid) == (0o660, 64_000), path
