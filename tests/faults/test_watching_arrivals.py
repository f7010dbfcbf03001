"""Letters arriving in a followed folder: real files, threads and processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from watching_follow import LIMIT, QUICK, following, settle

from tui_inbox.config import WatchSettings
from tui_inbox.letter import ProblemCode
from tui_inbox.watching import native_of, scan, watcher

# Long enough that a busy machine does not make a writer look as if it had stopped.
SLOW = 1.0


@pytest.fixture(params=["native", "poll"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(watcher, "POLL", 0.1)
    return request.param


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def python(script: str, *args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, args)])


def test_what_is_there_at_the_start_is_handed_over_once_and_with_it_the_end_of_the_scan(
    inbox: Path,
) -> None:
    for number in range(600):
        (inbox / f"{number}.txt").write_text(str(number))
    time.sleep(QUICK)
    with following(inbox) as other:
        other.wait_scanned()
        assert len(other.contents) == 600
        # In several batches, so that the first rows can be shown before the last file is read.
        assert [batch.complete for batch in other.batches] == [False, False, True]
        settle(other, inbox)
        assert set(other.reads.values()) == {1}
        assert other.watcher.status.scanned


def test_a_second_start_hands_over_only_what_changed_meanwhile(inbox: Path) -> None:
    for name in ("same", "amended", "removed", "unreadable"):
        (inbox / f"{name}.txt").write_text(name)
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 4)
    (inbox / "amended.txt").write_text("amended again")
    (inbox / "removed.txt").unlink()
    (inbox / "new.txt").write_text("new")
    other.known["unreadable.txt"] = None
    other.reads.clear()
    other.batches.clear()
    with following(inbox, other):
        other.wait(lambda: len(other.reads) == 3)
        settle(other, inbox)
    del other.reads[next(path for path in other.reads if path.startswith("settle"))]
    assert other.reads == {"amended.txt": 1, "new.txt": 1, "unreadable.txt": 1}
    assert other.gone == ["removed.txt"]


def test_a_dropped_file_arrives_by_itself(inbox: Path, mode: str) -> None:
    with following(inbox, mode=mode) as other:
        other.wait_scanned()
        (inbox / "a.txt").write_text("one")
        other.wait(lambda: other.contents.get("a.txt") == b"one")
        assert other.watcher.status.mode == mode
        settle(other, inbox)
        assert other.reads["a.txt"] == 1


@pytest.mark.parametrize("begun", ["before the start", "while running"])
def test_a_slow_writer_is_said_to_be_growing_and_read_once_and_whole(
    inbox: Path, begun: str
) -> None:
    stop = inbox.parent / "stop"
    script = """
import pathlib, sys, time
stop = pathlib.Path(sys.argv[2])
with open(sys.argv[1], "wb") as out:
    while not stop.exists():
        out.write(b"chunk ")
        out.flush()
        time.sleep(0.02)
    out.write(b"end")
"""
    writer = python(script, inbox / "a.txt", stop) if begun == "before the start" else None
    limit = time.monotonic() + LIMIT
    while writer is not None and not (inbox / "a.txt").exists():
        assert time.monotonic() < limit
    with following(inbox, delay=SLOW) as other:
        other.wait_scanned()
        writer = writer or python(script, inbox / "a.txt", stop)
        other.wait(lambda: len(other.growing.get("a.txt", ())) >= 2)
        assert "a.txt" not in other.contents
        stop.touch()
        assert writer.wait(LIMIT) == 0
        other.wait(lambda: "a.txt" in other.contents)
        assert other.contents["a.txt"].endswith(b"end")
        assert other.contents["a.txt"] == (inbox / "a.txt").read_bytes()
        sizes = other.growing["a.txt"]
        assert sizes == sorted(set(sizes))
        settle(other, inbox)
        assert other.reads["a.txt"] == 1


def test_a_file_opened_and_closed_five_times_is_read_once(inbox: Path) -> None:
    script = """
import sys, time
for number in range(5):
    with open(sys.argv[1], "a") as out:
        out.write(f"part {number}\\n")
    time.sleep(0.1)
"""
    with following(inbox, delay=SLOW) as other:
        other.wait_scanned()
        assert python(script, inbox / "a.txt").wait(LIMIT) == 0
        other.wait(lambda: "a.txt" in other.contents)
        assert other.contents["a.txt"].count(b"part") == 5
        settle(other, inbox)
        assert other.reads["a.txt"] == 1


@pytest.mark.parametrize("temporary", [".a.txt.x7Gh", "a.txt.part", "sub/a.txt"])
def test_write_to_a_temporary_file_and_rename_is_one_arrival(
    inbox: Path, mode: str, temporary: str
) -> None:
    (inbox / "sub").mkdir()
    with following(inbox, mode=mode, delay=0.8) as other:
        other.wait_scanned()
        (inbox / temporary).write_text("whole")
        (inbox / temporary).rename(inbox / "a.txt")
        other.wait(lambda: "a.txt" in other.contents)
        settle(other, inbox)
        assert other.reads["a.txt"] == 1
        assert {path for path in other.reads if not path.startswith("settle")} == {"a.txt"}
        assert other.gone == []


def test_a_rename_is_one_batch_with_the_new_and_the_old_name(inbox: Path, mode: str) -> None:
    (inbox / "old.txt").write_text("letter")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: "old.txt" in other.contents)
        (inbox / "old.txt").rename(inbox / "new.txt")
        other.wait(lambda: "new.txt" in other.contents and other.gone == ["old.txt"])
        if mode == "native":
            last = other.batches[-1]
            assert set(last.stable) == {"new.txt"}
            assert last.gone == ("old.txt",)


def test_an_amended_file_comes_again_and_is_never_said_to_be_gone(inbox: Path, mode: str) -> None:
    (inbox / "a.txt").write_text("first")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: other.contents.get("a.txt") == b"first")
        (inbox / "a.txt").write_text("second")
        other.wait(lambda: other.contents.get("a.txt") == b"second")
        # As editors do it: the old file away, a new one in its place.
        (inbox / "a.txt").rename(inbox / "a.txt~")
        (inbox / "a.txt").write_text("third")
        other.wait(lambda: other.contents.get("a.txt") == b"third")
        settle(other, inbox)
        assert other.reads["a.txt"] == 3
        assert other.gone == []


def test_another_content_with_the_same_size_and_time_comes_too(inbox: Path, mode: str) -> None:
    (inbox / "a.txt").write_text("one")
    os.utime(inbox / "a.txt", (1e9, 1e9))
    with following(inbox, mode=mode) as other:
        other.wait(lambda: other.contents.get("a.txt") == b"one")
        (inbox.parent / "b.txt").write_text("two")
        os.utime(inbox.parent / "b.txt", (1e9, 1e9))
        (inbox.parent / "b.txt").rename(inbox / "a.txt")
        other.wait(lambda: other.contents.get("a.txt") == b"two")


def test_a_removed_file_is_gone_and_back_again_it_is_a_file(inbox: Path, mode: str) -> None:
    (inbox / "a.txt").write_text("one")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: "a.txt" in other.contents)
        (inbox / "a.txt").rename(inbox.parent / "a.txt")
        other.wait(lambda: other.gone == ["a.txt"])
        (inbox.parent / "a.txt").rename(inbox / "a.txt")
        other.wait(lambda: "a.txt" in other.contents)
        assert other.reads["a.txt"] == 2


def test_touching_a_file_or_changing_its_mode_is_no_news(inbox: Path) -> None:
    (inbox / "a.txt").write_text("one")
    with following(inbox) as other:
        other.wait(lambda: "a.txt" in other.contents)
        (inbox / "a.txt").chmod(0o600)
        (inbox / "a.txt").chmod(0o644)
        (inbox / "a.txt").read_bytes()
        settle(other, inbox)
        assert other.reads["a.txt"] == 1


def test_subfolders_that_appear_are_followed_and_what_was_in_them_is_not_missed(
    inbox: Path, mode: str
) -> None:
    with following(inbox, mode=mode) as other:
        other.wait_scanned()
        (inbox / "a/b/c").mkdir(parents=True)
        (inbox / "a/b/c/first.txt").write_text("1")
        other.wait(lambda: "a/b/c/first.txt" in other.contents)
        (inbox / "a/b/c/second.txt").write_text("2")
        (inbox / "a/third.txt").write_text("3")
        other.wait(lambda: {"a/b/c/second.txt", "a/third.txt"} <= other.contents.keys())
        # A folder that comes whole from elsewhere.
        (inbox.parent / "x/y").mkdir(parents=True)
        (inbox.parent / "x/y/fourth.txt").write_text("4")
        (inbox.parent / "x").rename(inbox / "x")
        other.wait(lambda: "x/y/fourth.txt" in other.contents)
        (inbox / "x/y/fifth.txt").write_text("5")
        other.wait(lambda: "x/y/fifth.txt" in other.contents)
        settle(other, inbox)
        assert set(other.reads.values()) == {1}


def test_subfolders_that_are_renamed_replaced_or_removed(inbox: Path, mode: str) -> None:
    (inbox / "a/sub").mkdir(parents=True)
    (inbox / "a/1.txt").write_text("1")
    (inbox / "a/sub/2.txt").write_text("2")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        (inbox / "a").rename(inbox / "b")
        other.wait(lambda: set(other.contents) == {"b/1.txt", "b/sub/2.txt"})
        (inbox / "b/sub/3.txt").write_text("3")
        other.wait(lambda: "b/sub/3.txt" in other.contents)
        # Another folder under the first one's name.
        (inbox / "a").mkdir()
        (inbox / "a/4.txt").write_text("4")
        other.wait(lambda: "a/4.txt" in other.contents)
        (inbox / "b").rename(inbox.parent / "away")
        other.wait(lambda: set(other.contents) == {"a/4.txt"})
        (inbox.parent / "away/fifth.txt").write_text("5")
        settle(other, inbox)
        assert not any(path.endswith("fifth.txt") for path in other.contents)
        if mode == "native":
            # Nothing is listened to any more that does not lie in the inbox.
            held = other.watcher._following._hints
            assert held is not None
            assert set(held.folders) == {"", "a"}


def test_problems_are_told_while_running_and_do_not_hold_up_the_next_letter(
    inbox: Path, mode: str
) -> None:
    (inbox.parent / "secret.txt").write_text("secret")
    with following(inbox, mode=mode, max_bytes=1000) as other:
        other.wait_scanned()
        os.mkfifo(inbox / "fifo.txt")
        (inbox / "dangling.txt").symlink_to("nowhere")
        (inbox / "out.txt").symlink_to("../secret.txt")
        (inbox / "large.txt").write_text("x" * 1001)
        (inbox / "letter.txt").write_text("letter")
        other.wait(lambda: len(other.problems) == 4 and "letter.txt" in other.contents)
        assert {path: problem.code for path, problem in other.problems.items()} == {
            "fifo.txt": ProblemCode.NOT_REGULAR,
            "dangling.txt": ProblemCode.MISSING,
            "out.txt": ProblemCode.OUTSIDE,
            "large.txt": ProblemCode.TOO_LARGE,
        }
        assert other.watcher.status.problems == 4
        # Cured, each in its way, and one taken away.
        (inbox / "fifo.txt").unlink()
        (inbox / "fifo.txt").write_text("no more")
        (inbox / "large.txt").write_text("short")
        (inbox / "dangling.txt").unlink()
        other.wait(
            lambda: (
                other.contents.get("fifo.txt") == b"no more"
                and other.contents.get("large.txt") == b"short"
                and other.gone == ["dangling.txt"]
            )
        )
        assert set(other.problems) == {"out.txt"}


def test_hostile_names_arrive_as_data(inbox: Path) -> None:
    names = [
        b"new\nline.txt",
        b"\x1b[2J.txt",
        "\u202etxt.exe.txt".encode(),
        "หนังสือ.txt".encode("cp874"),
        b"%s {0} [b].txt",
    ]
    with following(inbox) as other:
        other.wait_scanned()
        for name in names:
            (inbox / os.fsdecode(name)).write_bytes(name)
        other.wait(lambda: len(other.contents) == len(names))
        for path, content in other.contents.items():
            path.encode("utf-8")
            assert os.fsencode(native_of(path)) == content


def test_three_thousand_files_at_once_arrive_once_each_without_a_thread_for_each(
    inbox: Path,
) -> None:
    script = """
import pathlib, sys
folder = pathlib.Path(sys.argv[1])
for number in range(3000):
    (folder / f"{number}.txt").write_text(str(number))
"""
    with following(inbox, delay=0.3) as other:
        other.wait_scanned()
        threads = threading.active_count()
        writer = python(script, inbox)
        most = 0
        limit = time.monotonic() + LIMIT
        while len(other.contents) < 3000:
            most = max(most, threading.active_count())
            assert time.monotonic() < limit
            time.sleep(0.01)
        assert writer.wait(LIMIT) == 0
        assert most == threads
        settle(other, inbox)
        assert {
            path: data.decode() for path, data in other.contents.items() if "settle" not in path
        } == {f"{number}.txt": str(number) for number in range(3000)}
        assert set(other.reads.values()) == {1}
        assert other.watcher.status.pending == 0


def test_a_file_in_the_future_does_not_wait_for_ever(inbox: Path, mode: str) -> None:
    (inbox / "a.txt").write_text("one")
    os.utime(inbox / "a.txt", (4e9, 4e9))
    with following(inbox, mode=mode) as other:
        other.wait(lambda: "a.txt" in other.contents)


def test_a_rescan_finds_what_no_hint_told(inbox: Path, tmp_path: Path) -> None:
    # A link's target lies elsewhere: no hint tells that it changed.
    target = tmp_path / "target.txt"
    target.write_text("one")
    (inbox / "link.txt").symlink_to(target)
    with following(inbox, follow_links=True) as other:
        other.wait(lambda: other.contents.get("link.txt") == b"one")
        target.write_text("second")
        other.watcher.rescan()
        other.wait(lambda: other.contents.get("link.txt") == b"second")


def test_the_folder_is_left_as_it_is(inbox: Path) -> None:
    (inbox / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (inbox / name).write_text(name)
    before = scan(inbox, WatchSettings())
    listing = sorted(str(path) for path in inbox.rglob("*"))
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
    assert scan(inbox, WatchSettings()).files == before.files
    assert sorted(str(path) for path in inbox.rglob("*")) == listing
