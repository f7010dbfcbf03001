"""Which keys run which command: those of the commands, with the user's own in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tui_inbox.config import (
    SettingsError,
    SettingsErrorCode,
    line_of,
    nearest,
    read_text,
    user_file,
)
from tui_inbox.tui.commands import BY_ID, COMMANDS, Command
from tui_inbox.tui.keys import CHARACTERS, INDISTINCT, NAMED, key_name, shown_key, with_twins

_NAMES = {shown: name for name, shown in CHARACTERS.items()}
_F_KEY = re.compile(r"f([1-9]|1[0-2])")
_MODIFIERS = ("ctrl", "shift", "alt")


def read_key(text: str) -> str | None:
    """Textual's name of a key as a person writes it: ``x``, ``Ctrl+X``, ``F4``, ``/``, ``PgDn``.

    ``None`` for what is no key, or one that terminals send as another.
    """
    *modifiers, last = re.split(r"(?<=.)\+", text.strip())
    if last.lower() in NAMED:
        name = NAMED[last.lower()]
    elif _F_KEY.fullmatch(last.lower()):
        name = last.lower()
    elif len(last) == 1 and last.isprintable():
        # Under a modifier a terminal tells no capital from a small letter.
        name = _NAMES.get(last) or key_name(last.lower() if modifiers else last)
    else:
        return None
    found = [modifier.lower() for modifier in modifiers]
    if not set(found) <= set(_MODIFIERS) or (found == ["shift"] and len(last) == 1):
        return None
    key = "+".join([*(one for one in _MODIFIERS if one in found), name])
    return None if key in INDISTINCT else key


class Keymap:
    """Keys by command; ``own`` are the user's, by the command's id, in place of the usual ones."""

    def __init__(self, own: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.own = dict(own or {})

    def keys(self, command: Command) -> tuple[str, ...]:
        """The keys as they are shown, without their twins."""
        if command.id in self.own:
            return self.own[command.id]
        return command.keys or command.all_keys[:1]

    def all_keys(self, command: Command) -> tuple[str, ...]:
        return with_twins(self.own[command.id]) if command.id in self.own else command.all_keys

    def textual(self) -> dict[str, str]:
        """What Textual is to bind instead of the usual keys, by the ids of its bindings."""
        return {
            # A command without a key is bound to what no terminal sends.
            id: ",".join(self.all_keys(BY_ID[id])) or f"no_key_{id}"
            for id in self.own
        }

    def shown(self, command: Command) -> str:
        """The first key as a person knows it; the command's name where it has none."""
        keys = self.keys(command)
        return shown_key(keys[0]) if keys else f"[{command.id}]"

    def fields(self) -> dict[str, str]:
        """What texts fill in for ``{key_undo}`` and the like."""
        return {f"key_{command.id}": self.shown(command) for command in COMMANDS}


def keymap_of(keys: Mapping[str, tuple[str, ...]]) -> Keymap:
    """The keymap of the table ``[keys]``.

    :raises SettingsError: an unknown command, no key, or a key that is another command's.
    """
    own: dict[str, tuple[str, ...]] = {}
    for id, texts in keys.items():
        if id not in BY_ID:
            raise _error(SettingsErrorCode.UNKNOWN_COMMAND, id, near=nearest(id, BY_ID))
        read = [(text, read_key(text)) for text in texts]
        for text, key in read:
            if key is None:
                raise _error(SettingsErrorCode.BAD_KEY, id, value=text)
        own[id] = tuple(key for _, key in read if key is not None)
    keymap = Keymap(own)
    taken: dict[str, str] = {}
    # One's own keys last, so that the complaint is about what somebody wrote.
    for command in sorted(COMMANDS, key=lambda command: command.id in own):
        for key in keymap.all_keys(command):
            other = taken.setdefault(key, command.id)
            if other != command.id and {other, command.id} & own.keys():
                shown = shown_key(key)
                raise _error(SettingsErrorCode.KEY_TAKEN, command.id, value=shown, other=other)
    return keymap


def _error(
    code: SettingsErrorCode, id: str, *, near: str | None = None, **details: str
) -> SettingsError:
    file = user_file()
    text = read_text(file) or ""
    key = f"keys.{id}"
    return SettingsError(
        code, str(file), line=line_of(text, key), key=key, nearest=near, details=details
    )
