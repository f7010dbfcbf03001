"""The words of the query language: fields and values, in Thai and in English.

They are a language that is typed, like the labels of a letter are one that is read; both tongues
are understood whatever the screen speaks. The first name of each list is the one that completion
offers and that messages use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from tui_inbox.ledger import Status
from tui_inbox.letter import Action, Kind, Secrecy, Urgency
from tui_inbox.triage.model import View


class Field(StrEnum):
    """What a term of a query can ask of a letter."""

    URGENCY = "urgency"
    SECRECY = "secrecy"
    SENDER = "from"
    RECIPIENT = "to"
    SUBJECT = "subject"
    NUMBER = "no"
    DUE = "due"
    DATE = "date"
    RECEIVED = "received"
    EVENT = "event"
    STATUS = "status"
    VIEW = "view"
    KIND = "kind"
    ACTION = "action"
    ASSIGNEE = "assignee"
    TAG = "tag"
    NOTE = "note"
    REGISTER = "reg"
    FILE = "file"
    HAS = "has"


class Has(StrEnum):
    """What ``has:`` can ask for."""

    NOTE = "note"
    DUE = "due"
    EVENT = "event"
    TAG = "tag"
    ASSIGNEE = "assignee"
    NUMBER = "number"
    REGISTER = "register"
    CHECK = "check"
    PROBLEM = "problem"
    PIN = "pin"
    AMENDED = "amended"
    CIRCULAR = "circular"
    SECRET = "secret"


class Names(msgspec.Struct, frozen=True):
    """The names of one thing, the usual one first."""

    thai: tuple[str, ...]
    english: tuple[str, ...]


FIELDS: dict[Field, Names] = {
    Field.URGENCY: Names(("ด่วน", "ความเร็ว", "ชั้นความเร็ว"), ("urgency",)),
    Field.SENDER: Names(("จาก", "ผู้ส่ง"), ("from", "sender")),
    Field.DUE: Names(("ครบ", "ครบกำหนด", "กำหนด"), ("due",)),
    Field.STATUS: Names(("สถานะ",), ("status", "is")),
    Field.SUBJECT: Names(("เรื่อง",), ("subject", "title")),
    Field.NUMBER: Names(("ที่", "เลขที่"), ("no", "number")),
    Field.DATE: Names(("ลงวันที่", "วันที่", "ลว", "ลว."), ("date", "dated")),
    Field.RECEIVED: Names(("รับ", "วันรับ"), ("received",)),
    Field.RECIPIENT: Names(("ถึง", "เรียน"), ("to", "recipient")),
    Field.ASSIGNEE: Names(("มอบ", "มอบหมาย", "ผู้รับผิดชอบ", "หน่วย"), ("assignee", "unit", "assigned")),
    Field.TAG: Names(("ป้าย", "แท็ก"), ("tag",)),
    Field.NOTE: Names(("บันทึก",), ("note",)),
    Field.HAS: Names(("มี",), ("has",)),
    Field.KIND: Names(("ชนิด", "ประเภท"), ("kind", "type")),
    Field.EVENT: Names(("ประชุม", "กิจกรรม"), ("event", "meeting")),
    Field.ACTION: Names(("การปฏิบัติ",), ("action",)),
    Field.SECRECY: Names(("ลับ", "ชั้นความลับ"), ("secrecy",)),
    Field.VIEW: Names(("มุมมอง",), ("view", "in")),
    Field.REGISTER: Names(("เลขรับ", "ทะเบียน"), ("reg", "register")),
    Field.FILE: Names(("ไฟล์",), ("file", "path")),
}

_URGENCIES = {
    Urgency.MOST_URGENT: Names(("ที่สุด", "ด่วนที่สุด"), ("most_urgent", "most")),
    Urgency.VERY_URGENT: Names(("มาก", "ด่วนมาก"), ("very_urgent", "very")),
    Urgency.URGENT: Names(("ด่วน",), ("urgent",)),
    Urgency.NORMAL: Names(("ปกติ", "ไม่ด่วน"), ("normal",)),
}
_SECRECIES = {
    Secrecy.TOP_SECRET: Names(("ที่สุด", "ลับที่สุด"), ("top_secret", "top")),
    Secrecy.SECRET: Names(("มาก", "ลับมาก"), ("secret",)),
    Secrecy.CONFIDENTIAL: Names(("ลับ",), ("confidential",)),
    Secrecy.NONE: Names(("ไม่ลับ", "ปกติ"), ("none",)),
}
_OPEN = (Status.NEW, Status.OPEN, Status.ASSIGNED)
_CLOSED = (Status.ACTIONED, Status.FILED)
_STATUSES: dict[tuple[Status, ...], Names] = {
    _OPEN: Names(("ยังไม่เสร็จ", "ค้างอยู่"), ("pending", "unfinished")),
    _CLOSED: Names(("ปิดแล้ว", "ปิด"), ("closed",)),
    (Status.NEW,): Names(("ใหม่",), ("new",)),
    (Status.OPEN,): Names(("ค้าง",), ("open",)),
    (Status.ASSIGNED,): Names(("มอบแล้ว", "มอบ"), ("assigned",)),
    (Status.ACTIONED,): Names(("เสร็จ", "ดำเนินการแล้ว", "เสร็จแล้ว"), ("actioned", "done")),
    (Status.FILED,): Names(("เก็บแล้ว", "เก็บ", "จัดเก็บแล้ว"), ("filed",)),
}
_VIEWS = {
    View.INBOX: Names(("รับเข้า", "กล่องรับ"), ("inbox",)),
    View.TODAY: Names(("วันนี้", "ครบกำหนดวันนี้"), ("today",)),
    View.OVERDUE: Names(("เลยกำหนด", "เกินกำหนด"), ("overdue",)),
    View.MOST_URGENT: Names(("ด่วนที่สุด",), ("most_urgent",)),
    View.MINE: Names(("ของฉัน", "มอบให้ฉัน"), ("mine",)),
    View.WAITING: Names(("รอผู้อื่น",), ("waiting",)),
    View.DONE: Names(("ดำเนินการแล้ว", "เสร็จแล้ว"), ("done",)),
    View.PROBLEMS: Names(("อ่านไม่ได้",), ("problems",)),
    View.ALL: Names(("ทั้งหมด",), ("all",)),
}
_KINDS = {
    Kind.EXTERNAL_LETTER: Names(("ภายนอก", "หนังสือภายนอก"), ("external_letter", "external")),
    Kind.INTERNAL_MEMO: Names(
        ("ภายใน", "หนังสือภายใน", "บันทึกข้อความ"), ("internal_memo", "internal", "memo")
    ),
    Kind.STAMPED_LETTER: Names(("ประทับตรา", "หนังสือประทับตรา"), ("stamped_letter", "stamped")),
    Kind.ORDER: Names(("คำสั่ง",), ("order",)),
    Kind.REGULATION: Names(("ระเบียบ",), ("regulation",)),
    Kind.BYLAW: Names(("ข้อบังคับ",), ("bylaw",)),
    Kind.ANNOUNCEMENT: Names(("ประกาศ",), ("announcement",)),
    Kind.STATEMENT: Names(("แถลงการณ์",), ("statement",)),
    Kind.NEWS: Names(("ข่าว",), ("news",)),
    Kind.CERTIFICATE: Names(("รับรอง", "หนังสือรับรอง"), ("certificate",)),
    Kind.MINUTES: Names(("รายงานการประชุม",), ("minutes",)),
    Kind.ENCLOSURE: Names(("สิ่งที่ส่งมาด้วย",), ("enclosure",)),
    Kind.UNKNOWN: Names(("ไม่ทราบ",), ("unknown",)),
}
_ACTIONS = {
    Action.ACT: Names(("ดำเนินการ", "ปฏิบัติ"), ("act",)),
    Action.CONSIDER: Names(("พิจารณา",), ("consider",)),
    Action.ACKNOWLEDGE: Names(("ทราบ",), ("acknowledge",)),
}
_HAS = {
    Has.NOTE: Names(("บันทึก",), ("note", "notes")),
    Has.DUE: Names(("กำหนด", "กำหนดเวลา"), ("due", "deadline")),
    Has.EVENT: Names(("ประชุม", "กิจกรรม"), ("event", "meeting")),
    Has.TAG: Names(("ป้าย", "แท็ก"), ("tag", "tags")),
    Has.ASSIGNEE: Names(("ผู้รับผิดชอบ",), ("assignee",)),
    Has.NUMBER: Names(("เลขที่",), ("number", "no")),
    Has.REGISTER: Names(("เลขรับ", "ทะเบียน"), ("register", "reg")),
    Has.CHECK: Names(("ข้อควรตรวจสอบ", "ตรวจสอบ"), ("check", "checks")),
    Has.PROBLEM: Names(("ปัญหา", "อ่านไม่ได้"), ("problem",)),
    Has.PIN: Names(("หมุด", "ปักหมุด"), ("pin", "pinned")),
    Has.AMENDED: Names(("แก้ไข", "การแก้ไข"), ("amended",)),
    Has.CIRCULAR: Names(("เวียน", "หนังสือเวียน"), ("circular",)),
    Has.SECRET: Names(("ลับ", "ชั้นความลับ"), ("secret",)),
}

Choice = tuple[StrEnum, ...]
"""The members of an enumeration that one value stands for."""


def _choices(table: Mapping[Any, Names]) -> tuple[tuple[Choice, Names], ...]:
    return tuple(((member,), names) for member, names in table.items())


#: The fields whose values are words of the language, with those words.
CHOICES: dict[Field, tuple[tuple[Choice, Names], ...]] = {
    Field.URGENCY: _choices(_URGENCIES),
    Field.SECRECY: _choices(_SECRECIES),
    Field.STATUS: tuple(_STATUSES.items()),
    Field.VIEW: _choices(_VIEWS),
    Field.KIND: _choices(_KINDS),
    Field.ACTION: _choices(_ACTIONS),
    Field.HAS: _choices(_HAS),
}
#: The fields whose values are days.
DAYS = frozenset({Field.DUE, Field.DATE, Field.RECEIVED, Field.EVENT})

#: Values that stand for something instead of being looked for; in quotes they are plain text.
ME = frozenset({"ฉัน", "ผม", "me"})
US = frozenset({"เรา", "us"})
NOBODY = frozenset({"ไม่มี", "none"})
ANYBODY = frozenset({"มี", "any"})

OR = frozenset({"หรือ", "or"})


def _flat(pairs: Iterable[tuple[Field, Names]]) -> dict[str, Field]:
    return {name: field for field, names in pairs for name in (*names.thai, *names.english)}


BY_NAME: dict[str, Field] = _flat(FIELDS.items())


def choice(field: Field, word: str) -> Choice | None:
    """What a value of a field with a fixed set of values stands for."""
    for members, names in CHOICES[field]:
        if word in names.thai or word in names.english:
            return members
    return None


def words_of(field: Field, language: str) -> tuple[str, ...]:
    """The usual word for each value of such a field."""
    return tuple(_usual(names, language) for _, names in CHOICES[field])


def name_of(field: Field, language: str) -> str:
    return _usual(FIELDS[field], language)


def _usual(names: Names, language: str) -> str:
    return names.thai[0] if language == "th" else names.english[0]
