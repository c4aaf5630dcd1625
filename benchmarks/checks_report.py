"""Report precision and recall of every check on its labelled pairs, and the speed of all.

Run from the root of the repository: python benchmarks/checks_report.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from apps.text.checks import ALL_CHECKS, Pair, run_checks  # noqa: E402
from apps.text.checks.normalised_pair import clear_caches  # noqa: E402
from tests.text.labelled_pairs import Labelled, Score, labelled_pairs, score  # noqa: E402

ROUNDS = 5


def speed(pairs: Sequence[Pair], rounds: int = ROUNDS) -> float:
    """Return how many pairs a second all checks together handle on one core, best of `rounds`.

    Caches are emptied before every round, as every sentence comes once.
    """
    best = float("inf")
    for _ in range(rounds):
        clear_caches()
        start = time.process_time()
        for pair in pairs:
            run_checks(pair)
        best = min(best, time.process_time() - start)
    return len(pairs) / best


def row(name: str, result: Score) -> str:
    """Return one line of the table."""
    return (
        f"{name:<18}{result.right:>6}{result.wrong:>7}{result.false_alarms:>14}"
        f"{result.missed:>8}{result.precision:>11.3f}{result.recall:>8.3f}"
    )


def main() -> int:
    """Print the report; return 1 where a check has no labelled pairs."""
    print(f"{'check':<18}{'right':>6}{'wrong':>7}{'false alarms':>14}{'missed':>8}"
          f"{'precision':>11}{'recall':>8}")  # fmt: skip
    everything: list[Labelled] = []
    incomplete = False
    for check in ALL_CHECKS:
        labelled = labelled_pairs(check.name)
        incomplete = incomplete or not labelled
        everything += labelled
        print(row(check.name, score(check, labelled)))
    pairs = [labelled.pair for labelled in everything]
    print(f"\n{len(pairs)} pairs, all {len(ALL_CHECKS)} checks: {speed(pairs):,.0f} pairs a second")
    if "--errors" in sys.argv:
        for check in ALL_CHECKS:
            for one in labelled_pairs(check.name):
                found = list(check.run(one.pair))
                if bool(found) != one.wrong:
                    kind = "missed" if one.wrong else "false alarm"
                    print(f"\n{check.name}, {kind}: {one.pair.source}\n  {one.pair.target}")
                    print("".join(f"  {finding.message_en}\n" for finding in found), end="")
    return 1 if incomplete else 0


if __name__ == "__main__":
    sys.exit(main())
