"""What holds for any bytes, and what must not change when only the looks of a letter do.

The letters are those of the open corpus; nothing here looks at their truths.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.corpus.scorer import Case, load
from tui_inbox.letter import CheckCode, Document, Kind, Letter, ProblemCode, Span
from tui_inbox.reading import decode, read
from tui_inbox.reading.decode import Decoded
from tui_inbox.thai.written import TO_ARABIC, TO_THAI

BOUND = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SCALARS = (
    "kind", "urgency", "secrecy", "number", "date", "circular", "sender", "subject", "action",
    "owner_unit",
)  # fmt: skip
HEAD = ("urgency", "secrecy", "number", "date", "subject", "recipients")
UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\ufeff\u061c\u2028\u2029") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


@cache
def cases() -> tuple[Case, ...]:
    return tuple(load("open"))


@cache
def typed() -> tuple[Case, ...]:
    """Letters and memos that nothing has damaged: 01 to 59."""
    return tuple(
        case
        for case in cases()
        if re.match(r"open/[0-5]\d-", case.name)
        and case.truth["documents"][0]["kind"] in ("external_letter", "internal_memo")
        and case.truth.get("encoding", "utf-8") == "utf-8"
        and not UNSEEN.intersection(case.text)
        and "\x1b" not in case.text
    )


@cache
def plain(name: str) -> Letter:
    return read(next(case.data for case in cases() if case.name == name))


def cover(text: str) -> Document:
    found = read(text.encode()).cover
    assert found is not None
    return found


def values(document: Document) -> dict[str, object]:
    """Everything that a document says, without the places."""
    built = msgspec.to_builtins(document)
    assert isinstance(built, dict)

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: bare(one)
                for key, one in value.items()
                if key not in ("span", "spans", "marks")
            }
        if isinstance(value, (list, tuple)):
            return [bare(one) for one in value]
        return value

    found = bare(built)
    assert isinstance(found, dict)
    return found


def texts(value: object) -> list[str]:
    """Every string in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, (list, tuple)):
        return [text for one in value for text in texts(one)]
    return []


def keeps_the_contract(data: bytes, letter: Letter) -> None:
    assert (letter.problem is None) == bool(letter.documents)
    decoded = decode(data)
    if not isinstance(decoded, Decoded):
        assert letter.problem == decoded
        assert letter.encoding is None
        return
    assert letter.encoding == decoded.encoding
    length = len(decoded.text)
    end = 0
    for document in letter.documents:
        assert end <= document.span[0] < document.span[1] <= length
        end = document.span[1]
        places: list[Span] = [
            *document.spans.values(),
            *(span for spans in document.marks.values() for span in spans),
            *(ask.span for ask in document.asks),
            *(deadline.span for deadline in document.deadlines),
            *(event.span for event in document.events),
        ]
        for start, stop in places:
            assert 0 <= start < stop <= length
            assert document.span[0] <= start
            assert stop <= document.span[1]
        for name, spans in document.marks.items():
            assert len(spans) == len(getattr(document, name))
        for name in ("number", "date", "sender", "subject"):
            assert (getattr(document, name) is None) == (name not in document.spans)
        for text in texts(values(document)):
            assert text
            assert text == text.strip()
            assert not UNSEEN.intersection(text)
            assert all(unicodedata.category(letter) != "Cc" for letter in text)
    for check in letter.checks:
        assert all(0 <= start < stop <= length for start, stop in check.spans)
        assert not any(
            unicodedata.category(letter) == "Cc" for letter in "".join(texts(check.args))
        )
    if letter.problem is not None:
        assert letter.problem.code in (ProblemCode.EMPTY, ProblemCode.NOT_TEXT)


# -- any bytes ----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "ด่วนที่สุด", "ลับ", "ที่ นม ๐๐๒๓.๓/ว ๗๗๔๓", "ที่", "ศาลากลางจังหวัดนครราชสีมา", "ถนนมหาดไทย นม ๓๐๐๐๐",
        "๗ สิงหาคม ๒๕๖๗", "วันที่ ๓๑ ก.พ. ๖๗", "เรื่อง", "เรื่อง ขอเชิญประชุม", "เรียน", "เรียน นายอำเภอ ทุกอำเภอ",
        "อ้างถึง หนังสือ ที่ นม ๐๐๒๓/๑ ลงวันที่ ๑ ก.ค. ๒๕๖๗", "สิ่งที่ส่งมาด้วย ๑. แบบ จำนวน ๑ ชุด",
        "ด้วยจังหวัดขอให้ท่านรายงานภายในวันที่ ๒๑ สิงหาคม ๒๕๖๗", "ตามที่", "นั้น", "ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือนี้",
        "ขอเชิญประชุมในวันศุกร์ที่ ๙ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุม", "เลื่อนการประชุม", "ดังนี้",
        "จึงเรียนมาเพื่อทราบ", "ขอแสดงความนับถือ", "(นายสมชาย ใจดี)", "ปฏิบัติราชการแทน", "ผู้ว่าราชการจังหวัด",
        "สำนักงานจังหวัด", "โทร.", "โทร. ๐ ๔๔๐๒ ๑๑๑๑ ต่อ ๑๒", "บันทึกข้อความ", "ส่วนราชการ สำนักปลัด โทร. ๑๒",
        "ถึง สำนักงานจังหวัด", "คำสั่งจังหวัด", "ที่ ๑/๒๕๖๗", "สั่ง ณ วันที่ ๑ มกราคม ๒๕๖๗", "ประกาศกรม", "ข้อ ๑",
        "ระเบียบกรม ว่าด้วยการ พ.ศ. ๒๕๖๗", "รายงานการประชุม ครั้งที่ ๑", "หนังสือรับรอง", "แบบตอบรับ", "เลขรับ ๑๒",
        "เวลา ๐๙.๐๐ น.", "- ๒ -", "\x1b[31m", "\u202e", "\u200b", "<b>", "</td><td>", "<br>", "**", "|", "`" * 3,
        "&amp;", "ํา", "เเ", "่ิ", "\ufffd", "\x00", "x@y.go.th", "https://a.go.th", "๑,๐๐๐ บาท (หนึ่งพันบาท)",
    ]
)  # fmt: skip
SEPARATORS = st.sampled_from([" ", "\n", "\n\n", "\n          ", "          ", "", "\r\n", "\t"])


@settings(BOUND, max_examples=150)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\x00" * 9)
def test_any_bytes_are_a_letter_or_a_problem(data: bytes) -> None:
    keeps_the_contract(data, read(data))


@settings(BOUND, max_examples=200)
@given(st.text(max_size=200))
def test_any_text_keeps_the_contract(text: str) -> None:
    data = text.encode("utf-8", "replace")
    keeps_the_contract(data, read(data))


@settings(BOUND, max_examples=500)
@given(st.lists(st.tuples(WORDS, SEPARATORS), max_size=30))
def test_any_heap_of_a_letter_s_parts_keeps_the_contract(parts: list[tuple[str, str]]) -> None:
    data = "".join(word + gap for word, gap in parts).encode()
    keeps_the_contract(data, read(data))


@settings(BOUND, max_examples=150)
@given(st.data())
def test_any_cut_of_a_letter_in_two_keeps_the_contract(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(cases()))
    place = data.draw(st.integers(0, len(case.data)))
    for half in (case.data[:place], case.data[place:]):
        keeps_the_contract(half, read(half))


@settings(BOUND, max_examples=60)
@given(st.data())
def test_any_lines_of_a_letter_in_any_order_keep_the_contract(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(cases()))
    lines = data.draw(st.permutations(case.text.split("\n")[:40]))
    heap = "\n".join(lines).encode()
    keeps_the_contract(heap, read(heap))


def test_reading_twice_gives_the_same() -> None:
    for case in cases()[::5]:
        assert read(case.data) == read(case.data)


# -- only the looks change ----------------------------------------------------------------------


def test_there_are_letters_to_change() -> None:
    assert len(typed()) >= 20


STAMPS = (
    "เทศบาลตำบลบ้านใหม่\nเลขรับ ๔๕๑\nวันที่ ๒๘ ธ.ค. ๒๕๖๘\nเวลา ๑๐.๓๕ น.\n",
    "          ที่ว่าการอำเภอเมือง\n          เลขที่รับ 1204\n          วันที่ 28 ธันวาคม 2568\n          เวลา 9.15 น.\n\n",
    "เลขรับที่ ๗๗๑๒   วันที่ ๒๘ ธ.ค. ๖๘   เวลา ๑๓.๔๐ น.\n",
    "สำนักงานเกษตรอำเภอ          กลุ่มอำนวยการ\nเลขรับ ๙๐๑          เลขรับ ๓๓\n"
    "วันที่ ๒๘ ธ.ค. ๒๕๖๘          วันที่ ๒๙ ธ.ค. ๒๕๖๘\nเวลา ๐๘.๕๐ น.          เวลา ๐๙.๑๐ น.\n",
)


@pytest.mark.parametrize("stamp", STAMPS, ids=["lines", "aside", "one line", "two"])
def test_stamps_above_the_head_change_nothing_in_it(stamp: str) -> None:
    wrong = {}
    for case in typed():
        before = plain(case.name).cover
        assert before is not None
        if before.kind is not Kind.EXTERNAL_LETTER:
            continue
        after = cover(stamp + case.text)
        changed = [name for name in HEAD if getattr(before, name) != getattr(after, name)]
        if changed:
            wrong[case.name] = changed
    assert wrong == {}


@pytest.mark.parametrize("digits", [TO_THAI, TO_ARABIC], ids=["thai", "arabic"])
def test_digits_of_the_other_kind_change_no_scalar(digits: dict[int, str]) -> None:
    wrong = {}
    for case in typed():
        before, after = plain(case.name), read(case.text.translate(digits).encode())
        changed = [
            (place, name)
            for place, (one, other) in enumerate(
                zip(before.documents, after.documents, strict=True)
            )
            for name in (
                *SCALARS,
                "span",
                "deadlines",
                "events",
                "receipts",
                "signatory",
                "recipients",
            )
            if getattr(one, name) != getattr(other, name)
        ]
        codes = [
            [check.code for check in letter.checks if check.code is not CheckCode.SUSPICIOUS_DIGITS]
            for letter in (before, after)
        ]
        if changed or codes[0] != codes[1]:
            wrong[case.name] = changed or codes
    assert wrong == {}


_LABEL_LINE = re.compile(
    r"(?m)^(?=[ \t]*(?:ที่ |เรื่อง |เรียน |อ้างถึง |สิ่งที่ส่งมาด้วย |ส่วนราชการ |วันที่ |[๐-๙\d]{1,2} +[ก-๙.]+ +(?:พ\.ศ\. *)?[๐-๙\d]{4}[ ]*$))"
)


@pytest.mark.parametrize(
    "blank", ["\n", "\n\n\n", "   \n", "\r\n"], ids=["one", "three", "white", "crlf"]
)
def test_blank_lines_before_the_labels_change_nothing_in_the_head(blank: str) -> None:
    wrong = {}
    for case in typed():
        before = plain(case.name).cover
        assert before is not None
        stop = before.asks[0].span[0] if before.asks else len(case.text)
        cut = min(stop, before.marks["recipients"][0][0] if "recipients" in before.marks else stop)
        after = cover(_LABEL_LINE.sub(blank, case.text[:cut]) + case.text[cut:])
        changed = [
            name for name in (*HEAD, "sender") if getattr(before, name) != getattr(after, name)
        ]
        if changed:
            wrong[case.name] = changed
    assert wrong == {}


@pytest.mark.parametrize(
    "junk", ["~ ° _", "ก ° ข", "ฺ ๒ ค้", "ๆ ' .", "| _ .,", "\u200b\ufeff", "a ®", "____________"]
)
def test_junk_on_top_changes_nothing(junk: str) -> None:
    wrong = {}
    for case in typed():
        before, after = plain(case.name), read(f"{junk}\n{case.text}".encode())
        offset = len(junk) + 1
        changed: list[object] = []
        if len(before.documents) != len(after.documents):
            changed.append("documents")
        for one, other in zip(before.documents, after.documents, strict=False):
            left, right = values(one), values(other)
            changed += [name for name in left if left[name] != right[name]]
            moved = {
                name: (start + offset, end + offset) for name, (start, end) in one.spans.items()
            }
            changed += [f"span of {name}" for name in moved if moved[name] != other.spans.get(name)]
        if [check.code for check in before.checks] != [check.code for check in after.checks]:
            changed.append("checks")
        if changed:
            wrong[case.name] = changed
    assert wrong == {}


@pytest.mark.parametrize(
    ("change", "restore"),
    [
        (lambda text: text.replace("\n", "\r\n"), True),
        (lambda text: "\ufeff" + text, True),
        (lambda text: text.replace("ำ", "ํา"), True),
        (lambda text: text.replace(" ", "\u00a0"), True),
        (lambda text: text + "\n\n\x0c\n", True),
        (lambda text: re.sub(r"(?m)$", "   ", text), True),
        (lambda text: re.sub(r"([ก-ฮ])(?=[ก-ฮ])", "\\1\u200b", text), True),
        (lambda text: re.sub(r"(?m)^(?=.)", "\x1b[0m", text), True),
        (lambda text: unicodedata.normalize("NFC", text), True),
        (lambda text: text.replace("้ำ", "้ํา").replace("่ำ", "่ํา"), True),
    ],
    ids=["crlf", "mark", "nikhahit", "nbsp", "feed", "trailing", "zero width", "escapes", "nfc", "nfkc am"],
)  # fmt: skip
def test_how_the_same_paper_is_stored_changes_no_value(change: object, restore: bool) -> None:
    assert callable(change)
    wrong = {}
    for case in typed():
        before, after = plain(case.name), read(change(case.text).encode())
        changed: list[object] = []
        for one, other in zip(before.documents, after.documents, strict=False):
            left, right = values(one), values(other)
            changed += [
                (name, left[name], right[name]) for name in left if left[name] != right[name]
            ]
        if changed or len(before.documents) != len(after.documents):
            wrong[case.name] = changed
    assert wrong == {}
