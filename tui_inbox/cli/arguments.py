"""The command line's words: commands, options and their help, in the person's language."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable, Sequence
from typing import ClassVar, NoReturn

from tui_inbox.cli.exits import ExitCode
from tui_inbox.locale import DEFAULT_LANGUAGE, LANGUAGES, Language, Messages

# What argparse says of a wrong command line, for each text of the catalogue. Python words these
# in English only; one that is not listed is shown as it is.
COMPLAINTS = {
    "required": r"the following arguments are required: (?P<what>.+)",
    "unrecognized": r"unrecognized arguments: (?P<what>.+)",
    "choice": (
        r"argument (?P<what>[^:]+): invalid choice: "
        r"'?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)"
    ),
    "one_value": r"argument (?P<what>[^:]+): expected (?:one|at least one) argument",
    "no_value": r"argument (?P<what>[^:]+): ignored explicit argument .+",
    "ambiguous": r"(?:argument [^:]+: )?ambiguous option: (?P<what>.+) could match (?P<choices>.+)",
}


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the catalogue's language.

    argparse makes the commands' parsers from the class of the whole, so the language belongs to
    the class: :func:`build` derives one.
    """

    messages: ClassVar[Messages]

    def __init__(self, *, prog: str, description: str) -> None:
        messages = self.messages
        super().__init__(
            prog=prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: Formatter(messages, prog),
        )
        self._positionals.title = messages("cli.help.arguments")
        self._optionals.title = messages("cli.help.options")
        self.add_argument("-h", "--help", action="help", help=messages("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        for name, pattern in COMPLAINTS.items():
            if match := re.fullmatch(pattern, message, re.DOTALL):
                message = self.messages(f"cli.usage.{name}", **match.groupdict())
                break
        # Imported here: it is needed only when something is wrong.
        from tui_inbox.cli.output import Output

        output = Output()
        output.say(message)
        output.say(self.messages("cli.usage.see_help", command=f"{self.prog} --help"))
        self.exit(ExitCode.WRONG_USE)


class Formatter(argparse.HelpFormatter):
    """argparse's help with its own words in the catalogue's language."""

    def __init__(self, messages: Messages, prog: str) -> None:
        super().__init__(prog, max_help_position=28)
        self.messages = messages

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        if prefix is None:
            prefix = self.messages("cli.help.usage") + " "
        super().add_usage(usage, actions, groups, prefix)


def language_of(arguments: Sequence[str]) -> Language:
    """The language for help and for complaints about the command line itself.

    ``--lang`` and the environment are looked at without the rest; the user's settings count as
    far as they can be read: if they cannot, the command itself will say so.
    """
    asked = None
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    asked = asked or os.environ.get("TUI_INBOX_LANG") or os.environ.get("TUI_INBOX_LANGUAGE")
    if asked is None:
        from tui_inbox.config import SettingsError, load_settings

        try:
            asked = load_settings().language
        except SettingsError:
            asked = DEFAULT_LANGUAGE
    return next((language for language in LANGUAGES if language == asked), DEFAULT_LANGUAGE)


def build(messages: Messages, version: str) -> Parser:
    """The parser of the whole command line."""

    def help_of(name: str) -> str:
        # argparse fills % in help texts; the catalogue's are final.
        return messages(f"cli.{name}").replace("%", "%%")

    class Speaking(Parser):
        pass

    Speaking.messages = messages
    parser = Speaking(prog="tui-inbox", description=messages("cli.about"))
    parser.add_argument(
        "--version", action="version", version=f"tui-inbox {version}", help=help_of("help.version")
    )
    _common(parser, messages)
    commands = parser.add_subparsers(
        dest="command",
        metavar=messages("cli.metavar.command"),
        title=messages("cli.help.commands"),
    )

    def command(name: str) -> argparse.ArgumentParser:
        one = commands.add_parser(
            name, help=help_of(f"{name}.help"), description=messages(f"cli.{name}.about")
        )
        _common(one, messages)
        return one

    files = command("parse")
    files.add_argument(
        "files", nargs="+", metavar=messages("cli.metavar.file"), help=help_of("parse.files")
    )
    files.add_argument("--json", action="store_true", help=help_of("parse.json"))

    letters = command("list")
    letters.add_argument(
        "query", nargs="*", metavar=messages("cli.metavar.query"), help=help_of("list.query")
    )
    letters.add_argument("--json", action="store_true", help=help_of("list.json"))
    letters.add_argument(
        "--view",
        choices=[
            "inbox", "today", "overdue", "most_urgent", "mine", "waiting", "done", "problems",
            "all",
        ],
        default="all",
        metavar=messages("cli.metavar.view"),
        help=help_of("list.view"),
    )  # fmt: skip

    letter = messages("cli.metavar.id")
    show = command("show")
    show.add_argument("id", metavar=letter, help=help_of("help.id"))
    show.add_argument("--reveal", action="store_true", help=help_of("show.reveal"))

    note = command("note")
    note.add_argument("id", metavar=letter, help=help_of("help.id"))
    note.add_argument(
        "text", nargs="+", metavar=messages("cli.metavar.text"), help=help_of("note.text")
    )

    mark = command("mark")
    mark.add_argument("ids", nargs="+", metavar=letter, help=help_of("help.ids"))
    mark.add_argument(
        "status",
        choices=["actioned", "open"],
        metavar="actioned|open",
        help=help_of("mark.status"),
    )

    command("undo")
    history = command("history")
    history.add_argument("id", metavar=letter, help=help_of("help.id"))
    return parser


def _common(parser: argparse.ArgumentParser, messages: Messages) -> None:
    """What can be said before or after the command's name."""
    parser.add_argument(
        "--inbox",
        metavar=messages("cli.metavar.folder"),
        default=argparse.SUPPRESS,
        help=messages("cli.help.inbox").replace("%", "%%"),
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=messages("cli.help.lang").replace("%", "%%"),
    )
