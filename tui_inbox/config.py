"""Settings: flag, then environment, then the inbox's file, then the user's file, then default.

The inbox's file is ``<inbox>/.tui-inbox/settings.toml``, the user's ``settings.toml`` in the
user's configuration folder. Nothing is ignored in silence: an unknown key or a value of the wrong
sort is a :class:`SettingsError` that says where, what, and which key was probably meant.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

APP = "tui-inbox"
FILE_NAME = "settings.toml"
ENV_PREFIX = "TUI_INBOX_"
MAX_FILE_BYTES = 1_000_000

# One line without control characters: such a text is shown on one line and kept in the journal.
Text = Annotated[
    str,
    Meta(min_length=1, max_length=200, pattern=r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+$"),
]
Texts = tuple[Text, ...]


class UserSettings(msgspec.Struct, frozen=True):
    """Who works here: the name that notes and the history carry (default: the login name)."""

    name: Text | None = None


class OfficeSettings(msgspec.Struct, frozen=True):
    """Who the office is: its name, what else letters call it, and its units."""

    name: Text | None = None
    aliases: Texts = ()
    units: Texts = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases, as ``reading.read(offices=…)`` takes them."""
        return (() if self.name is None else (self.name,)) + self.aliases


class WatchSettings(msgspec.Struct, frozen=True):
    """How the folder is followed. ``delay`` and ``rescan`` are seconds, ``max_bytes`` bytes."""

    mode: Literal["auto", "native", "poll"] = "auto"
    delay: Annotated[float, Meta(ge=0.05, le=600)] = 0.5
    rescan: Annotated[float, Meta(ge=1, le=86_400)] = 300.0
    subfolders: bool = True
    patterns: Texts = ("*.txt", "*.text", "*.md")
    ignore: Texts = ()
    max_bytes: Annotated[int, Meta(ge=1_000, le=50_000_000)] = 2_000_000
    follow_links: bool = False


Column = Literal[
    "due",
    "status",
    "number",
    "date",
    "sender",
    "subject",
    "tags",
    "register",
    "received",
    "flags",
]
"""What the list can show of a letter."""

Columns = Annotated[tuple[Column, ...], Meta(min_length=1)]


class DisplaySettings(msgspec.Struct, frozen=True):
    """How things look: a Textual theme's name, Thai or Arabic digits, Thai or ISO dates.

    ``columns`` are those of the list, in their order. Without ``animation`` nothing moves by
    itself.
    """

    theme: Text | None = None
    digits: Literal["thai", "arabic"] = "arabic"
    dates: Literal["thai", "iso"] = "thai"
    density: Literal["comfortable", "compact"] = "comfortable"
    columns: Columns = (
        "due",
        "status",
        "number",
        "sender",
        "subject",
        "tags",
        "register",
        "flags",
    )
    animation: bool = True


class Settings(msgspec.Struct, frozen=True):
    """Everything that can be set. ``inbox`` is the folder opened where none is named."""

    language: Literal["th", "en"] = "th"
    inbox: Text | None = None
    user: UserSettings = UserSettings()
    office: OfficeSettings = OfficeSettings()
    watch: WatchSettings = WatchSettings()
    display: DisplaySettings = DisplaySettings()


# What is the person's own and would be wrong for everybody else who opens the same folder.
USER_ONLY = frozenset({"inbox", "user"})
# Shorter names beside TUI_INBOX_LANGUAGE and TUI_INBOX_INBOX.
ENV_ALIASES = {"TUI_INBOX_LANG": "language", "TUI_INBOX_DIR": "inbox"}


class SettingsErrorCode(StrEnum):
    """What is wrong; the catalogue words it as ``config.error.<code>``."""

    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_VARIABLE = "unknown_variable"
    NOT_HERE = "not_here"
    WRONG_TYPE = "wrong_type"
    BAD_CHOICE = "bad_choice"
    OUT_OF_RANGE = "out_of_range"
    BAD_TEXT = "bad_text"
    NOT_TOML = "not_toml"
    NOT_UTF8 = "not_utf8"
    NOT_REGULAR = "not_regular"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class SettingsError(Exception):
    """A setting that cannot be used.

    ``source`` is the file's path, the environment variable's name or ``flag``; ``line`` counts
    from 1; ``key`` is dotted (``watch.delay``); ``nearest`` the key that was probably meant;
    ``details`` the other fields of the code's text (``expected`` is the name of a
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


def user_file() -> Path:
    """Where the user's settings lie; the file need not exist."""
    # Imported here: `parse` of one file should not pay for looking up folders it does not use.
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / FILE_NAME


def inbox_file(inbox: Path) -> Path:
    """Where the settings of an inbox lie; the file need not exist."""
    return inbox / ".tui-inbox" / FILE_NAME


def cache_folder() -> Path:
    """Where what can be rebuilt lies; the folder need not exist."""
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False)


def load_settings(
    inbox: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] | None = None,
    user: Path | None = None,
) -> Settings:
    """Settings for ``inbox`` (or for no inbox).

    :param flags: dotted keys with their values, as the command line gave them.
    :param environ: instead of the process's environment.
    :param user: instead of :func:`user_file`.
    :raises SettingsError: a file cannot be read, or something in it cannot be used.
    """
    merged: dict[str, Any] = {}
    _merge(merged, _from_file(user or user_file(), shared=False))
    if inbox is not None:
        _merge(merged, _from_file(inbox_file(inbox), shared=True))
    _merge(merged, _from_environment(os.environ if environ is None else environ))
    for key, value in (flags or {}).items():
        _merge(merged, _nested(key, _checked(key, value, "flag", None)))
    return msgspec.convert(merged, Settings)


def _merge(into: dict[str, Any], table: Mapping[str, Any]) -> None:
    for key, value in table.items():
        if isinstance(value, dict):
            _merge(into.setdefault(key, {}), value)
        else:
            into[key] = value


def _nested(key: str, value: Any) -> dict[str, Any]:
    group, _, name = key.rpartition(".")
    return {group: {name: value}} if group else {name: value}


def _keys() -> dict[str, Any]:
    """Every dotted key with its type."""
    keys: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        if isinstance(field.default, msgspec.Struct):
            for inner in msgspec.structs.fields(field.default):
                keys[f"{field.name}.{inner.name}"] = inner.type
        else:
            keys[field.name] = field.type
    return keys


def _from_file(file: Path, *, shared: bool) -> dict[str, Any]:
    text = _read(file)
    if text is None:
        return {}
    source = str(file)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        detail = str(error).split(" (at ")[0]
        raise SettingsError(
            SettingsErrorCode.NOT_TOML, source, line=line, details={"detail": detail}
        ) from None
    groups = {key.partition(".")[0] for key in _keys() if "." in key}
    for name, value in table.items():
        if shared and name in USER_ONLY:
            raise SettingsError(
                SettingsErrorCode.NOT_HERE, source, line=_line(text, name), key=name
            )
        if name not in groups:
            table[name] = _checked(name, value, source, text)
        elif not isinstance(value, dict):
            raise SettingsError(
                SettingsErrorCode.WRONG_TYPE,
                source,
                line=_line(text, name),
                key=name,
                details={"expected": "table"},
            )
        else:
            table[name] = {
                inner: _checked(f"{name}.{inner}", item, source, text)
                for inner, item in value.items()
            }
    return table


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    keys = _keys()
    names = {ENV_PREFIX + key.upper().replace(".", "_"): key for key in keys} | ENV_ALIASES
    found: dict[str, Any] = {}
    for variable in sorted(environ):
        value = environ[variable]
        # An empty variable is one that a script did not fill: as good as none.
        if not variable.startswith(ENV_PREFIX) or not value:
            continue
        if variable not in names:
            raise SettingsError(
                SettingsErrorCode.UNKNOWN_VARIABLE,
                variable,
                key=variable,
                nearest=_nearest(variable, names),
            )
        _merge(found, _nested(names[variable], _from_text(names[variable], value, variable)))
    return found


def _from_text(key: str, value: str, source: str) -> Any:
    expected = _keys()[key]
    raw: Any = value
    if expected in (Texts, Columns):
        raw = [part.strip() for part in value.split(",") if part.strip()]
    try:
        return msgspec.convert(raw, expected, strict=False)
    except msgspec.ValidationError:
        raise _unfit(key, raw, source, None) from None


def _checked(key: str, value: Any, source: str, text: str | None) -> Any:
    """``value`` if it can be the setting of ``key``."""
    line = None if text is None else _line(text, key)
    keys = _keys()
    if key not in keys:
        raise SettingsError(
            SettingsErrorCode.UNKNOWN_KEY, source, line=line, key=key, nearest=_nearest(key, keys)
        )
    try:
        return msgspec.convert(value, keys[key])
    except msgspec.ValidationError:
        raise _unfit(key, value, source, line) from None


def _unfit(key: str, value: Any, source: str, line: int | None) -> SettingsError:
    """Why ``value`` is not one of those that ``key`` can have."""
    from msgspec import inspect

    kind = inspect.type_info(_keys()[key])
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    code, details = SettingsErrorCode.WRONG_TYPE, {"expected": "text"}
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(kind, inspect.VarTupleType) and isinstance(kind.item_type, inspect.LiteralType):
        # A list of choices: the first one that is none of them is named.
        choices = kind.item_type.values
        bad = value if isinstance(value, list) else [value]
        value = next((item for item in bad if item not in choices), "")
        kind = kind.item_type
    if isinstance(kind, inspect.LiteralType):
        code = SettingsErrorCode.BAD_CHOICE
        named = ", ".join(f'"{choice}"' for choice in kind.values)
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
    elif isinstance(value, str):
        code, details = SettingsErrorCode.BAD_TEXT, {"longest": "200"}
    return SettingsError(code, source, line=line, key=key, details=details)


def _is_number(value: Any) -> bool:
    """Whether an environment variable's text is a number, if one out of range."""
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def _nearest(key: str, known: Mapping[str, Any]) -> str | None:
    from rapidfuzz import fuzz, process

    # A key in the wrong table (``delay`` for ``watch.delay``) counts by its last part.
    def likeness(one: str, other: str, **_: object) -> float:
        return max(
            fuzz.ratio(one, other),
            fuzz.ratio(one.rpartition(".")[2], other.rpartition(".")[2]) - 5,
        )

    best = process.extractOne(key, list(known), scorer=likeness, score_cutoff=60)
    return None if best is None else str(best[0])


HEADER = r"\s*\[\s*([\w.\-\" ]+?)\s*\]"
ASSIGNMENT = r"\s*([\w.\-\"]+(?:\s*\.\s*[\w.\-\"]+)*)\s*="


def _line(text: str, key: str) -> int | None:
    """The line, from 1, that sets ``key`` (or a key of the table ``key``)."""
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(HEADER, line):
            table = re.sub(r"[\" ]", "", header[1])
            if table == key:
                return number
        elif assignment := re.match(ASSIGNMENT, line):
            name = re.sub(r"[\"\s]", "", assignment[1])
            full = f"{table}.{name}" if table else name
            if full == key or full.startswith(f"{key}."):
                return number
    return None


def _read(file: Path) -> str | None:
    """The file's text; ``None`` where there is no such file.

    The inbox is a shared folder, so the file is opened without waiting (a FIFO would hang).
    """
    source = str(file)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        # Under `sudo -u` the home folder may be another person's: there are no settings of ours.
        if not os.access(file.parent, os.X_OK, effective_ids=True):
            return None
        raise _unreadable(source, error) from None
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise SettingsError(SettingsErrorCode.NOT_REGULAR, source)
        try:
            data = stream.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise _unreadable(source, error) from None
    if len(data) > MAX_FILE_BYTES:
        raise SettingsError(
            SettingsErrorCode.TOO_LARGE, source, details={"limit": str(MAX_FILE_BYTES)}
        )
    try:
        # Windows' editors put a byte order mark in front.
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(SettingsErrorCode.NOT_UTF8, source, line=line) from None


def _unreadable(source: str, error: Exception) -> SettingsError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return SettingsError(SettingsErrorCode.UNREADABLE, source, details={"detail": reason})
