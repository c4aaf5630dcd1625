"""`manage.py rescore`: score all papers under a formula, or compare the effect."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from apps.discovery.scoring.compare import Pair, deciles, movers, spearman, top_changes
from apps.discovery.scoring.formulas import FORMULAS, Formula
from apps.discovery.scoring.rescore import (
    Comparison,
    compare,
    papers_to_rescore,
    rescore,
    scorable_papers,
)
from apps.papers.models import Paper

MOVERS_SHOWN = 10
TITLE_SHOWN = 60


class Command(BaseCommand):
    """Scores papers that have no score under a formula yet."""

    help = (
        "Score all papers under a formula; papers that have a score under it keep it, so a run "
        "that was stopped continues when started again. Earlier formulas' scores stay as history."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--formula", type=int, required=True, help=f"one of {_versions()}; SCORE_FORMULA shows"
        )
        parser.add_argument(
            "--compare", action="store_true", help="write nothing; print what would change"
        )
        parser.add_argument("--limit", type=_count, help="number of papers at most, earliest first")
        parser.add_argument(
            "--since", type=_day, help="only papers submitted since this day: 2025-02-01"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        formula = FORMULAS.get(options["formula"])
        if formula is None:
            raise CommandError(
                f"There is no formula {options['formula']}. Choose one of: {_versions()}."
            )
        work = self._compare if options["compare"] else self._rescore
        try:
            work(formula, options["since"], options["limit"])
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. Scores that were written stay; the same command goes on from there."
            ) from None

    def _rescore(self, formula: Formula, since: datetime | None, limit: int | None) -> None:
        total = papers_to_rescore(formula, since).count()
        with self._progress(total if limit is None else min(total, limit)) as on_batch:
            done = rescore(formula, clock=timezone.now, since=since, limit=limit, on_batch=on_batch)
        self.stdout.write(f"{done} papers scored under formula {formula.version}.")
        if formula.version != settings.SCORE_FORMULA:
            self.stdout.write(f"Readers see formula {settings.SCORE_FORMULA}: SCORE_FORMULA.")

    def _compare(self, formula: Formula, since: datetime | None, limit: int | None) -> None:
        total = scorable_papers(since).count()
        with self._progress(total if limit is None else min(total, limit)) as on_batch:
            found = compare(formula, since=since, limit=limit, on_batch=on_batch)
        if not found.pairs:
            raise CommandError(
                f"No paper here has a score under another formula than {formula.version}, so "
                "there is nothing to compare with."
            )
        self._report(formula, found)

    def _report(self, formula: Formula, found: Comparison) -> None:
        before = [pair.before for pair in found.pairs]
        after = [pair.after for pair in found.pairs]
        versions = ", ".join(map(str, sorted(found.before)))
        self.stdout.write(
            f"{len(found.pairs)} papers under formula {versions} and formula {formula.version}; "
            f"{found.without_before} have no other score. Nothing was written."
        )
        table = Table("decile", *(str(place * 10) for place in range(11)), title="Distribution")
        table.add_row(f"formula {versions}", *(f"{value:.1f}" for value in deciles(before)))
        table.add_row(f"formula {formula.version}", *(f"{value:.1f}" for value in deciles(after)))
        self._print(table)
        correlation = spearman(before, after)
        said = "has no meaning here" if correlation is None else f"{correlation:.3f}"
        self.stdout.write(f"Rank correlation (Spearman): {said}")
        top = top_changes(found.pairs)
        self.stdout.write(
            f"First ten of a day: {top.entered} of {top.places} places go to other papers, over "
            f"{top.days} days with more than ten papers."
        )
        up, down = movers(found.pairs, MOVERS_SHOWN)
        self._print(_movers_table("Up most", up))
        self._print(_movers_table("Down most", down))

    def _print(self, table: Table) -> None:
        Console(file=self.stdout, width=120).print(table)  # type: ignore[arg-type]

    @contextmanager
    def _progress(self, total: int) -> Iterator[Callable[[int], None]]:
        """Show progress: a bar on a terminal, else a line for each batch."""
        if not Console().is_terminal:
            done = 0

            def say(count: int) -> None:
                nonlocal done
                done += count
                self.stdout.write(f"{done} of {total} papers")

            yield say
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeRemainingColumn()) as progress:
            task = progress.add_task("papers", total=total)
            yield lambda count: progress.advance(task, count)


def _movers_table(title: str, pairs: list[Pair]) -> Table:
    papers = Paper.objects.only("arxiv_id", "title").in_bulk([pair.paper for pair in pairs])
    table = Table("paper", "before", "after", "title", title=title)
    for pair in pairs:
        if (paper := papers.get(pair.paper)) is None:
            continue
        table.add_row(
            paper.arxiv_id, f"{pair.before:.1f}", f"{pair.after:.1f}", paper.title[:TITLE_SHOWN]
        )
    return table


def _versions() -> str:
    return ", ".join(map(str, FORMULAS))


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number of papers")
    return int(text)


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day such as 2025-02-28") from error
