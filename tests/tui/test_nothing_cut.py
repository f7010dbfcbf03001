"""Every screen at 80 by 24, in both languages: none of the program's own words is cut short.

Only what comes out of letters may end in an ellipsis, and only in the list and the dialogs' rows.
"""

from __future__ import annotations

import pytest

from tui_inbox.thai.cells import ELLIPSIS, cells
from tui_inbox.triage import Status
from tui_inbox.tui.widgets.bars import Bar
from tui_inbox.tui.widgets.reader import Reader

from .conftest import Opener, Screen, letter, three_letters
from .test_sizes import assert_exact

FILES = three_letters() | {
    "secret.txt": letter("ลพ 0021/ลับ 9", "เรื่องปกปิด", secrecy="ลับมาก"),
    "empty.txt": "",
    "nothing.txt": "รายงาน\n\nไม่มีหัวหนังสือ",
}
# The keys that lead to each screen, from the list.
SCREENS = {
    "list": [],
    "compact": ["d"],
    "summary": ["enter"],
    "letter": ["t"],
    "notes": ["left"],
    "views": ["b"],
    "search": ["slash"],
    "help": ["f1"],
    "palette": ["ctrl+p"],
    "note": ["n"],
    "columns": ["C"],
    "overview": ["O"],
    "done": ["7"],
    "unreadable": ["8"],
    "secret": ["G"],
}


def own_words_that_are_cut(screen: Screen) -> list[str]:
    """Lines of bars and readers that end in an ellipsis or do not fit."""
    cut = []
    for bar in screen.app.screen.query(Bar):
        if bar.is_on_screen and bar.size.width:
            line = "".join(segment.text for segment in bar.render_line(0))
            if ELLIPSIS in line:
                cut.append(line)
    for reader in screen.app.screen.query(Reader):
        for index, start, end in reader.lines:
            paragraph = reader.paragraphs[index]
            if cells(paragraph.label) > paragraph.indent - 1 > 0:
                cut.append(paragraph.label)
            room = reader.size.width - 2 - paragraph.indent
            if room >= 8 and cells(paragraph.text[start:end]) > room:
                cut.append(paragraph.text[start:end])
    return cut


@pytest.mark.parametrize("language", ["th", "en"])
async def test_no_screen_cuts_its_own_words(open_screen: Opener, language: str) -> None:
    async with open_screen(FILES, size=(80, 24), language=language) as screen:
        for name, keys in SCREENS.items():
            await screen.press(*keys)
            assert_exact(screen, 80, 24)
            assert not own_words_that_are_cut(screen), name
            # And back to the list as it was.
            while len(screen.app.screen_stack) > 1:
                await screen.press("escape")
            await screen.press("escape", "escape", "1", "home")
            if name == "compact":
                await screen.press("d")
            if screen.main.detail.tab.value != "summary":
                await screen.press(*{"letter": ["T"], "notes": ["t"]}[screen.main.detail.tab.value])
            if screen.main.query_one("#facets-pane").display:
                await screen.press("b")


@pytest.mark.parametrize("language", ["th", "en"])
async def test_labels_of_the_list_fit_their_columns(open_screen: Opener, language: str) -> None:
    async with open_screen(FILES, size=(80, 24), language=language) as screen:
        words = screen.main.words
        for status in Status:
            assert cells(words.status(status)) <= 8
        for name in ("today", "tomorrow"):
            assert cells(words(f"due.{name}")) <= 16
        assert cells(words("due.overdue", days="729")) <= 16
        assert cells(words("due.in", days="14")) <= 16
        for row in screen.main.letters.rows:
            assert cells(words.standing(row)[0]) <= 16, row.reason
