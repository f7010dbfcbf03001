"""The command line: ``tui-inbox [COMMAND]``. Without a command it opens the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tui_inbox import __version__
from tui_inbox.cli.exits import ExitCode

__all__ = ["ExitCode", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; ends without a traceback."""
    from tui_inbox.cli import output

    output.prepare()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        output.finish()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (``| head``) has had enough, which is its own choice.
        code = ExitCode.DONE
    except output.OutputError as error:
        code = _failed("cli.error.output", str(error))
    except OSError as error:
        code = _failed("cli.error.system", str(error))
    output.abandon()
    return int(code)


def _run(arguments: Sequence[str]) -> ExitCode:
    from tui_inbox.cli.arguments import build, language_of
    from tui_inbox.cli.session import Session
    from tui_inbox.locale import Messages

    messages = Messages(language_of(arguments))
    try:
        given = build(messages, __version__).parse_args(arguments)
    except SystemExit as end:
        return ExitCode(end.code if isinstance(end.code, int) else 0)
    return Session(given, messages).run()


def _failed(key: str, detail: str) -> ExitCode:
    from tui_inbox.cli.arguments import language_of
    from tui_inbox.cli.output import Output
    from tui_inbox.locale import Messages

    Output().say(Messages(language_of(sys.argv[1:]))(key, detail=detail))
    return ExitCode.SOME_FAILED
