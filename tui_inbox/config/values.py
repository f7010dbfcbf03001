"""Whether a value can be that of a setting, and if not, why."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tui_inbox.config import covers
from tui_inbox.config.errors import SettingsError, SettingsErrorCode, nearest
from tui_inbox.config.files import line_of
from tui_inbox.config.schema import CoverText, WatchSettings, is_list, keys, type_of


def checked(key: str, value: Any, source: str, text: str | None = None) -> Any:
    """``value`` if it can be the setting of ``key``.

    :param text: the file in which the mistake's line is looked up.
    :raises SettingsError: there is no such setting, or its value must be another.
    """
    expected = type_of(key)
    if expected is None:
        raise SettingsError(
            SettingsErrorCode.UNKNOWN_KEY,
            source,
            line=_line(text, key),
            key=key,
            nearest=nearest(key, keys()),
        )
    try:
        fit = msgspec.convert(value, expected)
    except msgspec.ValidationError:
        raise _unfit(key, value, source, _line(text, key)) from None
    return _parted(key, fit, source, _line(text, key))


def from_text(key: str, value: str, source: str) -> Any:
    """The setting of ``key`` from text, as a variable or the command line has it.

    Lists have commas between their items, truth is ``true`` or ``false``.
    """
    expected = type_of(key)
    if expected is None:
        return checked(key, value, source)
    raw: Any = value
    if is_list(key):
        raw = [part.strip() for part in value.split(",") if part.strip()]
    try:
        fit = msgspec.convert(raw, expected, strict=False)
    except msgspec.ValidationError:
        raise _unfit(key, raw, source, None) from None
    return _parted(key, fit, source, None)


def _parted(key: str, value: Any, source: str, line: int | None) -> Any:
    """``value``; if it is a command line, one that can be parted into words, and if it is a cover
    note's text, one whose fields there are."""
    if type_of(key) is CoverText and (unknown := covers.unknown_field(value)) is not None:
        raise SettingsError(
            SettingsErrorCode.UNKNOWN_FIELD,
            source,
            line=line,
            key=key,
            nearest=nearest(unknown, covers.names()),
            details={"field": unknown},
        )
    if key == "watch.on_arrival":
        try:
            words = WatchSettings(on_arrival=value).arrival_command
        except ValueError:
            words = ()
        if not words or not words[0]:
            raise SettingsError(SettingsErrorCode.BAD_COMMAND, source, line=line, key=key)
    return value


def _line(text: str | None, key: str) -> int | None:
    return None if text is None else line_of(text, key)


def _unfit(key: str, value: Any, source: str, line: int | None) -> SettingsError:
    """Why ``value`` is not one of those that ``key`` can have."""
    from msgspec import inspect

    kind = inspect.type_info(type_of(key))
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    code, details = SettingsErrorCode.WRONG_TYPE, {"expected": "text"}
    meant = None
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(kind, inspect.VarTupleType) and isinstance(kind.item_type, inspect.LiteralType):
        # A list of choices: the first one that is none of them is named.
        bad = value if isinstance(value, list) else [value]
        value = next((item for item in bad if item not in kind.item_type.values), "")
        kind = kind.item_type
    if isinstance(kind, inspect.LiteralType):
        code = SettingsErrorCode.BAD_CHOICE
        choices = [str(choice) for choice in kind.values]
        meant = nearest(str(value), choices)
        named = ", ".join(f'"{choice}"' for choice in choices)
        details = {"value": str(value), "choices": named}
    elif isinstance(kind, (inspect.FloatType, inspect.IntType)):
        whole = isinstance(kind, inspect.IntType)
        details = {"expected": "integer" if whole else "number"}
        if (number and not (whole and isinstance(value, float))) or _is_number(value):
            code = SettingsErrorCode.OUT_OF_RANGE
            details = {"value": str(value), "low": f"{kind.ge:g}", "high": f"{kind.le:.10g}"}
    elif isinstance(kind, inspect.BoolType):
        details = {"expected": "boolean"}
    elif isinstance(kind, inspect.VarTupleType):
        details = {"expected": "texts"}
    elif isinstance(kind, inspect.DictType):
        details = {"expected": "table"}
    elif isinstance(value, str) and isinstance(kind, inspect.StrType):
        code, details = SettingsErrorCode.BAD_TEXT, {"longest": str(kind.max_length)}
        if type_of(key) is CoverText:
            code = SettingsErrorCode.BAD_LINES
    return SettingsError(code, source, line=line, key=key, nearest=meant, details=details)


def _is_number(value: Any) -> bool:
    """Whether an environment variable's text is a number, if one out of range."""
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
