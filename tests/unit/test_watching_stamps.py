from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.watching import Stamp
from tui_inbox.watching.stamps import Stamps

PATHS = st.text("abกข/.", min_size=1, max_size=4)
NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)
STAMPS = st.none() | st.builds(Stamp, NUMBERS, NUMBERS, NUMBERS)
PAIRS = st.dictionaries(PATHS, STAMPS, max_size=12)


def same(stamps: Stamps, expected: dict[str, Stamp | None], asked: set[str]) -> None:
    assert len(stamps) == len(expected)
    for path in asked | expected.keys():
        place = stamps.find(path)
        assert (place >= 0) == (path in expected)
        stamp = expected.get(path)
        if stamp is not None:
            assert stamps.holds(place, stamp)
            assert not stamps.holds(place, Stamp(stamp.size, stamp.mtime_ns ^ 1, stamp.inode))
            assert not stamps.holds(place, Stamp(stamp.size ^ 1, stamp.mtime_ns, stamp.inode))
            assert not stamps.holds(place, Stamp(stamp.size, stamp.mtime_ns, stamp.inode ^ 1))
        elif path in expected:
            assert not stamps.holds(place, Stamp(0, 0, 0))


@given(
    PAIRS, st.lists(st.tuples(st.just("put"), PAIRS) | st.tuples(st.just("drop"), st.sets(PATHS)))
)
def test_it_holds_what_a_dict_would_hold(
    loaded: dict[str, Stamp | None], changes: list[tuple[str, dict[str, Stamp | None] | set[str]]]
) -> None:
    stamps, expected, asked = Stamps(), dict(loaded), set(loaded)
    stamps.load(loaded.items())
    same(stamps, expected, asked)
    for _, change in changes:
        asked |= set(change)
        if isinstance(change, dict):
            stamps.put(change.items())
            expected.update(change)
        else:
            stamps.drop(change)
            for path in change:
                expected.pop(path, None)
        same(stamps, expected, asked)


@pytest.mark.parametrize("key", [len, lambda path: 1], ids=["length", "always the same"])
@given(PAIRS)
def test_paths_of_one_hash_hide_no_change(
    key: Callable[[str], int], loaded: dict[str, Stamp | None]
) -> None:
    stamps = Stamps(key)
    stamps.load(loaded.items())
    for path, stamp in loaded.items():
        other = Stamp(1, 2, 3)
        place = stamps.find(path)
        assert place >= 0
        if other not in loaded.values():
            assert not stamps.holds(place, other)
        stamps.put([(path, stamp)])
        if stamp is not None:
            assert stamps.holds(stamps.find(path), stamp)


def test_new_contents_take_the_place_of_the_old() -> None:
    stamps = Stamps()
    stamps.load([("a", Stamp(1, 1, 1))])
    stamps.load([("b", Stamp(2, 2, 2))])
    assert (len(stamps), stamps.find("a")) == (1, -1)
