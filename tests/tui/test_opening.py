"""What is there when the screen opens: the list before anything else, and no key is lost."""

from __future__ import annotations

import time

import pytest

from tui_inbox.service import ActionFailed, Inbox
from tui_inbox.triage import Board, Query
from tui_inbox.tui.first import FirstList
from tui_inbox.tui.screens.main import MainScreen

from .conftest import Opener


def looked_up(inbox: Inbox) -> FirstList:
    first = FirstList(inbox)
    while first.pending:
        pass
    return first


@pytest.fixture
def mounted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters the list held when the screen was made, before anything was painted."""
    on_mount = MainScreen.on_mount
    held: list[int] = []

    def mount(self: MainScreen) -> None:
        on_mount(self)
        held.append(len(self.letters.keys))

    monkeypatch.setattr(MainScreen, "on_mount", mount)
    return held


async def test_a_list_that_was_looked_up_is_there_with_the_first_painting(
    open_screen: Opener, mounted: list[int]
) -> None:
    async with open_screen(first=looked_up) as screen:
        assert mounted == [3]
        assert screen.titles == ["ลพ 0021/ว 101", "ลพ 0021/ว 102", "อบ 0023/ว 103"]
        assert screen.main.letters.cursor_key == screen.main.letters.keys[0]
        assert "ขอให้รายงานผลการดำเนินงาน" in screen.text


async def test_a_list_that_is_still_looked_up_is_waited_for_beside_the_screen(
    open_screen: Opener, mounted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    board = Inbox.board

    def slow(inbox: Inbox, query: Query) -> Board:
        while not mounted:
            time.sleep(0.001)
        return board(inbox, query)

    monkeypatch.setattr(Inbox, "board", slow)
    async with open_screen(first=FirstList) as screen:
        assert mounted == [0]
        assert len(screen.titles) == 3


async def test_a_first_look_that_fails_is_looked_again(
    open_screen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, failed = Inbox.board, []

    def once(inbox: Inbox, query: Query) -> Board:
        if not failed:
            failed.append(query)
            raise ActionFailed("index_busy", {})
        return board(inbox, query)

    monkeypatch.setattr(Inbox, "board", once)
    async with open_screen(first=looked_up) as screen:
        assert failed
        assert len(screen.titles) == 3
