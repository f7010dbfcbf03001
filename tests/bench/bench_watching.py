"""How long a letter takes from its file to its row, and how many come in a second.

``python tests/bench/bench_watching.py [PART…] [--letters N]`` prints one JSON object; parts are
``drop``, ``first``, ``burst`` and ``screen``, all where none is named. Nothing is asserted: times
depend on the machine, so each stands beside a yardstick of the same run.

``drop``: files dropped one by one into a followed inbox, beside the kernel's own event for each.
``first``: the first reading of a folder, by one process and by workers, beside ``notmuch new`` on
the same texts as mails, if notmuch is at hand. ``burst``: as many dropped at once into a followed
inbox, then 100 a second for a minute, with the memory that this takes. ``screen``: how long a key
waits meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import ctypes
import json
import os
import queue
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui_inbox.config import Settings, WatchSettings
from tui_inbox.locale import Messages
from tui_inbox.reading import decode
from tui_inbox.reading.decode import Decoded
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, View

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "open"
DROPS = 500
QUICK = 0.05

MAIL = """\
From: office{n} <office{n}@example.org>
To: inbox@example.org
Subject: letter {n}
Date: Mon, 23 Nov 2026 09:00:00 +0700
Message-ID: <{n}@example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}"""

FIRST = """
import json, resource, sys, time
from pathlib import Path
from tui_inbox.config import Settings
from tui_inbox.service import Inbox
from tui_inbox.workers import pool
folder, cache, cores = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
pool.cores = lambda: cores
with Inbox.open(folder, Settings(), cache_dir=cache) as inbox:
    start = time.perf_counter()
    inbox.refresh()
    spent = time.perf_counter() - start
    count = len(inbox.ids())
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([spent, count, peak // 1024, workers // 1024]))
"""


def letters(count: int) -> Iterator[str]:
    """So many texts, all different, made from the corpus."""
    texts = []
    for path in sorted(CORPUS.glob("*.txt")):
        decoded = decode(path.read_bytes())
        if isinstance(decoded, Decoded):
            texts.append(decoded.text)
    for n in range(count):
        yield f"{texts[n % len(texts)]}\n\nเลขรับภายใน {n} {n * 2654435761 % 2**32:x}\n"


def fill(folder: Path, count: int, form: Callable[[int, str], str]) -> None:
    folder.mkdir(parents=True)
    for n, text in enumerate(letters(count)):
        (folder / f"{n:06}.txt").write_text(form(n, text), encoding="utf-8")


def spread(times: list[float]) -> dict[str, float]:
    """Milliseconds."""
    times = sorted(times)
    return {
        "p50": round(times[len(times) // 2] * 1000, 2),
        "p95": round(times[int(len(times) * 0.95)] * 1000, 2),
        "max": round(times[-1] * 1000, 2),
    }


def resident() -> int:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def open_inbox(top: Path, delay: float) -> Inbox:
    (top / "inbox").mkdir(exist_ok=True)
    settings = Settings(watch=WatchSettings(delay=delay))
    return Inbox.open(top / "inbox", settings, cache_dir=top / "cache")


def wait(met: Callable[[], bool]) -> None:
    while not met():
        time.sleep(0.005)


class Kernel:
    """The kernel's event for each closed file, read with nothing in between."""

    CLOSE_WRITE = 8

    def __init__(self, folder: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.inotify_init1(os.O_CLOEXEC)
        self._libc.inotify_add_watch(self._fd, os.fsencode(folder), self.CLOSE_WRITE)
        self.seen: dict[str, float] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            data, at = os.read(self._fd, 1 << 16), time.perf_counter()
            while data:
                length = struct.unpack_from("iIII", data)[3]
                name = os.fsdecode(data[16 : 16 + length].rstrip(b"\0"))
                self.seen[name] = at
                data = data[16 + length :]


def drop(top: Path, count: int, delay: float) -> dict[str, object]:
    """Each file is dropped when the one before has become a row."""
    rows: queue.SimpleQueue[float] = queue.SimpleQueue()
    with open_inbox(top, delay) as inbox:
        inbox.board(Query())
        inbox.watch(lambda update: [rows.put(time.perf_counter()) for _ in update.arrived] and None)
        wait(lambda: inbox.status.scanned)
        kernel = Kernel(top / "inbox")
        events, shown = [], []
        for n, text in enumerate(letters(count)):
            (top / "inbox" / f"{n}.txt").write_text(text, encoding="utf-8")
            dropped = time.perf_counter()
            shown.append(rows.get() - dropped)
            events.append(kernel.seen[f"{n}.txt"] - dropped)
    return {
        "files": count,
        "delay_ms": delay * 1000,
        "kernel_event_ms": spread(events),
        "row_ms": spread(shown),
        "row_after_stable_ms": spread([one - delay for one in shown]),
    }


def first(top: Path, count: int) -> dict[str, object]:
    fill(top / "letters", count, lambda _, text: text)
    found: dict[str, object] = {"letters": count, "cores": len(os.sched_getaffinity(0))}
    rates: dict[str, float] = {}
    for name, cores in (("one_process", 1), ("workers", len(os.sched_getaffinity(0)))):
        out = subprocess.run(
            [sys.executable, "-c", FIRST, str(top / "letters"), str(top / name), str(cores)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        spent, known, peak, workers = json.loads(out)
        rates[name] = known / spent
        found[name] = {
            "letters_per_second": round(known / spent, 1),
            "peak_mib": peak,
            "peak_of_a_worker_mib": workers,
        }
    rates |= notmuch(top, count)
    if "notmuch" in rates:
        found["notmuch"] = {"letters_per_second": round(rates["notmuch"], 1)}
    found["ratio_to_one_process"] = {
        name: round(rate / rates["one_process"], 2) for name, rate in rates.items()
    }
    return found


def notmuch(top: Path, count: int) -> dict[str, float]:
    program = shutil.which("notmuch")
    if program is None:
        return {}
    fill(top / "mail" / "cur", count, lambda n, text: MAIL.format(n=n, text=text))
    for name in ("new", "tmp"):
        (top / "mail" / name).mkdir()
    config = top / "notmuch-config"
    config.write_text(
        f"[database]\npath={top / 'mail'}\n[user]\nname=x\nprimary_email=x@example.org\n"
        "[new]\ntags=inbox\n"
    )
    start = time.perf_counter()
    subprocess.run(
        [program, "new", "--quiet"],
        check=True,
        env={**os.environ, "NOTMUCH_CONFIG": str(config), "HOME": str(top)},
    )
    return {"notmuch": count / (time.perf_counter() - start)}


def burst(top: Path, count: int) -> dict[str, object]:
    """At once, then one after the other for a minute; in a followed inbox."""
    fill(top / "letters", count + 6000, lambda _, text: text)
    files = sorted((top / "letters").iterdir())
    with open_inbox(top, 0.5) as inbox:
        inbox.board(Query())
        arrived: list[str] = []
        inbox.watch(lambda update: arrived.extend(update.arrived))
        wait(lambda: inbox.status.scanned)
        before = resident()
        start = time.perf_counter()
        for file in files[:count]:
            file.rename(top / "inbox" / file.name)
        wait(lambda: len(arrived) >= 1)
        first_row = time.perf_counter() - start
        wait(lambda: len(arrived) >= count)
        spent = time.perf_counter() - start
        after = resident()
        began = time.perf_counter()
        for n, file in enumerate(files[count:]):
            time.sleep(max(0.0, began + n / 100 - time.perf_counter()))
            file.rename(top / "inbox" / file.name)
        ended = time.perf_counter()
        wait(lambda: len(arrived) >= count + 6000)
        lag = time.perf_counter() - ended
        return {
            "letters": count,
            "first_row_s": round(first_row, 2),
            "all_rows_s": round(spent, 2),
            "letters_per_second": round(count / spent, 1),
            "resident_before_mib": before,
            "resident_after_mib": after,
            "then_100_a_second": {
                "letters": 6000,
                "last_row_after_last_file_s": round(lag, 2),
                "resident_after_mib": resident(),
            },
            "each_once": len(set(arrived)) == len(arrived) == len(inbox.ids()),
        }


async def _keys(inbox: Inbox, settings: Settings, work: Callable[[], bool]) -> list[float]:
    """How long each key waits until the cursor has moved and is painted, as long as ``work()``."""
    from textual import events

    from tui_inbox.tui.app import InboxApp

    app = InboxApp(inbox, settings, Messages("th"))
    times: list[float] = []
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause(1.0)
        screen = app.screen
        down = True
        while work():
            painted = asyncio.Event()
            start = time.perf_counter()
            key = "down" if down else "up"
            down = not down
            focused = screen.focused or screen
            focused.post_message(events.Key(key, None))
            focused.call_after_refresh(painted.set)
            await painted.wait()
            times.append(time.perf_counter() - start)
            await asyncio.sleep(0.02)
    return times


def screen(top: Path, count: int) -> dict[str, object]:
    fill(top / "letters", count + 100, lambda _, text: text)
    files = sorted((top / "letters").iterdir())
    (top / "inbox").mkdir()
    for file in files[:100]:
        file.rename(top / "inbox" / file.name)
    settings = Settings(watch=WatchSettings(delay=0.5))
    found: dict[str, object] = {"letters": count}
    with Inbox.open(top / "inbox", settings, cache_dir=top / "cache") as inbox:
        inbox.refresh()
        until = time.perf_counter() + 6

        def dropping() -> bool:
            return len(inbox.board(Query(view=View.ALL)).rows) < count + 100

        def calm() -> bool:
            return time.perf_counter() < until

        found["key_in_calm_ms"] = spread(asyncio.run(_keys(inbox, settings, calm)))
    with Inbox.open(top / "inbox", settings, cache_dir=top / "cache") as inbox:
        done = threading.Event()

        def drop_all() -> None:
            time.sleep(2)
            for file in files[100:]:
                file.rename(top / "inbox" / file.name)
            wait(lambda: not dropping())
            done.set()

        threading.Thread(target=drop_all, daemon=True).start()
        times = asyncio.run(_keys(inbox, settings, lambda: not done.is_set()))
        found["key_in_burst_ms"] = spread(times)
        found["keys"] = len(times)
        found["over_50_ms"] = sum(one > 0.05 for one in times)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--letters", type=int, default=10_000)
    given = parser.parse_args()
    found: dict[str, object] = {}
    parts: dict[str, Callable[[Path], object]] = {
        "drop": lambda top: [
            drop(top / "quick", DROPS, QUICK),
            drop(top / "default", DROPS // 10, 0.5),
        ],
        "first": lambda top: first(top, given.letters),
        "burst": lambda top: burst(top, given.letters),
        "screen": lambda top: screen(top, given.letters),
    }
    for name in given.parts or parts:
        with tempfile.TemporaryDirectory() as folder:
            top = Path(folder)
            for sub in ("quick", "default"):
                (top / sub).mkdir()
            found[name] = parts[name](top)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
