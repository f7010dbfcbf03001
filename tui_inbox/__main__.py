"""``tui-inbox`` and ``python -m tui_inbox``: the process that runs one command line."""

import gc
import sys

from tui_inbox.cli import main

# Loading makes some ten thousand objects that all stay: looking through them for rubbish every
# seven hundred is a tenth of the time that a list takes.
OBJECTS_BETWEEN_COLLECTIONS = 10_000


def start() -> int:
    """Run the command line of this process and return its exit code."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    code = main()
    # The process ends: the interpreter need not look through everything once more.
    gc.freeze()
    return code


if __name__ == "__main__":
    sys.exit(start())
