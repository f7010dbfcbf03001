"""How a command ended, for the script that called it."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the machine-readable contract."""

    DONE = 0
    SOME_FAILED = 1
    WRONG_USE = 2
    UNAVAILABLE = 3
    INTERRUPTED = 130
