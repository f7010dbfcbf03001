"""What the README promises is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.parser import parse
from tui_inbox.thai.keyboard import twin
from tui_inbox.tui.commands import COMMANDS
from tui_inbox.tui.keys import shown_key

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_every_key_of_the_table_is_bound_and_its_thai_twin_is_right() -> None:
    bound = {shown_key(key).lower(): command for command in COMMANDS for key in command.keys}
    bound |= {key: command for command in COMMANDS for key in command.keys if len(key) == 1}
    rows = re.findall(r"^\| (`.+?) \| (.*?) \| .+ \|$", section("Keys"), re.MULTILINE)
    assert len(rows) > 15
    for keys, twins in rows:
        named = re.findall(r"`(.+?)`", keys)
        if "…" not in keys:
            assert all(key in bound or key.lower() in bound for key in named), keys
        if twins:
            letters = [key for key in named if len(key) == 1 and twin(key) is not None]
            assert re.findall(r"`(.+?)`", twins) == [twin(letter) for letter in letters]


def test_every_command_of_the_examples_is_understood() -> None:
    block = section("On the command line").split("```sh\n")[1].split("```")[0]
    examples = block.strip().splitlines()
    assert len(examples) >= 8
    for line in examples:
        words = shlex.split(line, comments=True)
        assert words[0] == "tui-inbox"
        command, _ = parse(words[1:])
        assert " ".join(words[1:]).startswith(command.name)


def test_the_exit_codes_are_those_of_the_program() -> None:
    codes = re.findall(r"^\| (\d+) \|", section("On the command line"), re.MULTILINE)
    assert [int(code) for code in codes] == list(ExitCode)


def test_the_two_commands_are_there() -> None:
    start = section("Start")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/tui-inbox\n" in start
    assert ".venv/bin/pip install '.[test]' && .venv/bin/pytest\n" in start


def test_the_files_that_it_links_to_are_there() -> None:
    root = Path(__file__).parents[2]
    links = [link for link in re.findall(r"\]\((.+?)\)", README) if "://" not in link]
    assert {"docs/settings.md", "CHANGELOG.md", "docs/screenshot.svg"} <= set(links)
    assert [link for link in links if not (root / link).is_file()] == []


def test_every_rule_of_the_reading_table_names_code_and_a_test_that_exist() -> None:
    root = Path(__file__).parents[2]
    guide = (root / "docs" / "reading.md").read_text(encoding="utf-8")
    tests = "".join(
        path.read_text(encoding="utf-8")
        for path in (root / "tests" / "unit").glob("test_reading_*.py")
    )
    rows = re.findall(r"^\| [^|]+ \| [RMC, ]+ \| ([^|]+) \| `(\w+)` \|$", guide, re.MULTILINE)
    assert len(rows) > 20
    for code, test in rows:
        assert f"def test_{test}(" in tests, test
        # `b` of "`module.a`, `b`" is of the module named before it.
        module = ""
        for named in re.findall(r"`([\w.]+)`", code):
            first, _, second = named.rpartition(".")
            module, name = (first, second) if first else (module, second)
            if second == "py":
                name = ""
            source = root / "tui_inbox" / "reading" / f"{module}.py"
            assert source.is_file(), named
            assert name in source.read_text(encoding="utf-8"), named
