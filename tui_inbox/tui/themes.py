"""The two themes of the house: paper and ink, and the same at night."""

from __future__ import annotations

from textual.theme import Theme

LIGHT = "saraban-light"
DARK = "saraban-dark"

# Contrast of text on its ground is 7:1 or more, of the urgency colours 4.5:1 or more.
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
        accent="#8a5a00",
        warning="#8a5a00",
        error="#b3261e",
        success="#2c6b3f",
        variables={
            "cursor-ground": "#cfe2ee",
            "cursor-ground-blurred": "#e6e4dd",
            "very-urgent": "#a64b00",
            "evidence-ground": "#e2efdf",
            "hit-ground": "#ffe08a",
            "hit-text": "#2b2200",
            "current-ground": "#bfe0bd",
        },
    ),
)
