"""The Thai keyboard's twins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.thai.keyboard import TO_LATIN, TO_THAI, swap_layout, twin


@pytest.mark.parametrize(
    ("latin", "thai"),
    [
        ("j", "่"),
        ("a", "ฟ"),
        ("k", "า"),
        ("g", "เ"),
        ("G", "ฌ"),
        ("?", "ฦ"),
        ("/", "ฝ"),
        ("u", "ี"),
        ("1", "ๅ"),
    ],
)
def test_twins(latin: str, thai: str) -> None:
    assert twin(latin) == thai


@pytest.mark.parametrize("latin", ["2", "3", "M", "ก", "é"])
def test_what_has_no_thai_twin(latin: str) -> None:
    assert twin(latin) is None


def test_the_layouts_are_each_others_inverse() -> None:
    assert len(TO_THAI) == len(TO_LATIN) == 94
    assert all(TO_LATIN[thai] == latin for latin, thai in TO_THAI.items())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xitc96,", "ประแตุม"),
        ("xitc", "ประแ"),
        ("ประชุม", "xit=6,"),
        ("หำฟพแ้", "search"),
        ("", None),
        ("日", None),
    ],
)
def test_a_query_in_the_wrong_layout(typed: str, meant: str | None) -> None:
    assert swap_layout(typed) == meant


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1))
def test_swapping_twice_gives_the_text_back(text: str) -> None:
    swapped = swap_layout(text)
    assert swapped is not None
    assert swap_layout(swapped) == text
