from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.catalogue import Columns, Sort, Summary, moment
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Action, Kind, Secrecy, Urgency
from tui_inbox.service import deck as deck_module
from tui_inbox.service.deck import HALF, Decided, Deck, Packed
from tui_inbox.triage import Query, Row, View, row_of, sort_key, views_of

TODAY = dt.date(2024, 6, 21)
IDS = "abcdefghij"
NUMBERS = {id: number for number, id in enumerate(IDS, 3)} | {"j": -1}
RECEIVED = {id: f"2024-06-{place + 10:02}T01:00:00.000Z" for place, id in enumerate(IDS)}

made_letters = st.tuples(
    st.sampled_from(IDS),
    st.sampled_from(Urgency),
    st.sampled_from(["", "กรม ก", "กรม ข"]),
    st.sampled_from([None, "2024-06-20", "2024-06-21", "2024-06-30"]),
    st.sampled_from([None, *Status]),
    st.sampled_from([None, dt.date(2024, 6, 21), dt.date(2024, 9, 1)]),
)
steps = st.lists(
    st.tuples(
        st.lists(made_letters, max_size=4, unique_by=lambda made: made[0]),
        st.sets(st.sampled_from(IDS), max_size=2),
    ),
    max_size=8,
)
queries = st.builds(
    Query,
    view=st.sampled_from(View),
    urgency=st.sampled_from([None, *Urgency]),
    sender=st.sampled_from([None, "กรม ก"]),
)


def row(made) -> Row:
    """The whole row of a made letter: the yardstick of what the deck keeps of it."""
    id, urgency, sender, due, status, due_set = made
    record = None
    if status is not None:
        record = Record(
            id,
            status=status,
            due=None if due_set is None else due_set.isoformat(),
            updated=dt.datetime.fromisoformat(RECEIVED[id]),
        )
    summary = Summary(
        id=id, path=id, paths=(id,), sha256=id, received=RECEIVED[id], urgency=urgency,
        sender=sender or None, deadlines=() if due is None else (due,),
    )  # fmt: skip
    return row_of(summary, record, today=TODAY, office=OfficeSettings())


def line(made):
    id, urgency, sender, due, status, due_set = made
    sort = Sort(urgency, Secrecy.NONE, Action.ACKNOWLEDGE, False, Kind.UNKNOWN, sender)
    at = moment(RECEIVED[id])
    day = 0 if due is None else dt.date.fromisoformat(due).toordinal()
    decided = None if status is None else Decided(status, None, due_set, at)
    return (NUMBERS[id], id, 0, day, at), sort, decided


def expected(rows: list[Row], query: Query, found: frozenset[str] | None) -> list[str]:
    return [
        row.id
        for row in sorted(rows, key=sort_key)
        if query.view in views_of(row, today=TODAY, me=None)
        and query.urgency in (None, row.urgency)
        and query.sender in (None, row.sender)
        and (found is None or row.id in found)
    ]


def packed_and_unpacked(deck: Deck) -> Deck:
    data = msgspec.msgpack.encode(deck.packed())
    other = Deck(today=TODAY, me=None)
    assert other.unpack(msgspec.msgpack.decode(data, type=Packed), TODAY) == set()
    return other


@given(
    steps,
    queries,
    st.none() | st.frozensets(st.sampled_from(IDS)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 12),
)
def test_a_deck_kept_up_to_date_equals_its_rows(
    changes, query: Query, found: frozenset[str] | None, many: bool, anew: bool, packed_at: int
) -> None:
    before = deck_module.FEW
    deck_module.FEW = 0 if many else before
    model: dict[str, tuple] = {}
    try:
        deck = Deck(today=TODAY, me=None)
        for step, (letters, removed) in enumerate(changes):
            if step == packed_at:
                deck = packed_and_unpacked(deck)
            gone = removed - {made[0] for made in letters}
            deck.put(map(line, letters))
            deck.remove(gone)
            model.update({made[0]: made for made in letters})
            for id in gone:
                model.pop(id, None)
    finally:
        deck_module.FEW = before
    if anew and "j" not in model:
        lines, sorts, decided = [], {}, {}
        for place, made in enumerate(model.values()):
            (number, id, _, due, at), sort, own = line(made)
            lines.append((number, id, place, due, at))
            sorts[place] = sort
            if own is not None:
                decided[id] = own
        deck.reset(Columns.of(lines), sorts, decided, TODAY)
    if packed_at > len(changes):
        deck = packed_and_unpacked(deck)
    rows = [row(made) for made in model.values()]
    numbers = None if found is None else {NUMBERS[id] for id in found}
    board = deck.board(query, numbers)
    assert [deck.id_of(number) for number in board.numbers] == expected(rows, query, found)
    assert len(deck) == len(rows)
    assert deck.ids() == model.keys()
    for view, count in board.views.items():
        other = msgspec.structs.replace(query, view=view)
        assert count == len(expected(rows, other, found))
    for urgency, count in board.urgencies.items():
        other = msgspec.structs.replace(query, urgency=urgency)
        assert count == len(expected(rows, other, found))
    senders = dict(board.senders)
    for sender in ("กรม ก", "กรม ข"):
        other = msgspec.structs.replace(query, sender=sender)
        assert senders.get(sender, 0) == len(expected(rows, other, found))
    assert [count for _, count in board.senders] == sorted(senders.values(), reverse=True)
    shown = {row.id: row for row in rows}
    ids = expected(rows, query, found)
    for status, count in board.statuses.items():
        assert count == sum(shown[id].status is status for id in ids)
    today = TODAY.toordinal()
    due_today = {NUMBERS[row.id] for row in rows if row.due == TODAY}
    assert deck.due_between(today, today) == due_today
    assert deck.having(lambda facet: facet.sort.sender == "กรม ก") == {
        NUMBERS[row.id] for row in rows if row.sender == "กรม ก"
    }


def test_there_is_room_for_any_number_and_for_half_written_files() -> None:
    deck = Deck(today=TODAY, me=None)
    sort = Sort(Urgency.NORMAL, Secrecy.NONE, Action.ACT, False, Kind.UNKNOWN, "")
    for number in (1, 70_000, -1, -HALF, 3):
        deck.put([((number, f"id{number}", 0, 0, 10 + abs(number)), sort, None)])
    assert [deck.id_of(number) for number in deck.numbers()] == [
        "id1", "id-1", "id3", "id-1024", "id70000",
    ]  # fmt: skip
    deck.remove(["id-1"])
    assert deck.number_of("id-1") is None
    assert len(deck) == 4
    # A board that was made before still names it.
    assert deck.id_of(-1) == "id-1"
