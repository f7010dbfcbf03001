"""What the scripts of all shells say, in no shell's words yet."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.commands import PROGRAM, every
from tui_inbox.cli.shared import COMMON, HELP
from tui_inbox.config import keys
from tui_inbox.locale import Messages


def commands() -> Iterator[Command]:
    """The program, then every command, groups before their parts."""
    yield PROGRAM
    for command in every():
        yield command
        yield from command.parts


def inner(command: Command) -> tuple[Command, ...]:
    """The commands that may follow ``command``."""
    return every() if command is PROGRAM else command.parts


def options(command: Command) -> tuple[Argument, ...]:
    """Every option that may follow ``command``."""
    own = tuple(argument for argument in command.arguments if argument.is_option)
    return (*own, *COMMON, HELP)


def words(command: Command) -> tuple[Argument, ...]:
    """The arguments of ``command`` that are no options."""
    return tuple(argument for argument in command.arguments if not argument.is_option)


def with_value() -> tuple[str, ...]:
    """Every option that takes a value, as the shell's word before the value."""
    found = {
        option.name: None
        for command in commands()
        for option in options(command)
        if not option.switch
    }
    return tuple(found)


def choices(argument: Argument) -> tuple[str, ...]:
    """The values that are known beforehand."""
    if argument.completes is Completes.SETTINGS:
        return tuple(f"{key}=" for key in keys())
    return argument.choices


def about(messages: Messages, command: Command, argument: Argument | None = None) -> str:
    """The line that tells what a command or an argument is for."""
    if argument is None:
        return messages(f"{command.texts}.help")
    return messages(command.help_key(argument))
