"""Rows of one line: the title above, pane headings, tabs, the status line and the keys below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui_inbox.thai.cells import cells, truncate

Part = tuple[str, str]
"""Text and the name of its style."""


class Bar(Widget):
    """Parts from the left and from the right; the left ones give way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--text",
        "bar--strong",
        "bar--dim",
        "bar--key",
        "bar--active",
        "bar--done",
        "bar--warning",
        "bar--error",
        "bar--alarm",
    }

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.left: list[tuple[str, str, str]] = []
        self.right: list[tuple[str, str, str]] = []

    def show(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        self.show_actions([(*part, "") for part in left], [(*part, "") for part in right])

    def show_actions(
        self,
        left: Sequence[tuple[str, str, str]],
        right: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        """Parts with the action that a click on them runs (or nothing)."""
        if (list(left), list(right)) != (self.left, self.right):
            self.left, self.right = list(left), list(right)
            self.refresh()

    @property
    def text(self) -> str:
        """What it says, for tests and screen readers."""
        return "".join(part[0] for part in (*self.left, *self.right))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        base = self.get_component_rich_style("bar--text")
        if y or width < 4:
            return Strip.blank(width, base)
        right = self._segments(self.right, base, width - 2)
        taken = sum(cells(segment.text) for segment in right)
        room = width - 2 - taken - (1 if taken else 0)
        left = self._segments(self.left, base, room)
        used = sum(cells(segment.text) for segment in left)
        gap = width - 2 - taken - used
        return Strip(
            [Segment(" ", base), *left, Segment(" " * gap, base), *right, Segment(" ", base)], width
        )

    def _segments(
        self, parts: Sequence[tuple[str, str, str]], base: Style, room: int
    ) -> list[Segment]:
        segments: list[Segment] = []
        for text, name, action in parts:
            shown = truncate(text, room)
            room -= cells(shown)
            style = base
            if name:
                style += self.get_component_rich_style(f"bar--{name}", partial=True)
            if action:
                style += Style.from_meta({"@click": action})
            if shown:
                segments.append(Segment(shown, style))
        return segments


class KeyBar(Bar):
    """The keys that matter now. Those that do not fit are left out, the last one never is."""

    def show_keys(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """``keys``: key, label and action, the most useful first; the last is always shown."""
        width = max(0, self.size.width - 2)
        last = keys[-1:]
        # One blank parts them from the last one.
        room = width - 1 - sum(self._width(key) for key in last)
        chosen: list[tuple[str, str, str]] = []
        for key in keys[:-1]:
            gap = 2 if chosen else 0
            if self._width(key) + gap > room:
                break
            chosen.append(key)
            room -= self._width(key) + gap
        parts: list[tuple[str, str, str]] = []
        for name, label, action in chosen:
            parts += [("  " if parts else "", "", "")]
            parts += [(name, "key", action), (f" {label}", "", action)]
        ends = [
            part
            for name, label, action in last
            for part in ((name, "key", action), (f" {label}", "", action))
        ]
        self.show_actions(parts, ends)

    @staticmethod
    def _width(key: tuple[str, str, str]) -> int:
        return cells(key[0]) + 1 + cells(key[1])
