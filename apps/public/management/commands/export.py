"""`manage.py export`: write everything public, or the changes, as files."""

import argparse
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from apps.core.commands import ServiceCommand
from apps.public.exports.write.retention import sweep_exports
from apps.public.exports.write.run import CannotExport, make_export, start_full, start_increment
from apps.public.models import ExportPart, ExportRun


class Command(ServiceCommand):
    help = (
        "Write papers, translations, memory and glossary into files, with a manifest and "
        "checksums, as docs/exports.md describes. --resume continues an interrupted "
        "export."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--full", action="store_true", help="everything public")
        what.add_argument(
            "--increment", action="store_true", help="what changed since the latest export"
        )
        what.add_argument(
            "--since", type=_moment, help="what changed since then: 2025-02-28 or 2025-02-28T06:00"
        )
        what.add_argument("--resume", metavar="NAME", help="continue an unfinished export")
        what.add_argument("--list", action="store_true", help="list the exports")
        what.add_argument("--sweep", action="store_true", help="remove expired exports")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        elif options["sweep"]:
            for name in sweep_exports(keep=settings.EXPORTS_KEEP, now=timezone.now()):
                self.stdout.write(f"removed {name}")
        else:
            self._make(options)

    def _make(self, options: dict[str, Any]) -> None:
        try:
            run = _run(options)
            make_export(run.pk, timezone.now, on_part=self._say)
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped; finished files stay. Go on with: manage.py export --resume {run.folder}"
            ) from None
        except OSError as error:
            raise CommandError(
                f"{error}. Finished files stay. Go on with: manage.py export --resume {run.folder}"
            ) from error
        self.stdout.write(self.style.SUCCESS(f"{run.folder} is complete"))

    def _say(self, part: ExportPart) -> None:
        self.stdout.write(f"{part.name}: {part.rows:,} rows, {part.size:,} bytes")

    def _list(self) -> None:
        for run in ExportRun.objects.order_by("started_at"):
            error = f": {run.error}" if run.error else ""
            self.stdout.write(f"{run.folder} {run.status}{error}")


def _run(options: dict[str, Any]) -> ExportRun:
    now = timezone.now()
    if options["resume"]:
        run = ExportRun.objects.filter(folder=options["resume"]).first()
        if run is None:
            raise CannotExport(f"There is no export {options['resume']}; --list shows them.")
        return run
    if options["full"]:
        return start_full(now=now)
    return start_increment(now=now, since=options["since"])


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time such as 2025-02-28") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
