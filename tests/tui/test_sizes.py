"""Every size of terminal, both languages, both densities: nothing cut that should be whole."""

from __future__ import annotations

import pytest

from tui_inbox.thai.cells import cells
from tui_inbox.tui.screens.help import HelpScreen
from tui_inbox.tui.widgets.detail import Tab

from .conftest import Opener, Screen


def assert_exact(screen: Screen, width: int, height: int) -> None:
    strips = screen.app.screen._compositor.render_strips()
    assert len(strips) == height
    for strip in strips:
        assert sum(cells(segment.text) for segment in strip) == width


@pytest.mark.parametrize(
    ("size", "language"),
    [((40, 12), "th"), ((80, 24), "en"), ((120, 40), "th"), ((200, 55), "en")],
)
async def test_every_line_fills_the_terminal_exactly(
    open_screen: Opener, size: tuple[int, int], language: str
) -> None:
    async with open_screen(size=size, language=language) as screen:
        assert_exact(screen, *size)
        for keys in (
            ["enter"],
            ["t"],
            ["t"],
            ["escape"],
            ["d"],
            ["b"],
            ["b"],
            ["f1"],
            ["escape"],
            ["ctrl+p"],
            ["escape"],
            ["n"],
        ):
            await screen.press(*keys)
            assert_exact(screen, *size)


@pytest.mark.parametrize("language", ["th", "en"])
async def test_at_80_by_24_everything_needed_is_in_sight(
    open_screen: Opener, language: str
) -> None:
    async with open_screen(size=(80, 24), language=language) as screen:
        lines = screen.lines()
        assert screen.main.words("title") in lines[0]
        assert "‼" in lines[2]
        assert "ขอให้รายงานผลการดำเนินงาน" in lines[2]
        assert "ลพ 0021/ว 101" in lines[3]
        assert "จังหวัดลำพูน" in lines[3]
        # When and what, whose and how far: each in its column.
        assert cells(lines[2].split("ขอให้")[0]) == cells(lines[3].split("ลพ")[0])
        # Three letters of two lines, the tabs, the summary, status and keys.
        for number in ("ลพ 0021/ว 102", "อบ 0023/ว 103"):
            assert any(number in line for line in lines[:10])
        for tab in Tab:
            assert screen.main.words(f"tab.{tab.value}") in screen.text
        assert screen.main.words("summary.asks") in screen.text
        help_label = screen.main.words.messages("commands.help.label")
        assert lines[-1].rstrip().endswith(f"? {help_label}")
        for name in ("actioned", "note", "open", "search", "undo"):
            assert screen.main.words.messages(f"commands.{name}.label") in lines[-1]
        assert "…" not in lines[0] + lines[-2] + lines[-1]


async def test_panes_by_width(open_screen: Opener) -> None:
    async with open_screen(size=(120, 30)) as screen:
        pane = screen.main.query_one("#facets-pane")
        assert pane.display
        assert screen.main.detail.region.y == screen.main.query_one("#list-pane").region.y
        await screen.pilot.resize_terminal(100, 30)
        await screen.settle()
        assert not pane.display
        assert screen.main.detail.region.y > screen.main.letters.region.y
        await screen.press("b")
        assert pane.display
        assert screen.main.focused is screen.main.facets
        await screen.press("b")
        await screen.pilot.resize_terminal(60, 20)
        await screen.settle()
        assert not screen.main.detail.display
        await screen.press("enter")
        assert screen.main.detail.display
        assert not screen.main.query_one("#list-pane").display
        await screen.press("escape")
        assert screen.main.letters.has_focus


async def test_the_help_names_its_own_way_out(open_screen: Opener) -> None:
    async with open_screen(size=(80, 24)) as screen:
        await screen.press("question_mark")
        assert isinstance(screen.app.screen, HelpScreen)
        assert "Esc" in screen.text
        assert "…" not in screen.text


@pytest.mark.parametrize("language", ["th", "en"])
async def test_labels_fit_their_columns(open_screen: Opener, language: str) -> None:
    async with open_screen(size=(80, 24), language=language, density="compact") as screen:
        for line in screen.lines()[2:5]:
            assert "…" not in line[:30]
        for label in (
            "asks",
            "deadline",
            "events",
            "checks",
            "addressed",
            "path",
            "encoding",
            "received",
            "id",
        ):
            assert cells(screen.main.words(f"summary.{label}")) <= 15
        for status in ("new", "open", "assigned", "actioned", "filed", "problem"):
            assert cells(screen.main.words(f"status.{status}")) <= 8
