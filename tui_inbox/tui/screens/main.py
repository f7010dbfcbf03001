"""The screen on which letters are triaged."""

from __future__ import annotations

import gc
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from tui_inbox.service import Drafts, Inbox, InboxStatus, ServiceError, Update
from tui_inbox.thai.cells import one_line
from tui_inbox.thai.wrap import Segmenter
from tui_inbox.triage import Board, Query, Row
from tui_inbox.tui import notifying
from tui_inbox.tui import work as jobs
from tui_inbox.tui.commands import BY_ID, COMMANDS
from tui_inbox.tui.first import FirstList
from tui_inbox.tui.screens import saying
from tui_inbox.tui.screens.deciding import Deciding
from tui_inbox.tui.screens.finding import Finding
from tui_inbox.tui.screens.flow import Flow
from tui_inbox.tui.screens.marking import Marking
from tui_inbox.tui.screens.panes import Panes
from tui_inbox.tui.screens.sizing import Sizing
from tui_inbox.tui.screens.writing import Writing
from tui_inbox.tui.themes import NAMES
from tui_inbox.tui.widgets.bars import Bar, KeyBar
from tui_inbox.tui.widgets.detail import DetailPane, Tab
from tui_inbox.tui.widgets.facets import FacetList, facets
from tui_inbox.tui.widgets.letters import LetterList
from tui_inbox.tui.widgets.picking import PickReader
from tui_inbox.tui.widgets.reader import Reader
from tui_inbox.tui.widgets.thai_input import ThaiInput
from tui_inbox.tui.widgets.virtual_list import VirtualList
from tui_inbox.tui.wording import Words

if TYPE_CHECKING:
    from tui_inbox.tui.screens.asking import Asking
    from tui_inbox.tui.screens.handing import Handing
    from tui_inbox.tui.screens.setting import Setting
    from tui_inbox.tui.screens.taking import Taking

# Seconds after which the letter under the cursor is looked up and shown: beside a key that is held
# down, both would only keep each other waiting.
STANDS_STILL = 0.04
# Cells from which the panes stand alone, list over detail, and side by side.
BREAKPOINTS = [(0, "-narrow"), (80, "-stacked"), (120, "-columns")]


def layout_class(width: int) -> str:
    """The class of the layout for so many cells. A screen that has it from the start is not
    styled once more when Textual gives it."""
    return max(at for at in BREAKPOINTS if at[0] <= max(0, width))[1]


class Pane(Protocol):
    """What moves under the keys."""

    def move(self, rows: int) -> None: ...
    def move_page(self, pages: int) -> None: ...
    def go_first(self) -> None: ...
    def go_last(self) -> None: ...


class MainScreen(Screen[None]):
    AUTO_FOCUS = "#letters"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in COMMANDS]

    def __init__(
        self,
        inbox: Inbox,
        words: Words,
        segmenter: Segmenter,
        drafts: Drafts,
        first: FirstList | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(classes=classes)
        self.inbox = inbox
        self.words = words
        self.segmenter = segmenter
        self.first = first
        self.board = Board((), {}, (), {}, 0)
        self.inbox_status = InboxStatus()
        self.news = jobs.News()
        self.boards = jobs.Latest(self._load_board)
        self.details = jobs.Latest(self._look_up_detail)
        # Runs until the cursor has stood still long enough for its letter to be looked up.
        self._standing: Timer | None = None
        self.drafts = drafts
        self.mark = Marking(self)
        self.flow = Flow(self)
        self.decide = Deciding(self)
        self.write = Writing(self, drafts)
        self.find = Finding(self)
        self.panes = Panes(self)
        self.sizes = Sizing(self)
        # Whether a key was pressed: until then the cursor follows the top of the list.
        self.touched = False
        # Whether the last key was one to leave, and drafts were spoken of.
        self._leaving = False
        # Whether a list was shown at all.
        self.loaded = False
        # Whether the status line tells something; what waits is shown there else.
        self.said = False
        self._go: str | None = None
        self.title_bar = Bar(id="title")
        self.list_title = Bar(id="list-title")
        self.facets_title = Bar(id="facets-title")
        self.status_bar = Bar(id="status")
        self.key_bar = KeyBar(id="keys")
        self.facets = FacetList(id="facets")
        self.search = ThaiInput(segmenter, placeholder=words("search.placeholder"), id="search")
        self.search.highlighter = self.find.asked
        self.letters = LetterList(words, id="letters")
        self.detail = DetailPane(words, segmenter, id="detail")

    # Those of its hands that the first list does not need.

    @cached_property
    def ask(self) -> Asking:
        from tui_inbox.tui.screens.asking import Asking

        return Asking(self)

    @cached_property
    def take(self) -> Taking:
        from tui_inbox.tui.screens.taking import Taking

        return Taking(self)

    @cached_property
    def set_up(self) -> Setting:
        from tui_inbox.tui.screens.setting import Setting

        return Setting(self)

    @cached_property
    def hand(self) -> Handing:
        from tui_inbox.tui.screens.handing import Handing

        return Handing(self)

    def compose(self) -> ComposeResult:
        yield self.title_bar
        with Horizontal(id="panes"):
            with Vertical(id="facets-pane"):
                yield self.facets_title
                yield self.facets
            with Container(id="work"):
                with Vertical(id="list-pane"):
                    yield self.list_title
                    yield self.search
                    yield self.letters
                yield self.detail
        yield self.status_bar
        yield self.key_bar

    def on_mount(self) -> None:
        compact = self.words.settings.display.density == "compact"
        self.letters.set_row_height(1 if compact else 2)
        self.letters.empty_text = self.words("empty.loading")
        self.letters.segment = self.segmenter
        self.search.display = False
        self.show_bars()
        self._open_list()
        # Days turn, and what is counted from today with them.
        self.set_interval(60, self.reload)
        self._run_decisions()

    def _open_list(self) -> None:
        """Show the first list with the first painting where it is there in time."""
        opening = self.first.take() if self.first is not None and not self.first.pending else None
        if opening is None:
            self.reload()
        else:
            self._board_ready(jobs.BoardReady(self.find.query, opening.board, opening.status, None))

    def _after_first_list(self) -> None:
        """What would only slow the first list down."""
        if not gc.isenabled():
            # What was loaded for the start stays: it need not be looked through again.
            gc.freeze()
            gc.enable()
        self._watch()
        self._load_dictionary()
        self.write.load()
        self.set_up.welcome()
        saying.tell_ledger(self)

    # Beside the event loop

    @work(thread=True, group="watch")
    def _watch(self) -> None:
        def listener(update: Update) -> None:
            self.news.add(update)
            self.post_message(jobs.InboxChanged())

        try:
            self.inbox.watch(listener)
        except (ServiceError, OSError) as error:
            self.post_message(jobs.Trouble("watch", error))

    @work(thread=True, group="dictionary")
    def _load_dictionary(self) -> None:
        self.segmenter.load()
        self.post_message(jobs.DictionaryReady())

    @work(group="decisions")
    async def _run_decisions(self) -> None:
        await self.decide.queue.run()

    @work(thread=True, group="board")
    def _load_board(self, query: Query) -> None:
        if self.first is not None:
            # Two looks at once would only keep each other waiting.
            self.first.take()
        self.post_message(jobs.load_board(self.inbox, query))

    def _look_up_detail(self, question: tuple[str, bool]) -> None:
        self._standing = self.set_timer(STANDS_STILL, partial(self._detail_due, question))

    def _detail_due(self, question: tuple[str, bool]) -> None:
        self._standing = None
        self._load_detail(self.details.newest(question))

    @work(thread=True, group="detail")
    def _load_detail(self, question: tuple[str, bool]) -> None:
        self.post_message(jobs.load_detail(self.inbox, question[0], with_text=question[1]))

    @work(thread=True, group="arrivals")
    def _load_arrivals(self, ids: tuple[str, ...]) -> None:
        self.post_message(jobs.load_arrivals(self.inbox, ids))

    @work(thread=True, group="near", exclusive=True)
    def _load_near(self, query: Query) -> None:
        self.post_message(jobs.load_near(self.inbox, query))

    @work(thread=True, group="vocabulary", exclusive=True)
    def load_vocabulary(self) -> None:
        """Look up what the search box can complete."""
        self.post_message(jobs.load_vocabulary(self.inbox))

    @work(thread=True, group="rescan", exclusive=True)
    def _rescan(self, problem: str | None) -> None:
        self.post_message(jobs.rescan(self.inbox, problem))

    # Their results

    def reload(self, go: str | None = None) -> None:
        """Look the list up again; ``go`` is the letter to stand on afterwards."""
        self._go = go or self._go
        self.boards.ask(self.find.query)

    def load_detail(self) -> None:
        """Show the letter under the cursor, once the cursor stands still."""
        key = self.letters.cursor_key
        if key is None:
            self.detail.show(None, None, None)
            return
        if self._standing is not None:
            self._standing.reset()
        # The text is large: it is fetched where it is shown or searched.
        with_text = self.detail.tab is Tab.LETTER or bool(self.find.query.text)
        self.details.ask((key, with_text))

    @on(jobs.BoardReady)
    def _board_ready(self, message: jobs.BoardReady) -> None:
        self.boards.done()
        notifying.tell_state(self, self.inbox_status, message.status)
        self.inbox_status = message.status
        if message.query != self.find.query:
            return
        if not self.loaded:
            self.loaded = True
            self.call_after_refresh(self._after_first_list)
        self.board, self.find.swapped = message.board, message.swapped
        go, self._go = self._go, None
        if go is None and not self.touched and message.keys:
            go = message.keys[0]
        before = self.letters.cursor_key
        if message.query.text and not message.keys:
            self._load_near(message.query)
        self.letters.empty_text = self.find.empty_text()
        self.letters.show(message.board, message.keys, message.index, go)
        self.facets.show(facets(message.board, self.find.query, self.words))
        if self.letters.cursor_key == before:
            self.load_detail()
        self.show_bars()

    @on(jobs.NearReady)
    def _near_ready(self, message: jobs.NearReady) -> None:
        if message.query == self.find.query and not self.letters.keys:
            self.find.asked.near = message.near
            self.letters.empty_text = self.find.empty_text()
            self.letters.refresh()
            self.show_bars()

    @on(jobs.VocabularyReady)
    def _vocabulary_ready(self, message: jobs.VocabularyReady) -> None:
        self.find.asked.vocabulary = message.vocabulary

    @on(jobs.DetailReady)
    def _detail_ready(self, message: jobs.DetailReady) -> None:
        self.details.done()
        detail = message.detail
        if detail is not None and detail.row.id == self.letters.cursor_key:
            draft = self.drafts.get((detail.row.id,))
            self.detail.show(detail, self.find.hits, draft)
            self.show_bars()

    @on(jobs.Handed)
    def _handed(self, message: jobs.Handed) -> None:
        self.hand.handed(message)

    @on(jobs.Trouble)
    def _trouble(self, message: jobs.Trouble) -> None:
        if not self.loaded:
            self.loaded = True
            self._after_first_list()
        if message.job == "board":
            self.boards.done()
        elif message.job == "detail":
            self.details.done()
        self.say_text(self.words.error(message.error), "error")

    @on(jobs.InboxChanged)
    def _inbox_changed(self) -> None:
        _, arrived = self.news.take()
        if arrived:
            self._load_arrivals(arrived)
        self.reload()
        if self.app.screen is not self:
            # What lies above may show the inbox, too.
            self.app.screen.post_message(jobs.InboxChanged())

    @on(jobs.Arrived)
    def _arrived(self, message: jobs.Arrived) -> None:
        if not message.rows:
            return
        self.letters.note_arrivals(row.id for row in message.rows)
        notifying.tell_arrivals(self, message.rows)
        self.show_bars()

    @on(jobs.DictionaryReady)
    def _dictionary_ready(self) -> None:
        self.detail.reader.rewrap()

    @on(jobs.Decided)
    def _decided(self, message: jobs.Decided) -> None:
        self.decide.decided(message)

    @on(jobs.DecisionFailed)
    def _failed(self, message: jobs.DecisionFailed) -> None:
        self.decide.failed(message)

    # What happens in the panes

    @on(VirtualList.Moved)
    def _moved(self, message: VirtualList.Moved) -> None:
        if message.list is self.letters:
            self.detail.conceal()
            self.load_detail()
        self.show_bars()

    @on(VirtualList.Chosen)
    def _chosen(self, message: VirtualList.Chosen) -> None:
        self.touched = True
        if message.list is self.letters:
            self.panes.read()
            self.decide.opened()
        elif self.facets.facet is not None:
            self.find.choose(self.facets.facet)
            if self.panes.narrow:
                self.panes.focus_letters()

    @on(DetailPane.Stepped)
    def _stepped(self, message: DetailPane.Stepped) -> None:
        self.say(
            "evidence",
            "done",
            field=self.words.field(message.evidence.field),
            number=self.words.number(message.number),
            count=self.words.number(message.count),
        )

    @on(DetailPane.Wanted)
    def _wanted(self) -> None:
        self.load_detail()

    @on(DetailPane.LetterWanted)
    def _letter_wanted(self, message: DetailPane.LetterWanted) -> None:
        self.panes.go_to_letter(message.letter)

    @on(Input.Changed, "#search")
    def _typed(self, message: Input.Changed) -> None:
        self.find.typed(message.value)

    @on(Input.Submitted, "#search")
    def _submitted(self) -> None:
        self.find.close_search(keep=True)

    def on_descendant_focus(self) -> None:
        self.show_bars()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_bars)
        # Another layout may begin at another width.
        self.call_after_refresh(self.sizes.apply)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        if not self.stack_updates:
            # It comes up for the first time: all in it has just been styled.
            event.refresh_styles = False
        self.show_bars()

    # What commands ask and do

    @property
    def reader(self) -> PickReader:
        return self.detail.reader

    @property
    def reading(self) -> bool:
        return self.focused is self.reader

    @property
    def pane(self) -> Pane:
        focused = self.focused
        return focused if isinstance(focused, VirtualList | Reader) else self.letters

    @property
    def context(self) -> str:
        """Which pane the help speaks of first."""
        if self.reading:
            return "reader"
        return "facets" if self.focused is self.facets else "letters"

    @property
    def targets(self) -> list[Row]:
        return self.mark.targets

    @property
    def writable(self) -> bool:
        return self.inbox_status.writable

    def action_command(self, id: str) -> None:
        """Run a command, or say why it cannot run now."""
        self.touched = True
        self._leaving = self._leaving and id == "quit"
        command = BY_ID[id]
        refusal = command.refusal(self)
        if refusal is not None:
            self.say(f"refused.{refusal}", "warning")
        else:
            command.run(self)
        self.show_bars()

    def action_tab(self, name: str) -> None:
        self.panes.turn_to(Tab(name))

    def say(self, key: str, style: str = "", **args: object) -> None:
        """Word something in the status line."""
        self.say_text(self.words(key, **args), style)

    def say_text(self, text: str, style: str = "") -> None:
        self.said = True
        saying.show_status(self, one_line(text), style)

    def show_bars(self) -> None:
        if self.is_mounted:
            saying.show_bars(self)

    def toggle_density(self) -> None:
        self.letters.set_row_height(3 - self.letters.row_height)

    def toggle_theme(self) -> None:
        names = list(NAMES.values())
        now = self.app.theme
        self.app.theme = names[(names.index(now) + 1) % len(names)] if now in names else names[0]

    def rescan(self) -> None:
        row = self.letters.row
        problem = row.id if row is not None and row.problem is not None else None
        self.say("rescan.retry" if problem else "rescan.all", "done")
        self._rescan(problem)

    def show_help(self) -> None:
        from tui_inbox.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self, self.segmenter))

    def show_palette(self) -> None:
        from tui_inbox.tui.screens.palette import PaletteScreen

        def chosen(id: str | None) -> None:
            if id is not None:
                self.action_command(id)

        self.app.push_screen(PaletteScreen(self, self.segmenter), chosen)

    def leave(self) -> None:
        """Leave once everything is on disk; at the second try where a draft cannot be."""
        self._leave()

    @work(group="leave", exclusive=True)
    async def _leave(self) -> None:
        if self.decide.queue.pending:
            self.say("leaving.saving", "done")
        await self.decide.queue.finish()
        if await self.write.finish() or self._leaving:
            self.app.exit()
            return
        self._leaving = True
        self.say("leaving.drafts", "warning", count=self.words.number(len(self.drafts)))
