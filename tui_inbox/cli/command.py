"""What a command is: its name, its arguments, where its texts are, and what runs it.

Every command is one such definition in a module of its own under ``cli/commands``. The parser,
the shells' completions, the man page and docs/cli.md are all made from these definitions, so
that none of them can say something else than the program does.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from tui_inbox.cli.exits import ExitCode
    from tui_inbox.cli.session import Session


class Loads(StrEnum):
    """Which settings are read before a command runs."""

    # The user's and those of the inbox, which is ./inbox where none is named.
    INBOX = "inbox"
    # Those of an inbox only where one is named: the command opens none by itself.
    NAMED = "named"
    # None: the command must work where a settings file is broken.
    NOTHING = "nothing"


class Completes(StrEnum):
    """What a shell offers for a value that has no fixed choices."""

    NOTHING = "nothing"
    FILES = "files"
    FOLDERS = "folders"
    LETTERS = "letters"
    SETTINGS = "settings"


class Argument(msgspec.Struct, frozen=True):
    """One word or option of a command line, in argparse's terms.

    :param name: ``ids``, or an option with its dashes (``--view``).
    :param short: a one-letter twin of an option (``-h``).
    :param metavar: the name of a ``cli.metavar`` text that stands for the value; where there is
        none, the choices do.
    :param many: argparse's ``nargs``; empty for exactly one value.
    :param choices: the only values that will do.
    :param switch: an option that takes no value.
    :param repeats: an option that may be given several times; its values are a list.
    :param help: key of its text where that is not the command's own ``<texts>.<name>``.
    """

    name: str
    short: str | None = None
    metavar: str | None = None
    many: Literal["", "?", "*", "+"] = ""
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    number: bool = False
    switch: bool = False
    repeats: bool = False
    completes: Completes = Completes.NOTHING
    help: str | None = None

    @property
    def is_option(self) -> bool:
        return self.name.startswith("-")

    @property
    def word(self) -> str:
        """The name without dashes, as it stands in keys of texts and in ``session.given``."""
        return self.name.lstrip("-").replace("-", "_")


class Command(msgspec.Struct, frozen=True):
    """One command, or a group of them (``config show``).

    Its texts are ``<texts>.help`` (one line, for lists of commands), ``<texts>.about`` (whole
    sentences) and ``<texts>.<argument>`` in the catalogue.

    :param name: as it is typed; with its group's in front: ``config show``.
    :param run: does it; gets the session with the parsed command line in ``given``.
    :param parts: the commands of a group, which itself has no arguments and no ``run``.
    """

    name: str
    arguments: tuple[Argument, ...] = ()
    run: Callable[[Session], ExitCode] | None = None
    loads: Loads = Loads.INBOX
    parts: tuple[Command, ...] = ()

    @property
    def word(self) -> str:
        """The last word of the name: what tells it from the others of its group."""
        return self.name.rpartition(" ")[2]

    @property
    def texts(self) -> str:
        """Where its texts are in the catalogue."""
        return "manual." + self.name.replace("-", "_").replace(" ", ".")

    def help_key(self, argument: Argument) -> str:
        """Where the text of one of its arguments is."""
        return argument.help or f"{self.texts}.{argument.word}"
