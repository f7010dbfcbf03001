"""What is seen and how much of it: sizes of panes, columns, documents of a bundle."""

from __future__ import annotations

from pathlib import Path

from textual import events

from tui_inbox.tui.widgets.detail import Tab

from .conftest import Opener, letter
from .test_detail import BUNDLE, shown_place


async def test_panes_grow_and_shrink_by_key_and_come_back(open_screen: Opener) -> None:
    async with open_screen(size=(140, 30)) as screen:
        main = screen.main
        before = main.letters.size.width
        await screen.press("greater_than_sign", "greater_than_sign")
        assert main.letters.size.width > before + 5
        # The Thai twin of <.
        for _ in range(4):
            screen.app.post_message(events.Key("ฒ", "ฒ"))
        await screen.until(lambda: main.letters.size.width < before)
        await screen.press(*["less_than_sign"] * 12)
        assert main.words("sizes.end") in screen.status
        assert main.letters.size.width >= 20
        await screen.press("equals_sign")
        assert main.letters.size.width == before
        facets = main.facets.size.width
        await screen.press("shift+tab", "greater_than_sign")
        assert main.facets.size.width == facets + 3


async def test_the_share_of_the_list_holds_in_every_layout(open_screen: Opener) -> None:
    async with open_screen(size=(140, 30)) as screen:
        await screen.press(*["greater_than_sign"] * 3)
        await screen.pilot.resize_terminal(90, 30)
        await screen.settle()
        main = screen.main
        assert main.detail.region.y > main.letters.region.y
        assert main.letters.size.height > main.detail.size.height
        await screen.pilot.resize_terminal(60, 30)
        await screen.settle()
        assert main.letters.size.width == 60
        await screen.press("greater_than_sign")
        assert main.words("refused.one_pane") in screen.status


async def test_columns_are_chosen_and_moved_and_the_list_follows(open_screen: Opener) -> None:
    async with open_screen(size=(100, 30), density="compact") as screen:
        letters = screen.main.letters
        await screen.press("C", "space")
        assert "due" not in letters.columns
        await screen.press("space")
        assert letters.columns[-1] == "due"
        await screen.press(*["left"] * 20)
        assert letters.columns[0] == "due"
        text = screen.main.words.messages("overview.column.subject")
        assert text in screen.text
        await screen.press("escape")
        assert screen.main.focused is letters
        assert "อีก 4 วัน" in screen.text


async def test_the_last_column_stays(open_screen: Opener) -> None:
    async with open_screen() as screen:
        screen.main.letters.set_columns(("subject",))
        await screen.press("C", "space")
        assert screen.main.letters.columns == ("subject",)


async def test_the_documents_of_a_file_are_gone_through_by_key(open_screen: Opener) -> None:
    async with open_screen({"b.txt": BUNDLE, "c.txt": letter("ลพ 1/2")}, size=(100, 30)) as screen:
        await screen.press("right_square_bracket")
        assert screen.main.detail.tab is Tab.LETTER
        assert shown_place(screen).lstrip().startswith("ที่ มท 0810.2/ว 9999")
        await screen.press("left_square_bracket")
        assert shown_place(screen).lstrip().startswith("ที่ ลพ 0021/ว 77")
        await screen.press("escape", "j", "right_square_bracket")
        assert screen.main.words("refused.one_document") in screen.status


async def test_an_arrival_has_a_dot_until_it_is_looked_at(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await screen.press("j")
        (tmp_path / "inbox" / "new.txt").write_text(
            letter("ลพ 0021/999", "เรื่องใหม่", urgency="ด่วนที่สุด"), encoding="utf-8"
        )
        await screen.press("f5")
        await screen.until(lambda: screen.main.letters.fresh)
        await screen.settle()
        dotted = [line for line in screen.lines() if line.startswith("•")]
        assert len(dotted) == 1
        assert "เรื่องใหม่" in dotted[0]
        badge = screen.main.words("badge.fresh", count="1")
        assert badge in screen.main.list_title.text
        while screen.main.letters.row is None or screen.main.letters.row.number != "ลพ 0021/999":
            await screen.press("k")
        await screen.press("j")
        assert not screen.main.letters.fresh
        assert badge not in screen.main.list_title.text
