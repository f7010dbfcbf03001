"""An inbox of 1,000, 10,000 and 100,000 letters beside its peers, in one table.

``python tests/bench/bench_inbox.py [COUNT …] [--keep FOLDER] [--write docs/performance.md]``

Each row is measured in this run, on this machine, with its peer beside it: an empty Textual app,
neomutt with a header cache on the same texts as mails, notmuch on the same mails, ripgrep on the
folded texts. What is not installed is said to be so. The letters are those of
``make_letters.py`` with seed 1. Best on an idle machine; at 100,000 letters it takes a while.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from email.utils import format_datetime
from pathlib import Path

import handling
import make_letters
from terminal import Terminal

import tui_inbox
from tui_inbox.config import Settings
from tui_inbox.letter import Secrecy
from tui_inbox.reading import decode
from tui_inbox.service import Inbox
from tui_inbox.thai.folding import fold_for_search
from tui_inbox.triage import Query, Sort, Status, View

NOT_THERE = "not installed"
WORDS = (
    "นครศรีธรรมราช", "น้ำท่วม", "ประปาหมู่บ้าน", "เลือกตั้งท้องถิ่น", "มท 0808.2", "งบประมาณ", "ด้วยคณะรัฐมนตรี",
    "อุบลราชธานี", "2567", "ภาษีที่ดิน",
)  # fmt: skip
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("READY")
Empty().run()
"""


class Bench:
    """One size."""

    def __init__(self, count: int, base: Path) -> None:
        self.count = count
        self.base = base / str(count)
        self.letters = self.base / "letters"
        self.mails = self.base / "mails"
        self.folded = self.base / "folded"
        self.cache = self.base / "cache"
        self.paths: dict[str, str] = {}
        # As installed: Python keeps what it compiled, and its output is buffered.
        unlike = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
        self.environ = {
            **{name: value for name, value in os.environ.items() if name not in unlike},
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_CONFIG_HOME": str(self.base / "config"),
            "XDG_STATE_HOME": str(self.base / "state"),
            "NOTMUCH_CONFIG": str(self.base / "notmuch.conf"),
            "HOME": str(self.base),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "TUI_INBOX_WATCH_MODE": "poll",
        }

    def prepare(self) -> None:
        """Write the letters, the same texts as mails, and folded for ripgrep."""
        # The first start of all asks in a dialog who the office is, and would take the keys.
        (self.base / "state/tui-inbox").mkdir(parents=True, exist_ok=True)
        (self.base / "state/tui-inbox/welcomed").touch()
        if self.letters.is_dir():
            shutil.rmtree(self.letters / ".tui-inbox", ignore_errors=True)
            files = sorted(self.letters.rglob("*.txt"))
            for n, path in enumerate(files):
                self.paths[str(n)] = path.relative_to(self.letters).as_posix()
            return
        make_letters.make(self.letters, self.count)
        for name in ("cur", "new", "tmp"):
            (self.mails / name).mkdir(parents=True)
        self.folded.mkdir()
        for n, path in enumerate(sorted(self.letters.rglob("*.txt"))):
            data = path.read_bytes()
            decoded = decode(data)
            text = getattr(decoded, "text", "")
            self.paths[str(n)] = path.relative_to(self.letters).as_posix()
            day = dt.datetime.fromisoformat(path.name[:10]).replace(hour=9, tzinfo=dt.UTC)
            head = (
                f"From: office{n % 300} <o{n % 300}@example.invalid>\nTo: us@example.invalid\n"
                f"Subject: =?utf-8?q?letter_{n}?=\nDate: {format_datetime(day)}\n"
                f"Message-ID: <{n}@example.invalid>\nMIME-Version: 1.0\n"
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
            )
            mail = self.mails / "cur" / f"{int(day.timestamp())}.{n}.x:2,S"
            mail.write_text(head + text, encoding="utf-8", errors="replace")
            # Letters are found by their paths, too. The text of a secret letter is kept nowhere,
            # so no search may find it.
            shown = "" if text.startswith("ลับ") else text
            found = fold_for_search(f"{self.paths[str(n)]}\n{shown}")
            (self.folded / f"{n}.txt").write_text(found, encoding="utf-8", errors="replace")
        config = f"[database]\npath={self.mails}\n[user]\nname=x\nprimary_email=x@example.invalid\n"
        (self.base / "notmuch.conf").write_text(config + "[new]\ntags=inbox\n")

    def run(self, command: Sequence[str]) -> tuple[float, str]:
        start = time.perf_counter()
        done = subprocess.run(
            command, env=self.environ, capture_output=True, text=True, check=True, cwd=self.base
        )
        return time.perf_counter() - start, done.stdout

    def best(self, command: Sequence[str], times: int = 5) -> float:
        return min(self.run(command)[0] for _ in range(times))

    # Rows

    def reading(self) -> list[str]:
        # Read once already: what a first reading writes is thrown away.
        shutil.rmtree(self.cache, ignore_errors=True)
        own = [sys.executable, "-m", "tui_inbox", "list", "--json", "--inbox", str(self.letters)]
        spent, listed = self.run(own)
        assert listed.count("\n") >= self.count * 0.99
        peer = NOT_THERE
        if shutil.which("notmuch"):
            shutil.rmtree(self.mails / ".notmuch", ignore_errors=True)
            seconds, _ = self.run(["notmuch", "new", "--quiet"])
            peer = f"notmuch new {self.count / seconds:,.0f}"
        return ["first reading, letters a second", f"{self.count / spent:,.0f}", peer]

    def again(self) -> list[str]:
        own = [sys.executable, "-m", "tui_inbox", "list", "--json", "--view", "today", "--inbox"]
        peer = NOT_THERE
        if shutil.which("notmuch"):
            peer = f"notmuch new {self.best(['notmuch', 'new', '--quiet'], 3) * 1000:,.0f}"
        spent = self.best([*own, str(self.letters)], 3)
        return ["looked through again, nothing new, ms", f"{spent * 1000:,.0f}", peer]

    def size(self) -> list[str]:
        def mib(folder: Path) -> str:
            total = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
            return f"{total / 2**20:,.0f}"

        notmuch = self.mails / ".notmuch"
        peer = f"notmuch {mib(notmuch)}" if notmuch.is_dir() else NOT_THERE
        return ["index, MiB", mib(self.cache), f"letters {mib(self.letters)}, {peer}"]

    def starts(self) -> list[list[str]]:
        own = [sys.executable, "-m", "tui_inbox", "--inbox", str(self.letters)]
        shown = self._start(own, "ฉบับที่ 1 จาก")
        empty = self._start([sys.executable, "-c", EMPTY_APP], "READY")
        neomutt = None
        if shutil.which("neomutt"):
            rc = self.base / "neomuttrc"
            rc.write_text(
                f"set header_cache={self.base / 'headers'}\nset folder={self.mails}\n"
                "set sort=date\nset mbox_type=Maildir\nset check_new=no\nset quit=yes\n"
            )
            command = ["neomutt", "-n", "-F", str(rc), "-f", str(self.mails)]
            self._start(command, "letter", times=1)  # fills the header cache
            neomutt = self._start(command, "letter")
        peer = NOT_THERE if neomutt is None else f"neomutt {neomutt[0] * 1000:,.0f}"
        memory = NOT_THERE if neomutt is None else f"neomutt {neomutt[1]:,.0f}"
        ratio, more = shown[0] / empty[0], shown[1] / empty[1]
        return [
            [
                "start to first list, ms",
                f"{shown[0] * 1000:,.0f} ({ratio:.2f} × empty)",
                f"empty Textual app {empty[0] * 1000:,.0f}, {peer}",
            ],
            [
                "memory with the list shown, MiB",
                f"{shown[1]:,.0f} ({more:.2f} × empty)",
                f"empty Textual app {empty[1]:,.0f}, {memory}",
            ],
        ]

    def _start(self, command: Sequence[str], text: str, times: int = 3) -> tuple[float, float]:
        """Least seconds until ``text`` is shown, and MiB once all is loaded."""
        found = []
        for _ in range(times):
            terminal = Terminal(command, self.environ)
            try:
                seconds = terminal.until(text)
                # What comes after the first list takes memory, too: the dictionary, the watcher.
                terminal.watch(3)
                found.append((seconds, terminal.resident()))
            finally:
                terminal.close()
        return min(one[0] for one in found), min(one[1] for one in found)

    def keys(self) -> list[list[str]]:
        own = [sys.executable, "-m", "tui_inbox", "--inbox", str(self.letters)]
        options = [sys.executable, str(Path(__file__).with_name("options.py"))]
        letters = dict.fromkeys("jkGg")
        arrows = {"j": "\x1b[B", "k": "\x1b[A", "G": "\x1b[F", "g": "\x1b[H"}
        rows = []
        # A key on a screen at rest, and one while what the last one led to is still being painted.
        for name, quiet, target in (
            ("key → painted, whole way, ms (p50 / p95)", 0.1, "target 16, "),
            ("… one soon after another, ms (p50 / p95)", 0.02, ""),
        ):
            spent = self._pressed(own, "ฉบับที่ {} จาก ", letters, quiet)
            peer = _middle(self._pressed(options, "at {} of ", arrows, quiet))
            beside = f"{target}Textual's OptionList of 1,000 rows {peer}"
            rows.append([name, _middle(spent), beside])
        return rows

    def _pressed(
        self, command: Sequence[str], place: str, ways: Mapping[str, str | None], quiet: float
    ) -> list[float]:
        """Seconds from each key to ``place`` with the number of the row it leads to; each is pressed
        when nothing was painted for ``quiet`` seconds.

        The keys are down, up, last and first: ``j``, ``k``, ``G``, ``g``, or as in ``ways``.
        """
        terminal = Terminal(command, self.environ)
        at, spent = 1, []
        try:
            terminal.until(place.format(1), 60)
            terminal.watch(3)
            last = re.findall(re.escape(place.format(1)) + r"([\d,]+)", terminal.text())[-1]
            for key in "j" * 60 + "Gkkkgjjj" * 5:
                at = {"j": at + 1, "k": at - 1, "G": int(last.replace(",", "")), "g": 1}[key]
                spent.append(terminal.press(ways[key] or key, place.format(f"{at:,}"), quiet))
        finally:
            terminal.close()
        return spent

    def handling(self) -> list[str]:
        keys = ["down"] * 40 + ["end", "up", "up", "up", "home", "down"] * 5
        own = handling.of_inbox(self.letters, self.cache / "tui-inbox", keys)
        peer = _middle(handling.of_options(keys))
        return [
            "key → cursor moved, in the program, ms (p50 / p95)",
            _middle(own),
            f"Textual's OptionList of 1,000 rows {peer}",
        ]

    def searching(self) -> list[list[str]]:
        queries = [word[:length] for word in WORDS for length in range(1, len(word) + 1)]
        real = self.cache / "tui-inbox"
        rows = []
        with Inbox.open(self.letters, Settings(), cache_dir=real) as inbox:
            inbox.board(Query(view=View.ALL))
            spent, found = [], {}
            for query in queries:
                start = time.perf_counter()
                board = inbox.board(Query(view=View.ALL, text=query))
                spent.append(time.perf_counter() - start)
                if query in WORDS:
                    found[query] = {row.path: row.secrecy is not Secrecy.NONE for row in board.rows}
            folders = [
                Query(view=View.ALL, text=text) for text in ("จาก:กรม", "ด่วน:ที่สุด", "ครบ:<7d")
            ]
            asked = [_timed(lambda one=one: inbox.board(one)) for one in folders for _ in range(5)]
        rows.append(["search as you type, ms (p50 / p95)", _middle(spent), "target 50"])
        rows.append(["query by fields, ms (p50 / p95)", _middle(asked), ""])
        for tool, command in (
            ("notmuch search", ["notmuch", "search", "--output=messages", "--"]),
            ("rg -F -l", ["rg", "-F", "-l", "--no-messages", "--"]),
        ):
            if not shutil.which(command[0]):
                rows.append([f"the whole words by {tool}, ms", NOT_THERE, ""])
                continue
            times, only_there, only_here, secret = [], 0, 0, 0
            for word in WORDS:
                notmuch = command[0] == "notmuch"
                text = f'"{word}"' if notmuch else fold_for_search(word)
                start = time.perf_counter()
                done = subprocess.run(
                    [*command, text, *([] if notmuch else [str(self.folded)])],
                    env=self.environ, capture_output=True, text=True,
                )  # fmt: skip
                times.append(time.perf_counter() - start)
                there = {self._path(line) for line in done.stdout.splitlines()}
                only_there += len(there - found[word].keys())
                only_here += len(found[word].keys() - there)
                secret += sum(found[word][path] for path in found[word].keys() - there)
            rows.append(
                [
                    f"the whole words by {tool}, ms (p50 / p95)",
                    _middle(times),
                    f"found there only: {only_there:,}; found here only: {only_here:,},"
                    f" {secret:,} of them secret letters by number or sender",
                ]
            )
        return rows

    def _path(self, line: str) -> str:
        """The letter that a peer names: by the mail's id, or by the name of the folded text."""
        name = line.removeprefix("id:").partition("@")[0]
        return self.paths[Path(name).stem]

    def command(self) -> list[str]:
        small = self.base / "small"
        small.mkdir(exist_ok=True)
        own = [sys.executable, "-m", "tui_inbox", "list", "--json", "--inbox", str(small)]
        self.run(own)
        spent, nothing = self.best(own, 9), self.best([sys.executable, "-c", "pass"], 9)
        return [
            "`list --json` of an empty inbox, ms",
            f"{spent * 1000:.0f} ({spent / nothing:.1f} ×)",
            f"python -c pass {nothing * 1000:.0f}",
        ]

    def decided(self) -> list[list[str]]:
        """The start once nearly all is done. The last rows: it leaves a ledger with the letters."""
        with Inbox.open(self.letters, Settings(), cache_dir=self.cache / "tui-inbox") as inbox:
            inbox.refresh()
            ids = [row.id for row in inbox.board(Query(view=View.ALL, sort=Sort.DATE)).rows]
            done = ids[: self.count * 95 // 100]
            for first in range(0, len(done), 1_000):
                inbox.mark(done[first : first + 1_000], Status.ACTIONED)
        own = [sys.executable, "-m", "tui_inbox", "--inbox", str(self.letters)]
        seconds, memory = self._start(own, "ฉบับที่ 1 จาก")
        return [
            ["start with 95 % of the letters done, ms", f"{seconds * 1000:,.0f}", ""],
            ["memory then, MiB", f"{memory:,.0f}", ""],
        ]

    def rows(self) -> list[list[str]]:
        self.prepare()
        compileall.compile_dir(Path(tui_inbox.__file__).parent, quiet=1)
        rows = [self.reading(), self.again(), self.size(), *self.starts(), *self.keys()]
        rows += [self.handling(), *self.searching(), self.command()]
        return [*rows, *self.decided()]


def _timed(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _middle(spent: Sequence[float]) -> str:
    ordered = sorted(spent)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{statistics.median(ordered) * 1000:.1f} / {p95 * 1000:.1f}"


def machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{dt.date.today().isoformat()} · {model}, {os.cpu_count()} cores, {memory:.0f} GiB ·"  # noqa: DTZ011
        f" Python {platform.python_version()} · load {os.getloadavg()[0]:.1f}"
    )


BEGIN, END = "<!-- table of bench_inbox.py -->", "<!-- end of the table -->"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="keep letters, mails and indexes here")
    parser.add_argument("--write", type=Path, help="put the table into this page")
    given = parser.parse_args()
    lines = [machine(), ""]
    with tempfile.TemporaryDirectory() as made:
        base = given.keep or Path(made)
        base.mkdir(parents=True, exist_ok=True)
        for count in given.counts:
            lines += [f"**{count:,} letters**", "", "| | tui-inbox | beside it |", "|---|---|---|"]
            lines += [f"| {' | '.join(row)} |" for row in Bench(count, base).rows()]
            lines.append("")
            print("\n".join(lines[-20:]), file=sys.stderr)
    table = "\n".join(lines)
    print(table)
    if given.write is not None:
        page = given.write.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        after = rest.partition(END)[2]
        given.write.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
