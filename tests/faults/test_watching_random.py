"""Random work in a followed folder: in the end the other side has what the folder has."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from watching_follow import LIMIT, following

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem
from tui_inbox.watching import load, scan, watcher

DELAY = 0.05
FOLDERS = ("", "x/", "x/y/", "z/")
NAMES = tuple(f"{folder}{name}.txt" for folder in FOLDERS for name in "ab")

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("append"), st.sampled_from(NAMES), st.integers(1, 3)),
        st.tuples(st.just("replace"), st.sampled_from(NAMES), st.integers(0, 3)),
        st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just(0)),
        st.tuples(st.just("rename"), st.sampled_from(NAMES), st.integers(0, len(NAMES) - 1)),
        st.tuples(st.just("move"), st.sampled_from(("x", "x/y", "z", "w")), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.sampled_from(("x", "x/y", "z")), st.just(0)),
        st.tuples(st.just("vanish"), st.just(""), st.integers(0, 6)),
        st.tuples(st.just("rescan"), st.just(""), st.just(0)),
        st.tuples(st.just("wait"), st.just(""), st.integers(0, 12)),
    ),
    min_size=1,
    max_size=25,
)


def do(inbox: Path, watching: watcher.Watcher, step: tuple[str, str, int]) -> None:
    what, name, number = step
    file = inbox / name
    # Many steps make no sense on what is there just now; as with people, they then do nothing.
    with contextlib.suppress(OSError):
        if what in ("write", "append", "replace"):
            file.parent.mkdir(parents=True, exist_ok=True)
        if what == "write":
            file.write_bytes(b"w" * number)
        elif what == "append":
            with file.open("ab") as out:
                out.write(b"a" * number)
        elif what == "replace":
            file.with_name(".temporary").write_bytes(b"r" * number)
            file.with_name(".temporary").rename(file)
        elif what == "delete":
            file.unlink()
        elif what == "rename":
            file.rename(inbox / NAMES[number])
        elif what == "move":
            file.rename(inbox / ("x", "z", "w", "x/w")[number])
        elif what == "remove":
            shutil.rmtree(file)
        elif what == "vanish":
            inbox.rename(inbox.with_name("away"))
            time.sleep(number * DELAY / 2)
            inbox.with_name("away").rename(inbox)
        elif what == "rescan":
            watching.rescan()
        elif what == "wait":
            time.sleep(number * DELAY / 4)


def contents(inbox: Path) -> dict[str, bytes]:
    chosen = WatchSettings()
    found: dict[str, bytes] = {}
    for path in scan(inbox, chosen).files:
        loaded = load(inbox, path, chosen)
        assert not isinstance(loaded, Problem)
        found[path] = loaded[0]
    return found


@pytest.mark.parametrize("mode", ["native", "poll"])
def test_after_any_work_the_other_side_has_what_the_folder_has(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "POLL", 0.02)
    monkeypatch.setattr(watcher, "BEAT", 0.02)

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(steps=STEPS)
    def check(steps: list[tuple[str, str, int]]) -> None:
        with tempfile.TemporaryDirectory() as top:
            inbox = Path(top) / "inbox"
            inbox.mkdir()
            # Never wholly empty, as an inbox with a ledger is not.
            (inbox / ".tui-inbox").mkdir()
            with following(inbox, mode=mode, delay=DELAY) as other:
                for step in steps:
                    do(inbox, other.watcher, step)
                wanted = contents(inbox)
                limit = time.monotonic() + LIMIT
                while other.contents != wanted or not other.watcher.status.online:
                    assert time.monotonic() < limit, (steps, wanted, other.batches)
                    time.sleep(0.005)
                # And it stays so: nothing wrong was still on its way.
                time.sleep(3 * DELAY)
                assert other.contents == wanted
                assert not other.problems

    check()


def test_several_at_work_at_the_same_time(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    with following(inbox, delay=DELAY) as other:
        other.wait_scanned()

        def work(seed: int) -> None:
            numbers = random.Random(seed)
            for _ in range(300):
                name = f"{numbers.choice(('', 'x/', 'y/'))}{numbers.randrange(40)}.txt"
                step = numbers.choice(("write", "append", "delete"))
                do(inbox, other.watcher, (step, name, numbers.randrange(4)))

        workers = [threading.Thread(target=work, args=(seed,)) for seed in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(LIMIT)
        other.wait(lambda: other.contents == contents(inbox))
