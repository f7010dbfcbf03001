"""Settings: what counts before what, and errors that say where, what and what was meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import platformdirs
import pytest

from tui_inbox.config import (
    Found,
    Settings,
    SettingsError,
    SettingsErrorCode,
    Source,
    cache_folder,
    find_settings,
    inbox_file,
    keys,
    load_settings,
    settings_of,
    state_folder,
    user_file,
)
from tui_inbox.config.files import line_of
from tui_inbox.locale import LANGUAGES, section

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def write(file: Path, text: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def load(tmp_path: Path, text: str | bytes = "", **environ: str) -> Settings:
    return load_settings(user=write(tmp_path / "user.toml", text), environ=environ)


def failure(tmp_path: Path, text: str | bytes = "", **environ: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text, **environ)
    return caught.value


def test_without_any_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, user=tmp_path / "none.toml", environ={}) == Settings()


def test_every_source_counts_before_the_one_below_it(tmp_path: Path) -> None:
    user = write(
        tmp_path / "user.toml", "[watch]\ndelay = 1\nrescan = 11\nmode = 'poll'\nmax_bytes = 1001"
    )
    write(inbox_file(tmp_path), "[watch]\ndelay = 2\nrescan = 22\nmode = 'native'")
    environ = {"TUI_INBOX_WATCH_DELAY": "3", "TUI_INBOX_WATCH_RESCAN": "33"}
    watch = load_settings(tmp_path, user=user, environ=environ, flags={"watch.delay": 4.0}).watch
    assert (watch.delay, watch.rescan, watch.mode, watch.max_bytes) == (4.0, 33.0, "native", 1001)


def test_the_process_environment_is_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("TUI_INBOX_LANG", "en")
    write(tmp_path / "tui-inbox" / "settings.toml", "[user]\nname = 'สมศรี'")
    assert user_file() == tmp_path / "tui-inbox" / "settings.toml"
    settings = load_settings()
    assert (settings.language, settings.user.name) == ("en", "สมศรี")


@pytest.mark.parametrize(
    ("variable", "value", "read"),
    [
        ("TUI_INBOX_DIR", "/srv/in", lambda s: s.inbox == "/srv/in"),
        ("TUI_INBOX_WATCH_SUBFOLDERS", "false", lambda s: s.watch.subfolders is False),
        ("TUI_INBOX_WATCH_MAX_BYTES", "5000", lambda s: s.watch.max_bytes == 5000),
        ("TUI_INBOX_OFFICE_ALIASES", "ก, ข ,", lambda s: s.office.aliases == ("ก", "ข")),
        ("TUI_INBOX_LANGUAGE", "", lambda s: s.language == "th"),
    ],
)
def test_a_variable_sets_a_value_of_its_type(tmp_path, variable, value, read) -> None:
    assert read(load(tmp_path, **{variable: value}))


def test_office_names_are_the_name_and_the_aliases(tmp_path: Path) -> None:
    office = load(tmp_path, "[office]\nname = 'อำเภอแม่ทา'\naliases = ['นายอำเภอแม่ทา']").office
    assert office.names == ("อำเภอแม่ทา", "นายอำเภอแม่ทา")


@pytest.mark.parametrize(
    ("text", "code", "line", "key", "nearest"),
    [
        ("[watch]\n\ndelya = 1", "unknown_key", 3, "watch.delya", "watch.delay"),
        ("delay = 1", "unknown_key", 1, "delay", "watch.delay"),
        ("watch.delya = 1", "unknown_key", 1, "watch.delya", "watch.delay"),
        ("[wach]\ndelay = 1", "unknown_key", 1, "wach", None),
        ("# note\nlanguage = 'de'", "bad_choice", 2, "language", None),
        ("[watch]\nmode = 3", "bad_choice", 2, "watch.mode", None),
        ("[watch]\ndelay = 'soon'", "wrong_type", 2, "watch.delay", None),
        ("[watch]\ndelay = true", "wrong_type", 2, "watch.delay", None),
        ("[watch]\ndelay = 0", "out_of_range", 2, "watch.delay", None),
        ("[watch]\ndelay = nan", "out_of_range", 2, "watch.delay", None),
        ("[watch]\nmax_bytes = 2000.5", "wrong_type", 2, "watch.max_bytes", None),
        ("[watch]\nsubfolders = 1", "wrong_type", 2, "watch.subfolders", None),
        ("[watch]\npatterns = '*.txt'", "wrong_type", 2, "watch.patterns", None),
        ("watch = 1", "wrong_type", 1, "watch", None),
        ('[user]\nname = "a\\nb"', "bad_text", 2, "user.name", None),
        ('[user]\nname = ""', "bad_text", 2, "user.name", None),
        ("[watch\ndelay = 1", "not_toml", 1, None, None),
        ("a = " + "[" * 20_000, "not_toml", 1, None, None),
        ("language = 'th'\n# ที่".encode("cp874"), "not_utf8", 2, None, None),
        (b"#" * 1_000_001, "too_large", None, None, None),
        ("[display]\ncolumns = ['due', 'colour']", "bad_choice", 2, "display.columns", None),
        ("[display]\ncolumns = 'due'", "bad_choice", 2, "display.columns", None),
        ("[display]\ncolumns = []", "bad_choice", 2, "display.columns", None),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path, text, code, line, key, nearest) -> None:
    error = failure(tmp_path, text)
    assert error.source == str(tmp_path / "user.toml")
    assert error.code == code
    assert (error.line, error.key) == (line, key)
    if nearest is not None:
        assert error.nearest == nearest


def test_a_mistyped_table_is_told_by_its_nearest_key(tmp_path: Path) -> None:
    assert failure(tmp_path, "[display]\ndigit = 'thai'").nearest == "display.digits"
    assert failure(tmp_path, "zzzzzz = 1").nearest is None


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("TUI_INBOX_WATCH_DELAY", "soon", "wrong_type"),
        ("TUI_INBOX_WATCH_DELAY", "-1", "out_of_range"),
        ("TUI_INBOX_WATCH_SUBFOLDERS", "perhaps", "wrong_type"),
        ("TUI_INBOX_LANG", "de", "bad_choice"),
        ("TUI_INBOX_DISPLAY_COLUMNS", "due,colour", "bad_choice"),
        ("TUI_INBOX_WACH_DELAY", "1", "unknown_variable"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(tmp_path, variable, value, code) -> None:
    error = failure(tmp_path, **{variable: value})
    assert (error.source, error.code) == (variable, code)


def test_an_unknown_variable_is_told_its_nearest(tmp_path: Path) -> None:
    assert failure(tmp_path, TUI_INBOX_WACH_DELAY="1").nearest == "TUI_INBOX_WATCH_DELAY"


@pytest.mark.parametrize("text", ["inbox = '/elsewhere'", "[user]\nname = 'x'"])
def test_what_is_personal_is_refused_in_a_shared_inbox(tmp_path: Path, text: str) -> None:
    write(inbox_file(tmp_path), text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, user=tmp_path / "none.toml", environ={})
    assert caught.value.code is SettingsErrorCode.NOT_HERE


def test_a_fifo_in_place_of_the_inbox_file_does_not_hang(tmp_path: Path) -> None:
    inbox_file(tmp_path).parent.mkdir()
    os.mkfifo(inbox_file(tmp_path))
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, user=tmp_path / "none.toml", environ={})
    assert caught.value.code is SettingsErrorCode.NOT_REGULAR


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody without root's powers, who runs the test where root started it."""
    folder = tmp_path / "home"
    folder.mkdir()
    if os.geteuid() != 0:
        yield folder
        return
    for place in (
        tmp_path,
        *(up for up in tmp_path.parents if "pytest-" in up.name or "popen-" in up.name),
    ):
        place.chmod(place.stat().st_mode | 0o011)
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    yield folder
    os.seteuid(0)


def test_a_file_without_permission_is_named(nobody: Path) -> None:
    write(nobody / "user.toml", "").chmod(0)
    with pytest.raises(SettingsError) as caught:
        load_settings(user=nobody / "user.toml", environ={})
    assert caught.value.code is SettingsErrorCode.UNREADABLE


def test_the_settings_of_another_person_s_home_are_not_ours(nobody: Path) -> None:
    write(nobody / "other" / "user.toml", "language = 'en'")
    (nobody / "other").chmod(0)
    try:
        assert load_settings(user=nobody / "other" / "user.toml", environ={}) == Settings()
    finally:
        (nobody / "other").chmod(0o700)


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbflanguage = 'en'\r\n").language == "en"


def test_the_documented_file_is_valid_and_names_every_setting(tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    settings = load(tmp_path, text)
    tables = msgspec.to_builtins(settings)
    for name, value in tables.items():
        names = [name, *value] if isinstance(value, dict) else [name]
        assert all(
            f"{one} =" in text or f'"{one}" =' in text or f"[{one}]" in text for one in names
        )


def test_columns_are_chosen_by_name_in_a_file_or_the_environment(tmp_path: Path) -> None:
    wanted = ("due", "subject")
    assert load(tmp_path, "[display]\ncolumns = ['due', 'subject']").display.columns == wanted
    environ = {"TUI_INBOX_DISPLAY_COLUMNS": "due, subject"}
    settings = load_settings(user=tmp_path / "none.toml", environ=environ)
    assert settings.display.columns == wanted


def test_each_value_is_known_with_the_place_that_it_came_from(tmp_path: Path) -> None:
    user = write(tmp_path / "user.toml", "language = 'en'\n[watch]\ndelay = 1\nrescan = 11")
    write(inbox_file(tmp_path), "# ours\n[watch]\ndelay = 2")
    found = find_settings(
        tmp_path,
        user=user,
        environ={"TUI_INBOX_WATCH_RESCAN": "33"},
        assignments=["office.aliases=ก,ข"],
        report=pytest.fail,
    )
    assert found == {
        "language": Found("language", "en", Source.USER, str(user), 1),
        "watch.delay": Found("watch.delay", 2.0, Source.INBOX, str(inbox_file(tmp_path)), 3),
        "watch.rescan": Found("watch.rescan", 33.0, Source.ENVIRONMENT, "TUI_INBOX_WATCH_RESCAN"),
        "office.aliases": Found("office.aliases", ("ก", "ข"), Source.FLAG, "--set"),
    }
    assert settings_of(found.values()).watch.delay == 2.0


def test_all_mistakes_are_found_and_what_is_right_still_counts(tmp_path: Path) -> None:
    user = write(tmp_path / "user.toml", "languge = 'en'\n[watch]\ndelay = 'x'\nrescan = 11")
    write(inbox_file(tmp_path), "[display")
    mistakes: list[SettingsError] = []
    found = find_settings(
        tmp_path,
        user=user,
        environ={"TUI_INBOX_ZZZZ": "1"},
        assignments=["watch.mode", "watch.mode=pol", "watch.subfolders=false"],
        report=mistakes.append,
    )
    assert [(error.code, error.key, error.nearest) for error in mistakes] == [
        ("unknown_key", "languge", "language"),
        ("wrong_type", "watch.delay", None),
        ("not_toml", None, None),
        ("unknown_variable", "TUI_INBOX_ZZZZ", None),
        ("no_assignment", "watch.mode", None),
        ("bad_choice", "watch.mode", "poll"),
    ]
    assert {key: one.value for key, one in found.items()} == {
        "watch.rescan": 11.0,
        "watch.subfolders": False,
    }


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[watch]\ndelay=1", "watch.delay", 2),
        ("watch.delay = 1", "watch.delay", 1),
        ("\n[ watch ]\n 'delay' = 1", "watch.delay", 3),
        ('["มุม มอง"]\n"a b" = 1', "มุม มอง.a b", 2),
        ("[watch]\ndelay=1", "watch", 1),
        ("watch.delay = 1", "watch", 1),
        ("[[views]]\nname = 1", "views", 1),
        ("[watch]\ndelay=1", "delay", None),
    ],
)
def test_the_line_of_a_key_is_found_however_it_is_written(text, key, line) -> None:
    assert line_of(text, key) == line


def test_every_setting_is_described_in_both_languages() -> None:
    for language in LANGUAGES:
        described = set(section(language, "settings"))
        groups = {key.partition(".")[0] for key in keys() if "." in key}
        assert described == {*keys(), *(f"{group}.about" for group in groups)}


@pytest.mark.parametrize("named", [None, "", "/srv/of the office", "relative/one", "~/there"])
@pytest.mark.parametrize("home", ["/home/clerk", "/home/clerk/", "relative"])
def test_the_users_folders_are_where_platformdirs_has_them(
    named: str | None, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home)
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        if named is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, named)
    app = "tui-inbox"
    assert user_file().parent == platformdirs.user_config_path(app, appauthor=False)
    assert cache_folder() == platformdirs.user_cache_path(app, appauthor=False)
    assert state_folder() == platformdirs.user_state_path(app, appauthor=False)
