"""docs/search.md is true: every example is a query, every field and value is understood."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from tui_inbox.triage.query import Field, Text, parse
from tui_inbox.triage.query.days import days
from tui_inbox.triage.query.names import BY_NAME, CHOICES

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")
TODAY = dt.date(2024, 6, 21)


def rows(heading: str) -> list[list[str]]:
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_every_example_is_more_than_words() -> None:
    examples = [one for row in rows("More than words") for one in quoted(row[0])]
    assert len(examples) >= 7
    for example in examples:
        node = parse(example, today=TODAY)
        assert node is not None
        assert not isinstance(node, Text) or example.startswith('"'), example


def test_what_is_said_to_be_text_is() -> None:
    words = PAGE.split("\n## Words\n")[1].split("\n## ")[0]
    line = next(
        line for line in words.splitlines() if "words like any other" in line or "0023" in line
    )
    for example in quoted(line):
        assert parse(example, today=TODAY) == Text(example)


def test_every_field_is_there_with_its_values() -> None:
    named: set[Field] = set()
    for thai, english, value in rows("Fields"):
        fields = {BY_NAME[name.removesuffix(":")] for name in quoted(thai) + quoted(english)}
        assert len(fields) == 1, thai
        (field,) = fields
        named |= fields
        if field in CHOICES:
            for word in quoted(value):
                if not word.endswith(":"):
                    parse(f"{quoted(english)[0]}{word}", today=TODAY)
    assert named == set(Field)


def test_every_day_is_one() -> None:
    examples = [one for row in rows("Days") for one in quoted(row[0])]
    units = {"วัน", "สัปดาห์", "เดือน", "ปี"}
    for example in examples:
        typed = f"<7{example}" if example in units else example
        assert days(typed, TODAY, ahead=True) is not None, example
