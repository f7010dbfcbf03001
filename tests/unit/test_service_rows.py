"""Rows are fetched when they are looked at, in chunks, and anew once they may have changed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from tui_inbox.service.rows import CHUNK, Places, Rows, Window


class Store:
    """Hands out strings as rows, and notes what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []
        self.version = 0
        self.meanwhile = lambda: None

    def fetch(self, numbers: Sequence[int]):
        self.asked.append(list(numbers))
        found = {number: f"row {number} v{self.version}" for number in numbers}
        self.meanwhile()
        return found


def rows(store: Store, numbers: Sequence[int]) -> tuple[Rows, Window]:
    window = Window(store.fetch, lambda number: f"id{number}")
    number_of = {f"id{number}": number for number in (*numbers, 9999)}
    return Rows(array("q", numbers), window, number_of.get), window


def test_one_look_fetches_the_chunk_around_it_once() -> None:
    store = Store()
    found, _ = rows(store, range(1, 1001))
    assert found[CHUNK + 3] == f"row {CHUNK + 4} v0"
    assert found[CHUNK] == f"row {CHUNK + 1} v0"
    assert found[-1] == "row 1000 v0"
    assert len(store.asked) == 2
    assert all(len(asked) <= CHUNK for asked in store.asked)


def test_going_through_all_keeps_none() -> None:
    store = Store()
    found, _ = rows(store, range(1, 2001))
    assert list(found) == [f"row {number} v0" for number in range(1, 2001)]
    store.version = 1
    assert found[0] == "row 1 v1"


def test_what_may_have_changed_is_fetched_anew() -> None:
    store = Store()
    found, window = rows(store, [1, 2, 3])
    assert found[0] == "row 1 v0"
    store.version = 1
    window.forget({1})
    assert (found[0], found[1]) == ("row 1 v1", "row 2 v0")
    window.forget()
    store.version = 2
    assert found[2] == "row 3 v2"


def test_a_row_that_changes_while_it_is_fetched_is_not_kept() -> None:
    store = Store()
    found, window = rows(store, [1])
    store.meanwhile = window.forget
    assert found[0] == "row 1 v0"
    store.version, store.meanwhile = 1, lambda: None
    assert found[0] == "row 1 v1"


def test_keys_and_places_need_no_row() -> None:
    store = Store()
    found, _ = rows(store, [7, -2, 3])
    assert list(found.keys) == ["id7", "id-2", "id3"]
    assert list(found.keys[1:]) == ["id-2", "id3"]
    places = found.places
    assert [places[f"id{number}"] for number in (7, -2, 3)] == [0, 1, 2]
    assert "id9999" not in places
    assert places.get("nobody") is None
    with pytest.raises(KeyError):
        places["id9999"]
    assert store.asked == []


def test_rows_equal_any_sequence_of_the_same() -> None:
    found, _ = rows(Store(), [1, 2])
    assert found == ("row 1 v0", "row 2 v0")
    assert found != ("row 1 v0",)
    assert found[:1] == ["row 1 v0"]
    assert found != 5


def test_nothing_has_no_place() -> None:
    places = Places(array("i", [3, 1]), "{}".format, {"3": 3, "1": 1}.get)
    assert None not in places
    assert 3 not in places
    assert {id: places[id] for id in places} == {"3": 0, "1": 1}
