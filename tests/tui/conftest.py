"""A real inbox in a temporary folder, on a fixed day in Bangkok, under the real screen."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest
from textual import events
from textual.pilot import Pilot

from tui_inbox.config import DisplaySettings, OfficeSettings, Settings, WatchSettings
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox, drafts_of
from tui_inbox.tui.app import InboxApp
from tui_inbox.tui.first import FirstList
from tui_inbox.tui.keys import key_name
from tui_inbox.tui.screens.main import MainScreen

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)


UNITS = ("กลุ่มงานปกครอง", "กลุ่มงานความมั่นคง", "สำนักทะเบียน")


def clock() -> dt.datetime:
    return NOW


def letter(
    number: str = "ลพ 0021/ว 1",
    subject: str = "ขอเชิญประชุม",
    *,
    urgency: str = "",
    secrecy: str = "",
    sender: str = "จังหวัดลำพูน",
    body: str = "ด้วยจังหวัดลำพูนขอแจ้งให้ทราบ",
) -> str:
    """An external letter as offices type it; all in it is invented."""
    head = "".join(f"{line}\n" for line in (secrecy, urgency) if line)
    return (
        f"{head}ที่ {number}\n{sender}\nถนนอินทยงยศ ลพ 51000\n\n20 พฤศจิกายน 2569\n\n"
        f"เรื่อง {subject}\n\nเรียน นายอำเภอแม่ทา\n\n{body}\n\nจึงเรียนมาเพื่อทราบ\n\n"
        "ขอแสดงความนับถือ\n\n(นายสมมุติ ตัวอย่าง)\nผู้ว่าราชการจังหวัดลำพูน\n"
    )


def three_letters() -> dict[str, str]:
    """One most urgent with a deadline, one very urgent, one for information."""
    report = "จึงขอให้อำเภอรายงานผลการดำเนินงานให้จังหวัดทราบ ภายในวันที่ 27 พฤศจิกายน 2569"
    spread = "จึงขอให้อำเภอประชาสัมพันธ์โครงการให้ประชาชนในพื้นที่ทราบ"
    return {
        "a.txt": letter("ลพ 0021/ว 101", "ขอให้รายงานผลการดำเนินงาน", urgency="ด่วนที่สุด", body=report),
        "b.txt": letter("ลพ 0021/ว 102", "การประชาสัมพันธ์โครงการ", urgency="ด่วนมาก", body=spread),
        "c.txt": letter("อบ 0023/ว 103", "แจ้งกำหนดการอบรม", sender="จังหวัดอุบลราชธานี"),
    }


@pytest.fixture(autouse=True)
def _bangkok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    # What the screen looks like must not depend on who runs the tests.
    for name in ("NO_COLOR", "COLORTERM", "TUI_INBOX_LANG", "TUI_INBOX_INBOX"):
        monkeypatch.delenv(name, raising=False)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Screen:
    """The running app with short names for what tests look at."""

    def __init__(self, pilot: Pilot[None], app: InboxApp) -> None:
        self.pilot = pilot
        self.app = app

    @property
    def main(self) -> MainScreen:
        return next(s for s in self.app.screen_stack if isinstance(s, MainScreen))

    @property
    def status(self) -> str:
        return self.main.status_bar.text

    @property
    def titles(self) -> list[str]:
        return [row.number or row.path for row in self.main.letters.rows]

    def lines(self) -> list[str]:
        """What stands on the terminal, row by row."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type as a terminal sends it (the pilot itself loses Thai marks)."""
        for character in text:
            focused = self.app.screen.focused
            assert focused is not None
            focused.post_message(
                events.Key(key_name(character) if character != " " else "space", character)
            )
        await self.pilot.pause()
        await self.settle()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something that must become true; the limit is only there to end a failure."""
        for _ in range(4_000):
            if condition():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it did not become true")

    def _answered(self) -> bool:
        main = self.main
        return not (main.boards.busy or main.details.busy or main.decide.queue.pending)

    async def settle(self) -> None:
        """Wait until every question is answered and every decision written."""
        # Again where an answer asked the next question, as a list does for its first letter.
        while True:
            await self.until(self._answered)
            await self.pilot.pause()
            if self._answered():
                return


Opener = Callable[..., AbstractAsyncContextManager[Screen]]


@pytest.fixture
def open_screen(tmp_path: Path) -> Opener:
    """Opens the screen on ``<tmp>/inbox`` filled with ``files``."""

    @asynccontextmanager
    async def opener(
        files: dict[str, str | bytes] | None = None,
        *,
        size: tuple[int, int] = (100, 30),
        language: Literal["th", "en"] = "th",
        theme: str | None = None,
        density: Literal["comfortable", "compact"] = "comfortable",
        views: dict[str, str] | None = None,
        keys: dict[str, tuple[str, ...]] | None = None,
        office: OfficeSettings | None = None,
        toasts: bool = False,
        scanned: bool = True,
        first: Callable[[Inbox], FirstList] | None = None,
        **display: object,
    ) -> AsyncIterator[Screen]:
        folder = tmp_path / "inbox"
        folder.mkdir(exist_ok=True)
        for name, content in (three_letters() if files is None else files).items():
            data = content.encode() if isinstance(content, str) else content
            (folder / name).write_bytes(data)
        settings = Settings(
            language=language,
            office=office or OfficeSettings(name="อำเภอแม่ทา", units=UNITS),
            views=views or {},
            display=DisplaySettings(theme=theme, density=density, **display),
            keys=keys or {},
            watch=WatchSettings(delay=0.05, mode="poll"),
        )
        inbox = Inbox.open(folder, settings, cache_dir=tmp_path / "cache", clock=clock)
        try:
            # The first scan is done before the screen opens, so that its order is settled.
            if scanned:
                await asyncio.to_thread(inbox.refresh)
            drafts = drafts_of(folder, tmp_path / "state")
            looked_up = None if first is None else first(inbox)
            app = InboxApp(inbox, settings, Messages(language), clock, drafts, looked_up)
            async with app.run_test(size=size, notifications=toasts) as pilot:
                screen = Screen(pilot, app)
                await screen.until(lambda: app.screen_stack)
                await screen.until(lambda: screen.main.letters.keys or screen.main.loaded)
                await screen.until(lambda: app.segmenter.ready)
                await screen.settle()
                yield screen
        finally:
            inbox.close()

    return opener
