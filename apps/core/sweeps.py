"""How a sweep works: step by step until nothing is left, or until it is somebody else's turn."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

LONGEST_SWEEP = timedelta(seconds=20)


def until_nothing_is_left(
    step: Callable[[], int], clock: Callable[[], datetime] = timezone.now
) -> int:
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
