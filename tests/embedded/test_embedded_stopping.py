"""Requests to stop."""

import os
import signal

import pytest

from papersite.embedded.stopping import StopRequested, StopSignals


class AskedWhileFreed:
    """Gets a signal in its destructor, where Python drops what a handler raises."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def test_the_first_request_stops_what_runs() -> None:
    signals = StopSignals()
    with signals.watching(), pytest.raises(StopRequested):
        os.kill(os.getpid(), signal.SIGTERM)
    assert not signals.hurry()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_request_that_python_drops_is_obeyed_all_the_same() -> None:
    signals = StopSignals()
    signals.raise_if_requested()
    with signals.watching():
        AskedWhileFreed()
        with pytest.raises(StopRequested):
            signals.raise_if_requested()
