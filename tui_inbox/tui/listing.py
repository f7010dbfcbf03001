"""What the list says of a letter, piece by piece; the list decides where each piece goes."""

from __future__ import annotations

from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row, Status
from tui_inbox.tui.wording import CHECK_MARK, CLOSED, NOTE_MARK, PIN_MARK, Words, is_secret

Piece = tuple[str, str]
"""Text, made safe for the screen, and the name of its style."""


def is_unread_file(row: Row) -> bool:
    """Whether the row is a file and not (or not yet) a letter."""
    return row.problem is not None or (row.growing is not None and row.sha256 is None)


def due(row: Row, words: Words) -> Piece:
    """When it is due, else why it stands where it stands."""
    # That a file cannot be read is its status; its reason would say it again.
    if row.problem is not None:
        return "", ""
    text, style = words.standing(row)
    return text, style or ("dim" if row.status in CLOSED else "subject")


def status(row: Row, words: Words) -> Piece:
    """The status in a word; of a letter that was given to somebody, to whom."""
    if row.problem is not None:
        return words("status.problem"), "problem"
    if row.growing is not None and row.sha256 is None:
        return "", ""
    if row.status is Status.ASSIGNED and row.assignee:
        return words("list.given", who=one_line(row.assignee)), "subject"
    style = "new" if row.status is Status.NEW else "dim" if row.status in CLOSED else "subject"
    if row.status is Status.NEW and row.read:
        return words("status.read"), "dim"
    return words.status(row.status), style


def number(row: Row, words: Words) -> Piece:
    if row.number:
        return words.value(row.number), "number"
    return words("list.no_number"), "dim"


def sender(row: Row, words: Words) -> Piece:
    if row.sender:
        return words.value(row.sender), "subject"
    return words("list.no_sender"), "dim"


def subject(row: Row, words: Words) -> Piece:
    """The subject, or in brackets why there is none to see."""
    if is_secret(row):
        return words("list.secret", secrecy=words.enum("secrecy", row.secrecy)), "dim"
    if row.subject:
        return words.value(row.subject), "closed" if row.status in CLOSED else "subject"
    said = words.no_subject(row.kind, row.gist)
    return said, "subject" if row.gist and row.status not in CLOSED else "dim"


def tags(row: Row) -> Piece:
    return " ".join(f"#{one_line(tag)}" for tag in row.tags), "tag"


def register(row: Row, words: Words) -> Piece:
    """The number in the register of letters received, with its year."""
    return words.register(row) or "", "number"


def news(row: Row, words: Words) -> Piece:
    """What happened to the letter's file since it was read."""
    told = [
        words(f"list.{name}")
        for name, is_so in (("amended", row.amended), ("gone", row.gone))
        if is_so
    ]
    if row.growing is not None and row.sha256 is not None:
        told.append(words("list.growing"))
    return ", ".join(told), "check"


def flags(row: Row, words: Words) -> list[Piece]:
    """Pinned, notes, checks: a sign with its number each, one blank between them."""
    signs: list[Piece] = []
    if row.pinned:
        signs.append((PIN_MARK, "pin"))
    if row.notes:
        signs.append((f"{NOTE_MARK}{words.number(min(row.notes, 99))}", "note"))
    if row.checks:
        signs.append((f"{CHECK_MARK}{words.number(min(len(row.checks), 99))}", "check"))
    return [piece for sign in signs for piece in (sign, (" ", ""))]


def file_pieces(row: Row, words: Words) -> tuple[Piece, Piece]:
    """Of a file that is no letter: its path, and why that is so."""
    why = words.reason(row) if row.problem is None else words.problem(row.problem)
    return (one_line(row.path), "subject"), (one_line(why), "dim")


def facts(row: Row, words: Words, columns: tuple[str, ...]) -> list[Piece]:
    """The pieces of the second line, those that are empty left out."""
    found = [news(row, words)]
    for column in columns:
        if column == "number":
            found.append(number(row, words))
        elif column == "sender":
            found.append(sender(row, words))
        elif column == "date" and row.date:
            found.append((words.date(row.date, short=True), "number"))
        elif column == "received":
            found.append((words.moment(row.received), "number"))
        elif column == "register":
            found.append(register(row, words))
        elif column == "tags":
            found.append(tags(row))
    return [piece for piece in found if piece[0]]
