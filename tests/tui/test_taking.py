"""What leaves the program: copies, the source in a pager, links."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import msgspec
import pytest

from tui_inbox.letter import Kind, Secrecy, Urgency
from tui_inbox.tui import outside
from tui_inbox.tui.citation import citation
from tui_inbox.tui.screens.dialogs.link import LinkDialog

from .conftest import Opener, letter

ONE = "ลพ 0021/ว 101"


async def test_number_subject_and_citation_are_copied(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.press("y")
        assert screen.app.clipboard == ONE
        assert f"คัดลอกแล้ว: {ONE}" in screen.status
        await screen.press("alt+y")
        assert screen.app.clipboard == "ขอให้รายงานผลการดำเนินงาน"
        await screen.press("Q")
        assert screen.app.clipboard == f"ตามหนังสือจังหวัดลำพูน ด่วนที่สุด ที่ {ONE} ลงวันที่ 20 พฤศจิกายน 2569"


async def test_each_kind_is_cited_in_its_way_and_what_is_missing_is_left_out(
    open_screen: Opener,
) -> None:
    async with open_screen() as screen:
        words = screen.main.words
        row = msgspec.structs.replace(
            screen.main.letters.rows[0],
            number="123/2569", urgency=Urgency.NORMAL, subject="แต่งตั้งคณะทำงาน",
        )  # fmt: skip

        def cited(**changes: object) -> str:
            return citation(msgspec.structs.replace(row, **changes), words)

        order = "ตามคำสั่งจังหวัดลำพูน ที่ 123/2569 เรื่อง แต่งตั้งคณะทำงาน ลงวันที่ 20 พฤศจิกายน 2569"
        assert cited(kind=Kind.ORDER) == order
        assert (
            cited(kind=Kind.ANNOUNCEMENT, number=None, date=None)
            == "ตามประกาศจังหวัดลำพูน เรื่อง แต่งตั้งคณะทำงาน"
        )
        rule = cited(kind=Kind.REGULATION, number=None, subject="ว่าด้วยงานสารบรรณ", date="2026-11")
        assert rule == "ตามระเบียบจังหวัดลำพูนว่าด้วยงานสารบรรณ ลงวันที่ พฤศจิกายน 2569"
        assert cited(kind=Kind.INTERNAL_MEMO, sender=None, date=None) == "ตามบันทึกข้อความ ที่ 123/2569"
        secret = cited(kind=Kind.ORDER, secrecy=Secrecy.SECRET)
        assert "ลับมาก" in secret
        assert "คณะทำงาน" not in secret
        assert all(f"citation.kind.{kind.value}" in words.messages for kind in Kind)


async def test_the_desktops_clipboard_is_filled_without_a_shell(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    got = tmp_path / "got"
    program = folder / "xclip"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(got)!r}, 'wb').write(sys.stdin.buffer.read())\n"
    )
    program.chmod(0o755)
    environ = {"PATH": f"{folder}", "DISPLAY": ":9"}
    assert outside.clipboard_command(environ) == ["xclip", "-selection", "clipboard"]
    assert outside.copy_natively("ที่ $(rm -rf x) 'น้ำ'", environ)
    assert got.read_text(encoding="utf-8") == "ที่ $(rm -rf x) 'น้ำ'"
    assert outside.clipboard_command({"PATH": str(folder)}) is None
    assert not outside.copy_natively("x", {"PATH": str(folder)})


def test_the_users_pager_is_run_by_its_words(tmp_path: Path) -> None:
    program = tmp_path / "mypager"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert outside.pager_command({"PATH": str(tmp_path), "PAGER": "mypager -R 'x y'"}) == [
        "mypager",
        "-R",
        "x y",
    ]
    assert outside.pager_command({"PATH": str(tmp_path), "PAGER": "gone; rm -rf x"}) is None
    assert outside.pager_command({"PATH": str(tmp_path), "PAGER": "'"}) is None


async def test_the_source_is_paged_as_text_and_the_file_is_left_alone(
    open_screen: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = tmp_path / "got"
    program = tmp_path / "pager"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(got)!r}, 'wb').write(sys.stdin.buffer.read())\n"
    )
    program.chmod(0o755)
    text = letter("ลพ 1/2", "เรื่อง\x1b]0;ชั่ว\x07ดี")
    async with open_screen({"a.txt": text.encode("cp874", "replace")}) as screen:
        monkeypatch.setenv("PAGER", str(program))
        # A test has no terminal that could be handed over.
        monkeypatch.setattr(screen.app, "suspend", contextlib.nullcontext)
        file = tmp_path / "inbox" / "a.txt"
        before = (file.read_bytes(), file.stat().st_mtime_ns)
        await screen.press("F")
        await screen.until(got.exists)
        await screen.until(lambda: got.read_text(encoding="utf-8").endswith("จังหวัดลำพูน\n"))
        shown = got.read_text(encoding="utf-8")
        assert "เรียน นายอำเภอแม่ทา" in shown
        assert "\x1b" not in shown
        assert (file.read_bytes(), file.stat().st_mtime_ns) == before


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.go.th/a?b=1#c", "https://example.go.th/a?b=1#c"),
        ("www.example.go.th", "https://www.example.go.th"),
        ("http://ไทย.example/หนังสือ", "http://xn--o3cw4h.example/หนังสือ"),
        ("https://exаmple.com", "https://xn--exmple-4nf.com"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://bank.go.th@evil.example/", None),
        ("https://a b.example", None),
        ("https://evil.example\\.bank.go.th/", None),
        ("https://evil.example/\u202emoc.knab", None),
        ("https://evil.example/\x9b2J", None),
        ("--help", None),
        ("https://example.go.th:99999/", None),
    ],
)
def test_only_addresses_of_the_web_are_opened_and_their_real_host_is_shown(
    link: str, address: str | None
) -> None:
    assert outside.web_address(link) == address


async def test_a_link_is_shown_whole_before_anything_is_done_with_it(open_screen: Opener) -> None:
    body = (
        "ดูรายละเอียดที่ https://forms.example.go.th/d/e/1FAIpQLSc/viewform?usp=sf_link จึงขอให้อำเภอทราบ"
    )
    files = {"a.txt": letter(body=body), "b.txt": letter("ลพ 1/3")}
    async with open_screen(files, size=(80, 24)) as screen:
        while screen.main.letters.row is not None and screen.main.letters.row.path != "a.txt":
            await screen.press("j")
        await screen.pilot.press("ctrl+l")
        await screen.until(lambda: isinstance(screen.app.screen, LinkDialog))
        await screen.settle()
        assert "https://forms.example.go.th/d/e/1FAIpQLSc/viewform?usp=sf_link" in screen.text
        await screen.press("y")
        assert (
            screen.app.clipboard == "https://forms.example.go.th/d/e/1FAIpQLSc/viewform?usp=sf_link"
        )


async def test_a_letter_without_links_says_so(open_screen: Opener) -> None:
    async with open_screen() as screen:
        await screen.pilot.press("ctrl+l")
        await screen.until(lambda: "ไม่มีลิงก์" in screen.status)
