from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_inbox.catalogue import Catalogue, Entry, content_of
from tui_inbox.letter import Document, Kind, Letter
from tui_inbox.thai.folding import fold_for_search
from tui_inbox.watching import Stamp

PIECES = (
    "นครศรีธรรมราช",
    "น้ำ",
    "นํ้า",
    "ที่",
    "เเ",
    "ก",
    "๒๕๖๗",
    "2567",
    '"',
    "'",
    "%",
    "_",
    "*",
    "\\",
    "-",
    "(",
    ")",
    ":",
    "^",
    " ",
    "\n",
    "\u00a0",
    "\u200b",
    "\0",
    "\ufffd",
    "\ufffe",
    "\uffff",
    "AND",
    "NEAR",
    "Straße",
    "İ",
    "e\u0301",
    "é",
    "😀",
    "\U0010ffff",
)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=12).map("".join)
no_surrogates = texts.filter(
    lambda text: text.isascii() or text == text.encode("utf-8", "ignore").decode()
)


def ids_of(catalogue: Catalogue, text: str) -> frozenset[str]:
    return catalogue.ids_of(catalogue.search(text))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def put(catalogue: Catalogue, bodies: list[str], subject: str | None = None) -> dict[str, str]:
    ids = {}
    for n, body in enumerate(bodies):
        sha256 = f"{n:064x}"
        document = Document(kind=Kind.EXTERNAL_LETTER, span=(0, 1), subject=subject)
        letter = Letter(sha256, "utf-8", (document,))
        # Private-use path, so that no query of the test matches it by accident.
        path = f"\ue000{n}\ue000"
        content = content_of(letter, body, path)
        catalogue.put(Entry(path, Stamp(1, n, n), sha256, sha256, "", content))
        ids[sha256] = body
    return ids


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(bodies=st.lists(no_surrogates, min_size=1, max_size=6), data=st.data())
def test_search_finds_exactly_what_contains_the_query(
    bodies: list[str], data: st.DataObject
) -> None:
    """The yardstick is Python's ``in`` over the folded texts."""
    with tempfile.TemporaryDirectory() as made:
        catalogue = Catalogue(Path(made) / "c.sqlite")
        ids = put(catalogue, bodies)
        source = data.draw(st.sampled_from(bodies))
        start = data.draw(st.integers(0, len(source)))
        length = data.draw(st.integers(1, 12))
        for query in (
            source[start : start + length],
            data.draw(no_surrogates),
            data.draw(st.sampled_from(PIECES)),
        ):
            folded = fold_for_search(query)
            expected = {
                id
                for id, body in ids.items()
                if folded in fold_for_search(body)
                or folded in fold_for_search(f"\ue000{int(id, 16)}\ue000")
            }
            assert ids_of(catalogue, query) == expected, (query, bodies)
        catalogue.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("นครศรีธรรมราช", {0}),
        ("ศรีธรรม", {0}),
        ("นครศรี", {0}),
        ("2567", {0, 1}),
        ("๒๕๖๗", {0, 1}),
        ("ช", {0}),
        ("๗", {0, 1}),
        ("67", {0, 1}),
        ("นํ้า", {1}),
        ("น้ำ", {1}),
        ("100%", {2}),
        ("%", {2}),
        ("_", {2}),
        ('"ด่วน"', {2}),
        ("a*b", {2}),
        ("A*B", {2}),
        ("ไม่มี", set()),
        ("ศรี นคร", set()),
    ],
)
def test_thai_without_spaces_digits_of_both_systems_and_signs(
    folder: Path, query: str, found: set[int]
) -> None:
    catalogue = Catalogue(folder / "examples.sqlite")
    put(
        catalogue,
        [
            "ที่ว่าการจังหวัดนครศรีธรรมราช พ.ศ. ๒๕๖๗",
            "ปัญหาน้ำท่วม 2567",
            'ร้อยละ 100% ของ snake_case "ด่วน" a*b',
        ],
    )
    assert {int(id, 16) for id in ids_of(catalogue, query)} == found
    catalogue.close()


def test_the_normal_form_of_the_head_is_found_too(folder: Path) -> None:
    catalogue = Catalogue(folder / "head.sqlite")
    put(catalogue, ["ที่ อบ๐๐๒๓.๓/ว๒๕๖๖"], subject="แนวทางการจัดงาน")
    assert ids_of(catalogue, "แนวทางการ")
    assert not ids_of(catalogue, "แนวทางนั้น")
    catalogue.close()


def test_an_empty_query_finds_everything(folder: Path) -> None:
    catalogue = Catalogue(folder / "all.sqlite")
    put(catalogue, ["หนึ่ง", "สอง"])
    assert len(ids_of(catalogue, "")) == 2
    assert len(ids_of(catalogue, "\u200b")) == 2
    assert ids_of(catalogue, "\udc80") == frozenset()
    catalogue.close()
