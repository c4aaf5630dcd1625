"""Stages of the pipeline: each is declared once, in `STAGES` of its app's module `stages`.

The beat schedule, `manage.py pipeline`, the desk, /status/ and the table of stages in
docs/architecture.md are made from these declarations.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any

from celery.schedules import crontab
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

SHORTEST_EXPIRY = 120.0


class Queue(StrEnum):
    """The kind of work of a stage. For now all kinds share the default queue of Celery."""

    SHORT = "short"
    ENGINES = "engines"
    EMBEDDING = "embedding"
    HARVEST = "harvest"
    EXPORTS = "exports"


@dataclass(frozen=True, slots=True)
class Scope:
    """What to count: rows changed since a moment (None: all rows), as of `now`."""

    now: datetime
    changed_since: datetime | None


Rows = QuerySet | int
Rule = Callable[[Scope], Iterable[Rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage: which rows wait for it, and when a worker runs it.

    Attributes:
        name: stable and unique; shown in the terminal and in docs/architecture.md.
        label: its name on the desk and /status/.
        task: the name of its Celery task.
        reads: what the task asks the database for, in Markdown.
        writes: what it writes, in Markdown.
        interval: seconds between two sweeps, or fixed hours; None means SWEEP_SECONDS.
        expires: seconds after which a message is dropped; None derives it from `interval`.
        arguments: the keyword arguments of each sweep; one sweep for each entry.
        everything: when a nightly sweep reads all rows (`everything=True`).
        queue: the kind of work.
        pending: rows that wait for the stage; None for chores, which have no progress.
        total: rows that wait or are done.
        before: names of stages of lower apps that need the output of this one.
    """

    name: str
    label: str | Promise
    task: str
    reads: str
    writes: str
    interval: float | crontab | None = None
    expires: float | None = None
    arguments: Callable[[], Iterable[dict[str, Any]]] = lambda: [{}]
    everything: crontab | None = None
    queue: Queue = Queue.SHORT
    pending: Rule | None = None
    total: Rule = lambda scope: ()
    before: Sequence[str] = ()

    @property
    def has_fixed_hours(self) -> bool:
        """Whether the task starts at certain hours instead of sweeping all the time."""
        return isinstance(self.interval, crontab)


@dataclass(frozen=True, slots=True)
class StageProgress:
    """The number of rows a stage has done, and of all its rows."""

    stage: Stage
    done: int
    total: int

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left for a worker."""
        return self.done >= self.total


def stages() -> list[Stage]:
    """Collect the stages of all installed apps.

    Returns:
        The stages in the order of the pipeline.
    """
    ordered: list[Stage] = []
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "stages"):
            continue
        for stage in getattr(import_module(f"{config.name}.stages"), "STAGES", ()):
            places = (at for at, other in enumerate(ordered) if other.name in stage.before)
            ordered.insert(min(places, default=len(ordered)), stage)
    return ordered


def beat_schedule(declared: Iterable[Stage], every: float) -> dict[str, dict[str, Any]]:
    """Build Celery's beat schedule.

    Messages expire, so that workers that were away for a day do not find a day of queued sweeps.

    Args:
        declared: the stages.
        every: seconds between two sweeps of a stage without an interval.

    Returns:
        Name of the entry -> its task, schedule, keyword arguments and options.
    """
    schedule: dict[str, dict[str, Any]] = {}
    for stage in declared:
        name = f"{stage.task.partition('.')[0]}: {stage.name}"
        interval = every if stage.interval is None else stage.interval
        expires = stage.expires
        if expires is None and isinstance(interval, float | int):
            expires = max(SHORTEST_EXPIRY, interval)
        for arguments in stage.arguments():
            words = [value for value in arguments.values() if isinstance(value, str)]
            schedule[" ".join([name, *words])] = {
                "task": stage.task,
                "schedule": interval,
                "kwargs": arguments,
                "options": {"expires": expires},
            }
        if stage.everything is not None:
            schedule[f"{name}, everything"] = {
                "task": stage.task,
                "schedule": stage.everything,
                "kwargs": {"everything": True},
            }
    return schedule


def count_waiting(
    declared: Iterable[Stage], scope: Scope, *, most: int | None = None
) -> list[tuple[Stage, int]]:
    """Count the rows that wait for each stage that has progress.

    Args:
        declared: the stages to count for.
        scope: which rows to look at.
        most: where counting stops, so that the cost is bounded; None counts all.

    Returns:
        Each stage with its number of waiting rows.
    """
    counted = [(stage, stage.pending) for stage in declared if stage.pending is not None]
    counts = _count([pending(scope) for _stage, pending in counted], most)
    return [(stage, count) for (stage, _), count in zip(counted, counts, strict=True)]


def measure_progress(declared: Iterable[Stage], scope: Scope) -> list[StageProgress]:
    """Measure the progress of each stage that has any, in one query, so from one state of the site.

    Counts everything: use it in the terminal, never for a page.

    Args:
        declared: the stages to measure.
        scope: which rows to look at.

    Returns:
        One entry for each stage with progress.
    """
    counted = [(stage, stage.pending) for stage in declared if stage.pending is not None]
    counts = _count(
        [rule(scope) for stage, pending in counted for rule in (pending, stage.total)], None
    )
    return [
        StageProgress(stage, max(total - left, 0), max(total, left))
        for (stage, _), left, total in zip(counted, counts[::2], counts[1::2], strict=True)
    ]


def _count(groups: Iterable[Iterable[Rows]], most: int | None) -> list[int]:
    """Count the rows of each group in one query, so that all counts see the same state."""
    sums: list[str] = []
    parameters: list[Any] = []
    for group in groups:
        terms = ["0"]
        for rows in group:
            if isinstance(rows, int):
                terms.append(str(rows))
                continue
            try:
                sql, values = rows.order_by().values("pk")[:most].query.sql_with_params()
            except EmptyResultSet:
                continue
            terms.append(f"(SELECT count(*) FROM ({sql}) AS waiting)")
            parameters.extend(values)
        sums.append(" + ".join(terms))
    if not sums:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(sums)}", parameters)
        counts = list(cursor.fetchone())
    return counts if most is None else [min(count, most) for count in counts]
