"""What can be wrong with a setting."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class SettingsErrorCode(StrEnum):
    """What is wrong; the catalogue words it as ``config.error.<code>``."""

    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_VARIABLE = "unknown_variable"
    NOT_HERE = "not_here"
    NO_ASSIGNMENT = "no_assignment"
    WRONG_TYPE = "wrong_type"
    BAD_CHOICE = "bad_choice"
    OUT_OF_RANGE = "out_of_range"
    BAD_TEXT = "bad_text"
    BAD_COMMAND = "bad_command"
    UNKNOWN_COMMAND = "unknown_command"
    BAD_KEY = "bad_key"
    KEY_TAKEN = "key_taken"

    BAD_LINES = "bad_lines"
    UNKNOWN_FIELD = "unknown_field"
    NOT_TOML = "not_toml"
    NOT_UTF8 = "not_utf8"
    NOT_REGULAR = "not_regular"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class SettingsError(Exception):
    """A setting that cannot be used.

    ``source`` is the file's path, the environment variable's name or ``--set``; ``line`` counts
    from 1; ``key`` is dotted (``watch.delay``); ``nearest`` the key or the choice that was
    probably meant; ``details`` the other fields of the code's text (``expected`` is the name of a
    ``config.expected`` text).
    """

    def __init__(
        self,
        code: SettingsErrorCode,
        source: str,
        *,
        line: int | None = None,
        key: str | None = None,
        nearest: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        self.code = code
        self.source = source
        self.line = line
        self.key = key
        self.nearest = nearest
        self.details = dict(details or {})
        where = source if line is None else f"{source}:{line}"
        super().__init__(f"{where}: {code} {key or ''} {self.details or ''}".rstrip())


def nearest(word: str, known: Mapping[str, object] | list[str]) -> str | None:
    """The one of ``known`` that ``word`` was probably meant to be."""
    from rapidfuzz import fuzz, process

    # A key in the wrong table (``delay`` for ``watch.delay``) counts by its last part.
    def likeness(one: str, other: str, **_: object) -> float:
        return max(
            fuzz.ratio(one, other),
            fuzz.ratio(one.rpartition(".")[2], other.rpartition(".")[2]) - 5,
        )

    best = process.extractOne(word, list(known), scorer=likeness, score_cutoff=60)
    return None if best is None else str(best[0])
