"""The sample circulars: what a fresh checkout opens must be right in itself."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tui_inbox.letter import CheckCode, Kind, Letter, Secrecy, Urgency
from tui_inbox.reading import decode, read
from tui_inbox.reading.decode import Decoded
from tui_inbox.thai.dates import WEEKDAYS
from tui_inbox.thai.written import MONTHS

INBOX = Path(__file__).parents[2] / "inbox"
SAMPLES = sorted(INBOX.glob("*.txt"))
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
WEEKDAY_DATE = re.compile(rf"วัน({'|'.join(WEEKDAYS)})ที่ (\d+) ({'|'.join(MONTHS)}) (\d{{4}})")


def text_of(file: Path) -> str:
    decoded = decode(file.read_bytes())
    assert isinstance(decoded, Decoded)
    return decoded.text


def letter(start: str) -> Letter:
    (file,) = (file for file in SAMPLES if file.name.startswith(start))
    return read(file.read_bytes())


def deadlines(letter: Letter) -> set[str | None]:
    return {one.date for document in letter.documents for one in document.deadlines}


def test_there_are_enough_to_show_what_the_product_is() -> None:
    assert 6 <= len(SAMPLES) <= 10


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_weekday_is_that_date_s(file: Path) -> None:
    for weekday, day, month, year in WEEKDAY_DATE.findall(text_of(file).translate(ARABIC)):
        date = dt.date(int(year) - 543, MONTHS.index(month) + 1, int(day))
        assert WEEKDAYS[date.weekday()] == weekday


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_is_read_with_its_number_and_date(file: Path) -> None:
    found = read(file.read_bytes())
    assert found.problem is None
    assert found.cover is not None
    assert found.cover.number is not None
    assert found.cover.date is not None
    assert found.cover.kind is not Kind.UNKNOWN
    assert found.cover.signatory is not None or found.cover.kind is Kind.STAMPED_LETTER


def test_only_the_bundle_and_the_scan_have_something_to_query() -> None:
    checks = {
        file.name: {check.code for check in read(file.read_bytes()).checks} for file in SAMPLES
    }
    queried = {name: codes for name, codes in checks.items() if codes}
    assert {name[:6]: codes for name, codes in queried.items()} == {
        "ลพ0021": {CheckCode.REFERENCE_MISMATCH},
        "scan_2": {CheckCode.SUSPICIOUS_DIGITS},
    }


def test_the_bundle() -> None:
    found = letter("ลพ0021")
    assert [document.kind for document in found.documents] == [
        Kind.EXTERNAL_LETTER,
        Kind.EXTERNAL_LETTER,
        Kind.ENCLOSURE,
        Kind.ANNOUNCEMENT,
    ]
    cover, forwarded = found.documents[:2]
    assert (cover.number, cover.urgency) == ("ลพ 0021/ว 4127", Urgency.MOST_URGENT)
    assert (forwarded.number, forwarded.urgency) == ("มท 0624/ว 3186", Urgency.VERY_URGENT)
    assert {"2026-11-25", "2026-12-04"} <= deadlines(found)


@pytest.mark.parametrize(
    ("start", "kind", "number", "wanted"),
    [
        ("บันทึก", Kind.INTERNAL_MEMO, "ลพ 0318.1/816", {"2026-11-23"}),
        ("stamped", Kind.STAMPED_LETTER, "ลพ 0018.2/ว 3951", {"2026-11-20"}),
        ("เชิญ", Kind.EXTERNAL_LETTER, "ลพ 0832/ว 526", {"2026-11-27"}),
        ("2569", Kind.EXTERNAL_LETTER, "ตผ 0051 ลพ/468", {"2026-12-01"}),
        ("PEA", Kind.EXTERNAL_LETTER, "มท 5308.14/ลพ 1266", set()),
        ("คำสั่ง", Kind.ORDER, "4821/2569", {"2026-12-11"}),
        ("เลื่อน", Kind.EXTERNAL_LETTER, "ลพ 0017.2/ว 4109", {"2026-11-27"}),
        ("ลพ0018", Kind.EXTERNAL_LETTER, "ลพ 0018.3/142", {"2026-11-30"}),
    ],
)
def test_kind_number_and_deadlines(start, kind, number, wanted) -> None:
    found = letter(start)
    assert found.cover is not None
    assert (found.cover.kind, found.cover.number) == (kind, number)
    assert deadlines(found) == wanted


def test_the_thai_windows_file_and_the_secret_one() -> None:
    assert letter("PEA").encoding == "cp874"
    secret = letter("ลพ0018").cover
    assert secret is not None
    assert (secret.secrecy, secret.urgency) == (Secrecy.CONFIDENTIAL, Urgency.VERY_URGENT)
