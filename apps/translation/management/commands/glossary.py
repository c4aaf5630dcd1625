"""`manage.py glossary import|export FILE`: the glossary as CSV or TBX."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.translation.glossary.entries import BadTerm
from apps.translation.glossary.files import import_glossary, require_format, write_glossary
from apps.translation.glossary.service import stored_entries


class Command(BaseCommand):
    help = (
        "Import or export the glossary as CSV or TBX, by the extension of FILE. An import "
        "writes only what differs; if a line is wrong, it names the line and stores nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["import", "export"])
        parser.add_argument("file", type=Path, help="ends in .csv or .tbx")
        parser.add_argument(
            "--source", default=settings.SOURCE_LANGUAGE, help="language, such as en"
        )
        parser.add_argument("--target", default=settings.TARGET_LANGUAGES[0], help="such as ja")
        parser.add_argument("--origin", help="export: only terms that came with this file")
        parser.add_argument(
            "--keep-edited", action="store_true", help="import: keep terms that an editor changed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "import":
                self._import(options)
            else:
                self._export(options)
        except (BadTerm, OSError) as error:
            raise CommandError(f"{options['file']}: {error}") from error

    def _import(self, options: dict[str, Any]) -> None:
        path = options["file"]
        with path.open("rb") as file:
            stored = import_glossary(
                file,
                path.name,
                source=options["source"],
                target=options["target"],
                now=timezone.now(),
                keep_edited=options["keep_edited"],
            )
        self.stdout.write(
            f"{path}: {stored.added} added, {stored.changed} changed, {stored.unchanged} unchanged"
            + (f", {stored.kept} left as editors changed them" if stored.kept else "")
        )

    def _export(self, options: dict[str, Any]) -> None:
        path, source = options["file"], options["source"]
        require_format(path.name)
        chosen = stored_entries(source, options["target"], options["origin"])
        with path.open("wb") as file:
            count = write_glossary(file, path.name, chosen, source=source)
        self.stdout.write(f"{path}: {count} terms")
