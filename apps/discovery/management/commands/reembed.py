"""`manage.py reembed`: embed every paper that has no vector of the embedder of the settings."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from apps.discovery.embedders import embedder
from apps.discovery.embedders.base import Embedder, EmbedderUnavailable
from apps.discovery.embeddings.embed import BATCH, space_of
from apps.discovery.embeddings.reembed import count_vectors, reembed


class Command(BaseCommand):
    """Continues when it is run again; workers may embed at the same time."""

    help = (
        "Embed every paper whose vector is missing, of an older text, or of another embedder than "
        "that of the settings. Run it again if it was interrupted: finished work is kept. Workers "
        "compute the related papers again. Restart web servers and workers with the new settings "
        "first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--status", action="store_true", help="embed nothing; show what is done and pending"
        )
        parser.add_argument(
            "--all",
            action="store_true",
            help="also embed papers with a current vector, if a model changed under its name",
        )
        parser.add_argument(
            "--older-than",
            metavar="MOMENT",
            help="continue an interrupted --all: embed what was embedded before this time",
        )
        parser.add_argument("--batch", type=int, default=BATCH, help=f"papers per step ({BATCH})")

    def handle(self, *args: Any, **options: Any) -> None:
        model = embedder()
        if options["status"]:
            self._status(model)
            return
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        older_than = parse_older_than(options["older_than"])
        if options["all"] and older_than is None:
            older_than = timezone.now()
            self.stdout.write(
                "If this is interrupted, go on with: "
                f"manage.py reembed --older-than {older_than.isoformat()}"
            )
        self._run(model, older_than, options["batch"])

    def _run(self, model: Embedder, older_than: datetime | None, batch: int) -> None:
        waiting = count_vectors(space_of(model), older_than=older_than).missing
        done = 0
        with self._progress() as progress:
            bar = progress.add_task("papers", total=waiting, rate="")
            try:
                for count in reembed(model, clock=timezone.now, older_than=older_than, batch=batch):
                    done += count
                    seconds = progress.tasks[bar].elapsed or 0.0
                    rate = f"{done / seconds:.1f} a second" if seconds else ""
                    progress.update(bar, completed=done, rate=rate)
            except EmbedderUnavailable as error:
                raise CommandError(
                    f"Stopped after {done} papers, which are done: {error} Run it again to go on."
                ) from error
        self.stdout.write(
            f"{done} papers embedded as {space_of(model)!r}. "
            "Workers now compute their related papers again."
        )

    def _status(self, model: Embedder) -> None:
        console = Console(file=self.stdout, width=110)  # type: ignore[arg-type]
        space = space_of(model)
        counts = count_vectors(space)
        table = Table("vectors of", "papers", "")
        for name, count in counts.by_space.items():
            current = "current" if name == space else "old"
            table.add_row(name, count_label(count), current)
        console.print(table)
        console.print(f"Embedder of the settings: {space}; {availability(model)}")
        console.print(f"Papers that wait to be embedded: {count_label(counts.missing)}")
        console.print(f"Papers that wait to be related: {count_label(counts.unrelated)}")

    def _progress(self) -> Progress:
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(file=self.stdout),  # type: ignore[arg-type]
        )


def parse_older_than(text: str | None) -> datetime | None:
    """Return the time of --older-than; None where it is left out."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise CommandError(
            f"--older-than {text!r} is not a time with a time zone. "
            "Write it like 2026-03-02T06:00:00+00:00."
        )
    return moment


def count_label(count: int | None) -> str:
    return "too many to count quickly" if count is None else f"{count:,}"


def availability(model: Embedder) -> str:
    """State whether the embedder answers now, or why it does not."""
    try:
        model.query("test")
    except EmbedderUnavailable as error:
        return f"it does not answer: {error}"
    return "it answers"
