"""``tui-inbox config``: what is set, where, and what can be set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_inbox.cli.command import Argument, Command, Loads
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import DEFAULT_FOLDER, Session

if TYPE_CHECKING:
    from tui_inbox.config import Found, SettingsError

JSON = Argument("--json", switch=True, help="cli.help.json_settings")


def show(session: Session) -> ExitCode:
    """Every setting with its value and where that came from; mistakes are said beside them."""
    from tui_inbox.cli.output import plain
    from tui_inbox.cli.settings import line_text, shown

    found, mistakes = look(session)
    for one in shown(found):
        if session.given.json:
            _data(session, one)
        else:
            session.output.text(plain(line_text(session.messages, one)))
    return _said(session, mistakes)


def validate(session: Session) -> ExitCode:
    """Every mistake in the files, the environment and the options, not only the first."""
    _, mistakes = look(session)
    if session.given.json:
        for error in mistakes:
            _data(
                session,
                {
                    "code": error.code,
                    "where": error.source,
                    "line": error.line,
                    "key": error.key,
                    "nearest": error.nearest,
                    "message": " ".join(session.worded(error)),
                },
            )
        return ExitCode.WRONG_USE if mistakes else ExitCode.DONE
    if not mistakes:
        session.say("cli.config.valid")
    return _said(session, mistakes)


def path(session: Session) -> ExitCode:
    """Where the settings file is, or would be."""
    from tui_inbox.config import inbox_file, user_file

    look(session)
    file = inbox_file(session.folder) if session.given.which == "inbox" else user_file()
    if session.given.json:
        _data(session, {"which": session.given.which, "path": str(file), "exists": file.exists()})
    else:
        session.output.text(str(file))
    return ExitCode.DONE


def schema(session: Session) -> ExitCode:
    """The JSON Schema of a settings file, for editors that complete and check TOML."""
    import msgspec

    from tui_inbox.cli.settings import json_schema

    look(session)
    session.output.data(msgspec.json.format(msgspec.json.encode(json_schema(session.messages))))
    return ExitCode.DONE


def look(session: Session) -> tuple[dict[str, Found], list[SettingsError]]:
    """What is set, and the mistakes; the session then speaks the language that is set."""
    from tui_inbox.config import find_settings, settings_of
    from tui_inbox.locale import Messages

    mistakes: list[SettingsError] = []
    given = session.given
    flags, assignments = session.flags, given.set or ()
    if given.inbox is None:
        found = find_settings(flags=flags, assignments=assignments, report=lambda _: None)
        session.folder = Path(settings_of(found.values()).inbox or DEFAULT_FOLDER).expanduser()
    found = find_settings(
        session.folder, flags=flags, assignments=assignments, report=mistakes.append
    )
    session.messages = Messages(settings_of(found.values()).language)
    return found, mistakes


def _said(session: Session, mistakes: list[SettingsError]) -> ExitCode:
    for error in mistakes:
        session.say_settings(error)
    return ExitCode.WRONG_USE if mistakes else ExitCode.DONE


def _data(session: Session, value: Found | dict[str, Any]) -> None:
    import msgspec

    from tui_inbox.cli.output import as_unicode

    line = value if isinstance(value, dict) else value._asdict()
    session.output.data(msgspec.json.encode(as_unicode(line)))


COMMAND = Command(
    "config",
    parts=(
        Command("config show", (JSON,), show, Loads.NOTHING),
        Command("config validate", (JSON,), validate, Loads.NOTHING),
        Command(
            "config path",
            (Argument("which", many="?", choices=("user", "inbox"), default="user"), JSON),
            path,
            Loads.NOTHING,
        ),
        Command("config schema", (), schema, Loads.NOTHING),
    ),
)
