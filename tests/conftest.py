"""What all tests share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Set by .ci/run, which installs the tools: there a test that could not run is a failure.
EVERY_TOOL = "TESTS_NEED_EVERY_TOOL"

# What tests share is imported from `tests`. At the end: the package that is installed comes first.
sys.path.append(str(Path(__file__).parents[1]))

# Many tests start the program itself. Where compiled files may not be kept it compiles its modules
# at each of these starts, which is most of what such a test would take.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture
def tool() -> Callable[[str], str]:
    """The path of a program, or the test is skipped for its lack (in CI: fails)."""

    def tool(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            message = f"{name} is not installed"
            if os.environ.get(EVERY_TOOL):
                pytest.fail(message)
            pytest.skip(message)
        return path

    return tool


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """For a process of the program that knows nothing of whoever runs the tests."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "LC_ALL": "C.UTF-8",
    }
