"""What stands at the top: the subject, and in one line how the letter stands."""

from __future__ import annotations

from tui_inbox.gist import gist
from tui_inbox.letter import Document, Secrecy, Urgency
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.summary.page import Page, Part
from tui_inbox.tui.wording import CLOSED, URGENCY_MARK


def add_head(page: Page, cover: Document) -> None:
    words = page.words
    page.found.append(
        Paragraph(
            words.value(cover.subject),
            style="title",
            source=cover.spans.get("subject"),
            field="subject",
        )
        if cover.subject
        else Paragraph(words.no_subject(cover.kind, gist(cover)), style="title")
    )
    page.line(_standing(page, cover), indent=0, style="dim")
    row = page.row
    if row.tags:
        tags = " ".join(f"#{words.one_line(tag)}" for tag in row.tags)
        page.line(tags, indent=0, style="tag")


def _standing(page: Page, cover: Document) -> list[Part]:
    words, row = page.words, page.row
    parts: list[Part] = []
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
        who = words.one_line(row.assignee)
        parts.append((words("summary.assignee", who=who), "strong"))
    registered = words.register(row)
    if registered is not None:
        parts.append((registered, "strong"))
    return parts
