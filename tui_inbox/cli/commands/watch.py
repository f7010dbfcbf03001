"""``tui-inbox watch``: a line for each letter that comes in, until it is told to stop."""

from __future__ import annotations

import queue
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui_inbox.cli.command import Argument, Command
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session
from tui_inbox.cli.shared import JSON

if TYPE_CHECKING:
    from tui_inbox.hook import ArrivalHook
    from tui_inbox.service import Inbox, InboxStatus, Update

#: Seconds between two looks whether anybody still reads the lines, and between progress messages.
BEAT = 1.0


def run(session: Session) -> ExitCode:
    """Print what has come in since the inbox was last looked through, and what comes in then."""
    from tui_inbox.triage import Query

    with session.open_inbox() as inbox:
        # All that is known is now known to be no news.
        inbox.board(Query())
        if session.given.once:
            _look(session, inbox)
        else:
            _Following(session, inbox).run()
    return ExitCode.DONE


def arrival_hook(session: Session, inbox: Inbox) -> ArrivalHook:
    """Runs the user's program for arrivals, if one is set; it reads a line of ``list --json``."""
    import msgspec

    from tui_inbox.contract import contract_row
    from tui_inbox.hook import ArrivalHook

    messages = session.messages
    return ArrivalHook(
        inbox,
        session.settings.watch.arrival_command,
        lambda row: msgspec.json.encode(contract_row(row, messages)),
    )


def _look(session: Session, inbox: Inbox) -> None:
    """Look once."""
    filled = inbox.filled
    known = set(inbox.ids())
    inbox.refresh()
    if filled:
        _write(session, inbox, [id for id in inbox.ids() if id not in known])
    else:
        session.say("watching.watch.first", count=len(inbox.ids()))
    arrival_hook(session, inbox).run_all()
    _say_hook(session, inbox.status)


def _say_hook(session: Session, status: InboxStatus) -> None:
    if status.hook is not None:
        session.say(
            f"watching.hook.{status.hook.code}",
            program=status.hook.program,
            detail=status.hook.detail,
        )


def _write(session: Session, inbox: Inbox, ids: Sequence[str]) -> None:
    rows = [row for id in ids if (row := inbox.row(id)) is not None]
    # In the order in which they came; the order of work is the list's.
    rows.sort(key=lambda row: row.received)
    if session.given.json:
        from tui_inbox.cli.rows import write_json

        write_json(session, rows)
    else:
        from tui_inbox.cli.table import write_arrivals

        write_arrivals(session, rows)
    session.output.flush()


class _Following:
    """The inbox's news come from its threads; everything is printed from the main one."""

    def __init__(self, session: Session, inbox: Inbox) -> None:
        self._session = session
        self._inbox = inbox
        self._news: queue.SimpleQueue[Update | None] = queue.SimpleQueue()
        # Where nobody has looked before, nothing that the first look finds is news.
        self._unknown = not inbox.filled
        self._said: InboxStatus | None = None
        self._progress = 0.0

    def run(self) -> None:
        stopped: list[int] = []

        def stop(number: int, _: object) -> None:
            stopped.append(number)
            self._news.put(None)

        before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
        try:
            with arrival_hook(self._session, self._inbox):
                self._inbox.watch(self._news.put)
                while not stopped and not _unread():
                    self._take()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _take(self) -> None:
        try:
            update = self._news.get(timeout=BEAT)
        except queue.Empty:
            update = None
        if update is None:
            return
        status = self._inbox.status
        if update.arrived and not (update.first and self._unknown):
            _write(self._session, self._inbox, update.arrived)
        self._say(status)

    def _say(self, status: InboxStatus) -> None:
        """What of the state a person should know, when it becomes so."""
        said, self._said = self._said, status
        say = self._session.say

        def new(of: Callable[[InboxStatus], object]) -> bool:
            return said is None or of(said) != of(status)

        if new(lambda one: one.offline) and (status.offline or said is not None):
            code = status.offline
            say(f"watching.offline.{code}" if code else "watching.watch.online")
        if new(lambda one: (one.scanned, one.mode, one.why)) and status.scanned and status.mode:
            from tui_inbox.locale.wording import watch_message

            how = watch_message(
                self._session.messages,
                status.mode,
                status.why or "",
                status.filesystem,
                status.interval,
            )
            say("watching.watch.following", count=status.known, how=how)
        if new(lambda one: one.hook):
            _say_hook(self._session, status)
        now = time.monotonic()
        if not status.scanned and now - self._progress > BEAT and _on_terminal():
            self._progress = now
            say("watching.watch.progress", count=status.known)


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _unread() -> bool:
    """Whether standard output is a pipe at whose other end nobody is any more."""
    if sys.stdout is None:
        return False
    poll = select.poll()
    poll.register(sys.stdout, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


COMMAND = Command("watch", (Argument("--once", switch=True), JSON), run)
