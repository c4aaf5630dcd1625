"""Precision and recall of every check on its labelled pairs, and the speed of all."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence

from apps.text.checks import ALL_CHECKS, Pair, run_checks
from apps.text.checks.normalised_pair import narrow_prose, prose, protected_spans
from apps.text.numbers.english import english_quantities, hinted_values, lower_words
from apps.text.numbers.japanese import japanese_quantities
from tests.text.labelled_pairs import Labelled, Score, labelled_pairs, score

ROUNDS = 5
TINY = "--rounds 1"


def clear_caches() -> None:
    """Clear the caches of parsed texts, so that each sentence is parsed in each round."""
    for cached in (
        protected_spans,
        prose,
        narrow_prose,
        english_quantities,
        hinted_values,
        japanese_quantities,
        lower_words,
    ):
        cached.cache_clear()


def speed(pairs: Sequence[Pair], rounds: int) -> float:
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


def options(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the speed, the best counts")
    parser.add_argument("--errors", action="store_true", help="show what is not as labelled")


def run(given: argparse.Namespace) -> int:
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
    rate = speed(pairs, given.rounds)
    print(f"\n{len(pairs)} pairs, all {len(ALL_CHECKS)} checks: {rate:,.0f} pairs a second")
    if given.errors:
        for check in ALL_CHECKS:
            for one in labelled_pairs(check.name):
                found = list(check.run(one.pair))
                if bool(found) != one.wrong:
                    kind = "missed" if one.wrong else "false alarm"
                    print(f"\n{check.name}, {kind}: {one.pair.source}\n  {one.pair.target}")
                    print("".join(f"  {finding.message_en}\n" for finding in found), end="")
    return 1 if incomplete else 0
