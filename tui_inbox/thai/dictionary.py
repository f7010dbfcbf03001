"""pythainlp's words, held so that a screen can afford them.

pythainlp keeps them in a tree of some hundred thousand objects: 60 MiB, and half a second to make
it while somebody types. The set of words that it has read anyway gives the same answers, asked for
each length that a word can have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from pythainlp.corpus import thai_words
from pythainlp.tokenize import newmm
from pythainlp.util import Trie

# Characters that tell how long a word can be that begins with them. With fewer many lengths would
# be tried for nothing, with more there would be as many beginnings as words.
_BEGINNING = 3


class WordSet(Trie):
    """Words as newmm asks for them. They are given once, and stay."""

    def __init__(self, words: Iterable[str]) -> None:
        given = frozenset(words)
        stripped = frozenset(word.strip() for word in given) - {""}
        # pythainlp keeps the set that it gives: another one of the same words need not stay.
        self._words = given if given == stripped else stripped
        self._longest: dict[str, int] = {}
        for word in self._words:
            beginning = word[:_BEGINNING]
            if len(word) > self._longest.get(beginning, 0):
                self._longest[beginning] = len(word)

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """All words that stand in ``text`` from ``start`` on, the shortest first."""
        words, room = self._words, len(text)
        longest = self._longest.get(text[start : start + _BEGINNING], 0)
        ends = range(start + 1, min(start + max(longest, _BEGINNING - 1), room) + 1)
        return [word for end in ends if (word := text[start:end]) in words]

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def add(self, word: str) -> None:
        """
        :raises TypeError: always.
        """
        raise TypeError(f"the words are given once: {word!r}")

    def remove(self, word: str) -> None:
        """
        :raises TypeError: always.
        """
        raise TypeError(f"the words are given once: {word!r}")


def tokenizer() -> Callable[[str], list[str]]:
    """pythainlp's newmm with all of its words, in a tenth of a second."""
    words = WordSet(thai_words())
    return partial(newmm.segment, custom_dict=words, safe_mode=True)
