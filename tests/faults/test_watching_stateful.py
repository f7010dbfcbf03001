"""Random work in a watched inbox: in the end the catalogue is what the directory is.

``INTERLEAVINGS=1000 python -m pytest -n 0 tests/faults/test_watching_stateful.py`` tries as many as
that; without the variable it is a handful.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tui_inbox.config import Settings, WatchSettings
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, View
from tui_inbox.watching import watcher

INTERLEAVINGS = int(os.environ.get("INTERLEAVINGS", "8"))
LIMIT = 30.0
DELAY = 0.05
FOLDERS = ("", "x/", "x/y/")
NAMES = st.sampled_from([f"{folder}{name}.txt" for folder in FOLDERS for name in "abc"])
# Few, so that the same content often stands under several names and comes back.
CONTENTS = st.sampled_from(
    [
        b"",
        *(
            f"ที่ ลพ 0021/ว {n}\n\nเรื่อง เรื่องที่ {n}\n\nเรียน นายอำเภอทุกอำเภอ\n".encode()
            for n in range(4)
        ),
    ]
)


class Interleaving(RuleBasedStateMachine):
    """Work goes on in the folder while the inbox follows it; nobody waits for anybody."""

    mode = "native"

    @initialize()
    def begin(self) -> None:
        self.top = Path(tempfile.mkdtemp())
        self.folder = self.top / "inbox"
        self.folder.mkdir()
        chosen = Settings(watch=WatchSettings(delay=DELAY, mode=self.mode))
        self.inbox = Inbox.open(
            self.folder,
            chosen,
            cache_dir=self.top / "cache",
            clock=lambda: dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
        )
        self.inbox.board(Query())
        self.arrived: list[str] = []
        self.inbox.watch(lambda update: self.arrived.extend(update.arrived))

    @rule(name=NAMES, content=CONTENTS)
    def create(self, name: str, content: bytes) -> None:
        with self._possible(name) as file:
            file.write_bytes(content)

    @rule(name=NAMES, content=CONTENTS)
    def append(self, name: str, content: bytes) -> None:
        with self._possible(name) as file, file.open("ab") as out:
            out.write(content)

    @rule(name=NAMES, content=CONTENTS)
    def replace(self, name: str, content: bytes) -> None:
        with self._possible(name) as file:
            file.with_name(".coming").write_bytes(content)
            file.with_name(".coming").rename(file)

    @rule(name=NAMES, to=NAMES)
    def rename(self, name: str, to: str) -> None:
        with self._possible(to) as file:
            (self.folder / name).rename(file)

    @rule(name=NAMES, to=NAMES)
    def copy(self, name: str, to: str) -> None:
        with self._possible(to) as file:
            shutil.copy2(self.folder / name, file)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        with self._possible(name) as file:
            file.unlink()

    @rule(name=st.sampled_from(["x", "x/y"]), to=st.sampled_from(["x", "z", "x/z"]))
    def move_folder(self, name: str, to: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / name).rename(self.folder / to)

    @rule(name=NAMES)
    def decide(self, name: str) -> None:
        row = next((row for row in self._rows() if name in row.paths), None)
        if row is not None:
            self.inbox.note(row.id, "โทรแล้ว")

    @rule(parts=st.integers(1, 8))
    def wait(self, parts: int) -> None:
        time.sleep(parts * DELAY / 3)

    def teardown(self) -> None:
        if not hasattr(self, "inbox"):
            return
        try:
            self._check()
        finally:
            self.inbox.close()
            shutil.rmtree(self.top)

    def _check(self) -> None:
        wanted = self._directory()
        end = time.monotonic() + LIMIT
        while self._catalogue() != wanted:
            assert time.monotonic() < end, (
                wanted.items() ^ self._catalogue().items(),
                [(row.id[:8], row.paths) for row in self._rows()],
            )
            time.sleep(0.005)
        time.sleep(2 * DELAY)
        rows = self._rows()
        assert self._catalogue() == wanted
        live = [row for row in rows if not row.gone]
        paths = [path for row in live for path in row.paths]
        assert sorted(paths) == sorted(wanted), "each file once"
        contents = [row.sha256 for row in live if row.sha256 is not None and row.problem is None]
        assert len(contents) == len(set(contents)), "one letter a content"
        assert len(self.arrived) == len(set(self.arrived)) or self._came_again(), "told once"
        assert self.inbox.status.failures == 0

    def _came_again(self) -> bool:
        """A file that cannot be read is a new row each time that it comes back."""
        again = {id for id in self.arrived if self.arrived.count(id) > 1}
        return all(id.startswith("!") for id in again)

    def _rows(self):
        return self.inbox.board(Query(view=View.ALL)).rows

    def _directory(self) -> dict[str, str | None]:
        return {
            file.relative_to(self.folder).as_posix(): hashlib.sha256(data).hexdigest()
            if (data := file.read_bytes())
            else None
            for file in self.folder.rglob("*.txt")
        }

    def _catalogue(self) -> dict[str, str | None]:
        """What each file holds, as its letter knows it. (The letter may show another content: the
        one that came last, where an older one of its own stands under another name.)
        """
        files = self.inbox._catalogue._rows(
            "SELECT path, letter_id, sha256, problem FROM files WHERE NOT gone"
        )
        rows = {row.id: row for row in self._rows()}
        return {
            path: None if problem is not None else sha256
            for path, id, sha256, problem in files
            if id in rows and path in rows[id].paths and not rows[id].gone
        }

    @contextlib.contextmanager
    def _possible(self, name: str):
        """Many steps make no sense on what is there just now; as with people, they do nothing."""
        file = self.folder / name
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            yield file


@pytest.mark.parametrize("mode", ["native", "poll"])
def test_after_any_interleaving_the_catalogue_is_what_the_directory_is(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "POLL", 0.03)
    machine = type("Machine", (Interleaving,), {"mode": mode})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(1, INTERLEAVINGS // 2),
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
