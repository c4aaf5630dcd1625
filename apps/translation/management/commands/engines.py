"""`manage.py engines`: which engines there are, and whether each could translate now."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from apps.translation.engines import build
from apps.translation.engines.base import EngineUnavailable


class Command(BaseCommand):
    """Asks each engine; fetches nothing but what the engine fetches itself."""

    help = "List the translation engines: availability, version, position in the chains."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a table."""
        table = Table("engine", "place", "available", "version")
        for name in settings.TRANSLATION_ENGINES:
            table.add_row(name, places(name), *availability(name))
        Console(file=self.stdout, width=110).print(table)  # type: ignore[arg-type]


def places(name: str) -> str:
    """Return where `name` stands in each chain: "2" or "2 (en-ja, math.*)"."""
    found = []
    for chain in settings.TRANSLATION_CHAINS:
        if name not in chain["engines"]:
            continue
        scope = [chain.get("languages", "*"), chain.get("categories", "*")]
        named = [item if isinstance(item, str) else " ".join(item) for item in scope if item != "*"]
        place = str(list(chain["engines"]).index(name) + 1)
        found.append(f"{place} ({', '.join(named)})" if named else place)
    return "; ".join(found) or "in no chain"


def availability(name: str) -> tuple[str, str]:
    """Return whether the engine could translate now ("yes", or why not), and its version."""
    try:
        engine = build(name, settings.TRANSLATION_ENGINES)
    except (ImproperlyConfigured, TypeError) as error:
        return f"no: {error}", ""
    try:
        engine.check()
    except EngineUnavailable as error:
        return f"no: {error}", engine.version
    return "yes", engine.version
