"""Line breaks: what must never happen at a line's edge, with and without the dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_inbox.letter import Problem
from tui_inbox.reading import decode
from tui_inbox.thai.cells import cells, clusters, is_mark
from tui_inbox.thai.wrap import Segmenter, paragraphs, rule_breaks, syllable_breaks, wrap

SAMPLES = sorted((Path(__file__).parents[2] / "inbox").glob("*.txt"))
THAI = st.text(
    st.one_of(
        st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), st.sampled_from(" \nA9().,/ๆฯ“”")
    ),
    max_size=120,
)
WIDTH = st.integers(1, 40)
LEADING, FOLLOWING = "เแโใไ", "ๆฯะาำๅ)]}”’!?,.:;"

dictionary = Segmenter()


@pytest.fixture(scope="module", autouse=True)
def _dictionary() -> None:
    dictionary.load()


def check(text: str, width: int, lines: list[tuple[int, int]]) -> None:
    # Nothing is lost: only white space lies between the lines, and they are in order.
    at = 0
    for start, end in lines:
        assert at <= start <= end
        assert not text[at:start].strip(" \t\r\n")
        at = end
    assert not text[at:].strip(" \t\r\n")
    starts = {start for start, _ in paragraphs(text)}
    for start, end in lines:
        line = text[start:end]
        assert cells(line) <= width or len(clusters(line)) == 1
        if start not in starts:
            assert not is_mark(text[start])


def edges(text: str, lines: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Last and first character at each soft break."""
    ends = {end for _, end in paragraphs(text)}
    return [
        (text[end - 1], text[lines[at + 1][0]])
        for at, (_, end) in enumerate(lines[:-1])
        if end not in ends and end > 0
    ]


@given(THAI, WIDTH)
def test_rules_keep_the_invariants(text: str, width: int) -> None:
    check(text, width, wrap(text, width))


@settings(max_examples=60)
@given(THAI, WIDTH)
def test_the_dictionary_keeps_the_invariants(text: str, width: int) -> None:
    check(text, width, wrap(text, width, dictionary))


@given(st.text(max_size=80), WIDTH)
@example("\r\U000e01000", 1)
def test_any_text_is_wrapped_without_loss(text: str, width: int) -> None:
    check(text, width, wrap(text, width))


@given(THAI)
def test_rule_breaks_are_where_spelling_lets_them_be(text: str) -> None:
    line = text.replace("\n", " ")
    offered = rule_breaks(line)
    assert set(offered) <= set(syllable_breaks(line))
    for offset in offered:
        assert not is_mark(line[offset])
        assert line[offset] not in FOLLOWING
        assert line[offset - 1] not in LEADING


@pytest.mark.parametrize("segment", [None, dictionary], ids=["rules", "dictionary"])
@pytest.mark.parametrize("width", [24, 40, 60, 78])
def test_real_letters(width: int, segment: Segmenter | None) -> None:
    assert SAMPLES
    for file in SAMPLES:
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
        lines = wrap(text, width, segment)
        check(text, width, lines)
        for last, first in edges(text, lines):
            # A dotted line to write on may start a line, and break.
            assert first not in FOLLOWING.replace(".", "")
            assert last not in LEADING


def _text(file: Path) -> str:
    """As the program decodes it: one of the samples is not UTF-8."""
    found = decode(file.read_bytes())
    assert not isinstance(found, Problem)
    return found.text


REAL = [
    " ".join(line.split())
    for file in SAMPLES
    for line in _text(file).splitlines()
    if sum("\u0e00" <= character <= "\u0e7f" for character in line) > 20
]


@st.composite
def real_thai(draw: st.DrawFn) -> str:
    """Lines of real letters, cut between clusters where it happens, and put together."""
    parts = []
    for line in draw(st.lists(st.sampled_from(REAL), min_size=1, max_size=3)):
        cuts = clusters(line)
        start = draw(st.integers(0, len(cuts) - 1))
        part = line[cuts[start][0] : cuts[draw(st.integers(start, len(cuts) - 1))][1]]
        # A vowel before its consonant is half a syllable, which nobody writes.
        parts.append(part.rstrip(LEADING))
    return draw(st.sampled_from(["", " "])).join(parts)


@settings(max_examples=120)
@given(real_thai(), st.integers(8, 80), st.booleans())
def test_real_thai_is_broken_where_thai_may_be_broken(
    text: str, width: int, with_dictionary: bool
) -> None:
    segment = dictionary if with_dictionary else rule_breaks
    lines = wrap(text, width, segment)
    check(text, width, lines)
    for last, first in edges(text, lines):
        assert not is_mark(first)
        assert first not in FOLLOWING or (first == "." and last in ".…")
        assert last not in LEADING


def test_words_stay_whole() -> None:
    text = "ด้วยจังหวัดอุบลราชธานีได้รับแจ้งปัญหาน้ำท่วม"
    lines = [text[a:b] for a, b in wrap(text, 16, dictionary)]
    assert lines == ["ด้วยจังหวัด", "อุบลราชธานีได้รับแจ้ง", "ปัญหาน้ำท่วม"]


@pytest.mark.parametrize("segment", [None, dictionary], ids=["rules", "dictionary"])
@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("เรื่องต่าง ๆ ที่เกี่ยวข้อง", "ต่าง ๆ"),
        ("ขอเชิญประชุมเวลา ๐๙.๓๐ น. ณ ห้องประชุม", "๐๙.๓๐ น."),
        ("การประชุมครั้งที่ ๑๑/๒๕๖๙ ประจำเดือน", "๑๑/๒๕๖๙"),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ไตรมาสที่ ๑", "พ.ศ."),
        ("ขอให้ติดต่อที่ส านักงานจังหวัดลำพูน", "ส า"),
        ("กรุงเทพฯ และจังหวัดใกล้เคียง", "กรุงเทพฯ"),
        ("ตามหนังสือ (ด่วนที่สุด) ที่อ้างถึง", "(ด่วน"),
    ],
)
def test_what_belongs_together_stays_on_one_line(
    text: str, whole: str, segment: Segmenter | None
) -> None:
    for width in range(cells(whole) + 2, 30):
        lines = [text[a:b] for a, b in wrap(text, width, segment)]
        assert any(whole in line for line in lines), (width, lines)


def test_the_indent_of_a_paragraph_stays() -> None:
    text = "      เรียน นายอำเภอ"
    assert wrap(text, 30) == [(0, len(text))]
    assert text[slice(*wrap(text, 12)[0])].startswith("      ")


def test_line_ends() -> None:
    assert wrap("ก\r\n\nข", 10) == [(0, 1), (3, 3), (4, 5)]
    assert wrap("", 10) == [(0, 0)]


def test_a_segmenter_serves_before_its_dictionary_is_there() -> None:
    fresh = Segmenter()
    assert not fresh.ready
    assert fresh("การตัดคำ") == rule_breaks("การตัดคำ")


def test_a_paragraph_of_many_characters_is_wrapped() -> None:
    text = "องค์กรปกครองส่วนท้องถิ่น" * 4_000
    lines = wrap(text, 60, dictionary)
    check(text, 60, lines)
    assert len(lines) > 1_000
