"""Letters read by processes of their own: any of them may die, hang or be missing."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.catalogue import content_of
from tui_inbox.config import OfficeSettings, Settings, WatchSettings
from tui_inbox.letter import ProblemCode
from tui_inbox.reading import decode, read
from tui_inbox.service import Inbox, intake
from tui_inbox.triage import Query, View
from tui_inbox.watching import Stamp
from tui_inbox.workers import pool as pool_module
from tui_inbox.workers import process, run
from tui_inbox.workers.frames import Frames, Order, Prepared, Setup, put
from tui_inbox.workers.pool import Pool

SAMPLES = sorted((Path(__file__).parents[2] / "inbox").glob("*.txt"))
OFFICES = ("อำเภอแม่ทา",)
NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)

# The same worker, but for letters that say what shall happen to it.
HOSTILE = """\
import json, os, sys, time
sys.path[:] = json.loads(sys.argv[1])
from tui_inbox.workers import worker
really = worker.read_one
def read_one(data, offices):
    if b"DIE" in data:
        os.kill(os.getpid(), 9)
    if b"HANG" in data:
        time.sleep(600)
    if b"ONCE" in data and not os.path.exists(os.environ["ONCE"]):
        open(os.environ["ONCE"], "w").close()
        os.kill(os.getpid(), 9)
    if b"PRINT" in data:
        print("hello " * 10_000)
    if b"RAISE" in data:
        import tui_inbox.reading
        def broken(*_, **__):
            raise RecursionError
        kept, tui_inbox.reading.read = tui_inbox.reading.read, broken
        try:
            return really(data, offices)
        finally:
            tui_inbox.reading.read = kept
    return really(data, offices)
worker.read_one = read_one
worker.main()
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    made = tmp_path / "letters"
    made.mkdir()
    return made


@pytest.fixture
def pool(letters: Path) -> Iterator[Pool]:
    made = Pool(Setup(os.fsencode(letters), WatchSettings(), OFFICES), size=2)
    yield made
    made.close()


@pytest.fixture
def order(letters: Path) -> Callable[[int, bytes], tuple[int, Order]]:
    """A file with these bytes, to be read; the number is what it is known by."""

    def make(n: int, data: bytes) -> tuple[int, Order]:
        (letters / f"{n}.txt").write_bytes(data)
        return n, Order(f"{n}.txt", size=len(data))

    return make


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "PROGRAM", HOSTILE)
    monkeypatch.setenv("ONCE", str(tmp_path / "once"))


Make = Callable[[int, bytes], tuple[int, Order]]


def error(answer: Prepared) -> str:
    assert answer.problem is not None
    assert answer.problem.code is ProblemCode.READER_FAILED
    return answer.problem.args["detail"]


def stamp_of(file: Path) -> Stamp:
    found = file.stat()
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_read_what_this_process_reads_and_in_the_order_given(
    pool: Pool, order: Make, letters: Path
) -> None:
    files = [(n, SAMPLES[n % len(SAMPLES)].read_bytes()) for n in range(40)]
    answers = list(pool.read(order(n, data) for n, data in files))
    assert [key for key, _ in answers] == list(range(40))
    for (n, data), (_, answer) in zip(files, answers, strict=True):
        letter = read(data, offices=OFFICES)
        assert answer.content == content_of(letter, decode(data).text, f"{n}.txt")
        assert answer.sha256 == letter.sha256
        assert answer.stamp == stamp_of(letters / f"{n}.txt")
    assert len(pool.pids) == 2


def test_workers_are_kept_for_the_next_letters_and_end_when_none_come(
    pool: Pool, order: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(pool.read([order(0, b"x"), order(1, b"y")]))
    first = pool.pids
    list(pool.read([order(0, b"x"), order(1, b"y")]))
    assert set(first) & set(pool.pids)
    monkeypatch.setattr(pool_module, "IDLE", 0.05)
    list(pool.read([order(0, b"x")]))
    end = time.monotonic() + 20
    while pool.pids:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert not any(alive(pid) for pid in first)
    # And again, from the start.
    assert len(list(pool.read([order(0, b"x")]))) == 1


@pytest.mark.usefixtures("hostile")
def test_a_letter_that_kills_its_worker_is_named_and_no_other_is_lost(
    pool: Pool, order: Make
) -> None:
    files = [order(n, b"DIE" if n == 5 else SAMPLES[0].read_bytes()) for n in range(20)]
    answers = dict(pool.read(files))
    assert list(answers) == list(range(20))
    assert error(answers[5]) == "SIGKILL"
    assert all(answers[n].content is not None for n in range(20) if n != 5)


@pytest.mark.usefixtures("hostile")
def test_a_worker_killed_from_outside_costs_nothing(pool: Pool, order: Make) -> None:
    ((_, answer),) = pool.read([order(0, b"ONCE\n" + SAMPLES[0].read_bytes())])
    assert answer.content is not None
    files = (order(n, SAMPLES[0].read_bytes()) for n in range(40))
    answers = {}
    for n, answer in pool.read(files):
        answers[n] = answer
        if n == 3:
            for pid in pool.pids:
                os.kill(pid, signal.SIGKILL)
    assert len(answers) == 40
    assert all(answer.content is not None for answer in answers.values())


@pytest.mark.usefixtures("hostile")
def test_a_letter_that_takes_for_ever_is_given_up(
    pool: Pool, order: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(pool.read([order(0, b"x")]))
    monkeypatch.setattr(run, "PATIENCE", 2.0)
    files = [order(n, b"HANG" if n == 2 else SAMPLES[0].read_bytes()) for n in range(20)]
    answers = dict(pool.read(files))
    assert error(answers[2]) == "timeout"
    assert all(answers[n].content is not None for n in range(20) if n != 2)


@pytest.mark.usefixtures("hostile")
def test_what_rules_print_or_raise_stays_where_it_is(pool: Pool, order: Make) -> None:
    files = (b"PRINT", b"RAISE", SAMPLES[0].read_bytes())
    answers = dict(pool.read([order(n, data) for n, data in enumerate(files)]))
    assert error(answers[1]) == "RecursionError"
    assert answers[0].content is not None
    assert answers[2].content is not None


def test_where_no_worker_can_work_this_process_reads(
    pool: Pool, order: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "PROGRAM", "raise SystemExit(3)")
    answers = dict(pool.read([order(n, SAMPLES[0].read_bytes()) for n in range(3)]))
    assert all(answer.content is not None for answer in answers.values())
    monkeypatch.setattr(process.sys, "executable", "/nowhere/python")
    answers = dict(pool.read([order(n, SAMPLES[0].read_bytes()) for n in range(3)]))
    assert all(answer.content is not None for answer in answers.values())


def test_a_module_that_lies_in_the_current_folder_is_not_loaded(
    pool: Pool, order: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("open('loaded', 'w')")
    (tmp_path / "json.py").write_text("open('loaded', 'w')")
    monkeypatch.chdir(tmp_path)
    ((_, answer),) = pool.read([order(0, SAMPLES[0].read_bytes())])
    assert answer.content is not None
    assert not (tmp_path / "loaded").exists()


def test_no_more_is_taken_than_the_workers_need(
    pool: Pool, order: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "AHEAD", 4)
    taken: list[int] = []

    def files() -> Iterator[tuple[int, Order]]:
        for n in range(50):
            taken.append(n)
            yield order(n, b"x")

    for n, _ in pool.read(files()):
        assert len(taken) <= n + 5


def test_a_reader_that_stops_half_way_leaves_the_pool_usable(pool: Pool, order: Make) -> None:
    reading = pool.read(order(n, b"x") for n in range(100))
    next(reading)
    reading.close()
    assert len(list(pool.read([order(0, b"x")]))) == 1


# The inbox with them


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


@pytest.fixture
def inbox(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    monkeypatch.setattr(intake, "FIRST", 2)
    monkeypatch.setattr(intake, "WORTH", 4)
    monkeypatch.setattr(pool_module, "cores", lambda: 2)
    settings = Settings(office=OfficeSettings(name=OFFICES[0]), watch=WatchSettings(delay=0.05))
    with Inbox.open(folder, settings, cache_dir=tmp_path / "cache", clock=lambda: NOW) as opened:
        yield opened


def letter(n: int, extra: str = "") -> str:
    return f"ที่ ลพ 0021/ว {n}\n\nเรื่อง เรื่องที่ {n}\n\nเรียน นายอำเภอทุกอำเภอ\n\nเพื่อโปรดทราบ {extra}\n"


@pytest.mark.usefixtures("hostile")
def test_a_burst_in_which_a_letter_kills_its_reader_is_there_but_for_that_one(
    folder: Path, inbox: Inbox
) -> None:
    for n in range(60):
        (folder / f"{n:02}.txt").write_text(letter(n, "DIE" if n == 30 else ""), "utf-8")
    (folder / "empty.txt").touch()
    for n in range(60):
        os.utime(folder / f"{n:02}.txt", (1e9 + n, 1e9 + n))
    inbox.refresh()
    rows = {row.path: row for row in inbox.board(Query(view=View.ALL)).rows}
    assert len(rows) == 61
    assert inbox._intake._pool is not None
    problem = rows["30.txt"].problem
    assert problem is not None
    assert (problem.code, problem.args) == (ProblemCode.READER_FAILED, {"detail": "SIGKILL"})
    assert rows["empty.txt"].problem is not None
    for n in range(60):
        if n != 30:
            assert rows[f"{n:02}.txt"].number == f"ลพ 0021/ว {n}"
    # Asked to try again, this process itself does not fall for it.
    inbox.retry(rows["30.txt"].id)
    again = inbox.row(rows["30.txt"].id)
    assert again is not None
    assert again.problem == problem
    # What kills a process is not read again and again; a changed file is.
    (folder / "30.txt").write_text(letter(30), "utf-8")
    inbox.refresh()
    rows = {row.path: row for row in inbox.board(Query(view=View.ALL)).rows}
    assert rows["30.txt"].problem is None
    assert len(rows) == 61


def test_copies_and_known_contents_among_many_are_one_letter_each(
    folder: Path, inbox: Inbox
) -> None:
    for n in range(30):
        (folder / f"{n:02}.txt").write_text(letter(n), "utf-8")
        (folder / f"copy-{n:02}.txt").write_text(letter(n), "utf-8")
    inbox.refresh()
    rows = inbox.board(Query(view=View.ALL)).rows
    assert {row.paths for row in rows} == {(f"{n:02}.txt", f"copy-{n:02}.txt") for n in range(30)}
    ids = {row.id for row in rows}
    for n in range(30):
        (folder / f"{n:02}.txt").rename(folder / f"renamed-{n:02}.txt")
        (folder / f"new-{n:02}.txt").write_text(letter(100 + n), "utf-8")
    inbox.refresh()
    rows = inbox.board(Query(view=View.ALL)).rows
    assert len(rows) == 60
    assert ids < {row.id for row in rows}
    assert not any(row.amended or row.gone for row in rows)


def test_closing_ends_the_workers(folder: Path, inbox: Inbox) -> None:
    for n in range(20):
        (folder / f"{n:02}.txt").write_text(letter(n), "utf-8")
    inbox.refresh()
    pool = inbox._intake._pool
    assert pool is not None
    pids = pool.pids
    assert pids
    inbox.close()
    assert not any(alive(pid) for pid in pids)


def test_a_letter_on_which_a_rule_breaks_down_holds_up_no_other(
    folder: Path, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, **_: object) -> object:
        if b"BREAK" in data:
            raise ValueError("a rule broke down")
        return read(data, offices=OFFICES)

    monkeypatch.setattr("tui_inbox.reading.read", broken)
    (folder / "a.txt").write_text(letter(1, "BREAK"), "utf-8")
    (folder / "b.txt").write_text(letter(2), "utf-8")
    inbox.refresh()
    rows = {row.path: row for row in inbox.board(Query(view=View.ALL)).rows}
    problem = rows["a.txt"].problem
    assert problem is not None
    assert problem.args == {"detail": "ValueError"}
    assert rows["b.txt"].problem is None
    monkeypatch.undo()
    inbox.retry(rows["a.txt"].id)
    assert not [row for row in inbox.board(Query(view=View.ALL)).rows if row.problem]


@given(st.lists(st.binary(max_size=300), max_size=8), st.lists(st.integers(1, 400), min_size=1))
def test_frames_come_whole_however_they_are_cut(sent: list[bytes], cuts: list[int]) -> None:
    stream = io.BytesIO()
    for data in sent:
        put(stream, data)
    taken = Frames()
    stream.seek(0)
    found = []
    for cut in itertools.cycle(cuts):
        if not (piece := stream.read(cut)):
            break
        found += taken.feed(piece)
    assert found == sent


def test_a_file_that_is_as_it_was_is_not_read_again(pool: Pool, order: Make) -> None:
    n, known = order(0, SAMPLES[0].read_bytes())
    sha256 = read(SAMPLES[0].read_bytes()).sha256
    orders = [(n, msgspec.structs.replace(known, held=("0" * 64, sha256))), order(1, b"")]
    (_, same), (_, empty) = pool.read(orders)
    assert (same.sha256, same.content, same.problem) == (sha256, None, None)
    assert empty.problem is not None
    assert empty.stamp is not None
