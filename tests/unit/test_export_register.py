"""The register of received letters: its columns, its order, what it hides, the files it becomes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest
from export_cases import ARRIVED, THAI, TODAY, case, moment, note, registered
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.export.case import Case
from tui_inbox.export.comma import csv_bytes, inert
from tui_inbox.export.handling import Handling, Step
from tui_inbox.export.page import html_text
from tui_inbox.export.period import (
    Period,
    day_period,
    month_period,
    parse_day,
    parse_month,
    parse_year,
    year_period,
)
from tui_inbox.export.register import Which, register
from tui_inbox.export.sheet import Sheet
from tui_inbox.export.workbook import xlsx_bytes
from tui_inbox.export.writing import Writing
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import (
    Ask,
    Document,
    Enclosed,
    Kind,
    Problem,
    ProblemCode,
    Receipt,
    Secrecy,
    Urgency,
)
from tui_inbox.locale import Messages
from tui_inbox.thai.cells import is_mark

# The form of the correspondence regulation.
COLUMNS = ["เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ"]
YEAR = year_period(2026)


def sheet(*cases: Case, period: Period = YEAR, writing: Writing = THAI, **options) -> Sheet:
    options.setdefault("office", "อำเภอแม่ทา")
    return register(cases, period, writing, made=TODAY, **options)


def line(one: Case, **options) -> dict[str, str]:
    (row,) = sheet(one, **options).rows
    return dict(zip(COLUMNS, row, strict=True))


# What stands in it


def test_the_columns_are_those_of_the_form() -> None:
    assert [column.head for column in sheet().columns] == COLUMNS


def test_a_letter_fills_its_line() -> None:
    one = case(
        number="ลพ 0021/ว 4127",
        date="2026-11-20",
        sender="จังหวัดลำพูน",
        recipients=("นายอำเภอ ทุกอำเภอ", "นายกเทศมนตรีเมืองลำพูน"),
        subject="การเตรียมความพร้อม",
        urgency=Urgency.MOST_URGENT,
        record=registered(12, status=Status.ACTIONED, assignee="ปลัด", notes=(note("ส่งแล้ว"),)),
        handling=Handling(
            closed=Step("มานี", moment(24)),
            assigned=Step("ปิติ", moment(21)),
            registered=Step("มานี", moment(20)),
        ),
    )
    assert line(one) == {
        "เลขทะเบียนรับ": "12",
        "ที่": "ลพ 0021/ว 4127",
        "ลงวันที่": "20 พ.ย. 2569",
        "จาก": "จังหวัดลำพูน",
        "ถึง": "นายอำเภอ ทุกอำเภอ, นายกเทศมนตรีเมืองลำพูน",
        "เรื่อง": "การเตรียมความพร้อม",
        "การปฏิบัติ": "มอบ ปลัด เมื่อ 21 พ.ย. 2569; ส่งแล้ว; ดำเนินการแล้ว 24 พ.ย. 2569 (มานี)",
        "หมายเหตุ": "ด่วนที่สุด",
    }


def test_thai_digits_stand_everywhere_but_in_latin_names() -> None:
    one = case(
        number="ลพ 0021/ว 41",
        date="2026-11-20",
        subject="ฝุ่น (PM2.5) ปี 2570 ที่ https://a.example/b2570",
        record=registered(12),
    )
    found = line(one, writing=Writing(Messages("th"), thai_digits=True))
    assert found["เลขทะเบียนรับ"] == "๑๒"
    assert found["ที่"] == "ลพ ๐๐๒๑/ว ๔๑"
    assert found["ลงวันที่"] == "๒๐ พ.ย. ๒๕๖๙"
    assert found["เรื่อง"] == "ฝุ่น (PM2.5) ปี ๒๕๗๐ ที่ https://a.example/b2570"


def test_a_date_without_its_day_stays_without_it() -> None:
    assert line(case(date="2026-11"))["ลงวันที่"] == "พ.ย. 2569"
    assert line(case(date=None))["ลงวันที่"] == ""


def test_a_letter_without_a_subject_gets_its_first_ask_marked_as_a_summary() -> None:
    asks = (Ask("จึงขอให้อำเภอตรวจสอบข้อมูล และรายงานผล", (0, 1)), Ask("หากไม่มีให้ยืนยัน", (2, 3)))
    stamped = case(
        subject=None,
        kind=Kind.STAMPED_LETTER,
        documents=(Document(Kind.STAMPED_LETTER, (0, 9), asks=asks),),
    )
    assert line(stamped)["เรื่อง"] == "(สรุป) ขอให้อำเภอตรวจสอบข้อมูล และรายงานผล"


def test_how_to_reach_the_sender_is_no_summary_and_what_is_sent_along_is_one() -> None:
    contact = (
        Ask("หากมีข้อสงสัยประการใด โปรดประสานงานกับเจ้าหน้าที่ผู้รับผิดชอบ", (0, 1)),
        Ask("ทั้งนี้ สอบถามรายละเอียดได้ที่กลุ่มงานปกครอง", (0, 1)),
    )

    def found(**parts) -> str:
        held = Document(Kind.STAMPED_LETTER, (0, 9), **parts)
        return line(case(subject=None, kind=Kind.STAMPED_LETTER, documents=(held,)))["เรื่อง"]

    assert found(asks=(*contact, Ask("จึงขอให้รายงานผล", (0, 1)))) == "(สรุป) ขอให้รายงานผล"
    sent = (Enclosed("บัญชีรายชื่อผู้เข้าอบรม"),)
    assert found(asks=contact, enclosures=sent) == "(สรุป) บัญชีรายชื่อผู้เข้าอบรม"
    assert found(asks=contact) == "(หนังสือประทับตรา ไม่พบเรื่อง)"
    # To turn to somebody else can be what is asked.
    together = Ask("ขอให้ประสานงานกับตำรวจภูธร", (0, 1))
    assert found(asks=(together,)) == "(สรุป) ขอให้ประสานงานกับตำรวจภูธร"


def test_a_long_summary_is_cut_between_what_readers_see_as_characters() -> None:
    asks = (Ask("ขอให้ทำน้ำให้ใส" * 60, (0, 1)),)
    long = case(subject=None, documents=(Document(Kind.STAMPED_LETTER, (0, 9), asks=asks),))
    found = line(long)["เรื่อง"]
    assert found.endswith("…")
    kept = found.removeprefix("(สรุป) ").removesuffix("…")
    assert asks[0].text.startswith(kept)
    assert not is_mark(asks[0].text[len(kept)])


def test_nothing_is_summed_up_where_a_letter_asks_nothing() -> None:
    bare = case(subject=None, kind=Kind.MINUTES, documents=(Document(Kind.MINUTES, (0, 9)),))
    assert line(bare)["เรื่อง"] == "(รายงานการประชุม ไม่พบเรื่อง)"


def test_a_file_that_cannot_be_read_is_named() -> None:
    unread = case(sha256=None, path="a\x1b.txt", problem=Problem(ProblemCode.EMPTY), subject=None)
    assert line(unread)["เรื่อง"] == "(อ่านไฟล์ไม่ได้) a␛.txt"


def test_a_letter_that_was_opened_again_is_not_said_to_be_done() -> None:
    one = case(
        record=registered(1, status=Status.OPEN),
        handling=Handling(closed=Step("มานี", moment(24))),
    )
    assert line(one)["การปฏิบัติ"] == ""


# Numbers and days


def test_lines_stand_by_number_and_what_has_none_yet_comes_last() -> None:
    cases = [
        case("late", received=moment(24)),
        case("ten", record=registered(10)),
        case("early", received=moment(2)),
        case("nine", record=registered(9), received=moment(23)),
    ]
    found = sheet(*cases, flat=True)
    assert [row[0] for row in found.rows] == ["9", "10", "", ""]
    remarks = [row[7] for row in found.rows]
    assert "ยังไม่ลงทะเบียนรับ" in remarks[2]
    assert "2 พ.ย. 2569" in remarks[2]
    assert "24 พ.ย. 2569" in remarks[3]
    assert "ยังไม่ลงทะเบียนรับ" not in remarks[0]
    assert found.foot[:2] == ("รวม 4 ฉบับ", "ยังไม่ลงทะเบียนรับ 2 ฉบับ")


def test_letters_without_a_number_can_be_left_out_and_are_counted() -> None:
    found = sheet(case("a"), case("b", record=registered(1)), unregistered=False)
    assert [row[0] for row in found.rows] == ["1"]
    assert "ไม่ได้แสดงหนังสือที่ยังไม่ลงทะเบียนรับ 1 ฉบับ" in found.foot


def test_the_day_of_receipt_is_the_own_stamp_s_else_that_of_the_number_else_the_file_s() -> None:
    stamp = Receipt("12", "2026-11-18", "10:00", "อำเภอแม่ทา")
    step = Handling(registered=Step("มานี", moment(19)))
    assert case(stamp=stamp, record=registered(12), handling=step).day == dt.date(2026, 11, 18)
    assert case(record=registered(12), handling=step).day == dt.date(2026, 11, 19)
    assert case().day == dt.date(2026, 11, 20)
    assert case(received=moment(20, hour=18)).day == dt.date(2026, 11, 21)


def test_a_period_holds_what_was_received_in_it_and_a_year_its_running_numbers() -> None:
    cases = [
        case("a", received=moment(30, 10)),
        case("b", received=moment(1)),
        case("c", received=moment(2, 1), record=registered(7, 2025)),
    ]
    assert len(sheet(*cases, period=day_period(dt.date(2026, 11, 1))).rows) == 1
    assert len(sheet(*cases, period=month_period(2026, 11)).rows) == 1
    assert len(sheet(*cases, period=YEAR).rows) == 2
    assert [row[0] for row in sheet(*cases, period=year_period(2025)).rows] == ["7"]
    both = Period("range", dt.date(2026, 1, 1), dt.date(2026, 10, 31))
    assert len(sheet(*cases, period=both).rows) == 2


def test_a_register_of_two_years_says_the_year_of_each_number() -> None:
    cases = [case("a", received=moment(2, 1), record=registered(7, 2025)), case("b")]
    two = Period("range", dt.date(2025, 12, 1), dt.date(2026, 12, 31))
    assert next(row[0] for row in sheet(*cases, period=two).rows) == "7/2568"


def test_a_stamp_with_another_number_is_a_remark() -> None:
    stamp = Receipt("3902", "2026-11-20", None, "อำเภอแม่ทา")
    assert "เลขในตรารับ 3902" in line(case(stamp=stamp))["หมายเหตุ"]
    assert "3902" not in line(case(stamp=stamp, record=registered(3902)))["หมายเหตุ"]
    assert "เลขในตรารับ 3902" in line(case(stamp=stamp, record=registered(1)))["หมายเหตุ"]


def test_on_paper_the_days_are_headings_and_in_a_table_remarks() -> None:
    cases = [case("a", record=registered(1)), case("b", received=moment(21), record=registered(2))]
    paper = sheet(*cases)
    assert [group.name for group in paper.groups] == [
        "รับวันที่ 20 พฤศจิกายน 2569",
        "รับวันที่ 21 พฤศจิกายน 2569",
    ]
    assert all(row[7] == "" for row in paper.rows)
    assert [row[7] for row in sheet(*cases, flat=True).rows] == [
        "รับวันที่ 20 พ.ย. 2569",
        "รับวันที่ 21 พ.ย. 2569",
    ]
    one_day = sheet(*cases, period=day_period(dt.date(2026, 11, 20)))
    assert [group.name for group in one_day.groups] == [None]


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (day_period(dt.date(2026, 11, 20)), "วันที่ 20 พฤศจิกายน 2569"),
        (month_period(2026, 11), "ประจำเดือนพฤศจิกายน พ.ศ. 2569"),
        (YEAR, "ประจำปี พ.ศ. 2569"),
        (
            Period("range", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
            "ตั้งแต่วันที่ 1 ตุลาคม 2569 ถึงวันที่ 31 ธันวาคม 2569",
        ),
    ],
)
def test_the_head_says_office_and_period(period: Period, text: str) -> None:
    found = sheet(period=period)
    assert (found.title, found.under) == ("ทะเบียนหนังสือรับ", ("อำเภอแม่ทา", text))
    assert sheet(period=period, office="").under == (text,)


@pytest.mark.parametrize(
    "text",
    ["2569-11-20", "2026-11-20", "20/11/2569", "20/11/2026", "๒๐ พ.ย. ๒๕๖๙", "20 พฤศจิกายน  69"],
)
def test_a_day_is_understood_in_either_era(text: str) -> None:
    assert parse_day(text, TODAY) == dt.date(2026, 11, 20)


def test_months_and_years_are_understood_in_either_era() -> None:
    for text in ("2569-11", "2026-11", "11/2569", "๑๑/๒๕๖๙", "พ.ย. 2569", "พฤศจิกายน 2569"):
        assert parse_month(text, TODAY) == month_period(2026, 11), text
    for text in ("2569", "2026", "๒๕๖๙", "69", "พ.ศ. 2569"):
        assert parse_year(text, TODAY) == YEAR, text


def test_days_months_and_years_around_today_have_names() -> None:
    assert parse_day("วันนี้", TODAY) == TODAY
    assert parse_day("yesterday", dt.date(2026, 1, 1)) == dt.date(2025, 12, 31)
    assert parse_month("this", TODAY) == month_period(2026, 11)
    assert parse_month("เดือนก่อน", dt.date(2026, 1, 31)) == month_period(2025, 12)
    assert parse_year("ปีนี้", TODAY) == YEAR
    assert parse_year("last", TODAY) == year_period(2025)


@pytest.mark.parametrize("text", ["", "31/2/2569", "2569-13-01", "never", "20 พ.ย. 2569 นะ", "1"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert parse_day(text, TODAY) is None
    assert parse_month(text, TODAY) is None
    assert parse_year(text, TODAY) is None


# Secret letters

SECRET_FIELDS = {
    "secrecy": Secrecy.CONFIDENTIAL,
    "number": "ลพ 1/2",
    "sender": "จังหวัดลำพูน",
    "subject": None,
}


def test_a_secret_letter_is_its_number_and_sender_alone() -> None:
    record = registered(5, notes=(note("ผู้ใหญ่บ้านถูกร้องเรียน"),), assignee="ปลัด")
    secret = case(
        record=record,
        recipients=("นายอำเภอแม่ทา",),
        documents=(Document(Kind.EXTERNAL_LETTER, (0, 9), asks=(Ask("ตรวจสอบทางลับ", (0, 1)),)),),
        **SECRET_FIELDS,
    )
    for which, wanted in (
        (Which.ORDINARY, "(ลับ) แยกไว้ในทะเบียนหนังสือลับ"),
        (Which.SECRET, "(เอกสารลับ)"),
    ):
        found = line(secret, which=which)
        assert found["เลขทะเบียนรับ"] == "5"
        assert found["จาก"] == "จังหวัดลำพูน"
        assert found["เรื่อง"] == wanted
        assert found["ถึง"] == ""
        assert "ร้องเรียน" not in "".join(found.values())
        assert "ทางลับ" not in "".join(found.values())


def test_secret_letters_without_a_number_are_left_out_and_counted() -> None:
    found = sheet(case("a", **SECRET_FIELDS), case("b"))
    assert len(found.rows) == 1
    assert "ไม่ได้แสดงหนังสือที่มีชั้นความลับและยังไม่ลงทะเบียนรับ 1 ฉบับ" in found.foot


def test_the_register_of_secret_letters_holds_them_alone() -> None:
    found = sheet(case("a", **SECRET_FIELDS), case("b"), which=Which.SECRET)
    assert len(found.rows) == 1
    assert found.title == "ทะเบียนหนังสือรับ (เฉพาะที่มีชั้นความลับ)"


# Files

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x","y")', "{=1}", "'", "\r\n=1"]  # fmt: skip


def hostile_sheet(text: str) -> Sheet:
    return sheet(
        case(
            subject=text, sender=text, number=text, recipients=(text,),
            record=registered(1, assignee=text, notes=(note(text),)),
        ),
        office=text,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_begins_like_a_formula(text: str) -> None:
    data = csv_bytes(hostile_sheet(text))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert len(row) == len(COLUMNS)
        assert not any(cell.lstrip()[:1] in tuple("=+-@＝") for cell in row if cell)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_a_csv_gives_back_what_was_put_in_whatever_it_is(text: str) -> None:
    made = hostile_sheet(text)
    rows = list(csv.reader(io.StringIO(csv_bytes(made).decode("utf-8-sig"), newline="")))
    assert rows[1:] == [[inert(cell) for cell in row] for row in made.rows]
    assert all(cell.isprintable() or cell >= "\u00a0" for row in rows for cell in row)


def workbook(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=40))
def test_every_cell_of_the_workbook_is_text_whatever_it_is(text: str) -> None:
    made = hostile_sheet(text)
    page = workbook(xlsx_bytes(made))
    for row in page.iter_rows():
        assert all(cell.data_type in ("s", "n") for cell in row)
        assert all(cell.value is None for cell in row if cell.data_type == "n")
    top = 2 + len(made.under)
    found = [cell.value or "" for cell in page[top + 1]]
    # openpyxl undoes the escapes of characters that XML cannot hold; there are none.
    assert found == list(made.rows[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(text: str) -> None:
    data = xlsx_bytes(hostile_sheet(text))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_the_workbook_prints_on_a4_across_with_its_head_on_each_page() -> None:
    made = sheet(*(case(str(n), record=registered(n)) for n in range(1, 60)), flat=True)
    page = workbook(xlsx_bytes(made))
    assert page.title == "ทะเบียนหนังสือรับ"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    # One page wide, which is the format's own default, and as many long as it takes.
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$4"
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:H63"
    assert page.print_area.endswith("$A$1:$H$65")
    assert [cell.value for cell in page[4]] == COLUMNS
    assert page["F5"].alignment.wrap_text
    assert page["F5"].font.name == "TH SarabunPSK"
    assert page["A5"].number_format == "@"


def test_a_long_subject_makes_its_row_taller() -> None:
    made = sheet(
        case("a", record=registered(1)), case("b", subject="การประชุม" * 30, record=registered(2))
    )
    page = workbook(xlsx_bytes(made))
    assert page.row_dimensions[6].height > 2 * page.row_dimensions[5].height


def test_the_same_register_gives_the_same_bytes() -> None:
    made = sheet(case(record=registered(1)))
    assert xlsx_bytes(made) == xlsx_bytes(made)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(made)))
    assert (book.properties.creator, book.properties.title) == ("อำเภอแม่ทา", "ทะเบียนหนังสือรับ")
    assert book.properties.created.isoformat() == "2026-11-25T00:00:00"


class Reader(HTMLParser):
    """Collects tags, and the text of each cell, as a browser would find them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self.open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag == "td":
            self.cells.append("")
        self.open = tag == "td"

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.cells[-1] += data


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "</td></table><img src=x onerror=y>", "&lt;b&gt;", '" onload="x', *HOSTILE]
)  # fmt: skip
def test_no_text_of_the_page_is_mark_up(text: str) -> None:
    made = hostile_sheet(text)
    page = Reader(html_text(made))
    assert page.cells == list(made.rows[0])
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "table", "colgroup", "col",
        "thead", "tbody", "tr", "th", "td", "footer",
    }  # fmt: skip
    assert not any(name.startswith("on") or name in ("src", "href") for name, _ in page.attributes)


def test_the_page_prints_across_with_its_head_repeated_and_loads_nothing() -> None:
    text = html_text(sheet(case(record=registered(1)), writing=Writing(Messages("th"), True)))
    assert "size: A4 landscape" in text
    assert "thead { display: table-header-group }" in text
    assert "counter(page, thai)" in text
    policy = dict(Reader(text).attributes)["content"]
    assert policy is not None
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_an_empty_register_is_a_form_without_lines() -> None:
    made = sheet()
    assert made.rows == ()
    assert made.foot[0] == "รวม 0 ฉบับ"
    assert workbook(xlsx_bytes(made))["A4"].value == "เลขทะเบียนรับ"
    assert csv_bytes(made).decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"
    assert Reader(html_text(made)).cells == []


def test_the_register_is_worded_in_english_too() -> None:
    found = sheet(case(date="2026-11-20", record=registered(1)), writing=Writing(Messages("en")))
    assert found.title == "Register of received letters"
    assert found.under[1] == "Year 2026"
    assert found.rows[0][2] == "2026-11-20"
    month = sheet(period=month_period(2026, 11), writing=Writing(Messages("en")))
    assert month.under[1] == "Month 11 of 2026"


def test_an_untouched_record_gives_no_action() -> None:
    assert line(case(record=Record("a"), received=ARRIVED))["การปฏิบัติ"] == ""
