"""Processes that write notes and are killed: run by the tests, and for long by ``long_run.py``."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tui_inbox.ledger import FindingCode, Ledger
from tui_inbox.ledger.verify import verify

#: Kills of one inbox; then another is begun, so that a long run tests small journals too.
OF_ONE_INBOX = 25

#: Writes notes for ever and says each number after the ledger has acknowledged it.
WRITER = """
import sys
from pathlib import Path
from tui_inbox.ledger import Ledger
inbox, run = Path(sys.argv[1]), sys.argv[2]
ledger = Ledger(inbox, author="ผู้เขียน")
number = 0
while True:
    text = f"{run}:{number} " + "ก" * (number * 977 % 60_000)
    ledger.note(f"letter{number % 5}", text)
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
    if number % 7 == 3:
        ledger.compact()
    number += 1
"""


class Killed(NamedTuple):
    """``torn``: how often a kill left a line that was not written to its end."""

    kills: int
    acknowledged: int
    torn: int


def start(script: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def kill_writers(place: Path, rounds: int, seed: int) -> Killed:
    """Kill a writer ``rounds`` times at random moments; each time look whether all is there."""
    chance = random.Random(seed)
    acknowledged: list[str] = []
    total = torn = 0
    for round_ in range(rounds):
        run = round_ % OF_ONE_INBOX
        if run == 0:
            inbox = place / str(round_)
            inbox.mkdir()
            total, acknowledged = total + len(acknowledged), []
        with start(WRITER, inbox, run) as writer:
            assert writer.stdout is not None
            said = [writer.stdout.readline()]
            time.sleep(chance.uniform(0, 0.06))
            writer.kill()
            said += writer.stdout.readlines()
        # A killed process may have got half a number out.
        acknowledged += [f"{run}:{line.strip()}" for line in said if line.endswith("\n")]
        with Ledger(inbox, author="ผู้อ่าน") as ledger:
            codes = {found.code for found in ledger.findings}
            assert codes <= {FindingCode.TORN}, ledger.findings
            torn += bool(codes)
            notes = [note for r in ledger.records().values() for note in r.notes]
            kept = {note.text.split(" ")[0] for note in notes}
            assert kept.issuperset(acknowledged), (round_, set(acknowledged) - kept)
            # At most the one that was being written when the process died was not acknowledged.
            assert len(notes) == len(kept) <= len(acknowledged) + run + 1
            assert [item.seq for item in ledger.history()] == list(range(1, ledger.seq + 1))
        assert verify(inbox).findings == ()
    return Killed(rounds, total + len(acknowledged), torn)
