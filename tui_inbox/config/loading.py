"""From the sources to the settings: which of them counts, and where each value came from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui_inbox.config.errors import SettingsError, SettingsErrorCode, nearest
from tui_inbox.config.files import inbox_file, line_of, read_text, user_file
from tui_inbox.config.schema import (
    ENV_ALIASES,
    USER_ONLY,
    Settings,
    is_free,
    keys,
    parts_of,
    tables,
)
from tui_inbox.config.values import checked, from_text

ENV_PREFIX = "TUI_INBOX_"
# What stands in an error's place of a file.
SET_OPTION = "--set"


class Source(StrEnum):
    """Where a value came from, what counts most first."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    INBOX = "inbox"
    USER = "user"
    DEFAULT = "default"


class Found(NamedTuple):
    """One value. ``where`` is the file, the variable or the option; ``line`` counts from 1."""

    key: str
    value: Any
    source: Source
    where: str | None
    line: int | None = None


Report = Callable[[SettingsError], None]


def load_settings(
    inbox: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    assignments: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    user: Path | None = None,
) -> Settings:
    """Settings for ``inbox`` (or for no inbox).

    :param flags: dotted keys with their values, as options of the command line gave them.
    :param assignments: ``key=value`` as ``--set`` gave them; they count before everything.
    :param environ: instead of the process's environment.
    :param user: instead of :func:`user_file`.
    :raises SettingsError: a file cannot be read, or something in it cannot be used.
    """
    found = find_settings(
        inbox, flags=flags, assignments=assignments, environ=environ, user=user, report=_raise
    )
    return settings_of(found.values())


def find_settings(
    inbox: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    assignments: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    user: Path | None = None,
    report: Report,
) -> dict[str, Found]:
    """What is set, by key, each from the source that counts; without the defaults.

    :param report: gets each mistake; what is mistaken is left out where it returns.
    """
    layers: list[Iterable[Found]] = [_from_file(user or user_file(), Source.USER, report)]
    if inbox is not None:
        layers.append(_from_file(inbox_file(inbox), Source.INBOX, report))
    layers.append(_from_environment(os.environ if environ is None else environ, report))
    layers.append(_from_flags(flags or {}, assignments, report))
    return {found.key: found for layer in layers for found in layer}


def settings_of(found: Iterable[Found]) -> Settings:
    """The settings with what was ``found``, and the defaults for the rest."""
    merged: dict[str, Any] = {}
    for one in found:
        *path, name = parts_of(one.key)
        table = merged
        for part in path:
            table = table.setdefault(part, {})
        table[name] = one.value
    return msgspec.convert(merged, Settings) if merged else Settings()


def _raise(error: SettingsError) -> None:
    raise error


def _from_file(file: Path, source: Source, report: Report) -> Iterator[Found]:
    try:
        text = read_text(file)
    except SettingsError as error:
        report(error)
        return
    if text is None:
        return
    # Imported here: most people have no settings file.
    import tomllib

    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        detail = str(error).split(" (at ")[0]
        report(
            SettingsError(
                SettingsErrorCode.NOT_TOML, str(file), line=line, details={"detail": detail}
            )
        )
        return
    yield from _from_table("", table, _File(str(file), text, source), report)


class _File(NamedTuple):
    name: str
    text: str
    source: Source


def _from_table(
    prefix: str, table: Mapping[str, Any], file: _File, report: Report
) -> Iterator[Found]:
    for name, value in table.items():
        key = prefix + name
        try:
            if file.source is Source.INBOX and key in USER_ONLY:
                raise _mistake(SettingsErrorCode.NOT_HERE, key, file)
            if key in tables() or is_free(key):
                if not isinstance(value, dict):
                    raise _mistake(SettingsErrorCode.WRONG_TYPE, key, file, expected="table")
                yield from _from_table(f"{key}.", value, file, report)
                continue
            usable = checked(key, value, file.name, file.text)
        except SettingsError as error:
            report(error)
            continue
        yield Found(key, usable, file.source, file.name, line_of(file.text, key))


def _mistake(code: SettingsErrorCode, key: str, file: _File, **details: str) -> SettingsError:
    return SettingsError(code, file.name, line=line_of(file.text, key), key=key, details=details)


def _from_environment(environ: Mapping[str, str], report: Report) -> Iterator[Found]:
    # An empty variable is one that a script did not fill: as good as none.
    given = sorted(name for name in environ if name.startswith(ENV_PREFIX) and environ[name])
    names = variables() if given else {}
    for variable in given:
        try:
            if variable not in names:
                # The prefix that all have would make any two alike.
                bare = [name.removeprefix(ENV_PREFIX) for name in names]
                meant = nearest(variable.removeprefix(ENV_PREFIX), bare)
                raise SettingsError(
                    SettingsErrorCode.UNKNOWN_VARIABLE,
                    variable,
                    key=variable,
                    nearest=None if meant is None else ENV_PREFIX + meant,
                )
            key = names[variable]
            value = from_text(key, environ[variable], variable)
        except SettingsError as error:
            report(error)
            continue
        yield Found(key, value, Source.ENVIRONMENT, variable)


def variables() -> dict[str, str]:
    """Every environment variable with the key that it sets."""
    own = {ENV_PREFIX + key.upper().replace(".", "_"): key for key in keys() if not is_free(key)}
    return own | ENV_ALIASES


def _from_flags(
    flags: Mapping[str, object], assignments: Sequence[str], report: Report
) -> Iterator[Found]:
    for key, value in flags.items():
        yield Found(key, checked(key, value, SET_OPTION), Source.FLAG, None)
    for assignment in assignments:
        key, equals, value = assignment.partition("=")
        try:
            if not equals:
                raise SettingsError(SettingsErrorCode.NO_ASSIGNMENT, SET_OPTION, key=assignment)
            usable = from_text(key.strip(), value, SET_OPTION)
        except SettingsError as error:
            report(error)
            continue
        yield Found(key.strip(), usable, Source.FLAG, SET_OPTION)
