"""The ledger on damaged files: cut anywhere, any byte changed, lines gone, strange things there."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tui_inbox.ledger import ErrorCode, FindingCode, Ledger, LedgerError, Status
from tui_inbox.ledger.folder import Folder
from tui_inbox.ledger.journal import Journal
from tui_inbox.ledger.line import frame
from tui_inbox.ledger.verify import verify

TEXTS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    with Ledger(tmp_path, author="มานี") as ledger:
        for text in TEXTS:
            ledger.note("a", text)
    return tmp_path


def journal(inbox: Path) -> Path:
    return inbox / ".tui-inbox" / "journal-000000000001.jsonl"


def texts(inbox: Path) -> list[str]:
    return [note.text for note in Ledger(inbox, author="x").record("a").notes]


def tidy(inbox: Path, data: bytes) -> None:
    """The journal with ``data``, and nothing else beside it."""
    for path in (inbox / ".tui-inbox").iterdir():
        path.unlink()
    journal(inbox).write_bytes(data)


def lines_of(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


def test_a_journal_cut_at_every_byte_of_its_last_4_kib_keeps_all_before_the_cut(
    tmp_path: Path,
) -> None:
    said = [f"{number} " + "ก" * (number * 37 % 90) for number in range(24)]
    with Ledger(tmp_path, author="มานี") as ledger:
        for text in said:
            ledger.note("a", text)
    data = journal(tmp_path).read_bytes()
    assert len(data) > 4096
    # A line that lacks only its line feed was written whole.
    ends = [sum(map(len, lines_of(data)[:n])) - 1 for n in range(1, len(said) + 1)]
    for cut in range(len(data) - 4096, len(data) + 1):
        tidy(tmp_path, data[:cut])
        whole = sum(1 for end in ends if end <= cut)
        start = ends[whole - 1] + 1 if whole else 0
        rest = max(0, cut - start)
        found = Journal.load(Folder(tmp_path))
        if cut in ends:
            found.prepare()
        assert [note.text for note in found.state.records["a"].notes] == said[:whole]
        torn = [(f.code, f.offset, f.size) for f in found.findings]
        assert torn == ([(FindingCode.TORN, start, rest)] if rest else [])
        # The same by its own words, and mended and written to, at some of them.
        if cut % 64 and abs(cut - start) > 1:
            continue
        tidy(tmp_path, data[:cut])
        assert [(f.code, f.offset, f.size) for f in verify(tmp_path).findings] == torn
        with Ledger(tmp_path, author="มานี") as ledger:
            for finding in ledger.findings:
                assert finding.kept is not None
                assert (tmp_path / ".tui-inbox" / finding.kept).read_bytes() == data[start:cut]
            ledger.note("a", "ต่อ")
        assert texts(tmp_path) == [*said[:whole], "ต่อ"]


@pytest.mark.parametrize("change", [0x01, 0x80, 0x20])
def test_any_byte_changed_costs_its_own_entry_at_most(inbox: Path, change: int) -> None:
    data = journal(inbox).read_bytes()
    starts = [sum(map(len, lines_of(data)[:n])) for n in range(len(TEXTS))]
    for at in range(change % 5, len(data), 5):
        damaged = data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]
        tidy(inbox, damaged)
        hit = max(n for n, start in enumerate(starts) if start <= at)
        spared = data[at] == ord("\n")
        expected = [text for n, text in enumerate(TEXTS) if spared or n != hit]
        with Ledger(inbox, author="มานี") as ledger:
            assert [note.text for note in ledger.record("a").notes] == expected
            if not spared:
                assert ledger.findings
                kept = [f.kept for f in ledger.findings if f.kept]
                aside = b"".join((inbox / ".tui-inbox" / name).read_bytes() for name in kept)
                assert aside == damaged[starts[hit] : [*starts, len(data)][hit + 1]]
            ledger.note("a", "ต่อ")
        assert texts(inbox) == [*expected, "ต่อ"]


def test_random_damage_anywhere_never_keeps_it_from_opening(inbox: Path) -> None:
    with Ledger(inbox, author="มานี") as ledger:
        ledger.compact()
        for text in TEXTS:
            ledger.note("b", text)
        ledger.compact()
        ledger.note("c", "ท้าย")
    files = {path: path.read_bytes() for path in (inbox / ".tui-inbox").glob("*.jsonl")}
    chance = random.Random(2567)
    for _ in range(300):
        for path in (inbox / ".tui-inbox").iterdir():
            path.unlink()
        for path, data in files.items():
            path.write_bytes(data)
        path = chance.choice(sorted(files))
        damaged = bytearray(files[path])
        start = chance.randrange(len(damaged) + 1)
        for at in range(start, min(len(damaged), start + chance.randrange(1, 64))):
            damaged[at] = chance.randrange(256)
        path.write_bytes(damaged)
        with Ledger(inbox, author="มานี") as ledger:
            # A snapshot and the journal each hold all, so only damage in the last lines costs.
            if path.name.startswith("snapshot") or path.name < "journal-000000000011":
                assert [note.text for note in ledger.record("a").notes] == list(TEXTS)
                assert [note.text for note in ledger.record("b").notes] == list(TEXTS)
            ledger.note("c", "ต่อ")
        assert Ledger(inbox, author="x").record("c").notes[-1].text == "ต่อ"


def test_a_damaged_middle_is_told_once_and_kept_for_good(inbox: Path) -> None:
    data = journal(inbox).read_bytes()
    journal(inbox).write_bytes(data.replace("สาม".encode(), b"xxxxxxxxx"))
    first = Ledger(inbox, author="x")
    (damaged, gap) = first.findings
    assert (damaged.code, gap.code) == (FindingCode.DAMAGED, FindingCode.GAP)
    assert damaged.kept is not None
    assert b"xxxxxxxxx" in (inbox / ".tui-inbox" / damaged.kept).read_bytes()
    again = Ledger(inbox, author="x")
    assert again.findings == ()
    assert again.record("a") == first.record("a")
    assert [item.seq for item in again.history("a")] == [1, 2, 4, 5]


def test_a_damaged_snapshot_is_set_aside_and_told_once(inbox: Path) -> None:
    snapshot = inbox / ".tui-inbox" / "snapshot-000000000009.jsonl"
    snapshot.write_bytes(b"nonsense\n")
    (found,) = Ledger(inbox, author="x").findings
    assert found.code is FindingCode.SNAPSHOT_DAMAGED
    assert found.kept is not None
    assert (inbox / ".tui-inbox" / found.kept).read_bytes() == b"nonsense\n"
    again = Ledger(inbox, author="x")
    assert again.findings == ()
    assert [note.text for note in again.record("a").notes] == list(TEXTS)


def test_a_line_that_was_taken_out_is_told(inbox: Path) -> None:
    lines = lines_of(journal(inbox).read_bytes())
    tidy(inbox, b"".join(lines[:2] + lines[3:]))
    ledger = Ledger(inbox, author="x")
    assert [found.code for found in ledger.findings] == [FindingCode.GAP]
    assert [note.text for note in ledger.record("a").notes] == ["หนึ่ง", "สอง", "สี่", "ห้า"]


def test_damage_in_the_tail_is_no_damage_until_seen_twice(inbox: Path) -> None:
    reader, writer = Ledger(inbox, author="x"), Ledger(inbox, author="y")
    good = frame(b'{"seq":6,"at":"2024-06-21T09:00:00Z","by":"z","pid":1,"host":"h","op":"note",'
                 b'"edits":[["a","assignee",null,null,"z"]]}')  # fmt: skip
    with journal(inbox).open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        # What a reader on a network disk may see of a line that is being written.
        file.write(b"\0" * (len(good) - 1) + b"\n")
        file.flush()
        assert reader.refresh() == frozenset()
        file.seek(end)
        file.write(good)
        file.flush()
    assert reader.refresh() == {"a"}
    assert (reader.findings, reader.record("a").assignee) == ((), "z")
    with journal(inbox).open("ab") as file:
        file.write(b"nonsense\n")
    for _ in range(2):
        writer.refresh()
    assert [found.code for found in writer.findings] == [FindingCode.DAMAGED]
    writer.note("a", "ต่อ")
    assert reader.refresh() | reader.refresh() == {"a"}
    assert reader.record("a") == writer.record("a")


def test_sound_lines_that_make_no_sense_are_set_aside(inbox: Path) -> None:
    for payload in (b"[]", b'{"seq":6}', b'{"seq":6,"at":"2024-06-21T09:00:00Z","by":"z","pid":1,'
                    b'"host":"h","op":"mark","edits":[["a","status",null,"new","lost"]]}'):  # fmt: skip
        with journal(inbox).open("ab") as file:
            file.write(frame(payload))
    ledger = Ledger(inbox, author="x")
    assert [note.text for note in ledger.record("a").notes] == list(TEXTS)
    assert [f.code for f in ledger.findings] == [FindingCode.DAMAGED] * 3
    assert all(found.kept for found in ledger.findings)
    ledger.note("a", "ต่อ")
    assert texts(inbox)[-1] == "ต่อ"


def test_a_newer_format_is_refused_and_left_alone(inbox: Path) -> None:
    journal(inbox).open("ab").close()
    data = journal(inbox).read_bytes() + frame(b"{}").replace(b"J1", b"J2")
    journal(inbox).write_bytes(data)
    with pytest.raises(LedgerError) as refused:
        Ledger(inbox, author="x")
    assert (refused.value.code, refused.value.detail) == (ErrorCode.NEWER_FORMAT, "2")
    assert journal(inbox).read_bytes() == data


def test_segments_that_were_deleted_are_told_and_writing_goes_on(inbox: Path) -> None:
    with Ledger(inbox, author="มานี") as ledger:
        ledger.compact()
        ledger.note("b", "หลัง")
    journal(inbox).unlink()
    assert Ledger(inbox, author="x").findings == ()
    for path in (inbox / ".tui-inbox").glob("snapshot-*"):
        path.unlink()
    with Ledger(inbox, author="มานี") as ledger:
        assert [found.code for found in ledger.findings] == [FindingCode.GAP]
        assert ledger.note("b", "ต่อ").seq == 7
    assert [n.text for n in Ledger(inbox, author="x").record("b").notes] == ["หลัง", "ต่อ"]


def test_a_journal_that_fell_behind_its_snapshot_goes_on_in_a_new_segment(inbox: Path) -> None:
    with Ledger(inbox, author="มานี") as ledger:
        ledger.compact()
    (inbox / ".tui-inbox" / "journal-000000000006.jsonl").unlink()
    lines = lines_of(journal(inbox).read_bytes())
    journal(inbox).write_bytes(b"".join(lines[:3]))
    with Ledger(inbox, author="มานี") as ledger:
        assert ledger.note("a", "ต่อ").seq == 6
    assert texts(inbox) == [*TEXTS, "ต่อ"]


class TestStrangeThings:
    """Nothing is followed out of the inbox, waited for, or overwritten."""

    def test_a_symlink_for_the_folder(self, tmp_path: Path) -> None:
        target, inbox = tmp_path / "elsewhere", tmp_path / "inbox"
        target.mkdir()
        inbox.mkdir()
        (inbox / ".tui-inbox").symlink_to(target)
        with pytest.raises(LedgerError) as refused:
            Ledger(inbox, author="x")
        assert refused.value.code is ErrorCode.NOT_A_FOLDER
        assert list(target.iterdir()) == []

    def test_a_symlink_that_comes_later(self, tmp_path: Path) -> None:
        target, inbox = tmp_path / "elsewhere", tmp_path / "inbox"
        target.mkdir()
        inbox.mkdir()
        ledger = Ledger(inbox, author="x")
        (inbox / ".tui-inbox").symlink_to(target)
        with pytest.raises(LedgerError) as refused:
            ledger.mark(["a"], Status.OPEN)
        assert refused.value.code is ErrorCode.NOT_A_FOLDER
        assert (list(target.iterdir()), dict(ledger.records())) == ([], {})

    def test_a_file_for_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / ".tui-inbox").write_text("x")
        with pytest.raises(LedgerError) as refused:
            Ledger(tmp_path, author="x")
        assert refused.value.code is ErrorCode.NOT_A_FOLDER

    @pytest.mark.parametrize("kind", ["symlink", "fifo", "folder"])
    def test_something_else_for_the_journal(self, inbox: Path, kind: str) -> None:
        away = inbox / "away"
        journal(inbox).rename(away)
        if kind == "symlink":
            journal(inbox).symlink_to(away)
        elif kind == "fifo":
            os.mkfifo(journal(inbox))
        else:
            journal(inbox).mkdir()
        with pytest.raises(LedgerError) as refused:
            Ledger(inbox, author="x")
        assert refused.value.code is ErrorCode.NOT_A_FILE

    def test_a_symlink_for_the_lock(self, inbox: Path) -> None:
        victim = inbox / "victim"
        victim.write_text("as it was")
        lock = inbox / ".tui-inbox" / "lock"
        lock.unlink()
        lock.symlink_to(victim)
        ledger = Ledger(inbox, author="x")
        with pytest.raises(LedgerError) as refused:
            ledger.note("a", "y")
        assert refused.value.code is ErrorCode.NOT_A_FILE
        assert victim.read_text() == "as it was"
        assert len(ledger.record("a").notes) == len(TEXTS)

    def test_an_inbox_that_is_not_there_now(self, inbox: Path) -> None:
        ledger = Ledger(inbox, author="x")
        away = inbox.with_name("away")
        inbox.rename(away)
        assert ledger.refresh() == frozenset()
        inbox.mkdir()  # an unmounted share leaves its empty mount point
        assert ledger.refresh() == frozenset()
        assert len(ledger.record("a").notes) == len(TEXTS)
        with pytest.raises(LedgerError) as refused:
            ledger.note("a", "y")
        assert refused.value.code is ErrorCode.MISSING
        assert list(inbox.iterdir()) == []
        inbox.rmdir()
        away.rename(inbox)
        ledger.note("a", "y")
        assert texts(inbox) == [*TEXTS, "y"]
