"""A reader in which one can choose a paragraph, to see what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.widgets.reader import Reader

EDGE = "▌"
# A paragraph so few lines outside of the screen is gone to; one that is further away is
# scrolled to line by line, so that nothing between is passed over unread.
NEAR = 2


class PickReader(Reader):
    """While ``picking`` the steps of one row go from one paragraph that leads somewhere to the
    next, and scroll where there is none near; without it this is a plain reader."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reader--picked", "reader--edge"}

    class Picked(Message):
        """A paragraph was chosen."""

        def __init__(self, paragraph: Paragraph) -> None:
            super().__init__()
            self.paragraph = paragraph

    picking = False
    picked: int | None = None

    def show(self, paragraphs: Sequence[Paragraph], hits: re.Pattern[str] | None = None) -> None:
        self.picked = None
        super().show(paragraphs, hits)

    def update(self, paragraphs: Sequence[Paragraph], hits: re.Pattern[str] | None = None) -> None:
        if self.picked is not None and not (
            self.picked < len(paragraphs) and paragraphs[self.picked].leads
        ):
            self.picked = None
        super().update(paragraphs, hits)

    def move(self, rows: int) -> None:
        if not (self.picking and abs(rows) == 1 and self._pick(rows)):
            super().move(rows)

    def choose(self) -> bool:
        """Choose the paragraph that is picked, if one is."""
        if not self.picking or self.picked is None:
            return False
        self.post_message(self.Picked(self.paragraphs[self.picked]))
        return True

    def _pick(self, step: int) -> bool:
        """Go to the next paragraph that leads somewhere, if it is near."""
        top, height = self.scroll_offset.y, self.size.height
        target = self._next(step, top)
        if target is None:
            return False
        first = self.line_of(target, 0)
        last = self.line_of(target, len(self.paragraphs[target].text))
        if first is None or last is None:
            return False
        if not top - NEAR <= first < top + height + NEAR:
            return False
        self.picked = target
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=min(first, last - height + 1), animate=False, force=True)
        self.refresh()
        return True

    def _next(self, step: int, top: int) -> int | None:
        """The paragraph after (1) or before (-1) the picked one that leads elsewhere."""
        if self.picked is None:
            at = self.lines[min(top, len(self.lines) - 1)][0] - 1 if self.lines else -1
            source = None
            if step < 0:
                return None
        else:
            at, source = self.picked, self.paragraphs[self.picked].source
        ahead = range(at + 1, len(self.paragraphs)) if step > 0 else range(at - 1, -1, -1)
        for index in ahead:
            paragraph = self.paragraphs[index]
            # A value and the quotation under it speak of one place.
            if paragraph.leads and (paragraph.source is None or paragraph.source != source):
                return self._first_of(index) if step < 0 else index
        return None

    def _first_of(self, index: int) -> int:
        """The first of the paragraphs that speak of one place, one after the other."""
        source = self.paragraphs[index].source
        while source is not None and index and self.paragraphs[index - 1].source == source:
            index -= 1
        return index

    def _ground(self, paragraph: int, base: Style, /) -> tuple[Segment, Style]:
        if not self.picking or paragraph != self.picked:
            return super()._ground(paragraph, base)
        base = self.get_component_rich_style("reader--picked")
        edge = base + self.get_component_rich_style("reader--edge", partial=True)
        return Segment(EDGE, edge), base

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if not self.picking or offset is None:
            return
        at = int(offset.y) + self.scroll_offset.y
        if at < len(self.lines) and self.paragraphs[self.lines[at][0]].leads:
            event.stop()
            self.picked = self.lines[at][0]
            self.refresh()
            self.choose()
