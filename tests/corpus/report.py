"""Prints precision and recall of the reader over the corpus, field by field.

    python -m tests.corpus.report [--set open|held|all] [--noisy] [--verbose] [--only NAME]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.corpus.scorer import FIELDS, Scores, load, score, validate


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=("open", "held", "all"), default="open", dest="which")
    parser.add_argument("--noisy", action="store_true", help="damage every letter as engines do")
    parser.add_argument("--damage", metavar="NAMES", help="only these damages, by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="show every difference")
    parser.add_argument("--field", help="with --verbose: only this field")
    parser.add_argument("--only", metavar="NAME", help="files whose name holds NAME")
    parser.add_argument("--check", action="store_true", help="only check the truth files")
    options = parser.parse_args(argv)

    cases = load(options.which, options.only)
    wrong = [line for case in cases for line in validate(case)]
    if options.check:
        print("\n".join(wrong) or f"{len(cases)} truth files are well formed")
        return bool(wrong)
    for line in wrong:
        print(f"truth: {line}", file=sys.stderr)
    if options.noisy or options.damage:
        from tests.corpus.damage import PROFILE, damage

        names = tuple(options.damage.split(",")) if options.damage else PROFILE
        cases = [damage(case, names, seed=options.seed) for case in cases]

    from tui_inbox.reading import read

    scores = score(cases, read, repeat=3)
    if options.verbose:
        for difference in scores.differences:
            if options.field in (None, difference.field):
                print(difference)
        print()
    show(scores)
    return bool(scores.violations)


def show(scores: Scores) -> None:
    print(f"{'field':<20} {'precision':>9} {'recall':>9} {'right':>6} {'found':>6} {'truth':>6}")
    for name in FIELDS:
        tally = scores.tallies[name]
        spacing = f"  (spacing differs in {tally.spacing})" if tally.spacing else ""
        print(
            f"{name:<20} {tally.precision:>9.1%} {tally.recall:>9.1%}"
            f" {tally.right:>6} {tally.found:>6} {tally.expected:>6}{spacing}"
        )
    print()
    print(
        f"split right          {scores.split_right}/{scores.files} files,"
        f" {scores.bundles_right}/{scores.bundles} bundles"
    )
    print(
        f"most urgent          {scores.false_most_urgent} false,"
        f" {scores.missed_most_urgent} missed ({scores.documents} documents)"
    )
    if scores.milliseconds:
        mean = scores.total_seconds * 1000 * 5000 / scores.total_characters
        print(
            f"ms per 5,000 chars   mean {mean:.2f}, median"
            f" {statistics.median(scores.milliseconds):.2f}, worst {max(scores.milliseconds):.2f}"
        )
    print(f"contract             {len(scores.violations)} violations")
    for line in scores.violations:
        print(f"  {line}")


if __name__ == "__main__":
    sys.exit(main())
