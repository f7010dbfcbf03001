from __future__ import annotations

import datetime as dt
import json

import msgspec
import pytest

from tui_inbox.catalogue import Summary
from tui_inbox.config import OfficeSettings
from tui_inbox.contract import contract_letter, contract_row
from tui_inbox.ledger import Note, Record
from tui_inbox.letter import (
    Action,
    Check,
    CheckCode,
    Contact,
    ContactType,
    Document,
    Kind,
    Letter,
    Problem,
    ProblemCode,
    Urgency,
)
from tui_inbox.locale import Messages
from tui_inbox.triage import Status, row_of

TODAY = dt.date(2024, 6, 21)
THAI = Messages("th")
DOCUMENT_FIELDS = [
    "kind",
    "span",
    "urgency",
    "secrecy",
    "number",
    "date",
    "circular",
    "sender",
    "subject",
    "recipients",
    "references",
    "enclosures",
    "action",
    "asks",
    "deadlines",
    "events",
    "signatory",
    "owner_unit",
    "contacts",
    "links",
    "receipts",
    "spans",
]
ROW_FIELDS = [
    "id",
    "path",
    "status",
    "urgency",
    "secrecy",
    "kind",
    "number",
    "date",
    "sender",
    "subject",
    "action",
    "due",
    "assignee",
    "tags",
    "notes",
    "received",
    "register_number",
    "checks",
    "problem",
    "reason",
]


def test_a_letter_as_the_contract_prints_it() -> None:
    letter = Letter(
        "a" * 64,
        "cp874",
        (
            Document(
                kind=Kind.EXTERNAL_LETTER,
                span=(0, 40),
                urgency=Urgency.MOST_URGENT,
                contacts=(Contact(ContactType.PHONE, "021234567"),),
                spans={"urgency": (0, 10)},
                marks={"contacts": ((12, 20),)},
            ),
        ),
        checks=(Check(CheckCode.ENCODING, {"count": "2"}, ((3, 5),)),),
    )
    printed = json.loads(msgspec.json.encode(contract_letter("x.txt", letter, THAI)))
    assert list(printed) == ["path", "sha256", "encoding", "documents", "checks", "problem"]
    (document,) = printed["documents"]
    assert list(document) == DOCUMENT_FIELDS
    assert document["urgency"] == "most_urgent"
    assert document["span"] == [0, 40]
    assert document["spans"] == {"urgency": [0, 10]}
    assert document["contacts"] == [{"type": "phone", "value": "021234567", "name": None}]
    (check,) = printed["checks"]
    assert (check["code"], check["spans"]) == ("encoding", [[3, 5]])
    assert "2" in check["message"]
    assert printed["problem"] is None


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_file_that_cannot_be_read(language) -> None:
    letter = Letter("a" * 64, None, (), problem=Problem(ProblemCode.EMPTY))
    messages = Messages(language)
    printed = json.loads(msgspec.json.encode(contract_letter("x.txt", letter, messages)))
    assert printed["documents"] == []
    assert printed["problem"] == messages("reading.problem.empty")


def test_a_row_as_the_contract_prints_it() -> None:
    summary = Summary(
        id="a" * 64,
        path="a.txt",
        paths=("a.txt",),
        sha256="b" * 64,
        received="2024-06-20T01:00:00.000Z",
        kind=Kind.EXTERNAL_LETTER,
        number="อบ 0023.3/ว 2566",
        action=Action.ACT,
        deadlines=("2024-06-19",),
        checks=(CheckCode.DATE_ORDER,),
    )
    record = Record(
        "a" * 64,
        status=Status.ASSIGNED,
        assignee="ฝ่ายการคลัง",
        tags=("งบ",),
        notes=(Note("1", "โทรแล้ว", "สมหญิง", dt.datetime(2024, 6, 20, tzinfo=dt.UTC)),),
        register_number=12,
        register_year=2024,
    )
    row = row_of(summary, record, today=TODAY, office=OfficeSettings())
    printed = json.loads(msgspec.json.encode(contract_row(row, THAI)))
    assert list(printed) == ROW_FIELDS
    assert printed["due"] == "2024-06-19"
    assert printed["reason"] == "เลยกำหนด 2 วัน"
    assert (printed["status"], printed["assignee"], printed["tags"]) == (
        "assigned",
        "ฝ่ายการคลัง",
        ["งบ"],
    )
    assert (printed["notes"], printed["register_number"]) == (1, 12)
    assert printed["checks"] == ["date_order"]
    assert printed["subject"] is None


def test_nothing_is_guessed_of_a_file_that_was_never_read() -> None:
    problem = Problem(ProblemCode.EMPTY)
    summary = Summary(
        id="!1", path="a.txt", paths=("a.txt",), sha256=None, received="", problem=problem
    )
    row = row_of(summary, None, today=TODAY, office=OfficeSettings())
    printed = contract_row(row, THAI)
    assert printed["problem"] == THAI("reading.problem.empty")
    assert (printed["urgency"], printed["secrecy"], printed["action"]) == (None, None, None)
    assert printed["kind"] == "unknown"
