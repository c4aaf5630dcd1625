"""`manage.py pipeline`: start the pending work of every stage, and watch the progress."""

import time
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from apps.core.stages import Scope, Stage, StageProgress, measure_progress, stages
from apps.core.sweeps import changed_since

SWEEP_EXPIRES = 5.0
"""Seconds. Messages are short-lived, because --wait sends new ones every second."""


class Command(BaseCommand):
    help = (
        "Ask the workers to do what is pending in every stage (see manage.py stages). Stages of "
        "fixed hours, like exports, are started when they are due and all before them is done; "
        "manage.py harvest begins a harvest. "
        "A worker must be running (python -m celery -A papersite worker)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", action="store_true", help="wait and show the progress")
        parser.add_argument(
            "--timeout", type=float, default=1800, help="seconds to wait at most (default 1800)"
        )
        parser.add_argument(
            "--all", action="store_true", help="process all papers, not only those of two days"
        )

    def handle(self, *args: Any, wait: bool, timeout: float, all: bool, **options: Any) -> None:
        send_sweeps((stage for stage in stages() if not stage.has_fixed_hours), everything=all)
        if not wait:
            send_sweeps((s for s in due_stages(_measure(all)) if s.has_fixed_hours), everything=all)
            self.stdout.write("The workers have been asked to start the sweeps.")
            return
        if not self._watch(timeout, everything=all):
            raise CommandError(
                f"The pipeline did not finish within {timeout:.0f} seconds. Is a worker running? "
                "See the worker's log; nothing is lost, it goes on where it was."
            )

    def _watch(self, timeout: float, *, everything: bool) -> bool:
        end = time.monotonic() + timeout
        columns = TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn()
        bars: dict[str, Any] = {}
        started: set[str] = set()
        with Progress(
            *columns,
            TimeElapsedColumn(),
            console=Console(file=self.stdout),  # type: ignore[arg-type]
        ) as progress:
            while True:
                states = _measure(everything)
                for state in states:
                    name = state.stage.name
                    if name not in bars:
                        bars[name] = progress.add_task(name, total=state.total)
                    progress.update(bars[name], completed=state.done, total=state.total)
                if all(state.is_finished for state in states):
                    return True
                if time.monotonic() > end:
                    return False
                due = [stage for stage in due_stages(states) if stage.name not in started]
                send_sweeps(due, everything=everything)
                started.update(stage.name for stage in due if stage.has_fixed_hours)
                time.sleep(1.0)


def _measure(everything: bool) -> list[StageProgress]:
    now = timezone.now()
    return measure_progress(stages(), Scope(now, changed_since(everything, now)))


def due_stages(states: Sequence[StageProgress]) -> list[Stage]:
    """Return the stages that have work now.

    A stage of fixed hours reads the results of the others, so all before it must be finished.
    """
    return [
        state.stage
        for i, state in enumerate(states)
        if not state.is_finished
        and (not state.stage.has_fixed_hours or all(before.is_finished for before in states[:i]))
    ]


def send_sweeps(due: Iterable[Stage], *, everything: bool = False) -> None:
    """Send the task of each stage; with `everything`, nightly sweeps of all rows run now.

    Raises:
        CommandError: the broker cannot be reached.
    """
    for stage in due:
        more = {"everything": True} if everything and stage.everything is not None else {}
        expires = stage.expires if stage.has_fixed_hours else SWEEP_EXPIRES
        for arguments in stage.arguments():
            try:
                current_app.send_task(stage.task, kwargs=arguments | more, expires=expires)
            except BrokerError as error:
                raise CommandError(
                    f"The broker cannot be reached ({error}). Is REDIS_URL right?"
                ) from error
