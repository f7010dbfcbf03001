"""Who may write: where locks can be trusted, and the claim where they cannot."""

from __future__ import annotations

import datetime as dt
import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui_inbox import mounts
from tui_inbox.ledger import ErrorCode, Ledger, LedgerError, claim, journal, locking
from tui_inbox.ledger.claim import place_of_processes, start_of
from tui_inbox.ledger.trust import why_single

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "SETTLE", 0.0)


def single(inbox: Path, author: str) -> Ledger:
    return Ledger(inbox, author=author, locks="single")


def claim_file(inbox: Path) -> Path:
    return inbox / ".tui-inbox" / "writer"


@pytest.mark.parametrize(
    ("mount", "single"),
    [
        ("rw - ext4 /dev/sda1 rw", None),
        ("rw - tmpfs none rw", None),
        ("rw - nfs4 srv:/x rw,vers=4.2,local_lock=none", None),
        ("rw - nfs4 srv:/x rw,local_lock=flock", "nfs4"),
        ("rw - nfs srv:/x rw,vers=3", "nfs"),
        ("rw - cifs //srv/x rw", "cifs"),
        ("rw - fuse.sshfs me@srv: rw", "fuse.sshfs"),
        ("rw - fuse.fuse-overlayfs x rw", None),
        ("rw - vboxsf x rw", "vboxsf"),
        ("rw - ceph x rw", None),
        ("rw - lustre x rw,localflock", "lustre"),
    ],
)
def test_shares_whose_locks_cannot_be_trusted_are_known_by_their_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mount: str, single: str | None
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n23 22 0:40 / {tmp_path} {mount}\n")
    monkeypatch.setattr(mounts, "MOUNT_TABLE", table)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    ledger = Ledger(inbox, author="มานี")
    assert ledger.single_writer == single
    ledger.note("a", "x")
    assert claim_file(inbox).exists() == (single is not None)
    ledger.close()
    assert not claim_file(inbox).exists()
    assert why_single(inbox, "shared") is None


def test_a_second_writer_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    with single(tmp_path, "มานี") as first, single(tmp_path, "มานะ") as second:
        first.note("a", "หนึ่ง")
        for _ in range(2):
            with pytest.raises(LedgerError) as refused:
                second.note("a", "สอง")
            assert refused.value.code is ErrorCode.CLAIMED
        holder = refused.value.holder
        assert holder is not None
        assert (holder.by, holder.host, holder.pid) == ("มานี", os.uname().nodename, os.getpid())
        assert holder.age is not None
        assert 0 <= holder.age < 60
        again = second.writer()
        assert again is not None
        assert again.pid == holder.pid
        assert first.writer() is None
        # Reading goes on, and the first is not disturbed.
        second.refresh()
        assert len(second.record("a").notes) == 1
        first.note("a", "ต่อ")
        first.close()
        second.note("a", "สอง")
    assert [n.text for n in Ledger(tmp_path, author="x").record("a").notes] == [
        "หนึ่ง", "ต่อ", "สอง",
    ]  # fmt: skip
    assert not claim_file(tmp_path).exists()


WRITER = """
import sys
from pathlib import Path
from tui_inbox.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]), author="อีกคน", locks="single")
ledger.note("a", "หนึ่ง")
print("written", flush=True)
sys.stdin.readline()
"""


def test_the_claim_of_a_killed_process_is_taken_over_at_once(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as other,
        single(tmp_path, "มานี") as ledger,
    ):
        assert other.stdout is not None
        assert other.stdout.readline() == "written\n"
        with pytest.raises(LedgerError) as refused:
            ledger.note("a", "สอง")
        assert refused.value.holder is not None
        assert (refused.value.holder.by, refused.value.holder.pid) == ("อีกคน", other.pid)
        other.kill()
        other.wait()
        assert ledger.writer() is None
        ledger.note("a", "สอง")
        assert [note.text for note in ledger.record("a").notes] == ["หนึ่ง", "สอง"]


def test_a_process_number_that_was_given_again_is_another_process(tmp_path: Path) -> None:
    first = single(tmp_path, "มานี")
    first.note("a", "หนึ่ง")
    text = claim_file(tmp_path).read_text()
    claim_file(tmp_path).write_text(
        text.replace(f'"start":"{start_of(os.getpid())}"', '"start":"1"')
    )
    with single(tmp_path, "มานะ") as second:
        second.note("a", "สอง")
    # The first finds that the claim is not its own any more, and asks for it anew.
    first.note("a", "สาม")
    assert [note.text for note in first.record("a").notes] == ["หนึ่ง", "สอง", "สาม"]
    first.close()


@pytest.mark.parametrize("text", [None, b"", b"nonsense"])
def test_another_machines_claim_is_taken_over_when_its_heartbeat_stopped(
    tmp_path: Path, text: bytes | None
) -> None:
    with single(tmp_path, "มานี") as ledger:
        ledger.note("a", "หนึ่ง")
        held = claim_file(tmp_path).read_bytes()
    file = claim_file(tmp_path)
    file.write_bytes(
        held.replace(place_of_processes().encode(), b"elsewhere") if text is None else text
    )
    with single(tmp_path, "มานะ") as second:
        with pytest.raises(LedgerError) as refused:
            second.note("a", "สอง")
        assert refused.value.code is ErrorCode.CLAIMED
        assert refused.value.holder is not None
        assert refused.value.holder.by == ("มานี" if text is None else "")
        # The file server's clock counts, not ours: it is the file's own time.
        long_ago = file.stat().st_mtime - claim.STALE - 1
        os.utime(file, (long_ago, long_ago))
        second.note("a", "สอง")
        assert len(second.record("a").notes) == 2
        assert [path.name for path in file.parent.glob("writer*")] == ["writer"]


def test_a_claim_that_came_in_place_of_a_stale_one_is_not_taken_away(tmp_path: Path) -> None:
    with single(tmp_path, "มานี") as first:
        first.note("a", "หนึ่ง")
        fresh = claim_file(tmp_path).read_bytes()
        second = single(tmp_path, "มานะ")
        its = second._storage.lock._claim
        assert its._set_aside(b"what the stale one said") is False
        assert claim_file(tmp_path).read_bytes() == fresh
        first.note("a", "สอง")


def test_the_heart_beats_and_an_idle_writer_gives_the_claim_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with single(tmp_path, "มานี") as ledger:
        ledger.note("a", "หนึ่ง")
        before = claim_file(tmp_path).read_bytes()
        its = ledger._storage.lock._claim
        its._beat()
        after = claim_file(tmp_path).read_bytes()
        assert after != before
        assert len(after) == len(before)
        monkeypatch.setattr(claim, "BEAT", 0.01)
        monkeypatch.setattr(claim, "IDLE", 0.0)
        its.release()
        its.hold()
        assert its._heart is not None
        end = claim_file(tmp_path)
        for _ in range(2000):
            if not end.exists():
                break
            its._stop.wait(0.005)
        assert not end.exists()
        monkeypatch.setattr(claim, "IDLE", 120.0)
        ledger.note("a", "สอง")
        assert end.exists()


def test_nothing_is_written_under_a_claim_that_has_grown_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with single(tmp_path, "มานี") as ledger:
        ledger.note("a", "หนึ่ง")
        real = claim._now
        late = iter([real(), *[real() + claim.STALE] * 20])
        # The machine slept between taking the lock and writing.
        monkeypatch.setattr(claim, "_now", lambda: next(late))
        with pytest.raises(LedgerError) as refused:
            ledger.note("a", "สอง")
        assert refused.value.code is ErrorCode.CLAIMED
        monkeypatch.setattr(claim, "_now", real)
        ledger.note("a", "สาม")
    assert [n.text for n in Ledger(tmp_path, author="x").record("a").notes] == ["หนึ่ง", "สาม"]


def test_without_any_locks_the_claim_alone_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_flock(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_flock)
    with Ledger(tmp_path, author="มานี") as first, Ledger(tmp_path, author="มานะ") as second:
        first.note("a", "หนึ่ง")
        assert first.single_writer == "no_locks"
        with pytest.raises(LedgerError) as refused:
            second.note("a", "สอง")
        assert refused.value.code is ErrorCode.CLAIMED


def test_a_lock_file_of_an_older_version_names_nobody(tmp_path: Path) -> None:
    with Ledger(tmp_path, author="มานี") as ledger:
        ledger.note("a", "หนึ่ง")
        (tmp_path / ".tui-inbox" / "lock").write_text("4711 host 2024-06-21T09:00:00+00:00\n")
        assert ledger._storage.lock.holder() is None
        ledger.note("a", "สอง")
        assert ledger._storage.lock.holder() is not None


def test_a_clock_that_was_set_back_makes_no_negative_age(tmp_path: Path) -> None:
    moment = [NOW]
    lock = locking.WriteLock(
        Ledger(tmp_path, author="x")._storage._folder, "มานี", lambda: moment[0]
    )
    (tmp_path / ".tui-inbox").mkdir()
    with lock.held(1):
        moment[0] -= dt.timedelta(days=1)
        holder = lock.holder()
        assert holder is not None
        assert holder.age == 0


def test_who_only_compacts_does_not_keep_the_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with single(tmp_path, "มานี") as writer:
        writer.note("a", "หนึ่ง")
    monkeypatch.setattr(journal, "DUE_BYTES", 1)
    with single(tmp_path, "มานะ") as reader:
        assert not claim_file(tmp_path).exists()
        with single(tmp_path, "มานี") as writer:
            writer.note("a", "สอง")
            assert reader.compact_if_due() is False
            assert writer.compact_if_due() is True
            assert claim_file(tmp_path).exists()
            writer.note("a", "สาม")
