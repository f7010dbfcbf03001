"""From the words of a command line to a command and its values, by argparse.

Only the command that was asked for is read and given to argparse, and its texts only when help
or a complaint needs them: a script that lists letters waits for none of it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.commands import NAMES, PROGRAM, load
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.shared import COMMON, HELP, VERSION
from tui_inbox.locale import DEFAULT_LANGUAGE, LANGUAGES, Language, Messages

NAME = "tui-inbox"

_LEFT_OUT = re.compile(r"-(?:[^-\s][^\s]*:|[^\x00-\x7f])")
# No word of a command line can hold it.
_MARK = "\0"

# What argparse says of a wrong command line, for each text of the catalogue. Python words these
# in English only; one that is not listed is shown as it is.
COMPLAINTS = {
    "required": r"the following arguments are required: (?P<what>.+)",
    "unrecognized": r"unrecognized arguments: (?P<what>.+)",
    "choice": (
        r"argument (?P<what>[^:]+): invalid choice: "
        r"'?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)"
    ),
    "number": r"argument (?P<what>[^:]+): invalid int value: '(?P<value>.*)'",
    "one_value": r"argument (?P<what>[^:]+): expected (?:one|at least one) argument",
    "no_value": r"argument (?P<what>[^:]+): ignored explicit argument .+",
    "ambiguous": r"(?:argument [^:]+: )?ambiguous option: (?P<what>.+) could match (?P<choices>.+)",
}


def parse(words: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """The command that ``words`` ask for, and its values.

    What stands before the command's name (``--lang en list``) may as well stand behind it.

    :raises SystemExit: help or the version was printed, or the words are wrong, which was said.
    """
    command, rest = PROGRAM, list(words)
    names: Iterable[str] = NAMES
    while names:
        at = _first_word(rest)
        if at is None:
            break
        word = rest[at]
        if word not in names:
            Parser(command, rest).refuse(word, names)
        command = load(word) if command is PROGRAM else _part(command, word)
        del rest[at]
        names = [part.word for part in command.parts]
    rest = [_marked(word) for word in rest] if _has_query(command) else rest
    parser = Parser(command, words)
    given = argparse.Namespace()
    if "--" not in rest:
        # Options may stand between words that belong together (`list one --json two`): they are
        # taken out first. argparse's own way (parse_intermixed_args) would word the whole usage.
        rest = Parser(command, words, only_options=True).parse_known_args(rest, given)[1]
    parser.parse_args(rest, given)
    if command.parts:
        parser.error_of("required", what=parser.messages("cli.metavar.command"))
    if _has_query(command):
        given.query = [word.removeprefix(_MARK) for word in given.query]
    return command, given


def _has_query(command: Command) -> bool:
    return any(argument.name == "query" for argument in command.arguments)


def _marked(word: str) -> str:
    """A term that a query leaves out (``-has:note``, ``-คำ``) is no option: kept from argparse."""
    return _MARK + word if _LEFT_OUT.match(word) else word


def _part(group: Command, word: str) -> Command:
    return next(part for part in group.parts if part.word == word)


def _first_word(words: Sequence[str]) -> int | None:
    """Where the first word is that is no common option and no value of one; ``None`` where
    something else comes first (``--help``)."""
    values = {argument.name for argument in COMMON}
    index = 0
    while index < len(words):
        word = words[index]
        if word in values:
            index += 2
        elif word.partition("=")[0] in values:
            index += 1
        else:
            return None if word.startswith("-") else index
    return None


class Parser(argparse.ArgumentParser):
    """The parser of one command. Its texts are looked up when they are needed."""

    def __init__(
        self, command: Command, words: Sequence[str], *, only_options: bool = False
    ) -> None:
        """:param words: the whole command line, which may say in which language to complain.
        :param only_options: leave out words without dashes, and what ends the program.
        """
        self._built = False
        super().__init__(
            prog=f"{NAME} {command.name}".rstrip(),
            add_help=False,
            allow_abbrev=False,
        )
        self.command = command
        self.words = words
        self.arguments: list[tuple[Argument, argparse.Action]] = []
        for argument in (HELP, *command.arguments, *COMMON):
            if only_options and (not argument.is_option or argument in (HELP, VERSION)):
                continue
            self.arguments.append((argument, self._add(argument)))
        self._built = True

    def _get_formatter(self) -> argparse.HelpFormatter:
        # argparse asks for one at every argument that is added, only to look at its metavar: that
        # one needs neither the texts' language nor the terminal's width.
        if not self._built:
            return argparse.HelpFormatter(self.prog, width=80)
        return Formatter(self.messages, self.prog)

    @property
    def messages(self) -> Messages:
        return Messages(language_of(self.words))

    def _add(self, argument: Argument) -> argparse.Action:
        names = [name for name in (argument.short, argument.name) if name is not None]
        if argument is HELP:
            return self.add_argument(*names, action="help")
        if argument is VERSION:
            from tui_inbox import __version__

            return self.add_argument(*names, action="version", version=f"{NAME} {__version__}")
        if argument.switch:
            return self.add_argument(*names, action="store_true")
        return self.add_argument(
            *names,
            nargs=argument.many or None,
            choices=argument.choices or None,
            type=int if argument.number else str,
            action="append" if argument.repeats else "store",
            default=argument.default,
        )

    def _parse_optional(self, arg_string: str) -> Any:
        # A query may begin with what it leaves out: -จาก:กรม, -tag:งบ. No option looks like that.
        name = arg_string.partition("=")[0]
        if arg_string[:1] == "-" and (":" in name or not name.isascii()):
            return None
        return super()._parse_optional(arg_string)

    def format_help(self) -> str:
        self._word()
        return super().format_help()

    def format_usage(self) -> str:
        self._word()
        return super().format_usage()

    def error(self, message: str) -> NoReturn:
        for name, pattern in COMPLAINTS.items():
            if match := re.fullmatch(pattern, message, re.DOTALL):
                self.error_of(name, **match.groupdict())
        self._refuse(message)

    def error_of(self, name: str, **details: str) -> NoReturn:
        """Say what is wrong with the command line, by a text of ``cli.usage``."""
        meant = self._meant(name, details)
        if "what" in details:
            details["what"] = ", ".join(map(self._shown, details["what"].split(", ")))
        self._refuse(self.messages(f"cli.usage.{name}", **details), meant)

    def refuse(self, word: str, names: Iterable[str]) -> NoReturn:
        """``word`` is none of the commands ``names``."""
        self.error_of(
            "choice",
            what=self.messages("cli.metavar.command"),
            value=word,
            choices=", ".join(names),
        )

    def _meant(self, name: str, details: dict[str, str]) -> str | None:
        """The option or choice that was probably meant by one that there is not."""
        from tui_inbox.config.errors import nearest

        if name == "unrecognized":
            words = details["what"].split()
            options = [argument.name for argument, _ in self.arguments if argument.is_option]
            return nearest(words[0].partition("=")[0], options) if words[0][0] == "-" else None
        if name == "choice":
            return nearest(details["value"], re.findall(r"[^', ]+", details["choices"]))
        return None

    def _refuse(self, message: str, meant: str | None = None) -> NoReturn:
        # Imported here: it is needed only when something is wrong.
        from tui_inbox.cli.output import Output

        output = Output()
        output.say(message)
        if meant is not None:
            output.say(self.messages("config.error.nearest", nearest=meant))
        output.say(self.messages("cli.usage.see_help", command=f"{self.prog} --help"))
        self.exit(ExitCode.WRONG_USE)

    def _shown(self, word: str) -> str:
        """A positional argument by the name that help gives it; anything else as it is."""
        for argument, _ in self.arguments:
            if argument.word == word and argument.metavar is not None:
                return self.messages(f"cli.metavar.{argument.metavar}")
        return word

    def _word(self) -> None:
        """Give every part its text."""
        messages, command = self.messages, self.command
        about = "cli.about" if command is PROGRAM else f"{command.texts}.about"
        self.description = messages(about)
        self._positionals.title = messages("cli.help.arguments")
        self._optionals.title = messages("cli.help.options")
        for argument, action in self.arguments:
            # argparse fills % in help texts; the catalogue's are final.
            action.help = messages(command.help_key(argument)).replace("%", "%%")
            if argument.metavar is not None:
                action.metavar = messages(f"cli.metavar.{argument.metavar}")
        names = NAMES if command is PROGRAM else tuple(part.word for part in command.parts)
        if not names or self._subparsers is not None:
            return
        commands = self.add_subparsers(
            parser_class=argparse.ArgumentParser,
            metavar=messages("cli.metavar.command"),
            title=messages("cli.help.commands"),
        )
        for name in names:
            key = Command(f"{command.name} {name}".strip()).texts
            commands.add_parser(name, help=messages(f"{key}.help").replace("%", "%%"))


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


def language_of(words: Sequence[str]) -> Language:
    """The language for help and for complaints about the command line itself.

    ``--lang`` is looked at without the rest; settings count as far as they can be read: if they
    cannot, the command itself will say so.
    """
    asked = None
    for index, word in enumerate(words):
        if word == "--lang" and index + 1 < len(words):
            asked = words[index + 1]
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    if asked is None:
        from tui_inbox.config import find_settings

        found = find_settings(report=lambda _: None).get("language")
        asked = DEFAULT_LANGUAGE if found is None else found.value
    return next((language for language in LANGUAGES if language == asked), DEFAULT_LANGUAGE)
