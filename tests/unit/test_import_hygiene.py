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
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "PYTHONPATH": ":".join(sys.path),
        },
    )
    return json.loads(done.stderr.decode().splitlines()[-1])


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
