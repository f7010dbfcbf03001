"""Whose letter it is, to whom, and the particulars further down."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.letter import Contact, ContactType, Document, Receipt
from tui_inbox.tui.summary.page import Page
from tui_inbox.tui.wording import Words


def add_origin(page: Page, cover: Document) -> None:
    words = page.words
    page.heading("from_to")
    page.value("number", cover.number, cover)
    page.value("date", cover.date and words.date(cover.date), cover)
    page.value("sender", cover.sender, cover)
    page.values("recipients", map(words.value, cover.recipients), cover, wanted=True)
    if cover.circular:
        page.value("circular", words("summary.circular"), cover)
    addressed = page.row.addressed
    if addressed is not None:
        page.line(words(f"addressed.{addressed.value}"), label=words("summary.addressed"))
    page.line(words.reason(page.row), label=words("summary.order"))


def add_more(page: Page, cover: Document) -> None:
    words = page.words
    page.heading("more")
    signer = cover.signatory
    lines = [] if signer is None else [signer.name, signer.position]
    if signer is not None and signer.authority not in {None, signer.position}:
        lines.append(words("summary.authority", post=signer.authority or ""))
    page.values("signatory", [words.value(line) for line in lines if line], cover, wanted=True)
    page.values("references", [words.value(cited.text) for cited in cover.references], cover)
    enclosures = [words.value(enclosed.text) for enclosed in cover.enclosures]
    page.values("enclosures", enclosures, cover)
    if cover.owner_unit:
        page.value("owner_unit", cover.owner_unit, cover)
    documents = page.letter.documents
    contacts = (contact for document in documents for contact in document.contacts)
    page.values("contacts", _unique(_contact(one, words) for one in contacts), cover)
    # An address is used as it is: its digits stay as they are.
    links = (words.one_line(link) for document in documents for link in document.links)
    page.values("links", _unique(links), cover, style="link")
    receipts = (receipt for document in documents for receipt in document.receipts)
    page.values("receipts", [_receipt(one, words) for one in receipts], cover)


def _contact(contact: Contact, words: Words) -> str:
    is_number = contact.type in {ContactType.PHONE, ContactType.FAX}
    parts = (
        words.messages(f"reading.contact.{contact.type.value}"),
        words.value(contact.value) if is_number else words.one_line(contact.value),
        contact.name and f"({words.value(contact.name)})",
    )
    return " ".join(part for part in parts if part)


def _receipt(receipt: Receipt, words: Words) -> str:
    number = receipt.number and words("summary.receipt_number", number=words.value(receipt.number))
    parts = (
        receipt.office and words.value(receipt.office),
        number,
        receipt.date and words.date(receipt.date, short=True),
        receipt.time and words.clock_time(receipt.time),
    )
    return " · ".join(part for part in parts if part)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
