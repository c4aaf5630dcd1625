"""Ctrl-C, SIGTERM and a closed terminal: the first asks to stop, another one to hurry."""

import contextlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO


def print_if_possible(text: str, where: TextIO | None = None) -> None:
    """Print while stopping, when the terminal may be closed already: stopping goes on then."""
    with contextlib.suppress(OSError):
        print(text, file=where, flush=True)


class StopRequested(BaseException):
    """Somebody asked the launcher to stop. Not an error, so not an Exception."""


class StopSignals:
    """Counts the requests to stop. The first raises StopRequested wherever the launcher is."""

    def __init__(self) -> None:
        """Begin with no request; `watching` installs the handlers."""
        self.count = 0
        self.stopping = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Handle the signals inside the block, and as before afterwards."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._note) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def obey(self) -> None:
        """Raise StopRequested if somebody asked to stop, whatever became of the first one.

        Python drops what is raised in a destructor, so whoever waits for long asks here as well.
        """
        if self.count:
            raise StopRequested

    def hurry(self) -> bool:
        """Return whether somebody asked again after stopping began."""
        return self.count > 1

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if not self.stopping:
            self.stopping = True
            raise StopRequested
