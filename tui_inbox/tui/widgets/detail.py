"""The letter under the cursor: summary, the letter itself, notes and history."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui_inbox.letter import Letter, Span
from tui_inbox.service import Amendment, HistoryItem, Record
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.triage import Row
from tui_inbox.tui.paragraphs import Marked, Paragraph, letter_paragraphs
from tui_inbox.tui.widgets.bars import Bar
from tui_inbox.tui.widgets.picking import PickReader
from tui_inbox.tui.wording import Words, is_secret

if TYPE_CHECKING:
    from tui_inbox.triage.related import Related


class Tab(StrEnum):
    SUMMARY = "summary"
    LETTER = "letter"
    NOTES = "notes"


class Detail(msgspec.Struct, frozen=True):
    """What was loaded of a letter. ``text`` only where it is to be shown."""

    row: Row
    letter: Letter | None
    text: str | None
    record: Record
    history: tuple[HistoryItem, ...]
    amendments: tuple[Amendment, ...] = ()
    related: tuple[Related, ...] = ()


class Evidence(msgspec.Struct, frozen=True):
    """A place in the letter and the name of what was read there."""

    span: Span
    field: str


def evidence_of(letter: Letter) -> list[Evidence]:
    """Every place that something was read from, in the order of the text."""
    found: list[Evidence] = []
    for document in letter.documents:
        found += [Evidence(span, field) for field, span in document.spans.items()]
        for field, spans in document.marks.items():
            found += [Evidence(span, field) for span in spans]
        found += [Evidence(ask.span, "asks") for ask in document.asks]
        found += [Evidence(time.span, "deadlines") for time in document.deadlines]
        found += [Evidence(event.span, "events") for event in document.events]
    found += [Evidence(span, "checks") for check in letter.checks for span in check.spans]
    return sorted(set(found), key=lambda one: (one.span, one.field))


_EVIDENCE_STYLE = {
    "asks": "evidence-ask",
    "deadlines": "evidence-time",
    "events": "evidence-time",
    "checks": "evidence-check",
}


def evidence_marks(evidence: list[Evidence]) -> list[Marked]:
    return [(*one.span, _EVIDENCE_STYLE.get(one.field, "evidence")) for one in evidence]


class DetailPane(Vertical):
    """Tabs over a reader."""

    class Stepped(Message):
        """The reader shows a place of the letter, the ``number``-th of ``count``."""

        def __init__(self, evidence: Evidence, number: int, count: int) -> None:
            super().__init__()
            self.evidence = evidence
            self.number = number
            self.count = count

    class Wanted(Message):
        """A place of the letter is to be shown, whose text is not there yet."""

    class LetterWanted(Message):
        """Another letter was chosen."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, words: Words, segmenter: Segmenter, *, id: str) -> None:
        super().__init__(id=id)
        self.words = words
        self.tabs = Bar(id="tabs")
        self.reader = PickReader(segmenter, id="reader")
        self.tab = Tab.SUMMARY
        self.detail: Detail | None = None
        self.evidence: list[Evidence] = []
        self.revealed: str | None = None
        self.hits: re.Pattern[str] | None = None
        self.draft: str | None = None
        self._shown: tuple[str, Tab, bool] | None = None
        self._step = -1
        # Whether its tabs are drawn as those of the focused pane.
        self.active = False
        # A step, or a place, that waits for the text to be there.
        self.step_when_shown = 0
        self.place_when_shown: Evidence | None = None

    def compose(self) -> ComposeResult:
        yield self.tabs
        yield self.reader

    # What it shows

    @property
    def has_hits(self) -> bool:
        return self.hits is not None and self.detail is not None and bool(self.detail.text)

    @property
    def hidden(self) -> bool:
        """Whether a secret-class letter waits to be opened on purpose."""
        detail = self.detail
        return detail is not None and is_secret(detail.row) and self.revealed != detail.row.id

    def show(self, detail: Detail | None, hits: re.Pattern[str] | None, draft: str | None) -> None:
        """Show what was loaded; the same letter's newer state leaves the place as it is."""
        old = None if self.detail is None else self.detail.row.id
        self.detail, self.hits, self.draft = detail, hits, draft
        if detail is None or detail.row.id != old:
            self._step = -1
            self.place_when_shown = None
            if self.revealed is not None and (detail is None or detail.row.id != self.revealed):
                self.revealed = None
        self.evidence = (
            evidence_of(detail.letter)
            if detail is not None and detail.letter is not None and not self.hidden
            else []
        )
        self.render_tab()
        if self.tab is Tab.LETTER and not self.missing_text:
            direction, self.step_when_shown = self.step_when_shown, 0
            place, self.place_when_shown = self.place_when_shown, None
            if direction:
                self.step(direction)
            elif place is not None:
                self.go_to(place)

    def conceal(self) -> None:
        """Hide again what was opened on purpose: somebody moved on, if only for a moment."""
        self.revealed = None

    def reveal(self) -> None:
        """Open a secret-class letter, until the cursor leaves it."""
        if self.detail is not None:
            self.revealed = self.detail.row.id
            self.show(self.detail, self.hits, self.draft)

    @property
    def missing_text(self) -> bool:
        """Whether the letter's text was not asked for yet."""
        return self.detail is None or self.detail.text is None

    def turn(self, tab: Tab) -> None:
        self.tab = tab
        self.render_tab()

    def render_tab(self) -> None:
        paragraphs = self._paragraphs()
        detail = self.detail
        shown = (detail.row.id, self.tab, self.hidden) if detail is not None else None
        self.reader.picking = self.tab is Tab.SUMMARY
        hits = self.hits if self.tab is not Tab.NOTES and not self.hidden else None
        if shown is not None and shown == self._shown:
            self.reader.update(paragraphs, hits)
        else:
            self.reader.show(paragraphs, hits)
        self._shown = shown
        self.render_tabs()

    def render_tabs(self) -> None:
        words = self.words
        parts: list[tuple[str, str, str]] = []
        for tab in Tab:
            label = words(f"tab.{tab.value}")
            if tab is Tab.NOTES and self.detail is not None and self.detail.record.notes:
                label += f" {words.number(len(self.detail.record.notes))}"
            # Without colours the brackets still tell which tab is open.
            text = f"[{label}]" if tab is self.tab else f" {label} "
            style = "dim" if tab is not self.tab else "active" if self.active else "strong"
            parts.append((text, style, f"screen.tab('{tab.value}')"))
        right: list[tuple[str, str, str]] = []
        if self.detail is not None:
            title = one_line(words.title(self.detail.row))
            right = [(title, "strong", "")]
        self.tabs.show_actions(parts, right if self.size.width >= 70 else [])

    def _paragraphs(self) -> list[Paragraph]:
        detail, words = self.detail, self.words
        if detail is None:
            return [Paragraph(words("detail.none"), style="dim")]
        # Imported here: the list is on the screen before a letter is.
        from tui_inbox.tui.history import history_page
        from tui_inbox.tui.summary import problem_page, secret_page, summary_page

        if self.tab is Tab.NOTES:
            return history_page(detail.record, detail.history, self.draft, words)
        if detail.row.problem is not None:
            return problem_page(detail.row, words)
        if self.hidden:
            return secret_page(detail.row, words)
        if detail.letter is None:
            return [Paragraph(words("detail.not_read"), style="dim")]
        if self.tab is Tab.SUMMARY:
            return summary_page(detail.row, detail.letter, words, detail.amendments, detail.related)
        if detail.text is None:
            return [Paragraph(words("detail.no_text"), style="dim")]
        return letter_paragraphs(
            detail.text, evidence_marks(self.evidence), self._dividers(detail.letter)
        )

    def _dividers(self, letter: Letter) -> list[tuple[int, str]]:
        if len(letter.documents) < 2:
            return []
        words = self.words
        return [
            (
                document.span[0],
                words(
                    "detail.divider",
                    number=words.number(index),
                    count=words.number(len(letter.documents)),
                    kind=words.enum("kind", document.kind),
                ),
            )
            for index, document in enumerate(letter.documents, 1)
        ]

    # Stepping through what was found

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) place, hits of the search first if there are any."""
        places = self._places()
        if not places:
            return
        self._step = (
            (self._step + direction) % len(places)
            if self._step >= 0
            else (0 if direction > 0 else len(places) - 1)
        )
        place = places[self._step]
        self.reader.go_to_span(*place.span)
        self.post_message(self.Stepped(place, self._step + 1, len(places)))

    def go_to(self, place: Evidence) -> None:
        """Show a place of the letter; what was read there is where the steps go on from."""
        if self.tab is not Tab.LETTER or self.missing_text:
            self.place_when_shown = place
            self.turn(Tab.LETTER)
            self.post_message(self.Wanted())
            return
        self._step = self.evidence.index(place) if place in self.evidence else -1
        self.reader.go_to_span(*place.span)
        if self._step >= 0:
            self.post_message(self.Stepped(place, self._step + 1, len(self.evidence)))

    @on(PickReader.Picked)
    def _picked(self, message: PickReader.Picked) -> None:
        message.stop()
        paragraph = message.paragraph
        if paragraph.letter is not None:
            self.post_message(self.LetterWanted(paragraph.letter))
        elif paragraph.source is not None:
            self.go_to(Evidence(paragraph.source, paragraph.field))

    @property
    def documents(self) -> int:
        """How many documents may be looked at."""
        letter = None if self.detail is None or self.hidden else self.detail.letter
        return 0 if letter is None else len(letter.documents)

    def go_to_document(self, step: int) -> bool:
        """Show where the next (1) or previous (-1) document of the file begins, if there is one."""
        letter = None if self.detail is None else self.detail.letter
        if letter is None or self.documents < 2:
            return False
        starts = [document.span for document in letter.documents]
        if self.tab is not Tab.LETTER or self.missing_text:
            self.go_to(Evidence(starts[0 if step < 0 else 1], "document"))
            return True
        here = self.reader.letter_offset()
        at = max((i for i, span in enumerate(starts) if span[0] <= here), default=0)
        self.go_to(Evidence(starts[(at + step) % len(starts)], "document"))
        return True

    def _places(self) -> list[Evidence]:
        text = None if self.detail is None else self.detail.text
        if self.hits is not None and text is not None and not self.hidden:
            found = [Evidence(hit.span(), "hit") for hit in self.hits.finditer(text)]
            if found:
                return found
        return self.evidence

    def on_resize(self) -> None:
        self.render_tabs()
