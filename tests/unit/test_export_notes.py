"""The follow-up list and the cover note."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from export_cases import THAI, TODAY, case, moment, note, registered

from tui_inbox.config import SettingsError, SettingsErrorCode, load_settings
from tui_inbox.config.covers import FIELDS
from tui_inbox.export.case import Case
from tui_inbox.export.comma import csv_bytes
from tui_inbox.export.cover import DOTS, cover
from tui_inbox.export.followup import followup
from tui_inbox.export.handling import Handling, Step
from tui_inbox.export.plain import plain_text
from tui_inbox.export.writing import Writing
from tui_inbox.ledger import Record, Status
from tui_inbox.letter import Action, Ask, Basis, Deadline, Document, Kind, Secrecy, Urgency
from tui_inbox.locale import Messages
from tui_inbox.thai.cells import cells

# The follow-up list


def listed(*cases: Case, **options):
    return followup(cases, THAI, office="อำเภอแม่ทา", made=TODAY, **options)


def given(who: str | None, **fields) -> Record:
    return Record("", Status.ASSIGNED if who else Status.NEW, assignee=who, **fields)


def subjects(sheet) -> list[list[str]]:
    place = [column.head for column in sheet.columns].index("เรื่อง")
    return [[row[place] for row in group.rows] for group in sheet.groups]


def test_open_letters_stand_by_unit_the_oldest_first_and_closed_ones_not_at_all() -> None:
    found = listed(
        case("a", subject="ใหม่", received=moment(24), record=given("ปกครอง")),
        case("b", subject="เก่า", received=moment(2), record=given("ปกครอง")),
        case("c", subject="ของใคร", record=given(None)),
        case("d", subject="เสร็จแล้ว", record=Record("", Status.ACTIONED, assignee="ปกครอง")),
        case("e", subject="ทะเบียน", record=given("ทะเบียน")),
    )
    assert [group.name for group in found.groups] == [
        "ทะเบียน (1 ฉบับ)",
        "ปกครอง (2 ฉบับ)",
        "ยังไม่ได้มอบหมาย (1 ฉบับ)",
    ]
    assert ["เก่า", "ใหม่"] in subjects(found)
    assert found.foot == ("รวม 4 ฉบับ เลยกำหนด 0 ฉบับ",)


def test_the_settings_units_come_first_in_their_order() -> None:
    cases = [case(who, record=given(who)) for who in ("ก", "ข", "ค")]
    found = listed(*cases, units=("ค", "ข"))
    assert [group.name for group in found.groups] == ["ค (1 ฉบับ)", "ข (1 ฉบับ)", "ก (1 ฉบับ)"]


def test_the_list_can_be_of_one_unit_or_of_what_is_overdue() -> None:
    cases = [
        case("a", subject="หนึ่ง", record=given("ก"), deadlines=("2026-11-20",)),
        case("b", subject="สอง", record=given("ก")),
        case("c", subject="สาม", record=given("ข"), deadlines=("2026-11-25",)),
    ]
    assert subjects(listed(*cases, only="ก")) == [["หนึ่ง", "สอง"]]
    assert subjects(listed(*cases, overdue=True)) == [["หนึ่ง"]]


def test_due_and_waiting_are_said_in_days() -> None:
    (row,) = listed(case(deadlines=("2026-11-20",), received=moment(15))).rows
    assert "20 พ.ย. 2569 (เลยกำหนด 5 วัน)" in row
    assert "10 วัน" in row
    assert "25 พ.ย. 2569 (วันนี้)" in listed(case(deadlines=("2026-11-25",))).rows[0]
    assert "26 พ.ย. 2569" in listed(case(deadlines=("2026-11-26",))).rows[0]


def test_a_flat_list_has_the_unit_as_a_column() -> None:
    found = listed(case(record=given("ก")), flat=True)
    assert found.columns[0].head == "ผู้รับผิดชอบ"
    assert found.rows[0][0] == "ก"
    assert "ผู้รับผิดชอบ" in csv_bytes(found).decode("utf-8-sig").splitlines()[0]
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_a_secret_letter_is_listed_without_its_matter() -> None:
    secret = case(
        secrecy=Secrecy.SECRET,
        subject=None,
        number="ลพ 1/2",
        record=given("ก", notes=(note("ร้องเรียน"),)),
    )
    text = plain_text(listed(secret))
    assert "(เอกสารลับมาก)" in text
    assert "ลพ 1/2" in text
    assert "ร้องเรียน" not in text


def test_as_text_every_line_fits_and_nothing_is_cut_off() -> None:
    subject = "การเตรียมความพร้อมป้องกันและแก้ไขปัญหาไฟป่า " * 6
    text = plain_text(
        listed(case(subject=subject, sender="จังหวัดลำพูน", record=given("ก"))), width=60
    )
    lines = text.splitlines()
    assert all(cells(line) <= 60 for line in lines)
    assert "".join(subject.split()) in "".join(text.split())
    assert lines[0] == "บัญชีติดตามเรื่องค้างดำเนินการ"
    assert next(line for line in lines if line.startswith("1."))
    assert text.endswith("รวม 1 ฉบับ เลยกำหนด 0 ฉบับ\n")


def test_an_empty_list_says_so() -> None:
    assert plain_text(listed()).endswith("รวม 0 ฉบับ เลยกำหนด 0 ฉบับ\n")


# The cover note

DEADLINE = Deadline("2026-12-04", "16:30", Basis.ABSOLUTE, None, "ภายใน", (0, 1))
ASKS = (
    Ask("จึงขอให้สำรวจรถน้ำ", (0, 1)),
    Ask("2. รายงานผล", (2, 3)),
    # Neither asks anything else.
    Ask("จึงเรียนมาเพื่อพิจารณาดำเนินการ", (4, 5)),
    Ask("ทั้งนี้ หากมีข้อสงสัยโปรดติดต่อกลุ่มงานปกครอง", (6, 7)),
)


def full(**fields) -> Case:
    fields = {
        "number": "ลพ 0021/ว 41", "date": "2026-11-20", "sender": "จังหวัดลำพูน", "subject": "ไฟป่า",
        "urgency": Urgency.URGENT, "action": Action.ACT, "deadlines": ("2026-12-04",),
        "documents": (Document(Kind.EXTERNAL_LETTER, (0, 9), asks=ASKS, deadlines=(DEADLINE,)),),
        "record": registered(12, notes=(note("โทรแล้ว"),), assignee="ปลัด"),
        "handling": Handling(registered=Step("มานี", moment(21))),
    } | fields  # fmt: skip
    return case(**fields)


def covered(
    one: Case, template: str | None = None, *, writing: Writing = THAI, to: str | None = None
) -> str:
    return cover(one, template, writing, to=to, author="สมศรี", office="อำเภอแม่ทา", today=TODAY)


def test_the_built_in_note_says_who_what_and_by_when() -> None:
    assert (
        covered(full())
        == """เรียน ปลัด

    ด้วยจังหวัดลำพูนมีหนังสือ ที่ ลพ 0021/ว 41 ลงวันที่ 20 พฤศจิกายน 2569 เรื่อง ไฟป่า
    ชั้นความเร็ว ด่วน
    เลขทะเบียนรับ 12 รับวันที่ 21 พฤศจิกายน 2569
    ขอให้ดำเนินการ ดังนี้
    1. ขอให้สำรวจรถน้ำ
    2. รายงานผล
    กำหนดภายในวันที่ 4 ธันวาคม 2569 เวลา 16.30 น.

    จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ

                              (สมศรี)
                              อำเภอแม่ทา
                              25 พฤศจิกายน 2569
"""
    )


def test_lines_of_which_nothing_is_known_are_left_out() -> None:
    bare = covered(case(subject="แจ้งดับไฟ", sender="การไฟฟ้า", action=Action.ACKNOWLEDGE))
    assert "ชั้นความเร็ว" not in bare
    assert "กำหนดภายใน" not in bare
    assert "ขอให้ดำเนินการ" not in bare
    assert "ที่ – ลงวันที่ – เรื่อง แจ้งดับไฟ" in bare
    assert "เพื่อโปรดทราบ" in bare
    assert bare.startswith(f"เรียน {DOTS}\n")


def test_who_is_named_gets_it_before_who_has_the_letter() -> None:
    assert covered(full(), to="นายอำเภอ").startswith("เรียน นายอำเภอ\n")


def test_a_time_of_another_day_s_deadline_is_not_the_due_day_s() -> None:
    one = full(record=Record("", due="2026-12-01"))
    assert covered(one, "{due}") == "1 ธันวาคม 2569\n"


@pytest.mark.parametrize(("name", "thai"), FIELDS.items())
def test_every_field_has_a_value_under_both_names(name: str, thai: str) -> None:
    one = full(secrecy=Secrecy.CONFIDENTIAL) if name == "secrecy" else full()
    english = covered(one, f"[{{{name}}}]")
    assert covered(one, f"[{{{thai}}}]") == english
    assert len(english) > len("[–]\n")


def test_values_are_never_templates() -> None:
    hostile = "{subject} {เรื่อง} {0} {__class__} %s $x \\1"
    assert covered(full(subject=hostile), "เรื่อง {subject}") == f"เรื่อง {hostile}\n"


def test_thai_digits_are_those_of_the_values() -> None:
    text = covered(full(), "ข้อ 1 {number}", writing=Writing(Messages("th"), True))
    assert text == "ข้อ 1 ลพ ๐๐๒๑/ว ๔๑\n"


def test_the_note_of_a_secret_letter_says_nothing_of_its_matter() -> None:
    secret = full(secrecy=Secrecy.CONFIDENTIAL, subject=None, documents=())
    text = covered(secret) + covered(secret, "{note}{asks}{subject}")
    assert "(เอกสารลับ)" in text
    for said in ("ไฟป่า", "สำรวจ", "โทรแล้ว"):
        assert said not in text


def test_a_letter_without_a_subject_is_passed_on_with_a_summary() -> None:
    assert covered(full(subject=None), "{subject}") == "(สรุป) ขอให้สำรวจรถน้ำ\n"


def test_the_note_is_worded_in_english_too() -> None:
    text = covered(full(), writing=Writing(Messages("en")))
    assert "To: ปลัด" in text
    assert "Due: 2026-12-04 at 16.30" in text


# Templates in the settings


def settings_of(tmp_path: Path, text: str):
    file = tmp_path / "user.toml"
    file.write_text(text, "utf-8")
    return load_settings(user=file, environ={})


def test_covers_are_settings_of_several_lines_by_names_of_one_s_own(tmp_path: Path) -> None:
    found = settings_of(tmp_path, '[covers]\n"ส่งต่อ" = """\nเรียน {เรียน}\n\t{ subject }"""\n')
    assert found.covers == {"ส่งต่อ": "เรียน {เรียน}\n\t{ subject }"}
    assert covered(full(), found.covers["ส่งต่อ"]) == "เรียน ปลัด\n\tไฟป่า\n"


def test_an_unknown_field_is_an_error_that_names_it_and_the_right_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, 'language = "th"\n[covers]\na = "x"\nb = "เรียน {เรียน} {subjct}"\n')
    error = caught.value
    assert (error.code, error.key, error.line) == (SettingsErrorCode.UNKNOWN_FIELD, "covers.b", 4)
    assert (error.details["field"], error.nearest) == ("subjct", "subject")


@pytest.mark.parametrize(
    "text", ['a = ""', 'a = " \\n "', 'a = "x\\u001b[2J"', f'a = "{"x" * 5001}"']
)
def test_a_cover_without_words_or_with_control_characters_is_an_error(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_of(tmp_path, f"[covers]\n{text}\n")
    assert caught.value.code is SettingsErrorCode.BAD_LINES
    assert caught.value.details["longest"] == "5000"


def test_a_cover_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    for text in ("[covers]\na = 1\n", "covers = 1\n"):
        with pytest.raises(SettingsError) as caught:
            settings_of(tmp_path, text)
        assert caught.value.code is SettingsErrorCode.WRONG_TYPE


def test_today_is_the_day_that_is_given() -> None:
    assert covered(full(), "{วันนี้}") == f"{THAI.long_date(dt.date(2026, 11, 25).isoformat())}\n"
