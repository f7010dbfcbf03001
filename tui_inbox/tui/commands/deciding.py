"""Marks, and what is decided about letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.triage import Status
from tui_inbox.tui.commands.base import Command, Group

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Deciding(Command):
    """A command on the marked letters, or on the one under the cursor."""

    group = Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        if not screen.targets:
            return "no_letter"
        return None if screen.writable else "read_only"


class Mark(Command):
    name, keys, group, footer = "mark", ("space",), Group.DECIDE, 60

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None or screen.reading else "no_letter"

    def run(self, screen: MainScreen) -> None:
        # In the letter itself Space turns the page, as every reader of long texts expects.
        if screen.reading:
            screen.reader.move_page(1)
        else:
            screen.mark.toggle()


class MarkRange(Command):
    name, keys, group = "mark_range", ("v",), Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        screen.mark.range()


class MarkAll(Command):
    name, keys, group = "mark_all", ("V", "ctrl+a"), Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        screen.mark.all()


class Actioned(Deciding):
    name, keys, footer = "actioned", ("a", "f4"), 10

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or (
            None if any(row.status is not Status.ACTIONED for row in screen.targets) else "actioned"
        )

    def run(self, screen: MainScreen) -> None:
        screen.decide.status(screen.targets, Status.ACTIONED)


class ActionedWithNote(Deciding):
    name, keys = "actioned_note", ("A", "shift+f4")

    def run(self, screen: MainScreen) -> None:
        screen.write.note(Status.ACTIONED)


class Reopen(Deciding):
    name, keys, footer = "reopen", ("o", "f7"), 70

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or (
            None
            if any(row.status in {Status.ACTIONED, Status.FILED} for row in screen.targets)
            else "open"
        )

    def run(self, screen: MainScreen) -> None:
        screen.decide.status(screen.targets, Status.OPEN)


class WriteNote(Deciding):
    name, keys, footer = "note", ("n", "f2"), 15

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or ("many" if len(screen.targets) > 1 else None)

    def run(self, screen: MainScreen) -> None:
        screen.write.note(None)


class EditNotes(Deciding):
    name, keys = "edit_notes", ("I", "shift+f1")

    def refusal(self, screen: MainScreen, /) -> str | None:
        rows = screen.targets
        return super().refusal(screen) or (
            "many" if len(rows) > 1 else None if rows[0].notes else "no_notes"
        )

    def run(self, screen: MainScreen) -> None:
        screen.write.choose()


class Assign(Deciding):
    name, keys, footer = "assign", ("m", "f12"), 16

    def run(self, screen: MainScreen) -> None:
        screen.ask.assign()


class SetDue(Deciding):
    name, keys, footer = "due", ("w", "shift+f2"), 17

    def run(self, screen: MainScreen) -> None:
        screen.ask.due()


class Tag(Deciding):
    name, keys, footer = "tag", ("L", "shift+f10"), 110

    def run(self, screen: MainScreen) -> None:
        screen.ask.tag()


class Register(Deciding):
    name, keys = "register", ("B", "shift+f5")

    def run(self, screen: MainScreen) -> None:
        screen.ask.register()


class FileAway(Deciding):
    name, keys = "file_away", ("x", "shift+f7")

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or (
            None if any(row.status is not Status.FILED for row in screen.targets) else "filed"
        )

    def run(self, screen: MainScreen) -> None:
        screen.decide.status(screen.targets, Status.FILED)


class Pin(Deciding):
    name, keys = "pin", ("p",)

    def run(self, screen: MainScreen) -> None:
        screen.decide.pin()


class MarkRead(Deciding):
    name, keys = "read", ("R",)

    def run(self, screen: MainScreen) -> None:
        screen.decide.read()


class Undo(Command):
    name, keys, group, footer = "undo", ("u", "f8"), Group.DECIDE, 30

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.writable else "read_only"

    def run(self, screen: MainScreen) -> None:
        screen.decide.undo()


class Redo(Command):
    name, keys, group = "redo", ("U", "ctrl+r"), Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.writable else "read_only"

    def run(self, screen: MainScreen) -> None:
        screen.decide.redo()


COMMANDS: tuple[Command, ...] = (
    Actioned(),
    ActionedWithNote(),
    WriteNote(),
    EditNotes(),
    Reopen(),
    Assign(),
    SetDue(),
    Tag(),
    Register(),
    FileAway(),
    Pin(),
    MarkRead(),
    Undo(),
    Redo(),
    Mark(),
    MarkRange(),
    MarkAll(),
)
