"""A list that draws only the rows on the screen and keeps its cursor by key."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_inbox.thai.cells import cells, truncate
from tui_inbox.thai.wrap import Segment as Breaks
from tui_inbox.thai.wrap import wrap

# Some screens full.
KEPT_LINES = 500


class VirtualList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of ``row_height`` lines, drawn on demand.

    The cursor belongs to a key, not to a place: rows may come and go around it, and neither it
    nor what is on the screen moves.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--row",
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--empty",
    }

    SINGLE_CLICK: ClassVar[bool] = False
    """Whether one click chooses (a menu) or only moves the cursor (a list of things)."""

    class Moved(Message):
        """The cursor stands on another key."""

        def __init__(self, sender: VirtualList, key: str | None) -> None:
            super().__init__()
            self.list = sender
            self.key = key

        @property
        def control(self) -> VirtualList:
            return self.list

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, VirtualList.Moved) and message.list is self.list

    class Chosen(Message):
        """Enter, or a click on the row of the cursor."""

        def __init__(self, sender: VirtualList, key: str) -> None:
            super().__init__()
            self.list = sender
            self.key = key

        @property
        def control(self) -> VirtualList:
            return self.list

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._keys: Sequence[str] = ()
        self._index: Mapping[str, int] = {}
        self._cursor: int = 0
        self.row_height = 1
        # The lines that were drawn, by row, line and whether the cursor stands there: a list that
        # scrolls by a row draws that row only.
        self._drawn: dict[tuple[int, int, bool], Strip] = {}
        self.empty_text = ""
        # Where the text of the empty list may break.
        self.segment: Breaks | None = None

    @abstractmethod
    def row_segments(self, index: int, line: int, width: int, base: Style, /) -> list[Segment]:
        """The segments of one line of a row, together exactly ``width`` cells."""

    def selectable(self, index: int) -> bool:
        """Whether the cursor may stand on this row."""
        return 0 <= index < len(self._keys)

    # What it holds

    @property
    def keys(self) -> Sequence[str]:
        return self._keys

    @property
    def cursor(self) -> int:
        """The index of the cursor's row (meaningless in an empty list)."""
        return self._cursor

    @property
    def cursor_key(self) -> str | None:
        return self._keys[self._cursor] if self.selectable(self._cursor) else None

    def index_of(self, key: str) -> int | None:
        return self._index.get(key)

    def set_keys(
        self, keys: Sequence[str], index: Mapping[str, int] | None = None, *, go: str | None = None
    ) -> None:
        """Replace the rows. The cursor stays on its key, and its key at its place on the screen.

        If the key is gone the cursor stands on the row that took its place. ``go`` is the key
        that the cursor is to stand on instead, if it is there.
        """
        old_key, old_cursor = self.cursor_key, self._cursor
        top = self.scroll_offset.y
        anchor, anchor_y = self._anchor()
        self._keys = keys
        self._index = {key: at for at, key in enumerate(keys)} if index is None else index
        wanted = go if go in self._index else old_key
        found = self._index.get(wanted) if wanted is not None else None
        self._cursor = self._nearest(old_cursor) if found is None else found
        self._resize()
        moved = self._index.get(anchor) if anchor is not None else None
        if moved is not None:
            top = moved * self.row_height - anchor_y
        self.scroll_to(y=top, animate=False, force=True)
        if go is not None or found is None:
            self._show_cursor()
        self.refresh()
        if self.cursor_key != old_key:
            self.post_message(self.Moved(self, self.cursor_key))

    def set_row_height(self, height: int) -> None:
        if height != self.row_height:
            place = self._cursor * self.row_height - self.scroll_offset.y
            self.row_height = height
            self._resize()
            self.scroll_to(y=self._cursor * height - place, animate=False, force=True)
            self._show_cursor()
            self.refresh()

    def _anchor(self) -> tuple[str | None, int]:
        """The key that must not move on the screen, and its line there."""
        top, height = self.scroll_offset.y, self.size.height
        line = self._cursor * self.row_height - top
        if self.cursor_key is not None and 0 <= line < max(1, height):
            # At the very top new rows may show above the cursor only by scrolling it down.
            return self.cursor_key, line
        at = top // self.row_height
        if 0 <= at < len(self._keys):
            return self._keys[at], at * self.row_height - top
        return None, 0

    def _nearest(self, index: int) -> int:
        """The selectable row at ``index``, or the next one after or before it."""
        index = max(0, min(index, len(self._keys) - 1))
        after = range(index, len(self._keys))
        before = range(index, -1, -1)
        return next((at for at in chain(after, before) if self.selectable(at)), 0)

    def _resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._keys) * self.row_height)

    # Moving

    def go_to(self, index: int) -> None:
        """Put the cursor on the selectable row nearest to ``index``."""
        if not self._keys:
            return
        before = self._cursor
        self._cursor = self._nearest(index)
        self._show_cursor()
        if self._cursor != before:
            # Two rows look different now; where the list was scrolled, all of it is drawn anyway.
            self._refresh_row(before)
            self._refresh_row(self._cursor)
            self.post_message(self.Moved(self, self.cursor_key))

    def move(self, rows: int) -> None:
        """Move the cursor by ``rows``, over rows that cannot be selected, and stop at the ends."""
        target, step = self._cursor + rows, 1 if rows > 0 else -1
        while 0 <= target < len(self._keys) and not self.selectable(target):
            target += step
        if 0 <= target < len(self._keys):
            self.go_to(target)
        elif abs(rows) > 1:
            self.go_to(0 if rows < 0 else len(self._keys) - 1)
        elif rows < 0:
            # What stands above the first selectable row is worth seeing, too.
            self.scroll_to(y=0, animate=False, force=True)

    def move_page(self, pages: int) -> None:
        self.move(pages * max(1, self.size.height // self.row_height - 1))

    def go_first(self) -> None:
        self.go_to(0)
        self.scroll_to(y=0, animate=False, force=True)

    def go_last(self) -> None:
        self.go_to(len(self._keys) - 1)

    def go_key(self, key: str) -> bool:
        index = self._index.get(key)
        if index is None:
            return False
        self.go_to(index)
        return True

    def _show_cursor(self) -> None:
        if not self._keys or not self.size.height:
            return
        top, height = round(self.scroll_target_y), self.size.height
        start = self._cursor * self.row_height
        end = start + self.row_height
        if start < top:
            self.scroll_to(y=start, animate=False, force=True)
        elif end > top + height:
            self.scroll_to(y=end - height, animate=False, force=True)

    # Drawing

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again: regions as they were drawn last, without any the whole list anew."""
        if not regions:
            self._drawn.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        self._drawn.clear()
        super().notify_style_update()

    def _refresh_row(self, index: int) -> None:
        for line in range(self.row_height):
            self._drawn.pop((index, line, False), None)
            self._drawn.pop((index, line, True), None)
        self.refresh_lines(index * self.row_height, self.row_height)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not self._keys:
            return self._empty_line(y, width)
        index, line = divmod(y + self.scroll_offset.y, self.row_height)
        if index >= len(self._keys):
            return Strip.blank(width, self.get_component_rich_style("rows--row"))
        place = index, line, index == self._cursor and self.selectable(index)
        strip = self._drawn.get(place)
        if strip is None:
            if len(self._drawn) >= KEPT_LINES:
                self._drawn.clear()
            strip = self._drawn[place] = self._draw(*place, width)
        return strip

    def _draw(self, index: int, line: int, has_cursor: bool, width: int) -> Strip:
        base = self.get_component_rich_style("rows--row")
        if has_cursor:
            name = "rows--cursor" if self.has_focus else "rows--cursor-blurred"
            base = self.get_component_rich_style(name)
        # Of the whole width a column is the scroll bar's. In a pane too narrow for the columns
        # of a row they are cut at the edge.
        room = self.scrollable_content_region.width
        return Strip(self.row_segments(index, line, room, base)).adjust_cell_length(width, base)

    def _empty_line(self, y: int, width: int) -> Strip:
        style = self.get_component_rich_style("rows--empty")
        room = max(1, width - 4)
        lines = [
            self.empty_text[start:end] for start, end in wrap(self.empty_text, room, self.segment)
        ]
        at = y - max(0, (self.size.height - len(lines)) // 3)
        if not 0 <= at < len(lines) or not self.empty_text:
            return Strip.blank(width, style)
        shown = truncate(lines[at], room)
        left = (width - cells(shown)) // 2
        right = width - left - cells(shown)
        return Strip([Segment(" " * left + shown + " " * right, style)], width)

    # Events

    def on_resize(self) -> None:
        self._resize()
        self._show_cursor()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def row_at(self, event: events.MouseEvent) -> int | None:
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        index = (int(offset.y) + self.scroll_offset.y) // self.row_height
        return index if self.selectable(index) else None

    def on_click(self, event: events.Click) -> None:
        index = self.row_at(event)
        if index is None:
            return
        event.stop()
        self.go_to(index)
        if self.SINGLE_CLICK or event.chain > 1:
            self.choose()

    def choose(self) -> None:
        if (key := self.cursor_key) is not None:
            self.post_message(self.Chosen(self, key))
