"""One class a command: its keys (in both keyboard layouts), its words, when it may run, what it
does. Bindings, the key bar, the help and the palette are all made from these."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui_inbox.triage import Status, View
from tui_inbox.tui.keys import with_twins

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Group(StrEnum):
    """The order of the help screen."""

    MOVE = "move"
    DECIDE = "decide"
    FIND = "find"
    READ = "read"
    APP = "app"


class Command:
    """Something that a person can do.

    ``keys`` are Textual's names, the first one is shown; ``footer`` is the rank in the key bar
    (0: not there). Texts: ``tui.command.<name>.label`` (short) and ``.help`` (one sentence).
    """

    name: ClassVar[str]
    keys: ClassVar[tuple[str, ...]]
    group: ClassVar[Group]
    footer: ClassVar[int] = 0

    @property
    def id(self) -> str:
        return self.name

    @property
    def all_keys(self) -> tuple[str, ...]:
        return with_twins(self.keys)

    def binding(self) -> Binding:
        return Binding(
            ",".join(self.all_keys), f"command('{self.id}')", self.id, show=False, id=self.id
        )

    def label(self, screen: MainScreen) -> str:
        return screen.words(f"command.{self.id}.label")

    def help(self, screen: MainScreen) -> str:
        return screen.words(f"command.{self.id}.help")

    def refusal(self, _screen: MainScreen, /) -> str | None:
        """Why it cannot run now (``tui.refused.<code>``), or ``None``."""
        return None

    def run(self, screen: MainScreen) -> None:
        raise NotImplementedError


# Moving


class Down(Command):
    name, keys, group = "down", ("j", "down"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move(1)


class Up(Command):
    name, keys, group = "up", ("k", "up"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move(-1)


class First(Command):
    name, keys, group = "first", ("g", "home"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.go_first()


class Last(Command):
    name, keys, group = "last", ("G", "end"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.go_last()


class PageDown(Command):
    name, keys, group = "page_down", ("pagedown", "ctrl+f"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move_page(1)


class PageUp(Command):
    name, keys, group = "page_up", ("pageup", "ctrl+b"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.pane.move_page(-1)


class Open(Command):
    name, keys, group, footer = "open", ("enter", "l"), Group.MOVE, 20

    def run(self, screen: MainScreen) -> None:
        screen.panes.open()


class Back(Command):
    name, keys, group = "back", ("escape", "h"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.panes.back()


class NextPane(Command):
    name, keys, group = "next_pane", ("tab", "f6"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.panes.cycle_panes(1)


class PreviousPane(Command):
    name, keys, group = "previous_pane", ("shift+tab", "shift+f6"), Group.MOVE

    def run(self, screen: MainScreen) -> None:
        screen.panes.cycle_panes(-1)


# Deciding


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
            screen.decide.mark()


class MarkRange(Command):
    name, keys, group = "mark_range", ("v",), Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        screen.decide.mark_range()


class MarkAll(Command):
    name, keys, group = "mark_all", ("V", "ctrl+a"), Group.DECIDE

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        screen.decide.mark_all()


class Actioned(Deciding):
    name, keys, footer = "actioned", ("a", "f4"), 10

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or (
            None if any(row.status is not Status.ACTIONED for row in screen.targets) else "actioned"
        )

    def run(self, screen: MainScreen) -> None:
        screen.decide.status(Status.ACTIONED)


class ActionedWithNote(Deciding):
    name, keys = "actioned_note", ("A", "shift+f4")

    def run(self, screen: MainScreen) -> None:
        screen.decide.note(Status.ACTIONED)


class Reopen(Deciding):
    name, keys, footer = "reopen", ("o", "f7"), 70

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or (
            None
            if any(row.status in {Status.ACTIONED, Status.FILED} for row in screen.targets)
            else "open"
        )

    def run(self, screen: MainScreen) -> None:
        screen.decide.status(Status.OPEN)


class WriteNote(Deciding):
    name, keys, footer = "note", ("n", "f2"), 15

    def refusal(self, screen: MainScreen, /) -> str | None:
        return super().refusal(screen) or ("many" if len(screen.targets) > 1 else None)

    def run(self, screen: MainScreen) -> None:
        screen.decide.note(None)


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


# Finding


class Search(Command):
    name, keys, group, footer = "search", ("slash", "f3"), Group.FIND, 25

    def run(self, screen: MainScreen) -> None:
        screen.find.open_search()


class CycleUrgency(Command):
    name, keys, group, footer = "urgency", ("f", "f9"), Group.FIND, 50

    def run(self, screen: MainScreen) -> None:
        screen.find.cycle_urgency()


class SameSender(Command):
    name, keys, group = "sender", ("s", "shift+f9"), Group.FIND

    def refusal(self, screen: MainScreen, /) -> str | None:
        if screen.find.query.sender is not None:
            return None
        row = screen.letters.row
        if row is None:
            return "no_letter"
        return None if row.sender else "no_sender"

    def run(self, screen: MainScreen) -> None:
        screen.find.toggle_sender()


class ClearFilters(Command):
    name, keys, group = "clear", ("c",), Group.FIND

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.find.filtered else "no_filter"

    def run(self, screen: MainScreen) -> None:
        screen.find.clear()


class ShowView(Command):
    """One for each view, on its digit; Thai digits work, too."""

    name, keys, group = "view", (), Group.FIND

    def __init__(self, place: int, view: View) -> None:
        self.place = place
        self.view = view

    @property
    def id(self) -> str:
        return f"view_{self.view.value}"

    @property
    def all_keys(self) -> tuple[str, ...]:
        return (*with_twins((str(self.place),)), chr(0x0E50 + self.place))

    def label(self, screen: MainScreen) -> str:
        return screen.words(f"view.{self.view.value}")

    def help(self, screen: MainScreen) -> str:
        return screen.words("command.view.help", view=self.label(screen))

    def run(self, screen: MainScreen) -> None:
        screen.find.show_view(self.view)


# Reading


class NextTab(Command):
    name, keys, group, footer = "next_tab", ("t", "right"), Group.READ, 40

    def run(self, screen: MainScreen) -> None:
        screen.panes.turn_tab(1)


class PreviousTab(Command):
    name, keys, group = "previous_tab", ("T", "left"), Group.READ

    def run(self, screen: MainScreen) -> None:
        screen.panes.turn_tab(-1)


class NextEvidence(Command):
    name, keys, group, footer = "evidence", ("e", "f11"), Group.READ, 80

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.detail.evidence or screen.detail.has_hits else "no_evidence"

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_evidence(1)


class PreviousEvidence(NextEvidence):
    name, keys, footer = "previous_evidence", ("E", "shift+f11"), 0

    def run(self, screen: MainScreen) -> None:
        screen.panes.show_evidence(-1)


class CopyNumber(Command):
    name, keys, group = "copy", ("y",), Group.READ

    def refusal(self, screen: MainScreen, /) -> str | None:
        row = screen.letters.row
        if row is None:
            return "no_letter"
        return None if row.number else "no_number"

    def run(self, screen: MainScreen) -> None:
        screen.copy_number()


# The application


class Help(Command):
    name, keys, group, footer = "help", ("question_mark", "f1"), Group.APP, 1000

    def run(self, screen: MainScreen) -> None:
        screen.show_help()


class Palette(Command):
    name, keys, group = "palette", ("ctrl+p", "colon"), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.show_palette()


class Facets(Command):
    name, keys, group = "facets", ("b",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.panes.toggle_facets()


class Density(Command):
    name, keys, group = "density", ("d",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.toggle_density()


class Theme(Command):
    name, keys, group = "theme", ("D",), Group.APP

    def run(self, screen: MainScreen) -> None:
        screen.toggle_theme()


class Rescan(Command):
    name, keys, group, footer = "rescan", ("r", "f5"), Group.APP, 90

    def run(self, screen: MainScreen) -> None:
        screen.rescan()


class Quit(Command):
    name, keys, group, footer = "quit", ("q", "f10", "ctrl+q"), Group.APP, 100

    def run(self, screen: MainScreen) -> None:
        screen.leave()


COMMANDS: tuple[Command, ...] = (
    Down(),
    Up(),
    First(),
    Last(),
    PageDown(),
    PageUp(),
    Open(),
    Back(),
    NextPane(),
    PreviousPane(),
    Actioned(),
    ActionedWithNote(),
    WriteNote(),
    Reopen(),
    Undo(),
    Redo(),
    Mark(),
    MarkRange(),
    MarkAll(),
    Search(),
    CycleUrgency(),
    SameSender(),
    ClearFilters(),
    *(ShowView(place, view) for place, view in enumerate(View, 1)),
    NextTab(),
    PreviousTab(),
    NextEvidence(),
    PreviousEvidence(),
    CopyNumber(),
    Help(),
    Palette(),
    Facets(),
    Density(),
    Theme(),
    Rescan(),
    Quit(),
)
BY_ID = {command.id: command for command in COMMANDS}
