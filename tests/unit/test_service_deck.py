from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Record
from tui_inbox.letter import Urgency
from tui_inbox.service import deck as deck_module
from tui_inbox.service.deck import Deck
from tui_inbox.triage import Query, Row, Status, View, row_of, sort_key, views_of

TODAY = dt.date(2024, 6, 21)

made_rows = st.builds(
    lambda id, urgency, sender, status, due: row_of(
        Summary(
            id=id,
            path=id,
            paths=(id,),
            sha256=id,
            received="2024-06-20T01:00:00.000Z",
            urgency=urgency,
            sender=sender,
        ),
        Record(id, status=status, due=due),
        today=TODAY,
        office=OfficeSettings(),
    ),
    id=st.sampled_from("abcdefghij"),
    urgency=st.sampled_from(Urgency),
    sender=st.sampled_from([None, "กรม ก", "กรม ข"]),
    status=st.sampled_from(Status),
    due=st.sampled_from([None, "2024-06-20", "2024-06-21", "2024-06-30"]),
)
steps = st.lists(
    st.tuples(
        st.lists(made_rows, max_size=4, unique_by=lambda row: row.id),
        st.sets(st.sampled_from("abcdefghij"), max_size=2),
    ),
    max_size=8,
)
queries = st.builds(
    Query,
    view=st.sampled_from(View),
    urgency=st.sampled_from([None, *Urgency]),
    sender=st.sampled_from([None, "กรม ก"]),
)


def expected(rows: list[Row], query: Query, found: frozenset[str] | None) -> list[Row]:
    return [
        row
        for row in sorted(rows, key=sort_key)
        if query.view in views_of(row, today=TODAY, me=None)
        and query.urgency in (None, row.urgency)
        and query.sender in (None, row.sender)
        and (found is None or row.id in found)
    ]


@given(steps, queries, st.none() | st.frozensets(st.sampled_from("abcdefghijxyz")), st.booleans())
def test_a_deck_kept_up_to_date_equals_one_made_anew(
    changes: list[tuple[list[Row], set[str]]],
    query: Query,
    found: frozenset[str] | None,
    many: bool,
) -> None:
    before = deck_module.FEW
    deck_module.FEW = 0 if many else before
    try:
        deck = Deck(today=TODAY, me=None)
        model: dict[str, Row] = {}
        for rows, removed in changes:
            gone = removed - {row.id for row in rows}
            deck.update(rows, gone)
            model.update({row.id: row for row in rows})
            for id in gone:
                model.pop(id, None)
    finally:
        deck_module.FEW = before
    rows = list(model.values())
    board = deck.board(query, found)
    assert list(board.rows) == expected(rows, query, found)
    assert board.total == len(deck) == len(rows)
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
    for id in "abcdefghij":
        assert deck.row(id) == model.get(id)
