"""The query language: what is a term, what stays text, what is wrong and where."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.ledger import Status
from tui_inbox.letter import Secrecy, Urgency
from tui_inbox.locale import LANGUAGES, Messages
from tui_inbox.locale.queries import query_error
from tui_inbox.triage.query import (
    Field,
    QueryError,
    Text,
    Vocabulary,
    complete,
    is_plain,
    names,
    parse,
    texts,
)
from tui_inbox.triage.query.days import Days, days
from tui_inbox.triage.query.names import BY_NAME, CHOICES, DAYS, FIELDS
from tui_inbox.triage.query.syntax import And, Contains, Member, Not, Or, When

TODAY = dt.date(2024, 6, 21)


def query(text: str):
    return parse(text, today=TODAY)


def error(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        query(text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "อบ 0023.3/ว 2566",
        "อบ ๐๐๒๓.๓/ว ๒๕๖๖",
        "กค (กวจ) 0405.2/ว 693",
        "เวลา 10:30",
        "เวลา ๑๐:๓๐ น.",
        "https://www.example.go.th/a?b=1&c=2",
        "file:///tmp/x",
        "09.00 -12.00 น.",
        "- ๒ -",
        "ผภภ.22 - 25",
        "โครงการ (ระยะที่ 2)",
        "(ฉบับที่ ๓)",
        'ร้อยละ 5" หนา',
        "หรือ",
        "น้ำท่วม หรือ",
        "or",
        "ก:ข",
        "มาตรา 3:1",
        ":",
        "-",
        "--",
        "( )",
        "a(b",
        "หมายเหตุ: ไม่มี",
        "ฝาก: สมชาย",
    ],
)
def test_what_is_not_meant_as_more_stays_text(text: str) -> None:
    assert query(text) == Text(text)
    assert is_plain(text, today=TODAY)


@given(st.text(alphabet="กขนมดร่้ำิี ๑๒34/.,-%_*ab", max_size=30))
def test_text_without_signs_of_the_language_is_found_as_typed(text: str) -> None:
    node = query(text)
    if node is None:
        assert not text.strip()
    elif isinstance(node, Text):
        assert node.text == text.strip()
    else:
        # Only a word behind a hyphen is more.
        assert any(word.startswith("-") for word in text.split())


@given(st.text(alphabet='กด่วน:จาก"()- หรือor<7d.1/2567', max_size=40))
def test_anything_typed_is_a_query_or_an_error_with_its_place(text: str) -> None:
    try:
        query(text)
    except QueryError as wrong:
        start, end = wrong.span
        assert 0 <= start < end <= len(text)
        for language in LANGUAGES:
            said = query_error(Messages(language), wrong.code, wrong.nearest, wrong.details)
            assert "{" not in said.replace("{" * text.count("{"), "")


def test_the_example_of_the_design() -> None:
    node = query('ด่วน:ที่สุด จาก:"กรมส่งเสริม" ครบ:<7d คำค้น สองคำ')
    assert node == And(
        (
            Member(Field.URGENCY, (Urgency.MOST_URGENT,)),
            Contains(Field.SENDER, "กรมส่งเสริม", quoted=True),
            When(Field.DUE, Days(last=dt.date(2024, 6, 27))),
            Text("คำค้น สองคำ"),
        )
    )
    assert texts(node) == ("คำค้น สองคำ",)
    assert query('urgency:most from:"กรมส่งเสริม" due:<7d คำค้น สองคำ') == node


def test_fields_have_names_in_both_languages_and_no_name_means_two() -> None:
    every = [name for each in FIELDS.values() for name in (*each.thai, *each.english)]
    assert len(every) == len(set(every)) == len(BY_NAME)
    assert FIELDS.keys() == set(Field)
    for field in CHOICES:
        words = [w for _, each in CHOICES[field] for w in (*each.thai, *each.english)]
        assert len(words) == len(set(words)), field


@pytest.mark.parametrize("field", sorted(CHOICES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_that_is_offered_is_understood(field: Field, language: str) -> None:
    name = names.name_of(field, language)
    for word in names.words_of(field, language):
        assert isinstance(query(f"{name}:{word}"), Member)


def test_several_values_of_one_field_and_groups_of_statuses() -> None:
    assert query("ด่วน:ที่สุด,มาก") == Member(Field.URGENCY, (Urgency.MOST_URGENT, Urgency.VERY_URGENT))
    assert query("status:pending") == Member(
        Field.STATUS, (Status.NEW, Status.OPEN, Status.ASSIGNED)
    )
    assert query("ลับ:ลับมาก") == Member(Field.SECRECY, (Secrecy.SECRET,))


def test_exclusion_alternatives_and_brackets() -> None:
    assert query("-ด่วน น้ำท่วม") == And((Not(Text("ด่วน")), Text("น้ำท่วม")))
    assert query('-"๒๕๖๗"') == Not(Text("๒๕๖๗"))
    assert query("น้ำท่วม หรือ ภัยแล้ง OR ไฟป่า") == Or((Text("น้ำท่วม"), Text("ภัยแล้ง"), Text("ไฟป่า")))
    assert query("ด่วน:มาก ก หรือ ข") == Or(
        (And((Member(Field.URGENCY, (Urgency.VERY_URGENT,)), Text("ก"))), Text("ข"))
    )
    assert query("ด่วน:มาก (ก หรือ ข)") == And(
        (Member(Field.URGENCY, (Urgency.VERY_URGENT,)), Or((Text("ก"), Text("ข"))))
    )
    assert query("-(จาก:ก หรือ จาก:ข)") == Not(
        Or((Contains(Field.SENDER, "ก"), Contains(Field.SENDER, "ข")))
    )


def test_quotes_keep_what_would_be_more() -> None:
    assert query('"ด่วน:มาก หรือ -ก"') == Text("ด่วน:มาก หรือ -ก")
    assert query('"น้ำ" "ฝน"') == And((Text("น้ำ"), Text("ฝน")))
    assert query("“น้ำ ฝน”") == Text("น้ำ ฝน")
    # While it is being typed the second quote is not there yet.
    assert query('จาก:"กรมการ') == Contains(Field.SENDER, "กรมการ", quoted=True)


def test_a_space_after_the_colon_is_forgiven() -> None:
    assert query("จาก: กรมการปกครอง") == Contains(Field.SENDER, "กรมการปกครอง")


@pytest.mark.parametrize(
    ("text", "code", "place", "nearest"),
    [
        ("งบ สถนะ:ค้าง", "unknown_field", "สถนะ:", "สถานะ:"),
        ("urgncy:most", "unknown_field", "urgncy:", "urgency:"),
        ("ด่วน:ที่สด งบ", "unknown_value", "ที่สด", "ที่สุด"),
        ("มี:บันทก", "unknown_value", "บันทก", "บันทึก"),
        ("ด่วน:xyzzy", "unknown_value", "xyzzy", None),
        ("งบ จาก:", "no_value", "จาก:", None),
        ('จาก:""', "no_value", 'จาก:""', None),
        ("ครบ:มะม่วง", "bad_day", "มะม่วง", None),
        ("ลงวันที่:31/2/2567", "bad_day", "31/2/2567", None),
        ("ครบ:<9999999d", "bad_day", "<9999999d", None),
        ("ทะเบียน:สิบ", "bad_number", "สิบ", None),
        ("งบ (จาก:ก", "open_bracket", "(", None),
        ("ด่วน:มาก หรือ", "or_end", "หรือ", None),
    ],
)
def test_errors_point_at_their_place_and_suggest(
    text: str, code: str, place: str, nearest: str | None
) -> None:
    wrong = error(text)
    assert (wrong.code, text[slice(*wrong.span)], wrong.nearest) == (code, place, nearest)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("วันนี้", "2024-06-21", "2024-06-21"),
        ("today", "2024-06-21", "2024-06-21"),
        ("พรุ่งนี้", "2024-06-22", "2024-06-22"),
        ("สัปดาห์นี้", "2024-06-17", "2024-06-23"),
        ("nextmonth", "2024-07-01", "2024-07-31"),
        ("ปีนี้", "2024-01-01", "2024-12-31"),
        ("21/6/2567", "2024-06-21", "2024-06-21"),
        ("21/6/67", "2024-06-21", "2024-06-21"),
        ("21/6", "2024-06-21", "2024-06-21"),
        ("2024-06-21", "2024-06-21", "2024-06-21"),
        ("2567-06-21", "2024-06-21", "2024-06-21"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("6/2567", "2024-06-01", "2024-06-30"),
        ("2567", "2024-01-01", "2024-12-31"),
        ("มิ.ย.2567", "2024-06-01", "2024-06-30"),
        ("มิถุนายน 2567", "2024-06-01", "2024-06-30"),
        ("21 มิ.ย. 67", "2024-06-21", "2024-06-21"),
        ("มิ.ย.", "2024-06-01", "2024-06-30"),
        ("1/1/2567..31/1/2567", "2024-01-01", "2024-01-31"),
        ("2024-01..2024-03", "2024-01-01", "2024-03-31"),
        ("พ.ค.2567..มิ.ย.2567", "2024-05-01", "2024-06-30"),
        ("..วันนี้", None, "2024-06-21"),
        ("พรุ่งนี้..", "2024-06-22", None),
        (">=1/6/2567", "2024-06-01", None),
        ("<2567", None, "2023-12-31"),
        ("<7d", None, "2024-06-27"),
        ("<=7วัน", None, "2024-06-28"),
        (">1สัปดาห์", "2024-06-29", None),
        ("7d", "2024-06-21", "2024-06-28"),
        ("1m", "2024-06-21", "2024-07-21"),
        ("เลยกำหนด", None, "2024-06-20"),
    ],
)
def test_days_ahead(text: str, first: str | None, last: str | None) -> None:
    assert days(text, TODAY, ahead=True) == Days(first and day(first), last and day(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("<7d", "2024-06-15", "2024-06-21"),
        (">30d", None, "2024-05-21"),
        ("7d", "2024-06-14", "2024-06-21"),
        ("<1m", "2024-05-22", "2024-06-21"),
    ],
)
def test_distances_of_what_has_been_count_backwards(
    text: str, first: str | None, last: str | None
) -> None:
    assert days(text, TODAY, ahead=False) == Days(first and day(first), last and day(last))


@pytest.mark.parametrize(
    "text", ["", "..", "มะม่วง", "32/1/2567", "13/2567", "1234567", "<7", "0d..x", "29 ก.พ. 2566"]
)
def test_what_is_no_day(text: str) -> None:
    assert days(text, TODAY, ahead=True) is None


def test_a_day_that_is_written_with_spaces_is_one_value() -> None:
    june = Days(day("2024-06-21"), day("2024-06-21"))
    assert query("ลงวันที่:๒๑ มิ.ย. ๒๕๖๗ งบ") == And((When(Field.DATE, june), Text("งบ")))
    assert query("ลงวันที่:2567 งบ") == And(
        (When(Field.DATE, Days(day("2024-01-01"), day("2024-12-31"))), Text("งบ"))
    )


VOCABULARY = Vocabulary(("กรมการปกครอง", "จังหวัด ก", "กรมที่ดิน"), ("สมศรี", "กลุ่มงาน"), ("งบ",))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("ด", ["ด่วน:"]),
        ("งบ สถ", ["สถานะ:"]),
        ("-มี", ["มี:"]),
        ("ur", ["urgency:"]),
        ("ด่วน:", ["ที่สุด", "มาก", "ด่วน", "ปกติ"]),
        ("ด่วน:ที่สุด,ม", ["มาก"]),
        ("urgency:v", ["very_urgent"]),
        ("จาก:", ["กรมการปกครอง", '"จังหวัด ก"', "กรมที่ดิน"]),
        ("จาก:กรมที่", ["กรมที่ดิน"]),
        ('จาก:"จัง', ['"จังหวัด ก"']),
        ("จาก:ปกครอง", ["กรมการปกครอง"]),
        ("หน่วย:ส", ["สมศรี"]),
        ("tag:", ["งบ"]),
        ("ครบ:พ", ["พรุ่งนี้"]),
        ("", []),
        ("งบ ", []),
        ("10:3", []),
        ("เรื่อง:ก", []),
    ],
)
def test_completion(text: str, candidates: list[str]) -> None:
    found = complete(text, len(text), VOCABULARY, language="th")
    assert list(found.candidates)[: len(candidates) or None] == candidates
    for candidate in candidates:
        done, at = found.apply(text, candidate)
        assert done[:at].endswith(candidate)
        if not candidate.endswith(":"):
            query(done)


def test_every_field_with_a_set_of_values_and_every_day_offers_some() -> None:
    for field in (*CHOICES, *DAYS):
        for language in LANGUAGES:
            text = f"{names.name_of(field, language)}:"
            assert complete(text, len(text), VOCABULARY, language=language).candidates
