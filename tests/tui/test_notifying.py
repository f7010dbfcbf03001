"""Letters that come in while the screen is open, and what hinders them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from textual.message import Message

from tui_inbox.service import HookFailure, Inbox, InboxStatus
from tui_inbox.tui import notifying
from tui_inbox.tui import work as jobs
from tui_inbox.tui.notifying import osc, tell_state

from .conftest import Opener, Screen, letter

# How a terminal reads one sequence: up to the string terminator, or to BEL.
OSC = re.compile("\x1b\\](9;|777;notify;)([^\x07\x1b]*)\x1b\\\\")


def drop(folder: Path, name: str, **fields: str) -> None:
    (folder / name).write_text(letter(**fields), encoding="utf-8")


def toasts(screen: Screen) -> list[str]:
    return [str(toast.message) for toast in screen.app._notifications]


def rung(screen: Screen, monkeypatch: pytest.MonkeyPatch, alert: str) -> list[str]:
    """What the terminal is sent from now on, with the setting ``alert``."""
    written: list[str] = []
    settings = screen.main.words.settings
    display = msgspec.structs.replace(settings.display, alert=alert)
    words = screen.main.words
    changed = msgspec.structs.replace(settings, display=display)
    screen.main.words = msgspec.structs.replace(words, settings=changed)
    app = screen.app
    monkeypatch.setattr(type(app), "is_headless", False)
    monkeypatch.setattr(app._driver, "write", written.append)
    return written


async def test_a_most_urgent_letter_rings_the_bell_once(
    open_screen: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_screen(toasts=True) as screen:
        await screen.until(lambda: screen.main.inbox_status.scanned)
        written = rung(screen, monkeypatch, "bell")
        drop(tmp_path / "inbox", "calm.txt", number="ลพ 1/ว 8")
        await screen.until(lambda: "ลพ 1/ว 8" in screen.titles)
        drop(tmp_path / "inbox", "new.txt", number="ลพ 1/ว 9", urgency="ด่วนที่สุด")
        await screen.until(lambda: any("ลพ 1/ว 9" in text for text in toasts(screen)))
        assert written.count("\07") == 1
        assert not any("ว 8" in text for text in toasts(screen))


async def test_what_the_first_scan_finds_is_told_of_by_nothing(
    open_screen: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    load = jobs.load_arrivals

    def late(inbox: Inbox, ids: tuple[str, ...]) -> Message:
        asked.append(ids)
        return load(inbox, ids)

    monkeypatch.setattr(jobs, "load_arrivals", late)
    async with open_screen(toasts=True, scanned=False) as screen:
        await screen.until(lambda: screen.main.inbox_status.scanned and len(screen.titles) == 3)
        await screen.settle()
        assert asked == []
        drop(tmp_path / "inbox", "new.txt", number="ลพ 1/ว 9")
        # The list and the news of it are looked up side by side.
        await screen.until(lambda: asked and len(screen.titles) == 4)
        assert sum(map(len, asked)) == 1


async def test_many_at_once_are_a_few_messages_and_one_notification(
    open_screen: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_screen(toasts=True) as screen:
        await screen.until(lambda: screen.main.inbox_status.scanned)
        written = rung(screen, monkeypatch, "desktop")
        rows = [row for row in screen.main.letters.rows if row.urgency == "most_urgent"] * 10
        notifying.tell_arrivals(screen.main, rows)
        await screen.until(lambda: len(toasts(screen)) >= notifying.SHOWN + 1)
        assert "7" in toasts(screen)[-1]
        (sent,) = [text for text in written if text.startswith("\x1b]")]
        found = OSC.fullmatch(sent)
        assert found is not None
        assert "ลพ 0021/ว 101" in found[2]
        assert "7" in found[2]


@pytest.mark.parametrize("alert", ["off", "bell", "desktop"])
async def test_nothing_of_a_secret_letter_is_told_to_anybody(
    open_screen: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, alert: str
) -> None:
    words = {
        "subject": "แผนย้ายคลัง",
        "number": "กห 0301/55",
        "urgency": "ด่วนที่สุด",
        "secrecy": "ลับมาก",
    }
    async with open_screen(toasts=True) as screen:
        await screen.until(lambda: screen.main.inbox_status.scanned)
        written = rung(screen, monkeypatch, alert)
        drop(tmp_path / "inbox", "secret.txt", **words)
        await screen.until(lambda: toasts(screen))
        # What the screen itself draws is another matter: number and sender are for its user.
        sent = [text for text in written if text.startswith(("\x1b]", "\07"))]
        told = "".join((*sent, *toasts(screen)))
        assert "แผนย้าย" not in told
        assert "0301" not in told
        assert "secret.txt" not in told
        assert ("\x1b]" in told) is (alert == "desktop")
        assert written.count("\07") == (alert == "bell")


@pytest.mark.parametrize(
    "environ", [{}, {"TERM": "foot"}, {"TERM": "xterm-256color", "VTE_VERSION": "7600"}]
)
def test_text_of_a_letter_cannot_end_or_begin_a_sequence(environ: dict[str, str]) -> None:
    evil = "ก;ข\x07\x1b\\\x1b]52;c;AAAA\x9c\x9d\u202e\n4;1;50" + "ย" * 500
    sent = osc("กล่อง;หนังสือ", evil, environ)
    found = OSC.fullmatch(sent)
    assert found is not None
    assert found[1] == ("777;notify;" if environ else "9;")
    assert all(character.isprintable() for character in found[2])
    assert len(found[2]) < 400
    if environ:
        assert found[2].startswith("กล่อง,หนังสือ;")
    else:
        assert not found[2][0].isdigit()


async def test_what_hinders_arrivals_is_said_once_with_what_helps(open_screen: Opener) -> None:
    async with open_screen(toasts=True) as screen:
        polled = InboxStatus(mode="poll", why="limit_watches", filesystem="ext4", interval=2.0)
        tell_state(screen.main, InboxStatus(mode="native", why="local"), polled)
        tell_state(screen.main, polled, polled)
        await screen.pilot.pause()
        (text,) = toasts(screen)
        assert "fs.inotify.max_user_watches" in text
        failed = msgspec.structs.replace(polled, hook=HookFailure("exit", "/x/[b]y", "3 \x1b[2J"))
        again = msgspec.structs.replace(
            polled, hook=HookFailure("exit", "/x/[b]y", "3 \x1b[2J", count=2)
        )
        tell_state(screen.main, polled, failed)
        tell_state(screen.main, failed, again)
        await screen.pilot.pause()
        assert len(toasts(screen)) == 2
        assert "/x/[b]y" in toasts(screen)[1]
        assert "\x1b" not in toasts(screen)[1]


async def test_a_folder_that_must_be_polled_is_said_in_the_title(open_screen: Opener) -> None:
    async with open_screen() as screen:
        main = screen.main
        assert main.words("badge.polling") not in screen.text
        main.inbox_status = InboxStatus(mode="poll", why="network", filesystem="cifs", interval=2.0)
        main.show_bars()
        await screen.pilot.pause()
        assert main.words("badge.polling") in screen.text


async def test_keys_are_answered_while_many_letters_come_in(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen() as screen:
        await screen.until(lambda: screen.main.inbox_status.scanned)
        count = 400
        for n in range(count):
            drop(tmp_path / "inbox", f"{n}.txt", number=f"ลพ 2/ว {n}", subject=f"เรื่องที่ {n}")
        inbox = screen.main.inbox
        answered = 0
        while len(inbox.ids()) < count + 3:
            before = screen.main.letters.cursor
            await screen.pilot.press("j" if before == 0 else "k")
            answered += screen.main.letters.cursor != before
        # Far more often, on a machine with nothing else to do.
        assert answered >= 3
        await screen.until(lambda: len(screen.main.board.rows) == count + 3)
