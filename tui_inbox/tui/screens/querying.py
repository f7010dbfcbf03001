"""The text of the search box as a query: what is wrong with it, what can follow, what may have
been meant where it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.highlighter import Highlighter
from rich.text import Text

from tui_inbox.locale.queries import query_error
from tui_inbox.service import Near
from tui_inbox.thai.cells import one_line
from tui_inbox.triage.errors import QueryError

if TYPE_CHECKING:
    from tui_inbox.triage.query import Completions, Node, Vocabulary
    from tui_inbox.tui.screens.main import MainScreen

# The language of queries is imported where something is typed: the first list asks for nothing.


class Querying(Highlighter):
    """What is typed, as a query. As the box's highlighter it marks the place of an error."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        # Looked up when the box is opened.
        self.vocabulary: Vocabulary | None = None
        self.near: tuple[Near, ...] = ()
        # The last query that could be read, and what is wrong with what is typed now.
        self.node: Node | None = None
        self.error: QueryError | None = None

    def read(self, text: str) -> bool:
        """Take over what is typed; false where it cannot be read, and the last query stays."""
        from tui_inbox.triage.query import parse

        self.near = ()
        try:
            self.node = parse(text, today=self.words.today)
        except QueryError as error:
            self.error = error
        else:
            self.error = None
        return self.error is None

    def begins_field(self, text: str) -> bool:
        """Whether what is typed last, behind other words, may become the name of a field."""
        found = self._complete(text, len(text))
        return bool(text[: found.start].strip()) and any(
            candidate.endswith(":") for candidate in found.candidates
        )

    def texts(self, text: str) -> tuple[str, ...]:
        """What of a query is to be marked in a letter."""
        if not text:
            return ()
        from tui_inbox.triage.query import parse, texts

        try:
            return texts(parse(text, today=self.words.today))
        except QueryError:
            return ()

    def highlight(self, text: Text) -> None:
        if self.error is not None:
            text.stylize("underline", *self.error.span)

    # What can follow

    @property
    def completions(self) -> Completions:
        box = self.screen.search
        return self._complete(box.value, box.cursor_position)

    def _complete(self, text: str, cursor: int) -> Completions:
        from tui_inbox.triage.query import Vocabulary, complete

        vocabulary = self.vocabulary or Vocabulary()
        return complete(text, cursor, vocabulary, language=self.words.messages.language)

    def complete(self) -> bool:
        """Put the first candidate in; false where there is none."""
        found = self.completions
        if not found.candidates:
            return False
        box = self.screen.search
        box.value, box.cursor_position = found.apply(box.value, found.candidates[0])
        return True

    def take_near(self) -> None:
        """Search for what was offered instead."""
        if self.near:
            query = self.near[0].query
            self.screen.search.value = query
            self.screen.search.cursor_position = len(query)

    # In words

    def status(self) -> tuple[str, str]:
        """What the status line says while something is typed, and in which style."""
        candidates = self.completions.candidates
        if candidates:
            return self.words("search.candidates", candidates="  ".join(candidates)), "dim"
        if self.error is not None:
            error = self.error
            messages = self.words.messages
            return query_error(messages, error.code, error.nearest, error.details), "error"
        return "", ""

    def offers(self) -> str:
        """The near matches for the empty list; empty where there are none."""
        words = self.words
        lines = [
            words(
                "search.near",
                query=one_line(near.query),
                why=words.messages(f"query.near.{near.kind}"),
                count=words.number(near.count),
            )
            for near in self.near
        ]
        return "\n".join([words("search.near_title"), *lines]) if lines else ""
