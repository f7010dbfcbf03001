"""A letter for people: its fields with the line where each stands, its checks, its text.

Nothing here is given to anything that parses markup, and control characters are made visible.
"""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.style import Style
from rich.text import Text

from tui_inbox.cli.session import Session
from tui_inbox.ledger import Record
from tui_inbox.letter import Deadline, Document, Event, Letter, Span, Urgency
from tui_inbox.locale.wording import check_message
from tui_inbox.thai.cells import one_line, pad, visible
from tui_inbox.thai.wrap import Segmenter, wrap
from tui_inbox.triage import OFFICE_TIME, Row

if TYPE_CHECKING:
    # `parse` prints a page too, and must not load what an inbox needs.
    from tui_inbox.service import Amendment

LABEL_CELLS = 24
WIDEST = 100

HEADING = Style(bold=True)
LABEL = Style(dim=True)
WARNING = Style(color="yellow", bold=True)
URGENT = Style(color="red", bold=True)
# Underlined, so that the evidence is seen without colour too.
EVIDENCE = Style(color="cyan", underline=True)
CHANGED = {"removed": Style(dim=True), "added": Style(bold=True)}


class PipedConsole(Console):
    """A console that leaves a closed pipe to whoever runs the command."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Page:
    """Writes one page to standard output."""

    def __init__(self, session: Session) -> None:
        self.messages = session.messages
        self.date = session.date
        self.console = PipedConsole(
            file=sys.stdout,
            width=None if session.output.on_terminal else WIDEST,
            markup=False,
            highlight=False,
            emoji=False,
            soft_wrap=True,
        )
        self.width = min(self.console.width, WIDEST)
        self.lines: list[int] = []
        # A page is read by a person, who gets words that are not cut for half a second.
        self.words = Segmenter()
        self.words.load()

    def heading(self, text: str) -> None:
        self._print(Text(one_line(text), HEADING))

    def letter(self, letter: Letter, text: str) -> None:
        """All of a letter; ``text`` is the decoded text that its spans refer to."""
        self.lines = [0, *(i + 1 for i, character in enumerate(text) if character == "\n")]
        for check in letter.checks:
            self._field("cli.page.check", check_message(self.messages, check), check.spans, WARNING)
        for number, document in enumerate(letter.documents, start=1):
            self._document(number, len(letter.documents), document)
        self._print(Text())
        self._text(text, letter)

    def hidden(self, row: Row) -> None:
        """A letter in a secret class: its number, sender and date, and nothing of its text."""
        secrecy = self.messages(f"reading.secrecy.{row.secrecy}")
        self._field("reading.field.secrecy", secrecy, style=URGENT)
        for name, value in (("number", row.number), ("sender", row.sender)):
            if value is not None:
                self._field(f"reading.field.{name}", value)
        if row.date is not None:
            self._field("reading.field.date", self.date(row.date))

    def record(self, record: Record) -> None:
        """What people decided about the letter."""
        status = self.messages(f"ledger.status.{record.status}")
        self._field("cli.page.status", status)
        for note in record.notes:
            when = self.date(note.at.astimezone(OFFICE_TIME).date().isoformat())
            self._field("cli.page.note", f"#{note.id} {note.text} — {note.author}, {when}")

    def amendments(self, amendments: Sequence[Amendment]) -> None:
        """What changed each time that the file came with another content."""
        for amendment in amendments:
            at = dt.datetime.fromisoformat(amendment.at).astimezone(OFFICE_TIME)
            when = f"{self.date(at.date().isoformat())} {at:%H:%M}"
            self._print(Text())
            self._print(Text(self.messages("watching.amended.heading", when=when), HEADING))
            for change in amendment.changes:
                values = [*(("removed", value) for value in change.removed)]
                values += [*(("added", value) for value in change.added)]
                for side, value in values:
                    text = self._value(change.field, value)
                    shown = self.messages(f"watching.amended.{side}", value=text)
                    self._field(f"reading.field.{change.field}", shown, style=CHANGED[side])
            if not amendment.changes:
                self._print(Text(self.messages("watching.amended.wording")))

    def _value(self, field: str, value: str | Deadline | Event) -> str:
        match value:
            case Deadline():
                return self._deadline(value)
            case Event():
                return self._event(value)
        if field == "date":
            return self.date(value)
        coded = f"reading.{field}.{value}"
        return self.messages(coded) if coded in self.messages else value

    def _document(self, number: int, total: int, document: Document) -> None:
        kind = self.messages(f"reading.kind.{document.kind}")
        self._print(Text())
        self._print(
            Text(self.messages("cli.page.document", n=number, of=total, kind=kind), HEADING)
        )
        spans, marks = document.spans, document.marks

        def scalar(name: str, value: str | None, style: Style | None = None) -> None:
            if value is not None:
                span = spans.get(name)
                self._field(f"reading.field.{name}", value, () if span is None else (span,), style)

        def several(name: str, values: Sequence[str]) -> None:
            places = marks.get(name, ())
            for index, value in enumerate(values):
                place = places[index : index + 1] if len(places) == len(values) else ()
                self._field(f"reading.field.{name}", value, place)

        if document.urgency is not Urgency.NORMAL:
            scalar("urgency", self.messages(f"reading.urgency.{document.urgency}"), URGENT)
        if document.secrecy != "none":
            scalar("secrecy", self.messages(f"reading.secrecy.{document.secrecy}"), URGENT)
        scalar("number", document.number)
        scalar("date", None if document.date is None else self.date(document.date))
        scalar("sender", document.sender)
        scalar("subject", document.subject)
        several("recipients", document.recipients)
        several("references", [cited.text for cited in document.references])
        several("enclosures", [enclosed.text for enclosed in document.enclosures])
        scalar("action", self.messages(f"reading.action.{document.action}"))
        for ask in document.asks:
            self._field("reading.field.asks", ask.text, (ask.span,))
        for deadline in document.deadlines:
            self._field("reading.field.deadlines", self._deadline(deadline), (deadline.span,))
        for event in document.events:
            self._field("reading.field.events", self._event(event), (event.span,))
        if document.signatory is not None:
            signer = document.signatory
            parts = (signer.name, signer.position, signer.authority)
            scalar("signatory", " · ".join(dict.fromkeys(part for part in parts if part)) or None)
        scalar("owner_unit", document.owner_unit)
        several(
            "contacts",
            [
                " ".join(
                    part
                    for part in (
                        self.messages(f"reading.contact.{contact.type}"),
                        contact.value,
                        contact.name,
                    )
                    if part
                )
                for contact in document.contacts
            ],
        )
        several("links", document.links)
        several(
            "receipts",
            [
                " · ".join(
                    part
                    for part in (
                        receipt.office,
                        receipt.number,
                        None if receipt.date is None else self.date(receipt.date),
                        receipt.time,
                    )
                    if part
                )
                for receipt in document.receipts
            ],
        )

    def _moment(self, iso: str) -> str:
        day, _, time = iso.partition("T")
        return f"{self.date(day)} {time}".rstrip()

    def _deadline(self, deadline: Deadline) -> str:
        when = None if deadline.date is None else self.date(deadline.date)
        if deadline.days is not None:
            counted = self.messages("cli.page.days_after_receipt", days=deadline.days)
            when = counted if when is None else f"{when} ({counted})"
        if when is None:
            when = self.messages(f"reading.basis.{deadline.basis}")
        text = f" — {deadline.text}" if deadline.text else ""
        return f"{when} {deadline.time or ''}".rstrip() + text

    def _event(self, event: Event) -> str:
        times = [self._moment(time) for time in (event.start, event.end) if time is not None]
        status = self.messages(f"reading.event_status.{event.status}")
        return " · ".join(part for part in (" – ".join(times), event.place, status) if part)

    def _field(
        self, label: str, value: str, spans: Iterable[Span] = (), style: Style | None = None
    ) -> None:
        """One field: its label, its value cut at words, and the line of its evidence."""
        value = one_line(value)
        place = ", ".join(dict.fromkeys(str(self._line_of(span[0])) for span in spans))
        if place:
            value += f"  [{self.messages('cli.page.line', n=place)}]"
        head = pad(self.messages(label), LABEL_CELLS) + " "
        for start, end in wrap(value, max(20, self.width - LABEL_CELLS - 1), self.words):
            self._print(Text.assemble((head, LABEL), (value[start:end], style or "")))
            head = " " * (LABEL_CELLS + 1)

    def _line_of(self, offset: int) -> int:
        return bisect_right(self.lines, offset)

    def _text(self, text: str, letter: Letter) -> None:
        """The letter itself with line numbers and its evidence marked."""
        marked = _joined(span for document in letter.documents for span in _evidence(document))
        digits = max(3, len(str(len(self.lines))))
        room = max(20, self.width - digits - 3)
        for number, start in enumerate(self.lines, start=1):
            stop = self.lines[number] - 1 if number < len(self.lines) else len(text)
            line = text[start:stop].rstrip("\r")
            gutter = f"{number:>{digits}} │ "
            for cut, end in wrap(line, room, self.words) or [(0, 0)]:
                row = Text.assemble((gutter, LABEL))
                _append(row, text, (start + cut, start + end), marked)
                self._print(row)
                gutter = " " * digits + " │ "

    def _print(self, text: Text) -> None:
        text.rstrip()
        self.console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _evidence(document: Document) -> Iterable[Span]:
    yield from document.spans.values()
    for several in document.marks.values():
        yield from several
    yield from (ask.span for ask in document.asks)
    yield from (deadline.span for deadline in document.deadlines)
    yield from (event.span for event in document.events)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _append(row: Text, text: str, span: Span, marked: Sequence[Span]) -> None:
    position, stop = span
    for start, end in marked[max(0, bisect_right(marked, (position, position)) - 1) :]:
        if start >= stop:
            break
        if end <= position:
            continue
        if start > position:
            row.append(visible(text[position:start]), "")
            position = start
        row.append(visible(text[position : min(end, stop)]), EVIDENCE)
        position = min(end, stop)
    row.append(visible(text[position:stop]), "")
