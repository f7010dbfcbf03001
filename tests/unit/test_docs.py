"""The documents are true: their commands run, their links lead somewhere, the tests they name exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tui_inbox.cli import main
from tui_inbox.config import keys

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(
    r"(?P<why><!-- not run: (?P<reason>[^>]+) -->\n)?^(?P<indent> *)```sh\n(?P<text>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
# What stands for a letter of the reader's own.
EXAMPLES = ("3f2a91c0", "3902/2569")
NAMES = {file: file.name for file in PAGES}


def blocks(page: Path) -> list[re.Match[str]]:
    return list(BLOCK.finditer(page.read_text(encoding="utf-8")))


def to_run(page: Path) -> list[str]:
    # What installs is run by .ci/run, in environments of its own.
    return [
        block["text"]
        for block in blocks(page)
        if block["why"] is None and "pip install" not in block["text"]
    ]


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder with the samples as its inbox, and ``tui-inbox`` on the path."""
    for name in ("inbox", "bin", "home", "docs"):
        (tmp_path / name).mkdir()
    for sample in (ROOT / "inbox").glob("*.txt"):
        (tmp_path / "inbox" / sample.name).write_bytes(sample.read_bytes())
    program = tmp_path / "bin" / "tui-inbox"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui_inbox "$@"\n')
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if to_run(page)], ids=NAMES.get)
def test_every_command_of_the_documents_runs(
    page: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {
        "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(place / "home"),
        "XDG_CONFIG_HOME": str(place / "home"),
        "XDG_CACHE_HOME": str(place / "home"),
        "LC_ALL": "C.UTF-8",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(place)
    assert main(["list", "--ids"]) == 0
    letter = capsys.readouterr().out.split()[0][:10]
    # The pages speak of an office that has been at work: something was decided.
    assert main(["note", letter, "ทราบแล้ว"]) == 0
    for text in to_run(page):
        for example in EXAMPLES:
            text = text.replace(example, letter)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=place, env=environ, capture_output=True, text=True, check=False, timeout=300,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, f"{text}\n{done.stderr}"
        assert "Traceback" not in done.stderr


def test_a_block_that_is_not_run_says_why_and_the_others_are_many() -> None:
    assert sum(len(to_run(page)) for page in PAGES) >= 10
    for page in PAGES:
        fences = page.read_text(encoding="utf-8").count("```sh\n")
        assert fences == len(blocks(page)), f"{page.name}: a block that the test does not see"


@pytest.mark.parametrize("page", PAGES, ids=NAMES.get)
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [link for link in links if link and "://" not in link]
    assert [link for link in local if not (page.parent / link).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES.get)
def test_every_test_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for named in re.findall(r"`(tests/[\w./*-]+)`", text):
        assert list(ROOT.glob(named.rstrip("/"))), f"{page.name}: {named}"
    for file, test in re.findall(r"`(tests/[\w./-]+\.py)::(\w+)`", text):
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{page.name}: {test}"


def test_every_invariant_of_the_architecture_has_its_tests() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", text, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 11))
    for number, tests in rows:
        assert re.findall(r"`tests/[\w./*-]+(?:::\w+)?`", tests), number


def test_every_dependency_is_justified_and_none_is_named_that_there_is_not() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=!~]", line)[0].lower() for line in project["dependencies"]}
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.split("| package | for |")[1]
    named = set()
    for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE):
        named |= {name.strip().lower() for name in row.split(",")} - {"---"}
    assert named == needed


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [key for key in keys() if key.rpartition(".")[2] not in text] == []
