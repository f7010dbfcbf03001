"""The calendar: what becomes an entry, what a second export changes, read back by another library."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import vobject
from export_cases import THAI, TODAY, case, moment, registered
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.config import OfficeSettings, Settings, UserSettings
from tui_inbox.export.agenda import Entry, State, What, agenda
from tui_inbox.export.case import Case
from tui_inbox.export.handling import Handling, Step, handlings
from tui_inbox.export.ics import Deadlines, ics_bytes
from tui_inbox.ledger import Edit, HistoryItem, Op, Record, Status
from tui_inbox.letter import (
    Ask,
    Basis,
    Cited,
    Deadline,
    Document,
    Event,
    EventStatus,
    Kind,
    Secrecy,
    Urgency,
)
from tui_inbox.locale import Messages
from tui_inbox.service import Inbox

SINCE = dt.date(2026, 11, 1)
SAMPLES = Path(__file__).parents[2] / "inbox"


def event(
    start: str | None, end: str | None = None, status=EventStatus.SCHEDULED, place="ห้องประชุม 1"
) -> Event:
    return Event(start, end, place, status, f"ในวัน {start}", (0, 1))


def deadline(date: str | None, time: str | None = None) -> Deadline:
    return Deadline(date, time, Basis.ABSOLUTE, None, f"ภายในวันที่ {date}", (0, 1))


def letter(id: str, *, document: dict | None = None, **fields) -> Case:
    """A letter of one document, with the head that the catalogue would have of it."""
    held = Document(Kind.EXTERNAL_LETTER, (0, 9), **(document or {}))
    fields.setdefault("number", held.number)
    fields.setdefault("sender", held.sender)
    fields.setdefault("subject", held.subject)
    return case(id, documents=(held,), **fields)


def invitation(**more) -> dict:
    return {
        "number": "ลพ 0017.2/ว 3988", "date": "2026-11-12", "sender": "จังหวัดลำพูน",
        "subject": "ขอเชิญประชุมหัวหน้าส่วนราชการ ครั้งที่ 11/2569", "events": (event("2026-12-03T09:30", "2026-12-03T12:00"),),
    } | more  # fmt: skip


def calling_off(status=EventStatus.CANCELLED, **more) -> dict:
    return {
        "number": "ลพ 0017.2/ว 4109", "date": "2026-11-19", "sender": "จังหวัดลำพูน",
        "subject": "ขอเลื่อนการประชุมหัวหน้าส่วนราชการ ครั้งที่ 11/2569",
        "events": (event("2026-12-03T09:30", status=status),),
        "references": (Cited("หนังสือจังหวัดลำพูน", "ลพ 0017.2/ว 3988", "2026-11-12"),),
    } | more  # fmt: skip


def entries(*cases: Case, since: dt.date = SINCE) -> list[Entry]:
    return agenda(cases, THAI, since=since)


def read(data: bytes):
    """The calendar as another library understands it."""
    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    return calendar


def written(found: list[Entry], **options):
    options = {"name": "อำเภอแม่ทา", "today": TODAY} | options
    return read(ics_bytes(found, Messages("th"), **options))


# What becomes an entry


def test_a_meeting_has_its_time_in_thailand_and_its_place() -> None:
    (found,) = entries(letter("a", document=invitation()))
    assert found.state is State.OPEN
    (made,) = written([found]).vevent_list
    assert made.dtstart.value.isoformat() == "2026-12-03T09:30:00+07:00"
    assert made.dtend.value.isoformat() == "2026-12-03T12:00:00+07:00"
    assert made.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Bangkok"]
    assert made.location.value == "ห้องประชุม 1"
    assert made.summary.value == "ขอเชิญประชุมหัวหน้าส่วนราชการ ครั้งที่ 11/2569"
    assert made.status.value == "CONFIRMED"
    assert "หนังสือที่ ลพ 0017.2/ว 3988 ลงวันที่ 12 พ.ย. 2569 จาก จังหวัดลำพูน" in made.description.value


@pytest.mark.parametrize(
    ("start", "end", "first", "after"),
    [
        ("2026-12-03", None, dt.date(2026, 12, 3), None),
        ("2026-12-03", "2026-12-04", dt.date(2026, 12, 3), dt.date(2026, 12, 5)),
        ("2026-12-03", "2026-12-01", dt.date(2026, 12, 3), None),
        ("2026-12-03", "2026-12-03T12:00", dt.date(2026, 12, 3), None),
        ("2026-12-03T24:00", None, dt.date(2026, 12, 3), None),
    ],
)
def test_whole_days_end_where_the_next_begins_and_an_end_that_cannot_be_is_left_out(
    start: str, end: str | None, first: dt.date, after: dt.date | None
) -> None:
    found = entries(letter("a", document=invitation(events=(event(start, end),))))
    (made,) = written(found).vevent_list
    assert made.dtstart.value == first
    assert (made.dtend.value if hasattr(made, "dtend") else None) == after


def test_an_event_without_a_day_is_no_entry() -> None:
    assert entries(letter("a", document=invitation(events=(event(None), event("2026-12"))))) == []


def test_a_deadline_is_a_whole_day_that_every_client_shows() -> None:
    held = letter(
        "a",
        document={
            "subject": "ให้รายงาน",
            "deadlines": (deadline("2026-11-27", "16:30"), deadline(None)),
        },
    )
    (found,) = entries(held)
    (made,) = written([found]).vevent_list
    assert made.dtstart.value == dt.date(2026, 11, 27)
    assert made.summary.value == "ครบกำหนด 16.30 น.: ให้รายงาน"
    assert made.transp.value == "TRANSPARENT"
    assert "ภายในวันที่ 2026-11-27" in made.description.value


def test_deadlines_can_be_tasks_or_both() -> None:
    found = entries(
        letter("a", urgency=Urgency.MOST_URGENT, document={"deadlines": (deadline("2026-11-27"),)})
    )
    tasks = written(found, deadlines=Deadlines.TASKS)
    assert "vevent" not in tasks.contents
    (task,) = tasks.vtodo_list
    assert (task.due.value, task.status.value, task.priority.value) == (
        dt.date(2026, 11, 27),
        "NEEDS-ACTION",
        "1",
    )
    both = written(found, deadlines=Deadlines.BOTH)
    assert both.vevent.uid.value != both.vtodo.uid.value


def test_what_was_dealt_with_is_completed_and_rings_no_more() -> None:
    done = letter(
        "a",
        document={"deadlines": (deadline("2026-11-27"),)},
        record=Record("a", Status.ACTIONED),
        handling=Handling(closed=Step("มานี", moment(24))),
    )
    found = entries(done)
    task = written(found, deadlines=Deadlines.TASKS).vtodo
    assert (task.status.value, task.percent_complete.value) == ("COMPLETED", "100")
    assert task.completed.value == moment(24)
    made = written(found).vevent
    assert made.summary.value.startswith("[ดำเนินการแล้ว] ครบกำหนด")
    assert "valarm" not in made.contents


def test_a_date_that_a_person_set_is_an_entry_and_rings_in_the_place_of_the_letter_s() -> None:
    found = entries(
        letter(
            "a",
            document={"deadlines": (deadline("2026-12-04"),)},
            record=Record("a", due="2026-12-01"),
        )
    )
    by_day = {made.dtstart.value: made for made in written(found).vevent_list}
    assert "valarm" in by_day[dt.date(2026, 12, 1)].contents
    assert "valarm" not in by_day[dt.date(2026, 12, 4)].contents


def test_a_date_that_was_taken_away_again_is_cancelled_under_its_name() -> None:
    before = entries(letter("a", record=Record("a", due="2026-12-01")))
    history = [
        HistoryItem(
            1, Op.DUE, "มานี", moment(20), 1, "h", (Edit("a", "due", None, None, "2026-12-01"),)
        ),
        HistoryItem(
            2, Op.UNDO, "มานี", moment(21), 1, "h", (Edit("a", "due", None, "2026-12-01", None),), 1
        ),
    ]
    after = entries(letter("a", handling=handlings(history)["a"]))
    assert [entry.uid for entry in after] == [entry.uid for entry in before]
    assert written(after).vevent.status.value == "CANCELLED"
    again = handlings(
        [*history, HistoryItem(3, Op.REDO, "มานี", moment(22), 1, "h", history[0].edits, 1)]
    )
    assert again["a"].withdrawn is None


def test_what_lies_before_the_first_day_is_left_out() -> None:
    held = letter("a", document={"deadlines": (deadline("2026-10-31"), deadline("2026-11-01"))})
    assert [entry.day for entry in entries(held)] == [dt.date(2026, 11, 1)]


def test_secret_letters_give_no_entry() -> None:
    held = letter(
        "a", secrecy=Secrecy.CONFIDENTIAL, document={"deadlines": (deadline("2026-11-27"),)}
    )
    assert entries(held) == []


# Reminders


def triggers(component) -> list[dt.timedelta]:
    return sorted(alarm.trigger.value for alarm in component.valarm_list)


def test_reminders_come_the_day_before_and_on_the_day() -> None:
    found = entries(
        letter("a", document=invitation()),
        letter("b", document={"deadlines": (deadline("2026-11-27"),)}),
    )
    due, meeting = written(found).vevent_list
    assert triggers(due) == [dt.timedelta(hours=-15.5), dt.timedelta(hours=8.5)]
    assert triggers(meeting) == [dt.timedelta(days=-1), dt.timedelta(hours=-1)]
    due, meeting = written(found, remind=3).vevent_list
    assert triggers(due)[0] == dt.timedelta(hours=8.5) - dt.timedelta(days=3)
    assert triggers(written(found, remind=0).vevent_list[1]) == [dt.timedelta(hours=-1)]
    assert all("valarm" not in made.contents for made in written(found, remind=None).vevent_list)
    task = written(found, deadlines=Deadlines.TASKS).vtodo
    assert task.valarm_list[0].trigger.params["RELATED"] == ["END"]


def test_what_is_past_rings_no_more() -> None:
    found = entries(
        letter("a", document={"deadlines": (deadline("2026-11-24"), deadline("2026-11-25"))})
    )
    past, today = written(found).vevent_list
    assert "valarm" not in past.contents
    assert "valarm" in today.contents


# What a second export changes


@pytest.mark.parametrize("status", [EventStatus.CANCELLED, EventStatus.POSTPONED])
def test_a_meeting_that_another_letter_calls_off_is_cancelled_under_its_own_name(status) -> None:
    invited = letter("a", document=invitation())
    (before,) = entries(invited)
    off = calling_off(status)
    if status is EventStatus.POSTPONED:
        off["events"] += (event("2026-12-08T13:30", place="ห้องประชุมเดิม"),)
    later = letter("b", document=off, received=moment(23))
    after = {entry.uid: entry for entry in entries(invited, later)}
    assert after[before.uid].state is State.CANCELLED
    assert after[before.uid].sequence > before.sequence
    assert after[before.uid].revised > before.revised
    assert "ลพ 0017.2/ว 4109" in after[before.uid].description
    rest = [entry for uid, entry in after.items() if uid != before.uid]
    if status is EventStatus.CANCELLED:
        assert rest == []
    else:
        (new,) = rest
        assert (new.state, new.day) == (State.OPEN, dt.date(2026, 12, 8))
        assert new.place == "ห้องประชุมเดิม (ห้องประชุม 1)"


def test_a_meeting_is_found_by_sender_subject_and_day_where_its_number_is_not_cited() -> None:
    off = letter("b", document=calling_off(references=()), received=moment(23))
    assert [entry.state for entry in entries(letter("a", document=invitation()), off)] == [
        State.CANCELLED
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"events": (event("2026-12-10T09:30", status=EventStatus.CANCELLED),)},
        {"references": (), "subject": "ขอเลื่อนการประชุมหัวหน้าส่วนราชการ ครั้งที่ 12/2569"},
        {"references": (), "sender": "จังหวัดเชียงใหม่"},
        {"references": (Cited("x", "ลพ 0017.2/ว 3988", "2025-11-12"),), "sender": "กรมการปกครอง"},
        {"date": "2026-11-01"},
    ],
    ids=[
        "another day",
        "another meeting",
        "another sender",
        "last year's number",
        "an older letter",
    ],
)
def test_a_meeting_that_may_be_another_stays(other: dict) -> None:
    off = letter("b", document=calling_off(**other), received=moment(23))
    found = {entry.uid: entry.state for entry in entries(letter("a", document=invitation()), off)}
    assert found["a-m1@tui-inbox"] is State.OPEN
    assert found["b-m1@tui-inbox"] is State.CANCELLED


def test_names_stay_and_the_count_grows_with_what_is_done() -> None:
    document = {"deadlines": (deadline("2026-11-27"), deadline("2026-12-04"))}
    before = entries(letter("a", document=document))
    touched = entries(
        letter("a", document=document, record=Record("a", Status.ACTIONED, updated=moment(24)))
    )
    amended = entries(
        letter(
            "a",
            document={"deadlines": (deadline("2026-11-30"), deadline("2026-12-04"))},
            amended=True,
        )
    )
    assert [e.uid for e in before] == [e.uid for e in touched] == [e.uid for e in amended]
    assert len({entry.uid for entry in before}) == 2
    assert before[0].sequence < touched[0].sequence
    assert before[0].sequence < amended[0].sequence
    assert 0 < touched[0].sequence < 2**31


def test_the_same_letters_give_the_same_bytes() -> None:
    found = entries(letter("a", document=invitation()), letter("b", document=calling_off()))
    options = {"name": "x", "today": TODAY}
    assert ics_bytes(found, Messages("th"), **options) == ics_bytes(
        found, Messages("th"), **options
    )


# The file


HOSTILE = "a;b,c\\n\nEND:VEVENT\r\nBEGIN:VALARM\x00\x1b[2J"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80) | st.just(HOSTILE) | st.just("น้ำ" * 90))
def test_no_text_ends_an_entry_and_every_line_fits_in_75_octets(text: str) -> None:
    document = {
        "subject": text, "number": text, "sender": text, "asks": (Ask(text, (0, 1)),),
        "events": (event("2026-12-03T09:30", place=text),), "deadlines": (deadline("2026-11-27"),),
    }  # fmt: skip
    found = entries(letter("a", document=document, path=text or "x"))
    data = ics_bytes(found, Messages("th"), name=text, today=TODAY, deadlines=Deadlines.BOTH)
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() == line.decode().strip("\r\n\x00\x1b") for line in lines)
    calendar = read(data)
    assert len(calendar.vevent_list) == 2
    assert len(calendar.vtodo_list) == 1
    meeting = next(e for e in found if e.what is What.MEETING)
    made = next(e for e in calendar.vevent_list if e.uid.value == meeting.uid)
    assert made.summary.value == meeting.summary
    assert made.description.value == meeting.description


def test_an_empty_calendar_is_one_too() -> None:
    assert (
        read(ics_bytes([], Messages("en"), name="x", today=TODAY)).vtimezone.tzid.value
        == "Asia/Bangkok"
    )


def test_the_samples_give_their_meetings_and_deadlines_and_nothing_secret(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in SAMPLES.glob("*.txt"):
        shutil.copy(sample, folder)
    chosen = Settings(user=UserSettings("สมหญิง"), office=OfficeSettings("อำเภอแม่ทา"))
    with Inbox.open(
        folder, chosen, cache_dir=tmp_path / "cache", clock=lambda: moment(21)
    ) as inbox:
        inbox.refresh()
        handed = inbox.exports.calendar()
        (ours,) = inbox.find("PEA_maetha_1266.txt")
        inbox.due([ours], dt.date(2026, 11, 28))
        with_set = inbox.exports.calendar()
    calendar = read(handed.data)
    assert calendar.contents["x-wr-calname"][0].value == "กล่องหนังสือราชการ อำเภอแม่ทา"
    starts = [str(made.dtstart.value) for made in calendar.vevent_list]
    assert "2026-12-03 09:30:00+07:00" in starts
    assert "2026-12-11" in starts
    assert "2026-11-30" not in starts
    assert handed.secret == 1
    said = [made.summary.value + made.description.value for made in calendar.vevent_list]
    assert not any("ร้องเรียน" in text for text in said)
    assert len(read(with_set.data).vevent_list) == len(starts) + 1


def test_a_register_number_alone_is_no_entry() -> None:
    assert entries(letter("a", record=registered(1))) == []
