"""The tables of docs/keys.md, made from the commands. Run it to bring the page up to date:
``python -m tests.tui.keys_page``."""

from __future__ import annotations

import re
from pathlib import Path

from tui_inbox.locale import Messages
from tui_inbox.thai.keyboard import twin
from tui_inbox.tui.commands import COMMANDS, Command, Group
from tui_inbox.tui.keys import CHARACTERS, shown_key

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
HEAD = "| Key | Thai layout | What it does |\n|---|---|---|\n"


def row(command: Command) -> str:
    """Keys, their twins in the Thai layout, what they do."""
    shown = command.keys or command.all_keys[:1]
    twins = []
    for key in shown:
        modifiers, _, last = key.rpartition("+")
        thai = twin(CHARACTERS.get(last, last)) if len(CHARACTERS.get(last, last)) == 1 else None
        if thai is not None:
            twins.append(f"`{modifiers.title()}+{thai}`" if modifiers else f"`{thai}`")
    keys = " ".join(f"`{shown_key(key)}`" for key in shown)
    return f"| {keys} | {' '.join(twins)} | {help_of(command)} |"


def help_of(command: Command) -> str:
    messages = Messages("en")
    if command.name == "view":
        return messages("commands.view.help", view=messages(f"tui.view.{command.id[5:]}"))
    return messages(f"commands.{command.id}.help")


def table(group: Group) -> str:
    return HEAD + "\n".join(row(command) for command in COMMANDS if command.group is group) + "\n"


def rewritten(text: str) -> str:
    """The page with every group's table as it is now."""
    messages = Messages("en")
    for group in Group:
        title = messages(f"tui.help.group.{group.value}")
        text = re.sub(
            rf"(## {re.escape(title)}\n\n)(?:\|.*\n)*",
            lambda match, group=group: match[1] + table(group),
            text,
        )
    names = "".join(f"- `{command.id}`: {help_of(command)}\n" for command in COMMANDS)
    return re.sub(
        r"(### Names of the commands\n\n)(?:- .*\n)*", lambda match: match[1] + names, text
    )


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
