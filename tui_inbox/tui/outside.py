"""What leaves the program: the clipboard, a pager, a browser. Never through a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from tui_inbox.thai.cells import visible

#: Seconds that a program for the clipboard may take.
PATIENCE = 3
_WEB = frozenset({"http", "https"})


def clipboard_command(environ: Mapping[str, str]) -> list[str] | None:
    """The program that fills this desktop's clipboard from its input, if there is one."""
    if sys.platform == "darwin":
        wanted = [["pbcopy"]]
    else:
        wanted = []
        if environ.get("WAYLAND_DISPLAY"):
            wanted.append(["wl-copy"])
        if environ.get("DISPLAY"):
            wanted += [["xclip", "-selection", "clipboard"], ["xsel", "-ib"]]
    path = environ.get("PATH")
    return next((command for command in wanted if shutil.which(command[0], path=path)), None)


def copy_natively(text: str, environ: Mapping[str, str]) -> bool:
    """Fill the desktop's clipboard, blocking; whether that was done.

    Terminals that know OSC 52 fill it as well; many do not.
    """
    command = clipboard_command(environ)
    if command is None:
        return False
    try:
        # Some stay behind to serve the clipboard, so nothing of theirs may be waited for.
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
            env=dict(environ),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def pager_command(environ: Mapping[str, str]) -> list[str] | None:
    """``$PAGER``, else ``less`` or ``more``, as the words of a command."""
    try:
        words = shlex.split(environ.get("PAGER", ""))
    except ValueError:
        words = []
    path = environ.get("PATH")
    for command in (words, ["less"], ["more"]):
        if command and shutil.which(command[0], path=path):
            return command
    return None


def page(text: str, command: list[str], environ: Mapping[str, str]) -> int:
    """Show ``text`` in a pager until it is left; its exit code.

    The pager gets the text as its input and not the file: so nothing can change the source,
    encodings are read as in the program, no secret text is copied to a disk, and no control
    character reaches the terminal.
    """
    shown = "\n".join(visible(line) for line in text.splitlines())
    env = {**environ, "LESSSECURE": "1", "LESSCHARSET": "utf-8"}
    return subprocess.run(command, input=f"{shown}\n".encode(), check=False, env=env).returncode


def web_address(link: str) -> str | None:
    """The address as a browser is given it, its host as the network knows it (``xn--…``).

    ``None`` for what is no address of the web.
    """
    text = link.strip()
    # Nor with what a screen or a browser takes for something else than what is read: controls,
    # what turns the direction, a backslash that counts as a slash.
    if not text.isprintable() or " " in text or "\\" in text:
        return None
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in _WEB or "." not in host or parts.username or parts.password:
        return None
    where = host if port is None else f"{host}:{port}"
    return SplitResult(
        parts.scheme.lower(), where, parts.path, parts.query, parts.fragment
    ).geturl()


def browser_command(environ: Mapping[str, str]) -> list[str] | None:
    """The program that opens an address on this desktop; ``None`` where there is no desktop."""
    if sys.platform == "darwin":
        return ["open"]
    desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    found = shutil.which("xdg-open", path=environ.get("PATH"))
    return ["xdg-open"] if desktop and found else None


def browse(address: str, command: list[str]) -> bool:
    """Open an address that :func:`web_address` gave; whether the program could be started."""
    try:
        subprocess.Popen(
            [*command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True


def environment() -> Mapping[str, str]:
    return dict(os.environ)
