"""Long texts: wrapped piece by piece, found again after every change of width."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui_inbox.thai.wrap import Segmenter
from tui_inbox.tui.paragraphs import Paragraph, hit_pattern, letter_paragraphs
from tui_inbox.tui.themes import THEMES
from tui_inbox.tui.widgets.reader import AT_ONCE, Reader

SENTENCE = "องค์กรปกครองส่วนท้องถิ่นในเขตพื้นที่จังหวัดอุบลราชธานี "


class ReaderApp(App[None]):
    CSS_PATH = "../../tui_inbox/tui/app.tcss"

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self.reader = Reader(Segmenter(), id="reader")
        self.start = paragraphs
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return THEMES[0].variables

    def compose(self) -> ComposeResult:
        yield self.reader

    def on_mount(self) -> None:
        self.reader.show(self.start)


@asynccontextmanager
async def reading(
    paragraphs: Sequence[Paragraph], size: tuple[int, int] = (60, 20)
) -> AsyncIterator[tuple[Pilot[None], Reader]]:
    app = ReaderApp(paragraphs)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, app.reader


async def complete(pilot: Pilot[None], reader: Reader) -> None:
    for _ in range(1_000):
        if reader.complete:
            return
        await pilot.pause(0.02)
    raise AssertionError("it was never wrapped to its end")


async def test_two_megabytes_are_there_at_once_and_whole_in_the_end() -> None:
    text = "\n".join([SENTENCE * 3] * 4_200)
    assert len(text.encode()) > 2_000_000
    async with reading(letter_paragraphs(text, [])) as (pilot, reader):
        # The first screen does not wait for the rest.
        reader.show(letter_paragraphs(text, []))
        assert len(reader.lines) >= 20
        assert sum(end - start for _, start, end in reader.lines) <= AT_ONCE
        assert not reader.complete
        assert reader.render_line(0).cell_length == reader.size.width
        await complete(pilot, reader)
        shown = "".join(reader.paragraphs[p].text[a:b] for p, a, b in reader.lines)
        assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")
        reader.go_last()
        await pilot.pause()
        assert reader.scroll_offset.y == len(reader.lines) - reader.size.height


async def test_one_paragraph_of_any_length_is_wrapped_in_the_background() -> None:
    async with reading([Paragraph(SENTENCE * 2_000)]) as (pilot, reader):
        await complete(pilot, reader)
        assert len(reader.lines) >= 1_500


async def test_the_place_is_kept_when_the_width_changes() -> None:
    paragraphs = [Paragraph(f"{n} {SENTENCE * 2}") for n in range(60)]
    async with reading(paragraphs) as (pilot, reader):
        reader.go_to(30, 0)
        await pilot.pause()
        assert reader.place() == (30, 0)
        await pilot.resize_terminal(90, 20)
        await pilot.pause()
        place = reader.place()
        assert place is not None
        assert place[0] == 30


async def test_a_place_far_down_is_reached_once_it_is_wrapped() -> None:
    text = "\n".join(f"{n} {SENTENCE}" for n in range(5_000))
    async with reading(letter_paragraphs(text, [])) as (pilot, reader):
        at = text.index("4321 ")
        reader.go_to_span(at, at + 4)
        await complete(pilot, reader)
        await pilot.pause()
        first = reader.scroll_offset.y
        shown = [reader.paragraphs[p].text for p, _, _ in reader.lines[first : first + 20]]
        assert any(line.startswith("4321 ") for line in shown)


async def test_marks_of_several_lines_are_drawn_on_each() -> None:
    text = SENTENCE * 3
    async with reading([Paragraph(text, marks=((10, 120, "evidence"),))], (40, 10)) as (_, reader):
        names = []
        for paragraph, start, end in reader.lines:
            pieces = reader._pieces(reader.paragraphs[paragraph], start, end)
            assert "".join(piece for piece, _ in pieces) == text[start:end]
            names.append({name for _, name in pieces})
        assert sum("evidence" in found for found in names) >= 3


@pytest.mark.parametrize("width", [8, 20, 60])
async def test_every_line_is_exactly_as_wide_as_the_view(width: int) -> None:
    paragraphs = [
        Paragraph("น้ำท่วม\x1b[31m\tแดง\u202e", label="หัวข้อ", indent=6),
        Paragraph("日本語 ☎\ufe0f ทดสอบ" * 5),
        Paragraph("", style="divider"),
    ]
    async with reading(paragraphs, (width, 12)) as (_, reader):
        for y in range(12):
            assert reader.render_line(y).cell_length == reader.size.width


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_a_query_finds_itself(before: str, query: str, after: str) -> None:
    pattern = hit_pattern(query)
    if pattern is None:
        assert not query.split()
    else:
        assert pattern.search(f"{before}{query.strip()}{after}") is not None


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("2567", "๒๕๖๗"),
        ("๒๑ มิ.ย.", "21  มิ.ย."),
        ("น้ำ", "น้ํา"),
        ("Smart", "SMART"),
        ("กรม", "ก\u200bรม"),
    ],
)
def test_hits_are_found_as_the_search_folds_text(query: str, text: str) -> None:
    pattern = hit_pattern(query)
    assert pattern is not None
    assert pattern.fullmatch(text) is not None


def test_marks_fall_into_their_paragraphs() -> None:
    text = "หนึ่ง\nสอง\r\n\nสาม"
    start = text.index("สอง")
    found = letter_paragraphs(
        text, [(start, start + 3, "hit"), (0, len(text), "evidence")], [(start, "ฉบับที่ 2")]
    )
    assert [paragraph.text for paragraph in found] == ["หนึ่ง", "ฉบับที่ 2", "สอง", "", "สาม"]
    assert (0, 3, "hit") in found[2].marks
    assert all(
        "evidence" in {name for *_, name in p.marks} for p in found if p.text and p.style == ""
    )
    assert found[4].offset == text.index("สาม")
