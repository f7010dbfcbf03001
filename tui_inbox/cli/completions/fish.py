"""The script for fish, with a description beside each word."""

from __future__ import annotations

from collections.abc import Iterator

from tui_inbox.cli.command import Argument, Completes
from tui_inbox.cli.completions import words
from tui_inbox.locale import Messages

_HEAD = """\
# Completion of tui-inbox for fish. Made by: tui-inbox completion fish

function __tui_inbox_command
    set -l command ''
    set -l value ''
    for word in (commandline -opc)[2..-1]
        if test -n "$value"
            set value ''
        else if contains -- $word @with_value@
            set value $word
        else if not string match -q -- '-*' $word
            if contains -- "$command" @groups@
                set command (string trim -- "$command $word")
            end
        end
    end
    echo "$command"
end

function __tui_inbox_at
    test (__tui_inbox_command) = "$argv"
end

function __tui_inbox_letters
    set -l words (commandline -opc)
    set -l inbox
    for at in (seq (count $words))
        if test "$words[$at]" = --inbox
            set inbox --inbox $words[(math $at + 1)]
        else if string match -q -- '--inbox=*' $words[$at]
            set inbox $words[$at]
        end
    end
    tui-inbox completion letters $inbox 2>/dev/null
end

complete -c tui-inbox -f
"""


def fish_script(messages: Messages) -> str:
    """The whole script, described in the language of ``messages``."""
    groups = [f"'{command.name}'" for command in words.commands() if words.inner(command)]
    head = _HEAD.replace("@with_value@", " ".join(words.with_value()))
    head = head.replace("@groups@", " ".join(groups))
    return head + "".join(f"{line}\n" for line in _lines(messages))


def _lines(messages: Messages) -> Iterator[str]:
    for command in words.commands():
        here = f"complete -c tui-inbox -n '__tui_inbox_at {command.name}'"
        for part in words.inner(command):
            yield f"{here} -a {part.word} -d {_quoted(words.about(messages, part))}"
        for argument in words.words(command):
            if offer := _offer(argument):
                yield f"{here} {offer}"
        for option in words.options(command):
            short = "" if option.short is None else f" -s {option.short.lstrip('-')}"
            value = "" if option.switch else f" {_value(option)}"
            told = _quoted(words.about(messages, command, option))
            yield f"{here}{short} -l {option.name.lstrip('-')}{value.rstrip()} -d {told}"


def _offer(argument: Argument) -> str:
    match argument.completes:
        case Completes.FILES:
            return "-F"
        case Completes.FOLDERS:
            return "-a '(__fish_complete_directories)'"
        case Completes.LETTERS:
            return "-a '(__tui_inbox_letters)'"
    offered = words.choices(argument)
    return f"-a '{' '.join(offered)}'" if offered else ""


def _value(option: Argument) -> str:
    """An option that takes a value: what is offered for it, and no files unless they are meant."""
    offer = _offer(option)
    return f"-r {offer}" if offer == "-F" else f"-x {offer}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
