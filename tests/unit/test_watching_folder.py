"""One pass over a folder: what is a letter, what cannot be one and why."""

from __future__ import annotations

import fnmatch
import os
import socket
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.config import WatchSettings
from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching import Away, FolderUnavailable, Stamp, look, native_of, path_of, scan
from tui_inbox.watching.names import LITTER, Names

SETTINGS = WatchSettings()


def put(file: Path, text: str = "ที่ อบ 0023.3/ว 1\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_letters_are_found_with_their_stamps_in_all_subfolders(tmp_path: Path) -> None:
    for name in ("a.txt", "B.TXT", "ค.md", "2567/มิ.ย./d.text"):
        put(tmp_path / name)
    found = scan(tmp_path, SETTINGS)
    assert set(found.files) == {"a.txt", "B.TXT", "ค.md", "2567/มิ.ย./d.text"}
    assert not found.problems
    status = (tmp_path / "a.txt").stat()
    assert found.files["a.txt"] == Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def test_without_subfolders_only_the_folder_itself_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "sub/b.txt")
    settings = msgspec.structs.replace(SETTINGS, subfolders=False)
    assert set(scan(tmp_path, settings).files) == {"a.txt"}
    assert look(tmp_path, "sub/b.txt", settings) is None


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        "._a.txt",
        "~$a.txt",
        ".tui-inbox/journal.txt",
        "@eaDir/a.txt",
        ".stfolder/a.txt",
        "sub/.git/a.txt",
        "#recycle/a.txt",
        "a.txt.part",
        "a.pdf",
        "Thumbs.db",
        "old/draft-a.txt",
        "archive/2560/a.txt",
    ],
)
def test_litter_and_other_files_are_neither_letters_nor_problems(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    put(tmp_path / "letter.txt")
    settings = msgspec.structs.replace(SETTINGS, ignore=("draft-*", "archive/2560"))
    found = scan(tmp_path, settings)
    assert set(found.files) == {"letter.txt"}
    assert not found.problems
    assert look(tmp_path, name, settings) is None


@pytest.mark.parametrize("name", ["*.txt", "*.text"])
def test_litter_is_ignored_even_where_the_patterns_would_take_it(tmp_path: Path, name: str) -> None:
    settings = msgspec.structs.replace(SETTINGS, patterns=("*",))
    for litter in ("a.part", "a.crdownload", "a.tmp", "Thumbs.db", "thumbs.DB", "~$x", "a.txt~"):
        put(tmp_path / litter)
    put(tmp_path / "letter")
    assert set(scan(tmp_path, settings).files) == {"letter"}


def test_what_cannot_be_a_letter_is_a_problem_and_is_never_opened(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside/secret.txt")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    os.mkfifo(inbox / "fifo.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(inbox / "socket.txt"))
        (inbox / "dangling.txt").symlink_to("nowhere")
        (inbox / "loop.txt").symlink_to("loop.txt")
        (inbox / "out.txt").symlink_to(outside)
        (inbox / "outdir").symlink_to(outside.parent)
        (inbox / "folder-link.txt").symlink_to("real")
        put(inbox / "real/a.txt")
        put(inbox / "large.txt", "x" * (SETTINGS.max_bytes + 1))
        found = scan(inbox, SETTINGS)
    assert {path: problem.code for path, problem in found.problems.items()} == {
        "fifo.txt": ProblemCode.NOT_REGULAR,
        "socket.txt": ProblemCode.NOT_REGULAR,
        "dangling.txt": ProblemCode.MISSING,
        "loop.txt": ProblemCode.NOT_REGULAR,
        "out.txt": ProblemCode.OUTSIDE,
        "outdir": ProblemCode.OUTSIDE,
        "folder-link.txt": ProblemCode.NOT_REGULAR,
        "large.txt": ProblemCode.TOO_LARGE,
    }
    assert set(found.files) == {"real/a.txt"}
    assert found.problems["large.txt"].args == {
        "size": str(SETTINGS.max_bytes + 1),
        "limit": str(SETTINGS.max_bytes),
    }
    for path, problem in found.problems.items():
        if path != "socket.txt":
            assert look(inbox, path, SETTINGS) == problem


def test_a_device_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "null.txt").symlink_to("/dev/null")
    settings = msgspec.structs.replace(SETTINGS, follow_links=True)
    assert scan(tmp_path, settings).problems["null.txt"] == Problem(
        ProblemCode.NOT_REGULAR, {"type": "device"}
    )


def test_a_file_that_the_system_refuses_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For root no mode forbids reading: the system's answer is put in its place.
    put(tmp_path / "a.txt").chmod(0o600)
    monkeypatch.setattr(os, "access", lambda *args, **kwargs: False)
    found = scan(tmp_path, SETTINGS)
    assert found.problems["a.txt"].code is ProblemCode.PERMISSION
    assert not found.files


def test_a_link_within_the_inbox_is_a_letter_and_one_into_the_ledger_is_not(tmp_path: Path) -> None:
    put(tmp_path / "real.txt")
    put(tmp_path / ".tui-inbox/journal")
    (tmp_path / "again.txt").symlink_to("real.txt")
    (tmp_path / "journal.txt").symlink_to(".tui-inbox/journal")
    found = scan(tmp_path, SETTINGS)
    assert found.files["again.txt"] == found.files["real.txt"]
    assert found.problems["journal.txt"].code is ProblemCode.OUTSIDE


def test_links_are_followed_where_the_settings_allow_it_and_loops_end(tmp_path: Path) -> None:
    put(tmp_path / "outside/b.txt")
    inbox = tmp_path / "inbox"
    put(inbox / "sub/a.txt")
    (inbox / "out").symlink_to(tmp_path / "outside")
    (inbox / "sub/up").symlink_to(inbox)
    (tmp_path / "outside/back").symlink_to(inbox)
    settings = msgspec.structs.replace(SETTINGS, follow_links=True)
    found = scan(inbox, settings)
    assert set(found.files) == {"sub/a.txt", "out/b.txt"}
    assert not found.problems


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: None, Away.MISSING),
        (lambda folder: folder.write_text("x"), Away.NOT_A_FOLDER),
        (lambda folder: folder.symlink_to("nowhere"), Away.MISSING),
    ],
)
def test_a_folder_that_cannot_be_listed_is_unavailable(tmp_path: Path, make, reason: Away) -> None:
    folder = tmp_path / "inbox"
    make(folder)
    with pytest.raises(FolderUnavailable) as raised:
        scan(folder, SETTINGS)
    assert raised.value.reason is reason


def test_an_inbox_that_is_itself_a_link_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "real/a.txt")
    (tmp_path / "real/in.txt").symlink_to("a.txt")
    (tmp_path / "inbox").symlink_to("real")
    assert set(scan(tmp_path / "inbox", SETTINGS).files) == {"a.txt", "in.txt"}


def test_a_subfolder_that_cannot_be_listed_is_a_problem_and_said_to_be_unlisted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "shut/b.txt")
    really = os.open

    def refuse(path, flags, *args, **kwargs):
        if str(path).endswith("/shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return really(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    found = scan(tmp_path, SETTINGS)
    assert set(found.files) == {"a.txt"}
    assert found.problems["shut"].code is ProblemCode.PERMISSION
    assert found.unlisted == {"shut"}
    monkeypatch.setattr(os, "access", lambda *args, **kwargs: False)
    assert look(tmp_path, "shut", SETTINGS) == found.problems["shut"]


def test_hostile_names_pass_as_data(tmp_path: Path) -> None:
    names = {
        "new\nline.txt",
        "\x1b[31mred.txt",
        "\u202egnp.txt",
        "[b]x[/b].txt",
        "=1+1.txt",
        " .txt",
    }
    for name in names:
        put(tmp_path / name)
    found = scan(tmp_path, SETTINGS)
    assert set(found.files) == names
    for name in names:
        assert look(tmp_path, name, SETTINGS) == found.files[name]


def test_a_name_that_is_not_utf8_becomes_text_that_can_be_stored_and_leads_back(
    tmp_path: Path,
) -> None:
    thai = "หนังสือ.txt".encode("cp874")
    (tmp_path / os.fsdecode(thai)).write_bytes(b"x")
    (path,) = scan(tmp_path, SETTINGS).files
    assert path.encode("utf-8")
    assert os.fsencode(native_of(path)) == thai
    assert isinstance(look(tmp_path, path, SETTINGS), Stamp)


@given(st.binary(max_size=20).filter(lambda raw: b"\0" not in raw))
def test_every_name_becomes_text_and_back(raw: bytes) -> None:
    path = path_of(os.fsdecode(raw))
    path.encode("utf-8")
    assert os.fsencode(native_of(path)) == raw


@given(st.text(alphabet=st.characters(min_codepoint=0x10F870), max_size=5), st.binary(max_size=5))
def test_names_with_the_stand_ins_themselves_come_back_too(text: str, raw: bytes) -> None:
    name = text.encode() + raw.replace(b"\0", b"")
    assert os.fsencode(native_of(path_of(os.fsdecode(name)))) == name


def test_fresh_files_are_those_that_changed_within_the_delay(tmp_path: Path) -> None:
    settings = msgspec.structs.replace(SETTINGS, delay=30.0)
    put(tmp_path / "new.txt")
    assert scan(tmp_path, settings).fresh == {"new.txt"}
    # Its own time set back, as copying programs do: the inode's time still tells.
    os.utime(tmp_path / "new.txt", (time.time() - 1000, time.time() - 1000))
    assert scan(tmp_path, settings).fresh == {"new.txt"}
    quick = msgspec.structs.replace(SETTINGS, delay=0.05)
    limit = time.monotonic() + 20
    while scan(tmp_path, quick).fresh:
        assert time.monotonic() < limit


def test_an_empty_folder_is_said_to_be_empty_and_one_with_a_ledger_is_not(tmp_path: Path) -> None:
    assert scan(tmp_path, SETTINGS).empty
    (tmp_path / ".tui-inbox").mkdir()
    assert not scan(tmp_path, SETTINGS).empty


pattern_texts = st.text(st.sampled_from("aB.*?[]!~\n"), max_size=6)


@given(
    st.lists(pattern_texts, max_size=4).map(tuple),
    st.lists(pattern_texts, max_size=4).map(tuple),
    st.text(st.sampled_from("abB.~[\n"), min_size=1, max_size=6),
)
def test_patterns_match_as_in_a_shell(
    wanted: tuple[str, ...], ignored: tuple[str, ...], name: str
) -> None:
    """The yardstick is :mod:`fnmatch`."""
    rules = Names(WatchSettings(patterns=wanted, ignore=ignored))

    def matches(patterns: Iterable[str]) -> bool:
        return any(fnmatch.fnmatchcase(name.casefold(), one.casefold()) for one in patterns)

    litter = name.startswith(".") or matches((*LITTER, *ignored))
    assert rules.ignored(f"2567/{name}") is litter
    assert rules.wanted(f"2567/{name}") is (matches(wanted) and not litter)
