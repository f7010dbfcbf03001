"""What the screen hands on: the register as a file, a cover note on the clipboard."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tui_inbox.tui import outside

from .conftest import Opener, letter


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that one works in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def test_the_register_of_today_and_of_the_month_are_files_of_new_names(
    open_screen: Opener, here: Path
) -> None:
    async with open_screen({"a.txt": letter("ลพ 0021/ว 101")}) as screen:
        for key, count in (("P", 1), ("ญ", 2), ("H", 3)):
            await screen.press(key)
            await screen.until(lambda count=count: len(list(here.glob("*.xlsx"))) == count)
        await screen.until(lambda: "เดือน" in screen.status)
        assert sorted(file.name for file in here.iterdir()) == [
            "ทะเบียนหนังสือรับ ประจำเดือนพฤศจิกายน พ.ศ. 2569.xlsx",
            "ทะเบียนหนังสือรับ วันที่ 23 พฤศจิกายน 2569 (2).xlsx",
            "ทะเบียนหนังสือรับ วันที่ 23 พฤศจิกายน 2569.xlsx",
        ]
    page = openpyxl.load_workbook(next(here.glob("*เดือน*"))).active
    assert "ลพ 0021/ว 101" in [cell.value for cell in page["B"]]


async def test_nothing_is_written_into_the_inbox_though_one_works_in_it(
    open_screen: Opener, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(here))
    async with open_screen({"a.txt": letter()}) as screen:
        monkeypatch.chdir(screen.main.inbox.folder)
        await screen.press("P")
        await screen.until(lambda: bool(list(here.glob("*.xlsx"))))
        assert not list(screen.main.inbox.folder.glob("*.xlsx"))


async def test_a_folder_that_cannot_be_written_is_said(
    open_screen: Opener, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_inbox.service import handing

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "x.xlsx")

    monkeypatch.setattr(handing, "write_file", full)
    async with open_screen({"a.txt": letter()}) as screen:
        await screen.press("P")
        await screen.until(lambda: "No space left" in screen.status)


async def test_the_cover_note_of_the_letter_is_on_the_clipboard(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    natively: list[str] = []
    monkeypatch.setattr(outside, "copy_natively", lambda text, _: natively.append(text))
    async with open_screen({"a.txt": letter("ลพ 0021/ว 101", "ขอเชิญประชุม")}) as screen:
        await screen.press("Y")
        await screen.until(lambda: "เรียน" in screen.status)
        assert "เรื่อง ขอเชิญประชุม" in screen.app.clipboard
        assert "ลพ 0021/ว 101" in screen.app.clipboard
        # Many terminals do not fill the desktop's clipboard.
        await screen.until(lambda: natively == [screen.app.clipboard])


async def test_without_a_letter_there_is_no_cover_note(open_screen: Opener) -> None:
    async with open_screen({}) as screen:
        await screen.press("Y")
        assert screen.main.words("refused.no_letter") in screen.status
