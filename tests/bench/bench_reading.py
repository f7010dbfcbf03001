"""How long a letter takes to be read, beside what any reader of the same bytes must at least do.

``python tests/bench/bench_reading.py [ROUNDS]`` prints one JSON object. Times in milliseconds, on
one core; ratios are of medians of the same run. The peers: decoding the bytes and cutting the text
at white space (``re.findall``), and ``json.loads`` of a JSON text of the same size.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui_inbox.reading import decode, read
from tui_inbox.reading.decode import Decoded

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "open"
TYPICAL = 5_000
"""Characters of a typical letter with what comes with it."""

_WORDS = re.compile(r"\S+")


def corpus() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))]


def typical(letters: Sequence[bytes]) -> bytes:
    """Whole letters of the corpus, one behind the other, until they have ``TYPICAL`` characters."""
    text = ""
    for data in letters:
        decoded = decode(data)
        if isinstance(decoded, Decoded) and decoded.encoding == "utf-8" and not decoded.replaced:
            text += decoded.text + "\n\n"
        if len(text) >= TYPICAL:
            break
    return text.encode()


def as_json(data: bytes) -> str:
    """A JSON text of as many bytes: the lines of the same letter as records."""
    lines = data.decode().splitlines()
    records = [{"n": n, "text": line} for n, line in enumerate(lines)]
    text = json.dumps(records, ensure_ascii=False)
    while records and len(text.encode()) > len(data):
        records.pop()
        text = json.dumps(records, ensure_ascii=False)
    return text


def times(action: Callable[[], object], rounds: int) -> dict[str, float]:
    action()
    spent = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {
        "median": round(statistics.median(spent), 4),
        "p95": round(spent[int(len(spent) * 0.95)], 4),
    }


def each(letters: Sequence[bytes]) -> dict[str, float]:
    """All letters of the corpus once: how many a second, and which take longest."""
    spent = []
    for data in letters:
        start = time.perf_counter()
        read(data)
        spent.append((time.perf_counter() - start) * 1000)
    spent.sort()
    return {
        "letters": len(letters),
        "bytes": sum(map(len, letters)),
        "letters_per_second": round(1000 * len(spent) / sum(spent), 1),
        "median": round(statistics.median(spent), 4),
        "p95": round(spent[int(len(spent) * 0.95)], 4),
        "max": round(spent[-1], 4),
    }


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    letters = corpus()
    data = typical(letters)
    text = as_json(data)
    each(letters)
    reading = times(lambda: read(data), rounds)
    words = times(lambda: _WORDS.findall(data.decode()), rounds)
    loads = times(lambda: json.loads(text), rounds)
    print(
        json.dumps(
            {
                "typical": {
                    "characters": len(data.decode()),
                    "bytes": len(data),
                    "documents": len(read(data).documents),
                    "read": reading,
                },
                "peers": {"decode_and_findall": words, "json_loads": loads},
                "ratios": {
                    "read_to_decode_and_findall": round(reading["median"] / words["median"], 1),
                    "read_to_json_loads": round(reading["median"] / loads["median"], 1),
                },
                "corpus": each(letters),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
