"""What is shown in place of a summary."""

from __future__ import annotations

from tui_inbox.triage import Row
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.summary.page import INDENT
from tui_inbox.tui.wording import CHECK_MARK, Words


def problem_page(row: Row, words: Words) -> list[Paragraph]:
    """What can be said of a file that is no letter: why, and what to do."""
    why = "" if row.problem is None else words.one_line(words.problem(row.problem))
    return [
        Paragraph(words("problem.title"), style="title"),
        Paragraph(words.one_line(row.path), style="strong"),
        Paragraph(""),
        Paragraph(f"{CHECK_MARK} {why}", style="warning"),
        Paragraph(""),
        Paragraph(words("problem.what_to_do")),
        Paragraph(words("problem.kept"), style="dim"),
    ]


def secret_page(row: Row, words: Words) -> list[Paragraph]:
    """What is shown of a secret-class letter before somebody opens it on purpose."""
    found = [Paragraph(words.enum("secrecy", row.secrecy), style="warning"), Paragraph("")]
    for name, value in (("number", row.number), ("sender", row.sender)):
        shown = words.value(value) if value else words("summary.not_found")
        label = words(f"summary.field.{name}")
        found.append(Paragraph(shown, label=label, indent=INDENT))
    return [*found, Paragraph(""), Paragraph(words("secret.hidden"))]
