"""The list of letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from tui_inbox.letter import Urgency
from tui_inbox.thai.cells import cells, pad, truncate
from tui_inbox.triage import Board, Row
from tui_inbox.tui import listing
from tui_inbox.tui.listing import Piece
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import SECRET_MARK, URGENCY_MARK, Words, is_secret

BAR = "▌"
MARKED = "◆"
FRESH = "•"

_PREFIX = 5
_DOT = " · "
# Cells of the columns with the blank at their end. The subject takes what is left.
_WIDTHS = {
    "due": 17,
    "status": 9,
    "number": 22,
    "date": 12,
    "sender": 27,
    "subject": 0,
    "received": 18,
    "flags": 9,
}
_SUBJECT = 22
# From so many cells on there is room for whole names.
_WIDER = ((84, {"status": 14}), (110, {"status": 16, "sender": 32}))
# What gives way in a narrow pane, the first one first.
_DISPENSABLE = ("received", "date", "sender", "number", "status", "flags", "due")
# What can be said of a file that is no letter.
_OF_FILES = frozenset({"due", "status"})


class LetterList(VirtualList):
    """Two lines a letter, what is to be done by when above whose it is; or one line where that
    is chosen. A letter that is new since the screen was opened has a dot until it is looked at.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "letters--bar",
        "letters--marked",
        "letters--most_urgent",
        "letters--very_urgent",
        "letters--urgent",
        "letters--overdue",
        "letters--today",
        "letters--soon",
        "letters--problem",
        "letters--new",
        "letters--dim",
        "letters--number",
        "letters--subject",
        "letters--closed",
        "letters--check",
        "letters--note",
        "letters--pin",
        "letters--tag",
    }

    def __init__(self, words: Words, *, id: str) -> None:
        super().__init__(id=id)
        self.words = words
        self.rows: Sequence[Row] = ()
        self.columns: tuple[str, ...] = words.settings.display.columns
        self.marked: set[str] = set()
        self.fresh: set[str] = set()
        # Another query's rows have been asked for: what is shown is no longer what is meant.
        self.stale = False
        self.row_height = 2

    @property
    def row(self) -> Row | None:
        return None if self.stale or self.cursor_key is None else self.rows[self.cursor]

    def show(
        self, board: Board, keys: Sequence[str], index: Mapping[str, int], go: str | None
    ) -> None:
        """Show the board's rows; ``keys`` and ``index`` are theirs (made off the event loop)."""
        self.rows, self.stale = board.rows, False
        self.marked = {key for key in self.marked if key in index}
        self.set_keys(keys, index, go=go)
        self._look()

    def note_arrivals(self, ids: Iterable[str]) -> None:
        """These letters are new until the cursor has stood on them."""
        self.fresh.update(ids)
        self._look()
        self.refresh()

    def _look(self) -> None:
        if self.cursor_key is not None:
            self.fresh.discard(self.cursor_key)

    def go_to(self, index: int) -> None:
        super().go_to(index)
        self._look()

    def set_columns(self, columns: tuple[str, ...]) -> None:
        self.columns = columns
        self.refresh()

    def toggle_mark(self, key: str) -> bool:
        self.marked ^= {key}
        self.refresh()
        return key in self.marked

    def mark_all(self, keys: list[str]) -> None:
        self.marked.update(keys)
        self.refresh()

    def clear_marks(self) -> None:
        self.marked.clear()
        self.refresh()

    # Drawing

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"letters--{name}", partial=True)

    def _piece(self, piece: Piece, base: Style, width: int) -> Segment:
        """A piece in a column of ``width`` cells, the last one blank."""
        text, name = piece
        return Segment(_column(text, width), base + self._style(name) if name else base)

    def row_segments(self, index: int, line: int, width: int, base: Style, /) -> list[Segment]:
        row = self.rows[index]
        segments = self._margin(row, index, line, base)
        room = width - _PREFIX
        if self.row_height == 1:
            return [*segments, *self._single(row, room, base)]
        if line == 0:
            return [*segments, *self._upper(row, room, base)]
        return [*segments, *self._lower(row, room, base)]

    def _margin(self, row: Row, index: int, line: int, base: Style) -> list[Segment]:
        """Cursor, whether it is new, mark and urgency: none of them by colour alone."""
        if index == self.cursor:
            edge = Segment(BAR, base + self._style("bar"))
        else:
            edge = Segment(FRESH if row.id in self.fresh and line == 0 else " ", base)
            edge = Segment(edge.text, base + self._style("note"))
        if line:
            return [edge, Segment(" " * (_PREFIX - 1), base)]
        sign, name = URGENCY_MARK[row.urgency], row.urgency.value
        if row.urgency is Urgency.NORMAL:
            sign, name = (SECRET_MARK, "dim") if is_secret(row) else (sign, "dim")
        marked = MARKED if row.id in self.marked else " "
        return [
            edge,
            Segment(marked, base + self._style("marked")),
            Segment(pad(sign, 2) + " ", base + self._style(name)),
        ]

    def _lead(self) -> int:
        """Cells of the first column of a row of two lines."""
        return _WIDTHS["due"] if {"due", "status"} & set(self.columns) else 0

    def _upper(self, row: Row, room: int, base: Style) -> list[Segment]:
        """When it is due, what it is about, and the signs."""
        words, lead = self.words, self._lead()
        is_file = listing.is_unread_file(row)
        first = listing.due(row, words) if "due" in self.columns else ("", "")
        if is_file and not first[0]:
            first = listing.status(row, words)
        main = listing.file_pieces(row, words)[0] if is_file else listing.subject(row, words)
        signs = listing.flags(row, words) if "flags" in self.columns else []
        taken = sum(cells(text) for text, _ in signs)
        return [
            self._piece(first, base, lead),
            self._piece(main, base, room - lead - taken),
            *(self._piece_as_is(sign, base) for sign in signs),
        ]

    def _lower(self, row: Row, room: int, base: Style) -> list[Segment]:
        """How far it is, and the rest that is worth knowing."""
        words, lead = self.words, self._lead()
        is_file = listing.is_unread_file(row)
        first = listing.status(row, words) if "status" in self.columns else ("", "")
        segments = [self._piece(("", "") if is_file else first, base, lead)]
        room -= lead
        if is_file:
            return [*segments, self._piece(listing.file_pieces(row, words)[1], base, room)]
        dim = base + self._style("dim")
        for at, (text, name) in enumerate(listing.facts(row, words, self.columns)):
            if at:
                if room < 6:
                    break
                segments.append(Segment(_DOT, dim))
                room -= cells(_DOT)
            shown = truncate(text, room - 1)
            segments.append(Segment(shown, dim if name == "subject" else base + self._style(name)))
            room -= cells(shown)
        return [*segments, Segment(" " * room, base)]

    def _single(self, row: Row, room: int, base: Style) -> list[Segment]:
        """All columns in one line; where the pane is narrow the least needed ones are left out."""
        words = self.words
        widths = column_widths(self.columns, room)
        segments: list[Segment] = []
        if listing.is_unread_file(row):
            held = {name: width for name, width in widths.items() if name in _OF_FILES}
            for name, width in held.items():
                piece = listing.due if name == "due" else listing.status
                segments.append(self._piece(piece(row, words), base, width))
            room -= sum(held.values())
            path, why = listing.file_pieces(row, words)
            return [
                *segments,
                self._piece(path, base, room // 3),
                self._piece(why, base, room - room // 3),
            ]
        signs = listing.flags(row, words) if "flags" in widths else []
        taken = sum(cells(text) for text, _ in signs)
        # Signs at the end of the line leave the rest of their column to the subject before them.
        joined = list(widths)[-2:] == ["subject", "flags"]
        for name, width in widths.items():
            if name == "subject":
                spared = widths["flags"] - taken if joined else 0
                segments += self._subject_column(row, base, width + spared)
            elif name == "flags":
                segments.append(Segment(" " * (0 if joined else max(0, width - taken)), base))
                segments += [self._piece_as_is(sign, base) for sign in signs]
            else:
                segments.append(self._piece(_column_piece(name, row, words), base, width))
        return segments

    def _subject_column(self, row: Row, base: Style, width: int) -> list[Segment]:
        words = self.words
        before = [listing.news(row, words)]
        before += [listing.register(row, words)] if "register" in self.columns else []
        before += [listing.tags(row)] if "tags" in self.columns else []
        segments: list[Segment] = []
        for text, name in before:
            shown = truncate(text, width // 2)
            if shown:
                segments.append(Segment(f"{shown} ", base + self._style(name)))
                width -= cells(shown) + 1
        return [*segments, self._piece(listing.subject(row, words), base, width)]

    def _piece_as_is(self, piece: Piece, base: Style) -> Segment:
        return Segment(piece[0], base + self._style(piece[1]) if piece[1] else base)

    def on_click(self, event: events.Click) -> None:
        index = self.row_at(event)
        offset = event.get_content_offset(self)
        if index is not None and offset is not None and offset.x < _PREFIX - 2:
            event.stop()
            event.prevent_default()
            self.toggle_mark(self.keys[index])


def column_widths(columns: tuple[str, ...], room: int) -> dict[str, int]:
    """Cells of each column of a row of one line, together ``room``, in their order.

    The subject (without one, the last column) takes what is left. Tags and the register's number
    stand before the subject and so have no column. What there is no room for is left out, the
    least needed first.
    """
    widths = {name: _WIDTHS[name] for name in columns if name in _WIDTHS}
    for least_room, wider in _WIDER:
        if room >= least_room:
            widths |= {name: width for name, width in wider.items() if name in widths}
    least = {"subject": _SUBJECT} if "subject" in widths else {}
    for name in _DISPENSABLE:
        if sum((widths | least).values()) <= room:
            break
        widths.pop(name, None)
    if "subject" in widths:
        widths["subject"] = 0
    rest = room - sum(widths.values())
    last = "subject" if "subject" in widths else next(reversed(widths), None)
    if last is not None:
        widths[last] = max(0, widths[last] + rest)
    return widths


def _column_piece(name: str, row: Row, words: Words) -> Piece:
    match name:
        case "due":
            return listing.due(row, words)
        case "status":
            return listing.status(row, words)
        case "number":
            return listing.number(row, words)
        case "sender":
            return listing.sender(row, words)
        case "date":
            return (words.date(row.date, short=True) if row.date else "", "number")
        case _:
            return words.moment(row.received), "number"


def _column(text: str, width: int) -> str:
    """``text`` in ``width`` cells with at least one blank at its end."""
    return pad(text, width - 1) + " " if width > 0 else ""
