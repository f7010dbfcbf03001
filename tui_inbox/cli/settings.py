"""Settings in words: their values, where they came from, and their JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from tui_inbox.config import Found, Settings, Source, default_of, keys
from tui_inbox.config.schema import is_free, parts_of
from tui_inbox.locale import Messages


def shown(found: Mapping[str, Found]) -> Iterator[Found]:
    """Every setting in the order of the schema; of a table of free names, those that are given."""
    for key in keys():
        given = [one for name, one in found.items() if name.startswith(f"{key}.")]
        if is_free(key) and given:
            yield from given
        else:
            yield found.get(key) or Found(key, default_of(key), Source.DEFAULT, None)


def line_text(messages: Messages, found: Found) -> str:
    """A setting as a line of TOML, with where it came from; one that is not set as a comment."""
    key = ".".join(map(_name_text, parts_of(found.key)))
    line = f"{key} = {value_text(found.value)}"
    if found.value is None or found.value == {}:
        line = f"# {key} ="
    return f"{line}  # {where_text(messages, found)}"


def _name_text(name: str) -> str:
    """A part of a key as TOML has it."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else value_text(name)


def value_text(value: object) -> str:
    """A value as TOML has it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A JSON string is a TOML string, but for DEL, which no setting can hold.
            return msgspec.json.encode(value).decode()
        case tuple() | list():
            return f"[{', '.join(map(value_text, value))}]"
        case dict():
            inner = ", ".join(f"{value_text(k)} = {value_text(v)}" for k, v in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            return str(value)


def where_text(messages: Messages, found: Found) -> str:
    """Where a value came from: the file with its line, the variable, the option."""
    source = messages(f"cli.config.source.{found.source}")
    if found.where is None:
        return source
    place = found.where if found.line is None else f"{found.where}:{found.line}"
    return f"{source}: {place}"


def json_schema(messages: Messages) -> dict[str, Any]:
    """The schema of a settings file, described in the language of ``messages``."""
    schema = msgspec.json.schema(Settings)
    root = schema["$defs"].pop(Settings.__name__)
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "tui-inbox",
        "description": messages("cli.config.schema"),
        **{name: part for name, part in root.items() if name not in ("title", "description")},
        "$defs": schema["$defs"],
    }
    for key in keys():
        *tables, name = key.split(".")
        table = described
        for depth, part in enumerate(tables, start=1):
            table = _table(described, table["properties"][part])
            table["description"] = messages(f"settings.{'.'.join(tables[:depth])}.about")
        table["additionalProperties"] = False
        setting = _without_null(table["properties"][name])
        table["properties"][name] = {"description": messages(f"settings.{key}"), **setting}
    return described


def _table(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """The schema of a table, of which ``part`` names where it stands."""
    # Each of its settings says what holds where it is not set.
    part.pop("default", None)
    table: dict[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]]
    table.pop("title", None)
    return table


def _without_null(part: dict[str, Any]) -> dict[str, Any]:
    """TOML has no null: what is not set is left out."""
    options = [one for one in part.get("anyOf", ()) if one != {"type": "null"}]
    return options[0] if len(options) == 1 else part
