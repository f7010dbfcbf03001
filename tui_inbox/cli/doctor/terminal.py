"""What the terminal can do. Where one is at hand, it is asked, not guessed at."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui_inbox.service.health import Finding, Level
from tui_inbox.thai.cells import cells

# Consonant with one mark and with two, SARA AM, a sign of ours, a word: what screens are made of.
PROBES = ("กิ", "ที่", "น้ำ", "‼", "กำหนดที่")
SMALLEST = (80, 24)
OLDEST_TMUX = (2, 8)
PATIENCE = 1.0

_POSITION = re.compile(rb"\x1b\[(\d+);(\d+)R")
_KEYBOARD = re.compile(rb"\x1b\[\?(\d+)u")
_ATTRIBUTES = re.compile(rb"\x1b\[\?[\d;]*c")


class Answers(NamedTuple):
    """What the terminal said; ``widths`` in cells for each probe, empty where it said nothing."""

    widths: tuple[int, ...] = ()
    keyboard: bool = False


def terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Every finding about the terminal; without one, about the environment alone."""
    yield from _encoding(environ)
    if not any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        yield Finding("terminal", "none", Level.NOTE)
        return
    yield from _colours(environ)
    yield from _size()
    yield from _tmux(environ)
    yield from asked(ask())


def _encoding(environ: Mapping[str, str]) -> Iterator[Finding]:
    name = next((environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(n)), "")
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    fine = encoding.lower().replace("-", "") == "utf8"
    code, level = ("utf8", Level.OK) if fine else ("not_utf8", Level.ERROR)
    yield Finding("terminal", code, level, {"locale": name or "-", "encoding": encoding})


def _colours(environ: Mapping[str, str]) -> Iterator[Finding]:
    term = environ.get("TERM", "")
    details = {"term": term or "-"}
    if term in ("", "dumb", "unknown"):
        yield Finding("terminal", "dumb", Level.ERROR, details)
    elif environ.get("NO_COLOR"):
        yield Finding("terminal", "no_color", Level.NOTE, details)
    elif environ.get("COLORTERM") in ("truecolor", "24bit"):
        yield Finding("terminal", "colours_all", Level.OK, details)
    elif "256color" in term:
        yield Finding("terminal", "colours_256", Level.OK, details)
    else:
        yield Finding("terminal", "colours_16", Level.NOTE, details)


def _size() -> Iterator[Finding]:
    # Standard output may well go into a file.
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        try:
            size = os.get_terminal_size(stream.fileno())
            break
        except (AttributeError, OSError, ValueError):
            continue
    else:
        return
    fine = size.columns >= SMALLEST[0] and size.lines >= SMALLEST[1]
    details = {"columns": size.columns, "lines": size.lines}
    code, level = ("size", Level.OK) if fine else ("small", Level.WARNING)
    yield Finding("terminal", code, level, details)


def _tmux(environ: Mapping[str, str]) -> Iterator[Finding]:
    if not environ.get("TMUX"):
        return
    try:
        done = subprocess.run(
            ["tmux", "-V"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.SubprocessError):
        yield Finding("terminal", "tmux_unknown", Level.NOTE)
        return
    version = re.search(r"(\d+)\.(\d+)", done.stdout)
    old = version is not None and (int(version[1]), int(version[2])) < OLDEST_TMUX
    code, level = ("tmux_old", Level.WARNING) if old else ("tmux", Level.OK)
    yield Finding("terminal", code, level, {"version": done.stdout.strip() or "?"})


def asked(answers: Answers) -> Iterator[Finding]:
    """The findings about what the terminal said."""
    if not answers.widths:
        yield Finding("terminal", "silent", Level.NOTE)
        return
    wrong = [
        f"{probe} {width} ≠ {cells(probe)}"
        for probe, width in zip(PROBES, answers.widths, strict=True)
        if width != cells(probe)
    ]
    if wrong:
        yield Finding("terminal", "widths_wrong", Level.WARNING, {"wrong": ", ".join(wrong)})
    else:
        yield Finding("terminal", "widths", Level.OK)
    code = "keyboard_protocol" if answers.keyboard else "keyboard_plain"
    yield Finding("terminal", code, Level.OK if answers.keyboard else Level.NOTE)


def ask() -> Answers:
    """Ask the controlling terminal; nobody answers where there is none."""
    try:
        descriptor = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return Answers()
    try:
        return ask_at(descriptor)
    finally:
        os.close(descriptor)


def ask_at(descriptor: int, probes: Sequence[str] = PROBES, patience: float = PATIENCE) -> Answers:
    """Write each probe at the line's start and ask where the cursor is; leave the line empty.

    The last question, for the terminal's attributes, is one that every terminal answers, so that
    one that knows no keyboard protocol is not waited for.
    """
    questions = "".join(f"\r{probe}\x1b[6n" for probe in probes) + "\x1b[?u\x1b[c"
    before = termios.tcgetattr(descriptor)
    try:
        # What was typed meanwhile is left for the shell.
        tty.setraw(descriptor, termios.TCSADRAIN)
        os.write(descriptor, questions.encode())
        said = _listen(descriptor, patience)
        os.write(descriptor, b"\r\x1b[K")
    except OSError:
        return Answers()
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    columns = [int(match[2]) - 1 for match in _POSITION.finditer(said)]
    if len(columns) != len(probes):
        return Answers()
    return Answers(tuple(columns), _KEYBOARD.search(said) is not None)


def _listen(descriptor: int, patience: float) -> bytes:
    said = b""
    until = time.monotonic() + patience
    while not _ATTRIBUTES.search(said) and (left := until - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            part = os.read(descriptor, 1024)
            if not part:
                break
            said += part
    return said
