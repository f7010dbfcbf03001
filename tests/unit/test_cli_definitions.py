"""The commands' definitions: each is whole, worded, and true to the enums that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_inbox.cli import commands
from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.commands.list import VIEWS
from tui_inbox.cli.commands.mark import STATUSES
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.parser import Parser, parse
from tui_inbox.cli.shared import COMMON, LANGUAGES, VERSION
from tui_inbox.ledger import Status
from tui_inbox.locale import LANGUAGES as SPOKEN
from tui_inbox.locale import Messages, section
from tui_inbox.triage import View

FOLDER = Path(str(commands.__file__)).parent


# They name letters and change nothing, so there is nothing to try first.
LOOK_ONLY = {"show", "locate"}


def test_every_module_of_the_folder_is_a_command_that_is_listed() -> None:
    modules = {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    assert modules == {name.replace("-", "_") for name in commands.NAMES}
    assert [command.name for command in commands.every()] == list(commands.NAMES)


@pytest.mark.parametrize("command", commands.every(), ids=lambda command: command.name)
def test_a_command_either_runs_or_has_parts_that_do(command: Command) -> None:
    assert (command.run is None) == bool(command.parts)
    for part in command.parts:
        assert part.run is not None
        assert part.name == f"{command.name} {part.word}"


@pytest.mark.parametrize("language", SPOKEN)
def test_every_text_of_a_command_is_worded_and_none_is_left_over(language) -> None:
    messages = Messages(language)
    wanted = set()
    for command in (*commands.every(), *commands.leaves()):
        wanted |= {f"{command.texts}.help", f"{command.texts}.about"}
        wanted |= {command.help_key(argument) for argument in command.arguments}
    wanted |= {argument.help for argument in (*COMMON, VERSION)}
    assert [key for key in sorted(wanted) if key not in messages] == []
    left = {f"manual.{key}" for key in section(language, "manual")} - wanted
    code = "".join(file.read_text(encoding="utf-8") for file in FOLDER.parent.rglob("*.py"))
    assert [key for key in left if f'"{key}"' not in code] == []


def test_every_value_has_a_name_that_is_worded_or_is_one_of_its_choices() -> None:
    for command in (commands.PROGRAM, *commands.leaves()):
        for argument in (*command.arguments, *COMMON):
            if argument.switch:
                continue
            assert argument.choices or argument.metavar, (command.name, argument.name)
            if argument.metavar is not None:
                assert f"cli.metavar.{argument.metavar}" in Messages("th")


def test_the_choices_are_those_of_the_enums() -> None:
    assert set(VIEWS) == set(View)
    assert set(STATUSES) == set(Status) - {Status.NEW}
    assert LANGUAGES == SPOKEN


def test_a_command_that_acts_on_several_letters_takes_them_first_and_can_be_tried() -> None:
    for command in commands.leaves():
        names = [argument.name for argument in command.arguments]
        if "ids" in names and command.name not in LOOK_ONLY:
            assert names[0] == "ids"
            assert {"--json", "--dry-run"} <= set(names), command.name


@pytest.mark.parametrize(
    ("words", "name", "given"),
    [
        ([], "", {"inbox": None}),
        (["--inbox", "x"], "", {"inbox": "x"}),
        (["--lang=en", "list", "a", "--json", "b"], "list", {"query": ["a", "b"], "lang": "en"}),
        (["list", "a", "--view", "today", "b"], "list", {"query": ["a", "b"], "view": "today"}),
        (["list", "a:b", "-c:d", "--json", "-คำ"], "list", {"query": ["a:b", "-c:d", "-คำ"]}),
        (["search", "-มี:บันทึก"], "search", {"query": ["-มี:บันทึก"]}),
        (["list", "--", "-x"], "list", {"query": ["-x"]}),
        (["--inbox", "list", "undo"], "undo", {"inbox": "list"}),
        (["mark", "a", "-", "filed", "-n"], "mark", {"ids": ["a", "-"], "dry_run": True}),
    ],
)
def test_words_become_a_command_and_its_values(words, name, given) -> None:
    command, parsed = parse(words)
    assert command.name == name
    assert {key: getattr(parsed, key) for key in given} == given


def test_a_percent_sign_in_a_text_is_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = section("en", "manual")
    monkeypatch.setitem(texts, "list.query", "100 % of %(prog)s")
    told = Parser(commands.load("list"), ["--lang", "en"]).format_help()
    assert "100 % of %(prog)s" in told


def test_what_argparse_says_in_its_own_words_is_still_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        Parser(commands.load("list"), ["--lang", "en"]).error("something new")
    assert end.value.code == ExitCode.WRONG_USE
    assert "something new" in capsys.readouterr().err


def test_a_number_that_is_none_is_complained_of(capsys: pytest.CaptureFixture[str]) -> None:
    command = Command("list", (Argument("--view", metavar="view", number=True),))
    with pytest.raises(SystemExit):
        Parser(command, ["--lang", "en"]).parse_args(["--view", "x"])
    assert "is no whole number" in capsys.readouterr().err


def test_every_argument_is_read_by_the_name_that_it_has_in_argparse() -> None:
    for command in commands.leaves():
        for argument, action in Parser(command, []).arguments:
            assert argument.word == action.dest
