"""The mount table, the picture of the other side, the texts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.locale import Messages
from tui_inbox.watching import Away, Batch, Scan, Stamp, Why
from tui_inbox.watching.mounts import filesystem_of, tells_nothing
from tui_inbox.watching.picture import Picture
from tui_inbox.watching.retrying import Retrying

FIFO = Problem(ProblemCode.NOT_REGULAR, {"type": "fifo"})

TABLE = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
30 27 0:40 / {root}/share rw,relatime shared:5 - cifs //server/letters rw,vers=3.0
31 27 0:41 / {root}/two\\040words rw - fuse.sshfs sshfs rw
32 27 0:42 / {root}/over rw - nfs4 server:/x rw
33 32 0:43 / {root}/over rw master:3 propagate_from:2 - tmpfs tmpfs rw
34 30 0:44 / {root}/share/local rw - xfs /dev/vdb rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("share", "cifs"),
        ("share/deep/inbox", "cifs"),
        ("share/local/inbox", "xfs"),
        ("share-not", "ext4"),
        ("two words/inbox", "fuse.sshfs"),
        ("over/inbox", "tmpfs"),
        ("", "ext4"),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(
    tmp_path: Path, folder: str, expected: str
) -> None:
    root = os.path.realpath(tmp_path)
    table = tmp_path / "mountinfo"
    table.write_text(TABLE.format(root=root), encoding="utf-8")
    assert filesystem_of(tmp_path / folder, table) == expected


def test_a_link_is_followed_to_the_mount_that_it_leads_to(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    table = tmp_path / "mountinfo"
    table.write_text(TABLE.format(root=root), encoding="utf-8")
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to("share")
    assert filesystem_of(tmp_path / "link", table) == "cifs"


def test_the_kernels_own_table_is_understood() -> None:
    assert filesystem_of(Path("/proc/self")) == "proc"
    assert filesystem_of(Path("/"), Path("/nonexistent")) is None


@pytest.mark.parametrize(
    ("filesystem", "polled"),
    [
        ("ext4", False),
        ("btrfs", False),
        ("overlay", False),
        ("tmpfs", False),
        ("fuseblk", False),
        (None, False),
        ("nfs4", True),
        ("cifs", True),
        ("9p", True),
        ("virtiofs", True),
        ("fuse.sshfs", True),
        ("fuse", True),
        ("fuse.grpcfuse", True),
    ],
)
def test_network_and_container_mounts_tell_nothing(filesystem: str | None, polled: bool) -> None:
    assert tells_nothing(filesystem) is polled


def stamp(size: int) -> Stamp:
    return Stamp(size, 1, 1)


class OtherSide:
    """Has what it was told, and can be asked for it by folder."""

    def __init__(self, files: Mapping[str, Stamp | None] = MappingProxyType({})) -> None:
        self.files = dict(files)
        self.asked = 0

    def known(self, folder: str) -> list[tuple[str, Stamp | None]]:
        self.asked += 1
        inside = f"{folder}/" if folder else ""
        return [pair for pair in self.files.items() if pair[0].startswith(inside)]

    def picture(self) -> Picture:
        picture = Picture(self.known)
        picture.refresh()
        return picture


def test_only_what_differs_from_what_is_known_is_told() -> None:
    picture = OtherSide({"a": stamp(1), "broken": None}).picture()
    assert not picture.differs("a", stamp(1))
    assert picture.differs("a", stamp(2))
    assert picture.differs("a", None)
    assert picture.differs("broken", stamp(1))
    assert picture.differs("new", stamp(1))
    assert not picture.differs("new", None)


def test_a_problem_is_told_once_and_its_cure_too_though_the_stamp_is_known() -> None:
    picture = OtherSide({"a": stamp(1)}).picture()
    assert picture.differs("a", FIFO)
    picture.took(Batch(problems={"a": FIFO}))
    assert not picture.differs("a", FIFO)
    assert picture.differs("a", stamp(1))
    picture.took(Batch(stable={"a": stamp(1)}))
    assert not picture.differs("a", stamp(1))


def test_a_growing_file_that_vanished_is_to_be_told_of() -> None:
    picture = OtherSide().picture()
    picture.took(Batch(growing={"a": 10}))
    assert picture.differs("a", None)
    picture.took(Batch(gone=("a",)))
    assert not picture.differs("a", None)
    assert (picture.files, picture.odd()) == (0, set())


def test_a_growing_file_that_ends_as_it_was_known_is_told_of_so_that_it_grows_no_more() -> None:
    picture = OtherSide({"a": stamp(1)}).picture()
    picture.took(Batch(growing={"a": 10}))
    assert picture.differs("a", stamp(1))
    picture.took(Batch(stable={"a": stamp(1)}))
    assert not picture.differs("a", stamp(1))


def test_what_the_other_side_lost_is_to_be_told_again() -> None:
    other = OtherSide()
    picture = other.picture()
    picture.took(Batch(stable={"a": stamp(1)}))
    assert not picture.differs("a", stamp(1))
    picture.refresh()
    assert picture.differs("a", stamp(1))


def test_what_lies_in_folders_is_found_however_deep() -> None:
    known = dict.fromkeys(["a/b/c.txt", "a/b.txt", "ab/c.txt", "a.txt"])
    picture = OtherSide(known).picture()
    picture.took(Batch(growing={"a/new.txt": 1}, problems={"ab/fifo.txt": FIFO}))
    assert set(picture.below(["a", "a/b"])) == {"a/b/c.txt", "a/b.txt", "a/new.txt"}
    assert set(picture.below(["a/b", "ab"])) == {"a/b/c.txt", "ab/c.txt", "ab/fifo.txt"}
    assert picture.below([]) == []


def test_a_look_passes_what_is_as_it_was_told_and_finds_what_is_missing() -> None:
    known = {name: stamp(size) for size, name in enumerate("abcdef")}
    picture = OtherSide(known).picture()
    picture.took(Batch(growing={"b": 1, "grew": 5}, problems={"c": FIFO}))
    sweep = picture.sweep(waiting={"d"})
    passed = [name for name in "abcdx" if sweep.passes(name, known.get(name, stamp(9)))]
    # Those that are growing, a problem or waited for are of interest however they are.
    assert passed == ["a"]
    assert not sweep.passes("e", stamp(99))
    seen = Scan(files={name: stamp(1) for name in "bcdex"}, problems={})
    assert sweep.missing(seen) == ["f", "grew"]


def test_the_paths_are_asked_for_only_where_some_are_missing() -> None:
    other = OtherSide({"a": stamp(1), "fifo": None})
    picture = other.picture()
    sweep = picture.sweep(waiting=())
    assert sweep.passes("a", stamp(1))
    before = other.asked
    assert sweep.missing(Scan(files={}, problems={"fifo": FIFO})) == []
    assert other.asked == before
    assert picture.sweep(waiting=()).missing(Scan(files={}, problems={"fifo": FIFO})) == ["a"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_code_has_a_text(language: str) -> None:
    text = Messages("th" if language == "th" else "en")
    for why in Why:
        assert text(f"watching.why.{why}", filesystem="cifs")
    for away in Away:
        assert text(f"watching.offline.{away}")
    for mode in ("native", "poll"):
        assert text(f"watching.mode.{mode}", interval="2")


def test_who_only_scans_and_loads_does_not_load_watchdog() -> None:
    script = "import sys, tui_inbox.watching; print('watchdog' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_what_could_not_be_read_is_tried_soon_and_then_less_and_less_often() -> None:
    again = Retrying(longest=10.0)
    assert again.next_due() is None
    again.failed(["a"], 0.0)
    # Told of twice is once.
    again.failed(["a"], 1.0)
    times, now = [], 0.0
    for _ in range(6):
        due = again.next_due()
        assert due is not None
        assert again.take(due - 0.01) == []
        times.append(due - now)
        now = due
        assert again.take(now) == ["a"]
        again.failed(["a"], now)
    assert times == [2.0, 4.0, 8.0, 10.0, 10.0, 10.0]


def test_what_was_read_is_not_tried_and_begins_anew_with_the_next_failure() -> None:
    again = Retrying(longest=300.0)
    again.failed(["a", "b"], 0.0)
    again.take(2.0)
    again.failed(["a", "b"], 2.0)
    again.forget(["a"])
    assert len(again) == 1
    assert again.take(100.0) == ["b"]
    again.failed(["a"], 100.0)
    assert again.next_due() == 102.0
    again.clear()
    assert again.next_due() is None
    assert again.take(1000.0) == []


def test_the_longest_pause_holds_where_scans_are_more_frequent_than_the_first_try() -> None:
    again = Retrying(longest=1.0)
    again.failed(["a"], 0.0)
    assert again.take(2.0) == ["a"]
    again.failed(["a"], 2.0)
    assert again.next_due() == 4.0
