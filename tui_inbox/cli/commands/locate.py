"""``tui-inbox locate``: where letters lie, and where the program keeps what is its own."""

from __future__ import annotations

from collections.abc import Iterable

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def run(session: Session) -> ExitCode:
    """The path of each letter's file; without a letter the folders and files of the program."""
    return _letters(session) if session.given.ids else _places(session)


def _letters(session: Session) -> ExitCode:
    from tui_inbox.cli.letters import several
    from tui_inbox.watching import file_of

    with session.inbox() as inbox:
        ids, whole = several(session, inbox, session.given.ids)
        rows = [row for row in map(inbox.row, ids) if row is not None]
    folder = session.folder.absolute()
    found = [(row.id, str(file_of(folder, row.path)), not row.gone) for row in rows]
    _print(session, found, named=False)
    there = all(exists for *_, exists in found)
    return ExitCode.DONE if whole and there else ExitCode.SOME_FAILED


def _places(session: Session) -> ExitCode:
    from tui_inbox.config import cache_folder, inbox_file, user_file
    from tui_inbox.service.opening import index_path

    folder = session.folder.absolute()
    places = {
        "inbox": folder,
        "ledger": inbox_file(folder).parent,
        "inbox_settings": inbox_file(folder),
        "settings": user_file(),
        "index": index_path(folder, cache_folder()),
    }
    found = [(name, str(path), path.exists()) for name, path in places.items()]
    _print(session, found, named=True)
    return ExitCode.DONE


def _print(session: Session, places: Iterable[tuple[str, str, bool]], *, named: bool) -> None:
    from tui_inbox.cli.output import plain, unicode_path

    for name, path, exists in places:
        if session.given.json:
            import msgspec

            line = {"name": name, "path": unicode_path(path), "exists": exists}
            session.output.data(msgspec.json.encode(line))
        else:
            session.output.text(f"{name}\t{plain(path)}" if named else plain(path))


COMMAND = Command(
    "locate",
    (
        Argument("ids", metavar="id", many="*", completes=Completes.LETTERS, help="cli.help.ids"),
        Argument("--json", switch=True, help="cli.help.json_places"),
    ),
    run,
)
