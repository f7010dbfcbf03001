"""The reader over the open half of the corpus: precision and recall must not fall."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.corpus import scorer
from tests.corpus.damage import DAMAGES, ENGINES, PROFILE, damage
from tests.corpus.scorer import Case, Scores, load, score, validate

#: field: (precision, recall) on letters as they are, then (precision, recall) on damaged ones.
THRESHOLDS: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "kind": ((0.98, 0.98), (0.95, 0.95)),
    "urgency": ((0.98, 0.98), (0.95, 0.95)),
    "secrecy": ((0.98, 0.98), (0.95, 0.95)),
    "number": ((0.98, 0.98), (0.95, 0.95)),
    "date": ((0.98, 0.98), (0.95, 0.95)),
    "sender": ((0.98, 0.98), (0.95, 0.95)),
    "subject": ((0.98, 0.98), (0.95, 0.95)),
    "recipients": ((0.97, 0.97), (0.96, 0.96)),
    "references": ((0.96, 0.96), (0.95, 0.91)),
    "enclosures": ((0.95, 0.95), (0.95, 0.94)),
    "asks": ((0.96, 0.93), (0.94, 0.90)),
    "deadlines": ((0.97, 0.95), (0.97, 0.92)),
    "events": ((0.95, 0.93), (0.92, 0.83)),
    "signatory.name": ((0.99, 0.99), (0.99, 0.99)),
    "signatory.authority": ((0.98, 0.97), (0.98, 0.97)),
    "contacts": ((0.98, 0.98), (0.98, 0.98)),
    "receipts": ((0.99, 0.99), (0.99, 0.99)),
}
SPLIT = (0.98, 0.96)


@cache
def clean() -> Scores:
    from tui_inbox.reading import read

    return score(load("open"), read)


@cache
def noisy() -> Scores:
    from tui_inbox.reading import read

    return score([damage(case, PROFILE) for case in load("open")], read)


@pytest.mark.parametrize("field", THRESHOLDS)
def test_fields_of_letters_as_they_are(field: str) -> None:
    precision, recall = THRESHOLDS[field][0]
    tally = clean().tallies[field]
    assert tally.precision >= precision
    assert tally.recall >= recall


@pytest.mark.parametrize("field", THRESHOLDS)
def test_fields_of_damaged_letters(field: str) -> None:
    precision, recall = THRESHOLDS[field][1]
    tally = noisy().tallies[field]
    assert tally.precision >= precision
    assert tally.recall >= recall


def test_files_are_split_into_their_documents() -> None:
    assert clean().split_right / clean().files >= SPLIT[0]
    assert noisy().split_right / noisy().files >= SPLIT[1]


def test_most_urgent_is_never_missed_nor_made_up() -> None:
    assert (clean().false_most_urgent, clean().missed_most_urgent) == (0, 0)


def test_results_keep_the_contract() -> None:
    assert clean().violations == []
    assert noisy().violations == []


# The scorer and the truth are worth as much as their own tests.


@pytest.mark.parametrize("which", ["open", "held"])
def test_truth_is_well_formed(which: str) -> None:
    cases = load(which)
    assert cases
    assert [line for case in cases for line in validate(case)] == []


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_damage_is_the_same_every_time_and_leaves_the_documents_in_place(engine: str) -> None:
    for case in load("open"):
        damaged = damage(case, (engine,), seed=3)
        assert damaged.text == damage(case, (engine,), seed=3).text
        assert validate_starts(damaged)


def validate_starts(case: Case) -> bool:
    starts = [offsets[0] for offsets in case.starts()]
    return starts == sorted(set(starts)) and all(not case.text[start].isspace() for start in starts)


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_every_damage_does_something(name: str) -> None:
    assert any(damage(case, (name,)).text != case.text for case in load("open"))


def test_fold_makes_one_of_what_is_printed_alike() -> None:
    assert scorer.fold("ที่ นํ้า  ๒๕๖๗\n") == scorer.fold("ท่ี น้ำ 2567")
    assert scorer.fold("กํากับ") == "กำกับ"
    assert scorer.squeeze("ด้ว ย") == "ด้วย"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("๒๑ มิถุนายน ๒๕๖๗", "2024-06-21"),
        ("21 มิ.ย. 2567", "2024-06-21"),
        ("๑๕ ก.ย. ๔๘", "2005-09-15"),
        ("๓๑ พฤษภาคม พ.ศ. ๒๕๖๗", "2024-05-31"),
        ("กุมภาพันธ์ ๒๕๖๗", "2024-02"),
        ("วันนี้", None),
    ],
)
def test_dates_of_spans_are_read_back(printed: str, iso: str | None) -> None:
    assert scorer.parse_date(printed) == iso


def test_wrong_values_and_contract_breaches_are_counted() -> None:
    from tui_inbox.letter import Document, Kind, Letter, Urgency

    case = next(case for case in load("open", "75-"))
    broken = Document(
        kind=Kind.UNKNOWN,
        span=(0, len(case.text) + 1),
        urgency=Urgency.MOST_URGENT,
        number="ยส 1",
        subject="\x1b[31m",
    )
    scores = score([case], lambda _: Letter("", "utf-8", (broken,)))
    assert scores.split_right == 0
    assert scores.false_most_urgent == 1
    assert scores.missed_most_urgent == 1
    assert scores.tallies["number"].right == 0
    assert scores.tallies["kind"].recall == 0
    said = "\n".join(scores.violations)
    assert "outside of 0.." in said
    assert "control characters" in said
    assert "a value without a span" in said


def test_truth_files_are_as_many_as_texts() -> None:
    for folder in ("open", "held"):
        texts = {path.stem for path in (scorer.HERE / folder).glob("*.txt")}
        truths = {path.stem for path in (scorer.HERE / folder).glob("*.json")}
        assert texts == truths
        for path in (scorer.HERE / folder).glob("*.json"):
            assert json.loads(path.read_text("utf-8"))["note"]
