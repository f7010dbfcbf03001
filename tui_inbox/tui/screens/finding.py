"""What the list shows: view, filters, search as you type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from tui_inbox.letter import Urgency
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.hits import any_hit
from tui_inbox.triage import Query, Row, Sort, View
from tui_inbox.tui.screens.querying import Querying
from tui_inbox.tui.widgets.facets import Facet
from tui_inbox.tui.wording import URGENCY_MARK

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

_URGENCIES = (None, Urgency.MOST_URGENT, Urgency.VERY_URGENT, Urgency.URGENT)
#: The orders that a key steps through; the command line has every column.
_SORTS = (
    Sort.TRIAGE, Sort.RELEVANCE, Sort.DUE, Sort.RECEIVED, Sort.DATE, Sort.NUMBER, Sort.SENDER,
    Sort.SUBJECT, Sort.STATUS, Sort.ASSIGNEE, Sort.REGISTER, Sort.UPDATED,
)  # fmt: skip


class Finding:
    """The screen's query and how it changes."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.query = Query()
        self.asked = Querying(screen)
        # What was found instead, where the query was typed in the other keyboard layout.
        self.swapped: str | None = None
        # What was shown before a letter's kin.
        self._before = self.query
        self._related_to = ""

    @property
    def filtered(self) -> bool:
        query = self.query
        return bool(query.text or query.urgency or query.sender or query.related)

    @property
    def text(self) -> str:
        return self.swapped or self.query.text

    @property
    def hits(self) -> re.Pattern[str] | None:
        """What marks in a letter where the search's words stand."""
        return any_hit(self.asked.texts(self.text))

    def _change(self, **fields: object) -> None:
        query = msgspec.structs.replace(self.query, **fields)
        if query != self.query:
            self.query = query
            self.screen.letters.go_first()
            self.screen.letters.stale = True
            self.screen.reload()

    def show_view(self, view: View) -> None:
        self._change(view=view, saved=None, related=None)

    def cycle_sort(self) -> None:
        """The next order: of work, how well the search is met, then by the columns."""
        orders = [sort for sort in _SORTS if sort is not Sort.RELEVANCE or self.query.text]
        at = orders.index(self.query.sort) if self.query.sort in orders else 0
        self._change(sort=orders[(at + 1) % len(orders)])

    def show_related(self, row: Row) -> None:
        """Only the letters that belong to this one, itself first."""
        if self.query.related is None:
            self._before = self.query
        self.screen.search.value = ""
        self.screen.search.display = False
        self._change(
            text="", urgency=None, sender=None, saved=None, related=row.id, sort=Sort.TRIAGE
        )
        self._related_to = self.words.title(row)

    def cycle_urgency(self) -> None:
        at = _URGENCIES.index(self.query.urgency) if self.query.urgency in _URGENCIES else 0
        self._change(urgency=_URGENCIES[(at + 1) % len(_URGENCIES)])

    def toggle_sender(self) -> None:
        row = self.screen.letters.row
        if self.query.sender is not None:
            self._change(sender=None)
        elif row is not None:
            self._change(sender=row.sender)

    def choose(self, facet: Facet) -> None:
        """Filter by a row of the left pane; again takes it away."""
        match facet.group:
            case "view":
                self.show_view(View(facet.value))
            case "urgency":
                self._change(urgency=None if facet.active else Urgency(facet.value))
            case "sender":
                self._change(sender=None if facet.active else facet.value)
            case "saved":
                self._change(saved=None if facet.active else facet.value, related=None)

    def clear(self) -> None:
        if self.query.related is not None:
            # Back to where one came from, and to the letter that was asked about.
            before, letter = self._before, self.query.related
            self.query = msgspec.structs.replace(before, text="")
            self.screen.search.value = before.text
            self.screen.search.display = bool(before.text)
            self._change(text=before.text)
            self.screen.letters.stale = True
            self.screen.reload(letter)
            return
        self.screen.search.value = ""
        self.screen.search.display = False
        self._change(text="", urgency=None, sender=None)

    # Search

    def open_search(self) -> None:
        self.screen.panes.show_list()
        self.screen.search.display = True
        self.screen.search.focus()
        self.screen.load_vocabulary()

    def typed(self, text: str) -> None:
        """Search for what is typed; what cannot be read leaves the list as it is, and says why.

        So does the beginning of a field's name behind other words, until it is more or the search
        is left: a list that is gone for as long as a name takes to type helps nobody.
        """
        typing = self.screen.focused is self.screen.search
        if self.asked.read(text) and not (typing and self.asked.begins_field(text)):
            self._change(text=text.strip())
        if self.screen.focused is self.screen.search:
            self.screen.say_text(*self.asked.status())
            self.screen.show_bars()

    def close_search(self, *, keep: bool) -> None:
        search = self.screen.search
        if not keep:
            search.value = ""
            self._change(text="")
        elif self.asked.error is not None:
            search.value = self.query.text
        else:
            self._change(text=search.value.strip())
        self.screen.say_text("")
        search.display = bool(self.query.text)
        self.screen.panes.focus_letters()

    # In words

    def description(self) -> str:
        """The view and the filters, for the head of the list."""
        words, query = self.words, self.query
        parts = [query.saved or words(f"view.{query.view.value}")]
        if query.related is not None:
            parts = [words("filter.related", name=one_line(self._related_to))]
        if query.sort is not Sort.TRIAGE:
            parts.append(words("filter.sort", sort=words(f"sort.{query.sort.value}")))
        if query.urgency is not None:
            mark = URGENCY_MARK[query.urgency].strip()
            parts.append(f"{mark} {words.enum('urgency', query.urgency)}".strip())
        if query.sender is not None:
            parts.append(words("filter.sender", sender=one_line(query.sender)))
        if query.text:
            key = "filter.text" if self.swapped is None else "filter.swapped"
            parts.append(words(key, text=one_line(self.text)))
        return " · ".join(parts)

    def empty_text(self) -> str:
        """Why the list is empty, and what to do."""
        words, screen = self.words, self.screen
        status = screen.inbox_status
        if not status.online:
            return words("empty.offline")
        if self.query.text:
            said = words("empty.search", text=one_line(self.query.text))
            return "\n\n".join(part for part in (said, self.asked.offers()) if part)
        if self.filtered:
            return words("empty.filter")
        if screen.board.total == 0 and not status.problems:
            if not status.scanned or status.pending:
                return words("empty.loading")
            patterns = " ".join(words.settings.watch.patterns)
            return words(
                "empty.inbox", folder=one_line(str(screen.inbox.folder)), patterns=patterns
            )
        return words(f"empty.view.{self.query.view.value}")
