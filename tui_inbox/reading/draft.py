"""What has been read of a document, and the steps by which any of its readers adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from tui_inbox.letter import Document, Kind, Receipt, Span
from tui_inbox.reading import cited, tail
from tui_inbox.reading.body import Body
from tui_inbox.reading.contacts import find_contacts, find_links
from tui_inbox.reading.number import Number
from tui_inbox.reading.page import Line, Page
from tui_inbox.reading.periods import Doubt
from tui_inbox.reading.receipts import Stamp
from tui_inbox.reading.repair import printed
from tui_inbox.reading.signs import Classes
from tui_inbox.reading.split import Block
from tui_inbox.thai.dates import Found


@dataclass(slots=True)
class Draft:
    """What has been read of a document, on the way to its value; spans are of the original."""

    kind: Kind
    span: Span
    values: dict[str, object] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    marks: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    date: Found | None = None
    """The document's date, still with its weekday."""
    heads: tuple[Number, ...] = ()
    dates: tuple[Found, ...] = ()
    blank_number: bool = False
    doubts: tuple[Doubt, ...] = ()
    number_spans: dict[str, tuple[Span | None, ...]] = field(default_factory=dict)
    date_spans: dict[str, tuple[Span | None, ...]] = field(default_factory=dict)

    def document(self) -> Document:
        """The finished, frozen value."""
        bare = Document(kind=self.kind, span=self.span, spans=self.spans, marks=self.marks)
        return msgspec.structs.replace(bare, **self.values)


class BlockReader:
    """Puts down what a block holds: each value with its place in the original."""

    def __init__(self, page: Page, block: Block, offices: Sequence[str]) -> None:
        self.page = page
        self.folded = page.folded
        self.lines = page.lines[block.first : block.stop]
        self.offices = offices
        self.references: list[cited.Citation] = []
        self.enclosures: list[cited.EnclosedAt] = []
        first, last = self.lines[0], self.lines[-1]
        start = self.folded.span(first.start, first.start + 1)[0]
        if not first.cut:
            start = self._line_start(start)
        if block.first:
            # Lines are parted by tags too: this one may begin where the last document ends.
            above = page.lines[block.first - 1]
            start = max(start, self.folded.span(above.start, above.end)[1])
        self.draft = Draft(block.kind, (start, self.folded.span(first.start, last.end)[1]))

    def _line_start(self, position: int) -> int:
        """Back over mark-up and control codes before a line's first letter, over no blank line."""
        original = self.folded.original
        start = max(original.rfind("\n", 0, position), original.rfind("\r", 0, position)) + 1
        while start < position and original[start] in " \t\u00a0\u3000":
            start += 1
        return start

    def value(self, left: int, right: int) -> str:
        """What the paper prints at ``[left, right)`` of the folded text."""
        start, end = self.folded.span(left, right)
        return printed(self.folded.original[start:end])

    def joined(self, spans: Sequence[Span]) -> str | None:
        """The values of several places (wrapped lines), one space between; ``None`` where blank."""
        text = " ".join(self.value(*span) for span in spans).strip()
        return text or None

    def put(self, name: str, value: object, span: Span | None) -> None:
        """Set a scalar with its evidence (a span of the folded text)."""
        if value is None:
            return
        self.draft.values[name] = value
        if span is not None:
            self.draft.spans[name] = self.folded.span(*span)

    def put_list(self, name: str, values: Sequence[object], spans: Sequence[Span]) -> None:
        """Set a list with the places of its entries (spans of the folded text)."""
        if values:
            self.draft.values[name] = tuple(values)
            self.draft.marks[name] = tuple(self.folded.span(*span) for span in spans)

    def classes(self, found: Sequence[Classes]) -> None:
        """Urgency and secrecy: of several that a head prints, the first of each."""
        for one in found:
            if one.urgency is not None and "urgency" not in self.draft.values:
                self.put("urgency", one.urgency, one.urgency_span)
            if one.secrecy is not None and "secrecy" not in self.draft.values:
                self.put("secrecy", one.secrecy, one.secrecy_span)

    def number(self, numbers: Sequence[Number]) -> None:
        """The number of a head; one whose serial is blank is noted as such."""
        self.draft.heads = tuple(numbers)
        given = [number for number in numbers if number.value is not None]
        self.draft.blank_number = bool(numbers) and not given
        if given:
            self.put("number", given[0].value, given[0].span)

    def dated(self, found: Found | None) -> None:
        """The document's date; a year that no calendar has gives no value."""
        if found is None:
            return
        self.draft.date = found
        self.put("date", found.iso, (found.start, found.end) if found.iso else None)

    def ending(self, first: int) -> tail.Tail:
        """Signature, authority and owner unit from line ``first`` on."""
        end = tail.read_tail(self.folded, self.lines, first)
        if end.signatory is not None:
            self.put("signatory", end.signatory, end.signatory_span)
        if end.unit:
            self.put("owner_unit", self.joined(end.unit), (end.unit[0][0], end.unit[-1][1]))
        return end

    def foot(self, lines: Sequence[Line]) -> None:
        """Contacts of some lines, and the web addresses of the whole block."""
        contacts = find_contacts(self.folded, lines)
        self.put_list("contacts", [one.contact for one in contacts], [one.span for one in contacts])
        left, right = self.lines[0].start, self.lines[-1].end
        links = find_links(self.folded, left, right)
        self.put_list("links", [link for link, _ in links], [span for _, span in links])

    def put_references(self, references: Sequence[cited.Citation]) -> None:
        """The letters cited, with the places that checks point at."""
        self.put_list(
            "references", [one.cited for one in references], [one.span for one in references]
        )
        self.draft.number_spans["references"] = tuple(one.number_span for one in references)
        self.draft.date_spans["references"] = tuple(one.date_span for one in references)
        self.references = list(references)

    def body_citations(self, body: Body) -> None:
        """Letters that only the body cites; those enclosed are no references."""
        if not body.paragraphs:
            return
        known = list(self.references)
        # An order or a rule that is amended or repealed is no letter cited.
        orders = self.draft.kind not in (
            Kind.MINUTES, Kind.REGULATION, Kind.BYLAW, Kind.ORDER
        )  # fmt: skip
        own = self.draft.values.get("number")
        enclosed = {one.enclosed.number for one in self.enclosures}
        for citation in cited.cited_in_body(self.folded, body.start, body.end, orders=orders):
            number = citation.cited.number
            if (
                number == own
                or number in enclosed
                or any(one.cited.number == number for one in known)
            ):
                continue
            known.append(citation)
        self.put_references(known)

    def put_receipts(self, stamps: Sequence[Stamp]) -> list[Receipt]:
        """The receipt stamps as values."""
        receipts = [stamp.receipt for stamp in stamps]
        receipts = [
            Receipt(one.number, one.date, one.time, printed(one.office) if one.office else None)
            for one in receipts
        ]
        spans = [
            (min(left for left, _ in stamp.spans), max(right for _, right in stamp.spans))
            for stamp in stamps
        ]
        self.put_list("receipts", receipts, spans)
        return receipts

    def own_receipt(self, receipts: Sequence[Receipt]) -> Receipt | None:
        """The office's own stamp, by its name; else the latest."""
        dated = [one for one in receipts if one.date is not None]
        own = [
            one
            for one in dated
            if one.office and any(name in one.office or one.office in name for name in self.offices)
        ]
        return max(own or dated, key=lambda one: (one.date or "", one.time or ""), default=None)
