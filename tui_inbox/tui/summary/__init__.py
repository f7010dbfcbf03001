"""The summary of a letter as paragraphs: what is asked, by when, of whom, and how it is known."""

from __future__ import annotations

from collections.abc import Sequence

from tui_inbox.letter import Letter
from tui_inbox.service import Amendment
from tui_inbox.triage import Row
from tui_inbox.triage.related import Related
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.summary.amended import add_amendments
from tui_inbox.tui.summary.file import add_documents, add_file
from tui_inbox.tui.summary.head import add_head
from tui_inbox.tui.summary.letter import add_more, add_origin
from tui_inbox.tui.summary.other import problem_page, secret_page
from tui_inbox.tui.summary.page import Page
from tui_inbox.tui.summary.related import add_related
from tui_inbox.tui.summary.task import add_task
from tui_inbox.tui.wording import Words

__all__ = ["problem_page", "secret_page", "summary_page"]


def summary_page(
    row: Row,
    letter: Letter,
    words: Words,
    amendments: Sequence[Amendment] = (),
    related: Sequence[Related] = (),
) -> list[Paragraph]:
    """Everything that is worth knowing of a letter, the most pressing first."""
    cover = letter.cover
    if cover is None:
        return problem_page(row, words)
    page = Page(row, letter, words)
    add_head(page, cover)
    add_amendments(page, amendments)
    add_task(page)
    add_origin(page, cover)
    add_documents(page)
    add_related(page, related)
    add_more(page, cover)
    add_file(page)
    return page.found
