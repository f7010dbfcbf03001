"""A view of wrapped text that stays fast for letters of any length.

What fits the first screens is wrapped at once; the rest in a thread, in batches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import get_current_worker

from tui_inbox.thai.cells import cells, cluster_start, is_mark, pad, visible
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.paragraphs import Line, Paragraph, wrapped

# Code points that are wrapped on the event loop (with the dictionary some 10 ms).
AT_ONCE = 8_000
# Lines in one message from the thread.
BATCH = 2_000


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows paragraphs; knows where a place of the letter is on the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{name}"
        for name in (
            "text",
            "label",
            "title",
            "heading",
            "divider",
            "dim",
            "strong",
            "evidence",
            "evidence-head",
            "evidence-ask",
            "evidence-time",
            "evidence-check",
            "current",
            "hit",
            "warning",
            "overdue",
            "today",
            "soon",
            "most_urgent",
            "very_urgent",
            "urgent",
            "quote",
            "link",
            "tag",
            "bar",
            "bar-other",
        )
    }

    class Wrapped(Message):
        """Lines from the thread; ``job`` tells whether they are still wanted."""

        def __init__(self, job: int, lines: list[Line], *, last: bool) -> None:
            super().__init__()
            self.job = job
            self.lines = lines
            self.last = last

    def __init__(self, segmenter: Segmenter, *, id: str) -> None:
        super().__init__(id=id)
        self.segmenter = segmenter
        self.paragraphs: Sequence[Paragraph] = ()
        self.lines: list[Line] = []
        self.hits: re.Pattern[str] | None = None
        self.current: tuple[int, int] | None = None
        self._job = 0
        self._complete = True
        self._width = 0
        # A place to scroll to as soon as its line is known: paragraph, offset, line of the screen.
        self._goal: tuple[int, int, int] | None = None

    # What it shows

    def show(self, paragraphs: Sequence[Paragraph], hits: re.Pattern[str] | None = None) -> None:
        """Show other text from its start."""
        self.paragraphs = paragraphs
        self.hits = hits
        self.current = None
        self._goal = None
        self._wrap()
        self.scroll_to(y=0, animate=False, force=True)

    def update(self, paragraphs: Sequence[Paragraph], hits: re.Pattern[str] | None = None) -> None:
        """Show a newer form of the same text; what is on the screen stays there."""
        self.paragraphs = paragraphs
        self.hits = hits
        self.rewrap()

    def rewrap(self) -> None:
        """Break the lines anew (another width, or the dictionary is there) and keep the place."""
        if self._goal is None and self.scroll_offset.y and self.lines:
            paragraph, start, _ = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)]
            self._goal = (paragraph, start, 0)
        self._wrap()

    def place(self) -> tuple[int, int] | None:
        """Paragraph and offset of the first line on the screen."""
        if not self.lines:
            return None
        paragraph, start, _ = self.lines[min(self.scroll_offset.y, len(self.lines) - 1)]
        return paragraph, start

    def letter_offset(self) -> int:
        """The place in the letter of what was gone to last, else of the screen's first line."""
        if self.current is not None:
            return self.current[0]
        paragraph, start = self.place() or (0, 0)
        offset = self.paragraphs[paragraph].offset if self.paragraphs else None
        return (offset or 0) + start

    def go_to(self, paragraph: int, offset: int, *, line: int = 0) -> None:
        """Bring a place to the ``line``-th line of the screen."""
        self._goal = (paragraph, offset, line)
        self._reach_goal()

    def go_to_span(self, start: int, end: int) -> None:
        """Bring a span of the letter to the upper third of the screen and mark it."""
        self.current = (start, end)
        for index, paragraph in enumerate(self.paragraphs):
            at = paragraph.offset
            if at is None or paragraph.style == "divider":
                continue
            if at <= start <= at + len(paragraph.text):
                self.go_to(index, start - at, line=max(0, self.size.height // 3))
                break
        self.refresh()

    @property
    def complete(self) -> bool:
        """Whether every line is known."""
        return self._complete

    # Moving

    def move(self, rows: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)

    def move_page(self, pages: int) -> None:
        # One line stays in sight: the eye finds its place again.
        self.move(pages * max(1, self.size.height - 1))

    def go_first(self) -> None:
        self.scroll_to(y=0, animate=False, force=True)

    def go_last(self) -> None:
        self.scroll_to(y=len(self.lines), animate=False, force=True)

    # Wrapping

    def _wrap(self) -> None:
        self._job += 1
        self._width = self.size.width
        self.lines = []
        self._complete = False
        if not self._width:
            return
        done, budget = 0, AT_ONCE
        # One long paragraph must not be wrapped here either.
        for lines in wrapped(self._head(budget), self._text_width, self.segmenter):
            self.lines += lines
            done += 1
        self._complete = done == len(self.paragraphs)
        if not self._complete:
            self._wrap_rest(self._job, done, self._text_width)
        self._resized()

    def _head(self, budget: int) -> Sequence[Paragraph]:
        for count, paragraph in enumerate(self.paragraphs):
            budget -= len(paragraph.text) + 10
            if budget < 0:
                return self.paragraphs[:count]
        return self.paragraphs

    @property
    def _text_width(self) -> int:
        # A blank at either side keeps text off the pane's edge and the scroll bar.
        return max(8, self.scrollable_content_region.width - 2)

    @work(thread=True, exclusive=True, group="wrap", exit_on_error=True)
    def _wrap_rest(self, job: int, start: int, width: int) -> None:
        worker = get_current_worker()
        batch: list[Line] = []
        for lines in wrapped(self.paragraphs, width, self.segmenter, start):
            batch += lines
            if worker.is_cancelled:
                return
            if len(batch) >= BATCH:
                self.post_message(self.Wrapped(job, batch, last=False))
                batch = []
        self.post_message(self.Wrapped(job, batch, last=True))

    def on_reader_wrapped(self, message: Wrapped) -> None:
        message.stop()
        if message.job == self._job:
            self.lines += message.lines
            self._complete = message.last
            self._resized()

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.lines))
        self._reach_goal()
        self.refresh()

    def _reach_goal(self) -> None:
        if self._goal is None:
            return
        paragraph, offset, line = self._goal
        at = self.line_of(paragraph, offset)
        if at is not None:
            self._goal = None
            self.scroll_to(y=max(0, at - line), animate=False, force=True)

    def line_of(self, paragraph: int, offset: int) -> int | None:
        """The line that shows a place, ``None`` while it is not wrapped yet."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            if self.lines[middle][:2] <= (paragraph, offset):
                low = middle + 1
            else:
                high = middle
        if low == len(self.lines) and not self._complete:
            return None
        return max(0, low - 1)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.get_component_rich_style("reader--text")
        at = y + self.scroll_offset.y
        if at >= len(self.lines):
            return Strip.blank(width, base)
        index, start, end = self.lines[at]
        paragraph = self.paragraphs[index]
        edge, base = self._ground(index, base)
        style = base + self._style(paragraph.style) if paragraph.style else base
        segments = [edge]
        if paragraph.indent:
            first = at == 0 or self.lines[at - 1][0] != index
            label = pad(paragraph.label if first else "", paragraph.indent - 1) + " "
            segments.append(Segment(label, base + self._style("label")))
        used = 1 + paragraph.indent
        for piece, name in self._pieces(paragraph, start, end):
            shown = visible(piece)
            used += cells(piece)
            segments.append(Segment(shown, style + self._style(name) if name else style))
        filler = base if paragraph.style != "divider" else style
        return Strip([*segments, Segment(" " * max(0, width - used), filler)]).adjust_cell_length(
            width, base
        )

    def _ground(self, _paragraph: int, base: Style, /) -> tuple[Segment, Style]:
        """The cell at the left edge of a paragraph's lines, and the style of their ground."""
        return Segment(" ", base), base

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"reader--{name}", partial=True)

    def _pieces(self, paragraph: Paragraph, start: int, end: int) -> list[tuple[str, str]]:
        """The text of a line in pieces with the names of their styles."""
        marks = list(paragraph.marks)
        is_text = paragraph.style != "divider"
        if self.current is not None and paragraph.offset is not None and is_text:
            begin, stop = (place - paragraph.offset for place in self.current)
            marks.append((begin, stop, "current"))
        if self.hits is not None and is_text:
            # A long paragraph is searched around the line only.
            low = max(0, start - 200)
            around = paragraph.text[low : end + 200]
            marks += [
                (low + hit.start(), low + hit.end(), "hit") for hit in self.hits.finditer(around)
            ]
        text = paragraph.text
        names: list[tuple[int, int, str]] = []
        for begin, stop, name in marks:
            begin, stop = max(begin, start), min(stop, end)
            if begin < stop:
                # A mark is never drawn apart from its base.
                begin = max(start, cluster_start(text, begin))
                while stop < end and is_mark(text[stop]):
                    stop += 1
                names.append((begin, stop, name))
        cuts = sorted({start, end, *(at for begin, stop, _ in names for at in (begin, stop))})
        return [
            (
                text[low:high],
                next((name for begin, stop, name in reversed(names) if begin <= low < stop), ""),
            )
            for low, high in pairwise(cuts)
        ]

    def on_resize(self) -> None:
        if self.size.width != self._width:
            self.rewrap()
        else:
            self._resized()
