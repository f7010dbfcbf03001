"""Notes and history of a letter as paragraphs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from tui_inbox.locale.decisions import value_text
from tui_inbox.service import Edit, HistoryItem, Op, Record
from tui_inbox.thai.cells import one_line
from tui_inbox.tui.paragraphs import Paragraph
from tui_inbox.tui.wording import Words

INDENT = 4
# Cells of a short date and a time of day, and a blank.
_WHEN = 19
# What the file did is no decision of anybody; undo and redo are told by what they undid.
_SILENT = frozenset({Op.READ, Op.IDENTIFY})


def history_page(
    record: Record, history: tuple[HistoryItem, ...], draft: str | None, words: Words
) -> list[Paragraph]:
    """The notes, newest last, then who did what when, newest first."""
    found = [Paragraph(words("history.notes"), style="heading")]
    for note in record.notes:
        when = _moment(note.at, words)
        key = "history.note_by" if note.edited is None else "history.note_edited"
        found.append(Paragraph(words(key, author=one_line(note.author), at=when), style="dim"))
        found += [Paragraph(line, indent=INDENT) for line in note.text.split("\n")]
        found.append(Paragraph(""))
    if not record.notes:
        found += [Paragraph(words("history.no_notes"), style="dim"), Paragraph("")]
    if draft:
        found.append(Paragraph(words("history.draft"), style="warning"))
        found += [Paragraph(line, indent=INDENT, style="dim") for line in draft.split("\n")]
        found.append(Paragraph(""))
    found.append(Paragraph(words("history.history"), style="heading"))
    shown = [item for item in reversed(history) if item.kind not in _SILENT]
    for item in shown:
        text = f"{one_line(item.author)}  {_what(item, words)}"
        if item.undone:
            text += f"  {words('history.undone')}"
        found.append(
            Paragraph(
                text,
                label=_moment(item.at, words),
                indent=_WHEN,
                style="dim" if item.undone else "",
            )
        )
    if not shown:
        found.append(Paragraph(words("history.no_history"), style="dim"))
    return found


def inbox_lines(
    history: tuple[HistoryItem, ...], names: Mapping[str, str], words: Words
) -> list[tuple[str, str, str]]:
    """The whole inbox's history, newest first: entry's number, what was done, who and when.

    ``names`` are those of the letters by their ids.
    """
    found = []
    for item in reversed(history):
        if item.kind in _SILENT:
            continue
        ids = list(dict.fromkeys(edit.id for edit in item.edits))
        letters = names.get(ids[0], ids[0][:8]) if len(ids) == 1 else ""
        count = words("count.letters", count=words.number(len(ids)))
        # Of several letters one value would stand for all: only that they were is told.
        what = _what(item, words) if len(ids) == 1 else words.messages(f"ledger.op.{item.kind}")
        text = f"{letters or count}  {what}"
        if item.undone:
            text += f"  {words('history.undone')}"
        who = f"{one_line(item.author)} · {_moment(item.at, words)}"
        found.append((str(item.seq), one_line(text), who))
    return found


def _moment(at: dt.datetime, words: Words) -> str:
    return words.moment(at.isoformat())


def _what(item: HistoryItem, words: Words) -> str:
    """The kind of the entry and what it changed: ``กำหนดสถานะ: เรื่องใหม่ → ดำเนินการแล้ว``."""
    messages = words.messages
    text = messages(f"ledger.op.{item.kind.value}")
    changes = [
        f"{before} → {after}"
        for edits in _by_letter(item)
        for before, after in _changed(edits, words)
    ]
    return f"{text}: {', '.join(changes)}" if changes else text


def _by_letter(item: HistoryItem) -> Iterable[dict[str, Edit]]:
    """The entry's plain fields, letter by letter."""
    found: dict[str, dict[str, Edit]] = {}
    for edit in item.edits:
        if edit.key is None and edit.field:
            found.setdefault(edit.id, {})[edit.field] = edit
    return found.values()


def _changed(edits: dict[str, Edit], words: Words) -> Iterable[tuple[str, str]]:
    """Each value before and after; a register number with its year, as it is written."""
    year = edits.get("register_year")
    for field, edit in edits.items():
        if field == "register_number":
            before, after = (year.before, year.after) if year else (None, None)
            yield _register(edit.before, before, words), _register(edit.after, after, words)
        elif field != "register_year" or "register_number" not in edits:
            yield _value(field, edit.before, words), _value(field, edit.after, words)


def _register(number: object, year: object, words: Words) -> str:
    """``124/2569``."""
    shown = _value("register_number", number, words)
    return (
        shown
        if number is None or year is None
        else f"{shown}/{_value('register_year', year, words)}"
    )


def _value(field: str, value: object, words: Words) -> str:
    if value is None or value == "":
        return words.messages("ledger.empty")
    text = str(value)
    if field == "status" and f"tui.status.{text}" in words.messages:
        return words(f"status.{text}")
    if field == "register_year":
        return value_text(words.messages, field, value)
    return words.date(text) if field == "due" else one_line(text)
