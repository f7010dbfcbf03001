"""What a query is made of once it has been read, and what can be wrong with one."""

from __future__ import annotations

import msgspec

from tui_inbox.triage.query.days import Days
from tui_inbox.triage.query.names import Choice, Field

Span = tuple[int, int]
"""A place in the query as it was typed, half open."""


class Text(msgspec.Struct, frozen=True):
    """Words to be found as they stand, anywhere in the letter, its head, paths and notes."""

    text: str


class Member(msgspec.Struct, frozen=True):
    """A field whose value is one of a fixed set."""

    field: Field
    members: Choice


class When(msgspec.Struct, frozen=True):
    """A field whose value is a day."""

    field: Field
    days: Days


class Contains(msgspec.Struct, frozen=True):
    """A field whose value contains some text. ``quoted``: it is text even where it is a word of
    the language (``me``, ``none``)."""

    field: Field
    text: str
    quoted: bool = False


class Not(msgspec.Struct, frozen=True):
    term: Node


class And(msgspec.Struct, frozen=True):
    terms: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    terms: tuple[Node, ...]


Node = Text | Member | When | Contains | Not | And | Or


def texts(node: Node | None) -> tuple[str, ...]:
    """The texts that a found letter holds somewhere: what a reader wants to see marked."""
    match node:
        case Text(text):
            return (text,)
        case And(terms) | Or(terms):
            return tuple(text for term in terms for text in texts(term))
        case _:
            return ()


def fields_of(node: Node | None) -> frozenset[Field]:
    """The fields that a query asks of, excluded ones too."""
    match node:
        case Member(field) | When(field) | Contains(field):
            return frozenset({field})
        case Not(term):
            return fields_of(term)
        case And(terms) | Or(terms):
            return frozenset().union(*(fields_of(term) for term in terms))
        case _:
            return frozenset()
