"""What a query shows: fields, saved views, orders, rank, near matches, through the inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_related import letter
from tui_inbox.config import OfficeSettings, Settings, UserSettings, WatchSettings
from tui_inbox.service import Inbox
from tui_inbox.service.near import LONGEST, Known, near
from tui_inbox.thai.collation import collation_key
from tui_inbox.thai.folding import fold_for_search as fold
from tui_inbox.triage import Query, Sort, Status, View
from tui_inbox.triage.query import QueryError, is_plain
from tui_inbox.triage.sorting import in_order

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)
REPORT = "\nจึงขอให้อำเภอรายงานผลให้จังหวัดทราบ ภายในวันที่ ๒๕ มิถุนายน ๒๕๖๗\n"
FILES = {
    "water": "ด่วนที่สุด\n"
    + letter("สข ๐๐๒๓/ว ๑๑", "๓ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำ", more=REPORT),
    "fair": letter("สข ๐๐๒๓/ว ๒๒", "๑๐ มิถุนายน ๒๕๖๗", "การจัดงานประจำปี"),
    "land": letter("มท ๐๕๑๐/ว ๓๓", "๑๗ มกราคม ๒๕๖๗", "การรังวัดที่ดิน", sender="กรมที่ดิน"),
    "mention": letter(
        "มท ๐๕๑๐/ว ๔๔", "๑๙ มิถุนายน ๒๕๖๗", "หนังสือทั่วไป", sender="กรมที่ดิน",
        more="\nในโอกาสนี้มีการจัดงานประจำปีของอำเภอ\n",
    ),
    "secret": "ลับมาก\n" + letter("สข ๐๐๒๓/๕๕", "๑๘ มิถุนายน ๒๕๖๗", "การจัดงานประจำปีลับ"),
}  # fmt: skip
VIEWS = {"จากกรม": "จาก:กรม", "เสร็จจากกรม": "จาก:กรม สถานะ:เสร็จ", "ผิด": "ด่วน:xyz"}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    base = tmp_path_factory.mktemp("boards")
    folder = base / "in"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    chosen = Settings(
        user=UserSettings(name="สมหญิง"),
        office=OfficeSettings(name="อำเภอสุขใจ", units=("ฝ่ายปกครอง",)),
        watch=WatchSettings(delay=0.05),
        views=VIEWS,
    )
    with Inbox.open(folder, chosen, cache_dir=base / "cache", clock=lambda: NOW) as made:
        made.refresh()
        fair, land = (made.find(f"{name}.txt") for name in ("fair", "land"))
        made.note(fair[0], "โทรประสานกองช่างแล้ว")
        made.tag(fair, add=("งบ", "เร่งรัด"))
        made.assign(fair, "สมหญิง")
        made.mark(land, Status.ACTIONED)
        yield made


def names(inbox: Inbox, text: str, **more: object) -> set[str]:
    query = Query(view=View.ALL, text=text)
    rows = inbox.board(msgspec.structs.replace(query, **more)).rows
    return {row.path.removesuffix(".txt") for row in rows}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ด่วน:ที่สุด", {"water"}),
        ("urgency:most,normal จาก:จังหวัด", {"water", "fair", "secret"}),
        ("จาก:กรม", {"land", "mention"}),
        ('from:"กรมที่ดิน" -สถานะ:เสร็จ', {"mention"}),
        ("สถานะ:ยังไม่เสร็จ จาก:กรม", {"mention"}),
        ("มุมมอง:ดำเนินการแล้ว", {"land"}),
        ("เรื่อง:งานประจำปี", {"fair"}),
        ("งานประจำปี", {"fair", "mention"}),
        ("งานประจำปี -เรื่อง:งาน", {"mention"}),
        ("งานประจำปี หรือ รังวัด", {"fair", "mention", "land"}),
        ("(งานประจำปี หรือ รังวัด) จาก:กรม", {"mention", "land"}),
        ("ที่:มท0510", {"land", "mention"}),
        ("no:๐๐๒๓/ว๑๑", {"water"}),
        ("ครบ:<7d", {"water"}),
        ("ครบ:25/6/2567", {"water"}),
        ("ครบ:ไม่มี", {"fair", "land", "mention", "secret"}),
        ("มี:กำหนด", {"water"}),
        ("ลงวันที่:1/1/2567..31/1/2567", {"land"}),
        ("date:2024-06", {"water", "fair", "mention", "secret"}),
        ("ลงวันที่:<7d", {"mention", "secret"}),
        ("ลว:มิ.ย.2567 จาก:กรม", {"mention"}),
        ("received:2000..2001", set()),
        ("รับ:วันนี้", {"water", "fair", "land", "mention", "secret"}),
        ("มี:บันทึก", {"fair"}),
        ("-มี:บันทึก จาก:จังหวัด", {"water", "secret"}),
        ("บันทึก:กองช่าง", {"fair"}),
        ("กองช่าง", {"fair"}),
        ("ป้าย:งบ", {"fair"}),
        ("tag:ง", set()),
        ("มอบ:ฉัน", {"fair"}),
        ("assignee:none สถานะ:ยังไม่เสร็จ", {"water", "mention", "secret"}),
        ('assignee:"none"', set()),
        ("ถึง:นายอำเภอ", {"water", "fair", "land", "mention"}),
        ("ถึง:เรา", set()),
        ("ลับ:มาก", {"secret"}),
        ("has:secret", {"secret"}),
        ("ชนิด:ภายนอก", {"water", "fair", "land", "mention", "secret"}),
        ("ไฟล์:fair", {"fair"}),
        ("ทะเบียน:1", set()),
        ("การปฏิบัติ:ดำเนินการ จาก:จังหวัด -มี:ลับ -เรื่อง:งาน", {"water"}),
        ("ประชุม:ไม่มี จาก:กรม", {"land", "mention"}),
    ],
)  # fmt: skip
def test_each_field_asks_what_its_name_says(inbox: Inbox, text: str, found: set[str]) -> None:
    assert names(inbox, text) == found


def test_the_other_filters_and_the_counts_stay_right(inbox: Inbox) -> None:
    board = inbox.board(Query(view=View.INBOX, text="จาก:กรม"))
    assert len(board.rows) == board.views[View.INBOX] == 1
    assert board.views[View.ALL] == 2
    assert board.senders == (("กรมที่ดิน", 1),)
    assert board.total == len(FILES)


def test_an_error_is_told_by_the_inbox_and_nothing_is_guessed(inbox: Inbox) -> None:
    with pytest.raises(QueryError):
        inbox.board(Query(text="ด่วน:xyz"))


PIECES = (
    "การจัดงาน", "ประจำปี", "น้ำ", "นํ้า", "๑๑", "11", "ก", "่", " ", "\n", "/ว", "กองช่าง", "fair", ".txt", "หรือ",
    "0023", "๐๐๒๓/ว ๑๑", "x", "เทศ", "สข",
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
def test_words_find_exactly_the_letters_that_contain_them(inbox: Inbox, text: str) -> None:
    """The yardstick is Python's ``in`` over everything that is folded of a letter."""
    if not text.strip() or not is_plain(text, today=NOW.date()):
        return
    expected = set()
    for row in inbox.board(Query(view=View.ALL)).rows:
        record = inbox.record(row.id)
        body = "" if row.secrecy != "none" else FILES[row.path.removesuffix(".txt")]
        head = [row.number, row.sender, row.subject, *row.recipients]
        people = [note.text for note in record.notes] + list(record.tags) + [record.assignee or ""]
        if any(
            fold(text.strip()) in fold(part) for part in (body, *head, row.path, *people) if part
        ):
            expected.add(row.path.removesuffix(".txt"))
    assert names(inbox, text) == expected


# Saved views


def test_saved_views_show_what_is_open_unless_they_say_more(inbox: Inbox) -> None:
    assert names(inbox, "", saved="จากกรม", view=View.DONE) == {"mention"}
    assert names(inbox, "", saved="เสร็จจากกรม") == {"land"}
    assert names(inbox, "หนังสือทั่วไป", saved="จากกรม") == {"mention"}
    assert inbox.board(Query()).saved == (("จากกรม", 1), ("เสร็จจากกรม", 1), ("ผิด", 0))
    with pytest.raises(QueryError):
        inbox.board(Query(saved="ผิด"))
    with pytest.raises(KeyError):
        inbox.board(Query(saved="ไม่มี"))


# Orders


def order(inbox: Inbox, sort: Sort, *, backwards: bool = False, text: str = "") -> list[str]:
    query = Query(view=View.ALL, text=text, sort=sort, backwards=backwards)
    return [row.path.removesuffix(".txt") for row in inbox.board(query).rows]


def test_sorting_by_columns(inbox: Inbox) -> None:
    assert order(inbox, Sort.DATE) == ["mention", "secret", "fair", "water", "land"]
    assert order(inbox, Sort.DATE, backwards=True)[0] == "land"
    assert order(inbox, Sort.DUE)[0] == order(inbox, Sort.DUE, backwards=True)[0] == "water"
    assert set(order(inbox, Sort.SENDER)[:2]) == {"land", "mention"}
    assert order(inbox, Sort.NUMBER)[:2] == ["land", "mention"]
    assert order(inbox, Sort.STATUS)[-1] == "land"
    assert order(inbox, Sort.ASSIGNEE)[0] == "fair"
    assert order(inbox, Sort.SUBJECT)[-1] == "secret"


def test_every_order_shows_every_row(inbox: Inbox) -> None:
    for sort in Sort:
        for backwards in (False, True):
            assert sorted(order(inbox, sort, backwards=backwards)) == sorted(FILES)


def test_rows_without_a_value_come_last_both_ways(inbox: Inbox) -> None:
    rows = inbox.board(Query(view=View.ALL)).rows
    for backwards in (False, True):
        order = in_order(range(len(rows)), rows, Sort.ASSIGNEE, backwards=backwards)
        assert rows[order[0]].assignee == "สมหญิง"


def test_thai_words_sort_as_in_the_dictionary() -> None:
    words = ["เกาะ", "กลุ่ม", "แก้ว", "ขอ", "กาน", "เขา", "๑๐", "2"]
    assert sorted(words, key=collation_key) == [
        "2", "๑๐", "กลุ่ม", "กาน", "เกาะ", "แก้ว", "ขอ", "เขา",
    ]  # fmt: skip


# Search, ranked


def test_number_and_subject_come_before_text_and_newer_before_older(inbox: Inbox) -> None:
    found = inbox.search("งานประจำปี")
    assert [hit.row.path for hit in found.hits] == ["fair.txt", "mention.txt"]
    assert found.total == 2
    assert found.near == ()
    hit = found.hits[1]
    assert hit.snippet is not None
    assert [hit.snippet[start:end] for start, end in hit.spans] == ["งานประจำปี"]
    assert inbox.search("งานประจำปี", limit=1).total == 2
    assert order(inbox, Sort.RELEVANCE, text="งานประจำปี") == ["fair", "mention"]


def test_a_note_is_shown_where_it_was_found(inbox: Inbox) -> None:
    (hit,) = inbox.search("กองช่าง").hits
    assert hit.snippet == "โทรประสานกองช่างแล้ว"


def test_no_word_of_a_secret_letter_is_shown(inbox: Inbox) -> None:
    (hit,) = inbox.search("0023/55").hits
    assert hit.row.path == "secret.txt"
    assert hit.snippet is None
    assert "secret" not in names(inbox, "งานประจำปีลับ")


# Near


def offers(inbox: Inbox, text: str) -> dict[str, str]:
    assert inbox.board(Query(view=View.ALL, text=text)).rows == ()
    return {one.query: one.kind.value for one in inbox.near(text)}


def test_near_matches_are_queries_that_find_something(inbox: Inbox) -> None:
    for typed in ("แหลงน้ำ", "งานประจำปื", "ว 12", "กรมทีดิน", "งานประจำปี จัดงาน", "d'kogkp"):
        for one in inbox.near(typed):
            found = inbox.board(Query(view=View.ALL, text=one.query)).rows
            assert len(found) == one.count > 0


@pytest.mark.parametrize(
    ("typed", "query", "kind"),
    [
        ("iy';yf", "รังวัด", "layout"),
        ("ประจำปี การจัดงาน", '"ประจำปี" "การจัดงาน"', "words"),
        ("สข 0063/ว 11", 'ที่:"สข 0023/ว 11"', "number"),
        ("มท 0510/ว 84", 'ที่:"มท 0510/ว 44"', "number"),
        ("แหลงนำ", "แหล่งน้ำ", "subject"),
        ("ประจําปื", "ประจำปี", "ocr"),
        ("กรมทีดีน", 'จาก:"กรมที่ดิน"', "sender"),
    ],
)
def test_what_may_have_been_meant(inbox: Inbox, typed: str, query: str, kind: str) -> None:
    found = offers(inbox, typed)
    assert found.get(query) == kind, found


def test_nothing_near_is_offered_where_nothing_is_alike(inbox: Inbox) -> None:
    assert offers(inbox, "qqqqzzzzxxxx") == {}


@pytest.mark.parametrize("typed", ["งาน\udcff", "ที่:\udcff", "จาก:\udcff", "\udcff งาน", '"\udcff"'])
def test_bytes_that_are_no_text_are_found_nowhere(inbox: Inbox, typed: str) -> None:
    assert inbox.search(typed).hits == ()


def test_of_a_pasted_paragraph_no_characters_are_exchanged() -> None:
    asked: list[str] = []

    def holds(text: str) -> bool:
        asked.append(text)
        return False

    known = Known(numbers=(), senders=(), subjects=())
    for length, searched in ((LONGEST, True), (LONGEST + 1, False)):
        asked.clear()
        typed = "ก" * length
        assert near(typed, known, today=NOW.date(), fold=str, holds=holds, count=lambda _: 0) == ()
        assert bool(asked) is searched


def test_the_vocabulary_is_what_the_inbox_holds(inbox: Inbox) -> None:
    known = inbox.vocabulary()
    assert set(known.senders) == {"จังหวัดสุขใจ", "กรมที่ดิน"}
    assert known.people == ("ฝ่ายปกครอง", "สมหญิง")
    assert set(known.tags) == {"งบ", "เร่งรัด"}
