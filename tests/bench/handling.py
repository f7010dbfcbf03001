"""What a key takes inside the program, from its arrival to the moved cursor (Textual's Pilot)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from options import Options
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from tui_inbox.config import Settings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox
from tui_inbox.tui.app import InboxApp
from tui_inbox.tui.screens.main import MainScreen

SIZE = (120, 40)


def of_inbox(folder: Path, cache: Path, keys: Sequence[str]) -> list[float]:
    """Seconds that each key takes in the list of letters, whose index must be there."""

    async def measured() -> list[float]:
        settings = Settings()
        with Inbox.open(folder, settings, cache_dir=cache) as inbox:
            app = InboxApp(inbox, settings, Messages("th"))
            async with app.run_test(size=SIZE) as pilot:
                screen = app.screen_stack[0]
                assert isinstance(screen, MainScreen)
                while not screen.loaded:
                    await pilot.pause(0.05)
                # What follows the first list: the folder looked through, the dictionary, and at
                # the first start of all a dialog that would take the keys.
                await pilot.pause(3)
                if app.screen is not screen:
                    app.pop_screen()
                letters = screen.letters
                return await _pressed(pilot, keys, lambda: letters.cursor)

    return asyncio.run(measured())


def of_options(keys: Sequence[str]) -> list[float]:
    """Seconds that each key takes in Textual's own list."""

    async def measured() -> list[float]:
        app = Options()
        async with app.run_test(size=SIZE) as pilot:
            options = app.query_one(OptionList)
            options.focus()
            await pilot.pause(0.5)
            return await _pressed(pilot, keys, lambda: options.highlighted)

    return asyncio.run(measured())


async def _pressed(
    pilot: Pilot[None], keys: Sequence[str], cursor: Callable[[], int | None]
) -> list[float]:
    spent = []
    for key in keys:
        before = cursor()
        start = time.perf_counter()
        pilot.app.post_message(events.Key(key, None))
        while cursor() == before:
            if time.perf_counter() - start > 5:
                raise TimeoutError(f"the key {key!r} moves nothing")
            await asyncio.sleep(0)
        spent.append(time.perf_counter() - start)
        # What is painted after it is the other row's; here the next key finds the program at rest.
        await pilot.pause(0.02)
    return spent
