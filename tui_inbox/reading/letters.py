"""Letters and memos: head, cited letters, body, signature and foot."""

from __future__ import annotations

import re

from tui_inbox.letter import Kind, Receipt, Span
from tui_inbox.reading import addressees, cited, sender, signs, tail
from tui_inbox.reading.head import read_head
from tui_inbox.reading.matter import MatterReader
from tui_inbox.reading.page import Line
from tui_inbox.reading.receipts import cells_of, find_stamps
from tui_inbox.reading.top import Head
from tui_inbox.thai.dates import Found


class LetterReader(MatterReader):
    """Reads an external letter, an internal memo or a stamped letter."""

    def letter(self) -> None:
        """Head, tail and body, in the order in which one tells where the next begins."""
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
        self.body_citations(body)
        self.matter(body, self.own_receipt(receipts))
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
        self.put_references(references)
        self.put_list(
            "enclosures", [one.enclosed for one in enclosures], [one.span for one in enclosures]
        )
        self.draft.number_spans["enclosures"] = tuple(one.number_span for one in enclosures)
        self.draft.date_spans["enclosures"] = tuple(one.date_span for one in enclosures)

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
        return self.put_receipts(stamps)

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
