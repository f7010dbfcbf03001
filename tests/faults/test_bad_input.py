"""Whatever lies in the place of a letter: a line that says what and why, never a traceback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui_inbox.cli.commands.parse import load
from tui_inbox.cli.exits import ExitCode
from tui_inbox.letter import Problem, ProblemCode

SAMPLE = next((Path(__file__).parents[2] / "inbox").glob("ลพ0021*"))
LIMIT = 2_000_000
FIFTY_MEGABYTES = 50_000_000


def empty(path: Path) -> None:
    path.touch()


def blank(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf \r\n\t\n")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 400)


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 200)


def huge(path: Path) -> None:
    path.write_bytes("ก".encode() * (FIFTY_MEGABYTES // 3))


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 40)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


BAD: dict[Callable[[Path], None], ProblemCode] = {
    empty: ProblemCode.EMPTY,
    blank: ProblemCode.EMPTY,
    binary: ProblemCode.NOT_TEXT,
    picture: ProblemCode.NOT_TEXT,
    huge: ProblemCode.TOO_LARGE,
    fifo: ProblemCode.NOT_REGULAR,
    folder: ProblemCode.NOT_REGULAR,
    dangling: ProblemCode.MISSING,
    device: ProblemCode.NOT_REGULAR,
}


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui_inbox", *arguments],
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "XDG_CONFIG_HOME": str(tmp_path / "config"),
                "XDG_CACHE_HOME": str(tmp_path / "cache"),
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An inbox with one good letter and one of each sort of bad file."""
    place = tmp_path / "in"
    place.mkdir()
    (place / "good.txt").write_bytes(SAMPLE.read_bytes())
    for make in BAD:
        make(place / f"{make.__name__}.txt")
    return place


@pytest.mark.parametrize("make", [*BAD, sparse, loop], ids=lambda make: make.__name__)
def test_parse_gives_a_line_that_says_why_and_does_the_rest(run, tmp_path: Path, make) -> None:
    make(tmp_path / "bad.txt")
    done = run("parse", "bad.txt", SAMPLE, "--json")
    bad, good = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == ExitCode.SOME_FAILED
    assert done.stderr == ""
    assert bad["documents"] == []
    assert bad["checks"] == []
    assert bad["problem"]
    assert good["documents"]
    assert good["problem"] is None


@pytest.mark.parametrize("make", [*BAD, sparse, loop], ids=lambda make: make.__name__)
def test_parse_tells_a_person_why(run, tmp_path: Path, make) -> None:
    make(tmp_path / "bad.txt")
    done = run("parse", "bad.txt")
    assert (done.returncode, done.stdout) == (ExitCode.SOME_FAILED, "")
    assert "bad.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_socket_and_a_name_that_no_file_can_have(tmp_path, monkeypatch) -> None:
    # A socket's path must be short.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        assert load("socket.txt", LIMIT) == Problem(ProblemCode.NOT_REGULAR)
    assert load("a\0b", LIMIT) == Problem(ProblemCode.MISSING)
    assert load("x" * 5000, LIMIT).code is ProblemCode.IO
    assert load(str(SAMPLE / "below"), LIMIT) == Problem(ProblemCode.MISSING)
    assert load("", LIMIT) == Problem(ProblemCode.MISSING)


@pytest.fixture
def somebody_else() -> Iterator[None]:
    """A user who may not read what root may."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_without_permission_is_said(tmp_path: Path, somebody_else: None) -> None:
    denied = tmp_path / "denied.txt"
    if os.geteuid() == 65534:
        os.seteuid(0)
        denied.write_bytes(SAMPLE.read_bytes())
        denied.chmod(0o600)
        os.seteuid(65534)
    else:
        denied.write_bytes(SAMPLE.read_bytes())
        denied.chmod(0)
    assert load(str(denied), LIMIT) == Problem(ProblemCode.PERMISSION)


def test_every_bad_file_of_an_inbox_is_a_row_with_its_reason(run, inbox: Path) -> None:
    done = run("list", "--json", "--inbox", inbox)
    assert (done.returncode, done.stderr) == (ExitCode.DONE, "")
    rows = {row["path"]: row for row in map(json.loads, done.stdout.splitlines())}
    # A folder is looked into, it is no letter.
    expected = {f"{make.__name__}.txt" for make in BAD if make is not folder}
    assert rows.keys() == expected | {"good.txt"}
    assert rows["good.txt"]["problem"] is None
    for name in expected:
        assert rows[name]["problem"], name


def test_a_row_that_is_no_letter_can_be_asked_about(run, inbox: Path) -> None:
    rows = [
        json.loads(line) for line in run("list", "--json", "--inbox", inbox).stdout.splitlines()
    ]
    (id,) = (row["id"] for row in rows if row["path"] == "binary.txt")
    done = run("show", id, "--inbox", inbox, "--lang", "en")
    assert done.returncode == ExitCode.SOME_FAILED
    assert "Not a text file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_for_people_shows_bad_files_and_bad_names_safely(run, inbox: Path) -> None:
    (inbox / "a\x1b[2J\u202eb\n.txt").write_bytes(b"")
    (inbox / os.fsdecode(b"\xff\xfe.txt")).write_bytes(SAMPLE.read_bytes() + b"x")
    done = run("list", "--inbox", inbox)
    assert done.returncode == ExitCode.DONE
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert done.stdout.count("\n") == 1 + len(BAD) + 2
    as_json = run("list", "--json", "--inbox", inbox)
    assert len([json.loads(line) for line in as_json.stdout.splitlines()]) == len(BAD) + 2


@pytest.mark.parametrize("make", [empty, fifo, dangling, None])
def test_an_inbox_that_is_no_folder_is_said(run, tmp_path: Path, make) -> None:
    place = tmp_path / "place"
    if make is not None:
        make(place)
    done = run("list", "--json", "--inbox", place)
    assert (done.returncode, done.stdout) == (ExitCode.UNAVAILABLE, "")
    assert "place" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_letter_is_changed_by_looking_at_it(run, inbox: Path) -> None:
    good = inbox / "good.txt"
    before = (
        good.read_bytes(),
        good.stat().st_mtime_ns,
        sorted(one.name for one in inbox.iterdir()),
    )
    run("list", "--inbox", inbox)
    run("mark", "good.txt", "actioned", "--inbox", inbox)
    after = sorted(one.name for one in inbox.iterdir() if one.name != ".tui-inbox")
    assert (good.read_bytes(), good.stat().st_mtime_ns, after) == before
