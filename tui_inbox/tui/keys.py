"""Keys: Textual's names for them, their twins in the Thai layout, how people know them."""

from __future__ import annotations

import unicodedata

from tui_inbox.thai.keyboard import twin

# Keys that a terminal sends as another: Backspace, Tab, Enter, newline, Escape.
INDISTINCT = frozenset({"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+left_square_bracket"})

_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "enter": "Enter",
    "space": "Space",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}
#: How people write the keys that have a name.
NAMED = {
    **{shown.lower(): name for name, shown in _SHOWN.items()},
    **{name: name for name in _SHOWN},
    "delete": "delete",
    "insert": "insert",
}
#: Keys that Textual names by their characters' names.
CHARACTERS = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "comma": ",",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "equals_sign": "=",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
}


# Where Textual does not keep to the names of Unicode.
_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def key_name(character: str) -> str:
    """Textual's name for the key that types ``character``: itself, or its Unicode name."""
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


def with_twins(keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` and what the same keys send under the Thai layout.

    Terminals with the Kitty protocol name ctrl+r ``ctrl+พ`` then.
    """
    found = list(keys)
    for key in keys:
        modifiers, _, last = key.rpartition("+")
        character = CHARACTERS.get(last, last)
        thai = twin(character) if len(character) == 1 else None
        if thai is not None:
            name = key_name(thai)
            found.append(f"{modifiers}+{name}" if modifiers else name)
    return tuple(found)


def shown_key(key: str) -> str:
    """A key as a person knows it: ``Ctrl+R``, ``F2``, ``↓``, ``/``."""
    if key in _SHOWN or key in CHARACTERS:
        return _SHOWN.get(key) or CHARACTERS[key]
    modifiers, _, last = key.rpartition("+")
    last = _SHOWN.get(last, last.upper() if modifiers or len(last) > 1 else last)
    return "+".join([*(part.title() for part in modifiers.split("+") if part), last])
