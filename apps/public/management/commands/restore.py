"""`manage.py restore`: restore a site from exports."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from apps.core.commands import ServiceCommand
from apps.public.exports.restore.reader import exports_at
from apps.public.exports.restore.restore import Restored, languages_missing, restore

SECONDS_BETWEEN_LINES = 5.0


class Command(ServiceCommand):
    help = (
        "Restore papers, memory, glossary and published translations from a full export and the "
        "increments that follow it. Everything is checked before anything is written. What people "
        "did on this site later is kept. Run it again if it was interrupted; a second run changes "
        "nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="FOLDER",
            help="an export's folder or manifest, or a folder of exports, whose latest is taken",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._said = time.monotonic()
        try:
            exports = exports_at(options["paths"])
            for export in exports:
                self.stdout.write(f"{export.name}, until {export.manifest['until']}")
            if not exports[0].is_full:
                self.stdout.write("No full export among them: rows that they do not name are kept.")
            restored = restore(exports, timezone.now, on_batch=self._say)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped; restored rows are kept. Run it again to continue."
            ) from None
        for kind in dict.fromkeys(kind for kind, _outcome in restored.counts):
            self.stdout.write(restored.summary(kind))
        for language in languages_missing(exports):
            self.stdout.write(
                f"The export has translations into {language}: add it to TARGET_LANGUAGES to show "
                "them."
            )
        self.stdout.write(
            self.style.SUCCESS(
                "Restored. Vectors, related papers, scores, search and lists of authors come from "
                "the workers' sweeps; 'manage.py pipeline --all --wait' brings them at once."
            )
        )

    def _say(self, restored: Restored, kind: str) -> None:
        if time.monotonic() - self._said >= SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            self.stdout.write(restored.summary(kind))
