"""What the summary says, and where in the letter it leads to."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tui_inbox.tui.widgets.detail import Tab

from .conftest import Opener, Screen, letter

BUNDLE = (
    letter(
        "ลพ 0021/ว 77",
        "ขอส่งหนังสือเพื่อดำเนินการ",
        body="ด้วยจังหวัดลำพูนได้รับหนังสือจากกรม จึงขอให้อำเภอรายงานผลภายในวันที่ 30 พฤศจิกายน 2569",
    )
    + "\n\n"
    + letter("มท 0810.2/ว 9999", "การเตรียมรับสถานการณ์ภัยแล้ง", sender="กรมส่งเสริมการปกครองท้องถิ่น")
)


def picked_text(screen: Screen) -> str:
    reader = screen.main.reader
    assert reader.picked is not None
    return reader.paragraphs[reader.picked].text


async def go_to_field(screen: Screen, field: str) -> None:
    """Step down the summary to the first value of a field."""
    reader = screen.main.reader
    for _ in range(60):
        if reader.picked is not None and reader.paragraphs[reader.picked].field == field:
            return
        await screen.press("j")
    raise AssertionError(f"no {field} in the summary")


def shown_place(screen: Screen) -> str:
    """The text that is marked in the letter."""
    detail, current = screen.main.detail.detail, screen.main.reader.current
    assert detail is not None
    assert detail.text is not None
    assert current is not None
    return detail.text[slice(*current)]


async def test_choosing_a_field_shows_its_place_in_the_letter(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("enter", "j")
        assert picked_text(screen) == "ขอให้รายงานผลการดำเนินงาน"
        await go_to_field(screen, "deadlines")
        assert "▌" in "".join(screen.lines()[11:])
        await screen.press("enter")
        assert screen.main.detail.tab is Tab.LETTER
        assert "27 พฤศจิกายน 2569" in shown_place(screen)
        assert screen.main.words.field("deadlines") in screen.status
        # The steps through the evidence go on from there.
        first = screen.main.reader.current
        await screen.press("e")
        assert screen.main.reader.current != first


async def test_going_back_up_the_summary_picks_a_value_before_its_quotation(
    open_screen: Opener,
) -> None:
    async with open_screen(size=(100, 50)) as screen:
        await screen.press("enter", *"jjjj")
        down = [picked_text(screen)]
        for _ in range(3):
            await screen.press("k")
            down.append(picked_text(screen))
        await screen.press("j", "j", "j")
        assert picked_text(screen) == down[0]
        assert not any(text.startswith("“") for text in down)


async def test_a_click_on_a_field_shows_its_place(open_screen: Opener) -> None:
    async with open_screen(size=(140, 40)) as screen:
        reader = screen.main.reader
        line = next(
            at
            for at, (index, _, _) in enumerate(reader.lines)
            if reader.paragraphs[index].field == "sender"
        )
        await screen.pilot.click("#reader", offset=(20, line - reader.scroll_offset.y))
        await screen.settle()
        assert screen.main.detail.tab is Tab.LETTER
        assert shown_place(screen) == "จังหวัดลำพูน"


async def test_the_documents_of_a_bundle_are_an_outline(open_screen: Opener) -> None:
    async with open_screen({"bundle.txt": BUNDLE}, size=(100, 60)) as screen:
        assert "เอกสารในไฟล์นี้" in screen.text
        await screen.press("enter")
        await go_to_field(screen, "document")
        await screen.press("j", "enter")
        assert "มท 0810.2/ว 9999" in shown_place(screen)
        assert "เอกสารที่ 2 จาก 2" in screen.text


async def test_an_amended_letter_says_what_changed(open_screen: Opener, tmp_path: Path) -> None:
    async with open_screen(size=(100, 50)) as screen:
        file = tmp_path / "inbox" / "a.txt"
        text = file.read_text(encoding="utf-8")
        await asyncio.sleep(0.02)
        file.write_text(text.replace("27 พฤศจิกายน", "30 พฤศจิกายน"), encoding="utf-8")
        await screen.press("f5")
        await screen.until(lambda: "เดิม: 27 พฤศจิกายน 2569" in screen.text)
        assert "ใหม่: 30 พฤศจิกายน 2569" in screen.text
        assert "ไฟล์ถูกแก้ไข" in screen.lines()[3]


async def test_a_letter_that_is_in_another_view_is_gone_to(open_screen: Opener) -> None:
    async with open_screen() as screen:
        done = screen.main.letters.cursor_key
        assert done is not None
        await screen.press("a")
        assert done not in screen.main.letters.keys
        screen.main.panes.go_to_letter(done)
        await screen.settle()
        assert screen.main.letters.cursor_key == done


async def test_a_related_letter_is_told_and_gone_to(open_screen: Opener) -> None:
    files = {
        "b.txt": BUNDLE,
        "d.txt": letter(
            "มท 0810.2/ว 9999", "การเตรียมรับสถานการณ์ภัยแล้ง", sender="กรมส่งเสริมการปกครองท้องถิ่น"
        ),
    }
    async with open_screen(files, size=(100, 60)) as screen:
        main = screen.main
        assert main.letters.row is not None
        if main.letters.row.path != "b.txt":
            await screen.press("j")
        assert main.words("summary.heading.related") in screen.text
        await screen.press("enter")
        reader = main.reader
        for _ in range(60):
            if reader.picked is not None and reader.paragraphs[reader.picked].letter:
                break
            await screen.press("j")
        await screen.press("enter")
        assert main.letters.row.path == "d.txt"


STAMPED = (
    "ที่ ลพ 0018.2/ว 3951\n\nถึง ที่ทำการปกครองอำเภอ ทุกอำเภอ\n\n"
    "ปรากฏว่าข้อมูลยังไม่ครบถ้วน จึงขอให้อำเภอตรวจสอบบัญชี และรายงานผลให้จังหวัดทราบ\n\n"
    "จังหวัดลำพูน\n11 พฤศจิกายน 2569\n\nกลุ่มงานปกครอง\nโทร. 0 5300 1028\n"
)


async def test_a_stamped_letter_is_called_by_what_it_asks_as_in_the_register(
    open_screen: Opener,
) -> None:
    async with open_screen({"a.txt": STAMPED}, size=(160, 40)) as screen:
        shown = "\n".join(screen.lines())
        # In the list and at the head of the summary.
        assert shown.count("(สรุป) ขอให้อำเภอตรวจสอบบัญชี") == 2
        assert "(หนังสือประทับตรา)" not in shown


async def test_every_label_of_an_english_summary_is_worded_as_a_label(open_screen: Opener) -> None:
    body = "ด้วยจังหวัดขอแจ้งให้ทราบ รายละเอียดที่ https://files.example/a.pdf"
    async with open_screen({"a.txt": letter(body=body)}, size=(160, 48), language="en") as screen:
        labels = [paragraph.label for paragraph in screen.main.reader.paragraphs if paragraph.label]
        assert "Links" in labels
        assert [label for label in labels if not label[0].isupper()] == []
