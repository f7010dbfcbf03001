"""Files and folders that may not be read: a problem with its reason, cured by a change of mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from watching_follow import following, settle
from watching_nobody import unprivileged

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching import Away, FolderUnavailable, load, look, scan, watcher

SETTINGS = WatchSettings()


@pytest.fixture
def inbox() -> Iterator[Path]:
    with unprivileged() as top:
        folder = top / "inbox"
        (folder / "sub").mkdir(parents=True)
        (folder / "a.txt").write_text("a")
        (folder / "sub/b.txt").write_text("b")
        yield folder
        for path in (folder, folder / "sub"):
            path.chmod(0o755)


def test_a_file_without_permission_is_a_problem_to_the_scan_and_to_the_reader(inbox: Path) -> None:
    (inbox / "a.txt").chmod(0)
    found = scan(inbox, SETTINGS)
    assert found.problems["a.txt"].code is ProblemCode.PERMISSION
    assert look(inbox, "a.txt", SETTINGS) == found.problems["a.txt"]
    loaded = load(inbox, "a.txt", SETTINGS)
    assert isinstance(loaded, Problem)
    assert loaded.code is ProblemCode.PERMISSION


def test_a_shut_subfolder_is_a_problem_and_hides_what_lies_in_it(inbox: Path) -> None:
    (inbox / "sub").chmod(0)
    found = scan(inbox, SETTINGS)
    assert set(found.files) == {"a.txt"}
    assert found.problems["sub"].code is ProblemCode.PERMISSION
    assert found.unlisted == {"sub"}
    assert look(inbox, "sub", SETTINGS) == found.problems["sub"]


def test_a_shut_folder_is_unavailable(inbox: Path) -> None:
    inbox.chmod(0)
    with pytest.raises(FolderUnavailable) as raised:
        scan(inbox, SETTINGS)
    assert raised.value.reason is Away.PERMISSION


def test_permission_taken_and_given_back_while_running(inbox: Path) -> None:
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
        (inbox / "a.txt").chmod(0)
        other.wait(lambda: "a.txt" in other.problems)
        assert other.problems["a.txt"].code is ProblemCode.PERMISSION
        (inbox / "a.txt").chmod(0o644)
        other.wait(lambda: "a.txt" not in other.problems)
        assert other.reads["a.txt"] == 2
        assert other.gone == []


@pytest.mark.parametrize("mode", ["native", "poll"])
def test_a_subfolder_that_is_shut_while_running_loses_none_of_its_letters(
    inbox: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "POLL", 0.1)
    with following(inbox, mode=mode) as other:
        other.wait(lambda: len(other.contents) == 2)
        (inbox / "sub").chmod(0)
        if mode == "poll":
            other.watcher.rescan()
        other.wait(lambda: "sub" in other.problems)
        settle(other, inbox)
        assert "sub/b.txt" in other.contents
        (inbox / "sub").chmod(0o755)
        (inbox / "sub/c.txt").write_text("c")
        other.wait(lambda: "sub/c.txt" in other.contents and other.gone == ["sub"])
        assert "sub/b.txt" in other.contents


def test_an_inbox_that_is_shut_while_running_is_offline_and_loses_nothing(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "BEAT", 0.1)
    with following(inbox) as other:
        other.wait(lambda: len(other.contents) == 2)
        inbox.chmod(0)
        other.wait(lambda: any(not batch.online for batch in other.batches))
        assert other.watcher.status.offline is Away.PERMISSION
        inbox.chmod(0o755)
        settle(other, inbox)
        assert other.gone == []
        assert other.reads["a.txt"] == 1
