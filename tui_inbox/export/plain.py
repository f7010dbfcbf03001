"""A sheet as plain text, for a terminal, a mail or a chat."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.export.sheet import Column, Sheet
from tui_inbox.thai.wrap import Segment, wrap

#: Cells of a line, where nobody says otherwise, and of what a row's lines are set in by.
WIDTH = 80
_INDENT = 4
#: A column of this many characters has a line of its own.
_WIDE = 30
_BETWEEN = " · "


def plain_text(sheet: Sheet, width: int = WIDTH, segment: Segment | None = None) -> str:
    """Each row is a few lines: what it has, named by the columns' heads; nothing is cut off.

    :param segment: where Thai may be broken; by rules where it is not said.
    """
    lines = [sheet.title, *sheet.under, ""]
    for group in sheet.groups:
        if group.name is not None:
            lines += [group.name, ""]
        for number, row in enumerate(group.rows, 1):
            for place, text in enumerate(_parts(sheet.columns, row)):
                for start, end in wrap(text, max(20, width - _INDENT), segment):
                    lead = f"{number}." if place == 0 and start == 0 else ""
                    lines.append(f"{lead:<{_INDENT}}{text[start:end]}")
        lines.append("")
    return "\n".join([*lines, *sheet.foot]).rstrip("\n") + "\n"


def _parts(columns: tuple[Column, ...], row: tuple[str, ...]) -> Iterator[str]:
    """The row's lines before they are wrapped: short values side by side, long ones alone."""
    short: list[str] = []
    for column, text in zip(columns, row, strict=True):
        if not text:
            continue
        named = f"{column.head} {text}"
        if column.width < _WIDE:
            short.append(named)
            continue
        if short:
            yield _BETWEEN.join(short)
            short = []
        yield named
    if short:
        yield _BETWEEN.join(short)
