"""Text that a reader view shows: paragraphs with styled spans, wrapped piece by piece."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from tui_inbox.letter import Span
from tui_inbox.thai.hits import hit_pattern
from tui_inbox.thai.wrap import Segment, wrap_paragraph

__all__ = [
    "Line",
    "Marked",
    "Paragraph",
    "hit_pattern",
    "letter_paragraphs",
    "wrapped",
]

Marked = tuple[int, int, str]
"""A span of a paragraph's text and the name of its style."""

Line = tuple[int, int, int]
"""A wrapped line: the paragraph's index, start and end in its text."""


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph.

    ``label`` stands in a margin of ``indent`` cells before the first line; ``style`` is that of
    the whole; of ``marks`` that overlap the later wins. ``source`` is the place in the letter
    that the paragraph speaks of, ``offset`` the place in the letter where its text stands.
    ``field`` names what was read there; ``letter`` is the id of another letter it speaks of.
    """

    text: str
    marks: tuple[Marked, ...] = ()
    label: str = ""
    indent: int = 0
    style: str = ""
    source: Span | None = None
    offset: int | None = None
    field: str = ""
    letter: str | None = None

    @property
    def leads(self) -> bool:
        """Whether it can be chosen, to see what it speaks of."""
        return self.source is not None or self.letter is not None


def wrapped(
    paragraphs: Sequence[Paragraph], width: int, segment: Segment, start: int = 0
) -> Iterator[list[Line]]:
    """The lines of each paragraph from ``start`` on, paragraph by paragraph."""
    for index in range(start, len(paragraphs)):
        paragraph = paragraphs[index]
        room = max(4, width - paragraph.indent)
        yield [(index, begin, end) for begin, end in wrap_paragraph(paragraph.text, room, segment)]


def letter_paragraphs(
    text: str, marks: Sequence[Marked], dividers: Sequence[tuple[int, str]] = ()
) -> list[Paragraph]:
    """The lines of a letter as paragraphs, with the ``marks`` (spans of ``text``) that they hold.

    ``dividers`` are headings to show before the line in which an offset lies.
    """
    # The wider first: what lies inside another mark is drawn over it.
    ordered = sorted(marks, key=lambda mark: (mark[0], -mark[1]))
    starts = [mark[0] for mark in ordered]
    longest = max((end - start for start, end, _ in ordered), default=0)
    heads = sorted(dividers)
    found: list[Paragraph] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while heads and heads[0][0] <= end:
            found.append(Paragraph(heads.pop(0)[1], style="divider", offset=start))
        own = tuple(
            (max(begin, start) - start, min(stop, end) - start, name)
            for begin, stop, name in ordered[
                bisect_left(starts, start - longest) : bisect_left(starts, end)
            ]
            if stop > start and begin < end
        )
        found.append(Paragraph(line.removesuffix("\r"), marks=own, offset=start))
        start = end + 1
    return found
