"""The manual: whole, true to the definitions, and rendered without a complaint."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_inbox.cli.commands import leaves
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.manual import man_page, markdown, page
from tui_inbox.cli.manual.pages import EXAMPLES
from tui_inbox.cli.manual.roff import _text as roff_text
from tui_inbox.cli.parser import parse
from tui_inbox.config import keys
from tui_inbox.locale import LANGUAGES, Messages

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("render", [man_page, markdown])
def test_the_manual_names_every_command_option_setting_and_exit_code(render, language) -> None:
    told = render(page(Messages(language))).replace("\\-", "-").replace("\\_", "_")
    for command in leaves():
        assert f"tui-inbox {command.name}" in told
        for argument in command.arguments:
            assert not argument.is_option or argument.name in told
    assert all(key in told for key in keys())
    for code in ExitCode:
        assert re.search(rf"[B`]{int(code)}[`\\]", told)


def test_the_page_of_the_documentation_is_the_manual() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == markdown(page(Messages("en"))), (
        "run: tui-inbox manual --format markdown --lang en > docs/cli.md"
    )


def test_the_examples_are_understood() -> None:
    for _, line in EXAMPLES:
        for command in line.split(" | "):
            words = shlex.split(command)
            assert words[0] == "tui-inbox"
            assert parse(words[1:])[0].name == words[1]


def test_man_shows_the_page_without_a_complaint(tmp_path: Path, tool: Callable[[str], str]) -> None:
    source = tmp_path / "tui-inbox.1"
    source.write_text(man_page(page(Messages("en"))), encoding="utf-8")
    shown = subprocess.run(
        [tool("man"), "--warnings", "--local-file", source],
        check=True,
        capture_output=True,
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "MANWIDTH": "100",
            "MAN_KEEP_FORMATTING": "",
        },
    )
    assert shown.stderr == b""
    text = re.sub(r".\x08", "", shown.stdout.decode())
    for command in leaves():
        assert re.search(rf"^   {command.name}$", text, re.MULTILINE)
    assert "TUI_INBOX_WATCH_DELAY" in text
    assert "~/.config/tui-inbox/settings.toml" in text
    assert "โทรแจ้งปลัดแล้ว"[0] in text


@pytest.mark.parametrize("text", [".TH x", "'br", "a\\fBb", "-x", "~^`"])
def test_no_text_is_a_macro(text: str) -> None:
    escaped = roff_text(text)
    assert not escaped.startswith((".", "'"))
    assert not re.search(r"(?<!\\)[-~^`']", escaped)
