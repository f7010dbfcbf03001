"""What a person decides: marks, statuses, notes, undo; and what the status line says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_inbox.service import Op
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row, Status
from tui_inbox.tui.wording import is_secret
from tui_inbox.tui.work import Decided, Decision, DecisionFailed, Decisions

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

#: How long both values of an undo's conflict stay on the screen.
CONFLICT_SECONDS = 30


class Deciding:
    """The screen's hand. Drafts live here until what they hold is on disk."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox
        self.queue = Decisions(screen.post_message)
        self.drafts: dict[tuple[str, ...], str] = {}
        self._range_from: str | None = None

    @property
    def targets(self) -> list[Row]:
        """The marked letters, else the one under the cursor."""
        letters = self.screen.letters
        if letters.marked and not letters.stale:
            return [row for row in letters.rows if row.id in letters.marked]
        return [] if letters.row is None else [letters.row]

    # Marks

    def mark(self) -> None:
        letters = self.screen.letters
        key = letters.cursor_key
        if key is not None and not letters.stale:
            letters.toggle_mark(key)
            self._range_from = key
            letters.move(1)

    def mark_range(self) -> None:
        letters = self.screen.letters
        index = letters.index_of(self._range_from or "")
        start = letters.cursor if index is None else index
        low, high = sorted((start, letters.cursor))
        letters.mark_all(list(letters.keys[low : high + 1]))

    def mark_all(self) -> None:
        letters = self.screen.letters
        keys = list(letters.keys)
        if letters.marked.issuperset(keys):
            letters.clear_marks()
        else:
            letters.mark_all(keys)

    # Decisions

    def status(self, status: Status) -> None:
        self._mark_as(self.targets, status, None)

    def note(self, status: Status | None) -> None:
        """Write a note; with a ``status`` it is set together with it, as one step."""
        # Imported here: the editor is large and the first paint does not need it.
        from tui_inbox.tui.screens.note import NoteScreen

        rows = self.targets
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
                self._mark_as(rows, status, text or None)
            else:
                self._add_note(rows[0], text)

        self.screen.app.push_screen(
            NoteScreen(
                self.words(key, name=self._names(rows)),
                self.drafts.get(ids, ""),
                self.words,
                self.screen.segmenter,
                optional=status is not None,
            ),
            written,
        )

    def undo(self) -> None:
        self.queue.add(Decision("undo", (), self.inbox.undo))

    def redo(self) -> None:
        self.queue.add(Decision("redo", (), self.inbox.redo))

    def _mark_as(self, rows: list[Row], status: Status, note: str | None) -> None:
        ids = tuple(row.id for row in rows)
        self.queue.add(
            Decision(
                "status",
                ids,
                lambda: self.inbox.mark(ids, status, note),
                status=status,
                title=self._names(rows),
                text=note or "",
                go=self._after(set(ids)) if status is Status.ACTIONED else None,
            )
        )

    def _add_note(self, row: Row, text: str) -> None:
        self.queue.add(
            Decision(
                "note",
                (row.id,),
                lambda: self.inbox.note(row.id, text),
                title=self._names([row]),
                text=text,
            )
        )

    def _names(self, rows: list[Row]) -> str:
        """One letter by its name, several by their count."""
        if len(rows) == 1:
            secret = is_secret(rows[0])
            return one_line((rows[0].number or "") if secret else self.words.title(rows[0]))
        return self.words("count.letters", count=self.words.number(len(rows)))

    def _after(self, ids: set[str]) -> str | None:
        """The letter to go on with when those of ``ids`` are done."""
        keys, cursor = self.screen.letters.keys, self.screen.letters.cursor
        rest = (*keys[cursor:], *reversed(keys[:cursor]))
        return next((key for key in rest if key not in ids), None)

    # Their results

    def decided(self, message: Decided) -> None:
        decision, change = message.decision, message.change
        screen, go = self.screen, decision.go
        if change is None:
            screen.say(f"decided.{decision.kind}_none", "warning")
        elif decision.kind in {"undo", "redo"}:
            screen.say(
                f"decided.{decision.kind}",
                "done",
                what=self.words.messages(f"ledger.op.{(change.of_kind or Op.MARK).value}"),
                count=self.words("count.letters", count=self.words.number(len(change.ids))),
            )
            go = change.ids[0] if change.ids else None
        elif not change.edits:
            screen.say("decided.nothing", "warning")
        else:
            # Only what is on disk now: a status says nothing of a note that is still being written.
            if decision.text and self.drafts.get(decision.ids, "").strip() == decision.text.strip():
                del self.drafts[decision.ids]
            screen.letters.clear_marks()
            status = "" if decision.status is None else self.words.status(decision.status)
            key = "decided.status" if decision.status is not None else "decided.note"
            screen.say(key, "done", status=status, name=decision.title)
        screen.reload(go)

    def failed(self, message: DecisionFailed) -> None:
        decision, error = message.decision, message.error
        kept = self.words("decided.draft_kept") if decision.text else ""
        self.screen.say_text(f"{self.words.error(error)} {kept}".rstrip(), "error")
        both = self.words.conflicts(error)
        if both:
            # More than the status line holds, and a person must have time to compare.
            self.screen.notify(
                both,
                title=self.words.error(error),
                severity="warning",
                timeout=CONFLICT_SECONDS,
                markup=False,
            )
        self.screen.reload()
