"""One class a command: its keys (in both keyboard layouts), its words, when it may run, what it
does. Bindings, the key bar, the help and the palette are all made from these.

A new command goes into the module of its group and into that module's ``COMMANDS``.
"""

from __future__ import annotations

from tui_inbox.tui.commands import application, deciding, finding, handing, looking, moving, reading
from tui_inbox.tui.commands.base import Command, Group

__all__ = ["BY_ID", "COMMANDS", "Command", "Group"]

COMMANDS: tuple[Command, ...] = (
    *moving.COMMANDS,
    *deciding.COMMANDS,
    *finding.COMMANDS,
    *reading.COMMANDS,
    *looking.COMMANDS,
    *handing.COMMANDS,
    *application.COMMANDS,
)
BY_ID = {command.id: command for command in COMMANDS}
