"""`manage.py seed`: load the demonstration data through the harvester and the memory."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from apps.core.commands import ServiceCommand
from apps.translation.glossary.files import load_starter_glossary
from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import read_tmx


class Command(ServiceCommand):
    help = (
        "Load seeds/: saved arXiv responses through the harvester, translation memories into the "
        "memory, the starter glossary. A second run changes nothing. The workers then make "
        "the pages."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.SEEDS_DIR)
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}. Set SEEDS_DIR to where seeds/ is.")
        # Memories first, so that no sentence waits for one.
        for path in sorted(folder.glob("*.tmx")):
            self._import_memory(path)
        for language in settings.TARGET_LANGUAGES:
            glossary = folder / f"glossary_{settings.SOURCE_LANGUAGE}_{language}.csv"
            if glossary.exists():
                self._load_glossary(glossary, language)
        responses = sorted(str(path) for path in folder.glob("*.xml"))
        if responses:
            call_command("harvest", "--file", *responses, stdout=self.stdout, stderr=self.stderr)

    def _load_glossary(self, path: Path, language: str) -> None:
        stored = load_starter_glossary(
            path, source=settings.SOURCE_LANGUAGE, target=language, now=timezone.now()
        )
        self.stdout.write(f"{path.name}: {stored.added} new terms in the glossary")

    def _import_memory(self, path: Path) -> None:
        new = 0
        for language in settings.TARGET_LANGUAGES:
            units = read_tmx(path, source=settings.SOURCE_LANGUAGE, target=language)
            new += import_units(units, collection=path.name, now=timezone.now())
        self.stdout.write(f"{path.name}: {new} new entries in the translation memory")
