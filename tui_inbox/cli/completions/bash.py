"""The script for bash, which shows no descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.completions import words
from tui_inbox.cli.shared import COMMON

_HEAD = """\
# Completion of tui-inbox for bash. Made by: tui-inbox completion bash

# These see the variables of _tui_inbox, which calls them.
_tui_inbox_add() {
    local line
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done
}

_tui_inbox_words() {
    _tui_inbox_add < <(compgen -W "$1" -- "$word")
}

_tui_inbox_paths() {
    compopt -o filenames
    _tui_inbox_add < <(compgen "$1" -- "$word")
}

_tui_inbox_letters() {
    local id
    while IFS=$'\\t' read -r id _; do
        [[ $id == "$word"* ]] && COMPREPLY+=("$id")
    done < <(tui-inbox completion letters ${inbox:+"--inbox=$inbox"} 2>/dev/null)
}

_tui_inbox() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' value='' inbox='' at part
    COMPREPLY=()
    # bash takes "--option=value" for three words.
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        part=${COMP_WORDS[at]}
        if [[ -n $value ]]; then
            [[ $part == = ]] && continue
            [[ $value == --inbox ]] && inbox=${part/#\\~/$HOME}
            value=
        elif [[ $part == @with_value@ ]]; then
            value=$part
        elif [[ $part != -* && $command == @groups@ ]]; then
            command=${command:+$command }$part
        fi
    done
    case $before in
@common@
    esac
    case $command in
"""

_TAIL = """\
    esac
}

complete -F _tui_inbox tui-inbox
"""


def bash_script() -> str:
    """The whole script."""
    groups = [f"'{command.name}'" for command in words.commands() if words.inner(command)]
    head = _HEAD.replace("@with_value@", f"@({'|'.join(words.with_value())})")
    head = head.replace("@groups@", f"@({'|'.join(groups)})")
    head = head.replace("@common@", "\n".join(_values(COMMON, 8)))
    return head + "".join(f"{line}\n" for line in _commands()) + _TAIL


def _commands() -> Iterator[str]:
    for command in words.commands():
        yield f"        '{command.name}')"
        own = [option for option in words.options(command) if option not in COMMON]
        if values := list(_values(own, 16)):
            yield "            case $before in"
            yield from values
            yield "            esac"
        yield "            if [[ $word == -* ]]; then"
        yield f"                {_fixed(option.name for option in words.options(command))}"
        yield "            else"
        yield from (f"                {line}" for line in _offers(command))
        yield "            fi"
        yield "            ;;"


def _values(options: Iterable[Argument], indent: int) -> Iterator[str]:
    """What may follow each option that takes a value."""
    blank = " " * indent
    for option in options:
        if not option.switch:
            yield f"{blank}{option.name})"
            yield from (f"{blank}    {line}" for line in _offer(option))
            yield f"{blank}    return"
            yield f"{blank}    ;;"


def _offers(command: Command) -> list[str]:
    offers = [line for argument in words.words(command) for line in _offer(argument)]
    if names := [part.word for part in words.inner(command)]:
        offers.append(_fixed(names))
    return offers or [":"]


def _offer(argument: Argument) -> list[str]:
    """The lines that add what may stand for ``argument``."""
    match argument.completes:
        case Completes.FILES:
            return ["_tui_inbox_paths -f"]
        case Completes.FOLDERS:
            return ["_tui_inbox_paths -d"]
        case Completes.LETTERS:
            return ["_tui_inbox_letters"]
        case Completes.SETTINGS:
            return ["compopt -o nospace", _fixed(words.choices(argument))]
    return [_fixed(argument.choices)] if argument.choices else []


def _fixed(names: Iterable[str]) -> str:
    return f"_tui_inbox_words '{' '.join(names)}'"
