"""The rules of docs/reading.md, one by one: where each one holds, and the nearest place where not.

Every letter is put together from a head, a body and a tail; a test changes only what its rule is
about. People, numbers and telephones are invented.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from tui_inbox.letter import (
    Action,
    Basis,
    CheckCode,
    EventStatus,
    Kind,
    Receipt,
    Secrecy,
    Urgency,
)
from tui_inbox.reading import read

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.letters import (
    FAR,
    FOOT,
    INDENT,
    PLAIN,
    codes,
    deadlines,
    letter,
    memo,
    one,
    order,
    whole,
)

# -- the letter that all others vary ------------------------------------------------------------


def test_the_plain_letter() -> None:
    text = letter()
    found = one(text)
    assert found.kind is Kind.EXTERNAL_LETTER
    assert (found.urgency, found.secrecy, found.circular) == (Urgency.NORMAL, Secrecy.NONE, False)
    assert (found.number, found.date) == ("นม 0017.3/7743", "2024-08-07")
    assert found.sender == "จังหวัดนครราชสีมา"
    assert found.subject == "การดูแลฝายน้ำล้น"
    assert found.recipients == ("นายอำเภอปากช่อง",)
    assert found.action is Action.ACKNOWLEDGE
    assert (found.asks, found.deadlines, found.events) == ((), (), ())
    assert (found.references, found.enclosures, found.receipts) == ((), (), ())
    assert found.signatory is not None
    assert found.signatory.name == "นายสมชาย ใจกล้า"
    assert found.signatory.position == "ผู้ว่าราชการจังหวัดนครราชสีมา"
    assert found.signatory.authority == "ผู้ว่าราชการจังหวัดนครราชสีมา"
    assert [contact.value for contact in found.contacts] == ["044001111"]
    assert codes(text) == []


def test_the_plain_memo() -> None:
    found = one(memo())
    assert found.kind is Kind.INTERNAL_MEMO
    assert (found.number, found.date) == ("นม 0017.1/215", "2024-08-07")
    assert (found.sender, found.subject) == ("สำนักงานจังหวัด", "การดูแลฝายน้ำล้น")
    assert found.recipients == ("หัวหน้าสำนักงานจังหวัด",)
    assert codes(memo()) == []


def test_the_plain_order() -> None:
    found = one(order())
    assert found.kind is Kind.ORDER
    assert (found.number, found.date, found.sender) == ("123/2567", "2024-08-05", "จังหวัดนครราชสีมา")
    assert found.subject == "แต่งตั้งคณะทำงานดูแลฝาย"
    assert codes(order()) == []


# -- urgency and secrecy ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "urgency"),
    [
        ("ด่วนที่สุด\n\n", Urgency.MOST_URGENT),
        ("ด่วนมาก\n", Urgency.VERY_URGENT),
        ("ด่วน\n", Urgency.URGENT),
        (f"{FAR}ด่วนที่สุด\n", Urgency.MOST_URGENT),
        ("** ด่วนที่สุด **\n", Urgency.MOST_URGENT),
        ("(ด่วนมาก)\n", Urgency.VERY_URGENT),
        ("ด่ ว น ที่ สุ ด\n", Urgency.MOST_URGENT),
        ("ดวนทีสุด\n", Urgency.MOST_URGENT),
        ("ชั้นความเร็ว ด่วนมาก\n", Urgency.VERY_URGENT),
        ("ด่วนที่สุด ", Urgency.MOST_URGENT),
        ("ด่วนภายในวันที่ ๙ สิงหาคม ๒๕๖๗\n", Urgency.URGENT),
        ("ชั้นความเร็ว (ถ้ามี)\n", Urgency.NORMAL),
        ("", Urgency.NORMAL),
    ],
)
def test_urgency_on_its_own_line_or_before_the_number(line: str, urgency: Urgency) -> None:
    text = letter(above=line)
    found = one(text)
    assert found.urgency is urgency
    assert found.number == "นม 0017.3/7743"
    assert ("urgency" in found.spans) is (urgency is not Urgency.NORMAL)
    if urgency is not Urgency.NORMAL:
        start, end = found.spans["urgency"]
        assert text[start:end] in line


@pytest.mark.parametrize(
    "parts",
    [
        {"reference": "หนังสือจังหวัดนครราชสีมา ด่วนที่สุด ที่ นม ๐๐๑๗.๓/๑๒ ลงวันที่ ๑ กรกฎาคม ๒๕๖๗"},
        {"subject": "การแก้ไขฝายชำรุดโดยด่วนที่สุด"},
        {"subject": "ด่วนที่สุด"},
        {"enclosure": "สำเนาหนังสือกรมชลประทาน ด่วนมาก ที่ กษ ๐๓๐๑/๙ ลงวันที่ ๑ กรกฎาคม ๒๕๖๗ จำนวน ๑ ฉบับ"},
    ],
)
def test_urgency_elsewhere_in_the_head_is_not_this_letter_s(parts: dict[str, str]) -> None:
    assert one(letter(**parts)).urgency is Urgency.NORMAL


@pytest.mark.parametrize(
    "sentence",
    [
        "ตามหนังสือกรมชลประทาน ด่วนที่สุด ที่ กษ ๐๓๐๑/ว ๙ ลงวันที่ ๑ กรกฎาคม ๒๕๖๗ แจ้งเรื่องฝาย นั้น",
        "จังหวัดพิจารณาแล้วเห็นว่าฝายชำรุดมาก ต้องแก้ไขโดยด่วนที่สุด",
        "กรณีฝายชำรุดถือเป็นเรื่อง\nด่วนที่สุดของจังหวัด",
    ],
)
def test_urgency_inside_a_sentence_is_not_the_letter_s(sentence: str) -> None:
    assert one(letter(sentence)).urgency is Urgency.NORMAL


def test_urgency_on_the_memo_s_title_line() -> None:
    assert one(memo(title="ด่วนที่สุด    บันทึกข้อความ")).urgency is Urgency.MOST_URGENT
    assert one(memo(title="บันทึกข้อความ      ด่วนมาก")).urgency is Urgency.VERY_URGENT
    assert one(memo()).urgency is Urgency.NORMAL


@pytest.mark.parametrize(
    ("line", "secrecy"),
    [("ลับที่สุด\n", Secrecy.TOP_SECRET), ("ลับมาก\n", Secrecy.SECRET), ("ลับ\n", Secrecy.CONFIDENTIAL)],
)
def test_secrecy_on_its_own_line(line: str, secrecy: Secrecy) -> None:
    found = one(letter(above=f"{line}ด่วนมาก\n"))
    assert (found.secrecy, found.urgency) == (secrecy, Urgency.VERY_URGENT)


def test_secrecy_inside_a_sentence_is_not_the_letter_s() -> None:
    found = one(letter("ข้อมูลนี้มิใช่ข้อมูลลับ ลับมาก หรือลับที่สุด ตามระเบียบว่าด้วยการรักษาความลับ"))
    assert found.secrecy is Secrecy.NONE


# -- numbers ------------------------------------------------------------------------------------


def test_a_code_with_a_postcode_is_an_address() -> None:
    text = letter(number="", agency="ที่ว่าการอำเภอปากช่อง", address="ปากช่อง นม ๓๐๑๓๐")
    assert one(text).number is None
    assert CheckCode.MISSING_PART in codes(text)


def test_a_blank_serial_is_no_number_and_not_missed() -> None:
    text = letter(number="นม ๐๐๑๗.๓/")
    found = one(text)
    assert (found.number, "number" in found.spans) == (None, False)
    assert (found.sender, found.date) == ("จังหวัดนครราชสีมา", "2024-08-07")
    assert codes(text) == []


def test_a_series_read_as_a_digit_gives_no_number() -> None:
    assert one(letter(number="นม ๐๐๑๗.๓/๒ ๓๑๘๙")).number is None
    assert one(letter(number="นม ๐๐๑๗.๓/ว ๓๑๘๙")).number == "นม 0017.3/ว 3189"
    assert one(letter(number="นม ๐๐๑๗.๓/๒๓๑๘๙")).number == "นม 0017.3/23189"


def test_the_number_is_not_one_that_is_cited() -> None:
    text = letter(number="", reference="หนังสือจังหวัด ที่ นม ๐๐๑๗.๓/๑๒ ลงวันที่ ๑ กรกฎาคม ๒๕๖๗")
    found = one(text)
    assert found.number is None
    assert [cited.number for cited in found.references] == ["นม 0017.3/12"]


# -- dates and stamps ---------------------------------------------------------------------------

STAMP = "ที่ว่าการอำเภอปากช่อง\nเลขรับ ๑๒๐๔\nวันที่ ๙ ส.ค. ๒๕๖๗\nเวลา ๑๐.๑๕ น.\n\n"


def test_a_labelled_date_in_the_head_is_the_stamp_s() -> None:
    found = one(letter(above=STAMP))
    assert found.date == "2024-08-07"
    assert found.receipts == (Receipt("1204", "2024-08-09", "10:15", "ที่ว่าการอำเภอปากช่อง"),)


def test_a_labelled_date_in_a_memo_s_head_is_its_own() -> None:
    found = one(memo())
    assert found.date == "2024-08-07"
    assert found.receipts == ()


def test_a_bare_date_is_no_stamp() -> None:
    assert one(letter()).receipts == ()


# -- sender -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agency", "address", "signer", "sender"),
    [
        ("ศาลากลางจังหวัดสุรินทร์", "ถนนหลักเมือง สร ๓๒๐๐๐", "ผู้ว่าราชการจังหวัดสุรินทร์", "จังหวัดสุรินทร์"),
        ("กรมการปกครอง", "ถนนอัษฎางค์ กทม. ๑๐๒๐๐", "อธิบดีกรมการปกครอง", "กรมการปกครอง"),
        ("ที่ว่าการอำเภอปากช่อง", "ถนนมิตรภาพ นม ๓๐๑๓๐", "นายอำเภอปากช่อง", "ที่ว่าการอำเภอปากช่อง"),
        (
            "โรงเรียนบ้านหนองบัว",
            "ตำบลหนองบัว นม ๓๐๑๓๐",
            "ผู้อำนวยการโรงเรียนบ้านหนองบัว",
            "โรงเรียนบ้านหนองบัว",
        ),
    ],
)
def test_the_sender_stands_by_the_number_and_over_its_address(
    agency: str, address: str, signer: str, sender: str
) -> None:
    text = letter(agency=agency, address=address, signed=f"{FAR}(นายสมชาย ใจกล้า)\n{FAR}{signer}\n")
    found = one(text)
    assert found.sender == sender
    start, end = found.spans["sender"]
    assert text[start:end] == sender


def test_the_office_of_a_stamp_is_not_the_sender() -> None:
    stamp = "กรมชลประทาน\nเลขรับ ๑๒๐๔\nวันที่ ๙ ส.ค. ๒๕๖๗\nเวลา ๑๐.๑๕ น.\n\n"
    assert one(letter(above=stamp)).sender == "จังหวัดนครราชสีมา"


def test_the_signer_s_authority_tells_which_agency_sends() -> None:
    above = f"{FAR}สำนักงานปศุสัตว์จังหวัดนครราชสีมา\n"
    assert one(letter(above=above)).sender == "จังหวัดนครราชสีมา"


def test_of_two_agencies_the_signer_s_is_the_sender() -> None:
    both = f"กรมการปกครอง\n   {FAR}{FAR}ที่ว่าการอำเภอปากช่อง"
    signed = f"{FAR}(นายสมชาย ใจกล้า)\n{FAR}{{}}\n"
    for post, sender in (
        ("นายอำเภอปากช่อง", "ที่ว่าการอำเภอปากช่อง"),
        ("อธิบดีกรมการปกครอง", "กรมการปกครอง"),
    ):
        assert one(letter(agency="", address=both, signed=signed.format(post))).sender == sender


def test_agency_and_unit_of_a_memo() -> None:
    found = one(memo(office="กองคลัง เทศบาลนครนครราชสีมา โทร. ๑๒๑๒"))
    assert (found.sender, found.owner_unit) == ("เทศบาลนครนครราชสีมา", "กองคลัง")
    found = one(memo(office="เทศบาลนครนครราชสีมา กองคลัง โทร. ๑๒๑๒"))
    assert (found.sender, found.owner_unit) == ("เทศบาลนครนครราชสีมา", "กองคลัง")


def test_a_memo_of_one_office_has_no_unit_under_it() -> None:
    found = one(memo(office="สำนักงานคลังจังหวัดนครราชสีมา โทร. ๐ ๔๔๐๐ ๑๒๑๒"))
    assert (found.sender, found.owner_unit) == ("สำนักงานคลังจังหวัดนครราชสีมา", None)


# -- endorsements -------------------------------------------------------------------------------


def test_a_second_addressee_with_a_proposal_under_it_is_an_endorsement() -> None:
    note = "เรียน   หัวหน้าฝ่ายบริหาร\n        - เพื่อโปรดพิจารณา\n\n"
    found = one(letter(after_to=note))
    assert found.recipients == ("นายอำเภอปากช่อง",)
    assert found.asks == ()


def test_an_endorsement_above_the_head() -> None:
    note = "เรียน ปลัดอำเภอ\n- เพื่อโปรดทราบ\n\n"
    assert one(letter(above=note)).recipients == ("นายอำเภอปากช่อง",)


def test_an_endorsement_below_the_foot_asks_nothing() -> None:
    note = "\nเรียน นายอำเภอ\n- เพื่อโปรดทราบ\n- เห็นควรขอให้ปลัดอำเภอรายงานภายในวันที่ ๙ สิงหาคม ๒๕๖๗\n"
    found = one(letter(foot=FOOT + note))
    assert found.recipients == ("นายอำเภอปากช่อง",)
    assert (found.asks, found.deadlines, found.action) == ((), (), Action.ACKNOWLEDGE)


def test_a_second_addressee_without_a_proposal_is_one() -> None:
    found = one(letter(to="นายอำเภอปากช่อง\nเรียน   นายอำเภอสีคิ้ว"))
    assert found.recipients == ("นายอำเภอปากช่อง", "นายอำเภอสีคิ้ว")


# -- stamped letters ----------------------------------------------------------------------------

STAMPED = (
    f"ที่ นม ๐๐๑๗.๓/๘๐๒\n\nถึง   สำนักงานเกษตรจังหวัดสุรินทร์\n\n"
    f"{INDENT}พร้อมหนังสือนี้ จังหวัดนครราชสีมาขอส่งคู่มือการดูแลฝาย จำนวน ๑ เล่ม มาเพื่อทราบ\n\n\n"
    f"{FAR}จังหวัดนครราชสีมา\n{FAR}๗ สิงหาคม ๒๕๖๗\n\n\nสำนักงานจังหวัด\nโทร. ๐ ๔๔๐๐ ๑๑๑๑\n"
)


def test_a_stamped_letter() -> None:
    found = one(STAMPED)
    assert found.kind is Kind.STAMPED_LETTER
    assert (found.number, found.date, found.subject) == ("นม 0017.3/802", "2024-08-07", None)
    assert (found.sender, found.owner_unit) == ("จังหวัดนครราชสีมา", "สำนักงานจังหวัด")
    assert found.recipients == ("สำนักงานเกษตรจังหวัดสุรินทร์",)
    assert codes(STAMPED) == []


def test_a_sentence_that_begins_with_the_word_makes_no_stamped_letter() -> None:
    found = one(letter(f"{PLAIN}\nถึง สำนักงานเกษตรจังหวัดสุรินทร์ และหน่วยงานอื่น"))
    assert found.kind is Kind.EXTERNAL_LETTER
    assert found.recipients == ("นายอำเภอปากช่อง",)


# -- signers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["ปฏิบัติราชการแทน", "รักษาราชการแทน", "ทำการแทน"])
def test_the_line_behind_on_behalf_is_the_authority(words: str) -> None:
    signed = (
        f"{FAR}(นายสมชาย ใจกล้า)\n{FAR}รองผู้ว่าราชการจังหวัด {words}\n{FAR}ผู้ว่าราชการจังหวัดนครราชสีมา\n"
    )
    signatory = one(letter(signed=signed)).signatory
    assert signatory is not None
    assert signatory.position == "รองผู้ว่าราชการจังหวัด"
    assert signatory.authority == "ผู้ว่าราชการจังหวัดนครราชสีมา"


def test_the_unit_under_a_position_is_no_authority() -> None:
    found = one(letter(foot="ฝ่ายบริหารทั่วไป\nโทร. ๐ ๔๔๐๐ ๑๑๑๑\n"))
    assert found.signatory is not None
    assert found.signatory.authority == "ผู้ว่าราชการจังหวัดนครราชสีมา"
    assert found.owner_unit == "ฝ่ายบริหารทั่วไป"


@pytest.mark.parametrize("rank", ["ว่าที่ร้อยตรี", "พันตำรวจเอก", "ผู้ช่วยศาสตราจารย์", "หม่อมหลวง"])
def test_a_rank_above_the_brackets_belongs_to_the_name(rank: str) -> None:
    signed = f"{FAR}{rank}\n{FAR}   (สมชาย ใจกล้า)\n{FAR}ผู้ว่าราชการจังหวัดนครราชสีมา\n"
    signatory = one(letter(signed=signed)).signatory
    assert signatory is not None
    assert signatory.name == f"{rank} สมชาย ใจกล้า"


def test_another_word_above_the_brackets_does_not() -> None:
    signed = f"{FAR}สมชาย\n{FAR}(นายสมชาย ใจกล้า)\n{FAR}ผู้ว่าราชการจังหวัดนครราชสีมา\n"
    signatory = one(letter(signed=signed)).signatory
    assert signatory is not None
    assert signatory.name == "นายสมชาย ใจกล้า"


def test_brackets_in_the_body_are_no_signature() -> None:
    found = one(letter(f"{PLAIN} ผู้ประสานงาน (นายประเสริฐ ดีมาก) จะติดต่อท่านต่อไป"))
    assert found.signatory is not None
    assert found.signatory.name == "นายสมชาย ใจกล้า"


# -- addressees and circulars -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "recipients"),
    [
        ("นายอำเภอปากช่อง และนายอำเภอสีคิ้ว", ("นายอำเภอปากช่อง", "นายอำเภอสีคิ้ว")),
        ("นายอำเภอ ทุกอำเภอ", ("นายอำเภอ ทุกอำเภอ",)),
        ("นายอำเภอทุกอำเภอ และนายกเทศมนตรีทุกแห่ง", ("นายอำเภอทุกอำเภอ", "นายกเทศมนตรีทุกแห่ง")),
        ("นายกเทศมนตรีตำบลหมูสี ผ่าน นายอำเภอปากช่อง", ("นายกเทศมนตรีตำบลหมูสี",)),
        ("๑. นายอำเภอปากช่อง\n        ๒. นายอำเภอสีคิ้ว", ("นายอำเภอปากช่อง", "นายอำเภอสีคิ้ว")),
        ("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษานครราชสีมา เขต ๑", ("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษานครราชสีมา เขต 1",)),
        ("กรรมการผู้จัดการ บริษัท ฝายดี จำกัด", ("กรรมการผู้จัดการ บริษัท ฝายดี จำกัด",)),
        ("นายอำเภอปากช่อง ......", ("นายอำเภอปากช่อง",)),
    ],
)  # fmt: skip
def test_one_value_an_addressee(to: str, recipients: tuple[str, ...]) -> None:
    assert one(letter(to=to)).recipients == recipients


@pytest.mark.parametrize(
    ("parts", "circular"),
    [
        ({"number": "นม ๐๐๑๗.๓/ว ๗๗๔๓"}, True),
        ({"to": "นายอำเภอ ทุกอำเภอ"}, True),
        ({"to": "หัวหน้าส่วนราชการทุกแห่ง"}, True),
        ({"to": "นายอำเภอปากช่อง นายอำเภอสีคิ้ว และนายอำเภอสูงเนิน"}, True),
        ({"to": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา เขต ๑ - ๗"}, True),
        ({"to": "นายอำเภอปากช่อง และนายอำเภอสีคิ้ว"}, False),
        ({"to": "นายอำเภอปากช่อง"}, False),
        ({"subject": "การเฝ้าระวังทุกวัน ทุกอำเภอ"}, False),
        ({"reference": "หนังสือ ที่ นม ๐๐๑๗.๓/ว ๑๒ ลงวันที่ ๑ กรกฎาคม ๒๕๖๗"}, False),
    ],
)
def test_what_makes_a_circular(parts: dict[str, str], circular: bool) -> None:
    found = one(letter(**parts))
    assert found.circular is circular
    assert ("circular" in found.spans) is circular


# -- background ---------------------------------------------------------------------------------


def test_between_the_words_is_background() -> None:
    told = (
        "ตามที่จังหวัดขอให้อำเภอรายงานผลการตรวจฝายภายในวันที่ ๕ กรกฎาคม ๒๕๖๗ และเชิญประชุม"
        "ในวันที่ ๑๐ กรกฎาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ศาลากลางจังหวัด นั้น"
    )
    found = one(letter(told, PLAIN))
    assert (found.asks, found.deadlines, found.events) == ((), (), ())
    assert found.action is Action.ACKNOWLEDGE


def test_behind_the_words_is_no_background() -> None:
    found = one(letter("ตามที่จังหวัดแจ้งแนวทางตรวจฝาย นั้น จังหวัดขอให้ท่านรายงานผลภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"))
    assert [deadline.date for deadline in found.deadlines] == ["2024-08-23"]
    assert len(found.asks) == 1
    assert found.action is Action.ACT


def test_as_told_before_ends_the_background_too() -> None:
    told = "ตามหนังสือที่อ้างถึง จังหวัดขอให้รายงานภายในวันที่ ๕ กรกฎาคม ๒๕๖๗ ความละเอียดแจ้งแล้ว นั้น"
    assert deadlines(told, PLAIN) == []


def test_what_a_memo_recounts_is_background() -> None:
    told = "ข้อเท็จจริง  กรมขอให้จังหวัดส่งรายงานภายในวันที่ ๑๒ สิงหาคม ๒๕๖๗"
    assert one(memo(told)).deadlines == ()
    asked = "ข้อเสนอ  ขอให้กลุ่มงานส่งรายงานภายในวันที่ ๑๒ สิงหาคม ๒๕๖๗"
    assert [each.date for each in one(memo(told, asked)).deadlines] == ["2024-08-12"]


# -- asks and action ----------------------------------------------------------------------------


def test_the_ask_has_a_sentence_of_its_own() -> None:
    text = letter(PLAIN, "จังหวัดจึงขอให้ท่านแจ้งเจ้าหน้าที่ตรวจสอบฝายในพื้นที่")
    found = one(text)
    assert [ask.text for ask in found.asks] == ["จังหวัดจึงขอให้ท่านแจ้งเจ้าหน้าที่ตรวจสอบฝายในพื้นที่"]
    start, end = found.asks[0].span
    assert text[start:end] == found.asks[0].text
    assert found.action is Action.ACT


def test_the_closing_phrase_alone() -> None:
    found = one(letter(close="จึงเรียนมาเพื่อโปรดพิจารณา"))
    assert found.action is Action.CONSIDER
    assert len(found.asks) == 1
    assert one(letter()).asks == ()


def test_a_closing_phrase_that_only_repeats_is_no_ask() -> None:
    found = one(letter("จังหวัดจึงขอให้ท่านรายงานผลการตรวจฝาย", close="จึงเรียนมาเพื่อพิจารณา"))
    assert [ask.text for ask in found.asks] == ["จังหวัดจึงขอให้ท่านรายงานผลการตรวจฝาย"]
    assert found.action is Action.ACT


def test_a_closing_phrase_that_adds_something_is_one() -> None:
    close = "จึงเรียนมาเพื่อทราบและแจ้งเจ้าหน้าที่ถือปฏิบัติโดยเคร่งครัด"
    found = one(letter("จังหวัดจึงขอให้ท่านรายงานผลการตรวจฝาย", close=close))
    assert [ask.text for ask in found.asks] == ["จังหวัดจึงขอให้ท่านรายงานผลการตรวจฝาย", close]


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("จึงขอเชิญท่านเข้าร่วมประชุมในวันที่ ๒๓ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ศาลากลางจังหวัด", Action.ACT),
        ("จึงขอความอนุเคราะห์ให้นายประเสริฐ ดีมาก เป็นวิทยากรในการอบรมดังกล่าว", Action.CONSIDER),
        ("จึงขออนุญาตใช้ห้องประชุมของอำเภอ", Action.CONSIDER),
        ("จึงขอความร่วมมือประชาสัมพันธ์ให้ประชาชนทราบ", Action.ACT),
        ("จังหวัดขอขอบคุณท่านที่สนับสนุนงานด้วยดีเสมอมา", Action.ACKNOWLEDGE),
        ("จังหวัดขอส่งคู่มือมาพร้อมหนังสือนี้", Action.ACKNOWLEDGE),
        ("จังหวัดขอให้ท่านมีความสุขความเจริญตลอดไป", Action.ACKNOWLEDGE),
        ("หากมีข้อสงสัยประการใด ให้ติดต่อกลุ่มงานอำนวยการ", Action.ACKNOWLEDGE),
    ],
)
def test_what_the_reader_must_do(sentence: str, action: Action) -> None:
    assert one(letter(PLAIN, sentence)).action is action


def test_what_a_third_office_asked_is_dropped_behind_the_own_request() -> None:
    told = "ด้วยกรมชลประทานแจ้งว่าขอให้จังหวัดสำรวจฝายทุกแห่ง"
    own = "จังหวัดจึงขอให้ท่านสำรวจฝายในพื้นที่"
    assert [ask.text for ask in one(letter(told, own)).asks] == [own]
    assert len(one(letter(told)).asks) == 1


def test_items_under_a_request_are_asks_one_by_one() -> None:
    found = one(
        letter(
            PLAIN,
            "จังหวัดจึงขอให้ท่านดำเนินการ ดังนี้",
            "๑. ตรวจสอบฝายในพื้นที่",
            "๒. รายงานผลให้จังหวัดทราบ",
        )
    )
    assert [ask.text for ask in found.asks] == ["1. ตรวจสอบฝายในพื้นที่", "2. รายงานผลให้จังหวัดทราบ"]


def test_items_under_something_else_are_not() -> None:
    found = one(letter("ฝายที่ซ่อมแล้วมี ดังนี้", "๑. ฝายบ้านหนองบัว", "๒. ฝายบ้านโคกสูง"))
    assert found.asks == ()


# -- deadlines ----------------------------------------------------------------------------------

ASKED = "จังหวัดจึงขอให้ท่านส่งรายงาน"


@pytest.mark.parametrize(
    ("term", "date", "time", "basis"),
    [
        ("ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗", "2024-08-23", None, Basis.ABSOLUTE),
        ("ภายในวันศุกร์ที่ ๒๓ สิงหาคม ๒๕๖๗ เวลา ๑๖.๓๐ น.", "2024-08-23", "16:30", Basis.ABSOLUTE),
        ("ภายในเวลา ๑๖.๓๐ น. ของวันที่ ๒๓ สิงหาคม ๒๕๖๗", "2024-08-23", "16:30", Basis.ABSOLUTE),
        ("ไม่เกินวันที่ ๒๓ ส.ค. ๖๗", "2024-08-23", None, Basis.ABSOLUTE),
        ("ภายใน ๒๓ สิงหาคมนี้", "2024-08-23", None, Basis.ABSOLUTE),
        ("ภายในวันที่ ๓๑ มกราคม", "2025-01-31", None, Basis.ABSOLUTE),
        ("ภายในวันที่ ๓๑ มกราคมพ.ศ. ๒๕๖๙", "2026-01-31", None, Basis.ABSOLUTE),
        ("ภายในวันที่ ๓๑ มกราคม พุทธศักราช ๒๕๖๙", "2026-01-31", None, Basis.ABSOLUTE),
        ("ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗ เวลา ๒๔.๐๐ น.", "2024-08-23", "24:00", Basis.ABSOLUTE),
        ("ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗ (ก่อนเวลา ๑๖.๓๐ น.)", "2024-08-23", "16:30", Basis.ABSOLUTE),
        ("ตั้งแต่บัดนี้จนถึงวันที่ ๒๓ สิงหาคม ๒๕๖๗", "2024-08-23", None, Basis.ABSOLUTE),
        ("ภายในเดือนกันยายน ๒๕๖๗", "2024-09-30", None, Basis.MONTH),
        ("ภายในวันที่ ๕ ของทุกเดือน", None, None, Basis.RECURRING),
    ],
)
def test_forms_that_set_a_time(term: str, date: str | None, time: str | None, basis: Basis) -> None:
    found = one(letter(PLAIN, f"{ASKED}{term}")).deadlines
    assert [(each.date, each.time, each.basis) for each in found] == [(date, time, basis)]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{ASKED}ภายในระยะเวลาที่กำหนด",
        f"{ASKED}โดยด่วน",
        f"{ASKED}โดยเร็ว",
        "จังหวัดขอให้ท่านงดการเผาตั้งแต่บัดนี้จนถึงวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "จึงเรียนมาเพื่อโปรดทราบ จังหวัดจะแจ้งผลภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        f"{ASKED}ของผู้ที่ยื่นคำขอภายใน ๓๐ วัน นับแต่วันที่ได้รับหนังสือแจ้งสิทธิ",
        "ผู้รับจ้างต้องส่งมอบงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗ ตามสัญญาจ้าง",
        "จังหวัดจะแจ้งผลให้ท่านทราบภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "งานตามสัญญาจ้างมีกำหนด ส่งมอบงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "หากไม่เห็นด้วยท่านมีสิทธิอุทธรณ์คำสั่งภายใน ๑๕ วัน นับแต่วันที่ได้รับหนังสือนี้",
        "พระราชบัญญัติการชลประทานบัญญัติให้ผู้ได้รับอนุญาตแจ้งภายในวันที่ ๓๐ กันยายน ๒๕๖๗",
        "จังหวัดได้ตรวจฝายแล้วเสร็จภายในวันที่ ๑ สิงหาคม ๒๕๖๗",
        "ฝายที่ก่อสร้างก่อนวันที่ ๑ มกราคม ๒๕๖๐ ไม่อยู่ในโครงการนี้",
        "ผู้รับทุนต้องเป็นผู้ที่เกิดก่อนวันที่ ๑ มกราคม ๒๕๕๐",
    ],
)
def test_what_sets_the_reader_no_time(sentence: str) -> None:
    assert deadlines(PLAIN, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "จังหวัดขอให้ท่านทราบว่าพระราชบัญญัติการชลประทานบัญญัติให้ผู้ได้รับอนุญาตแจ้งภายในวันที่ ๓๐ กันยายน ๒๕๖๗",
        "จังหวัดขอให้ท่านทราบว่าผู้รับจ้างมีกำหนดส่งมอบงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "จังหวัดขอให้ท่านรอผล โดยจังหวัดจะแจ้งภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "จังหวัดขอให้ท่านทราบว่าจังหวัดได้ดำเนินการแล้วเสร็จภายในวันที่ ๑ สิงหาคม ๒๕๖๗",
        "จังหวัดขอให้ท่านสำรวจผู้ที่เกิดก่อนวันที่ ๑ มกราคม ๒๕๕๐",
        "จังหวัดขอให้ท่านแจ้งสิทธิอุทธรณ์แก่ราษฎรภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
    ],
)
def test_what_is_nearer_than_the_request_takes_the_time_away(sentence: str) -> None:
    assert deadlines(PLAIN, sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "ผู้รับจ้างส่งมอบงานแล้ว จึงขอให้ท่านตรวจรับงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "จังหวัดจะรวบรวมผล จึงขอให้ท่านส่งรายงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "ตามมาตรา ๗ แห่งพระราชบัญญัติการชลประทาน จึงขอให้ท่านแจ้งผู้ได้รับอนุญาตภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
    ],
)
def test_a_request_behind_a_law_a_contract_or_a_promise_counts(sentence: str) -> None:
    assert deadlines(PLAIN, sentence) == ["2024-08-23"]


@pytest.mark.parametrize(
    "closing",
    [
        "จึงเรียนมาเพื่อโปรดพิจารณาและแจ้งผลให้ทราบภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗ จะเป็นพระคุณยิ่ง",
        "จึงเรียนมาเพื่อทราบและดำเนินการภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
        "จึงเรียนมาเพื่อถือปฏิบัติและรายงานผลภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗",
    ],
)
def test_the_closing_phrase_asks_by_itself(closing: str) -> None:
    assert deadlines(PLAIN, close=closing) == ["2024-08-23"]


def test_what_the_sender_was_asked_itself_sets_the_reader_no_time() -> None:
    asked = "ด้วยกรมชลประทานขอให้จังหวัดรายงานผลภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    assert deadlines(asked, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗") == ["2024-08-23"]


RECEIVED = "ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือนี้"
OTHER = "สำนักงานชลประทานจังหวัด\nเลขรับ ๓๓\nวันที่ ๑๒ ส.ค. ๒๕๖๗\nเวลา ๐๙.๐๐ น.\n\n"


def test_days_count_from_the_day_after_the_own_office_s_receipt() -> None:
    text = letter(PLAIN, f"{ASKED}{RECEIVED}", above=STAMP + OTHER)
    assert len(one(text).receipts) == 2
    (own,) = one(text, "ที่ว่าการอำเภอปากช่อง").deadlines
    assert (own.basis, own.days, own.date) == (Basis.AFTER_RECEIPT, 7, "2024-08-16")
    (latest,) = one(text).deadlines
    assert latest.date == "2024-08-19"


def test_days_without_a_receipt_have_no_date() -> None:
    (found,) = one(letter(PLAIN, f"{ASKED}{RECEIVED}")).deadlines
    assert (found.basis, found.days, found.date) == (Basis.AFTER_RECEIPT, 7, None)


@pytest.mark.parametrize(
    ("term", "days", "date"),
    [
        ("ภายใน ๗ วันทำการ นับแต่วันที่ได้รับหนังสือนี้", 7, None),
        ("ภายในสามสิบวัน นับแต่วันที่ได้รับหนังสือนี้", 30, "2024-09-08"),
        ("ภายใน ๑๕ วัน นับถัดจากวันที่ได้รับหนังสือฉบับนี้", 15, "2024-08-24"),
        ("ภายใน ...... วัน นับแต่วันที่ได้รับหนังสือนี้", None, None),
    ],
)
def test_days_after_receipt(term: str, days: int | None, date: str | None) -> None:
    (found,) = one(letter(PLAIN, f"{ASKED}{term}", above=STAMP)).deadlines
    assert (found.basis, found.days, found.date) == (Basis.AFTER_RECEIPT, days, date)


def test_days_in_digits_and_words_that_differ_are_queried() -> None:
    text = letter(PLAIN, f"{ASKED}ภายใน ๗ (สิบห้า) วัน นับแต่วันที่ได้รับหนังสือนี้")
    assert codes(text) == [CheckCode.CONFLICTING_VALUES]
    text = letter(PLAIN, f"{ASKED}ภายใน ๗ (เจ็ด) วัน นับแต่วันที่ได้รับหนังสือนี้")
    assert codes(text) == []


def test_in_an_extension_the_new_date_counts() -> None:
    sentence = "จังหวัดขอขยายเวลาส่งรายงานจากเดิมภายในวันที่ ๑๕ สิงหาคม ๒๕๖๗ เป็นภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    assert deadlines(PLAIN, f"{sentence} จึงขอให้ท่านส่งรายงานตามกำหนดใหม่") == ["2024-08-30"]


def test_the_old_date_of_an_extension_does_not_though_a_request_governs_it() -> None:
    sentence = (
        "จังหวัดจึงขอให้ท่านส่งรายงานโดยขยายเวลาจากเดิมภายในวันที่ ๑๕ สิงหาคม ๒๕๖๗ เป็นภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    )
    assert deadlines(PLAIN, sentence) == ["2024-08-30"]


def test_two_terms_without_an_extension_are_two() -> None:
    sentence = "จังหวัดจึงขอให้ท่านส่งรายชื่อภายในวันที่ ๑๕ สิงหาคม ๒๕๖๗ และส่งรายงานภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    assert deadlines(PLAIN, sentence) == ["2024-08-15", "2024-08-30"]


def test_a_list_of_terms_sets_one_a_line() -> None:
    found = one(
        letter(
            PLAIN,
            "จังหวัดจึงขอให้ท่านรายงานผลภายในกำหนด ดังนี้",
            "๑. ไตรมาสที่ ๑ วันที่ ๑๐ มกราคม ๒๕๖๘",
            "๒. ไตรมาสที่ ๒ วันที่ ๑๐ เมษายน ๒๕๖๘",
        )
    ).deadlines
    assert [(each.date, each.basis) for each in found] == [
        ("2025-01-10", Basis.ABSOLUTE),
        ("2025-04-10", Basis.ABSOLUTE),
    ]


def test_a_list_of_dates_that_were_sets_none() -> None:
    assert (
        deadlines(
            "จังหวัดได้ตรวจฝายแล้ว ดังนี้",
            "๑. ฝายบ้านหนองบัว วันที่ ๑๐ กรกฎาคม ๒๕๖๗",
            "๒. ฝายบ้านโคกสูง วันที่ ๑๑ กรกฎาคม ๒๕๖๗",
        )
        == []
    )


# -- events -------------------------------------------------------------------------------------


def events(
    *paragraphs: str, **parts: str
) -> list[tuple[str | None, str | None, str | None, EventStatus]]:
    found = one(letter(*paragraphs, **parts))
    return [(event.start, event.end, event.place, event.status) for event in found.events]


def test_an_invitation_is_an_event() -> None:
    sentence = "จึงขอเชิญท่านเข้าร่วมประชุมในวันศุกร์ที่ ๒๓ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ - ๑๒.๐๐ น. ณ ห้องประชุมสุรนารี ศาลากลางจังหวัด"
    assert events(PLAIN, sentence) == [
        (
            "2024-08-23T09:30",
            "2024-08-23T12:00",
            "ห้องประชุมสุรนารี ศาลากลางจังหวัด",
            EventStatus.SCHEDULED,
        )
    ]
    assert deadlines(PLAIN, sentence) == []


def test_the_day_of_reply_is_no_event() -> None:
    sentence = (
        "จึงขอเชิญท่านเข้าร่วมประชุมในวันศุกร์ที่ ๒๓ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ศาลากลางจังหวัด"
        " และขอให้ท่านส่งแบบตอบรับเข้าร่วมประชุมภายในวันที่ ๑๖ สิงหาคม ๒๕๖๗ เวลา ๑๖.๓๐ น."
    )
    found = one(letter(PLAIN, sentence))
    assert [event.start for event in found.events] == ["2024-08-23T09:30"]
    assert [(each.date, each.time) for each in found.deadlines] == [("2024-08-16", "16:30")]


def test_a_meeting_that_was_is_none() -> None:
    sentence = "ที่ประชุมคณะกรรมการเมื่อวันที่ ๒๓ กรกฎาคม ๒๕๖๗ ณ ศาลากลางจังหวัด เห็นชอบคู่มือแล้ว"
    assert events(PLAIN, sentence) == []


def test_a_postponed_meeting_is_two() -> None:
    told = "ตามที่จังหวัดเชิญประชุมในวันที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสุรนารี นั้น"
    moved = "จังหวัดขอเลื่อนการประชุมดังกล่าวไปเป็นวันที่ ๒๘ สิงหาคม ๒๕๖๗ เวลาและสถานที่เดิม"
    assert events(told, moved) == [
        ("2024-08-21T09:30", None, "ห้องประชุมสุรนารี", EventStatus.POSTPONED),
        ("2024-08-28T09:30", None, "ห้องประชุมสุรนารี", EventStatus.SCHEDULED),
    ]


@pytest.mark.parametrize(
    "moved",
    [
        "จังหวัดขอเลื่อนการประชุมดังกล่าวออกไปเป็นวันพุธที่ ๒๘ สิงหาคม ๒๕๖๗",
        "จังหวัดขอเลื่อนการประชุมดังกล่าวไปเป็นในวันพุธที่ ๒๘ สิงหาคม ๒๕๖๗",
        "จังหวัดขอเลื่อนการประชุมดังกล่าวไปเป็นวันที่ ๒๘ สิงหาคม ๒๕๖๗ โดยใช้ห้องประชุมเดิม",
    ],
)
def test_the_new_day_of_a_postponed_meeting_needs_no_time(moved: str) -> None:
    told = "ตามที่จังหวัดเชิญประชุมในวันที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสุรนารี นั้น"
    found = events(told, moved)
    assert [(start and start[:10], status) for start, _, _, status in found] == [
        ("2024-08-21", EventStatus.POSTPONED),
        ("2024-08-28", EventStatus.SCHEDULED),
    ]


def test_time_and_place_are_carried_over_only_where_it_says_so() -> None:
    told = "ตามที่จังหวัดเชิญประชุมในวันที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสุรนารี นั้น"
    moved = "จังหวัดขอเลื่อนการประชุมดังกล่าวไปเป็นวันที่ ๒๘ สิงหาคม ๒๕๖๗ เวลา ๑๓.๓๐ น. ณ หอประชุมอำเภอ"
    assert events(told, moved)[1] == (
        "2024-08-28T13:30",
        None,
        "หอประชุมอำเภอ",
        EventStatus.SCHEDULED,
    )


def test_a_cancelled_meeting() -> None:
    told = "ตามที่จังหวัดเชิญประชุมในวันที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสุรนารี นั้น"
    assert [each[3] for each in events(told, "จังหวัดของดการประชุมดังกล่าว")] == [EventStatus.CANCELLED]


@pytest.mark.parametrize(
    ("period", "count"),
    [
        ("ระหว่างวันที่ ๒๖ สิงหาคม ๒๕๖๗ ถึงวันที่ ๓๐ สิงหาคม ๒๕๖๗", 1),
        ("ระหว่างวันที่ ๒๖ สิงหาคม ๒๕๖๗ ถึงวันที่ ๓๐ กันยายน ๒๕๖๘", 0),
    ],
)
def test_a_period_of_more_than_six_weeks_is_no_meeting(period: str, count: int) -> None:
    assert len(events(PLAIN, f"จึงขอเชิญท่านเข้าร่วมอบรม{period} ณ ศาลากลางจังหวัด")) == count


# -- checks -------------------------------------------------------------------------------------

COVER = "สำเนาหนังสือกรมชลประทาน ที่ กษ ๐๓๐๑/ว {number} ลงวันที่ {date} จำนวน ๑ ฉบับ"
FORWARDED = "\n\n" + letter(
    number="กษ ๐๓๐๑/ว ๒๓๕๑",
    agency="กรมชลประทาน",
    address="ถนนสามเสน กทม. ๑๐๓๐๐",
    date="๑ สิงหาคม ๒๕๖๗",
    to="ผู้ว่าราชการจังหวัด ทุกจังหวัด",
    signed=f"{FAR}(นายประเสริฐ ดีมาก)\n{FAR}อธิบดีกรมชลประทาน\n",
    foot="กองแผนงาน\nโทร. ๐ ๒๐๐๐ ๒๒๒๒\n",
)


@pytest.mark.parametrize(
    ("number", "date", "field"),
    [
        ("๒๓๔๑", "๑ สิงหาคม ๒๕๖๗", "number"),
        ("๒๓๕๑", "๒ สิงหาคม ๒๕๖๗", "date"),
        ("๒๓๕๑", "๑ สิงหาคม ๒๕๖๗", None),
    ],
)
def test_a_cited_letter_is_compared_with_itself(number: str, date: str, field: str | None) -> None:
    text = letter(enclosure=COVER.format(number=number, date=date)) + FORWARDED
    found = whole(text)
    assert [document.number for document in found.documents] == ["นม 0017.3/7743", "กษ 0301/ว 2351"]
    mismatches = [check for check in found.checks if check.code is CheckCode.REFERENCE_MISMATCH]
    assert [check.args["field"] for check in mismatches] == ([field] if field else [])
    for check in mismatches:
        left, right = (text[start:end] for start, end in check.spans)
        assert left != right


def test_a_letter_of_another_office_is_not_compared() -> None:
    entry = "หนังสือกรมการปกครอง ที่ มท ๐๓๐๑/ว ๒๓๔๑ ลงวันที่ ๑ สิงหาคม ๒๕๖๗ จำนวน ๑ ฉบับ"
    found = whole(letter(enclosure=entry) + FORWARDED)
    assert CheckCode.REFERENCE_MISMATCH not in [check.code for check in found.checks]


def test_thai_digits_that_are_never_four_or_six_to_nine() -> None:
    lost = str.maketrans("๔๖๗๘๙", "๕๐๓๕๐")
    text = letter(PLAIN, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗")
    assert CheckCode.SUSPICIOUS_DIGITS in codes(text.translate(lost))
    assert CheckCode.SUSPICIOUS_DIGITS not in codes(text)


def test_few_digits_prove_nothing() -> None:
    text = "เรื่อง ก\nเรียน นายอำเภอ\n          ด้วยจังหวัดมีฝาย ๑๒ แห่ง\n          ขอแสดงความนับถือ\n(นายสมชาย ใจกล้า)\n"
    assert CheckCode.SUSPICIOUS_DIGITS not in codes(text)


def test_a_year_that_no_calendar_has() -> None:
    text = letter(PLAIN, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๒๐๐")
    assert [deadline.date for deadline in one(text).deadlines] == [None]
    assert CheckCode.SUSPICIOUS_DIGITS in codes(text)


def test_the_weekday_must_be_that_date_s() -> None:
    right = letter(PLAIN, f"{ASKED}ภายในวันศุกร์ที่ ๒๓ สิงหาคม ๒๕๖๗")
    wrong = letter(PLAIN, f"{ASKED}ภายในวันพุธที่ ๒๓ สิงหาคม ๒๕๖๗")
    assert codes(right) == []
    (check,) = whole(wrong).checks
    assert (check.code, check.args) == (
        CheckCode.WEEKDAY_MISMATCH,
        {"weekday": "2", "date": "2024-08-23", "actual": "4"},
    )
    assert wrong[slice(*check.spans[0])] == "วันพุธที่ ๒๓ สิงหาคม ๒๕๖๗"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (letter(above=STAMP.replace("๙ ส.ค.", "๕ ส.ค.")), "receipt"),
        (letter(PLAIN, f"{ASKED}ภายในวันที่ ๒๓ กรกฎาคม ๒๕๖๗"), "deadline"),
        (letter(PLAIN, "จึงขอเชิญท่านเข้าร่วมประชุมในวันที่ ๒๓ กรกฎาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ศาลากลางจังหวัด"), "event"),
        (letter(above=STAMP), None),
        (letter(PLAIN, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"), None),
    ],
)  # fmt: skip
def test_dates_in_their_order(text: str, what: str | None) -> None:
    checks = [check for check in whole(text).checks if check.code is CheckCode.DATE_ORDER]
    assert [check.args["what"] for check in checks] == ([what] if what else [])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (letter(number="อบ ๓๔๐๐๐"), "number"),
        (letter().replace("เรื่อง   การดูแลฝายน้ำล้น\n", ""), "subject"),
        (letter(signed=""), "signatory"),
        (letter(date=""), "date"),
        (order(number=""), "number"),
    ],
)
def test_a_part_that_is_not_there(text: str, part: str) -> None:
    missing = [
        check.args["part"] for check in whole(text).checks if check.code is CheckCode.MISSING_PART
    ]
    assert missing == [part]


def test_undecodable_bytes_are_said() -> None:
    data = letter().encode()
    place = data.index("คู่มือ".encode()) + 1
    (check,) = read(data[:place] + b"\xff" + data[place + 1 :]).checks
    assert check.code is CheckCode.ENCODING
    assert int(check.args["count"]) >= 1
    assert check.spans


# -- several documents --------------------------------------------------------------------------


def test_a_document_begins_where_the_one_before_has_ended() -> None:
    text = letter() + FORWARDED
    first, second = whole(text).documents
    assert (first.sender, second.sender) == ("จังหวัดนครราชสีมา", "กรมชลประทาน")
    assert text[second.span[0] :].startswith("ที่ กษ ๐๓๐๑/ว ๒๓๕๑")
    assert first.span[1] <= second.span[0]


def test_the_urgency_above_a_forwarded_letter_is_its_own() -> None:
    first, second = whole(letter() + "\n\nด่วนที่สุด" + FORWARDED).documents
    assert (first.urgency, second.urgency) == (Urgency.NORMAL, Urgency.MOST_URGENT)


def test_a_letter_that_is_cited_begins_no_document() -> None:
    body = "ตามหนังสือกรมชลประทาน\nที่ กษ ๐๓๐๑/ว ๒๓๕๑ ลงวันที่ ๑ สิงหาคม ๒๕๖๗ แจ้งแนวทางดูแลฝาย นั้น"
    found = one(letter(body, PLAIN))
    assert [cited.number for cited in found.references] == ["กษ 0301/ว 2351"]


def test_an_order_that_is_cited_begins_no_document() -> None:
    body = "ตามที่จังหวัดมี\nคำสั่งจังหวัดนครราชสีมา ที่ ๑๒๓/๒๕๖๗ เรื่อง แต่งตั้งคณะทำงาน นั้น"
    assert len(whole(letter(body, PLAIN)).documents) == 1
    assert [document.kind for document in whole(letter() + "\n\n" + order()).documents] == [
        Kind.EXTERNAL_LETTER,
        Kind.ORDER,
    ]


def test_a_form_behind_the_letter_is_an_enclosure() -> None:
    form = "\n\nแบบตอบรับการเข้าร่วมประชุม\n\nชื่อ ........................ ตำแหน่ง ........................\n"
    assert [document.kind for document in whole(letter() + form).documents] == [
        Kind.EXTERNAL_LETTER,
        Kind.ENCLOSURE,
    ]
    assert len(whole(letter("ด้วยจังหวัดจัดทำ\nแบบตอบรับการเข้าร่วมประชุม", PLAIN)).documents) == 1


def test_documents_that_begin_on_one_printed_line_do_not_overlap() -> None:
    text = letter(signed=f"{FAR}(นายสมชาย ใจกล้า) แบบตอบรับแนบท้ายหนังสือจังหวัด\n", foot="")
    text += "ชื่อ ........................ ตำแหน่ง ........................\n"
    spans = [document.span for document in whole(text).documents]
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
