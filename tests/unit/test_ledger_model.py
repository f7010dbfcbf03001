"""The ledger against a plain dict: any order of actions, undo, redo, reopening, compaction."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tui_inbox.ledger import ErrorCode, Ledger, LedgerError, Record, Status

IDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)
AUTHORS = ("มานี", "มานะ")
WHO = st.sampled_from(AUTHORS)
TEXT = st.text(min_size=1, max_size=8)

Key = tuple[str, str, str]


class Model:
    """One flat dict of values; an action is the values that it changed, before and after."""

    def __init__(self) -> None:
        self.values: dict[Key, Any] = {}
        self.seq = 0
        self.done: dict[str, list[dict[Key, tuple[Any, Any]]]] = {who: [] for who in AUTHORS}
        self.undone: dict[str, list[dict[Key, tuple[Any, Any]]]] = {who: [] for who in AUTHORS}

    def act(self, who: str, values: dict[Key, Any]) -> None:
        change = {
            key: (self.values.get(key), value)
            for key, value in values.items()
            if self.values.get(key) != value
        }
        if change:
            self.seq += 1
            self.put({key: after for key, (_, after) in change.items()})
            self.done[who].append(change)
            self.undone[who].clear()

    def put(self, values: dict[Key, Any]) -> None:
        self.values |= values
        self.values = {key: value for key, value in self.values.items() if value is not None}

    def step(self, who: str, *, back: bool) -> str:
        source, target = (self.done, self.undone) if back else (self.undone, self.done)
        if not source[who]:
            return "nothing"
        change = source[who][-1]
        start, end = (1, 0) if back else (0, 1)
        if any(self.values.get(key) != pair[start] for key, pair in change.items()):
            return "conflict"
        self.put({key: pair[end] for key, pair in change.items()})
        self.seq += 1
        target[who].append(source[who].pop())
        return "done"


def flat(record: Record) -> dict[Key, Any]:
    values: dict[Key, Any] = {}
    if record.status is not Status.NEW:
        values[record.id, "status", ""] = record.status
    if record.assignee is not None:
        values[record.id, "assignee", ""] = record.assignee
    values |= {(record.id, "tags", tag): tag for tag in record.tags}
    values |= {(record.id, "notes", note.id): (note.text, note.author) for note in record.notes}
    return values


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.model = Model()
        self.ledgers = {who: self.open(who) for who in AUTHORS}

    def open(self, who: str) -> Ledger:
        return Ledger(Path(self.folder.name), author=who)

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(
        who=WHO,
        ids=IDS,
        status=st.sampled_from([Status.OPEN, Status.ACTIONED]),
        note=st.none() | TEXT,
    )
    def mark(self, who: str, ids: list[str], status: Status, note: str | None) -> None:
        values: dict[Key, Any] = {(id, "status", ""): status for id in ids}
        if note is not None:
            values |= {(id, "notes", str(self.model.seq + 1)): (note, who) for id in ids}
        self.model.act(who, values)
        self.ledgers[who].mark(ids, status, note)

    @rule(who=WHO, id=st.sampled_from("abc"), text=TEXT)
    def note(self, who: str, id: str, text: str) -> None:
        self.model.act(who, {(id, "notes", str(self.model.seq + 1)): (text, who)})
        self.ledgers[who].note(id, text)

    @rule(who=WHO, ids=IDS, add=st.sets(st.sampled_from("xyz")), remove=st.sampled_from("xyz"))
    def tag(self, who: str, ids: list[str], add: set[str], remove: str) -> None:
        wanted: dict[str, str | None] = {remove: None} | {tag: tag for tag in add}
        self.model.act(
            who, {(id, "tags", tag): value for id in ids for tag, value in wanted.items()}
        )
        self.ledgers[who].tag(ids, add=sorted(add), remove=[remove])

    @rule(who=WHO, back=st.booleans())
    def step(self, who: str, back: bool) -> None:
        ledger = self.ledgers[who]
        expected = self.model.step(who, back=back)
        if expected == "conflict":
            with pytest.raises(LedgerError) as refused:
                ledger.undo() if back else ledger.redo()
            assert refused.value.code in (ErrorCode.UNDO_CONFLICT, ErrorCode.REDO_CONFLICT)
            assert refused.value.conflicts
        else:
            assert ((ledger.undo() if back else ledger.redo()) is None) == (expected == "nothing")

    @rule(who=WHO)
    def reopen(self, who: str) -> None:
        self.ledgers[who].close()
        self.ledgers[who] = self.open(who)

    @precondition(lambda self: self.model.seq)
    @rule(who=WHO)
    def compact(self, who: str) -> None:
        self.ledgers[who].compact()

    @invariant()
    def all_say_what_the_model_says(self) -> None:
        for ledger in self.ledgers.values():
            ledger.refresh()
            found: dict[Key, Any] = {}
            for record in ledger.records().values():
                found |= flat(record)
            assert found == self.model.values
            assert ledger.seq == self.model.seq
            assert ledger.findings == ()
        assert [item.seq for item in ledger.history()] == list(range(1, self.model.seq + 1))


LedgerMachine.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestLedgerAgainstModel = LedgerMachine.TestCase
