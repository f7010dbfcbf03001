"""The command line: ``tui-inbox [COMMAND]``. Without a command it opens the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui_inbox.cli.exits import ExitCode

__all__ = ["ExitCode", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; ends without a traceback."""
    from tui_inbox.cli import output

    words = sys.argv[1:] if arguments is None else list(arguments)
    output.prepare()
    try:
        code = _run(words)
        output.finish()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (``| head``) has had enough, which is its own choice.
        code = ExitCode.DONE
    except output.OutputError as error:
        code = _failed(words, "cli.error.output", str(error))
    except OSError as error:
        code = _failed(words, "cli.error.system", str(error))
    output.abandon()
    return int(code)


def _run(words: Sequence[str]) -> ExitCode:
    from tui_inbox.cli.parser import parse
    from tui_inbox.cli.session import Session

    try:
        command, given = parse(words)
    except SystemExit as end:
        return ExitCode(end.code if isinstance(end.code, int) else 0)
    return Session(command, given).run()


def _failed(words: Sequence[str], key: str, detail: str) -> ExitCode:
    from tui_inbox.cli.output import Output
    from tui_inbox.cli.parser import language_of
    from tui_inbox.locale import Messages

    Output().say(Messages(language_of(words))(key, detail=detail))
    return ExitCode.SOME_FAILED
