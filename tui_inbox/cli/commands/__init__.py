"""Every command, one module each, read when it is the one that runs."""

from __future__ import annotations

from importlib import import_module

from tui_inbox.cli.command import Command
from tui_inbox.cli.shared import VERSION

# In the order in which help shows them. `a-b` is defined in the module `a_b`.
NAMES = (
    "list",
    "search",
    "related",
    "show",
    "parse",
    "note",
    "mark",
    "assign",
    "due",
    "tag",
    "pin",
    "register",
    "undo",
    "redo",
    "history",
    "stats",
    "export",
    "config",
    "locate",
    "doctor",
    "watch",
    "ledger",
    "completion",
    "manual",
)

# ``tui-inbox`` itself; without a command it opens the screen.
PROGRAM = Command("", (VERSION,))


def load(name: str) -> Command:
    """The definition of the command ``name``, which is one of :data:`NAMES`."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    command = module.COMMAND
    assert isinstance(command, Command)
    return command


def every() -> tuple[Command, ...]:
    """All commands, groups as one: for help, completions and documents."""
    return tuple(load(name) for name in NAMES)


def leaves() -> tuple[Command, ...]:
    """All commands that do something: of a group its parts."""
    return tuple(leaf for command in every() for leaf in command.parts or (command,))
