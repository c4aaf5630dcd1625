"""What the tests of harvesting share."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from apps.harvest import tasks
from apps.harvest.runs.service import Clock


@dataclass
class TestClock:
    """A clock that only moves when somebody sleeps, and remembers for how long."""

    __test__ = False
    time: datetime = datetime(2025, 3, 2, 1, 15, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += timedelta(seconds=seconds)

    @property
    def as_clock(self) -> Clock:
        return Clock(now=self.now, sleep=self.sleep)


@pytest.fixture
def clock():
    return TestClock()


@pytest.fixture
def handed_over(monkeypatch) -> list[int]:
    """The runs that workers are given, which do nothing with them."""
    runs: list[int] = []
    monkeypatch.setattr(tasks.work_on_run, "delay_on_commit", runs.append)
    return runs
