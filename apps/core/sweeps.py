"""A sweep: which rows it looks at, and its steps until no work or no time is left."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

LONGEST_SWEEP = timedelta(seconds=20)
RECENT = timedelta(days=2)


def changed_since(everything: bool, now: datetime) -> datetime | None:
    """Return the moment since which rows must have changed for a sweep to look at them.

    Args:
        everything: whether the sweep looks at all rows.
        now: the current time.

    Returns:
        Two days before `now`; None for all rows.
    """
    return None if everything else now - RECENT


def repeat_until_done(step: Callable[[], int], clock: Callable[[], datetime] = timezone.now) -> int:
    """Call a step until it finds no work or twenty seconds have passed.

    A sweep is short, so that the stages take turns on few workers; the next sweep continues.

    Args:
        step: does a batch and returns the number of rows it did.
        clock: returns the current time.

    Returns:
        The number of rows done.
    """
    end = clock() + LONGEST_SWEEP
    done = 0
    while clock() < end:
        count = step()
        if not count:
            break
        done += count
    return done
