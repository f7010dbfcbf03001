"""The overview: bars that are exact, a calendar that leads to the letters of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.thai.cells import cells
from tui_inbox.tui.overview import bar
from tui_inbox.tui.screens.overview import OverviewScreen

from .conftest import Opener, Screen, letter
from .test_sizes import assert_exact


async def opened(screen: Screen) -> OverviewScreen:
    await screen.press("O")
    top = screen.app.screen
    assert isinstance(top, OverviewScreen)
    await screen.until(lambda: top.statistics is not None and not top.loader.busy)
    await screen.settle()
    return top


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(1, 60))
def test_a_bar_is_as_long_as_its_part_and_never_wider(value: int, most: int, width: int) -> None:
    drawn = bar(value, most, width)
    assert cells(drawn) <= width
    assert bool(drawn) is bool(value)
    if value >= most:
        assert drawn == "█" * width
    assert cells(bar(min(value + 1, most), most, width)) >= cells(
        bar(min(value, most), most, width)
    )


async def test_figures_and_calendar_tell_of_the_open_work(open_screen: Opener) -> None:
    async with open_screen(size=(120, 60)) as screen:
        await screen.press("j", "a")
        await opened(screen)
        text = screen.text
        assert "พฤศจิกายน 2569" in text
        assert "‼ ด่วนที่สุด" in text
        words = screen.main.words.messages
        week = [line for line in screen.lines() if words("dialogs.weekday.4") + " 27 พ.ย." in line]
        assert week
        assert "█" in week[0]
        assert "1" in week[0].split("█")[-1]
        assert words("overview.figure.handled", bar="█", count="1")[1:] in text.replace("▒", "█")


async def test_the_next_day_with_work_leads_to_its_letter(open_screen: Opener) -> None:
    async with open_screen(size=(80, 24)) as screen:
        await screen.press("2")
        assert not screen.titles
        top = await opened(screen)
        assert "ไม่มีกำหนดหรือการประชุมในวันนี้" in screen.text
        await screen.press("n")
        assert top.month.day == dt.date(2026, 11, 27)
        assert "ลพ 0021/ว 101" in screen.text
        await screen.press("enter", "enter")
        assert screen.app.screen is screen.main
        assert screen.main.letters.row is not None
        assert screen.main.letters.row.number == "ลพ 0021/ว 101"


async def test_the_calendar_goes_by_day_week_and_month(open_screen: Opener) -> None:
    async with open_screen() as screen:
        month = (await opened(screen)).month
        for key, day in (
            ("right", (2026, 11, 24)),
            ("down", (2026, 12, 1)),
            ("pagedown", (2027, 1, 1)),
            ("left", (2026, 12, 31)),
            ("pageup", (2026, 11, 30)),
            ("up", (2026, 11, 23)),
            ("N", (2026, 11, 23)),
            ("pagedown", (2026, 12, 23)),
            ("t", (2026, 11, 23)),
        ):
            await screen.press(key)
            assert month.day == dt.date(*day), key
        await screen.press("escape")
        assert screen.app.screen is screen.main


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 55)])
async def test_the_overview_fills_the_terminal_and_nothing_is_cut(
    open_screen: Opener, size: tuple[int, int], language: str
) -> None:
    async with open_screen(size=size, language=language) as screen:
        await opened(screen)
        assert_exact(screen, *size)
        assert "…" not in screen.text
        await screen.press("shift+tab")
        await screen.until(
            lambda: (
                isinstance(screen.app.screen, OverviewScreen)
                and screen.app.screen.focused is screen.app.screen.figures
            )
        )
        assert_exact(screen, *size)
        assert "…" not in screen.text


async def test_what_comes_in_meanwhile_is_counted(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        top = await opened(screen)
        assert top.statistics is not None
        assert top.statistics.total == 3
        (tmp_path / "inbox" / "new.txt").write_text(letter("ลพ 0021/999"), encoding="utf-8")
        screen.main.rescan()
        await screen.until(lambda: top.statistics is not None and top.statistics.total == 4)


async def test_a_secret_letter_shows_number_and_sender_only(open_screen: Opener) -> None:
    hidden = letter(
        "ลพ 0021/5",
        "เรื่องปกปิด",
        secrecy="ลับ",
        body="จึงขอให้อำเภอรายงานผลภายในวันที่ 24 พฤศจิกายน 2569",
    )
    async with open_screen({"s.txt": hidden}, size=(120, 40)) as screen:
        await opened(screen)
        await screen.press("n")
        assert "ลพ 0021/5" in screen.text
        assert "เรื่องปกปิด" not in screen.text
