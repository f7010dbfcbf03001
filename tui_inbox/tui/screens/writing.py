"""Writing notes, and going back to those that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.triage import Row, Status

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen


class Writing:
    """The screen's pen. A draft is kept until what it holds is on disk."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox
        self.drafts = screen.decide.drafts

    def note(self, status: Status | None) -> None:
        """Write a note; with a ``status`` it is set together with it, as one step."""
        # Imported here: the editor is large and the first paint does not need it.
        from tui_inbox.tui.screens.note import NoteScreen

        rows = self.screen.targets
        ids = tuple(row.id for row in rows)
        key = "note.title" if status is None else "note.title_actioned"

        def written(result: tuple[bool, str] | None) -> None:
            save, text = result or (False, self.drafts.get(ids, ""))
            # Until it is on disk the draft is the only copy.
            self.drafts[ids] = text
            if not text:
                del self.drafts[ids]
            if not save:
                self.screen.say("note.kept" if text else "note.left", "done" if text else "")
                self.screen.load_detail()
            elif status is not None:
                self.screen.decide.status(rows, status, text or None)
            else:
                self._add(rows[0], text)

        self.screen.app.push_screen(
            NoteScreen(
                self.words(key, name=self.screen.decide.names(rows)),
                self.drafts.get(ids, ""),
                self.words,
                self.screen.segmenter,
                optional=status is not None,
            ),
            written,
        )

    def _add(self, row: Row, text: str) -> None:
        self.screen.decide.act(
            [row],
            lambda ids: self.inbox.note(ids[0], text),
            "note",
            text=text,
            draft=(row.id,),
        )
