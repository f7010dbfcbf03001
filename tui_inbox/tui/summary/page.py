"""A page of labelled values: what the parts of the summary are built of."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.letter import Document, Letter, Span
from tui_inbox.triage import Row
from tui_inbox.tui.paragraphs import Marked, Paragraph
from tui_inbox.tui.wording import Words

INDENT = 16

Part = tuple[str, str]
"""Text and the name of its style."""


class Page:
    """Gathers the paragraphs of one letter, in their order."""

    def __init__(self, row: Row, letter: Letter, words: Words) -> None:
        self.row = row
        self.letter = letter
        self.words = words
        self.found: list[Paragraph] = []

    @property
    def is_bundle(self) -> bool:
        """Whether the file holds more than one document."""
        return len(self.letter.documents) > 1

    def blank(self) -> None:
        self.found.append(Paragraph(""))

    def heading(self, name: str) -> None:
        self.blank()
        self.found.append(Paragraph(self.words(f"summary.heading.{name}"), style="heading"))

    def line(
        self,
        parts: str | Iterable[Part],
        *,
        label: str = "",
        style: str = "",
        indent: int = INDENT,
        separator: str = " · ",
        source: Span | None = None,
        field: str = "",
        letter: str | None = None,
    ) -> None:
        """One labelled paragraph, of a text or of styled parts that are joined."""
        text, marks = (parts, ()) if isinstance(parts, str) else joined(parts, separator)
        self.found.append(
            Paragraph(
                text,
                marks=marks,
                label=label,
                indent=indent,
                style=style,
                source=source,
                field=field,
                letter=letter,
            )
        )

    def label(self, field: str) -> str:
        """The field's name, the short one of the screen where the full one is too wide."""
        key = f"summary.field.{field}"
        words = self.words
        if f"tui.{key}" in words.messages:
            return words(key)
        return words.enum("field", field)

    def value(self, field: str, value: str | None, document: Document) -> None:
        """One value of a document; where there is none that is said."""
        self.line(
            self.words.value(value) if value else self.words("summary.not_found"),
            label=self.label(field),
            style="" if value else "dim",
            source=document.spans.get(field),
            field=field,
        )

    def values(
        self,
        field: str,
        values: Iterable[str],
        document: Document,
        *,
        wanted: bool = False,
        style: str = "",
    ) -> None:
        """One line a value; ``wanted`` says "not found" where there is none."""
        label = self.label(field)
        spans = document.marks.get(field, ())
        empty = True
        for index, value in enumerate(values):
            source = spans[index] if index < len(spans) else document.spans.get(field)
            self.line(value, label=label, style=style, source=source, field=field)
            label, empty = "", False
        if empty and wanted:
            self.line(self.words("summary.not_found"), label=label, style="dim")


def joined(parts: Iterable[Part], separator: str) -> tuple[str, tuple[Marked, ...]]:
    """The parts as one text, and where in it the styled ones stand."""
    text, marks = "", []
    for part, style in parts:
        if text:
            text += separator
        if style:
            marks.append((len(text), len(text) + len(part), style))
        text += part
    return text, tuple(marks)
