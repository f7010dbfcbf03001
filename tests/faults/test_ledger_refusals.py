"""The ledger when the disk is full or will not be written to: said, nothing lost, nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_inbox.ledger import ErrorCode, Ledger, LedgerError, Status

#: Run in a process of its own: limits and identities are a process's.
PRELUDE = """
import os, resource, sys
from pathlib import Path
import filelock
from tui_inbox.ledger import ErrorCode, Ledger, LedgerError, Status
inbox = Path(sys.argv[1])
store = inbox / ".tui-inbox"
def refused(action):
    try:
        action()
    except LedgerError as error:
        return error.code
    raise AssertionError("not refused")
def everything():
    # A segment may have been begun; what is not there is nothing.
    found = {path.name: path.read_bytes() for path in store.glob("*.jsonl")}
    return {name: data for name, data in found.items() if data}
def become_nobody():
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
"""


def run(script: str, inbox: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + script, str(inbox)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An inbox that another user reaches: pytest's own folders are closed to them."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_a_file_size_limit_at_every_byte_of_a_line(tmp_path: Path) -> None:
    run(
        """
ledger = Ledger(inbox, author="มานี")
ledger.note("a", "ก่อน")
journal = store / "journal-000000000001.jsonl"
for room in range(0, 200, 3):
    before, record, seq = everything(), ledger.record("a"), ledger.seq
    resource.setrlimit(resource.RLIMIT_FSIZE, (journal.stat().st_size + room, -1))
    assert refused(lambda: ledger.mark(["a", "b"], Status.ACTIONED, "ข้อความยาว" * 9)) is ErrorCode.FULL
    assert (everything(), ledger.record("a"), ledger.seq) == (before, record, seq)
    assert "b" not in ledger.records()
    resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    assert Ledger(inbox, author="x").findings == ()
ledger.mark(["a", "b"], Status.ACTIONED, "ข้อความยาว" * 9)
again = Ledger(inbox, author="x")
assert again.record("a") == ledger.record("a")
assert (again.seq, again.record("b").status) == (2, Status.ACTIONED)
""",
        tmp_path,
    )


def test_a_size_limit_on_the_first_write_and_on_compaction(tmp_path: Path) -> None:
    run(
        """
ledger = Ledger(inbox, author="มานี")
resource.setrlimit(resource.RLIMIT_FSIZE, (100, -1))
assert refused(lambda: ledger.note("a", "x" * 500)) is ErrorCode.FULL
assert dict(Ledger(inbox, author="x").records()) == dict(ledger.records()) == {}
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
for n in range(20):
    ledger.note(f"letter{n}", "x" * 500)
before = everything()
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, -1))
assert refused(ledger.compact) is ErrorCode.FULL
assert everything() == before
assert not list(store.glob("*.tmp"))
resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
ledger.compact()
ledger.note("a", "y")
assert dict(Ledger(inbox, author="x").records()) == dict(ledger.records())
""",
        tmp_path,
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=128k", "none", str(folder)]
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    ledger = Ledger(small_disk, author="มานี")
    ledger.mark(["a"], Status.OPEN)

    def write_until_it_is_full() -> None:
        for _ in range(1000):
            ledger.note("a", "ก" * 1000)

    with pytest.raises(LedgerError) as refused:
        write_until_it_is_full()
    written = ledger.seq - 1
    assert refused.value.code is ErrorCode.FULL
    assert 0 < written < 100
    kept = ledger.record("a")
    assert len(kept.notes) == written
    for _ in range(3):
        with pytest.raises(LedgerError):
            ledger.note("a", "ก" * 9000)
    again = Ledger(small_disk, author="x")
    assert (again.record("a"), again.findings) == (kept, ())
    with pytest.raises(LedgerError):
        ledger.compact()
    ledger.close()
    assert Ledger(small_disk, author="x").record("a") == kept


def test_a_folder_that_may_only_be_read(open_folder: Path) -> None:
    with Ledger(open_folder, author="มานี") as ledger:
        ledger.mark(["a"], Status.OPEN)
    store = open_folder / ".tui-inbox"
    store.chmod(0o555)
    for path in store.iterdir():
        path.chmod(0o444)
    open_folder.chmod(0o555)
    run(
        """
become_nobody()
before = everything()
with Ledger(inbox, author="x") as ledger:
    assert ledger.record("a").status is Status.OPEN
    assert len(ledger.history("a")) == 1
    assert refused(lambda: ledger.note("a", "y")) is ErrorCode.PERMISSION
    assert ledger.undo() is None
    assert ledger.refresh() == frozenset()
    assert ledger.record("a").notes == ()
assert everything() == before
""",
        open_folder,
    )


def test_an_inbox_without_a_ledger_that_may_only_be_read(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    run(
        """
become_nobody()
with Ledger(inbox, author="x") as ledger:
    assert refused(lambda: ledger.mark(["a"], Status.OPEN)) is ErrorCode.PERMISSION
    assert dict(ledger.records()) == {}
assert list(inbox.iterdir()) == []
""",
        open_folder,
    )


def test_a_ledger_that_may_not_be_read_is_said_to_be_so(open_folder: Path) -> None:
    run(
        """
Ledger(inbox, author="x").mark(["a"], Status.OPEN)
store.chmod(0o000)
become_nobody()
assert refused(lambda: Ledger(inbox, author="y")) is ErrorCode.PERMISSION
""",
        open_folder,
    )


def test_permission_lost_in_mid_flight_and_given_back(open_folder: Path) -> None:
    run(
        """
become_nobody()
ledger = Ledger(inbox, author="x")
ledger.mark(["a"], Status.OPEN)
journal = store / "journal-000000000001.jsonl"
for path, lost, given in ((journal, 0o400, 0o600), (store / "lock", 0o400, 0o600)):
    before, record = everything(), ledger.record("a")
    path.chmod(lost)
    assert refused(lambda: ledger.note("a", "y")) is ErrorCode.PERMISSION
    assert (everything(), ledger.record("a")) == (before, record)
    path.chmod(given)
    ledger.note("a", "y")
store.chmod(0o000)
assert refused(lambda: ledger.note("a", "z")) is ErrorCode.PERMISSION
assert refused(ledger.refresh) is ErrorCode.PERMISSION
store.chmod(0o700)
ledger.note("a", "z")
assert [note.text for note in Ledger(inbox, author="y").record("a").notes] == ["y", "y", "z"]
""",
        open_folder,
    )


def test_torn_line_that_a_reader_cannot_mend_is_reported(open_folder: Path) -> None:
    with Ledger(open_folder, author="มานี") as ledger:
        ledger.mark(["a"], Status.OPEN)
    store = open_folder / ".tui-inbox"
    journal = store / "journal-000000000001.jsonl"
    journal.write_bytes(journal.read_bytes() + b"J1 0123")
    store.chmod(0o555)
    journal.chmod(0o444)
    run(
        """
become_nobody()
before = everything()
(torn,) = Ledger(inbox, author="x").findings
assert (torn.code, torn.size, torn.kept) == ("torn", 7, None)
assert everything() == before
""",
        open_folder,
    )
