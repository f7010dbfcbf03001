"""Settings from the screen: written back with comments kept, errors at the field, asked once."""

from __future__ import annotations

import os
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tui_inbox.config import OfficeSettings, SettingsError, inbox_file, keys, load_settings
from tui_inbox.config.writing import write_settings
from tui_inbox.tui.screens.dialogs.settings import AskText, SettingsDialog
from tui_inbox.tui.screens.dialogs.welcome import WelcomeDialog

from .conftest import Opener, Screen

WRITTEN = """# ของสำนักงาน
language = "th"  # ภาษา

[display]
# ใกล้กัน
density = "compact"
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "statehome"))


def user_settings(tmp_path: Path) -> Path:
    return tmp_path / "config" / "tui-inbox" / "settings.toml"


def test_settings_are_written_with_comments_and_order_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    file.chmod(0o600)
    write_settings(
        file, {"display.density": "comfortable", "office.units": ("ก", "ข"), "language": "en"}
    )
    text = file.read_text(encoding="utf-8")
    for comment in ("# ของสำนักงาน", "# ภาษา", "# ใกล้กัน"):
        assert comment in text
    assert tomllib.loads(text) == {
        "language": "en",
        "display": {"density": "comfortable"},
        "office": {"units": ["ก", "ข"]},
    }
    assert file.stat().st_mode & 0o777 == 0o600
    write_settings(file, {"office.units": None, "watch.delay": None})
    assert "units" not in file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_a_value_that_cannot_be_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(WRITTEN, encoding="utf-8")
    with pytest.raises(SettingsError):
        write_settings(file, {"language": "en", "watch.delay": 0})
    assert file.read_text(encoding="utf-8") == WRITTEN
    file.write_text("language = [", encoding="utf-8")
    with pytest.raises(SettingsError):
        write_settings(file, {"language": "en"})
    assert file.read_text(encoding="utf-8") == "language = ["


def test_a_table_of_another_sort_and_a_name_with_a_dot_are_no_surprise(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("office = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        write_settings(file, {"office.name": "อำเภอแม่ทา"})
    assert file.read_text(encoding="utf-8") == "office = 3\n"
    file.write_text("", encoding="utf-8")
    write_settings(file, {"views.ครบ 3.5 วัน": "ครบ:<4d"})
    assert load_settings(user=file).views == {"ครบ 3.5 วัน": "ครบ:<4d"}


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    changes = [{f"views.{number}": f"ว {number}"} for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda change: write_settings(file, change), changes))
    assert len(load_settings(user=file).views) == len(changes)


@pytest.mark.parametrize(("around", "made"), [(0o755, 0o700), (0o2770, 0o2770)])
def test_the_folder_that_settings_make_is_as_the_ledger_would_make_it(
    tmp_path: Path, around: int, made: int
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    inbox.chmod(around)
    before = os.umask(0o077)
    try:
        write_settings(inbox_file(inbox), {"office.name": "อำเภอแม่ทา"})
    finally:
        os.umask(before)
    folder = inbox_file(inbox).parent
    assert folder.stat().st_mode & 0o7777 == made
    assert (inbox_file(inbox).stat().st_mode & 0o060 == 0o060) is bool(around & 0o2000)


@pytest.mark.parametrize("own", [True, False])
def test_only_ones_own_link_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: bool
) -> None:
    elsewhere, link = tmp_path / "elsewhere.toml", tmp_path / "settings.toml"
    elsewhere.write_text("", encoding="utf-8")
    link.symlink_to(elsewhere)
    if not own:
        monkeypatch.setattr(os, "geteuid", lambda: link.lstat().st_uid + 1)
    write_settings(link, {"language": "en"})
    assert link.is_symlink() is own
    assert (elsewhere.read_text(encoding="utf-8") != "") is own


async def settings_screen(screen: Screen, typed: str) -> SettingsDialog:
    await screen.press("comma")
    dialog = screen.app.screen
    assert isinstance(dialog, SettingsDialog)
    await screen.type(typed)
    return dialog


async def written(screen: Screen, dialog: SettingsDialog) -> None:
    await screen.until(lambda: "บันทึกใน settings.toml แล้ว" in dialog.heading.text)


async def test_every_setting_is_listed_and_changed_by_its_sort(
    open_screen: Opener, tmp_path: Path
) -> None:
    file = user_settings(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(WRITTEN, encoding="utf-8")
    async with open_screen(size=(120, 40)) as screen:
        dialog = await settings_screen(screen, "")
        assert set(dialog.list.keys) == set(keys())
        # A truth turns over.
        await screen.type("flow.advance")
        await screen.press("enter")
        await written(screen, dialog)
        assert load_settings().flow.advance is False
        # A choice is chosen.
        dialog.input.value = "display.digits"
        await screen.press("enter")
        await screen.type("thai")
        await screen.press("enter")
        await screen.until(lambda: load_settings().display.digits == "thai")
        # What is wrong is said at the field.
        dialog.input.value = "watch.delay"
        await screen.press("enter")
        asked = screen.app.screen
        assert isinstance(asked, AskText)
        asked.input.value = "9999"
        await screen.press("enter")
        assert screen.app.screen is asked
        assert "watch.delay" in asked.heading.text
        asked.input.value = "2"
        await screen.press("enter")
        await screen.until(lambda: load_settings().watch.delay == 2)
        # And taken back.
        dialog.input.value = "display.density"
        await screen.press("f4")
        await screen.until(lambda: load_settings().display.density == "comfortable")
        assert "# ของสำนักงาน" in file.read_text(encoding="utf-8")
        await screen.press("escape")
        assert "เปิดโปรแกรมครั้งต่อไป" in screen.status


async def test_what_the_office_is_goes_with_the_inbox(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen() as screen:
        dialog = await settings_screen(screen, "office.units")
        await screen.press("enter")
        asked = screen.app.screen
        assert isinstance(asked, AskText)
        asked.input.value = "สำนักปลัด, กองช่าง"
        await screen.press("enter")
        await written(screen, dialog)
        assert load_settings(tmp_path / "inbox").office.units == ("สำนักปลัด", "กองช่าง")
        assert not user_settings(tmp_path).exists()


async def test_the_first_time_the_office_is_asked_for_and_only_then(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen(office=OfficeSettings()) as screen:
        await screen.until(lambda: isinstance(screen.app.screen, WelcomeDialog))
        await screen.settle()
        assert str(tmp_path / "inbox")[:20] in screen.text
        await screen.type("อำเภอแม่ทา")
        await screen.press("enter", "enter")
        await screen.type("กลุ่มงานปกครอง, กลุ่มงานความมั่นคง")
        await screen.press("enter")
        await screen.type("สมศรี ใจเย็น")
        await screen.press("ctrl+s")
        await screen.until(lambda: "ครั้งต่อไป" in screen.status)
        settings = load_settings(tmp_path / "inbox")
        assert settings.office.name == "อำเภอแม่ทา"
        assert settings.office.units == ("กลุ่มงานปกครอง", "กลุ่มงานความมั่นคง")
        assert settings.user.name == "สมศรี ใจเย็น"


async def test_who_skips_it_is_not_asked_again(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen(office=OfficeSettings(), size=(80, 24)) as screen:
        await screen.until(lambda: isinstance(screen.app.screen, WelcomeDialog))
        await screen.settle()
        assert any("Esc" in line for line in screen.lines())
        await screen.press("escape")
        await screen.until(lambda: "ข้ามแล้ว" in screen.status)
    async with open_screen(office=OfficeSettings()) as screen:
        await screen.press("j")
        assert len(screen.app.screen_stack) == 1
        assert (tmp_path / "statehome" / "tui-inbox" / "welcomed").exists()
