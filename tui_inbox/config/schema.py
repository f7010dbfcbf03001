"""What can be set: the tables, their values' types and limits, and what holds where nothing is set.

Each setting is described in the catalogue (``settings.<table>.<name>``) and in docs/settings.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_origin

import msgspec
from msgspec import Meta

# One line without control characters: such a text is shown on one line and kept in the journal.
Text = Annotated[
    str,
    Meta(min_length=1, max_length=200, pattern=r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]+$"),
]
Texts = tuple[Text, ...]
# A program with its arguments on one line, parted as a shell parts words.
CommandLine = Annotated[
    str, Meta(min_length=1, max_length=4000, pattern=r"^(?=.*\S)[^\x00\n\r\ud800-\udfff]+$")
]

# The text of a memo, with line ends, tabs and fields in braces.
CoverText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=5000,
        pattern=r"^(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+$",
    ),
]


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
    """How the folder is followed. ``delay`` and ``rescan`` are seconds, ``max_bytes`` bytes.

    ``on_arrival`` is the program that is run for each letter that comes in.
    """

    mode: Literal["auto", "native", "poll"] = "auto"
    delay: Annotated[float, Meta(ge=0.05, le=600)] = 0.5
    rescan: Annotated[float, Meta(ge=1, le=86_400)] = 300.0
    subfolders: bool = True
    patterns: Texts = ("*.txt", "*.text", "*.md")
    ignore: Texts = ()
    max_bytes: Annotated[int, Meta(ge=1_000, le=50_000_000)] = 2_000_000
    follow_links: bool = False
    on_arrival: CommandLine | None = None

    @property
    def arrival_command(self) -> tuple[str, ...]:
        """The program of ``on_arrival`` and its arguments; empty where none is set.

        :raises ValueError: a quote in it is not closed, which loading does not let pass.
        """
        if self.on_arrival is None:
            return ()
        # Imported here: almost nobody sets it.
        import shlex

        return tuple(shlex.split(self.on_arrival))


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

    ``alert``: what tells of a most urgent letter that comes in, beside the screen's own message:
    the terminal's bell, or a notification on the desktop by way of the terminal.
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
    alert: Literal["off", "bell", "desktop"] = "bell"


class LedgerSettings(msgspec.Struct, frozen=True):
    """Who may write: ``shared``: file locks are seen by all who write; ``single``: they are not, so
    only one may write at a time; ``auto``: as the sort of file system says.
    """

    locks: Literal["auto", "shared", "single"] = "auto"


class FlowSettings(msgspec.Struct, frozen=True):
    """How one works through the list: whether the next letter comes up when one is dealt with."""

    advance: bool = True


class NotesSettings(msgspec.Struct, frozen=True):
    """Notes that are often written; ``{date}`` and the like are filled. Empty: those built in."""

    templates: Texts = ()


class Settings(msgspec.Struct, frozen=True):
    """Everything that can be set. ``inbox`` is the folder opened where none is named.

    ``covers`` are texts of cover notes by their names; see :mod:`tui_inbox.config.covers`.
    """

    language: Literal["th", "en"] = "th"
    inbox: Text | None = None
    user: UserSettings = UserSettings()
    office: OfficeSettings = OfficeSettings()
    watch: WatchSettings = WatchSettings()
    ledger: LedgerSettings = LedgerSettings()
    display: DisplaySettings = DisplaySettings()
    flow: FlowSettings = FlowSettings()
    views: dict[Text, Text] = {}
    notes: NotesSettings = NotesSettings()
    keys: dict[Text, Texts] = {}

    covers: dict[Text, CoverText] = {}


# What is the person's own and would be wrong for everybody else who opens the same folder: least
# of all may a file in a shared folder say which programs run on their machines.
USER_ONLY = frozenset({"inbox", "user", "keys", "watch.on_arrival"})
# Shorter names beside TUI_INBOX_LANGUAGE and TUI_INBOX_INBOX.
ENV_ALIASES = {"TUI_INBOX_LANG": "language", "TUI_INBOX_DIR": "inbox"}


@cache
def keys() -> Mapping[str, Any]:
    """Every dotted key with its type. A table of free names (a ``dict``) is one key."""
    return dict(_keys_of("", Settings()))


@cache
def tables() -> frozenset[str]:
    """The dotted names of the tables that hold settings."""
    return frozenset(key.rpartition(".")[0] for key in keys() if "." in key)


def type_of(key: str) -> Any:
    """The type that the value of ``key`` must have; ``None`` where there is no such setting.

    ``table.name`` is a setting too where ``table`` is one of free names.
    """
    if key in keys():
        return keys()[key]
    *path, name = parts_of(key)
    table = ".".join(path)
    if name and is_free(table):
        return keys()[table].__args__[1]
    return None


def parts_of(key: str) -> tuple[str, ...]:
    """The tables and the name of a dotted key. A name that the user gives may hold dots itself."""
    for table in keys():
        if is_free(table) and key.startswith(f"{table}."):
            return (*table.split("."), key[len(table) + 1 :])
    return tuple(key.split("."))


def default_of(key: str) -> Any:
    """What holds where ``key``, which is one of :func:`keys`, is not set."""
    value: Any = Settings()
    for part in key.split("."):
        value = getattr(value, part)
    return value


def is_free(key: str) -> bool:
    """Whether ``key`` is a table whose names the user gives."""
    return key in keys() and get_origin(keys()[key]) is dict


def is_list(key: str) -> bool:
    """Whether the value of ``key`` is a list, which text has with commas between."""
    expected = type_of(key)
    if get_origin(expected) is Annotated:
        expected = expected.__origin__
    return get_origin(expected) is tuple


def _keys_of(prefix: str, table: msgspec.Struct) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for field in msgspec.structs.fields(table):
        key = prefix + field.name
        value = getattr(table, field.name)
        if isinstance(value, msgspec.Struct):
            found += _keys_of(f"{key}.", value)
        else:
            found.append((key, field.type))
    return found
