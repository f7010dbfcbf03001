"""What a person decides is written down one after the other; the status line says what of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui_inbox.service import Change, Op
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row, Status
from tui_inbox.tui.wording import is_secret
from tui_inbox.tui.work import Decided, Decision, DecisionFailed, Decisions

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

log = logging.getLogger(__name__)

#: How long both values of an undo's conflict stay on the screen.
CONFLICT_SECONDS = 30
#: What leaves the list of open things, after which one goes on to the next letter.
_CLOSING = frozenset({Status.ACTIONED, Status.FILED})


def _nothing(_: Change) -> Mapping[str, object]:
    return {}


class Deciding:
    """The screen's hand."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self.words = screen.words
        self.inbox = screen.inbox
        self.queue = Decisions(screen.post_message)
        self.drafts = screen.drafts

    # Decisions

    def act(
        self,
        rows: list[Row],
        call: Callable[[tuple[str, ...]], Change | None],
        said: str,
        *,
        text: str = "",
        draft: tuple[str, ...] = (),
        handles: bool = False,
        tell: Callable[[Change], Mapping[str, object]] = _nothing,
        **args: object,
    ) -> None:
        """Write something of these letters down; then ``decided.<said>`` is told of them.

        ``handles``: the letters are dealt with by it, so the next one comes up. ``tell`` gives
        what only the change itself says.
        """
        ids = tuple(row.id for row in rows)
        args = {"name": self.names(rows), **args}
        self.queue.add(
            Decision(
                "act",
                ids,
                lambda: call(ids),
                f"decided.{said}",
                args,
                tell,
                text,
                draft,
                handles,
                self.screen.flow.next_after(ids) if handles else None,
            )
        )

    def status(self, rows: list[Row], status: Status, note: str | None = None) -> None:
        ids = tuple(row.id for row in rows)
        self.act(
            rows,
            lambda ids: self.inbox.mark(ids, status, note),
            "status",
            text=note or "",
            draft=ids if note else (),
            handles=status in _CLOSING,
            status=self.words.status(status),
        )

    def pin(self) -> None:
        """Pin the letters, or take the pins away where all of them have one."""
        rows = self.screen.targets
        pinned = not all(row.pinned for row in rows)
        self.act(rows, lambda ids: self.inbox.pin(ids, pinned), "pinned" if pinned else "unpinned")

    def read(self) -> None:
        """Note the letters as read, or as unread where all of them are read."""
        rows = self.screen.targets
        read = not all(row.read for row in rows)
        self.act(rows, lambda ids: self.inbox.mark_read(ids, read), "read" if read else "unread")

    def opened(self) -> None:
        """Note that the letter under the cursor was opened: a fact, of which nothing is said."""
        row = self.screen.letters.row
        if row is None or row.read or row.problem is not None or not self.screen.writable:
            return
        if is_secret(row) and self.screen.detail.revealed != row.id:
            return
        ids = (row.id,)
        self.queue.add(Decision("opened", ids, lambda: self.inbox.mark_read(ids)))

    def undo(self) -> None:
        self.queue.add(Decision("undo", (), self.inbox.undo))

    def redo(self) -> None:
        self.queue.add(Decision("redo", (), self.inbox.redo))

    def names(self, rows: list[Row]) -> str:
        """One letter by its name, several by their count."""
        if len(rows) == 1:
            secret = is_secret(rows[0])
            return one_line((rows[0].number or "") if secret else self.words.title(rows[0]))
        return self.words("count.letters", count=self.words.number(len(rows)))

    # Their results

    def decided(self, message: Decided) -> None:
        decision, change = message.decision, message.change
        screen, go = self.screen, decision.go
        if decision.kind == "opened":
            screen.reload()
            return
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
            if decision.kind == "undo":
                screen.flow.taken_back(change.ids)
        elif not change.edits:
            screen.say("decided.nothing", "warning")
        else:
            # Only what is on disk now: a status says nothing of a note that is still being written.
            draft = decision.draft
            if draft and self.drafts.get(draft, "").strip() == decision.text.strip():
                del self.drafts[draft]
                screen.write.flush()
            screen.letters.clear_marks()
            text = self.words(decision.said, **decision.args, **decision.tell(change))
            if decision.handles:
                text = f"{text} · {screen.flow.progress(decision.ids)}"
            screen.say_text(text, "done")
        screen.reload(go)

    def failed(self, message: DecisionFailed) -> None:
        decision, error = message.decision, message.error
        if decision.kind == "opened":
            # Nobody waits for it, and the next opening notes it again.
            log.warning("that a letter was opened could not be noted: %s", error)
            return
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
