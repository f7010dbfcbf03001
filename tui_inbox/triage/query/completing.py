"""What can be typed next: names of fields, their values, the inbox's senders, units and tags."""

from __future__ import annotations

import re

import msgspec

from tui_inbox.triage.query import names
from tui_inbox.triage.query.days import OFFERED
from tui_inbox.triage.query.names import BY_NAME, DAYS, FIELDS, Field

#: More candidates than fit anywhere help nobody.
MOST = 8
_TERM = re.compile(
    r'(?:^|[\s(])(?P<minus>-?)(?P<name>[^\s:"()\-][^\s:"()]*):[ ]?(?P<value>"[^"]*|[^\s")]*)$'
)
_START = re.compile(r'(?:^|[\s(])-?(?P<word>[^\s:"()\-]*)$')


class Vocabulary(msgspec.Struct, frozen=True):
    """What this inbox knows, the most frequent first."""

    senders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Completions(msgspec.Struct, frozen=True):
    """What may stand in ``text[start:end]`` instead, the likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...] = ()

    def apply(self, text: str, candidate: str) -> tuple[str, int]:
        """``text`` with the candidate put in, and where the cursor then stands."""
        done = text[: self.start] + candidate + text[self.end :]
        return done, self.start + len(candidate)


def complete(text: str, cursor: int, vocabulary: Vocabulary, *, language: str) -> Completions:
    """What can stand where the cursor is, given what is typed before it.

    ``language`` (``th`` or ``en``) decides which names are offered; both are understood. A name
    of a field is offered from its first letter on.
    """
    before = text[:cursor]
    term = _TERM.search(before)
    if term is not None:
        field = BY_NAME.get(term["name"].casefold())
        if field is None:
            return Completions(cursor, cursor)
        typed = term["value"]
        start = term.start("value")
        if field in names.CHOICES and "," in typed:
            start += typed.rindex(",") + 1
            typed = typed[typed.rindex(",") + 1 :]
        found = _values(field, typed.lstrip('"').casefold(), vocabulary, language)
        return Completions(start, cursor, tuple(found[:MOST]))
    begun = _START.search(before)
    if begun is None or not begun["word"]:
        return Completions(cursor, cursor)
    word = begun["word"].casefold()
    found = _begins(
        [(one, f"{one}:") for each in FIELDS.values() for one in (*each.thai, *each.english)], word
    )
    preferred = [name for name in found if BY_NAME[name[:-1]] in FIELDS and _is_usual(name)]
    ordered = list(dict.fromkeys([*preferred, *found]))
    return Completions(begun.start("word"), cursor, tuple(ordered[:MOST]))


def _is_usual(name: str) -> bool:
    bare = name[:-1]
    each = FIELDS[BY_NAME[bare]]
    return bare in (each.thai[0], each.english[0])


def _values(field: Field, typed: str, vocabulary: Vocabulary, language: str) -> list[str]:
    if field in names.CHOICES:
        known = [
            (one, one)
            for _, each in names.CHOICES[field]
            for one in (each.thai if language == "th" else each.english)[:1]
        ]
        other = [
            (one, one) for _, each in names.CHOICES[field] for one in (*each.thai, *each.english)
        ]
        return _begins(known, typed) or (_begins(other, typed) if typed else [])
    if field in DAYS:
        return _begins([(word, word) for word in OFFERED[language]], typed)
    pool = {
        Field.SENDER: vocabulary.senders,
        Field.ASSIGNEE: vocabulary.people,
        Field.TAG: vocabulary.tags,
    }.get(field, ())
    quoted = [(one.casefold(), quote(one)) for one in pool]
    begin = _begins(quoted, typed)
    within = [shown for one, shown in quoted if typed and typed in one and one != typed]
    return list(dict.fromkeys([*begin, *within]))


def _begins(pairs: list[tuple[str, str]], typed: str) -> list[str]:
    """What begins with the letters typed and is not just that."""
    return [shown for one, shown in pairs if one.startswith(typed) and shown != typed]


def quote(value: str) -> str:
    """``value`` as it is typed in a query: in quotes where it would not stand as one word."""
    if re.fullmatch(r'[^\s"(),:\-][^\s"()]*', value):
        return value
    return '"' + value.replace('"', " ") + '"'
