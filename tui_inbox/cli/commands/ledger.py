"""``tui-inbox ledger``: the ledger as a whole: copied, saved, checked, put back."""

from __future__ import annotations

from pathlib import Path

from tui_inbox.cli.command import Argument, Command, Completes
from tui_inbox.cli.exits import ExitCode
from tui_inbox.cli.session import Session


def export(session: Session) -> ExitCode:
    """One ordinary TinyDB file, for other programs."""
    from tui_inbox.service import keeping

    target = Path(session.given.file)
    letters = keeping.export(
        session.folder, session.settings, target, replace=session.given.replace
    )
    session.say("cli.ledger.exported", n=letters, path=target)
    return ExitCode.DONE


def backup(session: Session) -> ExitCode:
    """The whole ledger in one new file."""
    from tui_inbox.service import keeping

    target = Path(session.given.file)
    made = keeping.backup(session.folder, target)
    size = sum(member.size for member in made.files)
    session.say("cli.ledger.saved", n=len(made.files), size=f"{size:,}", path=target)
    return ExitCode.DONE


def verify(session: Session) -> ExitCode:
    """Every line of every file; what is wrong is named with its file and place."""
    from tui_inbox.service import keeping

    report = keeping.verify(session.folder)
    if session.given.json:
        import msgspec

        session.output.data(msgspec.json.encode(report))
    else:
        from tui_inbox.cli.findings import wordings

        for line in wordings(session.messages, report.findings):
            session.output.text(line)
        for name in report.aside:
            session.output.text(session.messages("cli.ledger.aside", file=name))
        key = "cli.ledger.damaged" if report.findings else "cli.ledger.sound"
        session.say(key, entries=report.entries, letters=report.letters, n=len(report.findings))
    return ExitCode.SOME_FAILED if report.findings else ExitCode.DONE


def restore(session: Session) -> ExitCode:
    """A backup in the ledger's place; what was there is kept beside it."""
    from tui_inbox.service import keeping

    made, aside = keeping.restore(session.folder, session.settings, Path(session.given.file))
    when = session.date(made.at.date().isoformat())
    session.say("cli.ledger.restored", host=made.host, date=when)
    if aside is not None:
        session.say("cli.ledger.kept", path=aside)
    return verify(session)


_REPORT = Argument("--json", switch=True)
_FILE = Argument("file", metavar="file", completes=Completes.FILES)

COMMAND = Command(
    "ledger",
    parts=(
        Command("ledger export", (_FILE, Argument("--replace", switch=True)), export),
        Command("ledger backup", (_FILE,), backup),
        Command("ledger verify", (_REPORT,), verify),
        Command("ledger restore", (_FILE, _REPORT), restore),
    ),
)
