"""Letters that belong together: which, how surely, and which are not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui_inbox.catalogue import Mention, Role, number_key
from tui_inbox.config import Settings, WatchSettings
from tui_inbox.locale import LANGUAGES, Messages
from tui_inbox.locale.queries import related_line
from tui_inbox.service import Inbox
from tui_inbox.triage import Query, View
from tui_inbox.triage.related import Bond, Why, bounds, matter

NOW = dt.datetime(2024, 6, 21, 3, 0, tzinfo=dt.UTC)


def mention(id: str, role: Role, number: str, date: str | None, sender: str | None = None):
    return Mention(id, role, number, date, sender)


def one_bond(mine: Mention, theirs: Mention, *more: Mention):
    found = bounds([mine], [theirs, *more])
    return [(bound.id, bound.bond, bound.sure, bound.why) for bound in found]


OWN = mention("a", Role.OWN, "อบ 0023.3/ว 2566", "2024-06-20", "จังหวัดอุบลราชธานี")


def test_a_letter_that_cites_number_and_date_is_surely_bound() -> None:
    cited = mention("b", Role.CITED, "อบ 0023.3/ว 2566", "2024-06-20")
    assert one_bond(OWN, cited) == [("b", Bond.CITED_BY, True, Why.NUMBER_AND_DATE)]
    assert one_bond(cited, OWN) == [("a", Bond.CITES, True, Why.NUMBER_AND_DATE)]


def test_without_a_date_it_is_likely() -> None:
    cited = mention("b", Role.CITED, "อบ 0023.3/ว2566", None)
    assert one_bond(OWN, cited) == [("b", Bond.CITED_BY, False, Why.NUMBER)]
    month = mention("b", Role.CITED, "อบ 0023.3/ว 2566", "2024-06")
    assert one_bond(OWN, month) == [("b", Bond.CITED_BY, False, Why.NUMBER)]


def test_the_same_number_of_another_year_is_another_letter() -> None:
    cited = mention("b", Role.CITED, "อบ 0023.3/ว 2566", "2023-06-20")
    assert one_bond(OWN, cited) == []


def test_digits_that_ocr_confuses_are_likely_beside_the_same_date() -> None:
    misread = mention("b", Role.CITED, "อบ 0023.3/ว 2522", "2024-06-20")
    assert number_key(misread.number) == number_key(OWN.number)
    assert one_bond(OWN, misread) == [("b", Bond.CITED_BY, False, Why.DIGITS)]
    undated = mention("b", Role.CITED, "อบ 0023.3/ว 2522", None)
    assert one_bond(OWN, undated) == []
    misdated = mention("b", Role.CITED, "อบ 0023.3/ว 2566", "2024-02-22")
    assert one_bond(OWN, misdated) == [("b", Bond.CITED_BY, False, Why.DIGITS)]
    elsewhen = mention("b", Role.CITED, "อบ 0023.3/ว 2566", "2024-06-19")
    assert one_bond(OWN, elsewhen) == []


def test_a_misread_number_means_nobody_else_where_the_cited_letter_is_there() -> None:
    cited = mention("b", Role.CITED, "อบ 0023.3/ว 2522", "2024-06-20")
    itself = mention("c", Role.OWN, "อบ 0023.3/ว 2522", "2024-06-20", "จังหวัดอุบลราชธานี")
    assert one_bond(OWN, cited, itself) == []


def test_duplicates_have_number_sender_and_date_in_common() -> None:
    def other(**changed: str) -> Mention:
        fields = {"number": OWN.number, "date": OWN.date, "sender": OWN.sender} | changed
        return mention("b", Role.OWN, **fields)

    assert one_bond(OWN, other()) == [("b", Bond.DUPLICATE, True, Why.NUMBER_AND_DATE)]
    assert one_bond(OWN, other(sender="กรมอื่น")) == []
    assert one_bond(OWN, other(number="อบ 0023.3/ว 2522")) == []
    assert one_bond(OWN, other(date="2024-06-21")) == []


def test_covers_that_carry_the_same_letter_belong_together() -> None:
    ours = mention("a", Role.INSIDE, "มท 0810.3/ว 100", "2024-06-01", "กรม")
    theirs = mention("b", Role.ENCLOSED, "มท 0810.3/ว 100", "2024-06-01")
    assert one_bond(ours, theirs) == [("b", Bond.SAME_FORWARD, True, Why.NUMBER_AND_DATE)]
    both_cite = mention("a", Role.CITED, "มท 0810.3/ว 100", "2024-06-01")
    assert one_bond(both_cite, mention("b", Role.CITED, both_cite.number, both_cite.date)) == []


def test_a_letter_is_not_bound_to_itself() -> None:
    assert one_bond(OWN, OWN) == []


@pytest.mark.parametrize(
    ("subject", "about"),
    [
        ("การสำรวจข้อมูลแหล่งน้ำ", "การสำรวจข้อมูลแหล่งน้ำ"),
        ("ติดตามการสำรวจข้อมูลแหล่งน้ำ", "สำรวจข้อมูลแหล่งน้ำ"),
        ("ขอให้เร่งรัดสำรวจข้อมูลแหล่งน้ำ", "สำรวจข้อมูลแหล่งน้ำ"),
        ("สำรวจข้อมูลแหล่งน้ำ (เพิ่มเติม)", "สำรวจข้อมูลแหล่งน้ำ"),
        ("ประชุม", None),
    ],
)
def test_what_a_subject_is_about(subject: str, about: str | None) -> None:
    assert matter(subject) == about


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_bond_is_worded(language) -> None:
    for bond in Bond:
        for why in Why:
            assert "{" not in related_line(Messages(language), bond, True, why)


def letter(
    number: str, date: str, subject: str, *, sender: str = "จังหวัดสุขใจ", more: str = ""
) -> str:
    return f"""ที่ {number}
{sender}
ถนนราชการ สข ๙๙๐๐๐

{date}

เรื่อง {subject}

เรียน นายอำเภอทุกอำเภอ
{more}
        ด้วย{sender}ขอแจ้งรายละเอียดตามที่แนบมาพร้อมนี้

        จึงเรียนมาเพื่อโปรดทราบ

                       ขอแสดงความนับถือ

                      (นายสมมุติ ทดสอบ)
                   ผู้ว่าราชการ{sender}
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Callable[..., Inbox]]:
    opened = []

    def make(**files: str) -> Inbox:
        folder = tmp_path / "in"
        folder.mkdir()
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        settings = Settings(watch=WatchSettings(delay=0.05))
        made = Inbox.open(folder, settings, cache_dir=tmp_path / "cache", clock=lambda: NOW)
        opened.append(made)
        made.refresh()
        return made

    yield make
    for one in opened:
        one.close()


def by_name(inbox: Inbox, name: str) -> str:
    return inbox.find(f"{name}.txt")[0]


def test_the_inbox_gathers_what_belongs_to_a_letter(inbox: Callable[..., Inbox]) -> None:
    made = inbox(
        first=letter("สข ๐๐๒๓/ว ๑๑", "๓ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำ"),
        second=letter(
            "สข ๐๐๒๓/ว ๒๒",
            "๑๐ มิถุนายน ๒๕๖๗",
            "ขอเชิญประชุมเรื่องอื่น",
            more="\nอ้างถึง หนังสือจังหวัดสุขใจ ที่ สข ๐๐๒๓/ว ๑๑ ลงวันที่ ๓ มิถุนายน ๒๕๖๗\n",
        ),
        third=letter("สข ๐๐๒๓/ว ๓๓", "๑๗ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำ (เพิ่มเติม)"),
        again=letter("สข ๐๐๒๓/ว ๑๑", "๓ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำในพื้นที่"),
        other=letter("สข ๐๐๒๓/ว ๔๔", "๑๘ มิถุนายน ๒๕๖๗", "การจัดงานประจำปีของจังหวัด"),
    )
    first = by_name(made, "first")
    found = {(one.row.path, one.bond, one.sure) for one in made.related(first)}
    assert found == {
        ("again.txt", Bond.DUPLICATE, True),
        ("second.txt", Bond.CITED_BY, True),
        ("third.txt", Bond.LATER, False),
    }
    back = {(one.row.path, one.bond) for one in made.related(by_name(made, "second"))}
    assert back == {("first.txt", Bond.CITES), ("again.txt", Bond.CITES)}
    assert made.related(by_name(made, "other")) == ()
    assert made.related("nobody") == ()
    rows = made.board(Query(view=View.DONE, related=first)).rows
    assert rows[0].id == first
    assert {row.path for row in rows} == {"first.txt", "again.txt", "second.txt", "third.txt"}


def test_a_secret_letter_gives_only_its_number_away(inbox: Callable[..., Inbox]) -> None:
    made = inbox(
        open=letter("สข ๐๐๒๓/ว ๑๑", "๓ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำ"),
        secret="ลับมาก\n\n"
        + letter(
            "สข ๐๐๒๓/๒๒",
            "๑๐ มิถุนายน ๒๕๖๗",
            "การสำรวจข้อมูลแหล่งน้ำ",
            more="\nอ้างถึง หนังสือจังหวัดสุขใจ ที่ สข ๐๐๒๓/ว ๑๑ ลงวันที่ ๓ มิถุนายน ๒๕๖๗\n",
        ),
    )
    assert made.related(by_name(made, "open")) == ()
    assert made.related(by_name(made, "secret")) == ()


def test_an_amended_letter_is_bound_by_what_it_says_now(inbox: Callable[..., Inbox]) -> None:
    cites = "\nอ้างถึง หนังสือจังหวัดสุขใจ ที่ สข ๐๐๒๓/ว ๑๑ ลงวันที่ ๓ มิถุนายน ๒๕๖๗\n"
    second = ("สข ๐๐๒๓/ว ๒๒", "๑๐ มิถุนายน ๒๕๖๗", "ขอเชิญประชุมประจำเดือน")
    made = inbox(
        first=letter("สข ๐๐๒๓/ว ๑๑", "๓ มิถุนายน ๒๕๖๗", "การสำรวจข้อมูลแหล่งน้ำ"),
        second=letter(*second, more=cites),
    )
    first = by_name(made, "first")
    assert [one.row.path for one in made.related(first)] == ["second.txt"]
    (made.folder / "second.txt").write_text(letter(*second), encoding="utf-8")
    made.refresh()
    assert made.related(first) == ()
