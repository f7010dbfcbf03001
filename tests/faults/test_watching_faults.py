"""What goes wrong around a followed folder: it vanishes, hints are lost, limits are reached."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from watching_follow import LIMIT, QUICK, Other, following, settle

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching import Away, Batch, Stamp, Watcher, Why, hints, load, retrying, watcher


@pytest.fixture(params=["native", "poll"])
def mode(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(watcher, "POLL", 0.1)
    return request.param


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "BEAT", 0.1)
    monkeypatch.setattr(watcher, "RETRY", 0.1)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "above/inbox"
    folder.mkdir(parents=True)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name)
    return folder


def online(other: Other) -> bool:
    return other.watcher.status.online


def wait_offline(other: Other, reason: Away) -> None:
    other.wait(lambda: any(not batch.online for batch in other.batches))
    limit = time.monotonic() + LIMIT
    while other.watcher.status.offline is not reason:
        assert time.monotonic() < limit, other.watcher.status
        time.sleep(0.01)


def wait_online(other: Other, before: int) -> None:
    other.wait(lambda: any(batch.complete for batch in other.batches[before:]))
    assert online(other)


# The folder itself


@pytest.mark.parametrize("moved", ["inbox", "above"])
def test_a_folder_that_vanishes_is_offline_and_back_again_it_carries_on(
    inbox: Path, mode: str, moved: str
) -> None:
    folder = inbox if moved == "inbox" else inbox.parent
    elsewhere = folder.with_name("elsewhere")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        folder.rename(elsewhere)
        wait_offline(other, Away.MISSING)
        away = elsewhere if moved == "inbox" else elsewhere / "inbox"
        (away / "c.txt").write_text("c")
        (away / "b.txt").unlink()
        assert other.gone == []
        before = len(other.batches)
        elsewhere.rename(folder)
        wait_online(other, before)
        other.wait(lambda: set(other.contents) == {"a.txt", "c.txt"})
        (inbox / "d.txt").write_text("d")
        other.wait(lambda: "d.txt" in other.contents)
        assert other.gone == ["b.txt"]
        assert other.reads["a.txt"] == 1
        assert sum(not batch.online for batch in other.batches) == 1


def test_an_empty_folder_in_its_place_is_an_unmounted_share_and_not_an_empty_inbox(
    inbox: Path, mode: str
) -> None:
    elsewhere = inbox.with_name("elsewhere")
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        inbox.rename(elsewhere)
        inbox.mkdir()
        wait_offline(other, Away.EMPTIED)
        before = len(other.batches)
        inbox.rmdir()
        elsewhere.rename(inbox)
        wait_online(other, before)
        settle(other, inbox)
        assert other.gone == []
        assert other.reads["a.txt"] == 1


def test_a_start_on_an_unmounted_share_loses_nothing(inbox: Path) -> None:
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
    elsewhere = inbox.with_name("elsewhere")
    inbox.rename(elsewhere)
    inbox.mkdir()
    with following(inbox, other):
        wait_offline(other, Away.EMPTIED)
        assert other.gone == []


def test_an_inbox_that_was_emptied_file_by_file_is_empty(inbox: Path, mode: str) -> None:
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        for file in inbox.iterdir():
            file.unlink()
        other.wait(lambda: sorted(other.gone) == ["a.txt", "b.txt"])
        other.watcher.rescan()
        other.wait(lambda: sum(batch.complete for batch in other.batches) == 2)
        assert online(other)


def test_a_scan_of_an_inbox_emptied_a_moment_ago_does_not_take_it_for_unmounted(
    inbox: Path,
) -> None:
    with following(inbox, delay=1.0) as other:
        other.wait(lambda: len(other.contents) == 2)
        for file in inbox.iterdir():
            file.unlink()
        other.watcher.rescan()
        other.wait(lambda: sum(batch.complete for batch in other.batches) == 2)
        other.wait(lambda: sorted(other.gone) == ["a.txt", "b.txt"])
        assert all(batch.online for batch in other.batches)


def test_nothing_is_gone_before_the_folder_itself_was_looked_for(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the look at the folder that comes before "gone" can tell here: no hint does, and the
    # regular one is far away.
    monkeypatch.setattr(watcher, "BEAT", 1000.0)
    with following(inbox, delay=0.5) as other:
        other.wait(lambda: len(other.contents) == 2)
        (inbox / "a.txt").write_text("amended")
        inbox.parent.rename(inbox.parent.with_name("elsewhere"))
        wait_offline(other, Away.MISSING)
        assert other.gone == []


def test_a_folder_that_is_not_there_at_the_start_is_waited_for(tmp_path: Path, mode: str) -> None:
    folder = tmp_path / "late"
    with following(folder, mode=mode) as other:
        wait_offline(other, Away.MISSING)
        folder.mkdir()
        (folder / "a.txt").write_text("a")
        other.wait(lambda: "a.txt" in other.contents)
        assert online(other)


def test_a_file_in_the_folders_place_is_no_folder(inbox: Path) -> None:
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
        inbox.rename(inbox.with_name("elsewhere"))
        inbox.write_text("not a folder")
        wait_offline(other, Away.NOT_A_FOLDER)
        assert other.gone == []


def test_another_folder_in_its_place_is_read_from_the_start(inbox: Path, mode: str) -> None:
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        inbox.rename(inbox.with_name("elsewhere"))
        (inbox.with_name("next")).mkdir()
        (inbox.with_name("next") / "c.txt").write_text("c")
        (inbox.with_name("next")).rename(inbox)
        other.wait(lambda: set(other.contents) == {"c.txt"})
        (inbox / "d.txt").write_text("d")
        other.wait(lambda: "d.txt" in other.contents)


# Hints that are lost


def test_a_reader_that_dies_is_noticed_and_another_takes_its_place(
    inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with following(inbox) as other:
        other.wait_scanned()
        held = other.watcher._following._hints
        assert held is not None
        held._reader.stop()
        held._reader.join()
        (inbox / "c.txt").write_text("c")
        other.wait(lambda: "c.txt" in other.contents)
        assert other.watcher._following._hints is not held
        assert other.watcher.status.mode == "native"
        settle(other, inbox)
        assert other.reads["c.txt"] == 1
    assert "were lost" in caplog.text


def test_a_reader_that_dies_again_and_again_is_replaced_by_polling(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def die(self: hints._Reader) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(watcher, "POLL", 0.1)
    monkeypatch.setattr(hints.InotifyFD, "run", die)
    with following(inbox, mode="auto") as other:
        limit = time.monotonic() + LIMIT
        while other.watcher.status.mode != "poll":
            assert time.monotonic() < limit
            time.sleep(0.01)
        assert other.watcher.status.why is Why.FAILED
        settle(other, inbox)


def test_an_overflow_of_the_kernels_queue_loses_no_file(
    inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    queue = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if queue > 100_000:
        pytest.skip("the kernel's queue is too long here to be filled in a test")
    count = queue // 2
    with following(inbox, delay=0.3) as other:
        other.wait_scanned()
        held = other.watcher._following._hints
        assert held is not None
        # The reader waits at its first event, and the kernel keeps the others until it is full.
        with held._lock:
            (inbox / "sub").mkdir()
            for number in range(count):
                (inbox / f"{number}.txt").write_text("x")
            (inbox / "sub/deep").mkdir()
            (inbox / "sub/deep/last.txt").write_text("x")
        other.wait(lambda: len(other.contents) == count + 3)
        (inbox / "sub/deep/after.txt").write_text("x")
        other.wait(lambda: "sub/deep/after.txt" in other.contents)
        settle(other, inbox)
        assert set(other.reads.values()) == {1}
    assert "were lost" in caplog.text


def test_more_hints_than_are_kept_are_one_scan(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hints, "MAX_HINTS", 10)
    # Where that happens too often the folder is polled in the end: allowed here.
    with following(inbox, mode="auto", delay=0.3) as other:
        other.wait_scanned()
        for number in range(200):
            (inbox / f"{number}.txt").write_text("x")
        other.wait(lambda: len(other.contents) == 202)
        settle(other, inbox)
        assert set(other.reads.values()) == {1}
    assert "were lost" in caplog.text


MOUNTED = """
import json, subprocess, sys, threading, time
from pathlib import Path
from tui_inbox.config import WatchSettings
from tui_inbox.watching import Watcher
folder = Path(sys.argv[1])
def mount(*command):
    subprocess.run(command, check=True)
known, gone, states = {}, [], []
def sink(batch):
    known.update(batch.stable)
    gone.extend(batch.gone)
def wait(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, (known, gone, watcher.status)
        time.sleep(0.01)
mount("mount", "-t", "tmpfs", "share", folder)
(folder / "a.txt").write_text("a")
watcher = Watcher(folder, WatchSettings(delay=0.1), known=lambda folder: list(known.items()), sink=sink)
watcher.start()
wait(lambda: "a.txt" in known)
states.append(watcher.status.filesystem)
mount("umount", folder)
wait(lambda: not watcher.status.online)
states.append(watcher.status.offline)
mount("mount", "-t", "tmpfs", "share", folder)
(folder / "a.txt").write_text("a")
(folder / "b.txt").write_text("b")
wait(lambda: watcher.status.online and "b.txt" in known)
watcher.stop()
print(json.dumps([states, sorted(known), gone]))
"""


def test_a_share_that_is_unmounted_and_mounted_again(inbox: Path) -> None:
    isolated = ["unshare", "--user", "--map-root-user", "--mount"]
    share = inbox.with_name("share")
    share.mkdir()
    try:
        subprocess.run(
            [*isolated, "mount", "-t", "tmpfs", "x", str(share)], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting in a name space is not allowed here")
    done = subprocess.run(
        [*isolated, sys.executable, "-c", MOUNTED, str(share)],
        check=True,
        capture_output=True,
        timeout=LIMIT * 4,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    states, known, gone = json.loads(done.stdout)
    # Unmounting worked at all: no open descriptor of the watcher holds the share.
    assert states == ["tmpfs", "emptied"]
    assert known == ["a.txt", "b.txt"]
    assert gone == []
    assert done.stderr == b""


LIMITED = """
import json, sys, threading, time
from pathlib import Path
limit, value, folder = sys.argv[1:]
Path("/proc/sys/user", limit).write_text(value)
from tui_inbox.config import WatchSettings
from tui_inbox.watching import Watcher
seen, done = [], threading.Event()
def sink(batch):
    seen.extend(batch.stable)
    if "late.txt" in seen:
        done.set()
watcher = Watcher(Path(folder), WatchSettings(delay=0.1), known=lambda folder: (), sink=sink)
watcher.start()
end = time.monotonic() + 60
while not watcher.status.scanned and time.monotonic() < end:
    time.sleep(0.01)
Path(folder, "late.txt").write_text("late")
done.wait(60)
status = watcher.status
watcher.stop()
print(json.dumps([status.mode, status.why, sorted(seen), threading.active_count()]))
"""


@pytest.mark.parametrize(
    ("limit", "value", "why"),
    [
        ("max_inotify_watches", "3", "limit_watches"),
        ("max_inotify_instances", "0", "limit_instances"),
    ],
)
def test_a_limit_of_the_system_means_polling_with_the_reason(
    inbox: Path, limit: str, value: str, why: str
) -> None:
    # A user name space has limits of its own: the real ones, reached without touching anybody.
    isolated = ["unshare", "--user", "--map-root-user"]
    try:
        subprocess.run([*isolated, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("user name spaces are not allowed here")
    for number in range(6):
        (inbox / f"sub{number}").mkdir()
        (inbox / f"sub{number}/x.txt").write_text("x")
    done = subprocess.run(
        [*isolated, sys.executable, "-c", LIMITED, limit, value, str(inbox)],
        check=True,
        capture_output=True,
        timeout=LIMIT * 3,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    mode, reason, seen, threads = json.loads(done.stdout)
    assert (mode, reason) == ("poll", why)
    assert seen == sorted(
        ["a.txt", "b.txt", "late.txt", *(f"sub{number}/x.txt" for number in range(6))]
    )
    assert threads == 1
    assert done.stderr == b""


# The other side


def test_a_sink_that_blocks_holds_up_and_loses_nothing(inbox: Path) -> None:
    let_go = threading.Event()
    with following(inbox) as other:
        other.wait_scanned()
        other.before = lambda batch: let_go.wait(LIMIT) and None
        (inbox / "c.txt").write_text("c")
        for number in range(500):
            (inbox / f"{number}.txt").write_text("x")
            if number % 2:
                (inbox / f"{number}.txt").unlink()
        let_go.set()
        other.wait(lambda: len(other.contents) == 253)
        settle(other, inbox)
        assert set(other.reads.values()) == {1}


def test_a_sink_that_fails_gets_the_batch_again(
    inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fail = [2]

    def before(batch: Batch) -> None:
        if "c.txt" in batch.stable and fail[0]:
            fail[0] -= 1
            raise RuntimeError("the other side is broken")

    with following(inbox, failures=2) as other:
        other.before = before
        other.wait_scanned()
        (inbox / "c.txt").write_text("c")
        other.wait(lambda: "c.txt" in other.contents)
        assert other.reads["c.txt"] == 1
    assert "was not taken" in caplog.text


def test_what_the_other_side_lost_is_handed_over_again_with_a_rescan(inbox: Path) -> None:
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
        with other.changed:
            other.known.clear()
            other.contents.clear()
        other.watcher.rescan()
        other.wait(lambda: len(other.contents) == 2)
        assert other.reads == {"a.txt": 2, "b.txt": 2}


def test_a_known_that_fails_is_asked_again(inbox: Path, caplog: pytest.LogCaptureFixture) -> None:
    other = Other(inbox, WatchSettings(delay=QUICK))
    answer = other.stamps
    fail = [2]

    def stamps(folder=""):
        if fail[0]:
            fail[0] -= 1
            raise RuntimeError("locked")
        return answer()

    other.stamps = stamps
    with following(inbox, other, failures=2):
        other.wait(lambda: len(other.contents) == 2)
    assert "begins anew" in caplog.text


# What can be cured without a sign


def test_what_could_not_be_read_for_a_moment_is_read_without_any_change_to_it(
    inbox: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST", 0.2)
    other = Other(inbox, WatchSettings(delay=QUICK))
    fail = [3]

    def flaky(path: str) -> tuple[bytes, Stamp] | Problem:
        if path == "c.txt" and fail[0]:
            fail[0] -= 1
            return Problem(ProblemCode.IO, {"detail": "ESTALE"})
        return load(inbox, path, other.settings)

    other.load = flaky
    with following(inbox, other, mode=mode):
        other.wait_scanned()
        (inbox / "c.txt").write_text("c")
        other.wait(lambda: "c.txt" in other.contents)
        assert "c.txt" not in other.problems
        assert other.reads["c.txt"] == 4
        settle(other, inbox)
        assert other.reads["c.txt"] == 4
        assert other.watcher.status.retrying == 0


def test_a_link_whose_target_comes_later_is_read_by_itself(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST", 0.2)
    # Outside, where nobody listens: only another look can tell.
    target = tmp_path / "target.txt"
    with following(inbox, follow_links=True) as other:
        other.wait_scanned()
        (inbox / "link.txt").symlink_to(target)
        other.wait(lambda: "link.txt" in other.problems)
        target.write_text("there now")
        other.wait(lambda: other.contents.get("link.txt") == b"there now")
        other.wait(lambda: "link.txt" not in other.problems)


def test_a_problem_that_goes_away_is_not_looked_for_any_more(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST", 0.1)
    with following(inbox) as other:
        other.wait_scanned()
        (inbox / "dangling.txt").symlink_to("nowhere")
        other.wait(lambda: "dangling.txt" in other.problems)
        assert other.watcher.status.retrying == 1
        (inbox / "dangling.txt").unlink()
        other.wait(lambda: other.gone == ["dangling.txt"])
        settle(other, inbox)
        assert other.watcher.status.retrying == 0


# The end


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_stop_ends_all_threads_and_nothing_is_handed_over_afterwards(
    inbox: Path, mode: str
) -> None:
    before = threads()
    with following(inbox, mode=mode) as other:
        other.wait_scanned()
        assert threads() > before
        other.watcher.stop()
        assert threads() == before
        count = len(other.batches)
        (inbox / "c.txt").write_text("c")
        other.watcher.rescan()
        time.sleep(3 * QUICK)
        assert len(other.batches) == count
        other.watcher.stop()


def test_stop_while_offline_before_the_start_and_from_within_the_sink(tmp_path: Path) -> None:
    before = threads()
    settings = WatchSettings(delay=QUICK)
    Watcher(tmp_path, settings, known=lambda folder: (), sink=lambda batch: None).stop()
    with following(tmp_path / "missing") as other:
        wait_offline(other, Away.MISSING)
    within = Watcher(tmp_path, settings, known=lambda folder: (), sink=lambda batch: within.stop())
    within.start()
    within._thread.join(LIMIT)
    assert threads() == before


def test_stop_in_the_middle_of_a_long_scan_is_heeded(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(50):
        (inbox / f"sub{number}").mkdir()
    reached = threading.Event()
    really = os.scandir

    def slow(where):
        reached.set()
        time.sleep(0.2)
        return really(where)

    monkeypatch.setattr(os, "scandir", slow)
    other = Other(inbox, WatchSettings())
    watching = Watcher(inbox, other.settings, known=other.stamps, sink=other.sink)
    watching.start()
    assert reached.wait(LIMIT)
    watching.stop()
    assert not watching._thread.is_alive()
    # Not even the end of a scan that did not come to its end.
    assert other.batches == []


def test_a_watcher_starts_once(inbox: Path) -> None:
    with following(inbox) as other, pytest.raises(RuntimeError):
        other.watcher.start()


def test_nothing_is_logged_where_nothing_is_wrong(
    inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "tui_inbox"), following(inbox) as other:
        settle(other, inbox)
    assert not caplog.records
