from __future__ import annotations

import datetime as dt
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.ledger import Note, Record
from tui_inbox.letter import Action, Kind, Problem, ProblemCode, Secrecy, Urgency
from tui_inbox.locale import Messages
from tui_inbox.triage import (
    Addressed,
    DueSource,
    Rank,
    Status,
    View,
    addressed,
    is_decided,
    row_of,
    sort_key,
    triage,
    views_of,
)

TODAY = dt.date(2024, 6, 21)
OFFICE = OfficeSettings()
NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)


def day(ahead: int) -> str:
    return (TODAY + dt.timedelta(days=ahead)).isoformat()


def summary(id: str = "a", **fields: object) -> Summary:
    plain = Summary(
        id=id,
        path=f"{id}.txt",
        paths=(f"{id}.txt",),
        sha256=id,
        received="2024-06-20T01:00:00.000Z",
    )
    return msgspec.structs.replace(plain, **fields)


def row(item: Summary, record: Record | None = None, office: OfficeSettings = OFFICE):
    return row_of(item, record, today=TODAY, office=office)


# One letter of each rank, the first first.
LADDER = (
    (summary("overdue", deadlines=(day(-2),), urgency=Urgency.NORMAL), "overdue", {"days": 2}),
    (summary("today", deadlines=(day(0),)), "due_today", {}),
    (summary("most", urgency=Urgency.MOST_URGENT, deadlines=(day(9),)), "most_urgent", {}),
    (summary("problem", sha256=None, problem=Problem(ProblemCode.EMPTY)), "problem", {}),
    (summary("growing", sha256=None, growing=4096), "growing", {"bytes": 4096}),
    (summary("soon", deadlines=(day(3),)), "due_soon", {"days": 3}),
    (summary("very", urgency=Urgency.VERY_URGENT, deadlines=(day(4),)), "very_urgent", {}),
    (summary("urgent", urgency=Urgency.URGENT), "urgent", {}),
    (summary("secret", secrecy=Secrecy.CONFIDENTIAL), "secret", {}),
    (summary("act", action=Action.ACT), "act", {}),
    (summary("consider", action=Action.CONSIDER), "consider", {}),
    (summary("acknowledge", action=Action.ACKNOWLEDGE), "acknowledge", {}),
)


@given(st.randoms())
def test_the_order_of_work(rng: random.Random) -> None:
    shuffled = [item for item, _, _ in LADDER]
    rng.shuffle(shuffled)
    rows = triage(shuffled, {}, today=TODAY, office=OFFICE)
    assert [(found.id, found.reason.code, found.reason.args) for found in rows] == [
        (item.id, code, args) for item, code, args in LADDER
    ]


def test_within_a_rank_the_nearer_due_date_then_the_older_received() -> None:
    rows = triage(
        [
            summary("a", urgency=Urgency.URGENT, received="2024-06-03T00:00:00.000Z"),
            summary("b", urgency=Urgency.URGENT, received="2024-06-01T00:00:00.000Z"),
            summary("c", urgency=Urgency.URGENT, deadlines=(day(9),)),
            summary("d", urgency=Urgency.URGENT, deadlines=(day(8),)),
            summary("e", urgency=Urgency.URGENT, received="2024-06-01T00:00:00.000Z"),
        ],
        {},
        today=TODAY,
        office=OFFICE,
    )
    assert [found.id for found in rows] == ["d", "c", "b", "e", "a"]


def test_the_longest_overdue_comes_first() -> None:
    rows = triage(
        [summary("a", deadlines=(day(-1),)), summary("b", deadlines=(day(-30),))],
        {},
        today=TODAY,
        office=OFFICE,
    )
    assert [found.id for found in rows] == ["b", "a"]


def test_urgency_is_no_deadline() -> None:
    found = row(summary(urgency=Urgency.MOST_URGENT))
    assert (found.due, found.due_source) == (None, None)
    assert View.TODAY not in views_of(found, today=TODAY, me=None)


@pytest.mark.parametrize(
    ("deadlines", "due"),
    [
        ((), None),
        ((day(5), day(2)), day(2)),
        ((day(-5), day(2)), day(-5)),
        (("2024-07",), None),
        (("not-a-date",), None),
    ],
)
def test_due_is_the_earliest_whole_date(deadlines: tuple[str, ...], due: str | None) -> None:
    found = row(summary(deadlines=deadlines))
    assert (found.due.isoformat() if found.due else None) == due


def test_a_date_that_a_person_set_wins() -> None:
    found = row(summary(deadlines=(day(-5),)), Record("a", due=day(7)))
    assert found.due == TODAY + dt.timedelta(days=7)
    assert found.due_source is DueSource.PERSON
    assert found.rank is Rank.ACKNOWLEDGE


@pytest.mark.parametrize("status", [Status.ACTIONED, Status.FILED])
def test_closed_letters_come_last_whatever_their_urgency(status: Status) -> None:
    late = summary("late", deadlines=(day(-2),), urgency=Urgency.MOST_URGENT)
    rows = triage(
        [late, summary("plain")],
        {"late": Record("late", status=status, updated=NOW)},
        today=TODAY,
        office=OFFICE,
    )
    assert [found.id for found in rows] == ["plain", "late"]
    assert rows[1].reason.code == status.value
    assert set(views_of(rows[1], today=TODAY, me=None)) == {View.DONE, View.ALL}


def test_the_latest_decision_is_the_first_of_the_closed() -> None:
    records = {
        id: Record(id, status=Status.FILED, updated=NOW + dt.timedelta(minutes=minutes))
        for id, minutes in (("a", 1), ("b", 3), ("c", 2))
    }
    rows = triage(map(summary, "abc"), records, today=TODAY, office=OFFICE)
    assert [found.id for found in rows] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("item", "record", "views"),
    [
        (summary(), None, {View.INBOX}),
        (summary(deadlines=(day(0),)), None, {View.INBOX, View.TODAY}),
        (summary(deadlines=(day(-1),)), None, {View.INBOX, View.OVERDUE}),
        (summary(urgency=Urgency.MOST_URGENT), None, {View.INBOX, View.MOST_URGENT}),
        (
            summary(),
            Record("a", status=Status.ASSIGNED, assignee="สมชาย"),
            {View.INBOX, View.MINE},
        ),
        (
            summary(),
            Record("a", status=Status.ASSIGNED, assignee="ฝ่ายการคลัง"),
            {View.INBOX, View.WAITING},
        ),
        (
            summary(sha256=None, problem=Problem(ProblemCode.EMPTY)),
            None,
            {View.INBOX, View.PROBLEMS},
        ),
        (
            summary(problem=Problem(ProblemCode.PERMISSION)),
            Record("a", status=Status.OPEN),
            {View.INBOX, View.PROBLEMS},
        ),
    ],
)
def test_views(item: Summary, record: Record | None, views: set[View]) -> None:
    assert set(views_of(row(item, record), today=TODAY, me="สมชาย")) == views | {View.ALL}


def test_an_amended_letter_is_open_even_where_the_ledger_could_not_be_told() -> None:
    closed = Record("a", status=Status.ACTIONED, hashes=("old",))
    assert row(summary(sha256="new", amended=True), closed).status is Status.OPEN
    told = Record("a", status=Status.ACTIONED, hashes=("old", "new"), amended=NOW)
    found = row(summary(sha256="new"), told)
    assert (found.status, found.amended) == (Status.ACTIONED, True)


@pytest.mark.parametrize(
    ("record", "decided"),
    [
        (Record("a"), False),
        (Record("a", hashes=("h",), paths=("p",), read=True), False),
        (Record("a", status=Status.OPEN), True),
        (Record("a", notes=(Note("1", "รับทราบ", "สมชาย", NOW),)), True),
        (Record("a", assignee="สมชาย"), True),
        (Record("a", due=day(1)), True),
        (Record("a", tags=("งบ",)), True),
        (Record("a", register_number=3, register_year=2024), True),
        (Record("a", pinned=True), True),
    ],
)
def test_what_counts_as_decided(record: Record, decided: bool) -> None:
    assert is_decided(record) is decided


DISTRICT = OfficeSettings(name="อำเภอเมืองสุขใจ", aliases=("ที่ทำการปกครองอำเภอเมืองสุขใจ",))


@pytest.mark.parametrize(
    ("recipients", "office", "found"),
    [
        (("นายอำเภอเมืองสุขใจ",), DISTRICT, Addressed.US),
        (("นายอำเภอ เมืองสุขใจ",), DISTRICT, Addressed.US),
        (("นายอำเภอทุกอำเภอ",), DISTRICT, Addressed.CLASS),
        (("ผู้ว่าราชการจังหวัดทุกจังหวัด",), DISTRICT, Addressed.COPY),
        (("ผู้ว่าราชการจังหวัดทุกจังหวัด", "นายอำเภอทุกแห่ง"), DISTRICT, Addressed.CLASS),
        (("นายอำเภอเมืองร่มเย็น",), DISTRICT, Addressed.COPY),
        ((), DISTRICT, None),
        (("นายอำเภอทุกอำเภอ",), OfficeSettings(), None),
        (
            ("นายกเทศมนตรีตำบลสุขใจ",),
            OfficeSettings(name="เทศบาลตำบลสุขใจ"),
            Addressed.US,
        ),
        (
            ("องค์กรปกครองส่วนท้องถิ่นทุกแห่ง",),
            OfficeSettings(name="เทศบาลตำบลสุขใจ"),
            Addressed.CLASS,
        ),
        (
            ("ผู้อำนวยการสถานศึกษาทุกแห่ง",),
            OfficeSettings(name="โรงเรียนสุขใจวิทยา"),
            Addressed.CLASS,
        ),
    ],
)
def test_how_a_letter_is_addressed(
    recipients: tuple[str, ...], office: OfficeSettings, found: Addressed | None
) -> None:
    assert addressed(recipients, office) is found


def test_a_memo_to_units_that_the_settings_do_not_name_is_not_taken_for_a_copy() -> None:
    memo = summary(kind=Kind.INTERNAL_MEMO, recipients=("หัวหน้ากลุ่มงาน ทุกกลุ่มงาน",))
    circular = msgspec.structs.replace(memo, kind=Kind.EXTERNAL_LETTER)
    named = msgspec.structs.replace(memo, recipients=("นายอำเภอแม่ทา",))
    office = OfficeSettings(name="อำเภอแม่ทา")
    assert row(memo, office=office).addressed is None
    assert row(circular, office=office).addressed is Addressed.COPY
    assert row(named, office=office).addressed is Addressed.US


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_reason_has_words(language) -> None:
    messages = Messages(language)
    rows = [row(item) for item, _, _ in LADDER]
    rows += [row(summary(), Record("a", status=s)) for s in (Status.ACTIONED, Status.FILED)]
    for found in rows:
        said = messages(f"triage.reason.{found.reason.code}", **found.reason.args)
        assert said
        assert "{" not in said
    for view in View:
        assert messages(f"triage.view.{view}")
    for how in Addressed:
        assert messages(f"triage.addressed.{how}")


def test_thai_reasons_as_an_office_words_them() -> None:
    messages = Messages("th")
    overdue = row(summary(deadlines=(day(-2),))).reason
    assert messages(f"triage.reason.{overdue.code}", **overdue.args) == "เลยกำหนด 2 วัน"


summaries = st.lists(
    st.builds(
        summary,
        id=st.text("abcdef0123456789", min_size=1, max_size=6),
        urgency=st.sampled_from(Urgency),
        action=st.sampled_from(Action),
        secrecy=st.sampled_from(Secrecy),
        deadlines=st.lists(st.integers(-9, 9).map(day), max_size=3).map(tuple),
    ),
    unique_by=lambda item: item.id,
    max_size=20,
)


@given(summaries, st.randoms())
def test_the_order_depends_on_the_letters_alone(items: list[Summary], rng: random.Random) -> None:
    first = triage(items, {}, today=TODAY, office=OFFICE)
    shuffled = items[:]
    rng.shuffle(shuffled)
    assert triage(shuffled, {}, today=TODAY, office=OFFICE) == first
    assert [sort_key(found) for found in first] == sorted(map(sort_key, first))
    assert len(set(map(sort_key, first))) == len(items)
    for found in first:
        if found.due is not None and found.due < TODAY:
            assert found.rank is Rank.OVERDUE
