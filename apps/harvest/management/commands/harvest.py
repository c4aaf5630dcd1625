"""`manage.py harvest`: fetch papers from arXiv or from saved responses, showing the progress."""

import argparse
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from apps.core.commands import ServiceCommand
from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.harvest.runs.execute import CLOCK, harvest
from apps.harvest.runs.service import RunFailed, start_run, stop_run
from apps.papers.records import SourceFormat
from apps.text.arxiv.identifiers import ArxivId, InvalidArxivId

REJECTIONS_SHOWN = 20


class Command(ServiceCommand):
    help = (
        "Harvest papers from arXiv: by set and date (OAI-PMH), by identifier or query (API), "
        "or from saved responses. --resume continues a stopped run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--set", metavar="SET", help="a set of arXiv's OAI-PMH, such as cs:cs:CL")
        what.add_argument("--all", action="store_true", help="all sets")
        what.add_argument("--ids", type=_identifiers, help="such as 2502.21321,hep-th/9901001")
        what.add_argument(
            "--query", help="a query of arXiv's API, such as 'cat:cs.CL AND ti:survey'"
        )
        what.add_argument(
            "--file", type=Path, nargs="+", help="saved OAI-PMH or Atom responses, also .gz"
        )
        what.add_argument("--resume", type=int, metavar="RUN", help="the number of a stopped run")
        parser.add_argument("--from", type=_day, dest="from_date", help="first day: 2025-02-01")
        parser.add_argument("--until", type=_day, dest="until_date", help="last day")
        parser.add_argument(
            "--format",
            choices=[SourceFormat.ARXIV_RAW.value, SourceFormat.ARXIV.value],
            default=SourceFormat.ARXIV_RAW.value,
            help="format of OAI-PMH; arXivRaw (the default) has more fields",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._run(options)
        # A log line for each request would break the progress bar.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        try:
            with self._progress(run) as on_page:
                run = harvest(run, on_page=on_page)
        except KeyboardInterrupt:
            stop_run(run.pk, CLOCK.now())
            raise CommandError(
                f"Stopped; what was stored stays. Go on with: manage.py harvest --resume {run.pk}"
            ) from None
        except RunFailed as error:
            raise CommandError(
                f"{error}\nNothing of that page was stored. "
                f"Try it again with: manage.py harvest --resume {run.pk}"
            ) from error
        self._report(run)

    def _run(self, options: dict[str, Any]) -> HarvestRun:
        days = (options["from_date"], options["until_date"])
        if any(days) and not (options["set"] or options["all"]):
            raise CommandError("Use --from and --until with --set or --all only.")
        if all(days) and days[0] > days[1]:
            raise CommandError("--from is after --until.")
        now = CLOCK.now()
        if options["resume"] is not None:
            return _resumable_run(options["resume"])
        if options["ids"]:
            return start_run(
                RunKind.IDS, SourceFormat.ATOM, now=now, query="\n".join(options["ids"])
            )
        if options["query"]:
            return start_run(RunKind.QUERY, SourceFormat.ATOM, now=now, query=options["query"])
        source_format = SourceFormat(options["format"])
        if options["file"]:
            paths = "\n".join(str(_require_file(path)) for path in options["file"])
            return start_run(RunKind.FILE, source_format, now=now, query=paths)
        return start_run(
            RunKind.OAI,
            source_format,
            now=now,
            set_spec=options["set"] or "",
            from_date=options["from_date"],
            until_date=options["until_date"],
        )

    @contextmanager
    def _progress(self, run: HarvestRun) -> Iterator[Callable[[HarvestRun], None]]:
        """Show the progress: a bar on a terminal, else one line a page."""
        if not Console().is_terminal:
            yield lambda run: self.stdout.write(_counts(run))
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns) as progress:
            task = progress.add_task(f"run {run.pk}", total=run.total)

            def on_page(run: HarvestRun) -> None:
                progress.update(task, description=_counts(run), completed=run.seen, total=run.total)

            yield on_page

    def _report(self, run: HarvestRun) -> None:
        shown = [entry for entry in run.errors if entry["what"] != "error"]
        for entry in shown[:REJECTIONS_SHOWN]:
            self.stdout.write(f"{entry['what']}: {entry['message']}")
        if len(shown) > REJECTIONS_SHOWN:
            self.stdout.write(f"... and {len(shown) - REJECTIONS_SHOWN} more, in the admin")
        self.stdout.write(self.style.SUCCESS(f"{run.status}: {_counts(run)}"))


def _counts(run: HarvestRun) -> str:
    return (
        f"run {run.pk}: {run.pages} pages, {run.seen} records: {run.created} added, "
        f"{run.changed} changed, {run.unchanged} unchanged, {run.rejected} rejected"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2025-02-28") from error


def _identifiers(text: str) -> list[str]:
    try:
        found = [str(ArxivId.parse(part)) for part in text.split(",") if part.strip()]
    except InvalidArxivId as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not found:
        raise argparse.ArgumentTypeError("no identifier; write them as 2502.21321,hep-th/9901001")
    return found


def _require_file(path: Path) -> Path:
    if not path.is_file():
        raise CommandError(f"{path} is not a file.")
    return path.absolute()


def _resumable_run(run_id: int) -> HarvestRun:
    try:
        run = HarvestRun.objects.get(pk=run_id)
    except HarvestRun.DoesNotExist as error:
        raise CommandError(f"There is no harvest run {run_id}.") from error
    if run.status == RunStatus.COMPLETE:
        raise CommandError(f"Run {run_id} is complete; there is nothing to resume.")
    return run
