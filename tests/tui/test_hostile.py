"""Text of files is never markup, a control sequence or an action, wherever it is shown."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tui_inbox.triage import View

from .conftest import Opener, Screen, letter

EVIL = "[bold red]แดง[/] [@click=app.quit]กด[/] \x1b[2J\x1b]0;หัวข้อ\x07 \u202eกลับ\u202c ก\u200bข\ta\x9bK"


def assert_clean(screen: Screen) -> None:
    text = screen.text.replace("\n", "")
    assert not {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}
    for strip in screen.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            action = style.meta.get("@click", "") if style is not None and style.meta else ""
            assert "app.quit" not in str(action)


@pytest.mark.parametrize("size", [(60, 20), (140, 45)])
async def test_nothing_in_a_letter_is_obeyed(
    open_screen: Opener, tmp_path: Path, size: tuple[int, int]
) -> None:
    files = {
        "[bold]x[@click=app.quit].txt": letter(
            f"ลพ 1/{EVIL}", f"เรื่อง {EVIL}", sender=f"จังหวัดลำพูน {EVIL}", body=EVIL, urgency="ด่วนที่สุด"
        ),
        "[red]ว่าง.txt": b"",
    }
    async with open_screen(files, size=size) as screen:
        assert_clean(screen)
        for keys in (["9"], ["t"], ["t"], ["enter"], ["escape", "j"], ["b"]):
            await screen.press(*keys)
            assert_clean(screen)
        await screen.press("9", "g", "n")
        await screen.type("[bold]บันทึก[/bold] [@click=app.quit]x[/]")
        assert_clean(screen)
        await screen.press("ctrl+s")
        await screen.press("T")
        assert_clean(screen)
        await screen.press("a")
        assert_clean(screen)
        await screen.press("s", "f1")
        assert_clean(screen)
        await screen.press("escape", "slash")
        await screen.type("[bold]")
        assert_clean(screen)
        assert "[bold]" in screen.text
        assert screen.app.is_running


async def test_an_arrival_with_markup_in_its_number_is_announced_literally(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen({"a.txt": letter()}, size=(100, 30)) as screen:
        await screen.press("1")
        (tmp_path / "inbox" / "evil.txt").write_text(
            letter("ลพ 1/[b]9", "[@click=app.quit]ด่วน", urgency="ด่วนที่สุด"), encoding="utf-8"
        )
        await screen.press("f5")
        await screen.until(lambda: len(screen.titles) == 2)
        await screen.until(lambda: screen.app._notifications)
        await screen.settle()
        assert_clean(screen)
        assert screen.main.find.query.view is View.INBOX
