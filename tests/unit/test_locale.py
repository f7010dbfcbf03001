"""The catalogue: both languages say the same things, and everything the code asks for is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import EnumType
from pathlib import Path

import pytest

import tui_inbox
from tui_inbox import letter
from tui_inbox.letter import Check, CheckCode, Problem, ProblemCode
from tui_inbox.locale import LANGUAGES, Messages, fields, section, sections
from tui_inbox.locale.wording import check_message, problem_message
from tui_inbox.reading import read

PACKAGE = Path(tui_inbox.__file__).parent

# One example of the arguments of every check and problem, as the reader and the watcher give them.
CHECKS = [
    Check(CheckCode.REFERENCE_MISMATCH, {"field": "number", "cited": "มท 1/ว 2", "own": "มท 1/ว 3"}, ()),
    Check(CheckCode.CONFLICTING_VALUES, {"field": "date", "first": "2026-11-20", "second": "2026-11-21"}, ()),
    Check(CheckCode.WEEKDAY_MISMATCH, {"weekday": "0", "date": "2026-11-24", "actual": "1"}, ()),
    Check(CheckCode.DATE_ORDER, {"what": "receipt", "first": "2026-11-21", "second": "2026-11-20"}, ()),
    Check(CheckCode.SUSPICIOUS_DIGITS, {"count": "57"}, ()),
    Check(CheckCode.MISSING_PART, {"part": "signatory"}, ()),
    Check(CheckCode.ENCODING, {"count": "3"}, ()),
]  # fmt: skip
PROBLEM_ARGS = {
    ProblemCode.TOO_LARGE: {"limit": "2,000,000"},
    ProblemCode.IO: {"detail": "EIO"},
    ProblemCode.READER_FAILED: {"detail": "SIGSEGV"},
}


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Each literal key that is looked up somewhere, with the place where it stands.

    A key is what a call gives first, where it is a literal whose first part is a section.
    """
    names = set(sections("th"))
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            for given in node.args[:2]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    head, dot, rest = given.value.partition(".")
                    plain = rest.replace(".", "").replace("_", "")
                    if dot and head in names and plain.isalnum() and plain.isascii():
                        yield given.value, f"{file.relative_to(PACKAGE)}:{node.lineno}"


def is_key_or_group(key: str) -> bool:
    name, _, rest = key.partition(".")
    return key in Messages("th") or any(
        other.startswith(f"{rest}.") for other in section("th", name)
    )


def test_both_languages_have_the_same_sections() -> None:
    assert sections("th") == sections("en")
    assert {"cli", "config", "reading"} <= set(sections("th"))


@pytest.mark.parametrize("name", sections("th"))
def test_both_languages_have_the_same_keys_and_fields(name: str) -> None:
    thai, english = section("th", name), section("en", name)
    assert thai.keys() == english.keys()
    assert {key: fields(text) for key, text in thai.items()} == {
        key: fields(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_a_brace_that_is_no_field(language) -> None:
    for name in sections(language):
        for key, text in section(language, name).items():
            bare = text
            for field in fields(text):
                bare = bare.replace(f"{{{field}}}", "")
            assert "{" not in bare, f"{name}.{key}"
            assert "}" not in bare, f"{name}.{key}"


def test_every_key_that_the_code_asks_for_exists() -> None:
    found = list(keys_in_code())
    assert len(found) > 30
    missing = [f"{where} {key}" for key, where in found if not is_key_or_group(key)]
    assert missing == []


@pytest.mark.parametrize(
    ("group", "enum"),
    [
        ("reading.check", letter.CheckCode),
        ("reading.problem", letter.ProblemCode),
        ("reading.kind", letter.Kind),
        ("reading.urgency", letter.Urgency),
        ("reading.secrecy", letter.Secrecy),
        ("reading.action", letter.Action),
        ("reading.basis", letter.Basis),
        ("reading.event_status", letter.EventStatus),
        ("reading.contact", letter.ContactType),
    ],
)
def test_every_name_of_the_vocabulary_is_worded(group: str, enum: EnumType) -> None:
    for member in enum:
        assert f"{group}.{member}" in Messages("th")


def test_the_errors_of_settings_and_the_states_of_letters_are_worded() -> None:
    from tui_inbox.config import SettingsErrorCode
    from tui_inbox.ledger.model import Op, Status

    messages = Messages("th")
    assert all(f"config.error.{code}" in messages for code in SettingsErrorCode)
    assert all(f"ledger.status.{status}" in messages for status in Status)
    assert all(f"ledger.op.{op}" in messages for op in Op)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_check_is_worded_with_its_arguments(language, check: Check) -> None:
    message = check_message(Messages(language), check)
    assert "{" not in message
    for name in ("cited", "own", "count"):
        assert check.args.get(name, "") in message


def test_every_check_has_an_example_here() -> None:
    assert [check.code for check in CHECKS] == list(CheckCode)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_says_what_and_what_to_do(language, code: ProblemCode) -> None:
    args = PROBLEM_ARGS.get(code, {})
    message = problem_message(Messages(language), Problem(code, args))
    assert "{" not in message
    assert all(value in message for value in args.values())


def test_arguments_that_are_names_and_dates_are_worded() -> None:
    message = check_message(Messages("th"), CHECKS[2])
    assert "วันจันทร์" in message
    assert "24 พฤศจิกายน 2569 ตรงกับวันอังคาร" in message
    assert "Monday" in check_message(Messages("en"), CHECKS[2])


def test_values_are_never_templates() -> None:
    messages = Messages("en")
    hostile = "{limit} {0} {__class__} %s"
    assert hostile in messages("cli.error.not_found", id=hostile)


def test_an_unknown_key_and_a_missing_field_are_errors() -> None:
    messages = Messages("th")
    for wrong in ("cli.nothing_of_the_kind", "nosuch.key", "../cli.about", "cli", ""):
        with pytest.raises(KeyError):
            messages(wrong)
        assert wrong not in messages
    with pytest.raises(KeyError):
        messages("cli.error.not_found")


def test_a_section_is_read_when_it_is_first_used() -> None:
    section.cache_clear()
    messages = Messages("th")
    assert section.cache_info().currsize == 0
    messages("cli.about")
    assert section.cache_info().currsize == 1


def test_what_the_reader_finds_is_worded_without_codes() -> None:
    letters = Path(__file__).parents[1] / "corpus" / "open"
    found = [check for file in letters.glob("*.txt") for check in read(file.read_bytes()).checks]
    assert {check.code for check in found} >= {CheckCode.MISSING_PART, CheckCode.WEEKDAY_MISMATCH}
    for check in found:
        message = check_message(Messages("th"), check)
        assert "{" not in message
        named = {value for name, value in check.args.items() if name in ("field", "part", "what")}
        assert not any(value in message for value in named), message
