"""`manage.py memory import|export FILE`: the translation memory as TMX."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.translation.memory.store import export_units, import_units
from apps.translation.memory.tmx import BadTmx, MemoryUnit, read_tmx, write_tmx
from apps.translation.models import MemoryOrigin


class _Counted:
    """An iterator that counts its units."""

    def __init__(self, units: Iterator[MemoryUnit]) -> None:
        self._units = units
        self.count = 0

    def __iter__(self) -> Iterator[MemoryUnit]:
        for unit in self._units:
            self.count += 1
            yield unit


class Command(BaseCommand):
    help = (
        "Import or export the translation memory as TMX. It holds only text that people "
        "approve: do not import unreviewed machine translations. Existing pairs are kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["import", "export"])
        parser.add_argument("file", type=Path, help="a TMX file")
        parser.add_argument(
            "--source", default=settings.SOURCE_LANGUAGE, help="language, such as en"
        )
        parser.add_argument("--target", default=settings.TARGET_LANGUAGES[0], help="such as ja")
        parser.add_argument(
            "--collection",
            help="import: the name of the collection (default: the file's name); "
            "export: only pairs of this name",
        )
        parser.add_argument(
            "--origin", choices=MemoryOrigin.values, default="", help="export: only these pairs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["what"] == "import":
                self._import(options)
            else:
                self._export(options)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except BadTmx as error:
            raise CommandError(
                f"{error} What stands before that may be in the memory already; import the file "
                "again once it is mended."
            ) from error

    def _import(self, options: dict[str, Any]) -> None:
        path, source, target = options["file"], options["source"], options["target"]
        collection = path.name if options["collection"] is None else options["collection"]
        units = _Counted(read_tmx(path, source=source, target=target))
        new = import_units(units, collection=collection, now=timezone.now())
        if not units.count:
            raise CommandError(
                f"{path} has no pair of {source} and {target}. Name its languages with --source "
                "and --target."
            )
        self.stdout.write(f"{path}: {new} new pairs, {units.count - new} already there")

    def _export(self, options: dict[str, Any]) -> None:
        path, source = options["file"], options["source"]
        units = export_units(
            source, options["target"], origin=options["origin"], collection=options["collection"]
        )
        with path.open("wb") as file:
            count = write_tmx(file, units, source=source)
        self.stdout.write(f"{path}: {count} pairs")
