"""The ledger after a power cut at any moment: what was acknowledged is there, and it opens."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from ledger_power import Recorder

from tui_inbox.ledger import FindingCode, Ledger, Status
from tui_inbox.ledger.verify import verify

MIXTURES = 40 if int(os.environ.get("TUI_INBOX_ROUNDS", "60")) >= 1000 else 4


class Killed(BaseException):
    """kill -9 between a write and its sync."""


class Cuts:
    """Cuts the power after every step of what is done, and looks at what could be left."""

    def __init__(self, place: Path) -> None:
        self.place = place
        #: Texts of notes that were acknowledged, in order.
        self.acknowledged: list[str] = []
        #: The status that was acknowledged, and those that may be there as well.
        self.allowed: set[Status] = {Status.NEW}
        self.disks = 0
        self._seen: set[object] = set()
        self._chance = random.Random(2567)
        self._looking = False

    def __call__(self, recorder: Recorder) -> None:
        if self._looking:
            return
        self._looking = True
        try:
            for disk in recorder.disks(self._chance, MIXTURES):
                key = (disk.key, tuple(self.acknowledged))
                if key not in self._seen:
                    self._seen.add(key)
                    self._look(disk)
        finally:
            self._looking = False

    def _look(self, disk) -> None:
        self.disks += 1
        root = self.place / str(self.disks)
        root.mkdir()
        disk.lay_down(root)
        with Ledger(root, author="หลังไฟดับ") as ledger:
            codes = {found.code for found in ledger.findings}
            # A line of which a later block came and an earlier did not is damaged, not torn.
            assert codes <= {FindingCode.TORN, FindingCode.DAMAGED}, ledger.findings
            record = ledger.record("a")
            texts = [note.text for note in record.notes]
            # All that was acknowledged; at most one more that was on its way.
            kept = [text for text in texts if text in self.acknowledged]
            assert kept == self.acknowledged, (texts, self.acknowledged)
            assert record.status in self.allowed
            assert [item.seq for item in ledger.history()] == list(range(1, ledger.seq + 1))
            ledger.note("a", "ต่อได้")
        again = Ledger(root, author="x")
        assert again.findings == ()  # told once
        assert [note.text for note in again.record("a").notes] == [*texts, "ต่อได้"]
        assert verify(root).findings == ()
        shutil.rmtree(root)


def test_every_disk_that_a_power_cut_may_leave_opens_with_all_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, place = tmp_path / "inbox", tmp_path / "cuts"
    inbox.mkdir()
    place.mkdir()
    cuts = Cuts(place)
    recorder = Recorder(inbox, cuts)

    def note(ledger: Ledger, text: str) -> None:
        ledger.note("a", text)
        cuts.acknowledged.append(text)

    one, two = Ledger(inbox, author="มานี"), Ledger(inbox, author="มานะ")
    with monkeypatch.context() as patch:
        recorder.install(patch)
        note(one, "หนึ่ง")
        note(two, "สอง")
        cuts.allowed = {Status.NEW, Status.ACTIONED}
        one.mark(["a"], Status.ACTIONED)
        cuts.allowed = {Status.ACTIONED}
        two.compact()
        note(two, "สาม")
        # A process dies after its write and before its sync; the other takes the line for written,
        # builds on it and goes on in a new segment.
        recorder.kill = Killed()
        with pytest.raises(Killed):
            one.note("a", "ไม่เคยรับรอง")
        two.compact()
        note(two, "สี่")
        cuts.allowed = {Status.ACTIONED, Status.NEW}
        two.refresh()
        three = Ledger(inbox, author="มานี")
        assert three.undo() is not None
        assert three.undo() is not None
        cuts.allowed = {Status.NEW}
        note(three, "ห้า")
        # A line that is torn is cut off by the next writer.
        journal = max((inbox / ".tui-inbox").glob("journal-*"))
        with os.fdopen(os.open(journal, os.O_WRONLY | os.O_APPEND), "ab", buffering=0) as file:
            os.write(file.fileno(), b'J1 01234567 {"seq":')
        note(two, "หก")
        for _ in range(3):
            note(three, f"เจ็ด{cuts.disks}")
            three.compact()
    assert recorder.steps > 60
    assert cuts.disks > 150


def test_the_model_notices_a_sync_that_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, place = tmp_path / "inbox", tmp_path / "cuts"
    inbox.mkdir()
    place.mkdir()
    cuts = Cuts(place)
    recorder = Recorder(inbox, cuts)
    ledger = Ledger(inbox, author="มานี")
    with monkeypatch.context() as patch:
        recorder.install(patch)
        ledger.note("a", "หนึ่ง")
        cuts.acknowledged.append("หนึ่ง")
        patch.setattr(os, "fsync", lambda descriptor: None)
        ledger.note("a", "สอง")
        cuts.acknowledged.append("สอง")
        with pytest.raises(AssertionError):
            cuts(recorder)
