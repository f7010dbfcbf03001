"""The user's own keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.cli import main
from tui_inbox.config import SettingsError, SettingsErrorCode
from tui_inbox.locale import FIELD, LANGUAGES, section
from tui_inbox.tui.commands import BY_ID, COMMANDS
from tui_inbox.tui.keymap import Keymap, keymap_of, read_key
from tui_inbox.tui.keys import shown_key

from .conftest import Opener


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("x", "x"),
        ("X", "X"),
        ("ฟ", "ฟ"),
        ("Ctrl+X", "ctrl+x"),
        ("ctrl+PgDn", "ctrl+pagedown"),
        ("F12", "f12"),
        ("Shift+F2", "shift+f2"),
        ("Alt+x", "alt+x"),
        ("/", "slash"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("Space", "space"),
        ("PgUp", "pageup"),
        ("↓", "down"),
        ("Ctrl+H", None),
        ("ctrl+i", None),
        ("F13", None),
        ("Hyper+x", None),
        ("Shift+x", None),
        ("xx", None),
        ("", None),
        ("\x1b", None),
    ],
)
def test_a_key_is_read_as_people_write_it(written: str, key: str | None) -> None:
    assert read_key(written) == key


def test_every_key_that_is_shown_can_be_written_so() -> None:
    for command in COMMANDS:
        for key in command.keys:
            assert read_key(shown_key(key)) == key


def test_ones_own_key_comes_with_its_twin_and_takes_the_usual_ones_place() -> None:
    keymap = keymap_of({"actioned": ("M", "F12"), "assign": ("F4",)})
    assert keymap.keys(BY_ID["actioned"]) == ("M", "f12")
    assert "?" not in keymap.all_keys(BY_ID["actioned"])
    assert keymap.fields()["key_actioned"] == "M"
    assert Keymap({"undo": ()}).fields()["key_undo"] == "[undo]"


@pytest.mark.parametrize(
    ("keys", "code", "details"),
    [
        ({"acton": ("x",)}, SettingsErrorCode.UNKNOWN_COMMAND, {}),
        ({"actioned": ("Ctrl+M",)}, SettingsErrorCode.BAD_KEY, {"value": "Ctrl+M"}),
        ({"actioned": ("u",)}, SettingsErrorCode.KEY_TAKEN, {"value": "u", "other": "undo"}),
        ({"actioned": ("M",), "undo": ("M",)}, SettingsErrorCode.KEY_TAKEN, {"value": "M"}),
        # The twin of another key.
        ({"actioned": ("ี",)}, SettingsErrorCode.KEY_TAKEN, {"other": "undo"}),
    ],
)
def test_what_cannot_be_is_an_error_of_the_settings(
    keys: dict[str, tuple[str, ...]], code: SettingsErrorCode, details: dict[str, str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        keymap_of(keys)
    assert caught.value.code is code
    assert details.items() <= caught.value.details.items()
    if code is SettingsErrorCode.UNKNOWN_COMMAND:
        assert caught.value.nearest == "actioned"


async def test_ones_own_keys_work_and_every_text_names_them(open_screen: Opener) -> None:
    keys = {"actioned": ("M",), "undo": ("F12",), "assign": ("a",), "note": ()}
    async with open_screen(keys=keys) as screen:
        await screen.press("M")
        assert "กด F12 เพื่อเลิกทำ" in screen.status
        assert len(screen.titles) == 2
        await screen.press("f12")
        assert len(screen.titles) == 3
        await screen.press("u")
        assert len(screen.titles) == 3
        await screen.press("n")
        assert len(screen.app.screen_stack) == 1
        assert "M เสร็จ" in screen.main.key_bar.text
        await screen.press("question_mark")
        assert "กด M เมื่อดำเนินการแล้ว" in screen.text


async def test_views_two_and_three_are_reached_from_the_thai_layout(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("minus")
        assert screen.main.words("view.overdue") in screen.main.list_title.text
        await screen.press("alt+slash")
        assert screen.main.words("view.today") in screen.main.list_title.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_name_keys_of_commands_that_there_are(language: str) -> None:
    fields = Keymap().fields()
    for key, text in section("th" if language == "th" else "en", "tui").items():
        for field in FIELD.findall(text):
            if field.startswith("key_"):
                assert field in fields, key


def test_a_wrong_key_is_told_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tui_inbox.config import load_settings
    from tui_inbox.tui import check_keys

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "tui-inbox" / "settings.toml"
    file.parent.mkdir()
    file.write_text('language = "en"\n\n[keys]\nactioned = ["u"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        check_keys(load_settings())
    assert (caught.value.source, caught.value.line) == (str(file), 4)
    assert main(["list", "--inbox", str(tmp_path)]) == 0
    capsys.readouterr()
