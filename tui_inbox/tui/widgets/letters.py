"""The list of letters."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events

from tui_inbox.letter import Urgency
from tui_inbox.thai.cells import cells, one_line, pad
from tui_inbox.triage import Board, Row, Status
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import (
    CHECK_MARK,
    CLOSED,
    NOTE_MARK,
    SECRET_MARK,
    URGENCY_MARK,
    Words,
    is_secret,
)

BAR = "▌"
MARKED = "◆"

# Cells of the columns; the sender (two lines) or the subject (one line) takes what is left.
_PREFIX = 5
_STATUS = 7
_DUE = 16
_NUMBER = 21
_SENDER = 26
_FLAGS = 8


class LetterList(VirtualList):
    """Two lines a letter, when and from whom above what; or one line where that is chosen."""

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
    }

    def __init__(self, words: Words, *, id: str) -> None:
        super().__init__(id=id)
        self.words = words
        self.rows: tuple[Row, ...] = ()
        self.marked: set[str] = set()
        # Another query's rows have been asked for: what is shown is no longer what is meant.
        self.stale = False
        self.row_height = 2

    @property
    def row(self) -> Row | None:
        return None if self.stale or self.cursor_key is None else self.rows[self.cursor]

    def show(self, board: Board, keys: list[str], index: dict[str, int], go: str | None) -> None:
        """Show the board's rows; ``keys`` and ``index`` are theirs (made off the event loop)."""
        self.rows, self.stale = board.rows, False
        self.marked = {key for key in self.marked if key in index}
        self.set_keys(keys, index, go=go)

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

    def row_segments(self, index: int, line: int, width: int, base: Style, /) -> list[Segment]:
        row = self.rows[index]
        current = index == self.cursor
        closed = row.status in CLOSED
        # Without colours the bar still tells which row has the cursor.
        bar = Segment(BAR if current else " ", base + self._style("bar"))
        if self.row_height == 1:
            return [bar, *self._head(row, width - 1, base, compact=True)]
        if line == 0:
            return [bar, *self._head(row, width - 1, base, compact=False)]
        indent = " " * (_PREFIX - 1)
        room = width - _PREFIX
        if row.problem is not None:
            return [bar, Segment(indent, base), self._subject(row, base, room, closed)]
        number_width = min(_NUMBER, max(0, room // 2 - 2))
        number = self._number(row, base, number_width)
        subject = self._subject(row, base, room - number_width, closed)
        return [bar, Segment(indent, base), number, subject]

    def _head(self, row: Row, width: int, base: Style, *, compact: bool) -> list[Segment]:
        words = self.words
        marked = row.id in self.marked
        secret = is_secret(row)
        sign = (
            SECRET_MARK if secret and row.urgency is Urgency.NORMAL else URGENCY_MARK[row.urgency]
        )
        urgency_style = (
            base + self._style(row.urgency.value) if row.urgency is not Urgency.NORMAL else base
        )
        closed = row.status in CLOSED
        status = words.status(row.status)
        status_style = base + self._style(
            "new" if row.status is Status.NEW else "dim" if closed else "subject"
        )
        if row.problem is not None:
            status, status_style = words("status.problem"), base + self._style("problem")
        # That a file cannot be read is its status; its reason would say it again.
        due, due_style = words.standing(row) if row.problem is None else ("", "")
        segments = [
            Segment(MARKED if marked else " ", base + self._style("marked")),
            Segment(pad(sign, 2), urgency_style),
            Segment(" ", base),
            Segment(pad(status, _STATUS), status_style),
            Segment(
                pad(due, _DUE), base + self._style(due_style or ("dim" if closed else "subject"))
            ),
        ]
        flags = self._flags(row, base)
        # In one line the flags are a column; in two the sender gets what they leave.
        flag_cells = _FLAGS if compact else max(1, sum(cells(flag.text) for flag in flags))
        room = width - (_PREFIX - 1) - _STATUS - _DUE - flag_cells
        if compact:
            if row.problem is None and room >= _NUMBER + 24:
                segments.append(self._number(row, base, _NUMBER))
                room -= _NUMBER
            if row.problem is None and room >= _SENDER + 40:
                segments.append(self._sender(row, base, _SENDER))
                room -= _SENDER
            if row.problem is not None:
                path_width = room // 3
                segments.append(self._sender(row, base, path_width))
                room -= path_width
            segments.append(self._subject(row, base, room, closed))
            segments.append(Segment(" " * (_FLAGS - sum(cells(flag.text) for flag in flags)), base))
        else:
            segments.append(self._sender(row, base, room))
        return [*segments, *flags]

    def _number(self, row: Row, base: Style, width: int) -> Segment:
        shown = one_line(row.number) if row.number else self.words("list.no_number")
        style = base + self._style("number" if row.number else "dim")
        return Segment(_column(shown, width), style)

    def _sender(self, row: Row, base: Style, width: int) -> Segment:
        known = row.path if row.problem is not None else row.sender
        if known is not None:
            return Segment(_column(one_line(known), width), base + self._style("subject"))
        return Segment(_column(self.words("list.no_sender"), width), base + self._style("dim"))

    def _subject(self, row: Row, base: Style, width: int, closed: bool) -> Segment:
        words = self.words
        name = "closed" if closed else "subject"
        if row.problem is not None:
            shown, name = one_line(words.problem(row.problem)), "dim"
        elif is_secret(row):
            shown, name = words("list.secret", secrecy=words.enum("secrecy", row.secrecy)), "dim"
        elif row.subject:
            shown = one_line(row.subject)
        else:
            shown, name = words("list.no_subject", kind=words.enum("kind", row.kind)), "dim"
        return Segment(pad(shown, width), base + self._style(name))

    def _flags(self, row: Row, base: Style) -> list[Segment]:
        notes = f"{NOTE_MARK}{min(row.notes, 99)}" if row.notes else ""
        checks = f"{CHECK_MARK}{min(len(row.checks), 99)}" if row.checks else ""
        return [
            Segment(notes, base + self._style("note")),
            Segment(" " if notes and checks else "", base),
            Segment(checks, base + self._style("check")),
            Segment(" ", base),
        ]

    def on_click(self, event: events.Click) -> None:
        index = self.row_at(event)
        offset = event.get_content_offset(self)
        if index is not None and offset is not None and offset.x < _PREFIX - 2:
            event.stop()
            event.prevent_default()
            self.toggle_mark(self.keys[index])


def _column(text: str, width: int) -> str:
    """``text`` in ``width`` cells with at least one blank at its end."""
    return pad(text, width - 1) + " " if width > 0 else ""
