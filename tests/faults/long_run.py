"""The ledger's faults for as long as it takes: ``python tests/faults/long_run.py [KILLS]``.

Kills writers (1,000 times by default), then runs the fault tests with as many rounds, every
mixture of a power cut among them. A note that was acknowledged and is not there ends it with an
error; else it prints one JSON object, and ends with 1 if a fault test failed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    os.environ["TUI_INBOX_ROUNDS"] = str(kills)
    import pytest
    from ledger_kills import kill_writers

    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        killed = kill_writers(Path(place), kills, seed=time.time_ns())
    spent = time.monotonic() - began
    files = [str(file) for file in sorted(HERE.glob("test_ledger_*.py"))]
    failed = pytest.main(["-q", "-n", "0", "-k", "not kill_9", *files])
    print(
        json.dumps(
            {
                "kills": killed.kills,
                "acknowledged": killed.acknowledged,
                "torn_lines": killed.torn,
                "seconds": round(spent),
                "fault_tests": "failed" if failed else "passed",
            }
        )
    )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
