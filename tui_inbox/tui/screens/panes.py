"""Which pane is in sight and has the keys, and what the detail shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from tui_inbox.triage import View
from tui_inbox.tui.widgets.detail import Tab

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Panes:
    """The screen's panes: side by side, list over detail, or one at a time."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen

    def open(self) -> None:
        if self.screen.focused is self.screen.facets:
            self.screen.facets.choose()
        elif self.screen.focused is self.screen.search:
            self.screen.find.close_search(keep=True)
        elif not self.screen.reading:
            self.screen.letters.choose()
        elif self.screen.detail.hidden:
            self.screen.detail.reveal()
            self.screen.decide.opened()
        elif not self.screen.reader.choose():
            self.screen.reader.move_page(1)

    def read(self) -> None:
        self.screen.add_class("-reading")
        if self.narrow:
            self.screen.remove_class("-facets")
        self.screen.reader.focus()

    def back(self) -> None:
        if self.screen.focused is self.screen.search:
            self.screen.find.close_search(keep=False)
        elif self.screen.focused is not self.screen.letters:
            self.focus_letters()
        elif self.screen.letters.marked:
            self.screen.letters.clear_marks()
        elif self.screen.find.filtered:
            self.screen.find.clear()

    @property
    def narrow(self) -> bool:
        """Whether there is room for one pane only."""
        return self.screen.has_class("-narrow")

    def show_list(self) -> None:
        """Bring the list into sight where there is room for one pane only."""
        self.screen.remove_class("-reading")
        if self.narrow:
            self.screen.remove_class("-facets")

    def focus_letters(self) -> None:
        self.show_list()
        self.screen.letters.focus()

    def cycle_panes(self, step: int) -> None:
        panes: list[Widget] = [self.screen.letters, self.screen.reader]
        if self.screen.query_one("#facets-pane").display:
            panes.insert(0, self.screen.facets)
        at = (
            panes.index(self.screen.focused)
            if self.screen.focused in panes
            else panes.index(self.screen.letters)
        )
        target = panes[(at + step) % len(panes)]
        if target is self.screen.reader:
            self.read()
        elif target is self.screen.letters:
            self.focus_letters()
        else:
            self.screen.remove_class("-reading")
            target.focus()

    def turn_tab(self, step: int) -> None:
        tabs = list(Tab)
        self.turn_to(tabs[(tabs.index(self.screen.detail.tab) + step) % len(tabs)])

    def turn_to(self, tab: Tab) -> None:
        self.screen.detail.turn(tab)
        self.screen.load_detail()

    def show_evidence(self, direction: int) -> None:
        """Show the next place in the letter that something was read from (or found)."""
        if self.screen.detail.tab is not Tab.LETTER or self.screen.detail.missing_text:
            self.screen.detail.step_when_shown = direction
            self.turn_to(Tab.LETTER)
        else:
            self.screen.detail.step(direction)
        self.read()

    def go_to_letter(self, id: str) -> None:
        """Put the cursor on a letter, in the view of all letters if this one does not hold it."""
        if not self.screen.letters.go_key(id):
            self.screen.find.clear()
            self.screen.find.show_view(View.ALL)
            self.screen.reload(go=id)

    def show_overview(self) -> None:
        from tui_inbox.tui.screens.overview import OverviewScreen

        def chosen(id: str | None) -> None:
            if id is not None:
                self.focus_letters()
                self.go_to_letter(id)

        self.screen.app.push_screen(OverviewScreen(self.screen, self.screen.segmenter), chosen)

    def show_columns(self) -> None:
        from tui_inbox.tui.screens.columns import ColumnsScreen

        self.screen.app.push_screen(ColumnsScreen(self.screen))

    def show_document(self, step: int) -> None:
        """Show the next (1) or previous (-1) document of the letter's file."""
        self.screen.detail.go_to_document(step)
        self.read()

    def toggle_facets(self) -> None:
        pane = self.screen.query_one("#facets-pane")
        shown = pane.display
        self.screen.set_class(shown, "-no-facets")
        self.screen.set_class(not shown, "-facets")
        if shown and self.screen.focused is self.screen.facets:
            self.focus_letters()
        elif not shown:
            self.screen.call_after_refresh(self.screen.facets.focus)
