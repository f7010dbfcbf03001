"""The ledger exported, backed up, checked, restored, and carried to another machine."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tui_inbox.cli import ExitCode, main
from tui_inbox.ledger import ErrorCode, FindingCode, Ledger, LedgerError, Status
from tui_inbox.ledger import backup as backups
from tui_inbox.ledger.line import frame
from tui_inbox.ledger.verify import verify

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    with Ledger(folder, author="มานี") as ledger:
        ledger.mark(["a", "b"], Status.OPEN, "เริ่ม")
        ledger.register(["a"], 2024)
        ledger.compact()
        ledger.note("a", "ต่อ")
    return folder


def store(inbox: Path) -> Path:
    return inbox / ".tui-inbox"


def contents(inbox: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store(inbox).iterdir() if path.name != "lock"}


def facts(inbox: Path) -> tuple[object, ...]:
    ledger = Ledger(inbox, author="x")
    return dict(ledger.records()), ledger.history(), ledger.findings


@pytest.fixture(autouse=True)
def _surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("TUI_INBOX_USER_NAME", "มานะ")


def run(inbox: Path, *words: object, language: str = "en") -> int:
    return main([*map(str, words), "--inbox", str(inbox), "--lang", language])


@pytest.mark.parametrize("words", [("export", "--replace"), ("export",), ("backup",)])
def test_nothing_is_written_among_the_letters(
    inbox: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    letter = inbox / "letter.txt"
    letter.write_text("หนังสือ", encoding="utf-8")
    linked = tmp_path / "linked"
    linked.symlink_to(inbox)
    for target in (letter, linked / "letter.txt", inbox / "new.txt", store(inbox) / "new.json"):
        assert run(inbox, "ledger", words[0], target, *words[1:]) == ExitCode.SOME_FAILED
    assert letter.read_text(encoding="utf-8") == "หนังสือ"
    assert sorted(path.name for path in inbox.iterdir()) == [".tui-inbox", "letter.txt"]
    assert not (store(inbox) / "new.json").exists()


class TestExport:
    def test_stock_tinydb_opens_it(self, inbox: Path, tmp_path: Path) -> None:
        target = tmp_path / "out.json"
        assert run(inbox, "ledger", "export", target) == ExitCode.DONE
        with TinyDB(target, encoding="utf-8") as stock:
            (found,) = stock.table("letters").search(where("register_number") == 1)
            assert found["id"] == "a"
            assert [note["text"] for note in found["notes"]] == ["เริ่ม", "ต่อ"]
            assert [entry["op"] for entry in stock.table("history").all()] == [
                "mark", "register", "note",
            ]  # fmt: skip
        assert target.stat().st_mode & 0o777 == 0o600

    def test_a_file_that_is_there_is_left_alone_unless_said(
        self, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "out.json"
        target.write_text("mine")
        assert run(inbox, "ledger", "export", target) == ExitCode.SOME_FAILED
        assert target.read_text() == "mine"
        assert "nothing was overwritten" in capsys.readouterr().err
        assert run(inbox, "ledger", "export", target, "--replace") == ExitCode.DONE
        assert json.loads(target.read_text(encoding="utf-8"))["letters"]
        assert [path.name for path in tmp_path.glob(".out*")] == []
        assert run(inbox, "ledger", "export", tmp_path / "no" / "x") == ExitCode.SOME_FAILED


class TestVerify:
    def test_a_sound_ledger_is_said_to_be_sound(
        self, inbox: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = contents(inbox)
        assert run(inbox, "ledger", "verify") == ExitCode.DONE
        told = capsys.readouterr()
        assert (told.out, "3 entries, 2 letters" in told.err) == ("", True)
        assert contents(inbox) == before

    def test_an_inbox_without_a_ledger_is_sound_and_stays_so(self, tmp_path: Path) -> None:
        report = verify(tmp_path)
        assert (report.files, report.entries, report.findings) == (0, 0, ())
        assert list(tmp_path.iterdir()) == []

    def test_damage_is_named_with_file_and_place_and_left_as_it_is(
        self, inbox: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = store(inbox) / "journal-000000000001.jsonl"
        data = first.read_bytes()
        second_line = data.index(b"\n") + 1
        first.write_bytes(data[: second_line + 20] + b"\0" + data[second_line + 21 :])
        before = contents(inbox)
        assert run(inbox, "ledger", "verify", "--json") == ExitCode.SOME_FAILED
        report = json.loads(capsys.readouterr().out)
        assert [(f["code"], f["file"], f["offset"]) for f in report["findings"]] == [
            ("damaged", first.name, second_line),
            ("gap", "journal-000000000003.jsonl", 0),
        ]
        assert report["findings"][0]["size"] == len(data) - second_line
        assert report["findings"][1]["detail"] == "1"
        assert (report["entries"], report["letters"], report["seq"]) == (2, 2, 3)
        assert contents(inbox) == before
        assert run(inbox, "ledger", "verify", language="th") == ExitCode.SOME_FAILED
        assert f"เริ่มที่ไบต์ {second_line}" in capsys.readouterr().out

    def test_every_sort_of_damage_is_found(self, inbox: Path) -> None:
        last = store(inbox) / "journal-000000000003.jsonl"
        snapshot = store(inbox) / "snapshot-000000000002.jsonl"
        whole, shot = last.read_bytes(), snapshot.read_bytes()

        def codes() -> list[str]:
            return [found.code.value for found in verify(inbox).findings]

        last.write_bytes(whole + whole)
        assert codes() == ["out_of_order"]
        last.write_bytes(whole + b"J1 0123")
        assert codes() == ["torn"]
        last.write_bytes(whole[:-1])
        assert codes() == []  # whole but for its end, which the next writer gives it
        last.write_bytes(whole + frame(b"{}").replace(b"J1", b"J9"))
        assert codes() == ["newer_format"]
        last.write_bytes(whole)
        snapshot.write_bytes(shot[:-30])
        assert codes() == ["snapshot_damaged"]
        other = Ledger(inbox, author="x").record("a")
        lines = shot.split(b"\n")
        payload = lines[1].split(b" ", 2)[2].replace(b'"open"', b'"filed"', 1)
        snapshot.write_bytes(b"\n".join([lines[0], frame(payload)[:-1], b""]))
        assert codes() == ["snapshot_differs"]
        assert other.notes
        snapshot.unlink()
        snapshot.mkdir()
        assert codes() == ["unreadable"]

    def test_any_damaged_byte_is_noticed(self, inbox: Path) -> None:
        chance = random.Random(2567)
        files = {name: data for name, data in contents(inbox).items() if data}
        for _ in range(150):
            name = chance.choice(sorted(files))
            data = bytearray(files[name])
            at = chance.randrange(len(data))
            data[at] ^= 1 << chance.randrange(8)
            (store(inbox) / name).write_bytes(data)
            found = verify(inbox).findings
            # A line that lacks only its end says all that was said.
            assert found or (at == len(data) - 1 and name.startswith("journal")), (name, at)
            assert all(f.file in files and 0 <= f.offset <= len(data) for f in found)
            (store(inbox) / name).write_bytes(files[name])


def refusal(folder: Path, source: Path) -> ErrorCode | None:
    try:
        backups.restore(folder, source, "x", NOW)
    except LedgerError as error:
        return error.code
    return None


class TestBackup:
    def test_what_was_backed_up_comes_back_and_what_was_there_is_kept(
        self, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "ledger.tar.gz"
        saved = facts(inbox)
        assert run(inbox, "ledger", "backup", target) == ExitCode.DONE
        assert target.stat().st_mode & 0o777 == 0o600
        with Ledger(inbox, author="มานี") as ledger:
            ledger.note("a", "หลังสำรอง")
        later = facts(inbox)
        assert run(inbox, "ledger", "restore", target) == ExitCode.DONE
        assert facts(inbox) == saved
        (aside,) = inbox.glob(".tui-inbox.before-*")
        assert str(aside) in capsys.readouterr().err
        # The one that was there is whole: put it back by hand and all is as before.
        store(inbox).rename(inbox / "gone")
        aside.rename(store(inbox))
        assert facts(inbox) == later
        assert [path.name for path in inbox.glob("*restoring*")] == []

    def test_restoring_where_nothing_is(self, inbox: Path, tmp_path: Path) -> None:
        target, fresh = tmp_path / "l.tar.gz", tmp_path / "fresh"
        fresh.mkdir()
        backups.backup(inbox, target, NOW)
        manifest, aside = backups.restore(fresh, target, "มานะ", NOW)
        assert (manifest.at, aside) == (NOW, None)
        assert facts(fresh) == facts(inbox)
        assert store(fresh).stat().st_mode & 0o7777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in store(fresh).glob("*.jsonl")} == {0o600}

    def test_no_file_is_overwritten_and_nothing_is_no_backup(
        self, inbox: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "ledger.tar.gz"
        target.write_text("mine")
        assert run(inbox, "ledger", "backup", target) == ExitCode.SOME_FAILED
        assert target.read_text() == "mine"
        empty = tmp_path / "empty"
        empty.mkdir()
        assert run(empty, "ledger", "backup", tmp_path / "x") == ExitCode.SOME_FAILED
        assert not (tmp_path / "x").exists()
        assert list(empty.iterdir()) == []

    def test_a_disk_without_hard_links_is_served_too(
        self, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def no_links(*_: object) -> None:
            raise PermissionError("no hard links")

        monkeypatch.setattr(os, "link", no_links)
        target = tmp_path / "ledger.tar.gz"
        backups.backup(inbox, target, NOW)
        with pytest.raises(LedgerError) as refused:
            backups.backup(inbox, target, NOW)
        assert refused.value.code is ErrorCode.EXISTS

    def test_a_backup_made_while_others_write_is_the_ledger_at_one_moment(
        self, inbox: Path, tmp_path: Path
    ) -> None:
        ledger = Ledger(inbox, author="มานี")
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                ledger.note("b", str(number))
                number += 1
                if number % 10 == 0:
                    ledger.compact()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for turn in range(12):
                target, fresh = tmp_path / f"{turn}.tar.gz", tmp_path / str(turn)
                fresh.mkdir()
                before = ledger.seq
                backups.backup(inbox, target, NOW)
                backups.restore(fresh, target, "x", NOW)
                report = verify(fresh)
                assert report.findings == ()
                assert report.seq >= before
                opened = Ledger(fresh, author="x")
                assert opened.findings == ()
                # "เริ่ม" and then the numbers, none left out.
                notes = [note.text for note in opened.record("b").notes]
                assert notes == ["เริ่ม", *map(str, range(len(notes) - 1))]
        finally:
            stop.set()
            writer.join()

    def test_a_damaged_or_strange_backup_changes_nothing(
        self, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good = tmp_path / "good.tar.gz"
        backups.backup(inbox, good, NOW)
        data = good.read_bytes()
        plain = gzip.decompress(data)
        chance = random.Random(7)
        bad = tmp_path / "bad"
        cases = [b"", b"nonsense", data[: len(data) // 2], data[:-9], b"{}" * 100]
        for _ in range(60):
            damaged = bytearray(plain)
            damaged[chance.randrange(len(plain))] ^= 0xFF
            cases.append(gzip.compress(bytes(damaged)))
        before, refused = contents(inbox), 0
        for case in cases:
            bad.write_bytes(case)
            fresh = tmp_path / "fresh"
            fresh.mkdir()
            code = refusal(fresh, bad)
            if code is not None:
                assert code in (ErrorCode.NO_BACKUP, ErrorCode.NEWER_FORMAT)
                assert list(fresh.iterdir()) == []
                refused += 1
            else:
                # The byte stood where a tar file says nothing that counts.
                assert facts(fresh) == facts(inbox)
            shutil.rmtree(fresh)
        assert refused > 15
        assert run(inbox, "ledger", "restore", bad) in (ExitCode.DONE, ExitCode.SOME_FAILED)
        bad.write_bytes(b"nonsense")
        shutil.rmtree(store(inbox))
        store(inbox).mkdir()
        for name, content in before.items():
            (store(inbox) / name).write_bytes(content)
        assert run(inbox, "ledger", "restore", bad) == ExitCode.SOME_FAILED
        assert "no sound backup" in capsys.readouterr().err
        assert contents(inbox) == before
        assert run(inbox, "ledger", "restore", tmp_path / "missing") == ExitCode.SOME_FAILED

    @pytest.mark.parametrize("name", ["../x", "/etc/x", "a/b.jsonl", "journal-1.jsonl", "lock"])
    def test_nothing_in_a_backup_is_a_path(self, inbox: Path, tmp_path: Path, name: str) -> None:
        bad = tmp_path / "bad"
        with tarfile.open(bad, "w:gz") as archive:
            member = {"name": name, "size": 1, "sha256": "0" * 64}
            manifest = json.dumps(
                {"format": 1, "at": "2024-06-21T03:00:00Z", "host": "h", "files": [member]}
            ).encode()
            for each, data in ((backups.MANIFEST, manifest), (name, b"x")):
                info = tarfile.TarInfo(each)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        with pytest.raises(LedgerError) as refused:
            backups.restore(inbox, bad, "x", NOW)
        assert refused.value.code is ErrorCode.NO_BACKUP

    @pytest.mark.parametrize("exchange", [True, False])
    def test_an_open_ledger_follows_a_restored_one(
        self, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
    ) -> None:
        if not exchange:
            monkeypatch.setattr(backups.ctypes, "CDLL", lambda *_, **__: object())
        target = tmp_path / "l.tar.gz"
        backups.backup(inbox, target, NOW)
        screen = Ledger(inbox, author="มานี")
        screen.note("a", "หลังสำรอง")
        _, aside = backups.restore(inbox, target, "มานะ", NOW)
        assert aside is not None
        assert "a" in screen.refresh()
        assert [note.text for note in screen.record("a").notes] == ["เริ่ม", "ต่อ"]
        screen.note("a", "ใหม่")
        texts = [note.text for note in Ledger(inbox, author="x").record("a").notes]
        assert texts == ["เริ่ม", "ต่อ", "ใหม่"]
        assert len((aside / "journal-000000000003.jsonl").read_bytes().splitlines()) == 2

    def test_restoring_waits_for_a_writer_and_a_waiting_writer_writes_into_the_new_one(
        self, inbox: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "l.tar.gz"
        backups.backup(inbox, target, NOW)
        holder, waiting = Ledger(inbox, author="ก"), Ledger(inbox, author="ข")
        with holder._storage.lock.held(1):
            restoring = threading.Thread(target=backups.restore, args=(inbox, target, "x", NOW))
            noting = threading.Thread(target=waiting.note, args=("a", "ระหว่างนั้น"))
            restoring.start()
            noting.start()
            restoring.join(0.2)
            assert restoring.is_alive()
        restoring.join()
        noting.join()
        (aside,) = inbox.glob(".tui-inbox.before-*")
        both = (aside / "journal-000000000003.jsonl").read_bytes() + (
            store(inbox) / "journal-000000000003.jsonl"
        ).read_bytes()
        # Whoever came first: the note is in one of them, whole, and both are sound.
        assert both.decode().count("ระหว่างนั้น") == 1
        assert verify(inbox).findings == ()


ELSEWHERE = """
import sys
from pathlib import Path
from tui_inbox.ledger import Ledger, Status
with Ledger(Path(sys.argv[1]), author="มานี") as ledger:
    assert ledger.findings == (), ledger.findings
    assert ledger.undo().of == 3
    ledger.note("b", "ที่เครื่องใหม่")
    assert ledger.register(["b"], 2024).edits[-1].after == 2
"""


def test_an_inbox_is_carried_to_another_machine_by_copying_its_folder(
    inbox: Path, tmp_path: Path
) -> None:
    # With all that a running program leaves there: the lock, and somebody's claim.
    with Ledger(inbox, author="มานี", locks="single") as busy:
        busy.compact()
        elsewhere = tmp_path / "elsewhere" / "inbox"
        shutil.copytree(inbox, elsewhere)
    expected = facts(inbox)
    assert facts(elsewhere) == expected
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(elsewhere)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    record = Ledger(elsewhere, author="x").record("b")
    assert [note.text for note in record.notes] == ["เริ่ม", "ที่เครื่องใหม่"]
    assert facts(inbox) == expected
    assert verify(elsewhere).findings == ()
    assert FindingCode.TORN not in {found.code for found in verify(elsewhere).findings}
