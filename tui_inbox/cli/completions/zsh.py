"""The script for zsh, with a description beside each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.completions import words
from tui_inbox.locale import Messages

_HEAD = """\
#compdef tui-inbox
# Completion of tui-inbox for zsh. Made by: tui-inbox completion zsh

_tui_inbox_letters() {
    local -a inbox found
    local at=${_tui_inbox_words[(i)--inbox]}
    if ((at < $#_tui_inbox_words)); then
        inbox=(--inbox ${(Q)_tui_inbox_words[at + 1]})
    else
        inbox=(${(Q)_tui_inbox_words[(r)--inbox=*]})
    fi
    found=(${(f)"$(tui-inbox completion letters $inbox 2>/dev/null)"})
    found=(${${found//:/\\\\:}/$'\\t'/:})
    _describe -t letters @letters@ found
}
"""

_TAIL = """
_tui_inbox() {
    local -a _tui_inbox_words=($words)
    _tui_inbox_0
}

if [[ $funcstack[1] == _tui_inbox ]]; then
    _tui_inbox "$@"
else
    compdef _tui_inbox tui-inbox
fi
"""


def zsh_script(messages: Messages) -> str:
    """The whole script, described in the language of ``messages``."""
    head = _HEAD.replace("@letters@", _quoted(messages("cli.metavar.id")))
    numbers = {command.name: number for number, command in enumerate(words.commands())}
    functions = (
        "\n".join(_function(messages, command, numbers)) + "\n" for command in words.commands()
    )
    return head + "\n" + "\n".join(functions) + _TAIL


def _function(messages: Messages, command: Command, numbers: dict[str, int]) -> Iterator[str]:
    """A function that completes what follows ``command``."""
    yield f"# {command.name or 'tui-inbox'}"
    yield f"_tui_inbox_{numbers[command.name]}() {{"
    options = [_option(messages, command, option) for option in words.options(command)]
    parts = words.inner(command)
    if not parts:
        yield from _arguments((*options, *_words(messages, command)))
        yield "}"
        return
    yield "    local curcontext=$curcontext state"
    yield "    typeset -A opt_args"
    yield from _arguments((*options, "'1: :->command'", "'*:: :->words'"))
    yield "    case $state in"
    yield "        command)"
    yield "            local -a found=("
    for part in parts:
        yield f"                {_quoted(_escaped(part.word) + ':' + words.about(messages, part))}"
    yield "            )"
    yield f"            _describe -t commands {_quoted(messages('cli.metavar.command'))} found"
    yield "            ;;"
    yield "        words)"
    yield "            case $words[1] in"
    yield from (
        f"                {part.word}) _tui_inbox_{numbers[part.name]} ;;" for part in parts
    )
    yield "            esac"
    yield "            ;;"
    yield "    esac"
    yield "}"


def _arguments(specifications: Iterable[str]) -> Iterator[str]:
    yield "    _arguments -C : \\"
    lines = [f"        {one}" for one in specifications]
    yield from (f"{line} \\" for line in lines[:-1])
    yield lines[-1]


def _option(messages: Messages, command: Command, option: Argument) -> str:
    told = _escaped(words.about(messages, command, option), "[]")
    value = "" if option.switch else f":{_metavar(messages, option)}:{_action(option)}"
    if option.short is not None:
        names = f"'({option.short} {option.name})'{{{option.short},{option.name}}}"
        return f"{names}{_quoted(f'[{told}]{value}')}"
    name = option.name if option.switch else f"{option.name}="
    return _quoted(f"{'*' if option.repeats else ''}{name}[{told}]{value}")


def _words(messages: Messages, command: Command) -> Iterator[str]:
    arguments = words.words(command)
    told = [_escaped(words.about(messages, command, argument)) for argument in arguments]
    many = [argument.many in ("*", "+") for argument in arguments]
    if any(many[:-1]):
        # Something may follow as many words as one likes: each may be either.
        either = " ".join(
            _quoted(f"{argument.word}:{text}:{_action(argument)}")
            for argument, text in zip(arguments, told, strict=True)
        )
        yield _quoted(f"*:{told[0]}:{{_alternative {either}}}")
        return
    for argument, text, several in zip(arguments, told, many, strict=True):
        yield _quoted(f"{'*' if several else ''}:{text}:{_action(argument)}")


def _action(argument: Argument) -> str:
    match argument.completes:
        case Completes.FILES:
            return "_files"
        case Completes.FOLDERS:
            return "_files -/"
        case Completes.LETTERS:
            return "_tui_inbox_letters"
        case Completes.SETTINGS:
            return f'compadd -S "" -- {" ".join(words.choices(argument))}'
    return f"({' '.join(argument.choices)})" if argument.choices else " "


def _metavar(messages: Messages, argument: Argument) -> str:
    if argument.metavar is None:
        return argument.word
    return _escaped(messages(f"cli.metavar.{argument.metavar}"))


def _escaped(text: str, more: str = "") -> str:
    """``text`` with what parts the fields of a specification made literal."""
    for character in f"\\:{more}":
        text = text.replace(character, f"\\{character}")
    return text


def _quoted(text: str) -> str:
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
