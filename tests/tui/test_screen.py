"""Triage on the screen: what a person sees and what the keys do, on real files."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import msgspec
import pytest
from textual import events

from tui_inbox.config import Settings
from tui_inbox.letter import Urgency
from tui_inbox.service import Inbox, InboxUnavailable
from tui_inbox.triage import Query, Status, View
from tui_inbox.tui.widgets.detail import Tab

from .conftest import NOW, Opener, letter, three_letters


def reopened(tmp_path: Path) -> dict[str, tuple[Status, list[str]]]:
    """Status and notes by number, as another process finds them."""
    inbox = Inbox.open(
        tmp_path / "inbox", Settings(), cache_dir=tmp_path / "other-cache", clock=lambda: NOW
    )
    with inbox:
        inbox.refresh()
        rows = inbox.board(Query(view=View.ALL)).rows
        return {
            row.number or row.path: (row.status, [n.text for n in inbox.record(row.id).notes])
            for row in rows
        }


async def test_the_most_urgent_letter_is_first_and_its_summary_is_shown(
    open_screen: Opener,
) -> None:
    async with open_screen() as screen:
        assert screen.titles[0] == "ลพ 0021/ว 101"
        assert screen.main.letters.cursor == 0
        assert "‼" in screen.lines()[2]
        assert "ขอให้รายงานผลการดำเนินงาน" in screen.text
        assert "การปฏิบัติ" in screen.text
        assert "ฉบับที่ 1 จาก 3" in screen.status


async def test_actioned_and_undone_by_key(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("a")
        assert screen.titles == ["ลพ 0021/ว 102", "อบ 0023/ว 103"]
        assert "เสร็จ: ลพ 0021/ว 101" in screen.status
        assert "กด u" in screen.status
        assert reopened(tmp_path)["ลพ 0021/ว 101"][0] is Status.ACTIONED
        await screen.press("u")
        assert screen.titles[0] == "ลพ 0021/ว 101"
        # What came back is what one wants to look at.
        assert screen.main.letters.cursor == 0
        assert reopened(tmp_path)["ลพ 0021/ว 101"][0] is Status.NEW
        await screen.press("U")
        assert len(screen.titles) == 2


async def test_after_an_action_the_cursor_goes_on_to_the_next_letter(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("9")
        await screen.press("j", "a")
        assert screen.main.letters.row is not None
        assert screen.main.letters.row.number == "อบ 0023/ว 103"


async def test_marked_letters_are_actioned_together_as_one_step(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("space", "space")
        assert "เลือกไว้ 2 ฉบับ" in screen.status
        await screen.press("a")
        assert screen.titles == ["อบ 0023/ว 103"]
        assert "2 ฉบับ" in screen.status
        await screen.press("u")
        assert len(screen.titles) == 3


async def test_a_range_and_all_in_view_are_marked(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("space", "j", "v")
        assert len(screen.main.letters.marked) == 3
        await screen.press("V")
        assert not screen.main.letters.marked
        await screen.press("V")
        assert len(screen.main.letters.marked) == 3
        await screen.press("escape")
        assert not screen.main.letters.marked


async def test_a_note_is_saved_and_still_there_for_others(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await screen.press("n")
        await screen.type("โทรแจ้งแล้ว น้ำท่วม")
        await screen.press("ctrl+s")
        assert "บันทึกแล้ว" in screen.status
        assert reopened(tmp_path)["ลพ 0021/ว 101"][1] == ["โทรแจ้งแล้ว น้ำท่วม"]
        await screen.press("left")
        assert screen.main.detail.tab is Tab.NOTES
        assert "โทรแจ้งแล้ว น้ำท่วม" in screen.text
        assert "✎1" in screen.text


async def test_a_note_that_was_left_is_a_draft(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("f2")
        await screen.type("ยังไม่เสร็จ")
        await screen.press("escape")
        assert "เก็บร่างไว้แล้ว" in screen.status
        assert reopened(tmp_path)["ลพ 0021/ว 101"][1] == []
        await screen.press("n")
        await screen.type("ดี")
        await screen.press("f2")
        assert reopened(tmp_path)["ลพ 0021/ว 101"][1] == ["ยังไม่เสร็จดี"]
        assert not screen.main.drafts


async def test_a_status_leaves_the_draft_of_a_note_alone(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("n")
        await screen.type("ยังไม่เสร็จ")
        await screen.press("escape", "a")
        assert list(screen.main.drafts.values()) == ["ยังไม่เสร็จ"]


async def test_no_key_decides_on_a_list_that_has_been_left(open_screen: Opener) -> None:
    async with open_screen() as screen:
        screen.main.find.show_view(View.WAITING)
        # Its rows are still on their way: those on the screen are another view's.
        assert screen.titles
        assert screen.main.targets == []
        screen.main.letters.mark_all(list(screen.main.letters.keys))
        assert screen.main.targets == []
        await screen.settle()
        assert screen.titles == []
        await screen.press("1")
        assert len(screen.main.targets) == 1


async def test_actioned_with_a_note_is_one_step(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("A")
        await screen.type("ส่งต่อแล้ว")
        await screen.press("ctrl+s")
        assert reopened(tmp_path)["ลพ 0021/ว 101"] == (Status.ACTIONED, ["ส่งต่อแล้ว"])
        await screen.press("u")
        assert reopened(tmp_path)["ลพ 0021/ว 101"] == (Status.NEW, [])


async def test_what_cannot_be_saved_is_said_and_kept(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("n")
        await screen.type("สำคัญมาก")
        (tmp_path / "inbox").rename(tmp_path / "unmounted")
        await screen.press("ctrl+s")
        await screen.until(lambda: "ยังอยู่ในร่าง" in screen.status)
        assert list(screen.main.drafts.values()) == ["สำคัญมาก"]
        (tmp_path / "unmounted").rename(tmp_path / "inbox")


async def test_an_arrival_moves_neither_cursor_nor_screen(
    open_screen: Opener, tmp_path: Path
) -> None:
    files = {f"{n:02}.txt": letter(f"ลพ 0021/{n}", f"เรื่องที่ {n}") for n in range(30)}
    async with open_screen(files) as screen:
        await screen.press(*["j"] * 12)
        letters = screen.main.letters
        key = letters.cursor_key
        line = letters.cursor * letters.row_height - letters.scroll_offset.y
        (tmp_path / "inbox" / "new.txt").write_text(
            letter("ลพ 0021/999", "เรื่องใหม่", urgency="ด่วนที่สุด"), encoding="utf-8"
        )
        await screen.press("r")
        await screen.until(lambda: "ลพ 0021/999" in screen.titles)
        await screen.settle()
        assert screen.titles[0] == "ลพ 0021/999"
        assert letters.cursor_key == key
        assert letters.cursor * letters.row_height - letters.scroll_offset.y == line
        await screen.until(lambda: screen.app._notifications)


async def test_search_as_you_type_and_escape(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.type("อบรม")
        assert screen.titles == ["อบ 0023/ว 103"]
        assert "ค้น “อบรม”" in screen.text
        await screen.press("enter")
        assert screen.main.focused is screen.main.letters
        assert screen.titles == ["อบ 0023/ว 103"]
        await screen.press("escape")
        assert len(screen.titles) == 3


async def test_a_query_in_the_wrong_layout_is_understood(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        # อบรม with the US layout still on.
        await screen.type("v[i,")
        assert screen.titles == ["อบ 0023/ว 103"]
        assert "สลับแป้นพิมพ์" in screen.text


async def test_hits_are_marked_in_the_letter(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("slash")
        await screen.type("กำหนดการ")
        await screen.press("enter", "e")
        assert screen.main.detail.tab is Tab.LETTER
        assert screen.main.reader.current is not None
        start, end = screen.main.reader.current
        text = screen.main.detail.detail.text if screen.main.detail.detail else None
        assert text is not None
        assert text[start:end] == "กำหนดการ"


async def test_filters_by_urgency_sender_and_facets(open_screen: Opener) -> None:
    async with open_screen(size=(140, 40)) as screen:
        await screen.press("f")
        assert screen.main.find.query.urgency is Urgency.MOST_URGENT
        assert screen.titles == ["ลพ 0021/ว 101"]
        await screen.press("c")
        await screen.press("G", "s")
        assert screen.titles == ["อบ 0023/ว 103"]
        await screen.press("s")
        assert len(screen.titles) == 3
        await screen.press("shift+tab")
        assert screen.main.focused is screen.main.facets
        await screen.press("end", "enter")
        assert len(screen.titles) < 3
        await screen.press("enter")
        assert len(screen.titles) == 3
        await screen.press("7")
        assert screen.titles == []
        assert "กด 1" in screen.text


async def test_a_secret_letter_is_hidden_until_opened_on_purpose(open_screen: Opener) -> None:
    secret = letter("ลพ 0018/9", "แผนปฏิบัติการพิเศษ", secrecy="ลับมาก", body="ข้อความปกปิด")
    async with open_screen({"s.txt": secret, **three_letters()}) as screen:
        assert screen.main.letters.go_key(
            next(row.id for row in screen.main.letters.rows if row.number == "ลพ 0018/9")
        )
        await screen.settle()
        for _ in range(3):
            assert "แผนปฏิบัติการพิเศษ" not in screen.text
            assert "ข้อความปกปิด" not in screen.text
            await screen.press("t")
        assert "ลับมาก" in screen.text
        await screen.press("enter")
        assert "แผนปฏิบัติการพิเศษ" not in screen.text
        await screen.press("enter")
        assert "แผนปฏิบัติการพิเศษ" in screen.text
        await screen.press("escape", "k", "j")
        assert "แผนปฏิบัติการพิเศษ" not in screen.text


async def test_files_that_cannot_be_read_are_rows_with_a_reason(open_screen: Opener) -> None:
    async with open_screen({"empty.txt": b"", "bin.txt": b"\x7fELF\x00\x01\x02" * 50}) as screen:
        assert len(screen.main.letters.rows) == 2
        assert "empty.txt" in screen.text
        assert "อ่านไม่ได้" in screen.text
        assert "กด r" in screen.text
        (screen.main.inbox.folder / "empty.txt").write_text(letter("ลพ 1/1"), encoding="utf-8")
        await screen.press("r")
        await screen.until(lambda: "ลพ 1/1" in screen.titles)


async def test_an_empty_inbox_says_what_to_do(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen({}, size=(120, 30)) as screen:
        assert "ยังไม่มีหนังสือในกล่อง" in screen.text
        assert "*.txt" in screen.text
        await screen.press("a")
        assert "ยังไม่ได้เลือกหนังสือ" in screen.status


async def test_an_unmounted_inbox_is_said_to_be_offline(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        (tmp_path / "inbox").rename(tmp_path / "unmounted")
        await screen.press("f5")
        await screen.until(lambda: "เข้าถึงโฟลเดอร์ไม่ได้" in screen.main.title_bar.text)
        assert len(screen.titles) == 3
        (tmp_path / "unmounted").rename(tmp_path / "inbox")


async def test_a_command_that_cannot_run_says_why(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("o")
        assert "ยังไม่ได้ปิดเรื่อง" in screen.status
        await screen.press("c")
        assert "ไม่มีตัวกรองให้ล้าง" in screen.status
        await screen.press("space", "space", "n")
        assert "ครั้งละหนึ่งฉบับ" in screen.status
        await screen.press("u")
        assert "ไม่มีรายการให้เลิกทำ" in screen.status


async def test_help_is_about_where_one_is(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("question_mark")
        assert "ท่านอยู่ที่รายการหนังสือ" in screen.text
        await screen.press("escape", "enter", "f1")
        assert "ท่านกำลังอ่านหนังสือ" in screen.text
        await screen.press("q")
        assert len(screen.app.screen_stack) == 1


async def test_the_palette_runs_a_command_by_name(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("ctrl+p")
        await screen.type("หนึ่งบรรทัด")
        await screen.press("enter")
        assert screen.main.letters.row_height == 1


async def test_quitting_waits_until_everything_is_written(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        screen.main.action_command("actioned")
        screen.main.action_command("quit")
        await screen.until(lambda: not screen.app.is_running)
    assert reopened(tmp_path)["ลพ 0021/ว 101"][0] is Status.ACTIONED


async def test_the_mouse_chooses_marks_and_filters(open_screen: Opener) -> None:
    async with open_screen(size=(140, 40)) as screen:
        await screen.pilot.click("#letters", offset=(20, 3))
        await screen.settle()
        assert screen.main.letters.cursor == 1
        await screen.pilot.click("#letters", offset=(1, 0))
        assert len(screen.main.letters.marked) == 1
        await screen.pilot.click("#facets", offset=(5, 8))
        await screen.settle()
        assert screen.main.find.query.view is View.ALL


async def test_the_screen_shows_others_decisions(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        row = screen.main.letters.rows[0]
        with Inbox.open(
            tmp_path / "inbox", Settings(), cache_dir=tmp_path / "other", clock=lambda: NOW
        ) as other:
            await asyncio.to_thread(other.refresh)
            await asyncio.to_thread(other.mark, [row.id], Status.ACTIONED)
        await screen.until(lambda: len(screen.titles) == 2)


async def test_a_read_only_inbox_says_so_and_refuses(open_screen: Opener) -> None:
    async with open_screen() as screen:
        # The status as the service gives it where the ledger's disk cannot be written.
        screen.main.inbox_status = msgspec.structs.replace(screen.main.inbox_status, writable=False)
        for key in ("a", "n", "u", "ctrl+r"):
            await screen.press(key)
            assert "อ่านอย่างเดียว" in screen.status
        assert screen.main.words("badge.read_only") in screen.main.title_bar.text
        assert len(screen.titles) == 3


async def test_leaving_keeps_a_draft_for_the_next_time(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await screen.press("n")
        await screen.type("ยังเขียนไม่จบ")
        # Quitting while writing only closes what is written in.
        await screen.press("ctrl+q")
        assert list(screen.main.drafts.values()) == ["ยังเขียนไม่จบ"]
        screen.app.post_message(events.Key("q", "q"))
        await screen.until(lambda: not screen.app.is_running)
    async with open_screen() as screen:
        await screen.until(lambda: "มีร่างบันทึกที่ยังไม่ได้บันทึก 1 ฉบับ" in screen.status)
        await screen.press("n")
        assert "ยังเขียนไม่จบ" in screen.text
        await screen.press("ctrl+s")
        assert reopened(tmp_path)["ลพ 0021/ว 101"][1] == ["ยังเขียนไม่จบ"]
    async with open_screen() as screen:
        await screen.settle()
        assert not screen.main.drafts
        assert "ร่าง" not in screen.status


async def test_a_draft_that_cannot_be_kept_needs_a_second_try_to_leave(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        # A file stands where the folder of drafts should be.
        (tmp_path / "state").write_text("", encoding="utf-8")
        await screen.press("n")
        await screen.type("ยังเขียนไม่จบ")
        await screen.press("escape")
        await screen.until(lambda: "หน่วยความจำเท่านั้น" in screen.status)
        await screen.press("q")
        await screen.until(lambda: "กด q อีกครั้ง" in screen.status)
        assert screen.app.is_running
        screen.app.post_message(events.Key("q", "q"))
        await screen.until(lambda: not screen.app.is_running)


async def test_trouble_of_the_folder_is_worded(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        words = screen.main.words
        error = InboxUnavailable("missing", {"path": "/กล่อง"})
        assert "/กล่อง" in words.error(error)
        assert "disk on fire" in words.error(OSError("disk on fire"))
        assert "unheard_of" in words.error(InboxUnavailable("unheard_of"))


async def test_a_toast_leaves_the_status_line_and_the_keys_free(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen(size=(80, 24), toasts=True) as screen:
        await screen.press("j")
        (tmp_path / "inbox" / "new.txt").write_text(
            letter("ลพ 0021/999", "เรื่องใหม่", urgency="ด่วนที่สุด"), encoding="utf-8"
        )
        await screen.press("f5")
        await screen.until(lambda: "ลพ 0021/999" in screen.text and screen.app._notifications)
        await screen.until(lambda: any("เข้าใหม่: ลพ" in line for line in screen.lines()))
        lines = screen.lines()
        assert "ช่วยเหลือ" in lines[-1]
        assert "ฉบับที่" in lines[-2]


async def test_a_busy_index_is_told_and_the_screen_lives(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_screen() as screen:
        shown = screen.titles

        def busy(_: object) -> None:
            raise sqlite3.OperationalError("database is locked")

        with monkeypatch.context() as patch:
            patch.setattr(screen.main.inbox, "board", busy)
            screen.main.reload()
            await screen.until(lambda: "database is locked" in screen.status)
        assert screen.titles == shown
        await screen.press("j")
        assert screen.main.letters.cursor == 1
