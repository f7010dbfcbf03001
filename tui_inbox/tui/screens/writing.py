"""Writing notes, and going back to those that were written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui_inbox.service import Drafts, Note, Record
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row, Status
from tui_inbox.tui.templates import templates

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

Key = tuple[str, ...]

# The editor and the dialogs are imported where they are opened: the first paint does not need them.


class Writing:
    """The screen's pen. A draft is kept, on disk too, until what it holds is saved."""

    def __init__(self, screen: MainScreen, drafts: Drafts) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox
        self.drafts = drafts

    # Drafts

    def load(self) -> None:
        """Look up what an earlier run left half written."""

        async def look() -> None:
            found = await asyncio.to_thread(self.drafts.load)
            if found:
                self.screen.say("note.waiting", "warning", count=self.words.number(found))
                self.screen.load_detail()

        self.screen.run_worker(look(), group="drafts-load")

    def keep(self, key: Key, text: str) -> None:
        self.drafts.put(key, text)
        self.flush()

    def flush(self) -> None:
        self.screen.run_worker(self._flush(), group="drafts")

    async def _flush(self) -> bool:
        try:
            await asyncio.to_thread(self.drafts.flush)
        except OSError as error:
            self.screen.say("note.not_kept", "error", detail=error.strerror or str(error))
            return False
        return True

    async def finish(self) -> bool:
        """Whether every draft is on disk, so that one may leave."""
        return await self._flush()

    # Notes

    def note(self, status: Status | None) -> None:
        """Write a note; with a ``status`` it is set together with it, as one step."""
        rows = self.screen.targets
        ids = tuple(row.id for row in rows)
        title = "note.title" if status is None else "note.title_actioned"

        def save(text: str) -> None:
            if status is not None:
                self.screen.decide.status(rows, status, text or None)
            else:
                self.screen.decide.act(
                    rows,
                    lambda ids: self.inbox.note(ids[0], text),
                    "note",
                    text=text,
                    draft=ids,
                )

        self._write(rows, ids, title, "", save, optional=status is not None)

    def _write(
        self,
        rows: list[Row],
        key: Key,
        title: str,
        text: str,
        save: Callable[[str], None],
        *,
        optional: bool = False,
    ) -> None:
        from tui_inbox.tui.screens.note import NoteScreen

        def written(result: tuple[bool, str] | None) -> None:
            saved, new = result or (False, self.drafts.get(key, ""))
            # Until it is on disk the draft is the only copy.
            self.keep(key, new if new != text else "")
            if saved:
                save(new)
                return
            kept = key in self.drafts
            self.screen.say("note.kept" if kept else "note.left", "done" if kept else "")
            self.screen.load_detail()

        self.screen.app.push_screen(
            NoteScreen(
                self.words(title, name=self.screen.decide.names(rows)),
                self.drafts.get(key, text),
                self.words,
                self.screen.segmenter,
                optional=optional,
                keep=lambda new: self.keep(key, new if new != text else ""),
                templates=templates(rows, self.words, self.inbox.me),
            ),
            written,
        )

    # Notes that were written

    def choose(self) -> None:
        """Choose one of the letter's notes to change it or take it away."""
        (row,) = self.screen.targets
        here: Screen[object] = self.screen.app.screen

        async def look() -> None:
            record = await asyncio.to_thread(self.inbox.record, row.id)
            if self.screen.app.screen is here:
                self._choose(row, record)

        self.screen.run_worker(look(), group="names", exclusive=True)

    def _choose(self, row: Row, record: Record) -> None:
        from tui_inbox.tui.screens.dialogs.notes import NotesDialog

        notes = {note.id: note for note in record.notes}

        def answered(result: tuple[str, bool] | None) -> None:
            if result is None:
                return
            id, remove = result
            if remove:
                self._remove(row, notes[id])
            else:
                self._edit(row, notes[id])

        self.screen.app.push_screen(
            NotesDialog(
                self.words.messages(
                    "dialogs.notes.title", name=one_line(self.screen.decide.names([row]))
                ),
                self.words,
                self.screen.segmenter,
                notes=list(notes.values()),
                me=self.inbox.me,
            ),
            answered,
        )

    def _edit(self, row: Row, note: Note) -> None:
        key = (row.id, "note", note.id)

        def save(text: str) -> None:
            self.screen.decide.act(
                [row],
                lambda ids: self.inbox.edit_note(ids[0], note.id, text),
                "note_edited",
                text=text,
                draft=key,
            )

        self._write([row], key, "note.title_edit", note.text, save)

    def _remove(self, row: Row, note: Note) -> None:
        self.screen.decide.act(
            [row], lambda ids: self.inbox.edit_note(ids[0], note.id, None), "note_removed"
        )
