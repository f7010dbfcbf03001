"""The bytes of one file, whole, or the reason why not."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import msgspec
import pytest

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching import load, path_of, scan

SETTINGS = WatchSettings()


def code(loaded: object) -> ProblemCode:
    assert isinstance(loaded, Problem)
    return loaded.code


def test_the_bytes_come_whole_with_the_stamp_that_the_scan_gives(tmp_path: Path) -> None:
    data = bytes(range(256)) * 5000
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_bytes(data)
    loaded = load(tmp_path, "sub/a.txt", SETTINGS)
    assert loaded == (data, scan(tmp_path, SETTINGS).files["sub/a.txt"])


def test_an_empty_file_is_no_bytes_and_no_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    loaded = load(tmp_path, "a.txt", SETTINGS)
    assert not isinstance(loaded, Problem)
    assert loaded[0] == b""


def test_the_size_limit_holds_to_the_byte(tmp_path: Path) -> None:
    settings = msgspec.structs.replace(SETTINGS, max_bytes=1000)
    (tmp_path / "a.txt").write_bytes(b"x" * 1000)
    (tmp_path / "b.txt").write_bytes(b"x" * 1001)
    assert not isinstance(load(tmp_path, "a.txt", settings), Problem)
    assert code(load(tmp_path, "b.txt", settings)) is ProblemCode.TOO_LARGE


def test_a_file_that_says_a_wrong_size_is_not_taken_for_whole(tmp_path: Path) -> None:
    # Files below /proc say that they have no bytes, whatever can be read from them.
    settings = msgspec.structs.replace(SETTINGS, follow_links=True)
    (tmp_path / "a.txt").symlink_to("/proc/self/status")
    assert code(load(tmp_path, "a.txt", settings)) is ProblemCode.IO


def test_a_fifo_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    loaded: list[object] = []
    thread = threading.Thread(
        target=lambda: loaded.append(load(tmp_path, "a.txt", SETTINGS)), daemon=True
    )
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert code(loaded[0]) is ProblemCode.NOT_REGULAR


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/hostname", "sub/../../secret.txt", "", ".", "a//b", "a\0b"]
)
def test_a_path_never_leads_out(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "inbox/sub").mkdir(parents=True)
    assert code(load(tmp_path / "inbox", path, SETTINGS)) is ProblemCode.OUTSIDE


def test_links_out_are_not_followed_wherever_they_stand_in_the_path(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/secret.txt").write_text("x")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "link.txt").symlink_to("../out/secret.txt")
    (inbox / "folder").symlink_to("../out")
    assert code(load(inbox, "link.txt", SETTINGS)) is ProblemCode.OUTSIDE
    assert code(load(inbox, "folder/secret.txt", SETTINGS)) is ProblemCode.OUTSIDE
    allowed = msgspec.structs.replace(SETTINGS, follow_links=True)
    for path in ("link.txt", "folder/secret.txt"):
        loaded = load(inbox, path, allowed)
        assert not isinstance(loaded, Problem)
        assert loaded[0] == b"x"


def test_a_link_within_the_inbox_is_read_and_one_into_the_ledger_is_not(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/real.txt").write_text("x")
    (tmp_path / ".tui-inbox").mkdir()
    (tmp_path / ".tui-inbox/journal").write_text("x")
    (tmp_path / "link.txt").symlink_to("sub/real.txt")
    (tmp_path / "journal.txt").symlink_to(".tui-inbox/journal")
    loaded = load(tmp_path, "link.txt", SETTINGS)
    assert not isinstance(loaded, Problem)
    assert loaded[1] == scan(tmp_path, SETTINGS).files["link.txt"]
    assert code(load(tmp_path, "journal.txt", SETTINGS)) is ProblemCode.OUTSIDE


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    (tmp_path / "file").touch()
    for path in ("a.txt", "dangling.txt", "sub/a.txt", "file/a.txt"):
        assert code(load(tmp_path, path, SETTINGS)) is ProblemCode.MISSING
    assert code(load(tmp_path / "away", "a.txt", SETTINGS)) is ProblemCode.MISSING


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert code(load(tmp_path, "a.txt", SETTINGS)) is ProblemCode.NOT_REGULAR


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(13, "Permission denied"), ProblemCode.PERMISSION),
        (OSError(5, "Input/output error"), ProblemCode.IO),
        (OSError(116, "Stale file handle"), ProblemCode.IO),
    ],
)
def test_what_the_system_refuses_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, expected: ProblemCode
) -> None:
    # For root no mode forbids reading, and no disk here is broken: the system's answer is put in.
    (tmp_path / "a.txt").write_text("x")
    really = os.open

    def refuse(path, flags, *args, **kwargs):
        if path == "a.txt":
            raise error
        return really(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    assert code(load(tmp_path, "a.txt", SETTINGS)) is expected


def test_a_file_that_changes_while_it_is_read_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")
    really = os.read
    changes = [b"newer"]

    def read(fd: int, length: int) -> bytes:
        data = really(fd, length)
        if changes:
            file.write_bytes(changes.pop())
        return data

    monkeypatch.setattr(os, "read", read)
    loaded = load(tmp_path, "a.txt", SETTINGS)
    assert not isinstance(loaded, Problem)
    assert loaded[0] == b"newer"


def test_a_file_that_never_rests_is_said_to_be_changing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    really = os.read

    def read(fd: int, length: int) -> bytes:
        data = really(fd, length)
        with file.open("ab") as out:
            out.write(b"x")
        return data

    monkeypatch.setattr(os, "read", read)
    assert load(tmp_path, "a.txt", SETTINGS) == Problem(ProblemCode.IO, {"detail": "changing"})


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "f.txt")
    (tmp_path / "l.txt").symlink_to("/etc/hostname")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for path in ("a.txt", "f.txt", "l.txt", "missing.txt", "a.txt/x", "../x"):
        for _ in range(5):
            load(tmp_path, path, SETTINGS)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_name_that_is_not_utf8_is_read(tmp_path: Path) -> None:
    name = "ลับ.txt".encode("cp874")
    (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    loaded = load(tmp_path, path_of(os.fsdecode(name)), SETTINGS)
    assert not isinstance(loaded, Problem)
    assert loaded[0] == b"x"
