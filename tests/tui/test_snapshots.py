"""Pictures of the screen, few and telling; refresh them on purpose with --snapshot-update."""

from __future__ import annotations

from typing import Literal

import pytest
from syrupy.assertion import SnapshotAssertion

from .conftest import Opener
from .svg import to_svg


@pytest.mark.parametrize(
    ("name", "size", "language", "theme", "keys"),
    [
        ("stacked", (80, 24), "th", "dark", []),
        ("columns", (140, 40), "th", "light", ["space", "j", "t"]),
        ("notes", (100, 30), "en", "dark", ["n", "o", "k", "ctrl+s", "left"]),
        ("picked", (80, 24), "th", "light", ["enter", "j", "j"]),
        ("compact", (120, 30), "en", "contrast", ["d", "j", "space"]),
        ("overview", (120, 40), "th", "dark", ["O"]),
        ("calendar", (80, 24), "en", "light", ["O", "n"]),
    ],
    ids=["stacked", "columns", "notes", "picked", "compact", "overview", "calendar"],
)
async def test_picture(
    open_screen: Opener,
    snapshot: SnapshotAssertion,
    name: str,
    size: tuple[int, int],
    language: Literal["th", "en"],
    theme: str,
    keys: list[str],
) -> None:
    async with open_screen(size=size, language=language, theme=theme) as screen:
        if keys:
            await screen.press(*keys)
        folder = str(screen.main.inbox.folder)
        picture = to_svg(screen.app, name)
        assert folder not in screen.lines()[0]
        assert picture == snapshot
