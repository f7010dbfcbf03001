"""The search box speaks the query language: fields, errors, completion, near matches."""

from __future__ import annotations

from tests.tui.conftest import Opener, letter, three_letters
from tui_inbox.triage import Sort
from tui_inbox.triage.query import QueryError

ALL = ["ลพ 0021/ว 101", "ลพ 0021/ว 102", "อบ 0023/ว 103"]


async def test_fields_and_text_together(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.type("จาก:ลำพูน ด่วน:มาก")
        assert screen.titles == ["ลพ 0021/ว 102"]
        await screen.press("escape", "slash")
        await screen.type("-จาก:ลำพูน อบรม")
        assert screen.titles == ["อบ 0023/ว 103"]


async def test_an_error_is_said_while_typing_and_the_last_list_stays(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.type("อบรม ")
        assert screen.titles == ["อบ 0023/ว 103"]
        await screen.type("ด่วน:xyz")
        assert screen.titles == ["อบ 0023/ว 103"]
        assert "“xyz”" in screen.status
        assert "ที่สุด" in screen.status
        error = screen.main.find.asked.error
        assert isinstance(error, QueryError)
        assert screen.main.search.value[slice(*error.span)] == "xyz"
        # What the list shows is what stands in the box again when one leaves it.
        await screen.press("enter")
        assert screen.main.search.value == "อบรม"
        assert "xyz" not in screen.status


async def test_tab_completes_fields_and_senders(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.until(lambda: screen.main.find.asked.vocabulary.senders)
        await screen.type("จา")
        assert "จาก:" in screen.status
        await screen.press("tab")
        assert screen.main.search.value == "จาก:"
        assert "จังหวัดอุบลราชธานี" in screen.status
        await screen.type("จังหวัดอุ")
        await screen.press("tab")
        assert screen.main.search.value == "จาก:จังหวัดอุบลราชธานี"
        assert screen.titles == ["อบ 0023/ว 103"]
        # Nothing more can follow: Tab goes on as everywhere.
        await screen.press("tab")
        assert screen.main.focused is not screen.main.search


async def test_near_matches_are_offered_and_taken_by_a_key(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.type("กำหมดการอบรม")
        assert screen.titles == []
        await screen.until(lambda: screen.main.find.asked.near)
        await screen.settle()
        assert "กำหนดการอบรม" in screen.text
        await screen.press("shift+f3")
        assert screen.main.search.value == "กำหนดการอบรม"
        assert screen.titles == ["อบ 0023/ว 103"]
        await screen.press("escape", "N")
        assert len(screen.titles) == len(ALL)
        assert "ไม่มีคำใกล้เคียง" in screen.status


CITING = letter(
    "ลพ 0021/ว 104",
    "ขอให้เร่งรัดการรายงาน",
    body="ตามหนังสือจังหวัดลำพูน ที่ ลพ 0021/ว 101 ลงวันที่ 20 พฤศจิกายน 2569 นั้น ขอให้เร่งรัด",
)


async def test_related_letters_are_shown_and_left_again(open_screen: Opener) -> None:
    async with open_screen({**three_letters(), "d.txt": CITING}) as screen:
        await screen.press("s")
        shown = screen.titles
        cursor = screen.main.letters.cursor_key
        assert screen.titles[0] == "ลพ 0021/ว 101"
        await screen.press("i")
        assert screen.titles == ["ลพ 0021/ว 101", "ลพ 0021/ว 104"]
        assert "เกี่ยวข้องกับ" in screen.text
        await screen.press("escape")
        assert screen.titles == shown
        assert screen.main.letters.cursor_key == cursor
        assert screen.main.find.query.sender == "จังหวัดลำพูน"


async def test_the_list_is_sorted_by_a_key(open_screen: Opener) -> None:
    files = {
        "a.txt": letter("ลพ 0021/ว 9", "เรื่องแรก", urgency="ด่วนมาก"),
        "b.txt": letter("กพ 0021/ว 1", "เรื่องที่สอง"),
    }
    async with open_screen(files) as screen:
        assert screen.titles == ["ลพ 0021/ว 9", "กพ 0021/ว 1"]
        while screen.main.find.query.sort is not Sort.NUMBER:
            await screen.press("S")
        assert screen.titles == ["กพ 0021/ว 1", "ลพ 0021/ว 9"]
        assert "เรียงตามเลขที่" in screen.text
        while screen.main.find.query.sort is not Sort.TRIAGE:
            await screen.press("S")
        assert screen.titles == ["ลพ 0021/ว 9", "กพ 0021/ว 1"]


async def test_saved_views_stand_below_the_usual_ones(open_screen: Opener) -> None:
    views = {"จากอุบล": "จาก:อุบล", "ผิด": "ด่วน:xyz"}
    async with open_screen(size=(140, 40), views=views) as screen:
        assert "จากอุบล" in screen.text
        screen.main.facets.go_key("saved:จากอุบล")
        screen.main.facets.choose()
        await screen.settle()
        await screen.until(lambda: screen.titles == ["อบ 0023/ว 103"])
        screen.main.facets.go_key("saved:ผิด")
        screen.main.facets.choose()
        await screen.settle()
        await screen.until(lambda: "xyz" in screen.status)
        await screen.press("9")
        assert sorted(screen.titles) == sorted(ALL)
