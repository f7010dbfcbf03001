"""The stability rule, with a clock of its own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.watching.model import Stamp, State
from tui_inbox.watching.pending import GONE_SLACK, Pending

DELAY = 0.5
MANY = 1_000_000
FIFO = Problem(ProblemCode.NOT_REGULAR, {"type": "fifo"})


def stamp(size: int, mtime: int = 1) -> Stamp:
    return Stamp(size, mtime, 7)


def test_a_file_is_still_after_the_delay_and_not_before() -> None:
    pending = Pending(DELAY)
    disk: dict[str, State] = {"a": stamp(1)}
    pending.note("a", disk["a"], 10.0, event=True)
    assert pending.next_due() == 10.0 + DELAY
    assert pending.take(10.49, disk.get, MANY) == ({}, {})
    assert pending.take(10.5, disk.get, MANY) == ({"a": stamp(1)}, {})
    assert len(pending) == 0
    assert pending.next_due() is None


def test_each_event_puts_it_off_though_size_and_time_stay() -> None:
    pending = Pending(DELAY)
    disk: dict[str, State] = {"a": stamp(1)}
    for at in (0.0, 0.4, 0.8):
        pending.note("a", disk["a"], at, event=True)
    assert pending.take(1.2, disk.get, MANY)[0] == {}
    assert pending.take(1.3, disk.get, MANY)[0] == {"a": stamp(1)}


def test_a_change_without_an_event_puts_it_off_by_a_delay() -> None:
    pending = Pending(DELAY)
    disk: dict[str, State] = {"a": stamp(1)}
    pending.note("a", disk["a"], 0.0, event=True)
    disk["a"] = stamp(1, mtime=2)
    assert pending.take(0.5, disk.get, MANY)[0] == {}
    assert pending.take(0.99, disk.get, MANY)[0] == {}
    assert pending.take(1.0, disk.get, MANY)[0] == {"a": stamp(1, mtime=2)}


def test_another_inode_with_the_same_size_and_time_is_still() -> None:
    # Some network file systems make up inode numbers: waiting for them would never end.
    pending = Pending(DELAY)
    pending.note("a", Stamp(1, 1, 1), 0.0, event=True)
    assert pending.take(0.5, lambda path: Stamp(1, 1, 2), MANY)[0] == {"a": Stamp(1, 1, 2)}


def test_seeing_it_unchanged_again_does_not_put_it_off_and_seeing_it_changed_does() -> None:
    pending = Pending(DELAY)
    pending.note("a", stamp(1), 0.0, event=False)
    pending.note("a", stamp(1), 0.4, event=False)
    pending.note("b", stamp(1), 0.0, event=False)
    pending.note("b", stamp(2), 0.4, event=False)
    disk: dict[str, State] = {"a": stamp(1), "b": stamp(2)}
    assert pending.take(0.5, disk.get, MANY)[0] == {"a": stamp(1)}
    assert pending.take(0.9, disk.get, MANY)[0] == {"b": stamp(2)}


def test_a_growing_file_is_told_of_after_two_delays_and_again_when_it_grew() -> None:
    pending = Pending(DELAY)
    told: list[int] = []
    size = 0
    now = 0.0
    while now < 3.0:
        size += 1
        disk: dict[str, State] = {"a": stamp(size, size)}
        pending.note("a", disk["a"], now, event=True)
        told += pending.take(now, disk.get, MANY)[1].values()
        now += 0.125
    assert told == sorted(set(told))
    assert 3 <= len(told) <= 5
    assert pending.take(now + DELAY, disk.get, MANY)[0] == disk


def test_a_rename_is_one_batch_and_a_lone_removal_a_little_later() -> None:
    pending = Pending(DELAY)
    disk: dict[str, State] = {"new": stamp(1)}
    pending.note("old", None, 0.0, event=True)
    pending.note("new", disk["new"], 0.001, event=True)
    assert pending.take(0.5, disk.get, MANY)[0] == {}
    assert pending.take(0.501, disk.get, MANY)[0] == {"new": stamp(1), "old": None}
    pending.note("last", None, 1.0, event=True)
    assert pending.take(1.5, disk.get, MANY)[0] == {}
    assert pending.take(1.5 + GONE_SLACK, disk.get, MANY)[0] == {"last": None}


def test_a_file_that_is_removed_and_made_again_was_never_gone() -> None:
    pending = Pending(DELAY)
    pending.note("a", None, 0.0, event=True)
    pending.note("a", stamp(5), 0.2, event=True)
    assert pending.take(0.6, lambda path: stamp(5), MANY)[0] == {}
    assert pending.take(0.7, lambda path: stamp(5), MANY)[0] == {"a": stamp(5)}


def test_problems_wait_too_and_what_turned_into_one_is_not_still() -> None:
    pending = Pending(DELAY)
    pending.note("a", stamp(1), 0.0, event=True)
    assert pending.take(0.5, lambda path: FIFO, MANY)[0] == {}
    assert pending.take(1.0, lambda path: FIFO, MANY)[0] == {"a": FIFO}


def test_no_more_than_the_limit_are_taken_at_once_and_none_is_left_out() -> None:
    pending = Pending(DELAY)
    for number in range(10):
        pending.note(str(number), stamp(1), 0.0, event=True)
    taken = [pending.take(1.0, lambda path: stamp(1), 4)[0] for _ in range(4)]
    assert [len(one) for one in taken] == [4, 4, 2, 0]
    assert len(set().union(*taken)) == 10


def test_ten_thousand_files_with_many_events_are_ten_thousand_entries_and_looks() -> None:
    pending = Pending(DELAY)
    for at in (0.0, 0.1, 0.2, 0.3):
        for number in range(10_000):
            pending.note(f"{number}.txt", stamp(1), at, event=True)
    assert len(pending) == len(pending._heap) == 10_000
    looks = 0

    def look(path: str) -> State:
        nonlocal looks
        looks += 1
        return stamp(1)

    assert pending.take(0.5, look, MANY)[0] == {}
    assert len(pending.take(0.8, look, MANY)[0]) == 10_000
    assert looks == 10_000


@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 0.6),
            st.sampled_from("abc"),
            st.one_of(st.none(), st.integers(1, 3)),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_nothing_is_handed_on_within_the_delay_and_everything_is_in_the_end(
    events: list[tuple[float, str, int | None, bool]],
) -> None:
    pending = Pending(DELAY)
    disk: dict[str, State] = {}
    last_event: dict[str, float] = {}
    handed: dict[str, State] = {}
    now = 0.0

    def take() -> None:
        for path, state in pending.take(now, disk.get, MANY)[0].items():
            assert state == disk.get(path)
            early = GONE_SLACK if state is None else 0.0
            assert now - last_event[path] >= DELAY - early - 1e-9
            handed[path] = state

    for wait, path, size, heard in events:
        now += wait
        disk[path] = None if size is None else stamp(size, int(now * 1000))
        if heard or path not in pending:
            last_event[path] = now
            pending.note(path, disk[path], now, event=True)
        handed.pop(path, None)
        take()
    for _ in range(4):
        now += DELAY + GONE_SLACK
        take()
    assert len(pending) == 0
    assert handed == {path: disk[path] for path in last_event}
