"""The arguments that several commands have: they look and read the same everywhere."""

from __future__ import annotations

from tui_inbox.cli.command import Argument, Completes

# The same words as `tui_inbox.locale.LANGUAGES`.
LANGUAGES = ("th", "en")

HELP = Argument("--help", short="-h", switch=True, help="cli.help.help")
VERSION = Argument("--version", switch=True, help="cli.help.version")

# What can be said before or after the name of any command.
INBOX = Argument("--inbox", metavar="folder", completes=Completes.FOLDERS, help="cli.help.inbox")
LANG = Argument("--lang", choices=LANGUAGES, help="cli.help.lang")
SET = Argument(
    "--set",
    metavar="assignment",
    repeats=True,
    completes=Completes.SETTINGS,
    help="cli.help.set",
)
COMMON = (INBOX, LANG, SET)

# One letter, and several: `-` among several reads ids from standard input, one a line.
ID = Argument("id", metavar="id", completes=Completes.LETTERS, help="cli.help.id")
IDS = Argument("ids", metavar="id", many="+", completes=Completes.LETTERS, help="cli.help.ids")

# What an action prints: the letters as `list --json` has them, after it was done.
JSON = Argument("--json", switch=True, help="cli.help.json")
DRY_RUN = Argument("--dry-run", short="-n", switch=True, help="cli.help.dry_run")
