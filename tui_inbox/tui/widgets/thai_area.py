"""An editor of several lines that knows Thai, as :mod:`thai_input` does; its long lines break
between words."""

from __future__ import annotations

from textual import events
from textual.document._document import DocumentBase, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tui_inbox.thai.cells import cluster_start, next_cluster, previous_cluster
from tui_inbox.thai.wrap import Segmenter, wrap_paragraph
from tui_inbox.tui.widgets.words import next_word, pasted, previous_word, word_at


class ThaiWrappedDocument(WrappedDocument):
    """A document whose soft line breaks stand between Thai words.

    Every edit wraps the whole document again: what people type here is short.
    """

    def __init__(self, document: DocumentBase, segmenter: Segmenter, tab_width: int = 4) -> None:
        self.segmenter = segmenter
        super().__init__(document, tab_width=tab_width)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        self._width = width
        if tab_width:
            self._tab_width = tab_width
        wrap_offsets: list[list[int]] = []
        offset_to_line: list[tuple[int, int]] = []
        line_to_offsets: list[list[int]] = []
        tab_widths: list[list[int]] = []
        for index, line in enumerate(self.document.lines):
            spans = wrap_paragraph(line, width, self.segmenter) if width else []
            breaks = [start for start, _ in spans[1:]]
            first = len(offset_to_line)
            offset_to_line += [(index, section) for section in range(len(breaks) + 1)]
            line_to_offsets.append(list(range(first, len(offset_to_line))))
            wrap_offsets.append(breaks)
            tab_widths.append([cells for _, cells in get_tab_widths(line, self._tab_width)])
        self._wrap_offsets = wrap_offsets
        self._offset_to_line_info = offset_to_line
        self._line_index_to_offsets = line_to_offsets
        self._tab_width_cache = tab_widths

    def wrap_range(self, _start: Location, _old_end: Location, _new_end: Location) -> None:
        self.wrap(self._width)


class ThaiTextArea(TextArea):
    """An editor of several lines."""

    def __init__(self, text: str, segmenter: Segmenter, *, id: str) -> None:
        # Needed by what the base class calls while it is being made.
        self.segmenter = segmenter
        super().__init__(text, id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus")

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = ThaiWrappedDocument(self.document, self.segmenter)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        await super()._on_paste(events.Paste(pasted(event.text)))

    def on_click(self, event: events.Click) -> None:
        """A double click takes the Thai word, a third one the line."""
        if event.chain < 2:
            return
        event.prevent_default()
        row, column = self.get_target_document_location(event)
        line = self.document[row]
        start, end = (0, len(line))
        if event.chain == 2:
            start, end = word_at(line, column, self.segmenter)
        self.selection = Selection((row, start), (row, end))

    def clamp_visitable(self, location: Location) -> Location:
        row, column = super().clamp_visitable(location)
        return row, cluster_start(self.document[row], column)

    def get_cursor_left_location(self) -> Location:
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_left_location()
        return row, previous_cluster(self.document[row], column)

    def get_cursor_right_location(self) -> Location:
        row, column = self.cursor_location
        line = self.document[row]
        if column >= len(line):
            return super().get_cursor_right_location()
        return row, next_cluster(line, column)

    def get_cursor_word_left_location(self) -> Location:
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_word_left_location()
        return row, previous_word(self.document[row], column, self.segmenter)

    def get_cursor_word_right_location(self) -> Location:
        row, column = self.cursor_location
        line = self.document[row]
        if column >= len(line):
            return super().get_cursor_word_right_location()
        return row, next_word(line, column, self.segmenter)

    def action_delete_left(self) -> None:
        row, column = self.cursor_location
        if self.selection.is_empty and column > 0:
            # One code point: a wrong tone mark is taken back without its syllable.
            self._delete_via_keyboard((row, column - 1), (row, column))
        else:
            super().action_delete_left()

    def action_delete_word_right(self) -> None:
        row, column = self.cursor_location
        line = self.document[row]
        if not self.selection.is_empty or column >= len(line):
            super().action_delete_word_right()
        else:
            self._delete_via_keyboard((row, column), (row, next_word(line, column, self.segmenter)))
