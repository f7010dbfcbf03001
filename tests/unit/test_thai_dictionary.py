"""The words are the dictionary's, however they are kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.corpus import thai_words
from pythainlp.tokenize import newmm
from pythainlp.util import Trie

from tui_inbox.thai.dictionary import WordSet, tokenizer

SAMPLES = Path(__file__).parents[2] / "inbox"
THAI = "กขคงจชดตนบปมรลวสหอะาำิีุูเแโใไ่้๊็์ๆฯ "

WORDS = thai_words()
tree, kept, tokenize = Trie(WORDS), WordSet(WORDS), tokenizer()


@given(st.lists(st.sampled_from(sorted(WORDS)[::97]) | st.text(THAI, max_size=4), max_size=8))
def test_words_begin_where_they_do_in_pythainlps_own_tree(parts: list[str]) -> None:
    text = "".join(parts)
    for start in range(len(text) + 1):
        assert kept.prefixes(text, start) == tree.prefixes(text, start)


@given(st.lists(st.text("กาขน่ ", max_size=5), max_size=8), st.text("กาขน่", max_size=12))
def test_any_words_are_found_as_in_a_tree(words: list[str], text: str) -> None:
    few, same = WordSet(words), Trie(words)
    assert set(few) == {word for word in same if word}
    assert all(word.strip() in few for word in words if word.strip())
    for start in range(len(text) + 1):
        assert few.prefixes(text, start) == [word for word in same.prefixes(text, start) if word]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_letters_are_cut_as_pythainlp_cuts_them(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="replace")
    assert tokenize(text) == newmm.segment(text, safe_mode=True)


def test_the_words_do_not_change() -> None:
    with pytest.raises(TypeError):
        kept.add("คำใหม่")
    with pytest.raises(TypeError):
        kept.remove("คำ")


def test_no_tree_is_made_for_the_screen() -> None:
    program = """
from pythainlp.tokenize import word_dict_trie
from tui_inbox.thai.wrap import Segmenter
segmenter = Segmenter()
segmenter.load()
assert segmenter.words("ขอให้รายงานผลการดำเนินงาน")
print(word_dict_trie.cache_info().currsize)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "0"
