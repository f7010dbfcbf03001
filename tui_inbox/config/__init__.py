"""Settings: flag, then environment, then the inbox's file, then the user's file, then default.

The inbox's file is ``<inbox>/.tui-inbox/settings.toml``, the user's ``settings.toml`` in the
user's configuration folder. Nothing is ignored in silence: an unknown key or a value of the wrong
sort is a :class:`SettingsError` that says where, what, and which key was probably meant.
"""

from __future__ import annotations

from tui_inbox.config.errors import SettingsError, SettingsErrorCode, nearest
from tui_inbox.config.files import (
    cache_folder,
    inbox_file,
    line_of,
    read_text,
    state_folder,
    user_file,
)
from tui_inbox.config.loading import (
    Found,
    Source,
    find_settings,
    load_settings,
    settings_of,
    variables,
)
from tui_inbox.config.schema import (
    Column,
    DisplaySettings,
    FlowSettings,
    NotesSettings,
    OfficeSettings,
    Settings,
    UserSettings,
    WatchSettings,
    default_of,
    keys,
)

__all__ = [
    "Column",
    "DisplaySettings",
    "FlowSettings",
    "Found",
    "NotesSettings",
    "OfficeSettings",
    "Settings",
    "SettingsError",
    "SettingsErrorCode",
    "Source",
    "UserSettings",
    "WatchSettings",
    "cache_folder",
    "default_of",
    "find_settings",
    "inbox_file",
    "keys",
    "line_of",
    "load_settings",
    "nearest",
    "read_text",
    "settings_of",
    "state_folder",
    "user_file",
    "variables",
]
