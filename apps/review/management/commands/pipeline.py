"""`manage.py pipeline`: bring every stage to its pending work, and watch."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import space_of
from apps.review.dashboard.pipeline_progress import StageProgress, pipeline_progress

STAGES = (
    "translation.open_translations",
    "translation.translate_segments",
    "translation.finish_translations",
    "discovery.embed_papers",
    "discovery.relate_papers",
    "discovery.index_authors",
    "discovery.score_papers",
    "review.publish_ready",
    "discovery.index_translations",
    "discovery.rank_scores",
    "review.queue",
)
RECENT = timedelta(days=2)


class Command(BaseCommand):
    """Asks the workers to sweep; with --wait, shows a progress bar until all is done."""

    help = (
        "Ask the workers to translate, sum up, relate, score, publish and index what is pending. "
        "A worker must be running (python -m celery -A papersite worker)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --wait, --timeout and --all."""
        parser.add_argument("--wait", action="store_true", help="wait and show the progress")
        parser.add_argument(
            "--timeout", type=float, default=1800, help="seconds to wait at most (default 1800)"
        )
        parser.add_argument(
            "--all", action="store_true", help="process all papers, not only those of two days"
        )

    def handle(self, *args: Any, wait: bool, timeout: float, all: bool, **options: Any) -> None:
        """Nudge the stages, and watch them if asked to."""
        nudge(everything=all)
        if not wait:
            self.stdout.write("The workers have been asked to start the sweeps.")
            return
        if not self._watch(timeout, everything=all):
            raise CommandError(
                f"The pipeline did not finish within {timeout:.0f} seconds. Is a worker running? "
                "See the worker's log; nothing is lost, it goes on where it was."
            )

    def _watch(self, timeout: float, *, everything: bool) -> bool:
        end = time.monotonic() + timeout
        since = None if everything else timezone.now() - RECENT
        progress = Progress(
            TextColumn("{task.description:<18}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(file=self.stdout),  # type: ignore[arg-type]
        )
        bars: dict[str, Any] = {}
        with progress:
            while True:
                stages = self._stages(since)
                for stage in stages:
                    if stage.name not in bars:
                        bars[stage.name] = progress.add_task(stage.name, total=stage.total)
                    progress.update(bars[stage.name], completed=stage.done, total=stage.total)
                if all(stage.is_finished for stage in stages):
                    return True
                if time.monotonic() > end:
                    return False
                nudge(everything=everything, only={s.name for s in stages if not s.is_finished})
                time.sleep(1.0)

    @staticmethod
    def _stages(since: Any) -> list[StageProgress]:
        return pipeline_progress(
            languages=settings.TARGET_LANGUAGES,
            embedder=space_of(embedder()),
            formula=settings.SCORE_FORMULA,
            policy=settings.PUBLISH_POLICY,
            changed_since=since,
        )


TASK_OF = dict(
    zip(
        (
            *("open", "translate", "check and sum up", "embed", "relate"),
            *("index authors", "score", "publish", "index", "rank", "queue"),
        ),
        STAGES,
        strict=True,
    )
)
EVERYTHING = {
    "translation.open_translations",
    "discovery.embed_papers",
    "discovery.index_authors",
    "discovery.score_papers",
    "discovery.index_translations",
    "review.queue",
}


def nudge(*, everything: bool = False, only: set[str] | None = None) -> None:
    """Ask the workers to sweep the stages named in `only` (all of them when None).

    Raises CommandError when the broker cannot be reached.
    """
    for stage, task in TASK_OF.items():
        if only is not None and stage not in only:
            continue
        kwargs = {"everything": True} if everything and task in EVERYTHING else {}
        try:
            current_app.send_task(task, kwargs=kwargs, expires=5)
        except BrokerError as error:
            raise CommandError(
                f"The broker cannot be reached ({error}). Is REDIS_URL right?"
            ) from error
