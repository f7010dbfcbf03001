"""The left pane: views, urgency classes and senders, each with its count."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from rich.segment import Segment
from rich.style import Style

from tui_inbox.letter import Urgency
from tui_inbox.thai.cells import cells, pad
from tui_inbox.triage import Board, Query, View
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import URGENCY_MARK, Words


class Facet(msgspec.Struct, frozen=True):
    """One row. ``group`` is ``heading``, ``view``, ``urgency``, ``sender`` or ``gap``; ``count``
    is worded, and ``empty`` where it is none."""

    group: str
    value: str
    label: str
    count: str = ""
    active: bool = False
    hint: str = ""
    empty: bool = False

    @property
    def key(self) -> str:
        return f"{self.group}:{self.value}"


def facets(board: Board, query: Query, words: Words) -> list[Facet]:
    """What the left pane shows for a board."""

    def facet(
        group: str, value: str, label: str, count: int, active: bool, hint: str = ""
    ) -> Facet:
        return Facet(group, value, label, words.number(count), active, hint, not count)

    rows = [
        facet(
            "view",
            view.value,
            words(f"view.{view.value}"),
            board.views.get(view, 0),
            view is query.view and query.saved is None and query.related is None,
            words.number(place),
        )
        for place, view in enumerate(View, 1)
    ]
    rows += [
        facet("saved", name, words.value(name), count, name == query.saved, "◇")
        for name, count in board.saved
    ]
    rows += [Facet("gap", "urgency", ""), Facet("heading", "urgency", words("facet.urgency"))]
    rows += [
        facet(
            "urgency",
            urgency.value,
            words.enum("urgency", urgency),
            board.urgencies.get(urgency, 0),
            urgency is query.urgency,
            URGENCY_MARK[urgency],
        )
        for urgency in Urgency
    ]
    rows += [Facet("gap", "sender", ""), Facet("heading", "sender", words("facet.sender"))]
    senders = list(board.senders)
    if query.sender is not None and query.sender not in dict(senders):
        senders.insert(0, (query.sender, 0))
    rows += [
        facet("sender", sender, words.value(sender), count, sender == query.sender)
        for sender, count in senders
    ]
    if not senders:
        rows.append(Facet("heading", "no-sender", words("facet.no_sender")))
    return rows


_CHOICES = frozenset({"view", "saved", "urgency", "sender"})


class FacetList(VirtualList):
    """Choosing a row filters by it; choosing it again takes the filter away."""

    SINGLE_CLICK = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facets--heading",
        "facets--active",
        "facets--count",
        "facets--hint",
        "facets--none",
    }

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.facets: list[Facet] = []

    def show(self, rows: list[Facet]) -> None:
        self.facets = rows
        self.set_keys([row.key for row in rows])

    @property
    def facet(self) -> Facet | None:
        return self.facets[self.cursor] if self.cursor_key is not None else None

    def selectable(self, index: int) -> bool:
        return super().selectable(index) and self.keys[index].partition(":")[0] in _CHOICES

    def row_segments(self, index: int, _line: int, width: int, base: Style, /) -> list[Segment]:
        facet = self.facets[index]

        def style(name: str) -> Style:
            return base + self.get_component_rich_style(f"facets--{name}", partial=True)

        if facet.group in {"heading", "gap"}:
            return [Segment(pad(f" {facet.label}", width), style("heading"))]
        count = facet.count
        name = "active" if facet.active else "none" if facet.empty else ""
        label_style = style(name) if name else base
        hint = f"{pad(facet.hint, 1)} " if facet.group != "sender" else ""
        bar = "▌" if facet.active else " "
        room = width - 1 - cells(hint) - cells(count) - 2
        return [
            Segment(bar, style("active")),
            Segment(hint, style("hint")),
            Segment(pad(facet.label, room), label_style),
            Segment(f" {count} ", style("count") if not facet.active else label_style),
        ]
