"""Letter numbers: every printed form and its one normal form, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.reading import read
from tui_inbox.reading.number import Number, circular_number, letter_number, order_number
from tui_inbox.reading.page import Page
from tui_inbox.reading.repair import Folded
from tui_inbox.reading.signs import number_in


def numbered(printed: str) -> Number | None:
    """The number with which a printed line begins."""
    lines = Page(Folded(printed)).lines
    return number_in(lines[0]) if lines else None


FORMS = [
    ("อบ ๐๐๒๓.๓/ว ๒๕๖๖", "อบ 0023.3/ว 2566", True),
    ("นม 0017.3/ว7743", "นม 0017.3/ว 7743", True),
    ("มท ๐๓๑๙ /ว ๑๘๗๗", "มท 0319/ว 1877", True),
    ("มท 0802.3/ 1393", "มท 0802.3/1393", False),
    ("มท 0802.3 / 1393", "มท 0802.3/1393", False),
    ("กค 0402.3/026695", "กค 0402.3/026695", False),
    ("กค. 0530.3/ว.61", "กค 0530.3/ว 61", True),
    ("กค. 0530.3/ว. 61", "กค 0530.3/ว 61", True),
    ("ศธ 0509(5).2/ว3", "ศธ 0509(5).2/ว 3", True),
    ("กค ๐๔๒๒.๒/พิเศษ/ว ๒", "กค 0422.2/พิเศษ/ว 2", True),
    ("นร ๐๕๐๓/(คกก.๖)/๒๘", "นร 0503/(คกก.6)/28", False),
    ("กค (กวจ) ๐๔๐๕.๒/ว 693", "กค (กวจ) 0405.2/ว 693", True),
    ("นร0704/ว83", "นร 0704/ว 83", True),
    ("สผ ๐๐๐๘/ผ ๒๒๐", "สผ 0008/ผ 220", False),
    ("ตช 0018 (นม).32/731", "ตช 0018 (นม).32/731", False),
    ("สทช ๒๔09/131", "สทช 2409/131", False),
    ("ศธ 04241.40/1188", "ศธ 04241.40/1188", False),
    ("สภ 0003/ว 3", "สภ 0003/ว 3", True),
    ("นม 51007/12", "นม 51007/12", False),
    ("กษ 1006.05.1/77", "กษ 1006.05.1/77", False),
    ("อว 68.1/210", "อว 68.1/210", False),
    ("ซซ 0001/ว 9", "ซซ 0001/ว 9", True),
]


@pytest.mark.parametrize(("printed", "value", "circular"), FORMS)
def test_printed_forms(printed: str, value: str, circular: bool) -> None:
    for line in (f"ที่ {printed}", f"ที่  {printed}     กรมการปกครอง", f"ที {printed}", f"ที่: {printed}"):
        number = numbered(line)
        assert number is not None, line
        assert (number.value, number.circular) == (value, circular)
        assert Folded(line).text[slice(*number.span)].endswith(value[-1])


@pytest.mark.parametrize(("printed", "value", "circular"), FORMS)
def test_without_the_label(printed: str, value: str, circular: bool) -> None:
    number = numbered(printed)
    assert number is not None
    assert (number.value, number.circular) == (value, circular)


@pytest.mark.parametrize(("printed", "value", "circular"), FORMS)
def test_glued_to_the_urgency(printed: str, value: str, circular: bool) -> None:
    for line in (f"ด่วนมากที่ {printed}", f"ด่วนที่สุด ที่ {printed}"):
        number = next(
            (found for part in Page(Folded(line)).lines if (found := number_in(part)) is not None),
            None,
        )
        assert number is not None, line
        assert number.value == value


@pytest.mark.parametrize(
    "printed",
    [
        "สทช 2203.3/",
        "สทช 2203.3/ ",
        "นม ๐๐๒๓.๓/ว",
        "นม ๐๐๒๓.๓/ว ......",
        "นม ๐๐๒๓.๓/....",
        "มท 0802.3/ว _____",
    ],
)
def test_a_blank_serial_is_no_number_yet(printed: str) -> None:
    number = numbered(f"ที่ {printed}")
    assert number is not None
    assert number.value is None


@pytest.mark.parametrize("printed", ["นม ๐๐๒๓.๓/ว", "นม ๐๐๒๓.๓/ว ......"])
def test_a_blank_circular_is_one_all_the_same(printed: str) -> None:
    number = letter_number(Folded(printed).text)
    assert number is not None
    assert number.circular


@pytest.mark.parametrize(
    "printed",
    [
        "อบ ๓๔๐๐๐",
        "กท 10300",
        "ถนนชยางกูร อบ ๓๔๐๐๐",
        "ม.3",
        "ที่ประชุมมีมติ",
        "ที่ดินเลขที่ 12",
        "โทร. 0 2000 0000",
        "๒๑ มิถุนายน ๒๕๖๗",
        "เรื่อง ก 0023/ว 1",
        "สัญญาเลขที่ ๑๒/๒๕๖๗",
        "(นายสมชาย ใจดี)",
        "",
    ],
)
def test_what_is_no_number(printed: str) -> None:
    number = numbered(printed)
    assert number is None or number.value is None


@pytest.mark.parametrize("printed", ["/2 3189", "/3 3189"])
def test_a_series_read_as_a_digit_gives_none_rather_than_a_wrong_one(printed: str) -> None:
    number = numbered(f"ที่ นม 0023{printed}   ศาลากลางจังหวัด")
    assert number is not None
    assert number.value is None


def test_a_serial_with_a_gap_behind_it_stays() -> None:
    number = numbered("ที่ นม 0023/2   ศาลากลางจังหวัด")
    assert number is not None
    assert number.value == "นม 0023/2"


def test_the_number_must_begin_where_it_is_asked_for() -> None:
    text = "ตามหนังสือ ที่ นม 0023/1"
    assert letter_number(text) is None
    found = letter_number(text, text.index("นม"))
    assert found is not None
    assert (found.value, found.span) == ("นม 0023/1", (text.index("นม"), len(text)))


def test_the_number_ends_where_the_stretch_ends() -> None:
    text = "นม 0023/123456"
    found = letter_number(text, 0, 10)
    assert found is not None
    assert (found.value, found.span) == ("นม 0023/12", (0, 10))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0428/2563", "0428/2563"),
        ("428 / 2563", "428/2563"),
        ("1/2567 เรื่อง", "1/2567"),
        ("1/67", None),
        ("1/25670", None),
        ("ที่ 1/2567", None),
        ("2567", None),
    ],
)
def test_numbers_of_orders(text: str, value: str | None) -> None:
    found = order_number(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ว 10 ลว. 15 ก.ย. 48", "ว 10"),
        ("ว10", "ว 10"),
        ("ว. 10", "ว 10"),
        ("ว 10/2567", None),
        ("ว่าด้วย", None),
        ("วันที่ 10", None),
    ],
)
def test_circulars_cited_by_their_serial_alone(text: str, value: str | None) -> None:
    found = circular_number(text)
    assert (found.value if found else None) == value
    if found is not None:
        assert found.circular


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sampled_from(["นม", "มท", "สทช", "กษ", "อบ", "ศธ"]),
    st.from_regex(r"[0-9]{4,5}(\.[0-9]{1,2})?", fullmatch=True),
    st.sampled_from(["", "ว ", "พิเศษ/", "พิเศษ/ว ", "ผ "]),
    st.integers(1, 99_999),
)
def test_a_normal_form_is_its_own_normal_form(
    code: str, unit: str, series: str, serial: int
) -> None:
    value = f"{code} {unit}/{series}{serial}"
    found = letter_number(value)
    assert found is not None
    assert found.value == value
    assert found.span == (0, len(value))
    assert found.circular is ("ว" in series)
    squeezed = letter_number(value.replace(" ", ""))
    assert squeezed is not None
    assert squeezed.value == value


@pytest.mark.parametrize(("printed", "value", "circular"), FORMS)
def test_in_a_letter(printed: str, value: str, circular: bool) -> None:
    text = (
        f"ที่ {printed}                        กรมส่งเสริมการเกษตร\n"
        "                                   ถนนพหลโยธิน กทม. ๑๐๙๐๐\n\n"
        "                    ๗ สิงหาคม ๒๕๖๗\n\n"
        "เรื่อง   ขอเชิญประชุม\n\nเรียน   เกษตรจังหวัดสุรินทร์\n\n"
        "          ด้วยกรมส่งเสริมการเกษตรจัดทำคู่มือแล้ว\n\n          จึงเรียนมาเพื่อทราบ\n\n"
        "                    ขอแสดงความนับถือ\n\n                    (นายสมชาย ใจดี)\n"
        "                    อธิบดีกรมส่งเสริมการเกษตร\n"
    )
    document = read(text.encode()).documents[0]
    assert (document.number, document.circular) == (value, circular)
    start, end = document.spans["number"]
    assert text[start:end] == printed
    assert document.sender == "กรมส่งเสริมการเกษตร"
    assert document.date == "2024-08-07"
