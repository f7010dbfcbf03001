"""Rules of docs/reading.md on how a letter words what it asks: where each holds, and where not."""

from __future__ import annotations

import pytest

from tests.letters import FAR, PLAIN, SIGNED, codes, letter, memo, one, order, whole
from tui_inbox.letter import Action, Basis, CheckCode, EventStatus, Kind

ASKED = "จังหวัดจึงขอให้ท่านส่งรายงาน"


def asks(*paragraphs: str) -> list[str]:
    return [ask.text for ask in one(letter(*paragraphs)).asks]


def dates(*paragraphs: str) -> list[str | None]:
    return [deadline.date for deadline in one(letter(*paragraphs)).deadlines]


# -- who asks -----------------------------------------------------------------------------------

THEIRS = "ด้วยกรมชลประทานขอให้จังหวัดส่งข้อมูลฝายภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"


def test_what_a_third_office_asks_the_sender_is_told_and_not_asked() -> None:
    found = one(letter(THEIRS, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"))
    assert [each.date for each in found.deadlines] == ["2024-08-23"]
    assert len(found.asks) == 1
    assert "กรมชลประทาน" not in found.asks[0].text


def test_what_the_sender_itself_opens_with_is_asked() -> None:
    own = "ด้วยจังหวัดนครราชสีมาขอให้ท่านส่งข้อมูลฝายภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    found = one(letter(own, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"))
    assert [each.date for each in found.deadlines] == ["2024-08-30", "2024-08-23"]
    assert len(found.asks) == 2


def test_a_third_office_asks_where_the_sender_asks_nothing_itself() -> None:
    assert asks("ด้วยกรมชลประทานขอให้หน่วยงานของรัฐตรวจสอบฝาย") != []


def test_what_a_party_wants_is_not_asked_of_the_reader() -> None:
    wants = "ขณะนี้บริษัทผู้จำหน่ายขอให้ชำระเงินภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    assert dates(wants) == []
    assert asks(wants) == []
    assert dates(wants.replace("บริษัทผู้จำหน่าย", "จังหวัดจึง")) == ["2024-08-30"]


# -- what a memo asks ---------------------------------------------------------------------------


def test_a_proposal_that_opens_its_paragraph_is_what_a_memo_asks() -> None:
    found = one(memo(PLAIN, "เห็นควรอนุมัติให้ซ่อมฝายบ้านหนองบัว"))
    assert [ask.text for ask in found.asks] == ["เห็นควรอนุมัติให้ซ่อมฝายบ้านหนองบัว"]
    assert found.action is Action.CONSIDER


def test_a_proposal_at_the_end_of_a_reasoning_belongs_to_that() -> None:
    assert one(memo("กองช่างพิจารณาแล้ว เห็นควรอนุมัติให้ซ่อมฝายบ้านหนองบัว")).asks == ()


def test_a_letter_s_opinion_is_no_proposal() -> None:
    assert asks("เห็นควรซ่อมฝายบ้านหนองบัวในปีงบประมาณหน้า") == []


# -- how strongly -------------------------------------------------------------------------------


def test_the_answer_is_no_task_beside_the_decision() -> None:
    wanted = "จังหวัดจึงขอความอนุเคราะห์รถบรรทุกน้ำ จำนวน ๒ คัน"
    assert one(letter(PLAIN, wanted)).action is Action.CONSIDER
    answered = one(letter(PLAIN, wanted, "โปรดส่งแบบตอบรับกลับภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"))
    assert answered.action is Action.CONSIDER
    assert len(answered.asks) == 2
    reported = one(letter(PLAIN, wanted, "ขอให้ท่านรายงานผลการใช้ฝายด้วย"))
    assert reported.action is Action.ACT


# -- terms --------------------------------------------------------------------------------------


def test_several_days_in_one_term_are_several_deadlines() -> None:
    assert dates(PLAIN, f"{ASKED}ภายในวันที่ ๒๐ และ ๒๗ สิงหาคม ๒๕๖๗") == ["2024-08-20", "2024-08-27"]
    assert dates(PLAIN, f"{ASKED}ภายในวันที่ ๒๐ สิงหาคม ๒๕๖๗ และ ๒๗ ฝาย") == ["2024-08-20"]


@pytest.mark.parametrize(
    ("term", "date"),
    [
        ("ภายในสิ้นปีงบประมาณ พ.ศ. ๒๕๖๘", "2025-09-30"),
        ("ก่อนสิ้นปี ๒๕๖๗", "2024-12-31"),
    ],
)
def test_the_end_of_a_year_that_is_named(term: str, date: str) -> None:
    found = one(letter(PLAIN, f"{ASKED}{term}")).deadlines
    assert [(each.date, each.basis) for each in found] == [(date, Basis.ABSOLUTE)]


@pytest.mark.parametrize("term", ["ภายในสิ้นปีงบประมาณ", "ภายในปีงบประมาณ พ.ศ. ๒๕๖๘", "ภายใน ๒๔ ชั่วโมง"])
def test_the_end_of_a_year_that_is_not_named_has_no_day(term: str) -> None:
    assert dates(PLAIN, f"{ASKED}{term}") == []


def test_within_today_is_the_letter_s_own_day() -> None:
    found = one(letter(PLAIN, f"{ASKED}ภายในวันนี้ เวลา ๑๖.๐๐ น.")).deadlines
    assert [(each.date, each.time) for each in found] == [("2024-08-07", "16:00")]
    assert dates(PLAIN, "จังหวัดจะแจ้งผลให้ท่านทราบภายในวันนี้") == []


def test_what_sets_a_time_is_asked_though_no_word_says_so() -> None:
    found = asks(PLAIN, "จังหวัดจึงขอให้ท่านตรวจฝาย", "และแจ้งชื่อผู้ประสานงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗")
    assert found[-1].startswith("และแจ้งชื่อผู้ประสานงาน")


OFFERS = (
    f"{FAR}ประกาศจังหวัดนครราชสีมา\n{FAR}เรื่อง ประกวดราคาจ้างซ่อมฝาย\n\n"
    "จังหวัดนครราชสีมามีความประสงค์จะประกวดราคาจ้างซ่อมฝาย\n\n%s\n\n"
    f"{FAR}ประกาศ ณ วันที่ ๗ สิงหาคม พ.ศ. ๒๕๖๗\n\n{SIGNED}"
)


def test_the_day_on_which_offers_are_taken_is_the_bidder_s_deadline() -> None:
    hours = "ในวันที่ ๒๓ สิงหาคม ๒๕๖๗ ระหว่างเวลา ๐๘.๓๐ น. ถึง ๑๖.๓๐ น."
    found = one(OFFERS % f"ผู้ยื่นข้อเสนอต้องยื่นข้อเสนอทางระบบอิเล็กทรอนิกส์ {hours}").deadlines
    assert [(each.date, each.time) for each in found] == [("2024-08-23", "16:30")]
    opened = f"จังหวัดจะเปิดซองข้อเสนอ {hours}"
    assert one(OFFERS % opened).deadlines == ()


def test_a_committee_is_bound_by_the_order_that_appoints_it() -> None:
    duty = "ให้คณะทำงานมีหน้าที่ตรวจฝายและรายงานผลภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"
    assert [each.date for each in one(order(body=duty)).deadlines] == ["2024-08-23"]


# -- events -------------------------------------------------------------------------------------


def test_the_place_may_stand_between_day_and_hour() -> None:
    when = "ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ ณ ห้องประชุมสุรนารี เวลา ๐๙.๓๐ น."
    (found,) = one(letter(PLAIN, f"จังหวัดจึงขอเชิญท่านเข้าร่วมประชุม {when}")).events
    assert (found.start, found.place) == ("2024-08-21T09:30", "ห้องประชุมสุรนารี")


def test_a_day_on_which_something_comes_into_use_is_no_event() -> None:
    invited = "จังหวัดจึงขอเชิญท่านเข้าร่วมประชุม ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น."
    found = one(letter("ด้วยกรมชลประทานจะเปิดใช้งานระบบฝายในวันที่ ๑ ตุลาคม ๒๕๖๗", invited)).events
    assert [each.start for each in found] == ["2024-08-21T09:30"]


def test_to_come_at_the_day_and_hour_said_is_an_invitation() -> None:
    told = "ด้วยจังหวัดกำหนดรังวัดที่สาธารณประโยชน์ ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น."
    come = "จึงขอให้ท่านไประวังชี้แนวเขตตามวันเวลาดังกล่าว"
    found = one(letter(told, come)).events
    assert [(each.start, each.status) for each in found] == [
        ("2024-08-21T09:30", EventStatus.SCHEDULED)
    ]
    assert one(letter(told, "จึงขอให้ท่านรักษาแนวเขตไว้")).events == ()
    outage = "ด้วยจังหวัดจะดับกระแสไฟฟ้าเพื่อตรวจสายไฟ ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น."
    assert one(letter(outage, "ขออภัยที่ไฟฟ้าดับตามวันเวลาดังกล่าว")).events == ()


def test_through_a_code_one_enrols_and_does_not_attend() -> None:
    when = "ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น."
    invited = f"จังหวัดจึงขอเชิญท่านเข้าร่วมประชุม {when}"
    (enrols,) = one(letter(PLAIN, f"{invited} โดยลงทะเบียนผ่านระบบ QR Code")).events
    (attends,) = one(letter(PLAIN, f"{invited} ผ่านระบบ Zoom")).events
    assert enrols.place is None
    assert attends.place is not None
    assert "Zoom" in attends.place


def test_one_meeting_on_two_days_is_queried() -> None:
    told = "ด้วยจังหวัดกำหนดประชุม ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น. ณ ห้องประชุมสุรนารี"
    again = "จึงขอเชิญท่านเข้าร่วมประชุมในวันที่ %s สิงหาคม ๒๕๖๗ ตามเวลาและสถานที่ดังกล่าว"
    assert codes(letter(told, again % "๒๒")) == [CheckCode.CONFLICTING_VALUES]
    assert codes(letter(told, again % "๒๑")) == []


# -- what is cited ------------------------------------------------------------------------------


def test_a_case_is_no_letter_cited() -> None:
    found = one(letter("ด้วยคดีแพ่งหมายเลขดำที่ พ ๑๗๙/๒๕๖๗ ศาลมีคำสั่งให้ตรวจฝาย"))
    assert found.references == ()


def test_an_order_cites_letters_but_no_other_order() -> None:
    body = "ตามหนังสือกรมชลประทาน ที่ กษ ๐๓๐๑/ว ๒๓๕๑ ลงวันที่ ๑ สิงหาคม ๒๕๖๗ จึงให้ยกเลิกคำสั่งจังหวัดนครราชสีมา ที่ ๑๑/๒๕๖๖"
    assert [cited.number for cited in one(order(body=body)).references] == ["กษ 0301/ว 2351"]


def test_of_orders_only_the_serial_may_differ() -> None:
    text = letter(enclosure="สำเนาคำสั่งจังหวัดนครราชสีมา ที่ ๑๓๒/๒๕๖๗") + "\n\n" + order()
    assert codes(text) == [CheckCode.REFERENCE_MISMATCH]
    other = letter(enclosure="สำเนาคำสั่งจังหวัดนครราชสีมา ที่ ๑๓๒/๒๕๖๕") + "\n\n" + order()
    assert codes(other) == []


# -- damage -------------------------------------------------------------------------------------


def test_look_alikes_in_running_text_are_undone_for_rules_and_shown_as_printed() -> None:
    damaged = "จึงขอเขิญท่านเข้าร่วมประขุม จํานวน ๑ คน ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น."
    found = one(letter(PLAIN, damaged))
    assert [each.start for each in found.events] == ["2024-08-21T09:30"]
    assert "ขอเขิญท่านเข้าร่วมประขุม" in found.asks[0].text


def test_without_a_sign_of_tesseract_no_letter_is_taken_for_another() -> None:
    assert one(letter(PLAIN, "จึงขอเขิญท่านเข้าร่วมประขุม")).asks == ()


def test_sara_am_that_pdf_text_took_apart() -> None:
    text = letter("ด้วยส านักงานจังหวัดก าหนดให้มีการดูแลฝาย", "จึงขอให้ท่านด าเนินการและรายงาน")
    found = one(text)
    assert found.action is Action.ACT
    assert found.asks[0].text.startswith("จึงขอให้ท่านด")


def test_labels_that_all_stand_before_their_values() -> None:
    text = (
        "บันทึกข้อความ\nส่วนราชการ\nที่\nวันที่\nเรื่อง\nเรียน\nสำนักงานจังหวัด โทร. ๑๒๑๒\nนม ๐๐๑๗.๑/๒๑๕\n"
        f"๗ สิงหาคม ๒๕๖๗\nการดูแลฝายน้ำล้น\nหัวหน้าสำนักงานจังหวัด\n          {PLAIN}\n"
    )
    found = one(text)
    assert found.kind is Kind.INTERNAL_MEMO
    assert (found.sender, found.number) == ("สำนักงานจังหวัด", "นม 0017.1/215")
    assert (found.subject, found.recipients) == ("การดูแลฝายน้ำล้น", ("หัวหน้าสำนักงานจังหวัด",))


def test_a_number_right_of_its_agency() -> None:
    text = letter().replace(
        f"ที่ นม ๐๐๑๗.๓/๗๗๔๓{FAR}ศาลากลางจังหวัดนครราชสีมา",
        f"ศาลากลางจังหวัดนครราชสีมา{FAR}ที่ นม ๐๐๑๗.๓/๗๗๔๓",
    )
    found = one(text)
    assert (found.number, found.sender) == ("นม 0017.3/7743", "จังหวัดนครราชสีมา")


def test_an_address_is_no_part_of_the_sender_s_name() -> None:
    found = one(letter(agency="สำนักงานป่าไม้", address="๑๑๘/๑ อาคารไม้สัก ๒ ถนนมหาดไทย นม ๓๐๐๐๐"))
    assert found.sender == "สำนักงานป่าไม้"
    roads = one(letter(agency="แขวงทางหลวงนครราชสีมาที่ ๑", signed=""))
    assert roads.sender == "แขวงทางหลวงนครราชสีมาที่ 1"


def test_the_person_behind_a_number_in_brackets() -> None:
    foot = "สำนักงานจังหวัด\nโทร. ๐ ๔๔๐๐ ๑๑๑๑ ต่อ ๑๒ (ผู้ประสานงาน นางสาวมะลิ ใจดี)\n"
    assert [(each.value, each.name) for each in one(letter(foot=foot)).contacts] == [
        ("044001111", "นางสาวมะลิ ใจดี")
    ]
    hot = one(letter(foot="สำนักงานจังหวัด\nสายด่วน ๑๓๖๘\n")).contacts
    assert [each.value for each in hot] == ["1368"]


def test_an_order_and_a_letter_in_one_file_are_two() -> None:
    assert [each.kind for each in whole(letter() + "\n\n" + order()).documents] == [
        Kind.EXTERNAL_LETTER,
        Kind.ORDER,
    ]


# -- told, not asked ----------------------------------------------------------------------------


def test_what_the_sender_heard_from_another_office_is_told() -> None:
    heard = "จังหวัดนครราชสีมาได้รับแจ้งจากกรมชลประทานว่า ได้กำหนดแผนดูแลฝาย และให้จังหวัดส่งแผนภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    assert dates(heard, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗") == ["2024-08-23"]
    assert dates(heard.replace("จังหวัดนครราชสีมาได้รับแจ้งจากกรมชลประทานว่า ", "")) != []


def test_what_another_office_asked_is_no_task_of_a_memo_s_reader() -> None:
    heard = "ด้วยอำเภอปากช่องมีหนังสือขอให้จังหวัดจัดเจ้าหน้าที่ตรวจฝาย"
    found = one(memo(heard, "งานธุรการพิจารณาแล้ว เห็นควรมอบกองช่างดำเนินการ"))
    assert found.asks == ()
    assert found.action is not Action.ACT


def test_background_without_its_last_word_ends_where_it_turned_out() -> None:
    told = "ตามหนังสือที่อ้างถึง จังหวัดขอให้ท่านรายงานภายใน ๓๐ วัน นับแต่วันที่ได้รับหนังสือ"
    now = "บัดนี้ ยังไม่ได้รับรายงาน จึงขอให้ท่านรายงานภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"
    assert dates(told, now) == ["2024-08-23"]
    owed = "ตามสัญญาเช่า ท่านต้องชำระค่าเช่าภายในวันที่ ๕ ของทุกเดือน แต่ปรากฏว่าท่านค้างชำระ"
    assert dates(owed, now) == ["2024-08-23"]
    assert dates(told) == [None]


def test_the_law_s_duty_in_an_announcement_is_not_its_ask() -> None:
    law = "ตามพระราชบัญญัติภาษีที่ดินฯ กำหนดให้ผู้เสียภาษีชำระภาษีทุกปี"
    assert one(OFFERS % law).asks == ()
    assert one(OFFERS % "ผู้เสียภาษีต้องชำระภาษีที่กองคลัง").asks != ()


def test_an_officer_s_promise_sets_the_reader_no_time() -> None:
    promised = "พนักงานเจ้าหน้าที่จะแจ้งให้ท่านมาตรวจฝายภายในสามสิบวันนับแต่วันที่ได้รับหนังสือแจ้ง"
    assert dates(promised) == []


def test_one_receipt_for_several_terms() -> None:
    terms = "จังหวัดจึงขอให้ท่านชี้แจงภายใน ๑๐ วันทำการ และส่งแผนภายใน ๓๐ วัน "
    found = one(letter(PLAIN, f"{terms}ทั้งนี้ นับแต่วันที่ได้รับหนังสือฉบับนี้")).deadlines
    assert [(each.basis, each.days, each.date) for each in found] == [
        (Basis.AFTER_RECEIPT, 10, None),
        (Basis.AFTER_RECEIPT, 30, None),
    ]
    assert dates(PLAIN, terms) == []


def test_every_day_by_an_hour() -> None:
    daily = "จังหวัดจึงขอให้ท่านรายงานผลทุกวัน%s"
    (found,) = one(letter(PLAIN, daily % "ในช่วงเฝ้าระวัง ก่อนเวลา ๑๐.๐๐ น.")).deadlines
    assert (found.basis, found.time) == (Basis.RECURRING, "10:00")
    assert dates(PLAIN, daily % "ในช่วงเฝ้าระวัง") == []


def test_rounds_of_a_meeting_under_what_they_are() -> None:
    lead = "ด้วยจังหวัดกำหนดจัดประชุมปฏิบัติการ จำนวน ๒ รุ่น ดังนี้"
    rounds = (
        "- รุ่นที่ ๑ วันที่ ๒๐-๒๑ สิงหาคม ๒๕๖๗ ณ โรงแรมสีมา",
        "- รุ่นที่ ๒ วันที่ ๒๗-๒๘ สิงหาคม ๒๕๖๗ ณ โรงแรมโคราช",
    )
    found = one(letter(lead, *rounds, "จึงขอเชิญท่านเข้าร่วมประชุม")).events
    assert [(each.start, each.place) for each in found] == [
        ("2024-08-20", "โรงแรมสีมา"),
        ("2024-08-27", "โรงแรมโคราช"),
    ]


def test_the_number_of_a_certificate_may_stand_above_its_title() -> None:
    text = (
        "ที่ นม ๐๐๑๗.๓/๑๔\n          หนังสือรับรอง\n"
        "        หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า นายสมศักดิ์ ดีงาม เป็นพนักงานดูแลฝายของจังหวัดนครราชสีมา ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๐\n\n"
        f"        ให้ไว้ ณ วันที่ ๗ สิงหาคม พ.ศ. ๒๕๖๗\n\n{SIGNED}"
    )
    found = one(text)
    assert (found.kind, found.number) == (Kind.CERTIFICATE, "นม 0017.3/14")
    assert found.signatory is not None


def test_news_may_end_with_its_date_alone() -> None:
    news = "ข่าวประชาสัมพันธ์\nจังหวัดนครราชสีมา\nเรื่อง ซ่อมฝายเสร็จแล้ว\n\nฝายซ่อมเสร็จเมื่อวันที่ ๑ สิงหาคม ๒๕๖๗ แล้ว\n\n%s\n"
    assert one(news % "๗ สิงหาคม ๒๕๖๗").date == "2024-08-07"
    assert one(news % "ขอบคุณ").date is None


# -- further wordings ---------------------------------------------------------------------------


def test_plans_of_another_office_that_end_in_a_request_to_the_sender_are_told() -> None:
    plans = "ด้วยกรมชลประทานประสงค์จะรวบรวมข้อมูลฝาย และขอให้%sส่งข้อมูลภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    own = f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"
    assert dates(plans % "จังหวัด", own) == ["2024-08-23"]
    assert dates(plans % "ท่าน", own) == ["2024-08-30", "2024-08-23"]


def test_what_a_complaint_wants_is_not_asked_of_the_reader() -> None:
    heard = "ด้วยจังหวัดได้รับเรื่องร้องเรียนจากนายสมพร อยู่เย็น ขอให้ตรวจสอบฝายบ้านหนองบัว"
    found = asks(heard, f"{ASKED}ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗")
    assert len(found) == 1
    assert "สมพร" not in found[0]


def test_to_pass_on_is_more_than_to_note() -> None:
    found = one(letter(PLAIN, close="จึงเรียนมาเพื่อโปรดทราบและแจ้งผู้เกี่ยวข้องทราบด้วย"))
    assert found.action is Action.ACT
    assert len(found.asks) == 1
    noted = one(letter(PLAIN, close="จึงเรียนมาเพื่อโปรดทราบ"))
    assert (noted.action, noted.asks) == (Action.ACKNOWLEDGE, ())


def test_a_letter_to_a_monk() -> None:
    text = (
        letter(PLAIN, "จึงขอนิมนต์พระคุณเจ้าเข้าร่วมพิธี ในวันพุธที่ ๒๑ สิงหาคม ๒๕๖๗ เวลา ๐๙.๓๐ น.")
        .replace("เรียน   นายอำเภอปากช่อง", "นมัสการ   เจ้าคณะอำเภอปากช่อง")
        .replace("ขอแสดงความนับถือ", "ขอนมัสการด้วยความเคารพ")
    )
    found = one(text)
    assert found.recipients == ("เจ้าคณะอำเภอปากช่อง",)
    assert found.subject == "การดูแลฝายน้ำล้น"
    assert [each.start for each in found.events] == ["2024-08-21T09:30"]
    assert found.signatory is not None


def test_what_befalls_who_fails_is_no_duty() -> None:
    duties = ("๑. ให้เจ้าหน้าที่ตรวจฝายทุกแห่ง", "๒. ผู้ไม่มาตรวจฝายจะถูกพิจารณาโทษทางวินัย")
    found = asks(PLAIN, "จังหวัดจึงขอให้ท่านดำเนินการ ดังนี้", *duties)
    assert found == ["1. ให้เจ้าหน้าที่ตรวจฝายทุกแห่ง"]


def test_what_one_must_be_and_what_the_office_makes_known_set_no_time() -> None:
    must = "๑. อายุไม่ต่ำกว่า ๑๘ ปี นับถึงวันปิดรับสมัคร สำเร็จการศึกษาภายในวันที่ ๓๑ กรกฎาคม ๒๕๖๗"
    known = "๒. ประกาศรายชื่อผู้มีสิทธิสอบ ภายในวันที่ ๓๐ สิงหาคม ๒๕๖๗"
    apply = "๓. ผู้สนใจยื่นใบสมัครด้วยตนเอง ภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"
    found = one(OFFERS % f"{must}\n{known}\n{apply}").deadlines
    assert [each.date for each in found] == ["2024-08-23"]


def test_a_unit_s_number_is_part_of_its_name() -> None:
    text = order().replace("คำสั่งจังหวัดนครราชสีมา\n", "คำสั่งกองพันทหารช่างที่ ๘\n")
    assert (one(text).sender, one(text).number) == ("กองพันทหารช่างที่ 8", "123/2567")
    glued = order(number="").replace("คำสั่งจังหวัดนครราชสีมา\n", "คำสั่งจังหวัดนครราชสีมาที่ ๑๒๓/๒๕๖๗\n")
    assert (one(glued).sender, one(glued).number) == ("จังหวัดนครราชสีมา", "123/2567")


def test_what_is_quoted_stays_as_the_file_has_it() -> None:
    asked = "จึงขอให้ท่านส ารวจฝายและด าเนินการซ่อม"
    assert asks(PLAIN, asked) == [asked]


def test_a_word_before_a_number_is_no_surname() -> None:
    foot = "สำนักงานจังหวัด\nผู้ประสานงาน คุณมะลิ โทร. ๐ ๔๔๐๐ ๑๑๑๑\n"
    assert [each.name for each in one(letter(foot=foot)).contacts] == ["คุณมะลิ"]


def test_a_calendar_of_steps_ends_the_applying_with_its_period() -> None:
    steps = "๑. รับสมัคร วันที่ ๒๑ - ๒๓ สิงหาคม ๒๕๖๗\n๒. สอบคัดเลือก วันที่ ๒๘ - ๓๐ สิงหาคม ๒๕๖๗"
    assert [each.date for each in one(OFFERS % steps).deadlines] == ["2024-08-23"]


def test_a_changed_day_is_a_postponement() -> None:
    told = "ตามที่จังหวัดกำหนดจัดประชุม ในวันที่ ๒๐ สิงหาคม ๒๕๖๗ ณ ห้องประชุมสุรนารี นั้น"
    moved = "จึงขอเปลี่ยนแปลงกำหนดการเป็นวันที่ ๒๗ สิงหาคม ๒๕๖๗ ขอเชิญท่านเข้าร่วมประชุม"
    found = one(letter(told, moved)).events
    assert [(each.start, each.status) for each in found] == [
        ("2024-08-20", EventStatus.POSTPONED),
        ("2024-08-27", EventStatus.SCHEDULED),
    ]
    assert one(letter(told, "จึงขอเปลี่ยนแปลงผู้ประสานงาน")).events == ()


@pytest.mark.parametrize("hidden", ["\u206c", "\u0600", "\U000e0041", "\u200b" * 200])
def test_no_format_character_reaches_a_value(hidden: str) -> None:
    found = one(letter(PLAIN, f"จึงขอให้ท่านราย{hidden}งาน", subject=f"การดูแล{hidden}ฝายน้ำล้น"))
    assert found.subject == "การดูแลฝายน้ำล้น"
    assert found.asks[0].text == "จึงขอให้ท่านรายงาน"


@pytest.mark.parametrize(
    ("title", "documents"),
    [
        ("แบบตอบข้อสอบถามเกี่ยวกับฝาย", 2),
        ("บัญชีรายละเอียดการซ่อมฝาย", 2),
        ("แบบอย่างที่ดีของการดูแลฝาย", 1),
        ("บัญชีธนาคารของจังหวัด", 1),
    ],
)
def test_what_came_with_a_letter_is_known_by_its_title(title: str, documents: int) -> None:
    rest = "๑  ฝายบ้านหนองบัว ........................\n๒  ฝายบ้านโคกสูง ........................\n"
    assert len(whole(f"{letter()}\n\n{FAR}{title}\n{rest}").documents) == documents


@pytest.mark.parametrize(
    ("stamp", "date", "time"),
    [
        ("เลขที่รับ 1174\nลงวันที่ 9 ส.ค. 2567\nเวลา 09.35 น.\n", "2024-08-09", "09:35"),
        ("รับที่...๑๑๗๔...\nวันที่...๙ ส.ค. ๖๗...\nเวลา...๐๙.๓๕ น...\n", "2024-08-09", "09:35"),
        ("เลขที่รับ 1174\nวันที่รับ 9 สิงหาคม 2567\n", "2024-08-09", None),
        (
            "┌──────────────┐\n│ รับเลขที่ 1174 │\n│ วันที่ 9 ส.ค. 2567 │\n└──────────────┘\n",
            "2024-08-09",
            None,
        ),
    ],
)
def test_a_stamp_as_offices_cut_fill_and_draw_it(stamp: str, date: str, time: str | None) -> None:
    found = one(letter(PLAIN, f"{ASKED}ภายใน ๗ วัน นับแต่วันที่ได้รับหนังสือนี้", above=stamp))
    assert [(each.number, each.date, each.time) for each in found.receipts] == [
        ("1174", date, time)
    ]
    assert [each.date for each in found.deadlines] == ["2024-08-16"]
    assert found.date == "2024-08-07"


def test_an_announcement_may_order() -> None:
    law = "อาศัยอำนาจตามมาตรา ๑๘ แห่งพระราชบัญญัติรักษาความสะอาดฯ"
    order_of = f"{law} จึงประกาศให้ผู้ครอบครองเคลื่อนย้ายซากรถออกไปภายในวันที่ ๒๓ สิงหาคม ๒๕๖๗"
    found = one(OFFERS % order_of)
    assert [each.date for each in found.deadlines] == ["2024-08-23"]
    assert found.action is Action.ACT
    assert one(OFFERS % f"{law} จึงประกาศให้ทราบโดยทั่วกัน").asks == ()


def test_documents_that_only_a_tag_parts_do_not_overlap() -> None:
    text = letter().replace("\n", "<br>") + "<br><br>" + order().replace("\n", "<br>")
    first, second = whole(text).documents
    assert first.span[1] <= second.span[0]
