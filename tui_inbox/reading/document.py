"""One block of lines to one :class:`~tui_inbox.letter.Document`: each reader in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from tui_inbox.letter import Action, Deadline, Document, Kind, Receipt, Span
from tui_inbox.reading import addressees, cited, sender, signs, tail
from tui_inbox.reading.asks import (
    ASKING,
    MEMO_ASKING,
    action_of,
    asking_sentences,
    make_ask,
    requests,
    tells_to,
)
from tui_inbox.reading.body import Body, read_body
from tui_inbox.reading.contacts import find_contacts, find_links
from tui_inbox.reading.deadlines import Doubt, find_deadlines
from tui_inbox.reading.events import find_events
from tui_inbox.reading.head import read_head
from tui_inbox.reading.number import Number
from tui_inbox.reading.obligation import Setting
from tui_inbox.reading.page import Line, Page
from tui_inbox.reading.receipts import Stamp, cells_of, find_stamps
from tui_inbox.reading.relayed import relayed
from tui_inbox.reading.repair import printed
from tui_inbox.reading.signs import Classes
from tui_inbox.reading.split import Block
from tui_inbox.reading.titled import meeting_date, read_titled
from tui_inbox.reading.top import Head
from tui_inbox.thai.dates import Found

_LETTERS = (Kind.EXTERNAL_LETTER, Kind.INTERNAL_MEMO, Kind.STAMPED_LETTER)
_TITLED = (
    Kind.ORDER, Kind.REGULATION, Kind.BYLAW, Kind.ANNOUNCEMENT, Kind.STATEMENT, Kind.NEWS,
    Kind.CERTIFICATE, Kind.MINUTES,
)  # fmt: skip


_SENT_BACK = re.compile(r"ส่ง(?:คืน|กลับ)|ตอบกลับ|กรอก(?:แล้ว)?ส่ง")


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


class _Reader:
    """Reads one block. A class for the state that its steps share, not for other users."""

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
        self.draft = Draft(block.kind, (start, self.folded.span(first.start, last.end)[1]))

    def _line_start(self, position: int) -> int:
        """Back over mark-up and control codes before a line's first letter, over no blank line."""
        original = self.folded.original
        start = max(original.rfind("\n", 0, position), original.rfind("\r", 0, position)) + 1
        while start < position and original[start] in " \t\u00a0\u3000":
            start += 1
        return start

    # -- shared steps ---------------------------------------------------------------------------

    def value(self, left: int, right: int) -> str:
        start, end = self.folded.span(left, right)
        return printed(self.folded.original[start:end])

    def joined(self, spans: Sequence[Span]) -> str | None:
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
        if values:
            self.draft.values[name] = tuple(values)
            self.draft.marks[name] = tuple(self.folded.span(*span) for span in spans)

    def classes(self, found: Sequence[Classes]) -> None:
        for one in found:
            if one.urgency is not None and "urgency" not in self.draft.values:
                self.put("urgency", one.urgency, one.urgency_span)
            if one.secrecy is not None and "secrecy" not in self.draft.values:
                self.put("secrecy", one.secrecy, one.secrecy_span)

    def number(self, numbers: Sequence[Number]) -> None:
        self.draft.heads = tuple(numbers)
        given = [number for number in numbers if number.value is not None]
        self.draft.blank_number = bool(numbers) and not given
        if given:
            self.put("number", given[0].value, given[0].span)

    def dated(self, found: Found | None) -> None:
        if found is None:
            return
        self.draft.date = found
        self.put("date", found.iso, (found.start, found.end) if found.iso else None)

    def ending(self, first: int) -> tail.Tail:
        end = tail.read_tail(self.folded, self.lines, first)
        if end.signatory is not None:
            self.put("signatory", end.signatory, end.signatory_span)
        if end.unit:
            self.put("owner_unit", self.joined(end.unit), (end.unit[0][0], end.unit[-1][1]))
        return end

    def body(self, first: int, stop: int) -> Body:
        memo = self.draft.kind is Kind.INTERNAL_MEMO
        asking = MEMO_ASKING if memo else ASKING
        return read_body(self.lines[first:stop], memo=memo, asking=asking)

    def foot(self, lines: Sequence[Line]) -> None:
        contacts = find_contacts(self.folded, lines)
        self.put_list("contacts", [one.contact for one in contacts], [one.span for one in contacts])
        left, right = self.lines[0].start, self.lines[-1].end
        links = find_links(self.folded, left, right)
        self.put_list("links", [link for link, _ in links], [span for _, span in links])

    def matter(self, body: Body, receipt: Receipt | None) -> None:
        """Asks, deadlines, events and the action of a body."""
        kind = self.draft.kind
        date = self.draft.values.get("date")
        iso = date if isinstance(date, str) else None
        subject = self.draft.values.get("subject")
        own = (self.draft.values.get("sender"), self.draft.values.get("owner_unit"))
        told = relayed(body, tuple(name for name in own if isinstance(name, str)))
        setting = Setting(kind, iso, receipt, sort=self._sort(), told=told)
        deadlines, doubts = find_deadlines(self.folded, body, setting)
        sentences = asking_sentences(body, kind, told)
        if kind in _LETTERS:
            sentences = self._with_terms(body, sentences, deadlines)
        asks = [make_ask(self.folded, body, span) for span in sentences]
        deadlines = [*self._enclosed_terms(setting), *deadlines]
        events = find_events(
            self.folded, body, kind, subject if isinstance(subject, str) else None, iso
        )
        action, where = action_of(body, sentences, kind, bool(events))
        self.draft.doubts = tuple(doubts)
        if asks:
            self.draft.values["asks"] = tuple(asks)
        if deadlines:
            self.draft.values["deadlines"] = tuple(deadlines)
        if events:
            self.draft.values["events"] = tuple(events)
        self.put("action", action, where)

    def _with_terms(
        self, body: Body, sentences: Sequence[Span], deadlines: Sequence[Deadline]
    ) -> list[Span]:
        """The sentences that ask, with those that ask by nothing but the time that they set."""
        places = [self.folded.span(*span) for span in sentences]
        silent: list[Span] = []
        for deadline in deadlines:
            start = deadline.span[0]
            if any(left <= start < right for left, right in places):
                continue
            silent += [
                span
                for span in body.sentences
                if (place := self.folded.span(*span))[0] <= start < place[1]
                and tells_to(body.flat[slice(*span)])
            ]
        return sorted({*sentences, *silent})

    def _sort(self) -> str | None:
        sender = self.draft.values.get("sender")
        recipients = self.draft.values.get("recipients")
        if not isinstance(sender, str) or not isinstance(recipients, tuple):
            return None
        sort = next((word for word in ("จังหวัด", "อำเภอ") if sender.startswith(word)), None)
        posts = {"จังหวัด": "ผู้ว่าราชการ", "อำเภอ": "นายอำเภอ"}
        if sort is None or any(
            one.startswith(sort) or posts[sort] in one for one in map(str, recipients)
        ):
            return None
        return sort

    def _enclosed_terms(self, setting: Setting) -> list[Deadline]:
        """Terms that stand in สิ่งที่ส่งมาด้วย: a form to be sent back by a day."""
        places = [one.span for one in self.enclosures]
        lines = [
            line
            for line in self.lines
            if any(left < line.end and line.start < right for left, right in places)
        ]
        if not any(_SENT_BACK.search(line.text) for line in lines):
            return []
        body = read_body(lines, asking=ASKING)
        terms, _ = find_deadlines(
            self.folded, body, Setting(Kind.ENCLOSURE, setting.letter_date, setting.receipt)
        )
        return terms

    def requests(self, body: Body) -> None:
        """What a form or list asks by itself: its requests and the terms they set."""
        spans = [span for span in asking_sentences(body, self.draft.kind) if requests(body, span)]
        if spans:
            self.draft.values["asks"] = tuple(make_ask(self.folded, body, span) for span in spans)
        deadlines, doubts = find_deadlines(self.folded, body, Setting(self.draft.kind, None, None))
        self.draft.doubts = tuple(doubts)
        if deadlines:
            self.draft.values["deadlines"] = tuple(deadlines)
        if spans or deadlines:
            self.put("action", Action.ACT, spans[0] if spans else None)

    # -- letters and memos ----------------------------------------------------------------------

    def letter(self) -> None:
        head = read_head(self.page.text, self.lines, self.draft.kind)
        self.classes(head.classes)
        self.number(head.numbers)
        self._kind_evidence(head)
        stop = len(self.lines)
        end = self.ending(min(head.body, stop))
        if end.start is not None:
            stop = max(end.start, min(head.body, stop))
        self._subject(head)
        self._recipients(head)
        self._cited(head)
        authority = end.signatory.authority if end.signatory else None
        if self.draft.kind is Kind.STAMPED_LETTER:
            stop = self._stamped(head, stop)
        elif self.draft.kind is Kind.INTERNAL_MEMO:
            self._memo(head)
        else:
            self._external(head, authority)
        receipts = self._receipts(head, end)
        body = self.body(head.body, stop)
        self._body_citations(body)
        self.matter(body, self._own_receipt(receipts))
        foot = [*self.lines[: head.body], *self.lines[head.body : end.endorsed or len(self.lines)]]
        self.foot([line for line in foot if not _is_stamp_line(line, head)])
        self._circular(head)

    def _kind_evidence(self, head: Head) -> None:
        if head.title is not None and self.draft.kind is Kind.INTERNAL_MEMO:
            self.draft.spans["kind"] = self.folded.span(*head.title)

    def _subject(self, head: Head) -> None:
        spans = head.fields.get("subject", [])
        if spans and self.draft.kind is not Kind.STAMPED_LETTER:
            self.put("subject", self.joined(spans), (spans[0][0], spans[-1][1]))
        elif not spans and self.draft.kind is Kind.EXTERNAL_LETTER:
            lost = self._lost_subject(head)
            if lost is not None:
                self.put("subject", self.value(*lost), lost)

    def _lost_subject(self, head: Head) -> Span | None:
        """A subject without its label: the line between the date and เรียน."""
        spans = head.fields.get("to", [])
        if not spans or not head.dates:
            return None
        date_end = max(found.end for found in head.dates)
        label = next(
            (n for n, line in enumerate(self.lines) if line.start <= spans[0][0] <= line.end), None
        )
        if label is None:
            return None
        between = [line for line in self.lines[:label] if line.start > date_end]
        between = [
            line
            for line in between
            if not signs.AGENCY.match(line.text)
            and not signs.ADDRESS.match(line.text)
            and not _is_stamp_line(line, head)
            and signs.classes_of(line) is None
            and len(line.text) > 10
        ]
        if not between or len(between) > 3:
            return None
        return (between[0].start, between[-1].end)

    def _recipients(self, head: Head) -> None:
        spans = head.fields.get("to", [])
        found = addressees.split_recipients(self.page.text, spans)
        values = [_without_stop(self.value(*span)) for span in found]
        kept = [(value, span) for value, span in zip(values, found, strict=True) if value]
        self.put_list("recipients", [value for value, _ in kept], [span for _, span in kept])

    def _cited(self, head: Head) -> None:
        references = cited.read_references(self.folded, head.fields.get("reference", []))
        enclosures = cited.read_enclosures(self.folded, head.fields.get("enclosure", []))
        self.enclosures = enclosures
        self._put_references(references)
        self.put_list(
            "enclosures", [one.enclosed for one in enclosures], [one.span for one in enclosures]
        )
        self.draft.number_spans["enclosures"] = tuple(one.number_span for one in enclosures)
        self.draft.date_spans["enclosures"] = tuple(one.date_span for one in enclosures)

    def _put_references(self, references: Sequence[cited.Citation]) -> None:
        self.put_list(
            "references", [one.cited for one in references], [one.span for one in references]
        )
        self.draft.number_spans["references"] = tuple(one.number_span for one in references)
        self.draft.date_spans["references"] = tuple(one.date_span for one in references)
        self.references = list(references)

    def _body_citations(self, body: Body) -> None:
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
        self._put_references(known)

    def _external(self, head: Head, authority: str | None) -> None:
        span = sender.letter_sender(head, authority)
        if span is not None:
            value = sender.province_hall(self.value(*span))
            hall = self.value(*span) != value
            if hall:
                at = self.page.text.find("จังหวัด", span[0], span[1])
                span = (at if at >= 0 else span[0], span[1])
            self.put("sender", value, span)
        elif authority is not None:
            agency = sender.from_authority(authority, self.draft.kind)
            at = self.page.text.find(agency, self.lines[head.body - 1].end) if agency else -1
            if agency is not None and at >= 0:
                self.put("sender", agency, (at, at + len(agency)))
        self.dated(_letter_date(head))

    def _memo(self, head: Head) -> None:
        agency, unit = sender.memo_office(self.page.text, head.fields.get("office", []))
        if agency is not None:
            self.put("sender", self.value(*agency), agency)
        if unit is not None and "owner_unit" not in self.draft.values:
            self.put("owner_unit", self.value(*unit), unit)
        self.dated(head.dates[0] if head.dates else None)
        self.draft.dates = tuple(head.dates)

    def _stamped(self, head: Head, stop: int) -> int:
        agency, date = sender.stamped_sender(self.lines[head.body :])
        if agency is not None:
            self.put("sender", self.value(*agency), agency)
        if date is None and head.dates:
            self.dated(head.dates[0])
        for index in range(len(self.lines) - 1, head.body - 1, -1):
            found = signs.date_only(self.lines[index])
            if found is not None and date is not None and found.start == date[0]:
                self.dated(found)
                end = tail.Tail()
                tail.find_unit(self.lines, end, index + 1)
                if end.unit:
                    self.put("owner_unit", self.joined(end.unit), (end.unit[0][0], end.unit[-1][1]))
                stop = index - 1 if agency is not None else index
                break
        return max(stop, head.body)

    def _receipts(self, head: Head, end: tail.Tail) -> list[Receipt]:
        stamps = list(head.stamps)
        if end.foot is not None and not stamps:
            stamps = find_stamps(cells_of(self.lines[end.foot :]), labelled_only=True)
        return self._put_receipts(stamps)

    def _put_receipts(self, stamps: Sequence[Stamp]) -> list[Receipt]:
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

    def _own_receipt(self, receipts: Sequence[Receipt]) -> Receipt | None:
        """The office's own stamp, by its name; else the latest."""
        dated = [one for one in receipts if one.date is not None]
        own = [
            one
            for one in dated
            if one.office and any(name in one.office or one.office in name for name in self.offices)
        ]
        return max(own or dated, key=lambda one: (one.date or "", one.time or ""), default=None)

    def _circular(self, head: Head) -> None:
        given = list(head.numbers)
        recipients = self.draft.values.get("recipients", ())
        names = [str(one) for one in recipients] if isinstance(recipients, tuple) else []
        if given and given[0].circular:
            self.put("circular", True, given[0].span)
        elif addressees.is_class(names):
            marks = self.draft.marks.get("recipients", ())
            self.put("circular", True, None)
            if marks:
                self.draft.spans["circular"] = (marks[0][0], marks[-1][1])

    # -- titled documents and enclosures --------------------------------------------------------

    def titled(self) -> None:
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
        self._body_citations(body)
        self.matter(body, self._own_receipt(stamps))
        self.foot(self.lines)

    def _stamps_above(self) -> list[Receipt]:
        """Receipt stamps among the first lines of a document without a letter's head."""
        stamps = find_stamps(cells_of(self.lines[:8]), labelled_only=True)
        return self._put_receipts(stamps)

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
    reader = _Reader(page, block, offices)
    if block.kind in _LETTERS:
        reader.letter()
    elif block.kind in _TITLED:
        reader.titled()
    else:
        reader.other()
    return reader.draft


def _without_stop(value: str) -> str:
    """A value without the dot behind it, unless that ends an abbreviation (``จก.สบ.ทบ.``)."""
    value = value.rstrip(":; ")
    return value if re.search(r"\.[ก-ฮ]{1,5}\.$", value) else value.rstrip(". …")


def _is_stamp_line(line: Line, head: Head) -> bool:
    return any(
        left <= line.start and line.end <= right
        for stamp in head.stamps
        for left, right in stamp.spans
    )


def _letter_date(head: Head) -> Found | None:
    """The bare date of the head; the last one before เรื่อง, a month in full before a short one."""
    if not head.dates:
        return None
    full = [found for found in head.dates if found.day is not None]
    return (full or head.dates)[-1]
