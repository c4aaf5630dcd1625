"""How a sweep works: what it looks at, and step by step until nothing is left or its time is up."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

LONGEST_SWEEP = timedelta(seconds=20)
RECENT = timedelta(days=2)


def changed_since(everything: bool, now: datetime) -> datetime | None:
    """Return since when rows changed that a sweep looks at; None, all rows, if `everything`."""
    return None if everything else now - RECENT


def repeat_until_done(step: Callable[[], int], clock: Callable[[], datetime] = timezone.now) -> int:
    """Call `step` until it finds no work or twenty seconds have passed; return the sum.

    A sweep is short so that the stages take turns on few workers; the next one goes on.
    """
    end = clock() + LONGEST_SWEEP
    done = 0
    while clock() < end:
        found = step()
        if not found:
            break
        done += found
    return done
