"""One block of lines to one :class:`~tui_inbox.letter.Document`: each reader in its place."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.letter import Kind, Receipt
from tui_inbox.reading import sender, signs
from tui_inbox.reading.draft import Draft
from tui_inbox.reading.letters import LetterReader
from tui_inbox.reading.matter import LETTERS, MatterReader
from tui_inbox.reading.number import Number
from tui_inbox.reading.page import Page
from tui_inbox.reading.receipts import cells_of, find_stamps
from tui_inbox.reading.split import Block
from tui_inbox.reading.titled import meeting_date, read_titled
from tui_inbox.reading.top import Head
from tui_inbox.thai.dates import Found

_TITLED = (
    Kind.ORDER, Kind.REGULATION, Kind.BYLAW, Kind.ANNOUNCEMENT, Kind.STATEMENT, Kind.NEWS,
    Kind.CERTIFICATE, Kind.MINUTES,
)  # fmt: skip


class _TitledReader(MatterReader):
    """Reads orders, announcements and their like, forms, lists, and what is no letter."""

    def titled(self) -> None:
        """An order, announcement, regulation, certificate, minutes, statement or news."""
        head = read_titled(self.lines, self.draft.kind)
        for line in self.lines[:4]:
            found = signs.classes_of(line)
            if found is not None:
                self.classes([found])
        if head.title is not None:
            self.draft.spans["kind"] = self.folded.span(*head.title)
        if head.number is not None:
            self.number([head.number])
        stamps = self._stamps_above()
        if head.sender is not None:
            self.put("sender", self.value(*head.sender), head.sender)
        elif self.draft.kind is Kind.CERTIFICATE and head.number is not None:
            self._certifier(head.number)
        if head.subject and self.draft.kind is not Kind.CERTIFICATE:
            self.put(
                "subject", self.joined(head.subject), (head.subject[0][0], head.subject[-1][1])
            )
        if self.draft.kind is Kind.MINUTES:
            self.dated(meeting_date(self.lines))
        else:
            self.dated(head.date or self._date_below())
        end = self.ending(min(head.body, len(self.lines)))
        stop = end.start if end.start is not None else len(self.lines)
        body = self.body(head.body, max(stop, head.body))
        self.body_citations(body)
        self.matter(body, self.own_receipt(stamps))
        self.foot(self.lines)

    def _stamps_above(self) -> list[Receipt]:
        """Receipt stamps among the first lines of a document without a letter's head."""
        stamps = find_stamps(cells_of(self.lines[:8]), labelled_only=True)
        return self.put_receipts(stamps)

    def _certifier(self, number: Number) -> None:
        """The agency right of a certificate's number."""
        top = Head(self.draft.kind, numbers=[number], cells=cells_of(self.lines[:4]), number_row=0)
        span = sender.letter_sender(top, None)
        if span is not None:
            self.put("sender", self.value(*span), span)

    def _date_below(self) -> Found | None:
        """A date under the issuing agency's name at the end (news, statements)."""
        if self.draft.kind not in (Kind.NEWS, Kind.STATEMENT, Kind.ANNOUNCEMENT):
            return None
        agency, _ = sender.stamped_sender(self.lines)
        if agency is None:
            # News may end with its date alone.
            if self.draft.kind is Kind.ANNOUNCEMENT:
                return None
            return signs.date_only(self.lines[-1])
        return next(
            (found for line in reversed(self.lines) if (found := signs.date_only(line))), None
        )

    def other(self) -> None:
        """A form, a list, a QR page, or text that is no letter."""
        first = self.lines[0]
        if self.draft.kind is Kind.ENCLOSURE:
            word = signs.ATTACHED.match(first.text) or signs.ENCLOSURE_SIGN.match(first.text)
            if word is not None:
                self.draft.spans["kind"] = self.folded.span(first.start, first.start + word.end())
        body = self.body(0, len(self.lines))
        self._stamps_above()
        if self.draft.kind is Kind.ENCLOSURE:
            self.requests(body)
        self.foot(self.lines)


def read_document(page: Page, block: Block, offices: Sequence[str]) -> Draft:
    """Read one block of a page's lines."""
    if block.kind in LETTERS:
        letters = LetterReader(page, block, offices)
        letters.letter()
        return letters.draft
    reader = _TitledReader(page, block, offices)
    if block.kind in _TITLED:
        reader.titled()
    else:
        reader.other()
    return reader.draft
