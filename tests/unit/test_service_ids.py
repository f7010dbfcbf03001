from __future__ import annotations

import hashlib
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.catalogue import Columns
from tui_inbox.catalogue.columns import hash_of, integers
from tui_inbox.service.ids import Ids

hashes = st.integers(0, 40).map(lambda n: hashlib.sha256(bytes([n])).hexdigest())
ids = hashes | st.sampled_from(["!" + "a" * 15, "!b", "0" * 64, "ก"])
known = st.dictionaries(ids, st.none(), max_size=12).map(list)
# What happens: an id comes (with a number of its own) or goes.
steps = st.lists(st.tuples(ids, st.booleans()), max_size=30)


def lines(of: list[str], first: int, gap: int) -> list[tuple[int, str, int, int, int]]:
    return [(first + at * gap, id, at % 3, at, 1_700_000_000_000 + at) for at, id in enumerate(of)]


@given(known, steps, st.integers(1, 3))
def test_ids_are_found_by_their_numbers_and_the_other_way_round(start, changes, gap) -> None:
    columns = Columns.of(lines(start, 1, gap))
    found = Ids(columns)
    model = {id: number for number, id, *_ in lines(start, 1, gap)}
    ever = {number: id for id, number in model.items()}
    for number, (id, comes) in enumerate(changes, 100):
        if comes:
            found.discard(id)
            own = -number if id == "!b" else number
            found.add(own, id)
            model[id] = own
            ever[own] = id
        else:
            assert found.discard(id) == model.pop(id, None)
    assert found == model.keys()
    assert len(found) == len(model)
    assert sorted(found) == sorted(model)
    for id in [*model, "!c", "f" * 64, "F" * 64]:
        assert found.number_of(id) == model.get(id)
    # Also of those that were taken out.
    for number, id in ever.items():
        assert found.of(number) == id
    assert found.of(99_999) is None
    assert {"!c", *model} - found == {"!c"} - model.keys()


@given(known, st.integers(1, 3), st.integers(1, 40_000))
def test_columns_are_the_rows(some: list[str], gap: int, first: int) -> None:
    rows = lines(some, first, gap)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE lines (number INTEGER PRIMARY KEY, id, sort, due, at)")
    db.execute("CREATE TABLE letters (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
    db.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO letters VALUES (?, ?)", [row[:2] for row in rows])
    read, made = Columns.read(db), Columns.of(rows)
    assert list(read) == list(made) == rows
    assert len(read) == len(rows)
    assert read.by_id == made.by_id
    assert list(read.by_id) == [
        number for _, number in sorted((row[1], row[0]) for row in rows if hash_of(row[1]))
    ]
    assert integers(db, "SELECT number FROM lines WHERE due > ?", (2,)) == [
        row[0] for row in rows if row[3] > 2
    ]
    db.close()


def test_only_hexadecimal_hashes_are_kept_as_bytes() -> None:
    assert hash_of("ab" * 32) == b"\xab" * 32
    for other in ("AB" * 32, "ab" * 31, "0" * 64, "!" + "a" * 63, "ก" * 64, "१" * 64):
        assert hash_of(other) is None
