"""Every command by every key, in both keyboard layouts; every text in both languages."""

from __future__ import annotations

import pytest
from textual import events

from tui_inbox.letter import Urgency
from tui_inbox.locale import Messages
from tui_inbox.thai.keyboard import twin
from tui_inbox.triage import View
from tui_inbox.tui.commands import COMMANDS
from tui_inbox.tui.keymap import Keymap
from tui_inbox.tui.keys import INDISTINCT, key_name, shown_key
from tui_inbox.tui.screens.main import MainScreen
from tui_inbox.tui.wording import URGENCY_MARK

from .conftest import Opener
from .keys_page import PAGE, rewritten, row


def test_no_key_belongs_to_two_commands() -> None:
    keys = [key for command in COMMANDS for key in command.all_keys]
    assert len(keys) == len(set(keys))


def test_no_key_is_one_that_terminals_send_as_another() -> None:
    assert not INDISTINCT & {key for command in COMMANDS for key in command.all_keys}


def test_every_letter_key_has_its_twin() -> None:
    for command in COMMANDS:
        for key in command.keys:
            modifiers, _, last = key.rpartition("+")
            if len(last) == 1 and last.isascii() and last.isalpha():
                thai = twin(last)
                assert thai is not None
                name = key_name(thai)
                assert (f"{modifiers}+{name}" if modifiers else name) in command.all_keys


def test_core_actions_need_no_letter_key() -> None:
    free = {"up", "down", "left", "right", "enter", "space", "escape", "tab", "home", "end"}
    core = {
        "actioned",
        "reopen",
        "note",
        "undo",
        "mark",
        "open",
        "search",
        "urgency",
        "help",
        "rescan",
        "quit",
    }
    for command in COMMANDS:
        if command.id in core:
            assert any(key in free or (key[0] == "f" and key[1:].isdigit()) for key in command.keys)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_command_is_worded(language: str) -> None:
    messages = Messages("th" if language == "th" else "en")
    for command in COMMANDS:
        if command.name == "view":
            continue
        assert messages(f"commands.{command.id}.label")
        assert messages(f"commands.{command.id}.help")
    for view in View:
        assert messages(f"tui.view.{view.value}")
        assert messages(f"tui.empty.view.{view.value}", **Keymap().fields())
    assert set(URGENCY_MARK) == set(Urgency)


def test_keys_are_shown_as_people_know_them() -> None:
    assert [shown_key(key) for key in ("ctrl+r", "f2", "slash", "down", "G", "shift+tab", "a")] == [
        "Ctrl+R",
        "F2",
        "/",
        "↓",
        "G",
        "Shift+Tab",
        "a",
    ]


def test_the_documentation_names_every_key() -> None:
    text = PAGE.read_text(encoding="utf-8")
    missing = [row(command) for command in COMMANDS if row(command) not in text]
    assert not missing
    assert rewritten(text) == text, "run: python -m tests.tui.keys_page"


async def test_every_key_reaches_its_command(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_screen() as screen:
        reached: list[str] = []
        # Only the last step is replaced: the keys go through Textual's own dispatch.
        monkeypatch.setattr(MainScreen, "action_command", lambda _self, id: reached.append(id))
        # Ctrl+Q is the application's own key, which leaves the same way.
        keys = [(key, c.id) for c in COMMANDS for key in c.all_keys if key != "ctrl+q"]
        for key, _ in keys:
            screen.app.post_message(events.Key(key, None))
        await screen.until(lambda: len(reached) >= len(keys))
        assert list(zip((key for key, _ in keys), reached, strict=True)) == keys


async def test_the_key_bar_and_the_help_name_the_same_keys(open_screen: Opener) -> None:
    async with open_screen(size=(200, 60)) as screen:
        bar = screen.main.key_bar.text
        await screen.press("f1")
        help_text = screen.text
        for command in COMMANDS:
            keys = command.keys or command.all_keys[:1]
            assert shown_key(keys[0]) in help_text or command.group.value in {"read", "app"}
            if command.footer and command.refusal(screen.main) is None:
                assert f"{shown_key(keys[0])} {command.label(screen.main)}" in bar
