"""Writing notes: drafts that survive, texts to choose from, going back to what was written."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from textual import events

from tui_inbox.config import NotesSettings, Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Drafts, Inbox, drafts_of
from tui_inbox.triage import Query, View
from tui_inbox.tui.screens.note import NoteScreen
from tui_inbox.tui.templates import templates
from tui_inbox.tui.wording import Words

from .conftest import NOW, Opener, Screen, clock, letter, three_letters

ONE = "ลพ 0021/ว 101"


def notes_of(tmp_path: Path, number: str) -> list[str]:
    inbox = Inbox.open(
        tmp_path / "inbox", Settings(), cache_dir=tmp_path / "other-cache", clock=lambda: NOW
    )
    with inbox:
        inbox.refresh()
        rows = inbox.board(Query(view=View.ALL)).rows
        (row,) = (row for row in rows if row.number == number)
        return [note.text for note in inbox.record(row.id).notes]


async def opened(screen: Screen, key: str) -> None:
    depth = len(screen.app.screen_stack)
    await screen.pilot.press(key)
    await screen.until(lambda: len(screen.app.screen_stack) > depth)
    await screen.settle()


def test_a_draft_is_on_disk_for_its_owner_only_and_gone_when_saved(tmp_path: Path) -> None:
    drafts = drafts_of(tmp_path / "inbox", tmp_path / "state")
    drafts.put(("a", "b"), "โทรแจ้งแล้ว\nรอตอบ")
    assert not drafts.folder.exists()
    drafts.flush()
    (file,) = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    again = drafts_of(tmp_path / "inbox", tmp_path / "state")
    assert again.load() == 1
    assert dict(again) == {("a", "b"): "โทรแจ้งแล้ว\nรอตอบ"}
    again.put(("a", "b"), "  ")
    again.flush()
    assert not list(drafts.folder.iterdir())
    # Another inbox has drafts of its own.
    assert drafts_of(tmp_path / "other", tmp_path / "state").folder != drafts.folder


def test_a_damaged_draft_is_left_alone_and_the_others_are_read(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.put(("a",), "ดี")
    drafts.flush()
    broken = drafts.folder / "broken.json"
    broken.write_bytes(b'{"key": ["b"], "text": "\xff')
    again = Drafts(drafts.folder)
    again.put(("c",), "ใหม่กว่า")
    assert again.load() == 1
    assert dict(again) == {("c",): "ใหม่กว่า", ("a",): "ดี"}
    assert broken.exists()


def test_a_draft_that_could_not_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "drafts").write_text("", encoding="utf-8")
    drafts = Drafts(tmp_path / "drafts")
    drafts.put(("a",), "สำคัญ")
    with pytest.raises(OSError, match="drafts"):
        drafts.flush()
    (tmp_path / "drafts").unlink()
    drafts.flush()
    assert Drafts(tmp_path / "drafts").load() == 1


WRITER = """
import sys, time
from pathlib import Path
from tui_inbox.service import Drafts
drafts = Drafts(Path(sys.argv[1]))
for number in range(100_000):
    drafts.put(("letter",), "ร่างที่ " + str(number))
    drafts.flush()
    print(number, flush=True)
"""


def test_a_draft_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    folder = tmp_path / "drafts"
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(5)]
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.read().splitlines(keepends=True)
    last = int(next(line for line in reversed(told) if line.endswith("\n")))
    drafts = Drafts(folder)
    assert drafts.load() == 1
    # What was said to be on disk is there, or what came after it.
    assert int(drafts["letter",].removeprefix("ร่างที่ ")) in {last, last + 1}


async def test_what_is_typed_is_on_disk_after_a_pause_without_leaving_the_editor(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await opened(screen, "n")
        await screen.type("น้ำท่วม")
        kept = drafts_of(tmp_path / "inbox", tmp_path / "state")
        await screen.until(kept.load)
        assert list(kept.values()) == ["น้ำท่วม"]


async def test_no_key_is_lost_however_fast_a_note_is_saved(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await opened(screen, "n")
        for character in "abc":
            screen.app.post_message(events.Key(character, character))
        screen.app.post_message(events.Key("ctrl+s", None))
        await screen.until(lambda: "บันทึกแล้ว" in screen.status)
        assert notes_of(tmp_path, ONE) == ["abc"]


async def test_a_text_is_chosen_while_writing(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        await opened(screen, "n")
        await opened(screen, "ctrl+t")
        await screen.type("โทรแจ้ง")
        await screen.press("enter")
        await screen.type(" กับปลัด")
        await screen.press("ctrl+s")
        assert notes_of(tmp_path, ONE) == ["โทรแจ้งแล้ว เมื่อ 23 พ.ย. 69 เวลา 09.00 น. กับปลัด"]


async def test_ones_own_note_is_edited_and_deleted_and_both_can_be_undone(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await screen.press("I")
        assert "ยังไม่มีบันทึก" in screen.status
        await opened(screen, "n")
        await screen.type("ส่งกองช่าง")
        await screen.press("ctrl+s")
        await opened(screen, "I")
        await screen.press("enter")
        await screen.until(lambda: isinstance(screen.app.screen, NoteScreen))
        await screen.type("แล้ว")
        await screen.press("ctrl+s")
        assert "แก้ไขบันทึกแล้ว" in screen.status
        assert notes_of(tmp_path, ONE) == ["ส่งกองช่างแล้ว"]
        assert not screen.main.drafts
        await opened(screen, "I")
        await screen.press("f8")
        assert "ลบบันทึกแล้ว" in screen.status
        assert notes_of(tmp_path, ONE) == []
        await screen.press("u", "u")
        assert notes_of(tmp_path, ONE) == ["ส่งกองช่าง"]


async def test_anothers_note_can_be_read_and_not_changed(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        from tui_inbox.config import UserSettings

        other = Inbox.open(
            tmp_path / "inbox",
            Settings(user=UserSettings(name="สมหญิง")),
            cache_dir=tmp_path / "other-cache",
            clock=clock,
        )
        with other:
            other.refresh()
            row = next(row for row in other.board(Query()).rows if row.number == ONE)
            other.note(row.id, "ของคนอื่น")
        await screen.until(lambda: screen.main.letters.rows[0].notes)
        await opened(screen, "I")
        await screen.press("f8")
        assert "เป็นของ สมหญิง" in screen.text
        await screen.press("escape")
        assert notes_of(tmp_path, ONE) == ["ของคนอื่น"]


async def test_templates_are_filled_and_say_nothing_of_a_secret_letter(open_screen: Opener) -> None:
    files = {"s.txt": letter("ลพ 1/2", "เรื่องลับมาก", secrecy="ลับ")}
    async with open_screen(files) as screen:
        row = screen.main.letters.rows[0]
        settings = Settings(
            notes=NotesSettings(templates=("ที่ {number} เรื่อง {subject} {unknown} {{date}",))
        )
        words = Words(Messages("th"), settings, clock)
        (text,) = templates([row], words, "ข้าพเจ้า")
        assert text == "ที่ ลพ 1/2 เรื่อง … {unknown} {23 พ.ย. 69"
        assert all("ลับมาก" not in text for text in templates([row], screen.main.words, "x"))


@pytest.mark.parametrize("key", ["ctrl+t", "f3"])
@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
async def test_the_texts_fit_the_screen(
    open_screen: Opener, key: str, size: tuple[int, int]
) -> None:
    async with open_screen(three_letters(), size=size) as screen:
        await opened(screen, "n")
        await opened(screen, key)
        assert "โทรแจ้งแล้ว" in screen.text
        assert any("Esc" in line for line in screen.lines())
