"""Bytes to text: every encoding that offices send, what is no text, and what is none at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_inbox.letter import Problem, ProblemCode
from tui_inbox.reading import MAX_BYTES, Decoded, decode, read

TEXT = (
    "ที่ นม ๐๐๒๓.๓/ว ๗๗๔๓   ศาลากลางจังหวัดนครราชสีมา\r\n"
    "๗ สิงหาคม ๒๕๖๗\r\n"
    "เรื่อง  การสำรวจฝายน้ำล้น (fai.go.th)\r\n"
    "เรียน  นายอำเภอ ทุกอำเภอ\r\n"
)


def text_of(data: bytes) -> Decoded:
    found = decode(data)
    assert isinstance(found, Decoded), found
    return found


def code_of(data: bytes) -> ProblemCode:
    found = decode(data)
    assert isinstance(found, Problem), found
    return found.code


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp874"), "cp874"),
        (TEXT.encode("tis-620"), "cp874"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16 le with mark",
        "utf-16 be with mark",
        "utf-16 le bare",
        "utf-16 be bare",
        "cp874",
        "tis-620",
    ],
)
def test_the_same_letter_in_every_encoding(data: bytes, encoding: str) -> None:
    assert text_of(data) == Decoded(TEXT, encoding, 0)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_latin_utf16_without_a_mark(codec: str) -> None:
    assert text_of("Dear Sir or Madam".encode(codec)) == Decoded("Dear Sir or Madam", "utf-16", 0)


@pytest.mark.parametrize("codec", ["utf-8", "cp874"])
def test_marks_of_typography_that_cp874_has(codec: str) -> None:
    text = "“ข้อ ๑” – … ‘ด่วน’ • ราคา ๕ บาท"
    assert text_of(text.encode(codec)).text == text


def test_plain_ascii_is_utf8() -> None:
    assert text_of(b"No. 1/2567\n") == Decoded("No. 1/2567\n", "utf-8", 0)


def test_a_second_mark_is_left_for_the_repair() -> None:
    assert text_of(b"\xef\xbb\xbf" + TEXT.encode("utf-8-sig")).text == "\ufeff" + TEXT


# -- damage -------------------------------------------------------------------------------------


def test_damaged_utf8_is_not_taken_for_cp874() -> None:
    data = TEXT.encode("utf-8")
    place = data.index("ศาลา".encode()) + 1
    found = text_of(data[:place] + b"\xff" + data[place + 1 :])
    assert found.encoding == "utf-8"
    assert found.replaced == found.text.count("\ufffd") > 0
    assert "เรียน  นายอำเภอ ทุกอำเภอ" in found.text


def test_utf8_cut_in_the_middle_of_a_letter() -> None:
    found = text_of("เรื่อง การสำรวจ".encode()[:-1])
    assert (found.encoding, found.replaced) == ("utf-8", 1)
    assert found.text == "เรื่อง การสำรว\ufffd"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_with_half_a_letter_at_its_end(codec: str) -> None:
    mark = b"\xff\xfe" if codec == "utf-16-le" else b"\xfe\xff"
    found = text_of(mark + TEXT.encode(codec) + b"\x0e")
    assert (found.encoding, found.replaced) == ("utf-16", 1)
    assert found.text == TEXT + "\ufffd"


def test_what_cp874_leaves_undefined_is_replaced_and_counted() -> None:
    found = text_of(TEXT.encode("cp874").replace(b"\r\n", b"\xdb\r\n", 1))
    assert (found.encoding, found.replaced) == ("cp874", 1)
    assert found.text == TEXT.replace("\r\n", "\ufffd\r\n", 1)


def test_a_few_control_characters_are_still_text() -> None:
    data = f"\x1b[31m{TEXT}\x07\x00".encode()
    assert text_of(data).text == f"\x1b[31m{TEXT}\x07\x00"


# -- no text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x1f\x8b\x08",
        b"GIF89a",
    ],
)
def test_signatures_of_other_formats(start: bytes) -> None:
    assert code_of(start + TEXT.encode()) is ProblemCode.NOT_TEXT


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 16,
        TEXT.encode() + b"\x00" * len(TEXT),
        b"\x7fELF\x02\x01\x01\x00" + b"\x00\x03\x3e\x01" * 50,
        b"\x01\x02\x03\x04\x05\x06" * 40,
        b"\x00\x01\x02" * 20,
    ],
    ids=["every byte", "half NULs", "program", "controls", "NULs and controls"],
)
def test_binary_data(data: bytes) -> None:
    assert code_of(data) is ProblemCode.NOT_TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\x00" * 5_000,
        b" \t\r\n\x0c",
        b"\n" * 3_000,
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf \r\n",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe \x00\n\x00",
        "\u200b\ufeff \n".encode(),
    ],
)
def test_nothing_to_read(data: bytes) -> None:
    assert code_of(data) is ProblemCode.EMPTY


@pytest.mark.parametrize(
    "text", ["\u00a0\u3000\u2003\n", "\x0b", "\u00ad\n", "<br>", "\u2028", "\x1b[0m"]
)
def test_what_leaves_no_line_is_nothing_to_read(text: str) -> None:
    letter = read(text.encode())
    assert letter.documents == ()
    assert letter.problem == Problem(ProblemCode.EMPTY)


def test_the_largest_file_that_is_read() -> None:
    line = "ข้อความ\n".encode()
    data = (line * (MAX_BYTES // len(line) + 1))[: MAX_BYTES - MAX_BYTES % len(line)]
    assert text_of(data).encoding == "utf-8"


def test_one_byte_too_many() -> None:
    found = decode(b"a" * (MAX_BYTES + 1))
    assert found == Problem(ProblemCode.TOO_LARGE, {"limit": f"{MAX_BYTES:,}"})
    assert text_of(b"a" * MAX_BYTES).replaced == 0


def test_white_space_is_empty_however_large() -> None:
    assert code_of(b" " * (MAX_BYTES + 1)) is ProblemCode.EMPTY


# -- whatever bytes -----------------------------------------------------------------------------


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(st.characters(codec="utf-8"), max_size=80).map(str.encode),
        st.text("กขคงเแา่้ิ๑๒\n ab", max_size=80).map(lambda text: text.encode("utf-16")),
    )
)
def test_any_bytes_are_text_or_a_problem(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Problem):
        assert found.code in (ProblemCode.EMPTY, ProblemCode.NOT_TEXT)
    else:
        assert found.encoding in ("utf-8", "utf-8-sig", "utf-16", "cp874")
        assert found.text
        assert 0 <= found.replaced <= found.text.count("\ufffd")


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text("กขคงจฉชซญดตถทธนบปพมยรลวสหอ่้ิีุูเแโไ๑๒๓ \n", min_size=4, max_size=200))
def test_thai_comes_back_as_it_was(text: str) -> None:
    if not text.strip():
        return
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        assert text_of(text.encode(codec)).text == text
    # A few letters of cp874 can be UTF-8 of another script; a line of a letter cannot.
    text = "เรื่อง ขอเชิญประชุม " + text
    assert text_of(text.encode("cp874")).text == text
