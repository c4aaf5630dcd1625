"""`manage.py engines`: list the engines and whether each can translate now."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from apps.translation.engines import build_engine, describe_engine
from apps.translation.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "List the translation engines: availability, version, position in the chains."

    def handle(self, *args: Any, **options: Any) -> None:
        table = Table("engine", "place", "available", "version", "sends text", "text's licence")
        for name, entry in settings.TRANSLATION_ENGINES.items():
            table.add_row(name, places(name), *availability(name), *terms(name, entry))
        Console(file=self.stdout, width=130).print(table)  # type: ignore[arg-type]


def places(name: str) -> str:
    """Return the position of an engine in each chain: "2" or "2 (en-ja, math.*)"."""
    found = []
    for chain in settings.TRANSLATION_CHAINS:
        if name not in chain["engines"]:
            continue
        scope = [chain.get("languages", "*"), chain.get("categories", "*")]
        named = [item if isinstance(item, str) else " ".join(item) for item in scope if item != "*"]
        place = str(list(chain["engines"]).index(name) + 1)
        found.append(f"{place} ({', '.join(named)})" if named else place)
    return "; ".join(found) or "in no chain"


def terms(name: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return whether the engine sends text from the site, and the licence of its output."""
    said = describe_engine(name, entry)
    if said is None:
        return "not known", "not known"
    licences = settings.ENGINE_LICENCES
    return "yes" if said.sends_text else "no", licences.get(name, "the site's own")


def availability(name: str) -> tuple[str, str]:
    """Return "yes" or why the engine cannot translate now, and its version."""
    try:
        engine = build_engine(name, settings.TRANSLATION_ENGINES)
    except EngineUnavailable as error:
        return f"no: {error}", ""
    try:
        engine.check()
    except EngineUnavailable as error:
        return f"no: {error}", engine.version
    return "yes", engine.version
