"""Others act on the same letters while the screen is open."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tui_inbox.config import Settings, UserSettings
from tui_inbox.service import Inbox
from tui_inbox.triage import Status

from .conftest import NOW, Opener


async def test_an_undo_that_somebody_built_on_shows_both_values(
    open_screen: Opener, tmp_path: Path
) -> None:
    async with open_screen(toasts=True) as screen:
        row = screen.main.letters.row
        assert row is not None
        await screen.press("a")
        with Inbox.open(
            tmp_path / "inbox",
            Settings(user=UserSettings(name="[b]มานะ")),
            cache_dir=tmp_path / "other",
            clock=lambda: NOW,
        ) as other:
            await asyncio.to_thread(other.refresh)
            other.mark([row.id], Status.FILED)
        await screen.press("u")
        assert "ไม่สามารถยกเลิกได้" in screen.status
        (told,) = screen.app._notifications
        assert "ตามรายการของท่านเป็น “ดำเนินการแล้ว” ปัจจุบันเป็น “จัดเก็บแล้ว”" in told.message
        assert "โดย [b]มานะ" in told.message
        assert screen.main.inbox.record(row.id).status is Status.FILED
