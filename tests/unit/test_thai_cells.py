"""Cells and clusters: what terminals show of Thai, and what they must never be sent."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_inbox.letter import Problem
from tui_inbox.reading import decode
from tui_inbox.thai.cells import (
    cells,
    cluster_start,
    clusters,
    fit,
    is_mark,
    next_cluster,
    one_line,
    pad,
    previous_cluster,
    truncate,
    visible,
)

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=40)


def _text(file: Path) -> str:
    """As the program decodes it: one of the samples is not UTF-8."""
    found = decode(file.read_bytes())
    assert not isinstance(found, Problem)
    return found.text


REAL = sorted(
    {
        " ".join(line.split())
        for file in (Path(__file__).parents[2] / "inbox").glob("*.txt")
        for line in _text(file).splitlines()
        if line.strip()
    }
)
ANY = st.one_of(THAI, st.text(max_size=40))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("กรม", 3),
        ("ที่", 1),
        ("น้ำ", 2),
        ("ด่วนที่สุด", 6),
        ("๒๕๖๗", 4),
        ("\t", 4),
        ("\x1b", 1),
        ("日本", 4),
        ("☎\ufe0f", 1),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(ANY)
def test_cells_are_those_of_what_is_shown(text: str) -> None:
    assert cells(text) == sum(cell_len(c) for c in visible(text))


@given(ANY)
def test_nothing_shown_can_steer_a_terminal(text: str) -> None:
    assert not {unicodedata.category(c) for c in visible(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_control_bidi_and_zero_width_characters_are_seen() -> None:
    assert visible("a\x1b[31m\x07b") == "a␛[31m␇b"
    assert visible("a\u202eb\u200bc\x85d\udc80") == "a⇄b¦c�d�"
    assert one_line(" ก\n\tข\r\nค ") == "ก ข ค"


@given(ANY)
def test_clusters_cover_the_text_and_hold_their_marks(text: str) -> None:
    spans = clusters(text)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(not is_mark(text[a]) for a, _ in spans[1:])


def test_sara_am_belongs_to_its_consonant() -> None:
    assert clusters("น้ำมา") == [(0, 3), (3, 4), (4, 5)]
    assert next_cluster("น้ำมา", 0) == 3
    assert previous_cluster("น้ำมา", 3) == 0
    assert cluster_start("น้ำมา", 2) == 0


@given(ANY, st.integers(0, 30))
def test_truncated_text_fits_and_is_cut_between_clusters(text: str, width: int) -> None:
    shown = truncate(text, width)
    assert cells(shown) <= width
    if shown.endswith("…") and shown != visible(text):
        rest = visible(text)[len(shown) - 1 :].lstrip()
        assert len(shown) == 1 or not rest or not is_mark(rest[0])
    else:
        assert shown == visible(text) or width == 0


@given(ANY, st.integers(0, 30), st.booleans())
def test_a_column_is_exactly_as_wide_as_it_should_be(text: str, width: int, right: bool) -> None:
    assert cells(pad(text, width, right=right)) == width


@given(ANY, st.integers(1, 30))
def test_fit_is_the_most_that_fits(text: str, width: int) -> None:
    count = fit(text, width)
    assert cells(text[:count]) <= width
    if count < len(text):
        assert cells(text[: next_cluster(text, count)]) > width


@given(st.sampled_from(REAL), st.integers(1, 60))
def test_real_thai_is_truncated_between_characters_with_an_ellipsis(text: str, width: int) -> None:
    shown = truncate(text, width)
    assert cells(shown) <= width
    if shown != text:
        assert shown.endswith("…")
        kept = shown[:-1]
        assert text.startswith(kept)
        # No base without its marks, and as much as fits.
        rest = text[len(kept) :].lstrip()
        assert not is_mark(rest[0])
        assert cells(kept) + cells(rest[: clusters(rest)[0][1]]) + 1 > width - 1
    assert cells(pad(text, width)) == width
