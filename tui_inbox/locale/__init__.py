"""Every text that a person sees, in Thai and in English.

A text is known by ``<section>.<name>`` or ``<section>.<group>.<name>``; a section is one file
``<language>/<section>.toml``, read when its first text is asked for. ``{name}`` in a text is
filled with the value of that name and with nothing else: values are never parsed, so that text
from a letter cannot act as a template.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "th"

FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Messages:
    """The texts of one language: ``messages("reading.problem.empty")``."""

    __slots__ = ("language",)

    def __init__(self, language: Language = DEFAULT_LANGUAGE) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language!r}")
        self.language: Language = language

    def __call__(self, key: str, /, **args: object) -> str:
        """The text of ``key`` with its fields filled.

        :raises KeyError: there is no such text, or a field of it was not given.
        """
        name, _, rest = key.partition(".")
        text = section(self.language, name)[rest]
        return FIELD.sub(lambda match: str(args[match[1]]), text) if "{" in text else text

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, str):
            return False
        name, _, rest = key.partition(".")
        try:
            return rest in section(self.language, name)
        except KeyError:
            return False


@cache
def section(language: Language, name: str) -> dict[str, str]:
    """All texts of one section by their key without the section's name.

    :raises KeyError: there is no such section.
    """
    file = Path(__file__).parent / language / f"{name}.toml"
    if not name.isidentifier() or not file.is_file():
        raise KeyError(name)
    # Imported here: a list of letters in JSON says nothing of its own.
    import tomllib

    return dict(_flat("", tomllib.loads(file.read_text(encoding="utf-8"))))


def sections(language: Language) -> tuple[str, ...]:
    """The names of all sections of a language, sorted."""
    return tuple(sorted(file.stem for file in (Path(__file__).parent / language).glob("*.toml")))


def fields(text: str) -> frozenset[str]:
    """The names of the fields that ``text`` wants filled."""
    return frozenset(FIELD.findall(text))


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        elif isinstance(value, str):
            found.append((prefix + key, value))
        else:
            raise TypeError(f"{prefix}{key}: a text, not {type(value).__name__}")
    return found
