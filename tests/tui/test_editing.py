"""Typing Thai: what the cursor and the deleting keys do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui_inbox.thai.cells import cells, is_mark
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.widgets.thai_area import ThaiTextArea
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.widgets.words import next_word, pasted, previous_word

dictionary = Segmenter()


@pytest.fixture(scope="module", autouse=True)
def _dictionary() -> None:
    dictionary.load()


class Editors(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.one = ThaiInput(dictionary, id="one")
        self.many = ThaiTextArea(text, dictionary, id="many")

    def compose(self) -> ComposeResult:
        yield self.one
        yield self.many

    def on_mount(self) -> None:
        self.one.value = self.many.text


@asynccontextmanager
async def editors(text: str, width: int = 40) -> AsyncIterator[tuple[Pilot[None], Editors]]:
    app = Editors(text)
    async with app.run_test(size=(width, 12)) as pilot:
        yield pilot, app


async def test_backspace_takes_one_code_point_back() -> None:
    async with editors("น้ำ") as (pilot, app):
        app.one.focus()
        app.one.cursor_position = 3
        await pilot.press("backspace")
        assert app.one.value == "น้"
        await pilot.press("backspace")
        assert app.one.value == "น"
        app.many.focus()
        app.many.move_cursor((0, 3))
        await pilot.press("backspace", "backspace")
        assert app.many.text == "น"


async def test_the_cursor_steps_by_what_one_sees_and_delete_takes_it() -> None:
    async with editors("น้ำที่") as (pilot, app):
        app.one.focus()
        app.one.cursor_position = 0
        await pilot.press("right")
        assert app.one.cursor_position == 3
        await pilot.press("right", "left")
        assert app.one.cursor_position == 3
        await pilot.press("home", "delete")
        assert app.one.value == "ที่"
        app.many.focus()
        app.many.move_cursor((0, 0))
        await pilot.press("right")
        assert app.many.cursor_location == (0, 3)
        await pilot.press("left", "delete")
        assert app.many.text == "ที่"


async def test_the_cursor_never_stands_between_a_base_and_its_mark() -> None:
    async with editors("น้ำที่") as (_, app):
        app.many.move_cursor((0, 2))
        assert app.many.cursor_location == (0, 0)
        app.one.cursor_position = 5
        assert app.one.cursor_position == 3


async def test_words_are_thai_words() -> None:
    async with editors("ด่วนที่สุดประชุม") as (pilot, app):
        app.one.focus()
        app.one.cursor_position = len(app.one.value)
        await pilot.press("ctrl+w")
        assert app.one.value == "ด่วนที่สุด"
        app.many.focus()
        app.many.move_cursor((0, len("ด่วนที่สุดประชุม")))
        await pilot.press("ctrl+left")
        assert app.many.cursor_location == (0, len("ด่วนที่สุด"))
        await pilot.press("ctrl+w")
        assert app.many.text == "ด่วนประชุม"


async def test_selecting_with_the_keyboard() -> None:
    async with editors("น้ำที่") as (pilot, app):
        app.one.focus()
        app.one.cursor_position = 0
        await pilot.press("shift+right")
        assert app.one.selected_text == "น้ำ"
        await pilot.press("backspace")
        assert app.one.value == "ที่"


async def test_long_lines_break_between_words() -> None:
    text = "ด้วยจังหวัดอุบลราชธานีได้รับแจ้งปัญหาน้ำท่วมในพื้นที่หลายอำเภอ"
    async with editors(text, width=24) as (_, app):
        sections = app.many.wrapped_document.get_sections(0)
        assert "".join(sections) == text
        assert len(sections) > 2
        assert all(cells(section) <= app.many.wrap_width for section in sections)
        assert not any(is_mark(section[0]) for section in sections)


async def test_typing_and_the_cursor_in_wrapped_lines() -> None:
    async with editors("", width=20) as (pilot, app):
        app.many.focus()
        for character in "ปัญหาน้ำท่วมในหลายพื้นที่ของจังหวัด":
            app.many.post_message(events.Key(character, character))
        await pilot.pause()
        assert app.many.text == "ปัญหาน้ำท่วมในหลายพื้นที่ของจังหวัด"
        await pilot.press("up", "up", "home")
        assert app.many.cursor_location[0] == 0
        await pilot.press("down", "end", "enter")
        assert app.many.document.line_count == 2


async def test_what_is_pasted_cannot_steer_the_terminal() -> None:
    async with editors("") as (pilot, app):
        app.many.focus()
        app.many.post_message(events.Paste("ก\x1b[31mข\r\nค\x07"))
        await pilot.pause()
        assert app.many.text == "ก[31mข\nค"
        app.one.focus()
        app.one.post_message(events.Paste("ก\x1b]0;x\x07\nข"))
        await pilot.pause()
        assert app.one.value == "ก]0;x ข"


def test_pasted_keeps_the_text_as_typed() -> None:
    assert pasted("นํ้า\tน้ำ") == "นํ้า\tน้ำ"


@settings(max_examples=50)
@given(
    st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=20),
    st.integers(0, 20),
)
def test_word_steps_get_ahead_and_stay_inside(text: str, index: int) -> None:
    index = min(index, len(text))
    back, ahead = previous_word(text, index, dictionary), next_word(text, index, dictionary)
    assert 0 <= back <= index <= ahead <= len(text)
    assert back < index or index == 0
    assert ahead > index or index == len(text)


async def test_a_double_click_takes_the_thai_word() -> None:
    async with editors("กองช่างแจ้งน้ำท่วมแล้ว") as (pilot, app):
        await pilot.click(app.one, offset=(10, 0), times=2)
        assert app.one.selected_text == "น้ำท่วม"
        await pilot.click(app.one, offset=(10, 0), times=3)
        assert app.one.selected_text == app.one.value
        await pilot.click(app.many, offset=(9, 1), times=2)
        assert app.many.selected_text in {"แจ้ง", "น้ำท่วม"}
        assert app.many.selected_text != app.many.text
