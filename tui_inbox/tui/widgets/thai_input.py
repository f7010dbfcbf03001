"""A one-line input that knows Thai: the cursor steps by what a reader sees as one character,
Backspace takes back one typed code point, words are Thai words."""

from __future__ import annotations

from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from tui_inbox.thai.cells import cluster_start, next_cluster, previous_cluster
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.widgets.words import next_word, pasted, previous_word, word_at


class ThaiInput(Input):
    """A one-line input."""

    def __init__(self, segmenter: Segmenter, *, placeholder: str = "", id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.segmenter = segmenter

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        super()._on_paste(events.Paste(" ".join(pasted(event.text).split())))

    async def on_key(self, event: events.Key) -> None:
        # As a binding Enter would come behind keys that were typed after it.
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.action_submit()

    def on_click(self, event: events.Click) -> None:
        """A double click takes the Thai word, a third one all."""
        if event.chain < 2:
            return
        event.prevent_default()
        start, end = 0, len(self.value)
        if event.chain == 2:
            offset = event.get_content_offset_capture(self)
            at = self._cell_offset_to_index(offset.x)
            start, end = word_at(self.value, at, self.segmenter)
        self.selection = Selection(start, end)

    def validate_selection(self, selection: Selection) -> Selection:
        start, end = super().validate_selection(selection)
        return Selection(cluster_start(self.value, start), cluster_start(self.value, end))

    def action_cursor_right(self, select: bool = False) -> None:
        start, end = self.selection
        if select or self.selection.is_empty:
            end = next_cluster(self.value, end)
            self.selection = Selection(start, end) if select else Selection.cursor(end)
        else:
            super().action_cursor_right(select)

    def action_cursor_left(self, select: bool = False) -> None:
        start, end = self.selection
        if select or self.selection.is_empty:
            end = previous_cluster(self.value, end)
            self.selection = Selection(start, end) if select else Selection.cursor(end)
        else:
            super().action_cursor_left(select)

    def action_cursor_left_word(self, select: bool = False) -> None:
        start, end = self.selection
        target = previous_word(self.value, end, self.segmenter)
        self.selection = Selection(start, target) if select else Selection.cursor(target)

    def action_cursor_right_word(self, select: bool = False) -> None:
        start, end = self.selection
        target = next_word(self.value, end, self.segmenter)
        self.selection = Selection(start, target) if select else Selection.cursor(target)

    def action_delete_right(self) -> None:
        if self.selection.is_empty:
            at = self.cursor_position
            self.delete(at, next_cluster(self.value, at))
        else:
            self.delete_selection()

    def action_delete_left_word(self) -> None:
        if self.selection.is_empty:
            at = self.cursor_position
            self.delete(previous_word(self.value, at, self.segmenter), at)
        else:
            self.delete_selection()

    def action_delete_right_word(self) -> None:
        if self.selection.is_empty:
            at = self.cursor_position
            self.delete(at, next_word(self.value, at, self.segmenter))
        else:
            self.delete_selection()
