"""Inputs that know Thai: the cursor steps by what a reader sees as one character, Backspace
takes back one typed code point, words are Thai words, long lines break between them."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.document._document import DocumentBase, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from tui_inbox.thai.cells import cluster_start, next_cluster, previous_cluster
from tui_inbox.thai.wrap import Segmenter, wrap_paragraph


def previous_word(text: str, index: int, segmenter: Segmenter) -> int:
    """The start of the word before ``index``, white space before it skipped."""
    end = len(text[:index].rstrip())
    if end == 0:
        return 0
    return max((offset for offset in segmenter.words(text[:end]) if offset < end), default=0)


def next_word(text: str, index: int, segmenter: Segmenter) -> int:
    """The start of the word after the one at ``index``."""
    rest = text[index:]
    end = min((offset for offset in segmenter.words(rest) if offset > 0), default=len(rest))
    return index + end + len(rest[end:]) - len(rest[end:].lstrip())


def pasted(text: str) -> str:
    """``text`` without the control characters that a terminal would obey; line ends are one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")


class ThaiInput(Input):
    """A one-line input."""

    def __init__(self, segmenter: Segmenter, *, placeholder: str = "", id: str) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.segmenter = segmenter

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        super()._on_paste(events.Paste(" ".join(pasted(event.text).split())))

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

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = ThaiWrappedDocument(self.document, self.segmenter)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        await super()._on_paste(events.Paste(pasted(event.text)))

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
