"""Permissions that hold for the tests too: root, for whom none does, steps down meanwhile."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = 65534

# Loaded before anybody steps down: afterwards Python's own library may not be readable any more.
importlib.import_module("tui_inbox.watching.hints")


@contextlib.contextmanager
def unprivileged() -> Iterator[Path]:
    """A fresh folder that an unprivileged user may write in, who we are until the end."""
    top = Path(tempfile.mkdtemp())
    top.chmod(0o777)
    before = os.geteuid()
    try:
        if before == 0:
            os.seteuid(NOBODY)
        yield top
    finally:
        os.seteuid(before)
        shutil.rmtree(top)
