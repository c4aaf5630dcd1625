"""Times the steps of a start."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """The steps of a start with their seconds, in order."""

    def __init__(self, before: str = "[]") -> None:
        """Begin with the steps in `before`, JSON pairs of a name and seconds (the bootstrap's)."""
        self.done: list[tuple[str, float]] = [
            (str(name), float(seconds)) for name, seconds in json.loads(before)
        ]

    @contextmanager
    def timed(self, name: str, announcement: str) -> Iterator[None]:
        """Print the announcement, and record how long the block took."""
        print(announcement, flush=True)
        start = time.monotonic()
        yield
        self.done.append((name, time.monotonic() - start))

    def table(self) -> str:
        """Return the steps as a table with their sum."""
        rows = [*self.done, ("together", sum(seconds for _, seconds in self.done))]
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"  {name:<{width}}  {seconds:7.1f} s" for name, seconds in rows)
