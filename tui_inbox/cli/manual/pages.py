"""What the manual says, in no format yet: sections of paragraphs, terms and command lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.commands import PROGRAM, every
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.parser import NAME
from tui_inbox.cli.shared import COMMON, HELP, VERSION
from tui_inbox.config import default_of, keys, variables
from tui_inbox.locale import Messages

# Lines that may be typed as they are, with the name of what each does.
EXAMPLES = (
    ("list", f"{NAME} list"),
    ("query", f"{NAME} list --json 'ครบ:<7d'"),
    ("parse", f"{NAME} parse inbox/*.txt --json"),
    ("note", f"{NAME} note PEA_maetha_1266.txt 'โทรแจ้งปลัดแล้ว'"),
    ("mark", f"{NAME} mark PEA_maetha_1266.txt actioned"),
    ("undo", f"{NAME} undo"),
    ("several", f"{NAME} list --ids --view problems | {NAME} mark - filed --dry-run"),
    ("doctor", f"{NAME} doctor"),
)


class Entry(NamedTuple):
    """A term, as it is typed, and what it means."""

    term: str
    text: str


class Part(NamedTuple):
    """A part of a section: its heading and usage, what it says, and its terms."""

    heading: str | None = None
    usage: str | None = None
    text: str | None = None
    entries: tuple[Entry, ...] = ()
    lines: tuple[Entry, ...] = ()


class Section(NamedTuple):
    heading: str
    parts: tuple[Part, ...]


class Page(NamedTuple):
    title: str
    about: str
    sections: tuple[Section, ...]


def page(messages: Messages) -> Page:
    """The whole manual in the language of ``messages``."""

    def heading(name: str) -> str:
        return messages(f"cli.manual.{name}")

    common = tuple(_entry(messages, PROGRAM, option) for option in (*COMMON, HELP, VERSION))
    codes = tuple(
        Entry(str(int(code)), messages(f"cli.exit.{code.name.lower()}")) for code in ExitCode
    )
    examples = tuple(Entry(line, messages(f"cli.example.{name}")) for name, line in EXAMPLES)
    return Page(
        NAME,
        messages("cli.about"),
        (
            Section(heading("synopsis"), (Part(usage=usage(messages, PROGRAM)),)),
            Section(heading("options"), (Part(text=heading("anywhere"), entries=common),)),
            Section(heading("commands"), tuple(_commands(messages))),
            Section(heading("examples"), (Part(lines=examples),)),
            Section(
                heading("settings"),
                (Part(text=heading("precedence"), entries=tuple(_settings(messages))),),
            ),
            Section(heading("files"), (Part(entries=tuple(_files(messages))),)),
            Section(heading("exits"), (Part(entries=codes),)),
        ),
    )


def usage(messages: Messages, command: Command) -> str:
    """How a command is typed: ``tui-inbox mark [--json] ID… {open|filed}``."""
    words = [NAME, *command.name.split()]
    for argument in command.arguments:
        if argument.is_option:
            value = "" if argument.switch else f" {value_name(messages, argument)}"
            words.append(f"[{argument.name}{value}]")
        else:
            name = value_name(messages, argument)
            name = f"{name}…" if argument.many in ("*", "+") else name
            words.append(f"[{name}]" if argument.many in ("?", "*") else name)
    if command is PROGRAM:
        words.append(f"[{messages('cli.metavar.command')}]")
    return " ".join(words)


def value_name(messages: Messages, argument: Argument) -> str:
    """What stands for the value in usage lines."""
    if argument.metavar is not None:
        return messages(f"cli.metavar.{argument.metavar}")
    return f"{{{'|'.join(argument.choices)}}}"


def _commands(messages: Messages) -> Iterator[Part]:
    for command in every():
        for leaf in command.parts or (command,):
            yield Part(
                heading=leaf.name,
                usage=usage(messages, leaf),
                text=messages(f"{leaf.texts}.about"),
                entries=tuple(_entry(messages, leaf, argument) for argument in leaf.arguments),
            )


def _entry(messages: Messages, command: Command, argument: Argument) -> Entry:
    term = value_name(messages, argument)
    if argument.is_option:
        names = ", ".join(name for name in (argument.short, argument.name) if name)
        term = names if argument.switch else f"{names} {term}"
    return Entry(term, messages(command.help_key(argument)))


def _settings(messages: Messages) -> Iterator[Entry]:
    from tui_inbox.cli.settings import value_text

    names = {key: variable for variable, key in reversed(variables().items())}
    for key in keys():
        default = default_of(key)
        shown = "" if default is None else f" = {value_text(default)}"
        told = messages(f"settings.{key}")
        yield Entry(f"{key}{shown}", f"{told} ({names[key]})" if key in names else told)


def _files(messages: Messages) -> Iterator[Entry]:
    for path, name in (
        ("~/.config/tui-inbox/settings.toml", "user"),
        ("<inbox>/.tui-inbox/settings.toml", "inbox"),
        ("<inbox>/.tui-inbox/", "ledger"),
        ("~/.cache/tui-inbox/", "cache"),
    ):
        yield Entry(path, messages(f"cli.file.{name}"))
