"""A table to be handed on: worded already, before it takes the form of a file."""

from __future__ import annotations

import datetime as dt

import msgspec


class Column(msgspec.Struct, frozen=True):
    """``width`` in characters of the form's type."""

    head: str
    width: int


class Group(msgspec.Struct, frozen=True):
    """Rows under a heading of their own; ``name`` is ``None`` where the table has no parts."""

    name: str | None
    rows: tuple[tuple[str, ...], ...]


class Sheet(msgspec.Struct, frozen=True):
    """``under`` are the lines below the title, ``foot`` those below the table. ``made`` is the day
    of which the sheet tells. ``page`` is what stands in the corner of each page, ``{page}`` for its
    number. Every text is on one line, without control characters."""

    title: str
    under: tuple[str, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    foot: tuple[str, ...]
    author: str
    made: dt.date
    language: str
    page: str
    thai_digits: bool = False

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(row for group in self.groups for row in group.rows)
