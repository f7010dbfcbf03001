"""What is told without being asked for: letters that came in, and what hinders their coming.

A most urgent letter is told of outside the screen too, as the settings want it: by the terminal's
bell, or by a notification on the desktop that the terminal makes of an OSC sequence. What it says
is the letter's number or subject, cleaned, and nothing at all of a letter in a secret class.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui_inbox.letter import Urgency
from tui_inbox.locale.wording import watch_message
from tui_inbox.service import InboxStatus
from tui_inbox.thai.cells import one_line
from tui_inbox.triage import Row
from tui_inbox.tui.wording import is_secret

if TYPE_CHECKING:
    from tui_inbox.tui.screens.main import MainScreen

#: Messages at once; of more letters only the number is told.
SHOWN = 3
#: Characters of a notification: desktops cut longer ones anyway.
LONGEST = 160

# Why a folder is polled where that is nobody's wish: then there is something to be done about it.
_HINDERED = frozenset({"limit_watches", "limit_instances", "unsupported", "failed"})
# Terminals that know rxvt's notifications (OSC 777) and not those of iTerm (OSC 9).
_RXVT_LIKE = ("rxvt", "foot")


def tell_arrivals(screen: MainScreen, rows: Sequence[Row]) -> None:
    """Say how many came in, and each most urgent one by its name."""
    words = screen.words
    screen.say("arrived.some", "done", count=words.number(len(rows)))
    urgent = [_name(screen, row) for row in rows if row.urgency is Urgency.MOST_URGENT]
    texts = [one_line(words("arrived.most_urgent", name=name)) for name in urgent[:SHOWN]]
    if len(urgent) > SHOWN:
        texts.append(words("arrived.more", count=words.number(len(urgent) - SHOWN)))
    for text in texts:
        screen.notify(text, severity="warning", markup=False)
    if urgent:
        _alert(screen, " · ".join(texts))


def tell_state(screen: MainScreen, before: InboxStatus, now: InboxStatus) -> None:
    """Say what hinders the arrival of letters, or of the news about them, when it begins."""
    messages = screen.words.messages
    if now.why != before.why and now.why in _HINDERED and now.mode is not None:
        text = watch_message(messages, now.mode, now.why, now.filesystem, now.interval)
        screen.notify(one_line(text), severity="warning", markup=False)
    hook, last = now.hook, before.hook
    # The same failure again and again is told once.
    if hook is not None and (last is None or (hook.code, hook.detail) != (last.code, last.detail)):
        text = messages(f"watching.hook.{hook.code}", program=hook.program, detail=hook.detail)
        screen.notify(one_line(text), severity="warning", markup=False)


def osc(title: str, text: str, environ: Mapping[str, str]) -> str:
    """The sequence by which the terminal of ``environ`` notifies the desktop."""
    title, text = _clean(title), _clean(text)
    if environ.get("TERM", "").startswith(_RXVT_LIKE) or "VTE_VERSION" in environ:
        # A semicolon would part the title from the text.
        return f"\x1b]777;notify;{title.replace(';', ',')};{text}\x1b\\"
    # Words first: what begins with a number is another command to some terminals.
    return f"\x1b]9;{title}: {text}\x1b\\"


def _name(screen: MainScreen, row: Row) -> str:
    return screen.words("arrived.secret") if is_secret(row) else screen.words.title(row)


def _alert(screen: MainScreen, text: str) -> None:
    app = screen.app
    match screen.words.settings.display.alert:
        case "bell":
            app.bell()
        case "desktop" if app._driver is not None and not app.is_headless:
            # Textual has no call of its own for this; it writes the clipboard's sequence alike.
            app._driver.write(osc(screen.words("title"), text, os.environ))


def _clean(text: str) -> str:
    """One line that cannot end or begin a control sequence."""
    shown = one_line(text)[:LONGEST]
    return "".join(character for character in shown if character.isprintable())
