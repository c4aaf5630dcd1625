"""`manage.py pipeline`: bring every stage to its pending work, and watch."""

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

NUDGE_EXPIRES = 5.0
"""Seconds. The next look asks again."""


class Command(BaseCommand):
    """Asks the workers to sweep; with --wait, shows a progress bar until all is done."""

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
        ) as shown:
            while True:
                found = _measure(everything)
                for state in found:
                    name = state.stage.name
                    if name not in bars:
                        bars[name] = shown.add_task(name, total=state.total)
                    shown.update(bars[name], completed=state.done, total=state.total)
                if all(state.is_finished for state in found):
                    return True
                if time.monotonic() > end:
                    return False
                asked = [stage for stage in due_stages(found) if stage.name not in started]
                send_sweeps(asked, everything=everything)
                started.update(stage.name for stage in asked if stage.has_fixed_hours)
                time.sleep(1.0)


def _measure(everything: bool) -> list[StageProgress]:
    now = timezone.now()
    return measure_progress(stages(), Scope(now, changed_since(everything, now)))


def due_stages(found: Sequence[StageProgress]) -> list[Stage]:
    """Return the stages that have work now.

    One of fixed hours starts something from what the others have made, so its turn comes when all
    before it are finished.
    """
    return [
        state.stage
        for place, state in enumerate(found)
        if not state.is_finished
        and (not state.stage.has_fixed_hours or all(before.is_finished for before in found[:place]))
    ]


def send_sweeps(asked: Iterable[Stage], *, everything: bool = False) -> None:
    """Send a worker to each stage.

    Args:
        asked: the stages.
        everything: whether those that sweep all rows at night do so now.

    Raises:
        CommandError: the broker cannot be reached.
    """
    for stage in asked:
        more = {"everything": True} if everything and stage.everything is not None else {}
        expires = stage.expires if stage.has_fixed_hours else NUDGE_EXPIRES
        for arguments in stage.arguments():
            try:
                current_app.send_task(stage.task, kwargs=arguments | more, expires=expires)
            except BrokerError as error:
                raise CommandError(
                    f"The broker cannot be reached ({error}). Is REDIS_URL right?"
                ) from error
