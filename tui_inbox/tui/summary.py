"""The summary of a letter as paragraphs: what is asked, by when, of whom, and how it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tui_inbox.letter import (
    Basis,
    Deadline,
    Document,
    Event,
    EventStatus,
    Letter,
    Secrecy,
    Urgency,
)
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row
from tui_inbox.tui.paragraphs import Marked, Paragraph
from tui_inbox.tui.wording import CHECK_MARK, CLOSED, URGENCY_MARK, Words

INDENT = 16


class Summary:
    """Builds the paragraphs; one object a letter."""

    def __init__(self, row: Row, letter: Letter, words: Words) -> None:
        self.row = row
        self.letter = letter
        self.words = words
        self.found: list[Paragraph] = []

    def paragraphs(self) -> list[Paragraph]:
        cover = self.letter.cover
        if cover is None:
            return problem_page(self.row, self.words)
        self._head(cover)
        self._asked()
        self._times()
        self._events()
        self._checks()
        self._heading("from_to")
        self._from_to(cover)
        self._heading("more")
        self._more(cover)
        self._documents()
        self._file()
        return self.found

    # Parts

    def _head(self, cover: Document) -> None:
        words, row = self.words, self.row
        subject = cover.subject and one_line(cover.subject)
        self.found.append(
            Paragraph(subject, style="title", source=cover.spans.get("subject"))
            if subject
            else Paragraph(words.no_subject(cover.kind), style="title")
        )
        parts: list[tuple[str, str]] = []
        if cover.urgency is not Urgency.NORMAL:
            mark, name = URGENCY_MARK[cover.urgency], words.enum("urgency", cover.urgency)
            # Between the dots that part the line the one of ด่วน would be lost.
            shown = name if mark == "·" else f"{mark} {name}"
            parts.append((shown, cover.urgency.value))
        if cover.secrecy is not Secrecy.NONE:
            parts.append((words.enum("secrecy", cover.secrecy), "warning"))
        parts.append((words.status(row.status), "strong"))
        if row.due is not None:
            closed = row.status in CLOSED
            style = "" if closed else words.due_style(row.due)
            parts.append((words.due(row.due, closed=closed), style))
        if row.amended:
            parts.append((words("summary.amended"), "warning"))
        if row.gone:
            parts.append((words("summary.gone"), "warning"))
        if row.assignee:
            parts.append((words("summary.assignee", who=one_line(row.assignee)), "strong"))
        text, marks = _joined(parts, " · ")
        self.found.append(Paragraph(text, marks=marks, style="dim"))

    def _asked(self) -> None:
        words = self.words
        action = self.letter.documents[0].action
        label = words("summary.asks")
        many = self._many_documents
        asks = [
            (ask.text, ask.span, index)
            for index, document in enumerate(self.letter.documents)
            for ask in document.asks
        ]
        self._blank()
        name = words.enum("action", action)
        self.found.append(Paragraph(name, label=label, indent=INDENT, style="strong"))
        for text, span, index in asks:
            prefix = words("summary.in_document", number=index + 1) + " " if many and index else ""
            bullet = " " * INDENT + "•" if len(asks) > 1 else ""
            self.found.append(
                Paragraph(
                    prefix + one_line(text),
                    label=bullet,
                    indent=INDENT + 2 if bullet else INDENT,
                    source=span,
                )
            )

    def _times(self) -> None:
        words, row = self.words, self.row
        label = words("summary.deadline")
        if row.due is not None and row.due_source == "person":
            text = words("summary.due_set", date=words.date(row.due.isoformat()))
            self.found.append(
                Paragraph(f"{text} ({words.due(row.due)})", label=label, indent=INDENT)
            )
            label = ""
        times = [time for document in self.letter.documents for time in document.deadlines]
        for time in times:
            self.found.append(self._deadline(time, label))
            label = ""
            self.found.append(_quote(time.text, time.span))
        if label:
            self.found.append(
                Paragraph(words("summary.no_deadline"), label=label, indent=INDENT, style="dim")
            )

    def _deadline(self, time: Deadline, label: str) -> Paragraph:
        words = self.words
        parts: list[tuple[str, str]] = []
        if time.date is not None:
            parts.append((words.date(time.date), "strong"))
            if time.time:
                parts.append((words("summary.at", time=time.time), "strong"))
            day = _day(time.date)
            if day is not None and self.row.status not in CLOSED:
                parts.append((f"({words.due(day)})", words.due_style(day)))
        if time.basis is Basis.AFTER_RECEIPT:
            key = "after_receipt" if time.days is not None else "after_receipt_blank"
            parts.append((words(f"summary.{key}", days=words.number(time.days or 0)), ""))
        elif time.basis is Basis.RECURRING:
            parts.append((words("summary.recurring"), "strong"))
        elif time.basis is Basis.MONTH:
            parts.append((words("summary.month"), ""))
        elif time.date is None:
            parts.append((words("summary.date_unclear"), "warning"))
        text, marks = _joined(parts, " ")
        return Paragraph(text, marks=marks, label=label, indent=INDENT, source=time.span)

    def _events(self) -> None:
        words = self.words
        label = words("summary.events")
        for event in (event for document in self.letter.documents for event in document.events):
            parts = [(self._when(event), "strong")]
            if event.status is not EventStatus.SCHEDULED:
                parts.append(
                    (words.messages(f"reading.event_status.{event.status.value}"), "warning")
                )
            if event.place:
                parts.append((words("summary.place", place=one_line(event.place)), ""))
            text, marks = _joined(parts, " · ")
            self.found.append(
                Paragraph(text, marks=marks, label=label, indent=INDENT, source=event.span)
            )
            label = ""

    def _when(self, event: Event) -> str:
        words = self.words
        start, end = event.start, event.end
        if start is None:
            return words("summary.date_unclear")
        day, _, clock = start.partition("T")
        text = words.date(day)
        if clock:
            text += " " + words("summary.at", time=clock)
        if end and end != start:
            end_day, _, end_clock = end.partition("T")
            last = end_clock if end_day == day and end_clock else words.date(end_day)
            text += f" – {last}"
        return text

    def _checks(self) -> None:
        label = self.words("summary.checks")
        for check in self.letter.checks:
            self.found.append(
                Paragraph(
                    f"{CHECK_MARK} {one_line(self.words.check(check))}",
                    label=label,
                    indent=INDENT,
                    style="warning",
                    source=check.spans[0] if check.spans else None,
                )
            )
            label = ""

    def _from_to(self, cover: Document) -> None:
        words = self.words
        self._value("number", cover.number, cover)
        self._value("date", cover.date and words.date(cover.date), cover)
        self._value("sender", cover.sender, cover)
        self._list("recipients", cover.recipients, cover, wanted=True)
        if cover.circular:
            self._value("circular", words("summary.circular"), cover)
        addressed = self.row.addressed
        if addressed is not None:
            self._row(words("summary.addressed"), words(f"addressed.{addressed.value}"))

    def _more(self, cover: Document) -> None:
        words = self.words
        signer = cover.signatory
        lines = [] if signer is None else [signer.name, signer.position]
        if signer is not None and signer.authority not in {None, signer.position}:
            lines.append(words("summary.authority", post=one_line(signer.authority or "")))
        self._list("signatory", [line for line in lines if line], cover, wanted=True)
        self._list("references", [cited.text for cited in cover.references], cover)
        self._list("enclosures", [enclosed.text for enclosed in cover.enclosures], cover)
        if cover.owner_unit:
            self._value("owner_unit", cover.owner_unit, cover)
        contacts = [
            " ".join(
                part
                for part in (
                    words.messages(f"reading.contact.{contact.type.value}"),
                    contact.value,
                    contact.name and f"({contact.name})",
                )
                if part
            )
            for document in self.letter.documents
            for contact in document.contacts
        ]
        self._list("contacts", _unique(contacts), cover)
        links = _unique(link for document in self.letter.documents for link in document.links)
        self._list("links", links, cover, style="link")
        receipts = [
            " · ".join(
                part
                for part in (
                    receipt.office,
                    receipt.number and words("summary.receipt_number", number=receipt.number),
                    receipt.date and words.date(receipt.date, short=True),
                    receipt.time and words("summary.at", time=receipt.time),
                )
                if part
            )
            for document in self.letter.documents
            for receipt in document.receipts
        ]
        self._list("receipts", receipts, cover)

    def _documents(self) -> None:
        if not self._many_documents:
            return
        words = self.words
        self._heading("documents")
        for index, document in enumerate(self.letter.documents, 1):
            parts = [
                words.enum("kind", document.kind),
                document.number,
                document.date and words.date(document.date, short=True),
                document.sender,
                document.subject,
            ]
            if document.urgency is not Urgency.NORMAL:
                parts.insert(1, words.enum("urgency", document.urgency))
            text = " · ".join(one_line(part) for part in parts if part)
            self.found.append(
                Paragraph(
                    text,
                    label=words("summary.document", number=words.number(index)),
                    indent=INDENT,
                    source=document.span,
                )
            )

    def _file(self) -> None:
        words, row = self.words, self.row
        self._heading("file")
        for path in row.paths or (row.path,):
            self._row(words("summary.path"), one_line(path))
        if self.letter.encoding:
            self._row(words("summary.encoding"), self.letter.encoding)
        self._row(words("summary.received"), words.moment(row.received))
        self._row(words("summary.id"), row.id[:8])

    # Pieces

    @property
    def _many_documents(self) -> bool:
        return len(self.letter.documents) > 1

    def _blank(self) -> None:
        self.found.append(Paragraph(""))

    def _heading(self, name: str) -> None:
        self._blank()
        self.found.append(Paragraph(self.words(f"summary.heading.{name}"), style="heading"))

    def _row(self, label: str, text: str, style: str = "") -> None:
        self.found.append(Paragraph(text, label=label, indent=INDENT, style=style))

    def _label(self, field: str) -> str:
        """The field's name, the short one of the screen where the full one is too wide."""
        key = f"summary.field.{field}"
        words = self.words
        if f"tui.{key}" in words.messages:
            return words(key)
        return words.enum("field", field)

    def _value(self, field: str, value: str | None, document: Document) -> None:
        self.found.append(
            Paragraph(
                one_line(value) if value else self.words("summary.not_found"),
                label=self._label(field),
                indent=INDENT,
                style="" if value else "dim",
                source=document.spans.get(field),
            )
        )

    def _list(
        self,
        field: str,
        values: Iterable[str],
        document: Document,
        *,
        wanted: bool = False,
        style: str = "",
    ) -> None:
        """One line a value; ``wanted`` says "not found" where there is none."""
        label = self._label(field)
        spans = document.marks.get(field, ())
        empty = True
        for index, value in enumerate(values):
            source = spans[index] if index < len(spans) else document.spans.get(field)
            self.found.append(
                Paragraph(one_line(value), label=label, indent=INDENT, style=style, source=source)
            )
            label, empty = "", False
        if empty and wanted:
            self._row(label, self.words("summary.not_found"), "dim")


def problem_page(row: Row, words: Words) -> list[Paragraph]:
    """What can be said of a file that is no letter: why, and what to do."""
    why = "" if row.problem is None else one_line(words.problem(row.problem))
    return [
        Paragraph(words("problem.title"), style="title"),
        Paragraph(one_line(row.path), style="strong"),
        Paragraph(""),
        Paragraph(f"{CHECK_MARK} {why}", style="warning"),
        Paragraph(""),
        Paragraph(words("problem.what_to_do")),
        Paragraph(words("problem.kept"), style="dim"),
    ]


def secret_page(row: Row, words: Words) -> list[Paragraph]:
    """What is shown of a secret-class letter before somebody opens it on purpose."""
    return [
        Paragraph(words.enum("secrecy", row.secrecy), style="warning"),
        Paragraph(""),
        Paragraph(
            one_line(row.number) if row.number else words("summary.not_found"),
            label=words("summary.field.number"),
            indent=INDENT,
        ),
        Paragraph(
            one_line(row.sender) if row.sender else words("summary.not_found"),
            label=words("summary.field.sender"),
            indent=INDENT,
        ),
        Paragraph(""),
        Paragraph(words("secret.hidden")),
    ]


def _quote(text: str, span: tuple[int, int]) -> Paragraph:
    return Paragraph(f"“{one_line(text)}”", indent=INDENT, style="quote", source=span)


def _joined(parts: Iterable[tuple[str, str]], separator: str) -> tuple[str, tuple[Marked, ...]]:
    text, marks = "", []
    for part, style in parts:
        if text:
            text += separator
        if style:
            marks.append((len(text), len(text) + len(part), style))
        text += part
    return text, tuple(marks)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _day(iso: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None
