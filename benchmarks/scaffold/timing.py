"""Time on the clock, in turns, and what is printed of it."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that `work` takes."""
    return timed(work)[0] / 1000


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the milliseconds that `work` takes, and what it returns."""
    started = time.perf_counter()
    answer = work()
    return (time.perf_counter() - started) * 1000, answer


def in_turns(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each way, each once a round: a busy machine is busy for all of them."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            taken[name].append(seconds(work))
    return taken


def print_ratio(taken: dict[str, list[float]], amount: int, unit: str, bar: float) -> None:
    """Print the rates of two ways, the plain one first, and how many times faster the second is."""
    plain, ours = taken.values()
    for name, times in taken.items():
        print(f"{name:34} {amount / statistics.median(times):10,.1f} {unit}/s")
    rounds = ", ".join(f"{slow / fast:.2f}" for slow, fast in zip(plain, ours, strict=True))
    ratio = statistics.median(plain) / statistics.median(ours)
    print(f"ratio: {ratio:.2f} (bar: at least {bar}; rounds: {rounds})", flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all are below."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
