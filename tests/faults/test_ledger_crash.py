"""The ledger when a process is killed or several write at once.

``TUI_INBOX_ROUNDS`` says how many kills there are; ``long_run.py`` makes a thousand.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from ledger_kills import kill_writers, start

from tui_inbox.ledger import ErrorCode, FindingCode, Ledger, LedgerError, Status
from tui_inbox.ledger import storage as ledger_storage

ROUNDS = int(os.environ.get("TUI_INBOX_ROUNDS", "60"))
#: Of each of several processes at once.
ACTIONS = 500

#: Marks, notes and registers; several of these run at once.
WORKER = """
import sys
from pathlib import Path
from tui_inbox.ledger import Ledger
inbox, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ledger = Ledger(inbox, author=name)
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
for number in range(count):
    if number % 2:
        ledger.note("shared", f"{name}:{number}")
    else:
        ledger.register([f"{name}-{number}"], 2024)
    if number % 25 == 24:
        ledger.compact()
"""


def test_every_acknowledged_note_survives_kill_9(tmp_path: Path) -> None:
    killed = kill_writers(tmp_path, ROUNDS, seed=2567)
    assert (killed.kills, killed.acknowledged >= ROUNDS) == (ROUNDS, True)


@pytest.mark.parametrize("processes", [4])
def test_processes_writing_at_once_lose_nothing(tmp_path: Path, processes: int) -> None:
    names = [f"p{number}" for number in range(processes)]
    workers = [start(WORKER, tmp_path, name, ACTIONS) for name in names]
    reader = Ledger(tmp_path, author="ผู้อ่าน")
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    seen: set[str] = set()
    while any(worker.poll() is None for worker in workers):
        seen |= reader.refresh()
        time.sleep(0.005)
    for worker in workers:
        worker.communicate()
        assert worker.returncode == 0
    seen |= reader.refresh()
    fresh = Ledger(tmp_path, author="ผู้อ่าน")
    assert dict(fresh.records()) == dict(reader.records())
    assert seen == set(fresh.records())
    assert fresh.seq == processes * ACTIONS
    history = fresh.history()
    assert [item.seq for item in history] == list(range(1, fresh.seq + 1))
    for name in names:
        texts = [note.text for note in fresh.record("shared").notes if note.author == name]
        assert texts == [f"{name}:{number}" for number in range(1, ACTIONS, 2)]
    numbers = [r.register_number for r in fresh.records().values() if r.register_number]
    assert sorted(numbers) == list(range(1, processes * len(range(0, ACTIONS, 2)) + 1))
    assert fresh.findings == reader.findings == ()


def test_threads_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, author="มานี")

    def write(name: int) -> None:
        for number in range(25):
            ledger.note("a", f"{name}:{number}")
            ledger.refresh()
            ledger.records()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert len({note.text for note in ledger.record("a").notes}) == ledger.seq == 100
    assert Ledger(tmp_path, author="x").record("a") == ledger.record("a")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="names descriptors by /proc")
def test_an_action_is_on_disk_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Killing a process does not show what a power cut would: watch what is synced, and when.
    synced: list[tuple[str, int]] = []
    real = os.fsync

    def recording(descriptor: int) -> None:
        real(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((path.name, os.fstat(descriptor).st_size))

    monkeypatch.setattr(os, "fsync", recording)
    store = tmp_path / ".tui-inbox"
    ledger = Ledger(tmp_path, author="มานี")
    ledger.note("a", "หนึ่ง")
    journal = store / "journal-000000000001.jsonl"
    assert [name for name, _ in synced] == [tmp_path.name, store.name, journal.name]
    assert synced[-1] == (journal.name, journal.stat().st_size)
    synced.clear()
    ledger.undo()
    assert synced == [(journal.name, journal.stat().st_size)]
    synced.clear()
    ledger.compact()
    snapshot = next(store.glob("snapshot-*"))
    # What the snapshot holds is on disk before the journal goes on elsewhere; it itself comes last.
    assert [name for name, _ in synced[:2]] == [journal.name, store.name]
    assert synced[2][0].startswith(snapshot.name)
    assert synced[2][1] == snapshot.stat().st_size
    assert [name for name, _ in synced[3:]] == [store.name]


HOLDER = """
import datetime as dt, sys
from pathlib import Path
from tui_inbox.ledger.folder import Folder
from tui_inbox.ledger.locking import WriteLock
began = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=90)
with WriteLock(Folder(Path(sys.argv[1])), "สมชาย", lambda: began).held(5):
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_writer_is_waited_for_and_named_and_does_not_hinder_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(tmp_path, author="มานี")
    ledger.mark(["a"], Status.OPEN)
    monkeypatch.setattr(ledger_storage, "LOCK_TIMEOUT", 0.05)
    with start(HOLDER, tmp_path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LedgerError) as refused:
            ledger.note("a", "x")
        assert refused.value.code is ErrorCode.LOCKED
        found = refused.value.holder
        assert found is not None
        assert (found.by, found.host, found.pid) == ("สมชาย", os.uname().nodename, holder.pid)
        assert found.age is not None
        assert found.age >= 90
        assert ledger.record("a").notes == ()
        assert ledger.refresh() == frozenset()
        assert Ledger(tmp_path, author="x").record("a") == ledger.record("a")
        # A dead process's lock is free at once.
        holder.kill()
        holder.wait()
        monkeypatch.setattr(ledger_storage, "LOCK_TIMEOUT", 10.0)
        ledger.note("a", "x")
    assert len(ledger.record("a").notes) == 1


def test_a_line_on_its_way_is_not_called_torn_for_good(tmp_path: Path) -> None:
    writer = Ledger(tmp_path, author="มานี")
    writer.note("a", "หนึ่ง")
    writer.note("a", "สอง")
    journal = tmp_path / ".tui-inbox" / "journal-000000000001.jsonl"
    data = journal.read_bytes()
    with start(HOLDER, tmp_path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        journal.write_bytes(data[:-40])
        reader = Ledger(tmp_path, author="มานะ")
        assert [found.code for found in reader.findings] == [FindingCode.TORN]
        assert len(reader.record("a").notes) == 1
        with journal.open("ab") as file:
            file.write(data[-40:])
        assert reader.refresh() == {"a"}
        assert (reader.findings, len(reader.record("a").notes)) == ((), 2)
        holder.kill()
