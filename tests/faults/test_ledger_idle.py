"""Compaction while the inbox is open: when nothing else is to do, and in nobody's way."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.config import Settings, UserSettings, WatchSettings
from tui_inbox.ledger import Ledger, journal, snapshot
from tui_inbox.ledger.state import State
from tui_inbox.service import Inbox, inbox
from tui_inbox.triage import Query, View


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / ".tui-inbox").glob("snapshot-*.jsonl"))


def test_an_open_inbox_compacts_when_idle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "POLL", 0.02)
    monkeypatch.setattr(inbox, "TIDY", 0.0)
    monkeypatch.setattr(inbox, "IDLE", 0.3)
    monkeypatch.setattr(journal, "DUE_BYTES", 3000)
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("เรื่อง ทดสอบ\n", "utf-8")
    settings = Settings(user=UserSettings(name="มานี"), watch=WatchSettings(delay=0.05))
    with Inbox.open(folder, settings, cache_dir=tmp_path / "cache") as opened:
        opened.refresh()
        opened.watch(lambda update: None)
        (row,) = opened.board(Query(view=View.ALL)).rows
        opened.note(row.id, "สั้น")
        time.sleep(0.5)
        assert snapshots(folder) == []  # not due
        for number in range(20):
            opened.note(row.id, f"{number} " + "ก" * 100)
        end = time.monotonic() + 20
        while not snapshots(folder):
            assert time.monotonic() < end, "it was never compacted"
            time.sleep(0.02)
        opened.note(row.id, "หลังจากนั้น")
        kept = opened.record(row.id)
    assert Ledger(folder, author="x").record(row.id) == kept


def test_actions_and_other_processes_go_on_while_a_snapshot_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    real = snapshot.dump

    def slow(state: State, now) -> Iterator[bytes]:
        for line in real(state, now):
            writing.set()
            assert go_on.wait(30)
            yield line

    ledger, other = Ledger(tmp_path, author="มานี"), Ledger(tmp_path, author="มานะ")
    ledger.note("a", "หนึ่ง")
    monkeypatch.setattr(snapshot, "dump", slow)
    compacting = threading.Thread(target=ledger.compact)
    compacting.start()
    try:
        assert writing.wait(30)
        ledger.note("a", "สอง")
        other.note("a", "สาม")
        ledger.undo()
    finally:
        go_on.set()
        compacting.join()
    ledger.note("a", "สี่")
    texts = [note.text for note in ledger.record("a").notes]
    assert texts == ["หนึ่ง", "สาม", "สี่"]
    # The snapshot says what was so when it was begun, and the rest follows it.
    assert snapshots(tmp_path) == ["snapshot-000000000001.jsonl"]
    again = Ledger(tmp_path, author="x")
    assert (again.record("a"), again.findings) == (ledger.record("a"), ())
    assert [item.seq for item in again.history()] == [1, 2, 3, 4, 5]


def test_what_one_process_compacted_is_not_due_for_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "DUE_BYTES", 1000)
    one, two = Ledger(tmp_path, author="มานี"), Ledger(tmp_path, author="มานะ")
    one.note("a", "ก" * 500)
    two.refresh()
    assert two.compact_if_due() is True
    assert one.compact_if_due() is False
    assert len(snapshots(tmp_path)) == 1
    one.note("a", "ข" * 2000)
    assert one.compact_if_due() is True
    assert two.compact_if_due() is False


def test_a_writer_at_work_is_not_disturbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, other = Ledger(tmp_path, author="มานี"), Ledger(tmp_path, author="มานะ")
    monkeypatch.setattr(journal, "DUE_BYTES", 1)
    ledger.note("a", "หนึ่ง")
    with other._storage.lock.held(1):
        assert ledger.compact_if_due() is False
    assert snapshots(tmp_path) == []
    assert ledger.compact_if_due() is True


def test_old_generations_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, author="มานี")
    for number in range(7):
        ledger.note("a", str(number))
        ledger.compact()
    assert [name[9:21].lstrip("0") for name in snapshots(tmp_path)] == ["4", "5", "6", "7"]
    # Each of them with the journal gives the whole.
    for name in reversed(snapshots(tmp_path)):
        assert Ledger(tmp_path, author="x").record("a") == ledger.record("a")
        (tmp_path / ".tui-inbox" / name).unlink()
    assert Ledger(tmp_path, author="x").record("a") == ledger.record("a")
