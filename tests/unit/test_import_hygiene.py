"""A command loads what it needs and nothing else: its start is what a script waits for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "inbox"
HEAVY = {"textual", "pythainlp", "watchdog", "numpy", "hypothesis", "pytest"}

PROGRAM = """
import json, sys
before = set(sys.modules)
from tui_inbox.cli import main
code = main(json.loads(sys.argv[1]))
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps({"code": code, "loaded": sorted(loaded), "modules": sorted(sys.modules)}),
      file=sys.stderr)
"""


def run(arguments: list[str], tmp_path: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(arguments)],
        capture_output=True,
        check=True,
        env=environ(tmp_path),
    )
    return json.loads(done.stderr.decode().splitlines()[-1])


#: Opens the screen as ``tui-inbox`` does and tells what is loaded when the first list is there.
SCREEN = """
import asyncio, json, sys
from pathlib import Path
from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox
from tui_inbox.tui.first import FirstList

inbox = Inbox.open(Path(sys.argv[1]), Settings())
first = FirstList(inbox)
from tui_inbox.tui.app import InboxApp
from tui_inbox.tui.screens.main import MainScreen

def tell(screen):
    print(json.dumps({"rows": len(screen.letters.keys), "modules": sorted(sys.modules)}))
    screen.app.exit()

MainScreen._after_first_list = tell
app = InboxApp(inbox, Settings(), Messages(), first=first)
app.run(headless=True, size=(120, 40))
inbox.close()
"""

#: Loaded only once somebody types, opens, asks, or once the first list is painted.
LATE = {
    "concurrent.futures.process",
    "icalendar",
    "multiprocessing",
    "pygments",
    "pythainlp",
    "rapidfuzz",
    "tomlkit",
    "watchdog",
    "xlsxwriter",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "tui_inbox.contract",
    "tui_inbox.export",
    "tui_inbox.hook",
    "tui_inbox.reading.letters",
    "tui_inbox.thai.dates",
    "tui_inbox.thai.numbers",
    "tui_inbox.triage.query",
    "tui_inbox.triage.related",
    "tui_inbox.tui.history",
    "tui_inbox.tui.screens.asking",
    "tui_inbox.tui.screens.dialogs",
    "tui_inbox.tui.screens.handing",
    "tui_inbox.tui.screens.help",
    "tui_inbox.tui.screens.note",
    "tui_inbox.tui.screens.overview",
    "tui_inbox.tui.screens.palette",
    "tui_inbox.tui.screens.setting",
    "tui_inbox.tui.screens.taking",
    "tui_inbox.tui.summary",
}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in SAMPLES.iterdir():
        if sample.is_file():
            (folder / sample.name).write_bytes(sample.read_bytes())
    return folder


@pytest.mark.parametrize("command", ["parse", "list", "version"])
def test_json_commands_load_nothing_heavy(command: str, inbox: Path, tmp_path: Path) -> None:
    arguments = {
        "parse": ["parse", *map(str, sorted(inbox.glob("*.txt"))), "--json"],
        "list": ["list", "--json", "--inbox", str(inbox)],
        "version": ["--version"],
    }[command]
    told = run(arguments, tmp_path)
    assert told["code"] == 0
    assert not HEAVY & set(told["loaded"])
    assert "rich.console" not in told["modules"]
    assert "tui_inbox.tui" not in told["modules"]


def test_a_list_in_json_loads_nothing_that_only_finds_folders_or_texts(
    inbox: Path, tmp_path: Path
) -> None:
    told = run(["list", "--json", "--inbox", str(inbox)], tmp_path)
    assert told["code"] == 0
    again = run(["list", "--json", "--inbox", str(inbox)], tmp_path)
    assert not {"platformdirs", "tempfile", "rapidfuzz", "dataclasses"} & set(again["loaded"])


def test_parse_loads_no_store(inbox: Path, tmp_path: Path) -> None:
    told = run(["parse", *map(str, inbox.glob("*.txt")), "--json"], tmp_path)
    assert not {"sqlite3", "tinydb", "filelock"} & set(told["loaded"])


def test_the_check_would_notice_a_heavy_import(tmp_path: Path) -> None:
    told = run(["parse", str(SAMPLES / "PEA_maetha_1266.txt")], tmp_path)
    assert "rich.console" in told["modules"]


def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": ":".join(sys.path),
    }


def test_the_first_list_is_shown_before_anything_is_loaded_that_it_does_not_need(
    inbox: Path, tmp_path: Path
) -> None:
    run(["list", "--json", "--inbox", str(inbox)], tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", SCREEN, str(inbox)],
        capture_output=True, check=True, text=True, env=environ(tmp_path),
    )  # fmt: skip
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["rows"]
    assert "textual.screen" in told["modules"]
    loaded = {name for name in told["modules"] if name in LATE or name.partition(".")[0] in LATE}
    assert not loaded


def test_asyncio_is_loaded_without_tls_and_tls_is_to_be_had_afterwards(tmp_path: Path) -> None:
    program = """
import sys
from tui_inbox import tui
tui._load_asyncio()
import asyncio
assert "ssl" not in sys.modules and "_ssl" not in sys.modules
asyncio.run(asyncio.sleep(0))
import ssl
ssl.create_default_context()
"""
    subprocess.run([sys.executable, "-c", program], check=True, env=environ(tmp_path))


def test_a_wheel_can_be_built_with_nothing_but_msgspec(tmp_path: Path) -> None:
    """The build makes manual and completions: the commands' definitions load no other package."""
    program = """
import sys
from tui_inbox.cli.completions import bash_script, fish_script, zsh_script
from tui_inbox.cli.manual import man_page, page
from tui_inbox.locale import Messages
bash_script(), zsh_script(Messages("th")), fish_script(Messages("th")), man_page(page(Messages("en")))
packages = {name.partition(".")[0] for name in sys.modules}
print(*sorted(packages - set(sys.stdlib_module_names)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    third = {name for name in done.stdout.split() if not name.startswith(("_", "site"))}
    assert third <= {"tui_inbox", "msgspec", "typing_extensions"}, third
