"""Deciding by dialogs: what is asked, what is written down, what the status line says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from textual import events

from tui_inbox.config import Settings
from tui_inbox.service import Inbox
from tui_inbox.triage import DueSource, Query, Row, Status, View
from tui_inbox.tui.screens.asking import read_number
from tui_inbox.tui.screens.dialogs.choices import matching
from tui_inbox.tui.screens.dialogs.date import DateDialog
from tui_inbox.tui.screens.dialogs.tags import TagDialog

from .conftest import NOW, Opener, Screen, letter, three_letters

ONE, TWO, THREE = "ลพ 0021/ว 101", "ลพ 0021/ว 102", "อบ 0023/ว 103"


def kept(tmp_path: Path) -> dict[str, Row]:
    """The rows by number as another process finds them."""
    inbox = Inbox.open(
        tmp_path / "inbox", Settings(), cache_dir=tmp_path / "other-cache", clock=lambda: NOW
    )
    with inbox:
        inbox.refresh()
        return {row.number or row.path: row for row in inbox.board(Query(view=View.ALL)).rows}


async def dialog(screen: Screen, key: str) -> None:
    """Press the key of a command and wait for its dialog."""
    await screen.pilot.press(key)
    await screen.until(lambda: len(screen.app.screen_stack) > 1)
    await screen.settle()


async def test_a_letter_is_given_to_a_unit_of_the_settings(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "m")
        assert "กลุ่มงานปกครอง" in screen.text
        await screen.type("ปกครอง")
        await screen.press("enter")
        assert f"มอบหมายให้กลุ่มงานปกครองแล้ว: {ONE}" in screen.status
        assert "กด u" in screen.status
        row = kept(tmp_path)[ONE]
        assert (row.assignee, row.status) == ("กลุ่มงานปกครอง", Status.ASSIGNED)
        # The next letter that nobody has taken up comes up.
        assert screen.main.letters.row is not None
        assert screen.main.letters.row.number == TWO
        await screen.press("u")
        assert kept(tmp_path)[ONE].assignee is None


async def test_whoever_was_given_a_letter_before_is_offered_with_a_count(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "m")
        await screen.type("นางสาวสมมุติ ทดสอบ")
        assert "มอบให้ “นางสาวสมมุติ ทดสอบ”" in screen.text
        await screen.press("enter")
        assert kept(tmp_path)[ONE].assignee == "นางสาวสมมุติ ทดสอบ"
        await dialog(screen, "m")
        line = next(line for line in screen.lines() if "นางสาวสมมุติ" in line and "│" in line)
        assert "1 ฉบับ" in line
        await screen.press("escape")
        assert "ไม่มีอะไรเปลี่ยนแปลง" in screen.status


async def test_an_assignment_is_taken_back_in_the_dialog(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "m")
        await screen.press("enter")
        await screen.press("6", "g")
        await dialog(screen, "m")
        await screen.press("pagedown", "enter")
        assert "ยกเลิกการมอบหมายแล้ว" in screen.status
        assert kept(tmp_path)[ONE].assignee is None


async def test_a_due_date_is_typed_in_thai(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        await screen.type("ศุกร์หน้า")
        assert "วันศุกร์ที่ 4 ธันวาคม 2569" in screen.text
        assert "ธันวาคม 2569" in screen.text
        await screen.press("enter")
        assert f"ตั้งวันครบกำหนด 4 ธ.ค. 69 แล้ว: {ONE}" in screen.status
        row = kept(tmp_path)[ONE]
        assert (row.due, row.due_source) == (dt.date(2026, 12, 4), DueSource.PERSON)


async def test_enter_takes_what_was_typed_before_it_however_fast_keys_come(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        for key in ("plus", "9", "d", "enter", "n"):
            character = {"plus": "+", "enter": "\r"}.get(key, key)
            screen.app.post_message(events.Key(key, character))
        await screen.until(lambda: "ตั้งวันครบกำหนด 2 ธ.ค. 69 แล้ว" in screen.status)
        assert kept(tmp_path)[ONE].due == dt.date(2026, 12, 2)


async def test_a_due_date_is_picked_by_arrows(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("j")
        await dialog(screen, "w")
        assert "พฤศจิกายน 2569" in screen.text
        await screen.press("down", "right", "pagedown")
        assert "วันศุกร์ที่ 1 มกราคม 2570" in screen.text
        await screen.press("enter")
        assert kept(tmp_path)[TWO].due == dt.date(2027, 1, 1)


async def test_a_day_that_has_passed_is_asked_back(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        await screen.type("1 มิ.ย. 67")
        await screen.press("enter")
        assert isinstance(screen.app.screen, DateDialog)
        assert "กด Enter อีกครั้ง" in screen.text
        await screen.press("enter")
        assert kept(tmp_path)[ONE].due == dt.date(2024, 6, 1)


async def test_what_is_no_day_is_not_set(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        await screen.type("โดยด่วน")
        await screen.press("enter")
        assert isinstance(screen.app.screen, DateDialog)
        assert "ยังไม่เข้าใจวันที่นี้" in screen.text
        await screen.press("escape")
        assert kept(tmp_path)[ONE].due_source is DueSource.LETTER


async def test_a_day_that_was_set_is_cleared_and_the_letters_own_counts_again(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        await screen.type("+9d")
        await screen.press("enter", "g")
        await dialog(screen, "w")
        await screen.press("f4")
        assert "ล้างวันที่กำหนดไว้แล้ว" in screen.status
        row = kept(tmp_path)[ONE]
        assert (row.due, row.due_source) == (dt.date(2026, 11, 27), DueSource.LETTER)


async def test_the_calendar_is_used_with_the_mouse(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await dialog(screen, "w")
        shown = screen.app.screen
        assert isinstance(shown, DateDialog)
        # The column of Friday in the fourth week: the 20th, which has passed.
        left = (shown.grid.size.width - 35) // 2
        await screen.pilot.click(shown.grid, offset=(left + 4 * 5 + 2, 2 + 3))
        assert "วันศุกร์ที่ 20 พฤศจิกายน 2569" in screen.text
        assert "ผ่านมาแล้ว" in screen.text
        await screen.pilot.click(shown.grid, offset=(left + 33, 0))
        assert "ธันวาคม 2569" in screen.text
        assert kept(tmp_path)[ONE].due_source is DueSource.LETTER


async def test_tags_are_put_on_several_letters_and_taken_off_as_one_step_each(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await screen.press("space", "space")
        await dialog(screen, "L")
        await screen.type("งบประมาณ")
        await screen.press("enter")
        await screen.type("น้ำท่วม")
        await screen.press("ctrl+s")
        assert "+งบประมาณ +น้ำท่วม" in screen.status
        assert "2 ฉบับ" in screen.status
        rows = kept(tmp_path)
        assert rows[ONE].tags == rows[TWO].tags == ("งบประมาณ", "น้ำท่วม")
        await screen.press("g", "space", "end", "space")
        await dialog(screen, "L")
        shown = screen.app.screen
        assert isinstance(shown, TagDialog)
        # One of the two has it.
        assert "[-] งบประมาณ" in screen.text
        await screen.press("space", "space")
        assert "[ ] งบประมาณ" in screen.text
        await screen.press("f2")
        rows = kept(tmp_path)
        assert rows[ONE].tags == ("น้ำท่วม",)
        assert rows[TWO].tags == ("งบประมาณ", "น้ำท่วม")
        await screen.press("u", "u")
        assert not any(row.tags for row in kept(tmp_path).values())


async def test_letters_are_registered_in_their_order(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("V")
        await dialog(screen, "B")
        await screen.type("๑๒๔")
        assert "ใช้เลขทะเบียนรับ ๑๒๔" in screen.text
        await screen.press("enter")
        assert "124-126/2569" in screen.status
        rows = kept(tmp_path)
        assert [rows[name].register_number for name in (ONE, TWO, THREE)] == [124, 125, 126]


async def test_a_register_number_that_is_taken_is_refused_in_words(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await dialog(screen, "B")
        await screen.press("enter")
        assert "ลงทะเบียนรับเลขที่ 1/2569 แล้ว" in screen.status
        await dialog(screen, "ctrl+e")
        assert "(ไม่มี) → 1/2569" in screen.text
        await screen.press("escape")
        await screen.press("j")
        await dialog(screen, "B")
        await screen.type("1")
        await screen.press("enter")
        assert "ออกให้หนังสือฉบับอื่นแล้ว" in screen.status
        assert kept(tmp_path)[TWO].register_number is None


async def test_filed_pinned_and_read_by_key(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("p")
        assert "ปักหมุดแล้ว" in screen.status
        assert kept(tmp_path)[ONE].pinned
        await screen.press("p")
        assert "ถอนหมุดแล้ว" in screen.status
        await screen.press("R")
        assert kept(tmp_path)[ONE].read
        await screen.press("x")
        assert f"เก็บแล้ว: {ONE}" in screen.status
        assert kept(tmp_path)[ONE].status is Status.FILED
        await screen.press("7", "x")
        assert "จัดเก็บแล้วทั้งหมด" in screen.status


async def test_the_morning_counts_what_is_handled(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("a")
        assert "จัดการแล้ว 1/3" in screen.status
        await screen.press("a")
        assert "จัดการแล้ว 2/3" in screen.status
        await screen.press("u", "x")
        assert "จัดการแล้ว 2/3" in screen.status


async def test_the_next_urgent_and_the_next_unhandled_letter_are_found(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("9", "J")
        assert screen.main.letters.cursor == 1
        await screen.press("J")
        assert screen.main.letters.cursor == 0
        await screen.press("K")
        assert screen.main.letters.cursor == 1
        await screen.press("z")
        assert screen.main.letters.cursor == 2
        await screen.press("4", "J")
        assert "ไม่มีเรื่องด่วนอื่น" in screen.status


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("124", (None, 124)),
        ("๑๒๔/๒๕๖๙", (2026, 124)),
        ("124 / 69", (2026, 124)),
        ("0", None),
        ("124/9", None),
        ("ก", None),
    ],
)
def test_a_register_number_is_read_as_offices_write_it(typed: str, read: object) -> None:
    assert read_number(typed) == read


def test_names_are_found_in_the_other_layout_and_in_any_spelling_of_sara_am() -> None:
    names = ["กลุ่มงานปกครอง", "สำนักปลัด", "กองช่าง"]
    assert matching(names, "สํานัก") == [1]
    assert matching(names, "กอง") == [2]
    assert matching(names, "dv'") == [2]
    assert matching(names, "") == [0, 1, 2]
    assert matching(names, "ไม่มี") == []


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (120, 40)])
@pytest.mark.parametrize("language", ["th", "en"])
async def test_dialogs_fit_their_screen(
    open_screen: Opener, size: tuple[int, int], language: str
) -> None:
    async with open_screen(size=size, language="th" if language == "th" else "en") as screen:
        for key in ("m", "w", "L", "B"):
            await dialog(screen, key)
            lines = screen.lines()
            assert any("╭" in line and "╮" in line for line in lines)
            assert any("╰" in line and "╯" in line for line in lines)
            assert any("Esc" in line for line in lines)
            await screen.press("escape")


async def test_the_inboxs_history_leads_to_its_letters(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("G", "a")
        await screen.press("V", "p")
        await dialog(screen, "ctrl+e")
        lines = [line for line in screen.lines() if "│" in line]
        assert any("2 ฉบับ" in line and "ปักหมุด" in line for line in lines)
        assert any(THREE in line and "ใหม่ → เสร็จ" in line for line in lines)
        assert any("Esc ปิด" in line for line in lines)
        await screen.type(THREE)
        await screen.press("enter")
        await screen.until(
            lambda: screen.main.letters.row is not None and screen.main.letters.row.number == THREE
        )
        assert screen.main.find.query.view is View.ALL


async def test_a_letter_that_was_opened_is_read_and_a_hidden_one_is_not(
    open_screen: Opener, tmp_path: Path
) -> None:
    files = {**three_letters(), "s.txt": letter("ลพ 1/2", "เรื่องลับ", secrecy="ลับ")}
    async with open_screen(files) as screen:
        await screen.press("enter")
        assert kept(tmp_path)[ONE].read
        assert "อ่านแล้ว" in screen.text
        await screen.press("escape")
        while screen.main.letters.row is not None and screen.main.letters.row.number != "ลพ 1/2":
            await screen.press("j")
        await screen.press("enter")
        assert not kept(tmp_path)["ลพ 1/2"].read
        await screen.press("enter")
        assert kept(tmp_path)["ลพ 1/2"].read
        # Reading is no step for undo.
        await screen.press("u")
        assert "ไม่มีรายการให้เลิกทำ" in screen.status
