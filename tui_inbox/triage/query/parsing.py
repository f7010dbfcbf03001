"""What a person types -> a query.

Words are found as they stand, with their spaces: ``อบ 0023.3/ว 2566``, ``เวลา 10:30`` and an
address on the web are text. Only what cannot well be text is more: ``name:value`` with a name of
the language, ``"…"``, ``-`` in front of a word, ``หรือ``/``or`` between two parts, and brackets
around any of these.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from tui_inbox.triage.errors import QueryError
from tui_inbox.triage.query import names
from tui_inbox.triage.query.days import WITH_SPACES, days
from tui_inbox.triage.query.names import BY_NAME, DAYS, Field
from tui_inbox.triage.query.syntax import (
    And,
    Contains,
    Member,
    Node,
    Not,
    Or,
    Text,
    When,
)

_ARABIC = {ord("๐") + n: str(n) for n in range(10)}
_FIELD = re.compile(r'(?P<name>[^\s:"()\-][^\s:"()]{0,23}):')
_WORD = re.compile(r"\S+")
# Bytes of the command line that are no UTF-8 come as these, and no index takes them.
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s*")
_QUOTES = {'"': '"', "“": "”", "„": "”"}
_REGISTER = re.compile(r"\d{1,9}(?:/\d{2,4})?")
# A name of at least this many characters may be misspelt by one; a shorter one is another word.
_LONG_NAME = 4


def parse(text: str, *, today: dt.date) -> Node | None:
    """The query that ``text`` is; ``None`` if it asks for nothing.

    :raises QueryError: it cannot be read, with the place and what was probably meant.
    """
    parser = _Parser(_SURROGATE.sub("\ufffd", text), today)
    return parser.alternatives(0, len(text))


def is_plain(text: str, *, today: dt.date) -> bool:
    """Whether a query is nothing but words to be found as they stand."""
    try:
        return isinstance(parse(text, today=today), Text | None)
    except QueryError:
        return False


class _Parser:
    def __init__(self, text: str, today: dt.date) -> None:
        self.text = text
        self.today = today

    def alternatives(self, start: int, end: int) -> Node | None:
        """One or more parts with ``หรือ`` between them, in ``text[start:end]``."""
        parts: list[Node] = []
        gathered = _Gathered(self.text)
        at = start
        while (at := self._skip(at, end)) < end:
            word = self._word(at, end)
            if word.casefold() in names.OR and gathered:
                after = self._skip(at + len(word), end)
                if after < end:
                    parts.append(gathered.node())
                    gathered = _Gathered(self.text)
                    at = after
                    continue
                if gathered.structured or parts:
                    raise QueryError("or_end", (at, at + len(word)), details={"word": word})
            at = self._term(at, end, gathered)
        if gathered:
            parts.append(gathered.node())
        if len(parts) > 1:
            return Or(tuple(parts))
        return parts[0] if parts else None

    def _term(self, at: int, end: int, gathered: _Gathered) -> int:
        """Read what begins at ``at``; where it ends."""
        text = self.text
        begin, excluded = at, False
        if text[at] == "-" and at + 1 < end and self._excludes(at + 1):
            at, excluded = at + 1, True
        node, after = self._bracket(at, end)
        if node is None:
            node, after = self._field(at, end)
        if node is None and text[at] in _QUOTES:
            quoted, after = self._quoted(at, end)
            node = Text(quoted) if quoted.strip() else None
            if node is None:
                return after
        if node is None:
            after = at + len(self._word(at, end))
            if not excluded:
                gathered.plain(begin, after)
                return after
            node = Text(text[at:after])
        gathered.add(Not(node) if excluded else node)
        return after

    def _excludes(self, at: int) -> bool:
        """Whether a ``-`` before ``at`` excludes: not in ``09.00 -12.00``, ``- ๒ -``, ``--``."""
        character = self.text[at]
        return not (character.isspace() or character.isdecimal() or character in "-–—,.")

    def _bracket(self, at: int, end: int) -> tuple[Node | None, int]:
        """A group; brackets around nothing but words are text, as in ``กค (กวจ) 0405.2``."""
        if self.text[at] != "(":
            return None, at
        close = self._closing(at, end)
        inner = self.alternatives(at + 1, end if close is None else close)
        if inner is None or isinstance(inner, Text):
            quoted = self.text[self._skip(at + 1, end) : end][:1] in _QUOTES
            if not quoted or inner is None:
                return None, at
        if close is None:
            raise QueryError("open_bracket", (at, at + 1))
        return inner, close + 1

    def _closing(self, at: int, end: int) -> int | None:
        depth, quote = 0, ""
        for place in range(at, end):
            character = self.text[place]
            if quote:
                quote = "" if character == quote else quote
            elif character in _QUOTES and self.text[place - 1] in " (:":
                quote = _QUOTES[character]
            elif character == "(":
                depth += 1
            elif character == ")":
                depth -= 1
                if not depth:
                    return place
        return None

    def _field(self, at: int, end: int) -> tuple[Node | None, int]:
        match = _FIELD.match(self.text, at, end)
        if match is None or self.text.startswith("//", match.end()):
            return None, at
        name = match["name"].casefold()
        field = BY_NAME.get(name)
        if field is None:
            self._refuse_misspelt(match)
            return None, at
        value_at = self._skip(match.end(), end)
        if value_at == end:
            raise QueryError("no_value", (at, match.end()), details={"name": match["name"]})
        if self.text[value_at] in _QUOTES:
            value, after = self._quoted(value_at, end)
            quoted = True
        else:
            after = value_at + len(self._value(field, value_at, end))
            value, quoted = self.text[value_at:after], False
        span = (value_at, after)
        if not value.strip():
            raise QueryError("no_value", (at, after), details={"name": match["name"]})
        if field in names.CHOICES:
            return self._member(field, match["name"], value, span), after
        if field in DAYS:
            return self._when(field, match["name"], value, span), after
        if field is Field.REGISTER and not _REGISTER.fullmatch(value.translate(_ARABIC)):
            raise QueryError("bad_number", span, details={"value": value})
        return Contains(field, value, quoted), after

    def _refuse_misspelt(self, match: re.Match[str]) -> None:
        name = match["name"].casefold()
        following = self.text[match.end() : match.end() + 1]
        if len(name) < _LONG_NAME or not following or following.isspace():
            return
        nearest = _nearest(name, tuple(BY_NAME), most=1)
        if nearest is not None:
            raise QueryError(
                "unknown_field",
                (match.start(), match.end()),
                nearest=f"{nearest}:",
                details={"name": match["name"]},
            )

    def _member(self, field: Field, name: str, value: str, span: tuple[int, int]) -> Node:
        found: list[StrEnum] = []
        for word in value.split(","):
            members = names.choice(field, word.strip().casefold())
            if members is None:
                known = [
                    one for _, each in names.CHOICES[field] for one in (*each.thai, *each.english)
                ]
                language = "en" if name.isascii() else "th"
                raise QueryError(
                    "unknown_value",
                    span,
                    nearest=_nearest(word.strip().casefold(), known, most=3),
                    details={
                        "name": name,
                        "value": word,
                        "choices": " ".join(names.words_of(field, language)),
                    },
                )
            found += members
        return Member(field, tuple(found))

    def _when(self, field: Field, name: str, value: str, span: tuple[int, int]) -> Node:
        plain = " ".join(value.translate(_ARABIC).casefold().split())
        found = days(plain, self.today, ahead=field in {Field.DUE, Field.EVENT})
        if found is None:
            raise QueryError("bad_day", span, details={"name": name, "value": value})
        return When(field, found)

    # Pieces of text

    def _value(self, field: Field, at: int, end: int) -> str:
        if field in DAYS:
            from tui_inbox.thai.dates import month_of

            match = WITH_SPACES.match(self.text.translate(_ARABIC), at, end)
            if match is not None and month_of(match["month"] or match["only"]):
                return self.text[at : match.end()]
        return self._word(at, end)

    def _quoted(self, at: int, end: int) -> tuple[str, int]:
        """The text in quotes; a quote that is still open goes to the end."""
        close = self.text.find(_QUOTES[self.text[at]], at + 1, end)
        return (
            (self.text[at + 1 : end], end) if close < 0 else (self.text[at + 1 : close], close + 1)
        )

    def _word(self, at: int, end: int) -> str:
        match = _WORD.match(self.text, at, end)
        return "" if match is None else match[0]

    def _skip(self, at: int, end: int) -> int:
        match = _SPACES.match(self.text, at, end)
        return at if match is None else match.end()


class _Gathered:
    """The terms of one part; neighbouring words are one text, as typed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes: list[Node | tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._nodes)

    @property
    def structured(self) -> bool:
        return any(not isinstance(node, tuple) for node in self._nodes)

    def plain(self, start: int, end: int) -> None:
        last = self._nodes[-1] if self._nodes else None
        if isinstance(last, tuple):
            self._nodes[-1] = (last[0], end)
        else:
            self._nodes.append((start, end))

    def add(self, node: Node) -> None:
        self._nodes.append(node)

    def node(self) -> Node:
        nodes = tuple(
            Text(self._text[node[0] : node[1]]) if isinstance(node, tuple) else node
            for node in self._nodes
        )
        return nodes[0] if len(nodes) == 1 else And(nodes)


def _nearest(word: str, known: tuple[str, ...] | list[str], *, most: int) -> str | None:
    """The known word that is at most ``most`` slips of the keyboard away."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = min(most, max(1, len(word) // 2))
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=most)
    return None if best is None else str(best[0])
