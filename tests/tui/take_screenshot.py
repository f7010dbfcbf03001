"""Take the picture of the README: the sample inbox on a fixed day.

python -m tests.tui.take_screenshot docs/screenshot.svg [WIDTHxHEIGHT] [KEY …]
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.tui.svg import to_svg
from tui_inbox.config import OfficeSettings, Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox
from tui_inbox.tui.app import InboxApp
from tui_inbox.tui.screens.main import MainScreen

SAMPLES = Path(__file__).parents[2] / "inbox"


def clock() -> dt.datetime:
    """The morning on which the sample letters are due."""
    return dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


async def take(target: Path, width: int, height: int, keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "inbox"
        shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns(".tui-inbox"))
        settings = Settings(office=OfficeSettings(name="อำเภอแม่ทา"))
        with Inbox.open(folder, settings, cache_dir=Path(name) / "cache", clock=clock) as inbox:
            inbox.refresh()
            app = InboxApp(inbox, settings, Messages("th"), clock)
            async with app.run_test(size=(width, height)) as pilot:
                while not _ready(app):
                    await pilot.pause(0.05)
                for key in keys:
                    await pilot.press(key)
                    while not _ready(app):
                        await pilot.pause(0.05)
                await pilot.pause(0.2)
                target.write_text(to_svg(app, "tui-inbox"), encoding="utf-8")


def _ready(app: InboxApp) -> bool:
    screen = next((one for one in app.screen_stack if isinstance(one, MainScreen)), None)
    return (
        screen is not None
        and screen.loaded
        and app.segmenter.ready
        and screen.detail.detail is not None
        and not (screen.boards.busy or screen.details.busy or screen.decide.queue.pending)
    )


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    os.environ["TZ"] = "Asia/Bangkok"
    time.tzset()
    size = arguments[1] if len(arguments) > 1 else "132x36"
    width, _, height = size.partition("x")
    asyncio.run(take(Path(arguments[0]), int(width), int(height), arguments[2:]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
