"""Take the pictures of the documents: the sample inbox on a fixed day.

python -m tests.tui.take_screenshot                                       all of them
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

from textual.pilot import Pilot

from tests.tui.svg import to_svg
from tui_inbox.config import OfficeSettings, Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox
from tui_inbox.tui.app import InboxApp
from tui_inbox.tui.screens.main import MainScreen
from tui_inbox.tui.screens.overview import OverviewScreen

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "inbox"
USUAL_SIZE = "132x36"

# Each picture of the documents (Pilot types letters only, no marks): its size and the keys that lead to what it shows.
PICTURES = {
    "screenshot.svg": ("140x38", ("j", "j")),
    "pictures/letter.svg": (USUAL_SIZE, ("enter", "t", "e")),
    "pictures/note.svg": (USUAL_SIZE, ("n", *"รอรายงานจากตำบล")),
    "pictures/search.svg": (USUAL_SIZE, ("slash", *"งบประมาณ")),
    "pictures/help.svg": (USUAL_SIZE, ("question_mark",)),
    "pictures/narrow.svg": ("80x24", ()),
    "pictures/overview.svg": ("120x40", ("O",)),
}


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
                    await _settled(app, pilot)
                await pilot.pause(0.3)
                target.write_text(to_svg(app, "tui-inbox"), encoding="utf-8")


async def _settled(app: InboxApp, pilot: Pilot[object]) -> None:
    """A search that finds nothing, half typed, shows no letter: that is not waited for."""
    for _ in range(20):
        await pilot.pause(0.05)
        if _ready(app):
            return


def _ready(app: InboxApp) -> bool:
    top = app.screen
    if isinstance(top, OverviewScreen):
        return top.statistics is not None and not top.loader.busy
    screen = next((one for one in app.screen_stack if isinstance(one, MainScreen)), None)
    return (
        screen is not None
        and screen.loaded
        and app.segmenter.ready
        and screen.detail.detail is not None
        and not (screen.boards.busy or screen.details.busy or screen.decide.queue.pending)
    )


def main(arguments: list[str]) -> int:
    os.environ["TZ"] = "Asia/Bangkok"
    time.tzset()
    if not arguments:
        for name, (size, keys) in PICTURES.items():
            target = ROOT / "docs" / name
            target.parent.mkdir(exist_ok=True)
            asyncio.run(take(target, *_cells(size), list(keys)))
        return 0
    size = arguments[1] if len(arguments) > 1 else USUAL_SIZE
    asyncio.run(take(Path(arguments[0]), *_cells(size), arguments[2:]))
    return 0


def _cells(size: str) -> tuple[int, int]:
    width, _, height = size.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
