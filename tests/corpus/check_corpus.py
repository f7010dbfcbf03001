"""Checks the corpus' truths for shape and for slips that a second clerk would see.

Run: ``python tests/corpus/check_corpus.py [NAME…]``; exit code 1 when something is wrong. What it
cannot see is whether a truth is *right*; only whether it can be.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import Literal

import msgspec
from scorer import squeeze as fold_away

HERE = Path(__file__).parent


class Cited(msgspec.Struct, forbid_unknown_fields=True):
    number: str | None
    date: str | None
    urgency: Literal["most_urgent", "very_urgent", "urgent"] | None


class Enclosed(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    number: str | None
    date: str | None
    quantity: int | None
    unit: str | None


class Deadline(msgspec.Struct, forbid_unknown_fields=True):
    date: str | None
    time: str | None
    basis: Literal["absolute", "month", "after_receipt", "recurring"]
    days: int | None


class Event(msgspec.Struct, forbid_unknown_fields=True):
    start: str | None
    end: str | None
    place: str | None
    status: Literal["scheduled", "cancelled", "postponed"]


class Signatory(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None
    position: str | None
    authority: str | None


class Contact(msgspec.Struct, forbid_unknown_fields=True):
    type: Literal["phone", "fax", "email", "line"]
    value: str
    name: str | None


class Receipt(msgspec.Struct, forbid_unknown_fields=True):
    number: str | None
    date: str | None
    time: str | None
    office: str | None


class Document(msgspec.Struct):
    starts: str
    kind: Literal[
        "external_letter",
        "internal_memo",
        "stamped_letter",
        "order",
        "regulation",
        "bylaw",
        "announcement",
        "statement",
        "news",
        "certificate",
        "minutes",
        "enclosure",
        "unknown",
    ]
    urgency: Literal["most_urgent", "very_urgent", "urgent", "normal"]
    secrecy: Literal["top_secret", "secret", "confidential", "none"]
    number: str | None
    date: str | None
    circular: bool
    sender: str | None
    subject: str | None
    recipients: list[str]
    references: list[Cited]
    enclosures: list[Enclosed]
    action: Literal["act", "consider", "acknowledge"]
    asks: list[str]
    deadlines: list[Deadline]
    events: list[Event]
    signatory: Signatory | None
    owner_unit: str | None
    contacts: list[Contact]
    links: list[str]
    receipts: list[Receipt]
    unsure: list[str] = []


class Truth(msgspec.Struct):
    documents: list[Document]
    checks: list[
        Literal[
            "reference_mismatch",
            "conflicting_values",
            "weekday_mismatch",
            "date_order",
            "suspicious_digits",
            "missing_part",
            "encoding",
        ]
    ]
    note: str = ""
    unsure: list[str] = []
    encoding: str = "utf-8"


_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
_WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
_WEEKDAY_DATE = re.compile(
    rf"({'|'.join(_WEEKDAYS)})ที่?\s*(\d{{1,2}})\s*({'|'.join(_MONTHS)})\s*(?:พ\.ศ\.\s*)?(\d{{4}})"
)
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\x1b\\[[0-9;]*m|\x1b")


def squeeze(text: str) -> str:
    return fold_away(_HIDDEN.sub("", text))


def real_day(value: str | None, *, month: bool = False) -> bool:
    if value is None or (month and re.fullmatch(r"\d{4}-\d{2}", value)):
        return True
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return re.match(r"\d{4}-\d{2}-\d{2}", value) is not None


def slips(text: str, truth: Truth) -> list[str]:
    found = []
    plain = squeeze(text)
    clean = not any("fuzzy" in d for d in truth.note.split())

    def printed(where: str, value: str | None) -> None:
        if value is not None and squeeze(value) not in plain:
            found.append(f"{where}: not in the text: {value}")

    lines = {line.strip() for line in re.split(r"[\r\n]+", text)}
    for index, doc in enumerate(truth.documents):
        at = f"[{index}]"
        if doc.starts not in lines:
            found.append(f"{at} starts: no such line: {doc.starts!r}")
        if not real_day(doc.date, month=True):
            found.append(f"{at} date: {doc.date}")
        for name in ("sender", "subject", "owner_unit"):
            if name not in doc.unsure and clean:
                printed(f"{at} {name}", getattr(doc, name))
        for item in [*doc.recipients, *doc.asks, *doc.links]:
            printed(f"{at} recipients/asks/links", item)
        if len(set(doc.asks)) != len(doc.asks):
            found.append(f"{at} asks: twice the same")
        named: list[Cited | Enclosed] = [*doc.references, *doc.enclosures]
        for cited in named:
            if not real_day(cited.date, month=True):
                found.append(f"{at} cited date: {cited.date}")
            if cited.number is not None and cited.number.replace(" ", "") not in plain:
                found.append(f"{at} cited number not in the text: {cited.number}")
        for limit in doc.deadlines:
            if not real_day(limit.date):
                found.append(f"{at} deadline: {limit.date}")
            if (
                limit.date
                and doc.date
                and limit.date < doc.date
                and "date_order" not in truth.checks
            ):
                found.append(f"{at} deadline before the letter: {limit.date}")
            if limit.days is not None and limit.basis != "after_receipt":
                found.append(f"{at} days without after_receipt")
            if limit.basis == "recurring" and limit.date is not None:
                found.append(f"{at} recurring with a date")
        for event in doc.events:
            if not (real_day(event.start) and real_day(event.end)):
                found.append(f"{at} event: {event.start} {event.end}")
            printed(f"{at} place", event.place)
        if doc.signatory is not None:
            for part in (doc.signatory.name, doc.signatory.position, doc.signatory.authority):
                # A rank stands above the brackets: its parts are printed apart.
                for word in (part or "").replace("(", " ").replace(")", " ").split():
                    printed(f"{at} signatory", word)
        dashless = re.sub(r"[-–()]", "", plain)
        for contact in doc.contacts:
            if contact.type in ("phone", "fax") and not contact.value.isdigit():
                found.append(f"{at} contact: {contact.value}")
            if re.sub(r"[-–()]", "", contact.value) not in dashless:
                found.append(f"{at} contact not in the text: {contact.value}")
        for receipt in doc.receipts:
            if not real_day(receipt.date):
                found.append(f"{at} receipt: {receipt.date}")
    wrong_weekdays = []
    spelt = _HIDDEN.sub("", text).translate(_DIGITS).replace("กรกฏาคม", "กรกฎาคม")
    for match in _WEEKDAY_DATE.finditer(spelt):
        weekday, day, month, year = match.groups()
        try:
            date = dt.date(int(year) - 543, _MONTHS.index(month) + 1, int(day))
        except ValueError:
            found.append(f"no such day: {match.group()}")
            continue
        if _WEEKDAYS[date.weekday()] != weekday:
            wrong_weekdays.append(f"{match.group()} is a {_WEEKDAYS[date.weekday()]}")
    sure = "checks" not in truth.unsure and "suspicious_digits" not in truth.checks
    if sure and ("weekday_mismatch" in truth.checks) != bool(wrong_weekdays):
        found.append(f"weekday_mismatch in the truth, in the text: {wrong_weekdays}")
    thai = re.findall("[๐-๙]", text)
    if (
        len(thai) >= 30
        and not set("๔๖๗๘๙") & set(thai)
        and "suspicious_digits" not in truth.checks
        and "checks" not in truth.unsure
    ):
        found.append("many Thai digits and none of ๔๖๗๘๙, but no suspicious_digits")
    return found


def check(path: Path) -> list[str]:
    try:
        truth = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=Truth)
    except (OSError, msgspec.DecodeError) as error:
        return [str(error)]
    return slips(path.read_bytes().decode(truth.encoding), truth)


def main(names: list[str]) -> int:
    paths = sorted([*HERE.glob("open/*.txt"), *HERE.glob("held/*.txt")])
    wrong = 0
    for path in paths:
        if names and not any(name in path.stem for name in names):
            continue
        for slip in check(path):
            wrong += 1
            print(f"{path.parent.name}/{path.stem}: {slip}")
    print(f"{len(paths)} letters, {wrong} slips")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
