"""How long a durable action takes at 100,000 letters, beside TinyDB's own storages and SQLite.

``python tests/bench/bench_ledger.py [LETTERS]`` prints one JSON object. Times in milliseconds;
ratios are to the ledger's median of the same run. TinyDB's own storage rewrites its file with
every action, so it is measured on few of them.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage
from tinydb.table import Document

from tui_inbox.ledger import Ledger, Sighting, Status

NOTE = "ประสานกองแผนแล้ว จะส่งแบบตอบรับภายในวันศุกร์"

OPENER = """
import os, sys, time
from pathlib import Path
from tui_inbox.ledger import Ledger
def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
before = resident()
start = time.perf_counter()
ledger = Ledger(Path(sys.argv[1]), author="x")
spent = time.perf_counter() - start
after = resident()
print(spent * 1000, after - before)
"""


def letter(number: int) -> str:
    return f"{number * 2654435761 % 2**256:064x}"


def times(action: Callable[[int], object], count: int) -> dict[str, float]:
    spent = []
    for number in range(count):
        start = time.perf_counter()
        action(number)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {
        "median": round(statistics.median(spent), 3),
        "p95": round(spent[int(len(spent) * 0.95)], 3),
        "max": round(spent[-1], 3),
    }


def ledger_numbers(folder: Path, letters: int) -> dict[str, object]:
    ledger = Ledger(folder, author="มานี")
    start = time.perf_counter()
    ledger.identify_all(
        Sighting(letter(n), letter(n), f"2567/มิ.ย./หนังสือ-{n}.txt") for n in range(letters)
    )
    known = time.perf_counter() - start
    for first in range(0, letters, 5000):
        ledger.mark([letter(n) for n in range(first, min(first + 2500, letters))], Status.OPEN)
    replayed = opened(folder, 1)
    start = time.perf_counter()
    ledger.compact()
    compacted = time.perf_counter() - start
    found: dict[str, object] = {
        "identify_all": round(known * 1000, 1),
        "compact": round(compacted * 1000, 1),
        "open_first_and_compact": replayed,
        "open": opened(folder),
        "note": times(lambda n: ledger.note(letter(n * 7919 % letters), NOTE), 500),
        "undo": times(lambda _: ledger.undo(), 200),
        "mark_100": times(
            lambda n: ledger.mark([letter(n * 100 + k) for k in range(100)], Status.ACTIONED), 50
        ),
        "refresh_nothing_new": times(lambda _: ledger.refresh(), 500),
        "history": times(lambda n: ledger.history(letter(n * 7919 % letters)), 20),
        "records": times(lambda n: (ledger.note(letter(n), "x"), ledger.records()), 20),
        "bytes": sum(path.stat().st_size for path in (folder / ".tui-inbox").iterdir()),
    }
    return found


def opened(folder: Path, count: int = 5) -> dict[str, float]:
    runs = []
    for _ in range(count):
        out = subprocess.run(
            [sys.executable, "-c", OPENER, str(folder)], capture_output=True, text=True, check=True
        ).stdout.split()
        runs.append((float(out[0]), float(out[1])))
    spent, memory = min(runs)
    return {"ms": round(spent, 1), "resident_mib": round(memory, 1)}


def tinydb_numbers(folder: Path, letters: int, *, caching: bool) -> dict[str, float]:
    # TinyDB's middleware carries no types.
    storage = CachingMiddleware(JSONStorage) if caching else JSONStorage  # type: ignore[no-untyped-call]
    with TinyDB(folder / f"tinydb-{caching}.json", storage=storage, encoding="utf-8") as database:
        table = database.table("letters")
        table.insert_multiple(
            Document({"id": letter(n), "status": "open", "notes": [], "path": f"{n}.txt"}, n)
            for n in range(1, letters + 1)
        )
        if caching:
            database.storage.flush()

        def note(number: int) -> None:
            table.update({"notes": [NOTE]}, doc_ids=[number * 7919 % letters + 1])
            if caching:
                database.storage.flush()

        return times(note, 3)


def sqlite_numbers(folder: Path, letters: int) -> dict[str, float]:
    database = sqlite3.connect(folder / "yardstick.sqlite", isolation_level=None)
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE letters (id TEXT PRIMARY KEY, status TEXT, notes TEXT)")
    database.execute("BEGIN")
    database.executemany(
        "INSERT INTO letters VALUES (?, 'open', '')", ((letter(n),) for n in range(letters))
    )
    database.execute("COMMIT")

    def note(number: int) -> None:
        database.execute(
            "UPDATE letters SET notes = ? WHERE id = ?", (NOTE, letter(number * 7919 % letters))
        )

    found = times(note, 500)
    database.close()
    return found


def fsync_numbers(folder: Path) -> dict[str, float]:
    """An append and its sync alone: what the disk takes whoever asks."""
    descriptor = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def append(_: int) -> None:
        os.write(descriptor, b"x" * 350)
        os.fsync(descriptor)

    found = times(append, 500)
    os.close(descriptor)
    return found


def main() -> None:
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = ledger_numbers(folder, letters)
        peers = {
            "append_and_fsync": fsync_numbers(folder),
            "sqlite_synchronous_full": sqlite_numbers(folder, letters),
            "tinydb_json_storage": tinydb_numbers(folder, letters, caching=False),
            "tinydb_caching_flushed": tinydb_numbers(folder, letters, caching=True),
        }
    own = ledger["note"]["median"]  # type: ignore[index]
    print(
        json.dumps(
            {
                "letters": letters,
                "ledger": ledger,
                "peers": peers,
                "ratio_of_medians": {
                    name: round(peer["median"] / own, 2) for name, peer in peers.items()
                },
                "peak_resident_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
