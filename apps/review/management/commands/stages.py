"""`manage.py stages`: print the stages of the pipeline as a table, or write it into the docs."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from celery.schedules import crontab
from django.core.management.base import BaseCommand, CommandError

from apps.core.stages import Stage, stages

BEGIN = "<!-- stages: written by manage.py stages --write docs/architecture.md -->\n"
END = "<!-- end of stages -->\n"
HEAD = """\
| Stage | Asks the database for | Writes | Task | How often | Queue |
|---|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Print the stages of the pipeline as a table in Markdown, in their order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write", type=Path, metavar="FILE", help="replace the table in this file instead"
        )

    def handle(self, *args: Any, write: Path | None, **options: Any) -> None:
        if write is None:
            self.stdout.write(table(stages()))
            return
        text = write.read_text(encoding="utf-8")
        if BEGIN not in text or END not in text:
            raise CommandError(f"{write} has no table of stages: {BEGIN.strip()}")
        write.write_text(with_table(text, table(stages())), encoding="utf-8")


def with_table(text: str, wanted: str) -> str:
    """Return `text` with the table between its markers replaced."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{wanted}\n{END}{rest.split(END)[1]}"


def table(declared: Iterable[Stage]) -> str:
    """Return the table in Markdown."""
    return HEAD + "".join(
        f"| {stage.name} | {stage.reads} | {stage.writes} | `{stage.task}` "
        f"| {how_often(stage)} | {stage.queue} |\n"
        for stage in declared
    )


def how_often(stage: Stage) -> str:
    """Return the interval of a stage in words."""
    if isinstance(stage.interval, crontab):
        words = _hours(stage.interval)
    elif stage.interval is None:
        words = "`SWEEP_SECONDS`"
    else:
        words = f"{stage.interval / 60:.0f} min"
    return words if stage.everything is None else f"{words}; all at {_hours(stage.everything)}"


def _hours(at: crontab) -> str:
    hours: set[int] = at.hour  # type: ignore[attr-defined]  # the stubs lack both
    minutes: set[int] = at.minute  # type: ignore[attr-defined]
    return ", ".join(f"{hour:02}:{minute:02}" for hour in sorted(hours) for minute in minutes)
