"""What a query shows of letters in their order, and the counts over what they have in common."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress

import msgspec

from tui_inbox.catalogue import Sort
from tui_inbox.ledger import Status
from tui_inbox.letter import Urgency
from tui_inbox.triage import Query, View


class Facet(msgspec.Struct, frozen=True):
    """What many letters have in common."""

    sort: Sort
    views: tuple[View, ...]
    status: Status


class Answer(msgspec.Struct, frozen=True):
    """What a query shows: numbers in order, and the counts of :class:`Board`."""

    numbers: array[int]
    views: dict[View, int]
    senders: tuple[tuple[str, int], ...]
    urgencies: dict[Urgency, int]
    statuses: dict[Status, int]


def answer(
    query: Query,
    facets: Sequence[Facet],
    counts: Mapping[int, int],
    numbers: array[int],
    facets_of_numbers: array[int],
) -> Answer:
    """The letters of ``numbers`` that ``query`` shows (its text apart), in the same order.

    ``counts``: how many of ``numbers`` have each facet; ``facets_of_numbers``: which one each has.
    """
    wanted = set()
    left_out = 0
    # Few sets of views are shared by all facets: each view is counted over those.
    by_views: Counter[tuple[View, ...]] = Counter()
    senders: Counter[str] = Counter()
    urgencies = dict.fromkeys(Urgency, 0)
    statuses = dict.fromkeys(Status, 0)
    view, urgency, sender = query.view, query.urgency, query.sender
    for number, count in counts.items():
        facet = facets[number]
        sort, shown_in = facet.sort, facet.views
        in_view = view in shown_in
        in_urgency = urgency is None or urgency is sort.urgency
        in_sender = sender is None or sender == sort.sender
        if in_urgency and in_sender:
            by_views[shown_in] += count
        if in_view and in_urgency and in_sender:
            wanted.add(number)
            statuses[facet.status] += count
        else:
            left_out += count
        if in_view:
            if in_urgency:
                senders[sort.sender] += count
            if in_sender:
                urgencies[sort.urgency] += count
    del senders[""]
    views = dict.fromkeys(View, 0)
    for shown_in, count in by_views.items():
        for one in shown_in:
            views[one] += count
    ranked = sorted(
        ((name, count) for name, count in senders.items() if count),
        key=lambda item: (-item[1], item[0]),
    )
    if left_out:
        shown = array("i", compress(numbers, map(wanted.__contains__, facets_of_numbers)))
    else:
        shown = numbers[:]
    return Answer(shown, views, tuple(ranked), urgencies, statuses)
