"""A key paints what has changed, and what is painted is what would be drawn anew."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tests.tui.conftest import Opener, Screen, letter
from tui_inbox.service import Inbox
from tui_inbox.tui import work as jobs
from tui_inbox.tui.screens import main
from tui_inbox.tui.themes import LIGHT
from tui_inbox.tui.widgets.letters import LetterList

MANY = {f"{n:03}.txt": letter(f"ลพ 0021/ว {n}", f"เรื่องที่ {n}") for n in range(1, 41)}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Row and line of what the list of letters draws from now on."""
    lines: list[tuple[int, int]] = []
    draw = LetterList.row_segments

    def counting(self: LetterList, index: int, line: int, width: int, base: Style) -> object:
        lines.append((index, line))
        return draw(self, index, line, width, base)

    monkeypatch.setattr(LetterList, "row_segments", counting)
    return lines


def painted(screen: Screen) -> list[Strip]:
    return list(screen.app.screen._compositor.render_strips())


async def is_as_drawn_anew(screen: Screen) -> bool:
    before = painted(screen)
    screen.main.letters.refresh()
    await screen.pilot.pause()
    return before == painted(screen)


async def test_a_step_draws_two_rows(open_screen: Opener, drawn: list[tuple[int, int]]) -> None:
    async with open_screen(MANY) as screen:
        drawn.clear()
        await screen.press("j")
        assert set(drawn) == {(0, 0), (0, 1), (1, 0), (1, 1)}


async def test_a_step_that_scrolls_draws_three_rows(
    open_screen: Opener, drawn: list[tuple[int, int]]
) -> None:
    async with open_screen(MANY) as screen:
        letters = screen.main.letters
        while letters.scroll_offset.y == 0:
            await screen.press("j")
        drawn.clear()
        await screen.press("j")
        at = letters.cursor
        # The new row at the edge may be seen by half.
        assert {index for index, _ in drawn} <= {at - 1, at, at + 1}
        assert (at, 0) in drawn


async def test_what_is_painted_is_what_is_drawn_anew(open_screen: Opener) -> None:
    keys = [
        *"jjj",
        "space",
        *"jj",
        "G",
        "k",
        "space",
        "g",
        *("j" * 14),
        *"kk",
        "pagedown",
        "pageup",
    ]
    async with open_screen(MANY) as screen:
        screen.main.letters.note_arrivals(screen.main.letters.keys[:8])
        for key in keys:
            await screen.press(key)
            assert await is_as_drawn_anew(screen), key
        await screen.press("enter")
        assert await is_as_drawn_anew(screen), "another pane has the keys"
        await screen.press("escape")
        assert await is_as_drawn_anew(screen), "the list has the keys again"


async def test_other_colours_and_columns_are_seen_at_once(open_screen: Opener) -> None:
    async with open_screen(MANY) as screen:
        dark = painted(screen)
        screen.app.theme = LIGHT
        await screen.pilot.pause()
        assert painted(screen) != dark
        assert await is_as_drawn_anew(screen)
        screen.main.letters.set_columns(("due", "subject"))
        await screen.pilot.pause()
        assert await is_as_drawn_anew(screen)


@pytest.mark.parametrize(("given", "expected"), [(None, "240"), ("30", "30")])
def test_textual_paints_more_often_than_it_usually_does(given: str | None, expected: str) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    if given is not None:
        environ["TEXTUAL_FPS"] = given
    code = "import tui_inbox.tui.app, textual.constants; print(textual.constants.MAX_FPS)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == expected


async def test_letters_that_a_held_key_passes_are_not_looked_up(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    load = jobs.load_detail

    def noting(inbox: Inbox, id: str, *, with_text: bool) -> Message:
        looked.append(id)
        return load(inbox, id, with_text=with_text)

    monkeypatch.setattr(jobs, "load_detail", noting)
    # Nothing is slow enough here to be taken for a cursor that stands still.
    monkeypatch.setattr(main, "STANDS_STILL", 0.5)
    async with open_screen(MANY) as screen:
        letters = screen.main.letters
        looked.clear()
        for _ in range(6):
            letters.move(1)
            await screen.pilot.pause()
        await screen.settle()
        assert looked == [letters.cursor_key]
        assert screen.main.detail.detail is not None
        assert screen.main.detail.detail.row.id == letters.cursor_key
