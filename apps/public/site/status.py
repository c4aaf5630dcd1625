"""How up to date the site is. Counts are bounded, so that they stay fast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.core.stages import Scope, Stage, count_waiting, stages
from apps.core.sweeps import changed_since
from apps.harvest.models import HarvestRun, RunStatus
from apps.public.calendar.days import days_with_papers
from apps.review.dashboard.health import HarvestedSet, harvested_sets
from apps.review.dashboard.throughput import Lag, publication_lag
from apps.review.models import ListedDay
from apps.translation.models import Translation
from apps.translation.status import TranslationStatus as S

MOST = 10_000
"""Counting stops here. The lag is computed from as many of the latest published papers."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many papers wait, at most MOST: to be translated, for an engine, for an editor."""

    machine: int
    engine: int
    editor: int


@dataclass(frozen=True, slots=True)
class PipelineState:
    """The state of harvest, pipeline and publication.

    latest: the last harvest started. complete: the last complete one. newest: the latest day with
    papers. at_work: the stages with pending rows of the last two days, and their number, at most
    MOST.
    """

    latest: HarvestRun | None
    complete: HarvestRun | None
    newest: ListedDay | None
    waiting: Waiting
    lag: Lag
    sets: list[HarvestedSet]
    at_work: list[tuple[Stage, int]]

    @property
    def is_running(self) -> bool:
        return self.latest is not None and self.latest.status == RunStatus.RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether the last harvest failed and will be tried again."""
        return self.latest is not None and self.latest.status == RunStatus.FAILED

    @property
    def has_gaps(self) -> bool:
        """Whether a set has days that no complete run covers."""
        return any(each.gaps for each in self.sets)


def pipeline_state(
    language: str, *, sets: Iterable[str], policy: str, now: datetime
) -> PipelineState:
    """Return the state of the site. Eleven queries, and one for each set.

    Args:
        language: The language of the translations.
        sets: The sets that are harvested daily.
        policy: The publish policy; with "held", clean texts wait for an editor.
        now: The current time.
    """
    runs = HarvestRun.objects.order_by("-started_at", "-id")
    for_editors = [S.HELD, S.READY] if policy == "held" else [S.HELD]
    return PipelineState(
        latest=runs.first(),
        complete=runs.complete().first(),
        newest=days_with_papers(language).first(),
        waiting=Waiting(
            machine=_count(language, [S.PENDING]),
            engine=_count(language, [S.WAITING]),
            editor=_count(language, for_editors),
        ),
        lag=publication_lag(language, now, most=MOST),
        sets=harvested_sets(sets),
        at_work=[
            (stage, left)
            for stage, left in count_waiting(
                stages(), Scope(now, changed_since(False, now)), most=MOST
            )
            if left
        ],
    )


def _count(language: str, statuses: list[S]) -> int:
    waiting = Translation.objects.in_language(language).filter(status__in=statuses)
    return waiting.order_by()[:MOST].count()
