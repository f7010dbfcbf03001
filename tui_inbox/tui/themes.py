"""The themes of the house: paper and ink, the same at night, and one of high contrast."""

from __future__ import annotations

from textual.theme import Theme

LIGHT = "saraban-light"
DARK = "saraban-dark"
CONTRAST = "saraban-contrast"

# The short names of the settings.
NAMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}

# Contrast of text on its ground is 7:1 or more, of the other colours 4.5:1 or more; in the theme
# of high contrast 7:1 for all.
THEMES = (
    Theme(
        name=DARK,
        dark=True,
        background="#12171c",
        surface="#171d24",
        panel="#202933",
        foreground="#dfe5ea",
        primary="#7db7d3",
        secondary="#9fb4c4",
        accent="#e6bd6a",
        warning="#eab95c",
        error="#ff8a78",
        success="#8ecb9a",
        variables={
            "cursor-ground": "#274255",
            "cursor-ground-blurred": "#222d38",
            "very-urgent": "#f0a868",
            "evidence-ground": "#2b3a2f",
            "hit-ground": "#7a5c12",
            "hit-text": "#fff6dc",
            "current-ground": "#3d5a3f",
        },
    ),
    Theme(
        name=LIGHT,
        dark=False,
        background="#fcfbf8",
        surface="#f6f4ef",
        panel="#e9e6de",
        foreground="#1f2529",
        primary="#1f5f82",
        secondary="#4f6472",
        accent="#845400",
        warning="#845400",
        error="#b3261e",
        success="#2c6b3f",
        variables={
            "cursor-ground": "#cfe2ee",
            "cursor-ground-blurred": "#e6e4dd",
            "very-urgent": "#9c4600",
            "evidence-ground": "#e2efdf",
            "hit-ground": "#ffe08a",
            "hit-text": "#2b2200",
            "current-ground": "#bfe0bd",
        },
    ),
    Theme(
        name=CONTRAST,
        dark=True,
        background="#000000",
        surface="#000000",
        panel="#303030",
        foreground="#ffffff",
        primary="#7fdbff",
        secondary="#e6e6e6",
        accent="#ffe14d",
        warning="#ffd75f",
        error="#ffb3a7",
        success="#9dff9d",
        variables={
            "cursor-ground": "#003f7f",
            "cursor-ground-blurred": "#303030",
            "very-urgent": "#ffc37a",
            "evidence-ground": "#003b12",
            "hit-ground": "#ffe14d",
            "hit-text": "#000000",
            "current-ground": "#005a1c",
        },
    ),
)
