"""The packed copy makes a start quick and changes nothing that is seen."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.test_service import SETTINGS, letter
from tui_inbox.catalogue import Columns
from tui_inbox.config import Settings, UserSettings
from tui_inbox.ledger import ErrorCode, Ledger, LedgerError
from tui_inbox.service import Inbox, packing
from tui_inbox.triage import Query, Status, View

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)
Ask = Callable[..., tuple[list[object], bool]]


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "KEEP_FROM", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    for n, day in enumerate(("๒๑", "๒๒", "๒๕", "๓๐"), 1):
        body = f"จึงขอให้รายงานผลการดำเนินงานภายในวันที่ {day} มิถุนายน ๒๕๖๗"
        (made / f"{n}.txt").write_text(letter(f"เรื่องที่ {n}", f"อบ ๐๐๒๓.๓/ว {n}", body))
    (made / "5.txt").write_bytes(b"")
    return made


@pytest.fixture
def ask(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What an inbox shows when it is opened now, and whether it was begun with a packed copy."""
    whole: list[int] = []
    read = Columns.read
    monkeypatch.setattr(Columns, "read", lambda db: whole.append(1) or read(db))

    def asked(
        *,
        settings: Settings = SETTINGS,
        now: dt.datetime = NOW,
        cache: str = "cache",
        scan: bool = False,
        then: Callable[[Inbox], object] = lambda _: None,
    ) -> tuple[list[object], bool]:
        whole.clear()
        where = tmp_path / cache
        with Inbox.open(folder, settings, cache_dir=where, clock=lambda: now) as inbox:
            if scan:
                inbox.refresh()
            boards = [inbox.board(Query(view=view)) for view in View]
            seen: list[object] = [
                (list(board.rows), board.views, board.senders, board.urgencies, board.statuses)
                for board in boards
            ]
            seen.append([inbox.row(row.id) for row in boards[0].rows])
            quick = not whole
            then(inbox)
        return seen, quick

    return asked


def anew(tmp_path: Path, ask: Ask, **how: object) -> list[object]:
    """The same without a packed copy."""
    for file in (tmp_path / "cache").glob("*.deck"):
        file.unlink()
    seen, quick = ask(**how)
    assert not quick
    return seen


def kept(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "cache").glob("*.deck")
    return file


def test_a_second_start_is_begun_with_it_and_shows_the_same(tmp_path: Path, ask: Ask) -> None:
    first, quick = ask(scan=True)
    assert not quick
    second, quick = ask()
    assert quick
    assert second == first == anew(tmp_path, ask)
    assert kept(tmp_path).stat().st_mode & 0o777 == 0o600


def test_it_is_not_written_where_nothing_is_new(tmp_path: Path, ask: Ask) -> None:
    ask(scan=True)
    before = kept(tmp_path).stat().st_ino
    ask(scan=True)
    assert kept(tmp_path).stat().st_ino == before
    assert not list(tmp_path.glob("cache/*.tmp"))


def test_letters_that_came_since_are_taken_over(tmp_path: Path, folder: Path, ask: Ask) -> None:
    ask(scan=True)
    copy = kept(tmp_path).read_bytes()
    (folder / "6.txt").write_text(letter("เรื่องใหม่", "อบ ๐๐๒๓.๓/ว ๖"))
    (folder / "1.txt").write_text(letter("เรื่องที่แก้ไข", "อบ ๐๐๒๓.๓/ว ๑"))
    ask(scan=True)
    # The copy of before beside the index of now.
    kept(tmp_path).write_bytes(copy)
    seen, quick = ask()
    assert quick
    assert seen == anew(tmp_path, ask)


def test_news_since_is_no_arrival(tmp_path: Path, folder: Path, ask: Ask) -> None:
    ask(scan=True)
    copy = kept(tmp_path).read_bytes()
    (folder / "6.txt").write_text(letter("เรื่องใหม่", "อบ ๐๐๒๓.๓/ว ๖"))
    ask(scan=True)
    kept(tmp_path).write_bytes(copy)
    told: list[object] = []
    ask(then=lambda inbox: told.append(inbox._shown.take_news()))
    assert [(news.ids, news.arrived) for news in told] == [(frozenset(), ())]


def test_what_others_decided_since_is_taken_over(tmp_path: Path, ask: Ask) -> None:
    def act(inbox: Inbox) -> None:
        ids = [row.id for row in inbox.board(Query(view=View.ALL)).rows]
        inbox.mark(ids[:1], Status.ACTIONED)
        inbox.assign(ids[1:3], "สมหญิง")

    ask(scan=True)
    copy = kept(tmp_path).read_bytes()
    ask(then=act)
    kept(tmp_path).write_bytes(copy)
    seen, quick = ask()
    assert quick
    assert seen == anew(tmp_path, ask)
    seen, quick = ask()
    assert quick


def test_another_ledger_is_noticed(tmp_path: Path, folder: Path, ask: Ask) -> None:
    def act(status: Status) -> Callable[[Inbox], object]:
        return lambda inbox: inbox.mark(
            [inbox.board(Query(view=View.ALL)).rows[0].id], status, "จดไว้"
        )

    ask(scan=True, then=act(Status.ACTIONED))
    own = folder / ".tui-inbox"
    shutil.move(own, tmp_path / "old")
    seen, quick = ask()
    assert not quick, "the ledger is gone"
    assert seen == anew(tmp_path, ask)
    ask(then=act(Status.OPEN))
    copy = kept(tmp_path).read_bytes()
    # As many entries, of other decisions.
    shutil.rmtree(own)
    shutil.move(tmp_path / "old", own)
    kept(tmp_path).write_bytes(copy)
    seen, quick = ask()
    assert not quick
    assert seen == anew(tmp_path, ask)


@pytest.mark.parametrize("days", [-3, -1, 1, 2, 4, 9, 400])
def test_days_turn(tmp_path: Path, ask: Ask, days: int) -> None:
    ask(scan=True)
    later = NOW + dt.timedelta(days=days)
    seen, quick = ask(now=later)
    assert quick
    assert seen == anew(tmp_path, ask, now=later)


def test_a_rebuilt_index_is_noticed(tmp_path: Path, ask: Ask) -> None:
    ask(scan=True)
    copy = kept(tmp_path).read_bytes()
    for file in (tmp_path / "cache").glob("*.sqlite*"):
        file.unlink()
    seen, quick = ask()
    assert not quick
    assert not seen[0][0], "nothing is read yet"
    ask(scan=True)
    kept(tmp_path).write_bytes(copy)
    assert not ask()[1]


def test_another_person_has_other_views(tmp_path: Path, ask: Ask) -> None:
    def act(inbox: Inbox) -> None:
        inbox.assign([inbox.board(Query(view=View.ALL)).rows[0].id], "มานี")

    ask(scan=True, then=act)
    other = Settings(user=UserSettings(name="มานี"), office=SETTINGS.office, watch=SETTINGS.watch)
    seen, quick = ask(settings=other)
    assert not quick
    assert seen == anew(tmp_path, ask, settings=other)


def test_other_rules_are_noticed(tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(scan=True)
    monkeypatch.setattr(packing, "rules", lambda: "others")
    assert not ask()[1]


def test_damage_is_as_good_as_none(tmp_path: Path, ask: Ask) -> None:
    first, _ = ask(scan=True)
    file = kept(tmp_path)
    sound = file.read_bytes()
    flipped = [
        bytes([*sound[:at], sound[at] ^ 1, *sound[at + 1 :]]) for at in (0, 5, len(sound) // 2)
    ]
    for damaged in (b"", b"\0", sound[:-1], sound + b"\0", b"\xff" * len(sound), *flipped):
        file.write_bytes(damaged)
        seen, quick = ask()
        assert not quick
        assert seen == first
        file.write_bytes(sound)


@pytest.mark.parametrize("kind", ["link", "fifo", "folder"])
def test_what_is_no_file_of_ours_is_not_read(tmp_path: Path, ask: Ask, kind: str) -> None:
    first, _ = ask(scan=True)
    file = kept(tmp_path)
    moved = tmp_path / "moved"
    file.rename(moved)
    if kind == "link":
        file.symlink_to(moved)
    elif kind == "fifo":
        os.mkfifo(file)
    else:
        file.mkdir()
    seen, quick = ask()
    assert not quick
    assert seen == first


def test_a_copy_that_cannot_be_written_is_no_error(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, kept: packing.Kept) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "save", full)
    ask(scan=True)
    assert not ask()[1]


def test_what_a_killed_process_left_is_taken_away(tmp_path: Path, ask: Ask) -> None:
    ask(scan=True)
    file = kept(tmp_path)
    old, new = (file.with_name(f"{file.name}.{name}.tmp") for name in ("1-old", "2-new"))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (1_700_000_000, 1_700_000_000))
    ask(now=NOW + dt.timedelta(days=9))
    assert not old.exists()
    assert new.exists()


def test_a_ledger_that_cannot_be_read_just_now_is_no_error(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Ledger, stamp: object, most: int) -> None:
        raise LedgerError(ErrorCode.MISSING, "journal-1.jsonl", "EIO")

    first, _ = ask(scan=True)
    monkeypatch.setattr(Ledger, "changed_since", fails)
    seen, quick = ask()
    assert not quick
    assert seen == first
