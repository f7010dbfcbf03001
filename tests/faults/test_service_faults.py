"""The service when its cache is damaged, read-only or full, and when others work beside it."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.catalogue import Catalogue, Entry, content_of
from tui_inbox.config import Settings, UserSettings, WatchSettings
from tui_inbox.letter import Document, Kind, Letter
from tui_inbox.service import ActionFailed, Inbox, InboxUnavailable
from tui_inbox.triage import Query, Status, View
from tui_inbox.watching import Stamp

SETTINGS = Settings(user=UserSettings(name="สมหญิง"), watch=WatchSettings(delay=0.05))
ALL = Query(view=View.ALL)


def fill(folder: Path, count: int) -> None:
    for n in range(count):
        (folder / f"{n}.txt").write_text(
            f"ที่ อบ ๐๐๒๓/ว {n}\n\nเรื่อง เรื่องที่ {n}\n\nเรียน นายอำเภอทุกอำเภอ\n\nเพื่อโปรดทราบ\n",
            "utf-8",
        )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    fill(made, 8)
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def the_file(cache: Path) -> Path:
    (found,) = cache.glob("*.sqlite")
    return found


def paths(inbox: Inbox) -> set[str]:
    return {path for row in inbox.board(ALL).rows for path in row.paths}


def damages() -> Iterator[tuple[str, object]]:
    yield "nothing in it", lambda _: b""
    yield "no database", lambda _: b"not a database at all" * 100
    yield "cut", lambda data: data[: len(data) // 2]
    yield "its first page", lambda data: os.urandom(4096) + data[4096:]
    yield "all but its head", lambda data: data[:100] + os.urandom(len(data) - 100)
    yield "older", lambda data: data[:60] + (99).to_bytes(4, "big") + data[64:]


@pytest.mark.parametrize("damage", [d for _, d in damages()], ids=[name for name, _ in damages()])
def test_a_damaged_catalogue_is_made_anew(folder: Path, cache: Path, damage) -> None:
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        id = inbox.board(ALL).rows[0].id
        inbox.note(id, "โทรแล้ว")
    file = the_file(cache)
    file.write_bytes(damage(file.read_bytes()))
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        assert paths(inbox) == {f"{n}.txt" for n in range(8)}
        row = inbox.row(id)
        assert row is not None
        assert row.notes == 1
        assert inbox.board(Query(text="เรื่องที่ 3")).rows
        assert inbox.status.cached


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_anywhere_never_lose_a_letter(folder: Path, cache: Path, seed: int) -> None:
    rng = random.Random(seed)
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
    file = the_file(cache)
    data = bytearray(file.read_bytes())
    for _ in range(20):
        at = rng.randrange(100, len(data) - 64)
        data[at : at + 64] = rng.randbytes(64)
    file.write_bytes(data)
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        # A changed byte inside a value is no damage that SQLite can see, but a refresh, a list
        # and a search must work, and a new letter must come in.
        inbox.refresh()
        fill(folder, 9)
        inbox.refresh()
        assert "8.txt" in paths(inbox)
        inbox.board(Query(view=View.ALL, text="เรื่องที่"))


def test_a_cache_that_cannot_be_made_is_kept_in_memory(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", "utf-8")
    with Inbox.open(folder, SETTINGS, cache_dir=blocked) as inbox:
        inbox.refresh()
        assert len(paths(inbox)) == 8
        assert inbox.board(Query(text="เรื่องที่ 3")).rows
        status = inbox.status
        assert not status.cached
        assert status.cache_error in ("ENOTDIR", "EEXIST")
        inbox.watch(lambda update: None)


FULL = """
import resource, sys
from pathlib import Path
from tui_inbox.catalogue import Catalogue, Entry, content_of
from tui_inbox.letter import Document, Kind, Letter
from tui_inbox.watching import Stamp

catalogue = Catalogue(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for n in range(200):
    sha256 = f"{n:064x}"
    letter = Letter(sha256, "utf-8", (Document(kind=Kind.EXTERNAL_LETTER, span=(0, 1)),))
    text = "ก" + "".join(chr(0x0e01 + (n * 7 + i * i) % 46) for i in range(2000))
    content = content_of(letter, text, f"{n}.txt")
    catalogue.put(Entry(f"{n}.txt", Stamp(1, n, n), sha256, sha256, "", content))
assert not catalogue.persistent, "the limit was not reached"
print(catalogue.error)
assert len(catalogue.summaries()) == 200, len(catalogue.summaries())
assert len(catalogue.search("ก")) == 200
"""


def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "c" / "c.sqlite")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("SQLITE_")


def test_a_catalogue_that_is_deleted_while_open_is_filled_again(folder: Path, cache: Path) -> None:
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        the_file(cache).unlink()
        inbox.refresh()
        assert len(paths(inbox)) == 8
        with Inbox.open(folder, SETTINGS, cache_dir=cache) as other:
            assert len(paths(other)) == 8


REFRESH = """
import sys
from pathlib import Path
from tui_inbox.config import Settings, UserSettings
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, View
with Inbox.open(Path(sys.argv[1]), Settings(user=UserSettings(name=sys.argv[3])), cache_dir=Path(sys.argv[2])) as inbox:
    inbox.refresh()
    print(len(inbox.board(Query(view=View.ALL)).rows), inbox.status.cached)
"""


def test_processes_that_start_together_share_one_catalogue(folder: Path, cache: Path) -> None:
    fill(folder, 80)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", REFRESH, str(folder), str(cache), f"คนที่ {n}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert out.split() == ["80", "True"]
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        assert len(inbox.board(ALL).rows) == 80


MAKE = """
import sys
from pathlib import Path
from tui_inbox.catalogue import schema
folder, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for line in sys.stdin:
    db, unfit = schema.open_file(folder / f"{line.strip()}.sqlite", "reader")
    db.execute("INSERT INTO meta VALUES (?, ?)", (name, str(unfit)))
    db.close()
    print("done", flush=True)
"""


def test_processes_that_make_one_catalogue_together_lose_nothing(tmp_path: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path), str(n)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(4)
    ]
    try:
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for turn in range(40):
            for process in started:
                assert process.stdin is not None
                process.stdin.write(f"{turn}\n")
                process.stdin.flush()
            for process in started:
                assert process.stdout is not None
                assert process.stdout.readline() == "done\n", process.wait(10)
            with contextlib.closing(sqlite3.connect(tmp_path / f"{turn}.sqlite")) as db:
                rows = db.execute("SELECT * FROM meta WHERE key < '9' ORDER BY key").fetchall()
            assert rows == [(str(n), "False") for n in range(4)]
    finally:
        for process in started:
            process.communicate(timeout=30)


def test_killed_while_taking_letters_in(folder: Path, cache: Path) -> None:
    fill(folder, 300)
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", REFRESH, str(folder), str(cache), "ก"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        while process.poll() is None and not list(cache.glob("*.sqlite-wal")):
            pass
        process.kill()
        process.communicate()
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        assert len(inbox.board(ALL).rows) == 300
        assert len(inbox.board(Query(text="เรื่องที่ 299")).rows) == 1


# The inbox itself


def test_a_folder_that_vanishes_is_offline_and_nothing_is_gone(folder: Path, cache: Path) -> None:
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        away = folder.with_name("away")
        folder.rename(away)
        with pytest.raises(InboxUnavailable) as caught:
            inbox.refresh()
        assert caught.value.code == "missing"
        assert not inbox.status.online
        assert not any(row.gone for row in inbox.board(ALL).rows)
        # The mount point of a share that is not there: another folder, and empty.
        folder.mkdir()
        with pytest.raises(InboxUnavailable) as caught:
            inbox.refresh()
        assert caught.value.code == "emptied"
        folder.rmdir()
        away.rename(folder)
        inbox.refresh()
        assert inbox.status.online
        assert len(inbox.board(ALL).rows) == 8


def test_the_same_folder_emptied_by_people_is_empty(folder: Path, cache: Path) -> None:
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        for file in folder.glob("*.txt"):
            file.unlink()
        inbox.refresh()
        assert all(row.gone for row in inbox.board(ALL).rows)


def test_what_cannot_be_written_down_is_refused_and_changes_nothing(
    folder: Path, cache: Path
) -> None:
    with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
        inbox.refresh()
        # A file where the ledger's folder should be, since a test may run as root.
        (folder / ".tui-inbox").write_text("", "utf-8")
        row = inbox.board(ALL).rows[0]
        with pytest.raises(ActionFailed) as caught:
            inbox.mark([row.id], Status.ACTIONED, note="ทำแล้ว")
        assert caught.value.code
        assert inbox.row(row.id) == row
        assert not inbox.status.writable
        (folder / ".tui-inbox").unlink()
        inbox.mark([row.id], Status.ACTIONED, note="ทำแล้ว")
        assert inbox.record(row.id).notes[0].text == "ทำแล้ว"
        assert inbox.status.writable


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_inbox_is_shown(folder: Path, cache: Path) -> None:
    folder.chmod(0o555)
    try:
        with Inbox.open(folder, SETTINGS, cache_dir=cache) as inbox:
            inbox.refresh()
            assert not inbox.status.writable
            row = inbox.board(ALL).rows[0]
            with pytest.raises(ActionFailed):
                inbox.note(row.id, "โทรแล้ว")
            assert len(inbox.board(ALL).rows) == 8
    finally:
        folder.chmod(0o755)


def test_names_that_are_queries_are_only_names(cache: Path) -> None:
    catalogue = Catalogue(cache / "c.sqlite")
    for n, path in enumerate(("a'b\".txt", "%.txt", "'; DROP TABLE files; --.txt", "\n.txt")):
        sha256 = f"{n:064x}"
        letter = Letter(sha256, "utf-8", (Document(kind=Kind.UNKNOWN, span=(0, 1)),))
        content = content_of(letter, "x", path)
        catalogue.put(Entry(path, Stamp(1, n, n), sha256, sha256, "", content))
        assert catalogue.id_of(path) == sha256
    assert catalogue.ids_of(catalogue.search("drop table")) == {f"{2:064x}"}
    assert catalogue.ids_of(catalogue.search("%")) == {f"{1:064x}"}
    catalogue.close()
