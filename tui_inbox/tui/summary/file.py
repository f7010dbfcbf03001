"""The documents that came in the file, and the file itself."""

from __future__ import annotations

from tui_inbox.letter import Urgency
from tui_inbox.tui.summary.page import Page


def add_documents(page: Page) -> None:
    """The outline of a bundle; choosing a document shows where it begins."""
    if not page.is_bundle:
        return
    words = page.words
    page.heading("documents")
    for index, document in enumerate(page.letter.documents, 1):
        parts = [
            words.enum("kind", document.kind),
            document.number and words.value(document.number),
            document.date and words.date(document.date, short=True),
            document.sender and words.value(document.sender),
            document.subject and words.value(document.subject),
        ]
        if document.urgency is not Urgency.NORMAL:
            parts.insert(1, words.enum("urgency", document.urgency))
        page.line(
            " · ".join(part for part in parts if part),
            label=words("summary.document", number=words.number(index)),
            source=document.span,
            field="document",
        )


def add_file(page: Page) -> None:
    words, row = page.words, page.row
    page.heading("file")
    for path in row.paths or (row.path,):
        page.line(words.one_line(path), label=words("summary.path"))
    if page.letter.encoding:
        page.line(page.letter.encoding, label=words("summary.encoding"))
    page.line(words.moment(row.received), label=words("summary.received"))
    page.line(row.id[:8], label=words("summary.id"))
