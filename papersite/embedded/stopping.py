"""Stop signals (Ctrl-C, SIGTERM, a closed terminal): the first stops, another one hurries."""

import contextlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO


def print_if_possible(text: str, where: TextIO | None = None) -> None:
    """Print, and ignore a terminal that is closed already."""
    with contextlib.suppress(OSError):
        print(text, file=where, flush=True)


class StopRequested(BaseException):
    """A stop was requested. Not an error, so not an Exception."""


class StopSignals:
    """Counts stop requests. The first raises StopRequested in the running code."""

    def __init__(self) -> None:
        """Begin with no request; `watching` installs the handlers."""
        self.count = 0
        self.stopping = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Handle the signals inside the block; restore the handlers after it."""
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, self._note) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def raise_if_requested(self) -> None:
        """Raise StopRequested after a request: Python drops exceptions raised in a destructor."""
        if self.count:
            raise StopRequested

    def hurry(self) -> bool:
        """Return whether a second request came."""
        return self.count > 1

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.count += 1
        if not self.stopping:
            self.stopping = True
            raise StopRequested
