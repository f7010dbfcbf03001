"""``tui-inbox config`` and ``--set``: what is set, where it came from, what is wrong with it."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import msgspec
import pytest

from tui_inbox.cli import ExitCode, main
from tui_inbox.config import Settings, WatchSettings, keys, load_settings


@pytest.fixture(autouse=True)
def user_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("TUI_INBOX_LANG", "en")
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "config" / "tui-inbox" / "settings.toml"
    file.parent.mkdir(parents=True)
    return file


def test_what_is_shown_is_a_settings_file_that_sets_the_same(
    capsys: pytest.CaptureFixture[str], user_file: Path, tmp_path: Path
) -> None:
    user_file.write_text(
        '[office]\nname = "อ\\"ำเภอ"\nunits = ["ก", "ข"]\n'
        '[views]\n"จาก มท. ด่วน" = "จาก:มท"\nplain = "ด่วน:ที่สุด"\n',
        encoding="utf-8",
    )
    assert main(["config", "show", "--set", "watch.delay=2"]) == ExitCode.DONE
    shown = capsys.readouterr().out
    copy = tmp_path / "copy.toml"
    copy.write_text(shown, encoding="utf-8")
    settings = load_settings(user=copy, environ={})
    assert settings.office.name == 'อ"ำเภอ'
    assert settings.office.units == ("ก", "ข")
    assert settings.watch.delay == 2.0
    assert settings.views == {"จาก มท. ด่วน": "จาก:มท", "plain": "ด่วน:ที่สุด"}
    named = {line.removeprefix("# ").partition(" =")[0] for line in shown.splitlines()}
    assert set(keys()) - named == {"views"}
    assert tomllib.loads(shown)["watch"]["max_bytes"] == 2_000_000


def test_each_value_says_where_it_came_from(
    capsys: pytest.CaptureFixture[str], user_file: Path, tmp_path: Path
) -> None:
    user_file.write_text("\n[watch]\nrescan = 9\n")
    main(["config", "show", "--json", "--set=display.dates=iso"])
    lines = {line["key"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert list(lines) == list(keys())
    assert lines["watch.rescan"] == {
        "key": "watch.rescan", "value": 9.0, "source": "user", "where": str(user_file), "line": 3,
    }  # fmt: skip
    assert (lines["language"]["source"], lines["language"]["where"]) == (
        "environment",
        "TUI_INBOX_LANG",
    )
    assert lines["display.dates"]["source"] == "flag"
    assert lines["inbox"] == {
        "key": "inbox", "value": None, "source": "default", "where": None, "line": None,
    }  # fmt: skip


def test_every_mistake_is_named_and_ends_with_2(
    capsys: pytest.CaptureFixture[str], user_file: Path, tmp_path: Path
) -> None:
    user_file.write_text("languag = 'en'\n[watch]\ndelay = 0\n")
    shared = tmp_path / "inbox" / ".tui-inbox" / "settings.toml"
    shared.parent.mkdir(parents=True)
    shared.write_text("[user]\nname = 'x'\n")
    assert main(["config", "validate"]) == ExitCode.WRONG_USE
    told = capsys.readouterr()
    assert told.out == ""
    assert f"{user_file}:1: there is no setting languag" in told.err
    assert "did you mean language?" in told.err
    assert f"{user_file}:3: watch.delay cannot be 0" in told.err
    assert "inbox/.tui-inbox/settings.toml:1: user belongs in the user's" in told.err
    assert main(["config", "validate", "--json"]) == ExitCode.WRONG_USE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["code"] for line in lines] == ["unknown_key", "out_of_range", "not_here"]
    assert lines[0]["nearest"] == "language"
    assert main(["config", "show"]) == ExitCode.WRONG_USE


def test_settings_in_order_are_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "validate"]) == ExitCode.DONE
    assert "in order" in capsys.readouterr().err


def test_the_folder_that_is_set_has_its_own_settings_checked(
    capsys: pytest.CaptureFixture[str], user_file: Path, tmp_path: Path
) -> None:
    user_file.write_text(f"inbox = '{tmp_path}/there'")
    main(["config", "path", "inbox"])
    assert capsys.readouterr().out == f"{tmp_path}/there/.tui-inbox/settings.toml\n"
    main(["config", "path", "--json"])
    assert json.loads(capsys.readouterr().out) == {
        "which": "user", "path": str(user_file), "exists": True,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_schema_knows_every_setting_and_describes_it(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert main(["config", "schema", "--lang", language]) == ExitCode.DONE
    schema = json.loads(capsys.readouterr().out)
    assert schema["additionalProperties"] is False
    for key in keys():
        table = schema
        for part in key.split(".")[:-1]:
            table = schema["$defs"][table["properties"][part]["$ref"].rpartition("/")[2]]
            assert table["description"]
        assert table["additionalProperties"] is False
        assert table["properties"][key.rpartition(".")[2]]["description"]
    assert "null" not in json.dumps(schema)


def test_the_schema_s_defaults_are_those_of_the_program(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["config", "schema"])
    schema = json.loads(capsys.readouterr().out)
    watch = schema["$defs"]["WatchSettings"]["properties"]
    defaults = {name: part.get("default") for name, part in watch.items()}
    assert msgspec.convert(defaults, WatchSettings) == Settings().watch


def test_an_option_sets_one_thing_for_one_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "x.txt").write_text("ที่ มท 0001/1", encoding="utf-8")
    assert main(["parse", "x.txt", "--json", "--set", "watch.max_bytes=1000"]) == ExitCode.DONE
    (tmp_path / "x.txt").write_text("ที่ มท 0001/1" * 200, encoding="utf-8")
    assert main(["parse", "x.txt", "--set", "watch.max_bytes=1000"]) == ExitCode.SOME_FAILED
    capsys.readouterr()
    for wrong, told in (
        ("watch.delya=1", "did you mean watch.delay?"),
        ("watch", "write the name, = and the value"),
        ("watch.delay=soon", "--set: watch.delay must be a number"),
    ):
        assert main(["--set", wrong, "list"]) == ExitCode.WRONG_USE
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [("config", "path", "inbox"), ("config", "show"), ("config", "validate"), ("doctor",)]
)
def test_a_folder_whose_name_is_no_unicode_breaks_no_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    inbox = tmp_path / os.fsdecode(b"in\xff")
    (inbox / ".tui-inbox").mkdir(parents=True)
    (inbox / ".tui-inbox" / "settings.toml").write_text("nonsense = 1\n")
    main([*words, "--json", "--inbox", str(inbox)])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines
    assert words[-1] in ("show", "doctor") or "in\ufffd" in json.dumps(lines, ensure_ascii=False)
