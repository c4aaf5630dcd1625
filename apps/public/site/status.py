"""How up to date the site is, for readers. Every figure is bounded, whatever the site holds."""

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
"""Counting stops here: whether more than ten thousand papers wait is all a reader needs. The lag is
that of the last ten thousand published ones."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many papers wait, at most MOST: for a machine, for an engine at all, for a person."""

    machine: int
    engine: int
    editor: int


@dataclass(frozen=True, slots=True)
class PipelineState:
    """What arrived, what waits and what is public.

    latest: the harvest begun last. complete: the last one that read its list to the end. newest:
    the latest day with papers. None where there is none. at_work: the stages of the pipeline that
    have work in papers of the last two days, with how many rows wait, at most MOST.
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
        """Whether a harvest is going on."""
        return self.latest is not None and self.latest.status == RunStatus.RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether the last harvest stopped before its end and will be tried again."""
        return self.latest is not None and self.latest.status == RunStatus.FAILED

    @property
    def has_gaps(self) -> bool:
        """Whether days are missing between those that were read."""
        return any(each.gaps for each in self.sets)


def pipeline_state(
    language: str, *, sets: Iterable[str], policy: str, now: datetime
) -> PipelineState:
    """Return the state for translations into `language`.

    `sets` are those that are harvested daily, `policy` says whether clean texts wait for an editor
    (`held`). Eleven queries, and one for each set.
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
