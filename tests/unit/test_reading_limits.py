"""Hostile repetitions are read in time that grows with the text and not with its square.

This guards against blow-up, it measures no speed: a pattern that backtracks over a run needs
minutes for twenty thousand characters where an honest one needs milliseconds. The bound is
generous so that a slow or busy machine passes, and it counts the process's own processor time, so
that other processes on the machine do not matter.
"""

from __future__ import annotations

import time

import pytest

from tui_inbox.letter import Letter
from tui_inbox.reading import read
from tui_inbox.thai.folding import fold_for_search

SIZE = 20_000
SECONDS = 2.0
"""Processor time allowed for each ``SIZE`` characters."""


def fill(unit: str, size: int = SIZE) -> str:
    """``unit`` again and again, ``size`` characters in all."""
    return (unit * (size // len(unit) + 1))[:size]


HEAD = (
    "ที่ นม ๐๐๒๓.๓/ว ๗๗๔๓        ศาลากลางจังหวัดนครราชสีมา\n"
    "        ๗ สิงหาคม ๒๕๖๗\nเรื่อง การสำรวจฝาย\nเรียน นายอำเภอ ทุกอำเภอ\n"
)
BODY = "        ด้วยจังหวัดขอให้ท่าน"

ONE_CHARACTER = {
    f"U+{ord(unit):04X}": fill(unit)
    for unit in (
        *"กาเ่์ำํ๑1.,-_=/|(<[{*#&\"'\\:ๆฯ", " \t\n"[1], "\u200b", "\u00a0", "\x1b", "\ufffd", "\r",
    )
}  # fmt: skip

RUNS = {
    "words of labels": fill("เรื่อง เรียน อ้างถึง สิ่งที่ส่งมาด้วย ที่ ถึง "),
    "labels without marks": fill("เรอง เรยน อางถง สงทสงมาดวย ท ถง "),
    "labels set apart": fill("เ รื่ อ ง เ รี ย น อ้ า ง ถึ ง "),
    "urgencies": fill("ด่วนที่สุด ด่วนมาก ด่วน ลับที่สุด ลับ "),
    "urgencies glued": fill("ด่วนด่วนมากด่วนที่สุด"),
    "half an urgency": fill("ด่วน ที่ สุ "),
    "tables of dots": fill("ที่............................ "),
    "digits and spaces": fill("1 "),
    "digits and dots": fill("1."),
    "digits and slashes": fill("12/"),
    "groups of digits": fill("0 2000 0000 "),
    "thai marks alternating": fill("่ิ้ี"),
    "marks behind nikhahit": fill("ํ่า"),
    "tone before vowel": fill("ก่ิ"),
    "halves of แ": fill("เเ"),
    "numbers of letters": fill("ที่ นม 0023.3/ว 7743 "),
    "numbers without serials": fill("นม 0023.3/พิเศษ/ว /"),
    "codes": fill("กค (กวจ) "),
    "series without end": "ที่ กค 0405.2" + fill("/ว"),
    "dates": fill("๒๑ มิถุนายน ๒๕๖๗ "),
    "days of week": fill("วันจันทร์ที่ "),
    "days without months": fill("วันที่ ๒๑ "),
    "misspelt months": fill("๒๑ มิถนายม "),
    "terms": HEAD + BODY + fill("ภายใน"),
    "terms of days": HEAD + BODY + fill("ภายใน ๗ วัน นับ"),
    "terms with dates": HEAD + BODY + fill("ภายในวันที่ ๒๑ สิงหาคม ๒๕๖๗ "),
    "terms that recur": HEAD + BODY + fill("ภายในวันที่ ๕ ของทุกเดือน "),
    "requests": HEAD + BODY + fill("ขอให้"),
    "requests that ask": HEAD + BODY + fill("ขอให้ท่านส่งรายงาน "),
    "conditions": HEAD + BODY + fill("หาก กรณี ถ้า ผู้ใด "),
    "background that never ends": HEAD + fill("        ตามที่จังหวัดได้แจ้ง "),
    "background again and again": HEAD + fill("ตามที่แจ้ง นั้น "),
    "invitations": HEAD + BODY + fill("ขอเชิญประชุม "),
    "meetings": HEAD + BODY + fill("ขอเชิญประชุมในวันที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๐๐ น. ณ ห้องประชุม "),
    "places": HEAD + BODY + fill("ขอเชิญประชุม ณ ห้องประชุม "),
    "cancelled": HEAD + BODY + fill("งดการประชุม เลื่อนการประชุม จากเดิม เป็น "),
    "laws": HEAD + BODY + fill("มาตรา ๗ พระราชบัญญัติ ระเบียบ ข้อ ๗ "),
    "citations": HEAD + BODY + fill("ตามหนังสือ ที่ นม ๐๐๒๓/๑ ลงวันที่ ๑ มกราคม ๒๕๖๗ "),
    "recipients": "ที่ นม ๐๐๒๓/๑\n๑ มกราคม ๒๕๖๗\nเรื่อง ก\nเรียน " + fill("นายอำเภอและ"),
    "recipients numbered": "ที่ นม ๐๐๒๓/๑\n๑ มกราคม ๒๕๖๗\nเรื่อง ก\nเรียน " + fill("๑. นายอำเภอ "),
    "enclosures": "ที่ นม ๐๐๒๓/๑\n๑ มกราคม ๒๕๖๗\nเรื่อง ก\nเรียน ข\nสิ่งที่ส่งมาด้วย "
    + fill("๑. แบบ จำนวน ๑ ชุด "),
    "brackets open": fill("("),
    "brackets nested": "(" * (SIZE // 2) + ")" * (SIZE // 2),
    "names in brackets": fill("(นายสมชาย ใจดี) "),
    "telephones": HEAD + BODY + fill("โทร. ๐ ๒๐๐๐ ๐๐๐๐ ต่อ "),
    "addresses of e-mail": fill("a.b-c@d."),
    "hosts": fill("a-b."),
    "links": fill("https://a.go.th/("),
    "amounts": fill("๑,๐๐๐ บาท (หนึ่งพัน"),
    "tags": fill("<td "),
    "tags open": fill("<table><tr><td>"),
    "comments open": fill("<!-- "),
    "images open": fill("![a]("),
    "pipes": fill("| - "),
    "rules of tables": fill("|---") + "x",
    "escape sequences": fill("\x1b[31"),
    "operating system commands": fill("\x1b]0;"),
    "bidi": fill("\u202e\u2066ก"),
    "fences": fill("```\n"),
    "specks": fill(", . ' ~ "),
    "gap and marks": fill("ก ิ"),
    "spaces before a word": fill(" ", SIZE - 1) + "ก",
    "words and wide gaps": fill("กรม    "),
    "thai text without spaces": fill("การดำเนินงานของส่วนราชการ"),
    "latin text": fill("lorem ipsum "),
}  # fmt: skip

LINES = {
    "labels": "เรื่อง\nเรียน\nที่\n" * 1_000,
    "labels with values": "เรื่อง ก\nเรียน ข\nที่ นม ๐๐๒๓/๑\n" * 1_000,
    "numbers": "ที่ นม ๐๐๒๓/๑\n" * 1_500,
    "dates": "๒๑ มิถุนายน ๒๕๖๗\n" * 1_200,
    "closes": "ขอแสดงความนับถือ\n" * 1_200,
    "names": "(นายสมชาย ใจดี)\n" * 1_300,
    "stamps": "เลขรับ ๑\nวันที่ ๒ มกราคม ๒๕๖๗\nเวลา ๐๙.๐๐ น.\n" * 450,
    "memo titles": "บันทึกข้อความ\n" * 1_400,
    "orders": "คำสั่งจังหวัด\nที่ ๑/๒๕๖๗\nเรื่อง ก\n" * 600,
    "enclosures": "สิ่งที่ส่งมาด้วย ๑\n" * 1_100,
    "forms": "แบบตอบรับ\n\n" * 1_800,
    "page turns": "- ๒ -\n" * 3_000,
    "items": HEAD + BODY + "ดังนี้\n" + "        ๑. รายงานผล\n" * 900,
    "terms": HEAD + BODY + "ส่งภายในกำหนด ดังนี้\n" + "        ๑. ภายในวันที่ ๗ สิงหาคม ๒๕๖๗\n" * 500,
    "telephones": "โทร.\n๐ ๒๐๐๐ ๐๐๐๐\n" * 1_000,
    "blank": "\n" * SIZE + "ก",
    "blank and white": " \n" * (SIZE // 2) + "ก",
    "letters": (HEAD + BODY + "ส่งรายงาน\n        ขอแสดงความนับถือ\n(นายสมชาย ใจดี)\nนายอำเภอ\n") * 90,
}  # fmt: skip

# Longer texts with the time of a short one: four times the text is read in four times the time,
# not in sixteen times.
GROWING = {
    "terms with dates": HEAD + BODY + fill("ภายในวันที่ ๒๑ สิงหาคม ๒๕๖๗ ", 2 * SIZE),
    "terms listed": HEAD
    + BODY
    + "ส่งภายในกำหนด ดังนี้\n"
    + fill("        ๑. ภายในวันที่ ๗ สิงหาคม ๒๕๖๗\n", 4 * SIZE),
    "forms": fill("แบบตอบรับ\n\n", 4 * SIZE),
    "requests": HEAD + BODY + fill("ขอให้ท่านส่งรายงาน ", 2 * SIZE),
    "invitations": HEAD + BODY + fill("ขอเชิญประชุม ณ ห้องประชุม ", 2 * SIZE),
    "labels": fill("เรื่อง ก\nเรียน ข\nที่ นม ๐๐๒๓/๑\n", 4 * SIZE),
    "tags": fill("<table><tr><td>", 4 * SIZE),
}


def check(text: str, seconds: float | None = None) -> Letter:
    data = text.encode()
    start = time.process_time()
    letter = read(data)
    spent = time.process_time() - start
    assert spent < (seconds or SECONDS * max(len(text) / SIZE, 1))
    return letter


@pytest.mark.parametrize("name", ONE_CHARACTER)
def test_one_character_again_and_again(name: str) -> None:
    check(ONE_CHARACTER[name])


@pytest.mark.parametrize("name", RUNS)
def test_one_long_line(name: str) -> None:
    check(RUNS[name])


@pytest.mark.parametrize("name", LINES)
def test_many_short_lines(name: str) -> None:
    check(LINES[name])


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_text(name: str) -> None:
    check(GROWING[name], SECONDS)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_long_line_inside_of_a_letter(name: str) -> None:
    """What a lone line does not reach: the same in a body that is read for asks and terms."""
    text = HEAD + BODY + RUNS[name][: SIZE // 2] + "\n        ขอแสดงความนับถือ\n(นายสมชาย ใจดี)\n"
    letter = check(text)
    assert letter.documents


@pytest.mark.parametrize("name", [*RUNS, *ONE_CHARACTER])
def test_search_keys_are_made_in_time(name: str) -> None:
    text = (RUNS | ONE_CHARACTER)[name]
    start = time.process_time()
    fold_for_search(text)
    assert time.process_time() - start < SECONDS
