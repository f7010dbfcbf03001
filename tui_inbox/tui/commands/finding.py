"""Views, filters and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.thai.keyboard import TO_THAI
from tui_inbox.triage import View
from tui_inbox.tui.commands.base import Command, Group
from tui_inbox.tui.keys import key_name, with_twins

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Search(Command):
    name, keys, group, footer = "search", ("slash", "f3"), Group.FIND, 25

    def run(self, screen: MainScreen) -> None:
        screen.find.open_search()


class TakeNear(Command):
    """Search for what is offered in an empty list instead."""

    name, keys, group, footer = "near", ("N", "shift+f3"), Group.FIND, 5

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.find.asked.near else "no_near"

    def run(self, screen: MainScreen) -> None:
        screen.find.asked.take_near()


class ShowRelated(Command):
    name, keys, group = "related", ("i", "shift+f8"), Group.FIND

    def refusal(self, screen: MainScreen, /) -> str | None:
        return None if screen.letters.row is not None else "no_letter"

    def run(self, screen: MainScreen) -> None:
        row = screen.letters.row
        if row is not None:
            screen.find.show_related(row)
            screen.panes.focus_letters()


class CycleSort(Command):
    name, keys, group = "sort", ("S",), Group.FIND

    def run(self, screen: MainScreen) -> None:
        screen.find.cycle_sort()


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
        place = str(self.place)
        # Thai keys of which others are the plain meaning (``/`` is on the key of 2) serve with Alt.
        on_key = key_name(TO_THAI[place])
        return (
            *with_twins((place,)),
            chr(0x0E50 + self.place),
            f"alt+{place}",
            f"alt+{on_key}",
            *([on_key] if place == "3" else ()),
        )

    def label(self, screen: MainScreen) -> str:
        return screen.words(f"view.{self.view.value}")

    def help(self, screen: MainScreen) -> str:
        return screen.words.messages("commands.view.help", view=self.label(screen))

    def run(self, screen: MainScreen) -> None:
        screen.find.show_view(self.view)


COMMANDS: tuple[Command, ...] = (
    Search(),
    TakeNear(),
    ShowRelated(),
    CycleSort(),
    CycleUrgency(),
    SameSender(),
    ClearFilters(),
    *(ShowView(place, view) for place, view in enumerate(View, 1)),
)
