"""What the ledger does when nothing goes wrong."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from tinydb import TinyDB, where
from tinydb.table import Document

from tui_inbox.ledger import (
    ErrorCode,
    FindingCode,
    Ledger,
    LedgerError,
    Op,
    Record,
    Sighting,
    Status,
)
from tui_inbox.locale import LANGUAGES, Messages
from tui_inbox.locale.decisions import finding_text
from tui_inbox.service.opening import failed

A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def ledger(inbox: Path) -> Ledger:
    return Ledger(inbox, author="มานี")


def store(inbox: Path) -> Path:
    return inbox / ".tui-inbox"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestActions:
    def test_unknown_letter_is_new_and_not_among_the_records(self, ledger: Ledger) -> None:
        assert ledger.record(A) == Record(A, status=Status.NEW)
        assert dict(ledger.records()) == {}

    def test_each_action_is_there_after_reopening(self, inbox: Path, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN, note="โทรสอบถามแล้ว")
        ledger.assign([A], "งานแผน")
        ledger.due([A], date(2024, 6, 28))
        ledger.tag([A], add=["งบประมาณ", "ด่วน"])
        ledger.tag([A], remove=["ด่วน"])
        ledger.pin([A])
        ledger.read([A])
        ledger.register([A], 2024)
        ledger.identify(A, A, "2567/มิ.ย./a.txt")
        record = Ledger(inbox, author="อื่น").record(A)
        assert record == ledger.record(A)
        assert (record.status, record.assignee, record.due) == (
            Status.ASSIGNED,
            "งานแผน",
            "2024-06-28",
        )
        assert (record.tags, record.pinned, record.read) == (("งบประมาณ",), True, True)
        assert (record.register_year, record.register_number) == (2024, 1)
        assert (record.hashes, record.paths) == ((A,), ("2567/มิ.ย./a.txt",))
        assert [(note.text, note.author) for note in record.notes] == [("โทรสอบถามแล้ว", "มานี")]

    def test_change_says_what_happened_to_what(self, ledger: Ledger) -> None:
        change = ledger.mark([A, B], Status.ACTIONED)
        assert (change.seq, change.kind, change.ids, change.author) == (1, Op.MARK, (A, B), "มานี")
        assert [(e.id, e.field, e.before, e.after) for e in change.edits] == [
            (A, "status", "new", "actioned"),
            (B, "status", "new", "actioned"),
        ]

    def test_what_changes_nothing_is_not_written(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        assert ledger.mark([A], Status.OPEN).edits == ()
        assert ledger.seq == 1

    def test_taking_an_assignment_back_opens_the_letter(self, ledger: Ledger) -> None:
        ledger.assign([A], "มานะ")
        ledger.assign([A], None)
        assert (ledger.record(A).status, ledger.record(A).assignee) == (Status.OPEN, None)

    def test_assigning_a_finished_letter_leaves_it_finished(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.ACTIONED)
        ledger.assign([A], "มานะ")
        assert ledger.record(A).status is Status.ACTIONED

    def test_notes_stay_in_the_order_of_writing_when_the_clock_is_set_back(
        self, inbox: Path
    ) -> None:
        now = datetime(2024, 6, 21, 9, tzinfo=UTC)
        times = iter(now - timedelta(hours=n) for n in range(100))
        ledger = Ledger(inbox, author="มานี", clock=lambda: next(times))
        for text in ("หนึ่ง", "สอง", "สาม"):
            ledger.note(A, text)
        ledger.undo()
        ledger.redo()
        assert [note.text for note in ledger.record(A).notes] == ["หนึ่ง", "สอง", "สาม"]
        assert Ledger(inbox, author="x").record(A) == ledger.record(A)

    def test_note_is_edited_with_history(self, ledger: Ledger) -> None:
        note = ledger.note(A, "ส่งแล้ว").edits[0].key
        assert note is not None
        ledger.edit_note(A, note, "ส่งแล้วเมื่อวาน")
        edited = ledger.record(A).notes[0]
        assert (edited.text, edited.edited is not None) == ("ส่งแล้วเมื่อวาน", True)
        texts = [(e.before or {}).get("text") for e in ledger.history(A)[-1].edits]
        assert texts == ["ส่งแล้ว"]
        ledger.edit_note(A, note, None)
        assert ledger.record(A).notes == ()

    def test_editing_an_unknown_note_is_refused(self, ledger: Ledger) -> None:
        with pytest.raises(LedgerError) as refused:
            ledger.edit_note(A, "7", "x")
        assert refused.value.code is ErrorCode.UNKNOWN_NOTE

    @pytest.mark.parametrize("day", ["28/06/2567", "2024-02-30", ""])
    def test_due_takes_real_iso_dates_only(self, ledger: Ledger, day: str) -> None:
        with pytest.raises(ValueError, match=r"isoformat|day is out of range"):
            ledger.due([A], day)
        assert ledger.seq == 0

    def test_one_text_is_no_list_of_ids(self, ledger: Ledger) -> None:
        with pytest.raises(TypeError, match="tuple"):
            ledger.mark(A, Status.OPEN)

    @pytest.mark.parametrize(
        ("text", "stored"),
        [
            ("\x1b[31m[b]x[/b] =1+1\x00\x85\u2028", None),
            ("บรรทัด\r\nสอง", None),
            ('J1 00000000 {"seq":1}', None),
            # What is no Unicode text cannot be stored as such, and must not get lost.
            ("ก\udc80\ud800", "ก\\udc80\\ud800"),
        ],
    )
    def test_any_text_comes_back(
        self, inbox: Path, ledger: Ledger, text: str, stored: str | None
    ) -> None:
        ledger.note(A, text)
        ledger.tag([A], add=[text])
        ledger.identify(A, A, text)
        again = Ledger(inbox, author="x")
        record = again.record(A)
        assert record == ledger.record(A)
        assert again.findings == ()
        assert (record.notes[0].text, *record.tags, *record.paths) == (stored or text,) * 3
        assert again.resolve("?", text) == A

    def test_records_given_out_stay_as_they_were(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        before = ledger.records()
        ledger.mark([A, B], Status.FILED)
        assert {id: r.status for id, r in before.items()} == {A: Status.OPEN}
        assert ledger.records()[B].status is Status.FILED


class TestUndo:
    def test_bulk_is_one_step(self, ledger: Ledger) -> None:
        ledger.mark([A, B, C], Status.ACTIONED, note="เสร็จ")
        change = ledger.undo()
        assert change is not None
        assert (change.of, change.of_kind, set(change.ids)) == (1, Op.MARK, {A, B, C})
        assert {ledger.record(id).status for id in (A, B, C)} == {Status.NEW}
        assert ledger.record(A).notes == ()

    def test_there_and_back_also_after_a_restart_and_compaction(self, inbox: Path) -> None:
        with Ledger(inbox, author="มานี") as ledger:
            ledger.mark([A], Status.OPEN)
            ledger.note(A, "หนึ่ง")
            ledger.compact()
        with Ledger(inbox, author="มานี") as ledger:
            after = ledger.record(A)
            ledger.undo()
            ledger.undo()
            ledger.compact()
        with Ledger(inbox, author="มานี") as ledger:
            assert ledger.record(A).status is Status.NEW
            assert ledger.undo() is None
            ledger.redo()
            ledger.redo()
            assert ledger.redo() is None
            assert ledger.record(A).notes == after.notes
            assert ledger.record(A).status is Status.OPEN

    def test_a_new_action_ends_redo(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        ledger.undo()
        ledger.note(A, "อื่น")
        assert ledger.redo() is None

    def test_with_nothing_to_undo_nothing_is_created(self, inbox: Path, ledger: Ledger) -> None:
        assert ledger.undo() is None
        assert ledger.redo() is None
        assert not store(inbox).exists()

    def test_steps_over_browsing_and_file_facts(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.ACTIONED)
        ledger.read([A])
        ledger.identify(A, A, "a.txt")
        change = ledger.undo()
        assert change is not None
        assert change.of == 1
        assert ledger.record(A).read

    def test_only_of_ones_own(self, inbox: Path, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        assert Ledger(inbox, author="มานะ").undo() is None

    def test_of_what_another_changed_since_refuses_and_shows_both(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        ledger.mark([A, B], Status.OPEN)
        Ledger(inbox, author="มานะ").mark([A], Status.FILED)
        with pytest.raises(LedgerError) as refused:
            ledger.undo()
        assert refused.value.code is ErrorCode.UNDO_CONFLICT
        (conflict,) = refused.value.conflicts
        assert (conflict.id, conflict.field) == (A, "status")
        assert (conflict.expected, conflict.current) == ("open", "filed")
        assert (ledger.record(A).status, ledger.record(B).status) == (Status.FILED, Status.OPEN)

    def test_of_redo_that_another_built_on_refuses(self, inbox: Path, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        ledger.undo()
        Ledger(inbox, author="มานะ").mark([A], Status.FILED)
        with pytest.raises(LedgerError) as refused:
            ledger.redo()
        assert refused.value.code is ErrorCode.REDO_CONFLICT

    def test_leaves_the_others_notes_and_tags(self, inbox: Path, ledger: Ledger) -> None:
        ledger.note(A, "ของมานี")
        other = Ledger(inbox, author="มานะ")
        other.note(A, "ของมานะ")
        other.tag([A], add=["x"])
        ledger.undo()
        assert [note.text for note in ledger.record(A).notes] == ["ของมานะ"]
        assert ledger.record(A).tags == ("x",)

    def test_of_a_certain_action(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        ledger.note(B, "x")
        assert ledger.undo(1) is not None
        assert ledger.record(A).status is Status.NEW
        with pytest.raises(LedgerError) as refused:
            ledger.undo(1)
        assert refused.value.code is ErrorCode.NOT_UNDOABLE


class TestHistory:
    def test_who_did_what(self, inbox: Path, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN)
        Ledger(inbox, author="มานะ").note(A, "x")
        ledger.undo()
        ledger.compact()
        ledger.note(A, "y")
        items = ledger.history(A)
        assert [(i.seq, i.kind, i.author, i.undone) for i in items] == [
            (1, Op.MARK, "มานี", True),
            (2, Op.NOTE, "มานะ", False),
            (3, Op.UNDO, "มานี", False),
            (4, Op.NOTE, "มานี", False),
        ]
        assert {e.id for i in items for e in i.edits} == {A}
        assert {e.id for e in ledger.history()[0].edits} == {A, B}

    def test_the_latest_only(self, ledger: Ledger) -> None:
        for n in range(3):
            ledger.note(A, str(n))
            ledger.compact()
        ledger.undo()
        assert [(i.seq, i.undone) for i in ledger.history(limit=2)] == [(3, True), (4, False)]
        assert [i.seq for i in ledger.history(A, limit=9)] == [1, 2, 3, 4]
        assert ledger.history(limit=0) == ()

    def test_redo_is_no_longer_undone(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        ledger.undo()
        ledger.redo()
        assert [item.undone for item in ledger.history(A)] == [False, False, False]

    def test_other_letters_texts_do_not_show(self, ledger: Ledger) -> None:
        ledger.note(B, f'"{A}"')
        assert ledger.history(A) == ()


class TestOthers:
    def test_refresh_brings_what_others_did(self, inbox: Path, ledger: Ledger) -> None:
        other = Ledger(inbox, author="มานะ")
        ledger.mark([A], Status.OPEN)
        assert other.refresh() == {A}
        assert other.refresh() == frozenset()
        other.note(B, "x")
        assert ledger.refresh() == {B}
        assert ledger.record(B) == other.record(B)

    def test_what_an_action_took_in_is_told_by_the_next_refresh(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        Ledger(inbox, author="มานะ").note(B, "x")
        ledger.mark([A], Status.OPEN)
        assert ledger.refresh() == {B}

    def test_own_actions_are_no_news(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        assert ledger.refresh() == frozenset()

    def test_refresh_goes_on_across_compactions(self, inbox: Path, ledger: Ledger) -> None:
        other = Ledger(inbox, author="มานะ")
        for n in range(6):
            ledger.note(A, str(n))
            if n % 2:
                ledger.compact()
        assert other.refresh() == {A}
        assert other.record(A) == ledger.record(A)
        other.note(A, "x")
        assert ledger.refresh() == {A}
        assert [i.seq for i in ledger.history()] == list(range(1, 8))

    def test_a_journal_put_back_from_a_copy_is_read_anew(self, inbox: Path, ledger: Ledger) -> None:
        ledger.note(A, "หนึ่ง")
        journal = next(store(inbox).glob("journal-*"))
        copy = journal.read_bytes()
        ledger.note(B, "สอง")
        journal.write_bytes(copy)
        assert ledger.refresh() == {B}
        assert ledger.record(B).notes == ()

    def test_a_journal_put_back_and_written_on_is_read_anew(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        ledger.note(A, "หนึ่ง")
        journal = next(store(inbox).glob("journal-*"))
        copy = journal.read_bytes()
        ledger.note(B, "สอง")
        journal.write_bytes(copy)
        other = Ledger(inbox, author="มานะ")
        other.note(C, "ยาวกว่าที่เคยเป็น" * 9)
        other.note(C, "และต่อไปอีก")
        assert ledger.refresh() == {B, C}
        assert dict(ledger.records()) == dict(other.records())


class TestIdentity:
    def test_a_rename_keeps_the_letter(self, ledger: Ledger) -> None:
        ledger.identify(A, A, "a.txt")
        assert ledger.resolve(A, "b.txt") == A
        ledger.identify(A, A, "b.txt")
        assert ledger.record(A).paths == ("a.txt", "b.txt")

    def test_an_amended_file_is_the_same_letter_open_again(self, ledger: Ledger) -> None:
        ledger.identify(A, A, "a.txt")
        ledger.mark([A], Status.ACTIONED, note="เสร็จ")
        ledger.read([A])
        assert ledger.resolve(B, "a.txt") == A
        ledger.identify(A, B, "a.txt", amended=True)
        record = ledger.record(A)
        assert (record.status, record.read, record.hashes) == (Status.OPEN, False, (A, B))
        assert record.amended is not None
        assert len(record.notes) == 1
        assert ledger.resolve(B, "elsewhere.txt") == A
        assert ledger.identify(A, B, "a.txt", amended=True) is None

    def test_content_tells_before_the_path(self, ledger: Ledger) -> None:
        ledger.identify(A, A, "a.txt")
        ledger.identify(B, B, "b.txt")
        assert ledger.resolve(A, "b.txt") == A

    def test_a_path_belongs_to_its_last_letter(self, inbox: Path, ledger: Ledger) -> None:
        ledger.identify(A, A, "a.txt")
        ledger.identify(B, B, "a.txt")
        for one in (ledger, Ledger(inbox, author="x")):
            assert one.resolve(C, "a.txt") == B
            assert (one.record(A).paths, one.record(B).paths) == ((), ("a.txt",))

    def test_nothing_is_written_for_what_is_known(self, ledger: Ledger) -> None:
        assert ledger.identify(A, A, "a.txt") is not None
        assert ledger.identify(A, A, "a.txt") is None
        assert ledger.seq == 1

    def test_a_whole_folder_is_few_entries(self, inbox: Path, ledger: Ledger) -> None:
        many = [Sighting(f"{n:064x}", f"{n:064x}", f"{n}.txt") for n in range(2500)]
        assert [len(change.ids) for change in ledger.identify_all(many)] == [1000, 1000, 500]
        assert ledger.identify_all(many) == ()
        assert Ledger(inbox, author="x").resolve("?", "2499.txt") == f"{2499:064x}"

    def test_unknown(self, ledger: Ledger) -> None:
        assert ledger.resolve(A, "a.txt") is None


class TestRegister:
    def test_numbers_run_within_a_year(self, ledger: Ledger) -> None:
        ledger.register([A, B], 2024)
        ledger.register([C], 2025)
        numbers = [(r.register_year, r.register_number) for r in map(ledger.record, (A, B, C))]
        assert numbers == [(2024, 1), (2024, 2), (2025, 1)]
        assert ledger.registered(2024, 2) == B

    def test_a_letter_keeps_its_number(self, ledger: Ledger) -> None:
        ledger.register([A], 2024)
        assert ledger.register([A, B], 2024).ids == (B,)
        assert ledger.record(B).register_number == 2

    def test_the_stamps_number_is_taken_over_and_counting_goes_on_from_it(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        ledger.register([A], 2024, 12919)
        ledger.compact()
        again = Ledger(inbox, author="x")
        again.register([B], 2024)
        assert again.record(B).register_number == 12920

    def test_no_number_twice(self, ledger: Ledger) -> None:
        ledger.register([A], 2024, 5)
        with pytest.raises(LedgerError) as refused:
            ledger.register([B], 2024, 5)
        assert (refused.value.code, refused.value.path) == (ErrorCode.REGISTER_TAKEN, A)
        with pytest.raises(LedgerError):
            ledger.letters.insert(
                Document({"register_year": 2024, "register_number": 5}, doc_id=B)  # type: ignore[arg-type]
            )

    def test_only_the_last_number_is_given_back(self, ledger: Ledger) -> None:
        first = ledger.register([A], 2024)
        ledger.register([B, C], 2024)
        with pytest.raises(LedgerError) as refused:
            ledger.undo(first.seq)
        assert refused.value.code is ErrorCode.REGISTER_GAP
        assert ledger.undo() is not None
        assert ledger.undo() is not None
        ledger.register([C], 2024)
        assert ledger.record(C).register_number == 1

    def test_redo_of_a_number_given_away_since_is_refused(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        ledger.register([A], 2024)
        ledger.undo()
        Ledger(inbox, author="มานะ").register([B], 2024)
        with pytest.raises(LedgerError) as refused:
            ledger.redo()
        assert refused.value.code is ErrorCode.REGISTER_TAKEN


class TestFiles:
    def test_looking_creates_nothing(self, inbox: Path, ledger: Ledger) -> None:
        ledger.records()
        ledger.history(A)
        ledger.refresh()
        ledger.close()
        assert list(inbox.iterdir()) == []

    def test_looking_changes_no_file(self, inbox: Path, ledger: Ledger) -> None:
        ledger.note(A, "x")
        before = {p: p.stat() for p in store(inbox).iterdir()}
        with Ledger(inbox, author="x") as other:
            other.refresh()
            other.history()
        after = {p: p.stat() for p in store(inbox).iterdir()}
        assert {p: (s.st_size, s.st_mtime_ns) for p, s in before.items()} == {
            p: (s.st_size, s.st_mtime_ns) for p, s in after.items()
        }

    def test_private_by_default_whatever_the_umask(self, inbox: Path, ledger: Ledger) -> None:
        old = os.umask(0o000)
        try:
            ledger.note(A, "x")
            ledger.compact()
        finally:
            os.umask(old)
        assert mode(store(inbox)) == 0o700
        assert {mode(path) for path in store(inbox).iterdir()} == {0o600}

    def test_a_setgid_inbox_shares_with_its_group(self, inbox: Path, ledger: Ledger) -> None:
        inbox.chmod(0o2770)
        old = os.umask(0o077)
        try:
            ledger.note(A, "x")
            ledger.compact()
        finally:
            os.umask(old)
        assert mode(store(inbox)) == 0o2770
        assert {mode(path) for path in store(inbox).iterdir()} == {0o660}

    def test_three_older_snapshots_are_kept_and_every_entry(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        for n in range(6):
            ledger.note(A, str(n))
            ledger.compact()
        names = sorted(path.name for path in store(inbox).glob("snapshot-*"))
        assert names == [f"snapshot-{n:012d}.jsonl" for n in (3, 4, 5, 6)]
        assert len(ledger.history(A)) == 6

    def test_a_long_journal_is_compacted_on_closing_and_on_opening(self, inbox: Path) -> None:
        with Ledger(inbox, author="มานี") as ledger:
            ledger.note(A, "x" * 1_000_000)
            left_open = Ledger(inbox, author="มานะ")
            assert [path.name for path in store(inbox).glob("snapshot-*")] == [
                "snapshot-000000000001.jsonl"
            ]
            ledger.note(A, "y" * 1_000_000)
        assert len(list(store(inbox).glob("snapshot-*"))) == 2
        left_open.refresh()
        assert left_open.record(A) == ledger.record(A)
        assert Ledger(inbox, author="x").record(A) == ledger.record(A)

    def test_a_damaged_snapshot_is_told_and_done_without(self, inbox: Path, ledger: Ledger) -> None:
        for n in range(3):
            ledger.note(A, str(n))
            ledger.compact()
        ledger.note(A, "last")
        newest = max(store(inbox).glob("snapshot-*"))
        newest.write_bytes(newest.read_bytes().replace(b'"2"', b'"9"'))
        again = Ledger(inbox, author="x")
        assert again.record(A) == ledger.record(A)
        assert [f.code for f in again.findings] == [FindingCode.SNAPSHOT_DAMAGED]
        for path in store(inbox).glob("snapshot-*"):
            path.unlink()
        assert Ledger(inbox, author="x").record(A) == ledger.record(A)

    def test_a_snapshot_that_lacks_its_last_lines_is_not_trusted(
        self, inbox: Path, ledger: Ledger
    ) -> None:
        ledger.note(A, "x")
        ledger.compact()
        snapshot = next(store(inbox).glob("snapshot-*"))
        snapshot.write_bytes(snapshot.read_bytes().split(b"\n")[0] + b"\n")
        again = Ledger(inbox, author="x")
        assert again.record(A) == ledger.record(A)
        assert [found.code for found in again.findings] == [FindingCode.SNAPSHOT_DAMAGED]

    def test_an_author_has_a_name(self, inbox: Path) -> None:
        with pytest.raises(ValueError, match="author"):
            Ledger(inbox, author=" ")


class TestTinyDB:
    def test_plain_queries(self, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN)
        ledger.tag([B], add=["งบ"])
        found = ledger.letters.search((where("status") == "open") & where("tags").any(["งบ"]))
        assert [document["id"] for document in found] == [B]
        one = ledger.letters.get(where("id") == A)
        assert one is not None
        assert one["status"] == "open"
        assert len(ledger.letters) == 2
        assert ledger.db.tables() == {"letters"}

    def test_queries_see_later_actions(self, inbox: Path, ledger: Ledger) -> None:
        query = where("status") == "open"
        assert ledger.letters.count(query) == 0
        ledger.mark([A], Status.OPEN)
        assert ledger.letters.count(query) == 1
        Ledger(inbox, author="x").mark([B], Status.OPEN)
        ledger.refresh()
        assert ledger.letters.count(query) == 2

    def test_plain_writes_are_journaled_and_undone(self, inbox: Path, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN)
        ledger.letters.update({"assignee": "งานแผน"}, where("id") == A)
        ledger.letters.insert(Document({"status": "filed"}, doc_id=C))  # type: ignore[arg-type]
        ledger.letters.remove(where("id") == B)
        assert [item.kind for item in ledger.history()] == [Op.MARK, *[Op.TABLE] * 3]
        again = Ledger(inbox, author="x")
        assert dict(again.records()) == dict(ledger.records())
        assert (again.record(A).assignee, set(again.records())) == ("งานแผน", {A, C})
        for _ in range(4):
            ledger.undo()
        assert ledger.record(A).status is Status.NEW
        assert C not in ledger.records()
        assert ledger.record(B).status is Status.NEW

    def test_dropping_the_table_can_be_undone(self, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN)
        ledger.db.drop_tables()
        assert len(ledger.records()) == 0
        ledger.undo()
        assert ledger.record(A).status is Status.OPEN

    def test_nonsense_is_refused_before_it_is_written(self, ledger: Ledger) -> None:
        ledger.mark([A], Status.OPEN)
        with pytest.raises(ValueError, match="Invalid enum"):
            ledger.letters.update({"status": "lost"})
        with pytest.raises(ValueError, match="id"):
            ledger.letters.insert({"status": "open"})
        assert ledger.seq == 1

    def test_export_opens_with_stock_tinydb(self, tmp_path: Path, ledger: Ledger) -> None:
        ledger.mark([A, B], Status.OPEN, note="ทดสอบ")
        ledger.undo()
        ledger.redo()
        target = tmp_path / "export.json"
        ledger.export(target)
        with TinyDB(target, encoding="utf-8") as stock:
            letters = stock.table("letters")
            assert {document["id"] for document in letters.search(where("status") == "open")} == {
                A,
                B,
            }
            assert letters.get(where("id") == A)["notes"][0]["text"] == "ทดสอบ"
            assert [entry["op"] for entry in stock.table("history").all()] == [
                "mark",
                "undo",
                "redo",
            ]
            letters.insert({"id": C})
        assert json.loads(target.read_text(encoding="utf-8"))["letters"]["3"] == {"id": C}
        assert sorted(path.name for path in tmp_path.iterdir()) == ["export.json", "inbox"]


class TestWording:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_code_has_its_words(self, language: str) -> None:
        say = Messages(language)  # type: ignore[arg-type]
        for code in ErrorCode:
            assert say(f"ledger.error.{code}", **failed(LedgerError(code, "P", "D")).details)
        for finding in FindingCode:
            for kept in ("K", None):
                told = finding_text(say, finding, "F", 1, 2, kept, "D")
                assert "F" in told
                assert "None" not in told
        for op in Op:
            assert say(f"ledger.op.{op}")
        for status in Status:
            assert say(f"ledger.status.{status}")
        for field in get_type_hints(Record).keys() - {"id", "updated"}:
            assert say(f"ledger.field.{field}")
        assert say("ledger.conflict", field="f", expected="a", current="b", by="x", at="y")
