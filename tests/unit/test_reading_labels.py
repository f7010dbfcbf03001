from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.reading.labels import by_first_letter

words = st.text("กขค", min_size=1, max_size=4)
# What may follow the first letter, beside letters.
tails = st.sampled_from(["", "[กข|]", "(?:ก|ขค)?", "(?=ค)", r"\|", "ก?", "(?<!กก)", "(ค)"])
patterns = st.lists(st.tuples(words, tails).map("".join), min_size=1, max_size=6)


@given(patterns, st.text("กขค|", max_size=20))
def test_alternatives_by_first_letters_match_the_same(some: list[str], text: str) -> None:
    plain = "|".join(some)
    grouped = by_first_letter(plain)
    spans = [match.span() for match in re.finditer(plain, text)]
    assert [match.span() for match in re.finditer(grouped, text)] == spans


def test_other_patterns_stay_as_they_are() -> None:
    for pattern in ("(?<=ก)ข|ค", "ก?ข|ค", "[กข]|ค", "กข|", r"\d|ก", ""):
        assert by_first_letter(pattern) == pattern
    assert by_first_letter("กข|คง|กค") == "ก(?:ข|ค)|ค(?:ง)"
