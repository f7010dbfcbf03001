"""Folding: what is matched, and the way back to what is printed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_inbox.reading.repair import Folded, printed
from tui_inbox.thai.folding import ALIKE, CONTROL, TONE, VOWEL, fold_for_search

NIKHAHIT, SARA_AA, SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
MAI_EK, MAI_THO, SARA_I, SARA_II, SARA_U = "\u0e48", "\u0e49", "\u0e34", "\u0e35", "\u0e38"


def fold(text: str) -> str:
    return Folded(text).text


# -- what becomes of it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        # Digits in one system.
        ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
        ("ว ๒๕66", "ว 2566"),
        ("１２", "12"),
        # White space and lines.
        ("ก\u00a0ข\tค\u3000ง", "ก ข ค ง"),
        ("ก\r\nข\rค\nง", "ก\nข\nค\nง"),
        ("ก\x0cข\u2028ค\x85ง", "ก\nข\nค\nง"),
        # Dashes and quotes.
        ("๑–๓ — ๕", "1-3 - 5"),
        ("“ข้อ” ‘ก’", "\"ข้อ\" 'ก'"),
        # Nikhahit and sara aa are sara am, with a tone mark between them too.
        (f"ก{NIKHAHIT}{SARA_AA}กับ", f"ก{SARA_AM}กับ"),
        (f"น{NIKHAHIT}{MAI_THO}{SARA_AA}", f"น{MAI_THO}{SARA_AM}"),
        # ... or before it, as the compatibility normal forms (NFKC, NFKD) leave them.
        (unicodedata.normalize("NFKC", f"น{MAI_THO}{SARA_AM}"), f"น{MAI_THO}{SARA_AM}"),
        # Marks in their order: vowel, then tone; never twice.
        (f"ท{MAI_EK}{SARA_II}", f"ท{SARA_II}{MAI_EK}"),
        (f"ผ{MAI_THO}{SARA_U}", f"ผ{SARA_U}{MAI_THO}"),
        (f"ท{SARA_II}{SARA_II}{MAI_EK}{MAI_EK}", f"ท{SARA_II}{MAI_EK}"),
        # Two เ are one แ.
        ("เเจ้งเวียน", "แจ้งเวียน"),
        # A space that a text layer put before a mark.
        ("ด้ว ย", "ด้ว ย"),
        ("เร ียน", "เรียน"),
        ("น ้ำ", "น้ำ"),
        ("ท ำ", "ทำ"),
        # Positional glyphs of Thai fonts.
        ("ท\uf713", "ท่"),
        ("ป\uf70a", "ป่"),
        ("\uf70fาติ", "ญาติ"),
        ("ป\uf701\uf705", "ปิ่"),
        ("ฎ\uf718", "ฎุ"),
        ("\uf700าน", "ฐาน"),
        # Nothing that is not on the paper.
        ("ด่วน\u200bที่สุด\ufeff", "ด่วนที่สุด"),
        ("\u202eกขค\u202c\u2066ง\u2069", "กขคง"),
        ("ก\x00ข\x07ค\x7fง\u009aจ", "กขคงจ"),
        ("\x1b[31mด่วน\x1b[0m", "ด่วน"),
        ("\x1b[2J\x1b[1;1Hก", "ก"),
        ("\x9b31mก", "ก"),
        ("\x1b]0;ชื่อ\x07ก", "ก"),
        ("\x1b]8;;http://x.go.th\x1b\\ก\x1b]8;;\x1b\\", "ก"),
        ("\x1bPdata\x1b\\ก", "ก"),
        # Mark-up of engines.
        ("**เรื่อง** ก", "เรื่อง ก"),
        ("__เรื่อง__ ก", "เรื่อง ก"),
        ("## บันทึกข้อความ", "บันทึกข้อความ"),
        ("> ด่วน", "ด่วน"),
        ("```\nที่ นม 1\n```", "\nที่ นม 1\n"),
        ("```markdown\nก\n```", "\nก\n"),
        ("ก<br>ข<br/>ค</p>ง", "ก\nข\nค\nง"),
        ('<b>ด่วน</b><span class="x">ที่สุด</span>', "ด่วนที่สุด"),
        ("<td>ก</td><td>ข</td>", " ก  ข "),
        ("ก<!-- page 2 -->ข", "กข"),
        ("ก<::logo: ครุฑ::>ข", "กข"),
        ("![ครุฑ](garuda.png)ก", "ก"),
        ("ก&nbsp;ข &amp; ค &lt;ง&gt; &quot;จ&quot; &#160;", 'ก ข & ค <ง> "จ"  '),
        ("| ลำดับ | รายการ |\n|---|---|\n| ๑ | แบบ |", "ลำดับ   รายการ\n\n1   แบบ"),
        # What only looks like mark-up stays.
        ("[red]ข้อความ[/red]", "[red]ข้อความ[/red]"),
        ("a < b > c", "a < b > c"),
        ("ก <นาย> ข", "ก <นาย> ข"),
        ("a*b ๓*๔", "a*b 3*4"),
        ("file_name__x", "file_name__x"),
        ("AT&T", "AT&T"),
        ("ก|ข", "ก|ข"),
        ("#๑", "#1"),
        ("", ""),
    ],
)
def test_folding(original: str, folded: str) -> None:
    assert fold(original) == folded


def test_runs_are_capped_and_short_ones_kept() -> None:
    assert fold("." * 80) == "." * 80
    assert fold("." * 81) == "." * 80
    assert fold("ก" + "." * 20_000 + "ข") == "ก" + "." * 80 + "ข"
    assert fold("\n" * 300) == "\n" * 300 or fold("\n" * 300) == "\n" * 80


def test_untouched_text_is_the_same_text() -> None:
    text = "เรื่อง  การสำรวจ (ครั้งที่ 2) [ก] {ข} a_b #c * 5 | 6\nเรียน  นายอำเภอ\n"
    folded = Folded(text)
    assert folded.text == text
    assert all(folded.span(n, n + 1) == (n, n + 1) for n in range(len(text)))


# -- the way back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "word", "place"),
    [
        ("\ufeffด่วน", "ด่วน", "ด่วน"),
        ("ก \x1b[31mด่วน\x1b[0m ข", "ด่วน", "ด่วน"),
        ("ว\u200b ๒๕๖๗", "2567", "๒๕๖๗"),
        ("สำนัก ทํางาน ก", "ทำงาน", "ทํางาน"),
        ("ก ด่\u200bวน ข", "ด่วน", "ด่\u200bวน"),
        ("<b>เรื่อง</b> การประชุม", "การประชุม", "การประชุม"),
        ("**ด่วน**ที่สุด", "ด่วนที่สุด", "ด่วน**ที่สุด"),
        ("| ๑ | แบบ |", "แบบ", "แบบ"),
        ("ก&amp;ข", "&", "&amp;"),
        ("ก\r\nข", "\n", "\r\n"),
        ("ก่ิข", "ิ่", "่ิ"),
        ("...." + "." * 100 + "จบ", "จบ", "จบ"),
    ],
)
def test_a_span_is_of_the_original(original: str, word: str, place: str) -> None:
    folded = Folded(original)
    at = folded.text.index(word)
    start, end = folded.span(at, at + len(word))
    assert original[start:end] == place


def test_spans_at_the_edges() -> None:
    assert Folded("").span(0, 0) == (0, 0)
    assert Folded("\u200b\u200b").span(0, 0) == (0, 0)
    folded = Folded("\u200bกข\u200b")
    assert folded.span(0, 2) == (1, 3)
    assert folded.span(1, 1) == (2, 2)


SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "\x1b[31m", "\x1b]0;x\x07", "\x1b", "\r\n", "\r", "\n", "\u200b", "\u202e", "\ufeff",
                "ํา", "ํ้า", "่ิ", "เเ", "่่", " ี", " ", "**", "<b>", "</b>", "<br>", "<td>", "<!-- x -->",
                "![a](b)", "&amp;", "&lt;", "```", "\n# ", "\n> ", "| ", " |", "\n|---|---|\n", "๒๕๖๗",
                "." * 90, "เรื่อง", "ก", "\uf713", "<::x::>", "__",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.one_of(SCRAPS, st.text(max_size=60)))
def test_every_span_lies_in_the_original_and_in_order(original: str) -> None:
    folded = Folded(original)
    before = (0, 0)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(original)
        assert before[0] <= start
        assert before[1] <= end
        before = (start, end)
    assert folded.span(0, len(folded.text)) == (
        (folded.span(0, 1)[0], before[1]) if folded.text else (0, 0)
    )


@settings(max_examples=400, derandomize=True, deadline=None)
@given(SCRAPS)
def test_every_stretch_lies_in_the_original(original: str) -> None:
    folded = Folded(original)
    length = len(folded.text)
    for left in range(0, length, 3):
        for right in range(left, length + 1, 5):
            start, end = folded.span(left, right)
            assert 0 <= start <= end <= len(original)


UNSEEN = ("", "", "", "\u200b", "\ufeff", "\u00ad", "\u202a")


@st.composite
def syllables(draw: st.DrawFn) -> str:
    """A syllable as typists, fonts and normal forms write it: its marks in any order, something
    unseen between them."""
    signs = [
        draw(st.sampled_from(["", "ิ", "ี", "ุ", "ั", "็", "\uf701"])),
        draw(st.sampled_from(["", "่", "้", "์", "\uf70a", "\uf713"])),
    ]
    if not any(signs) or draw(st.booleans()):
        signs = [draw(st.sampled_from(["", "่", "้"])), draw(st.sampled_from(["ำ", "ํา", "า"]))]
        if signs[1] == "ํา" and draw(st.booleans()):
            signs = ["ํ", signs[0], "า"]
    elif draw(st.booleans()):
        signs.reverse()
    parts = [
        draw(st.sampled_from(["", "เ", "เเ", "แ", "โ"])),
        draw(st.sampled_from("กทนสว")),
        *signs,
    ]
    return "".join(part + draw(st.sampled_from(UNSEEN)) for part in parts)


#: Thai text without mark-up, whose removal may leave other mark-up (``<<b>b>``).
UNMARKED = st.lists(
    st.one_of(
        syllables(), st.sampled_from([" ", "\n", "\u00a0", "๑", "2", ".", "–", "“", "a", "\x07"])
    ),
    max_size=12,
).map("".join)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(UNMARKED)
@example("น้ํา")
@example("นํ\u200bา")
@example("ท่\u200bี")
@example("เ\u200bเ")
def test_folding_twice_is_folding_once(original: str) -> None:
    once = fold(original)
    assert fold(once) == once


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.one_of(SCRAPS, st.text(max_size=60)))
def test_folded_text_holds_nothing_unseen(original: str) -> None:
    text = fold(original)
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", text
    )
    assert not re.search("[๐-๙\u00a0\uf700-\uf71a]", text)


# -- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("  การ\n   ประชุม  ", "การ ประชุม"),
        ("ว ๒๕๖๖", "ว 2566"),
        ("สํานักงาน", "สำนักงาน"),
        ("นํ้า", "น้ำ"),
        ("\x1b[31mด่วน\x1b[0m", "ด่วน"),
        ("ด่\u200bวน\u202e", "ด่วน"),
        ("**ด่วน**", "ด่วน"),
        ("<b>ด่วน</b>", "ด่วน"),
        ("ก<!-- x -->ข", "กข"),
        ("[red]ด่วน[/red]", "[red]ด่วน[/red]"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("ก\u00a0\u3000ข", "ก ข"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_values_as_printed(text: str, value: str) -> None:
    assert printed(text) == value


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.one_of(SCRAPS, st.text(max_size=60)))
@example("\x1b<b>[31m")
@example("\x1b**[31mก")
@example("<b\u200b>")
def test_values_hold_no_control_characters(text: str) -> None:
    value = printed(text)
    assert value == value.strip()
    assert "  " not in value
    for letter in value:
        assert letter == " " or not letter.isspace()
        assert unicodedata.category(letter) != "Cc"
        assert (
            letter
            not in "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
        )
        assert letter not in "๐๑๒๓๔๕๖๗๘๙"


# -- search keys --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("น้ำ", "นํ้า"),
        ("น้ำ", unicodedata.normalize("NFKC", "น้ำ")),
        ("ทำ", "ทํา"),
        ("ที่", "ท่ี"),
        ("๒๕๖๗", "2567"),
        ("แจ้ง", "เเจ้ง"),
        ("ด่วน\u200bที่สุด", "ด่วนที่สุด"),
        ("ZOOM", "zoom"),
        ("ก\u00a0ข", "ก ข"),
        ("ก   \n ข", "ก ข"),
        ("\u202eกข", "กข"),
        ("ท\uf713", "ท่"),
        ("ก–ข", "ก-ข"),
        ("นํ\u200bา", "นำ"),
    ],
)
def test_what_is_printed_alike_is_found_alike(one: str, other: str) -> None:
    assert fold_for_search(one) == fold_for_search(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ด่วน", "ดวน"), ("กา", "กำ"), ("ก ข", "กข"), ("ที่", "ที")]
)
def test_what_differs_on_paper_differs(one: str, other: str) -> None:
    assert fold_for_search(one) != fold_for_search(other)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.one_of(UNMARKED, st.text(st.characters(exclude_categories=["Mn"]), max_size=40)))
@example("น้ํา")
@example("นํ\u200bา")
@example("ท่\u200bี")
def test_search_keys_are_folded_once(text: str) -> None:
    key = fold_for_search(text)
    assert fold_for_search(key) == key


@settings(max_examples=200, derandomize=True, deadline=None)
@given(UNMARKED, st.text("กขคง ๑2a.", max_size=20), UNMARKED)
def test_a_word_of_a_text_is_found_in_its_key(before: str, word: str, after: str) -> None:
    word = f"ส{word.strip()}ส"
    assert fold_for_search(word) in fold_for_search(f"{before} {word} {after}")


def folded_plainly(text: str) -> str:
    """The same key, each rule spelt out over the whole text."""
    seen = re.sub(f"{CONTROL}+", "", text.translate(str.maketrans(ALIKE | {"\0": " "})))

    def change(match: re.Match[str]) -> str:
        found = match.group()
        if match.lastgroup == "am":
            return found.replace("ํ", "")[:-1] + "ำ"
        return "แ" if found == "เเ" else found[1] + found[0]

    rules = rf"(?P<am>[่-๋]?ํ[่-๋]?า)|({TONE})({VOWEL})|เเ"
    return re.sub(r"\s+", " ", re.sub(rules, change, seen)).casefold()


@given(
    st.text("กนาำเแ่้ํิ๑２ Aß\t\n\r\0\x1c\u200b\u00ad\uf70a\uf711\u2003")
    | st.text("กา่ํิเ", max_size=12)
    | st.text()
)
def test_the_quick_key_is_that_of_the_rules(text: str) -> None:
    assert fold_for_search(text) == folded_plainly(text)
