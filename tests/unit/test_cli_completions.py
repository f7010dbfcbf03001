"""What each shell offers when Tab is pressed, asked of the shells themselves."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_inbox.cli.commands import NAMES
from tui_inbox.cli.completions import bash_script, fish_script, words, zsh_script
from tui_inbox.locale import Messages

SAMPLES = Path(__file__).parents[2] / "inbox"
VIEWS = {
    "inbox", "today", "overdue", "most_urgent", "mine", "waiting", "done", "problems", "all",
}  # fmt: skip
PATIENCE = 60

Offers = Callable[[str], set[str]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an inbox that was looked through, and a ``tui-inbox`` on the path."""
    for name in ("inbox", "bin"):
        (tmp_path / name).mkdir()
    for sample in sorted(SAMPLES.glob("*.txt"))[:4]:
        (tmp_path / "inbox" / sample.name).write_bytes(sample.read_bytes())
    program = tmp_path / "bin" / "tui-inbox"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui_inbox "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("ZDOTDIR", raising=False)
    monkeypatch.chdir(tmp_path)
    subprocess.run(["tui-inbox", "list"], check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def letters(place: Path) -> set[str]:
    done = subprocess.run(["tui-inbox", "completion", "letters"], check=True, capture_output=True)
    ids = {line.partition("\t")[0] for line in done.stdout.decode().splitlines()}
    assert len(ids) == 4
    return ids


@pytest.fixture
def bash(place: Path, tool: Callable[[str], str]) -> Offers:
    script = place / "script.bash"
    script.write_text(bash_script(), encoding="utf-8")
    shell = tool("bash")

    def offers(line: str) -> set[str]:
        # `compopt` works only while the shell itself completes.
        program = f"""
            source {script}
            compopt() {{ :; }}
            COMP_WORDS=({line.replace("=", " = ")}{"''" if line.endswith((" ", "=")) else ""})
            COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
            _tui_inbox
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        done = subprocess.run([shell, "-uc", program], check=True, capture_output=True)
        assert done.stderr == b""
        return set(done.stdout.decode().split("\n")) - {""}

    return offers


@pytest.fixture
def fish(place: Path, tool: Callable[[str], str]) -> Offers:
    script = place / "script.fish"
    script.write_text(fish_script(Messages("th")), encoding="utf-8")
    shell = tool("fish")

    def offers(line: str) -> set[str]:
        program = f'source {script}; complete -C "{line}"'
        done = subprocess.run([shell, "-c", program], check=True, capture_output=True)
        assert done.stderr == b""
        return {found.partition("\t")[0] for found in done.stdout.decode().splitlines()}

    return offers


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_offers_what_can_follow(
    shell: str, request: pytest.FixtureRequest, place: Path, letters: set[str]
) -> None:
    offers: Offers = request.getfixturevalue(shell)
    assert offers("tui-inbox ") == set(NAMES)
    assert offers("tui-inbox --lang en li") == {"list"}
    assert offers("tui-inbox config ") == {"show", "validate", "path", "schema"}
    assert offers("tui-inbox config path ") == {"user", "inbox"}
    assert offers("tui-inbox --lang ") == {"th", "en"}
    assert offers("tui-inbox list --view ") == VIEWS
    assert {"--json", "--dry-run", "--inbox", "--help"} <= offers("tui-inbox mark --")
    assert offers("tui-inbox list --view mo") == {"most_urgent"}
    assert "watch.delay=" in offers("tui-inbox --set watch.")
    assert letters <= offers("tui-inbox mark ")
    assert offers("tui-inbox show ") == letters
    assert offers("tui-inbox --inbox nowhere show ") == set()
    assert offers("tui-inbox show --inbox inbox ") == letters
    assert {"open", "filed"} <= offers("tui-inbox mark x ")
    assert "script." + shell in offers("tui-inbox parse s")
    assert offers("tui-inbox --inbox in") in ({"inbox"}, {"inbox/"})


def test_bash_knows_an_option_that_is_glued_to_its_value(bash: Offers) -> None:
    assert bash("tui-inbox list --view=mo") == {"most_urgent"}
    assert bash("tui-inbox list --view=") == VIEWS
    assert bash("tui-inbox --inbox=nowhere show ") == set()


def test_zsh_offers_what_can_follow(
    place: Path, letters: set[str], tool: Callable[[str], str]
) -> None:
    (place / "_tui-inbox").write_text(zsh_script(Messages("en")), encoding="utf-8")
    shell = Zsh(tool("zsh"))
    try:
        shell.type("PS1='>'; setopt no_beep no_always_last_prompt; bindkey -e\n")
        shell.type("autoload -Uz compinit && compinit -u -D && source ./_tui-inbox; echo re''ady\n")
        shell.wait_for("ready")
        assert shell.after("tui-inbox --lang en li\t", "tui-inbox --lang en list ")
        assert shell.after("tui-inbox list --view=mo\t", "--view=most_urgent ")
        assert shell.after("tui-inbox config \t", "print where the settings file lies")
        assert shell.after("tui-inbox config path u\t", "config path user ")
        assert shell.after("tui-inbox --set watch.resc\t", "watch.rescan=")
        one = sorted(letters)[0]
        assert shell.after(f"tui-inbox show {one[:6]}\t", f"show {one} ")
        assert shell.after(f"tui-inbox --inbox inbox mark {one[:6]}\t", f"mark {one} ")
        assert shell.after(f"tui-inbox mark {one} file\t", f"mark {one} filed ")
    finally:
        shell.close()


class Zsh:
    """An interactive zsh on a terminal: completion works nowhere else."""

    def __init__(self, path: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            os.execv(path, [path, "-f", "-i"])
        size = struct.pack("HHHH", 50, 200, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        self.shown = ""

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def wait_for(self, text: str) -> None:
        until = time.monotonic() + PATIENCE
        while text not in self.shown:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                pytest.fail(f"no {text!r} in {self.shown!r}")
            self.shown += os.read(self.terminal, 65536).decode(errors="replace")

    def after(self, keys: str, text: str) -> bool:
        """Type ``keys``, wait for ``text``, and empty the line again."""
        self.shown = ""
        self.type(keys)
        self.wait_for(text)
        self.type("\x15")
        return True

    def close(self) -> None:
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_what_the_scripts_say_cannot_act_in_a_shell(
    name: str, monkeypatch: pytest.MonkeyPatch, tool: Callable[[str], str], tmp_path: Path
) -> None:
    hostile = "it's $(touch x) `touch x` \\ [a] %s"
    monkeypatch.setattr(words, "about", lambda *_: hostile)
    script = {"zsh": zsh_script, "fish": fish_script}[name](Messages("en"))
    (tmp_path / "script").write_text(script, encoding="utf-8")
    shell = tool(name)
    subprocess.run([shell, "-n", "script"], check=True, cwd=tmp_path)
    start = "compdef() { :; }; " if name == "zsh" else ""
    loaded = subprocess.run(
        [shell, "-c", f"{start}source ./script"], check=True, cwd=tmp_path, capture_output=True
    )
    assert loaded.stderr == b""
    assert not (tmp_path / "x").exists()
