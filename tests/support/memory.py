"""Sentences for a translation memory, two of them similar."""

from apps.translation.memory.store import import_units
from apps.translation.memory.tmx import MemoryUnit
from tests.support.builders import NOW

SENTENCE = "We study how large language models learn from small sets of labelled examples."
NEARLY = "We study how large vision models learn from small sets of labelled images."


def remembered(*sources: str, target: str = "ja", collection: str = "a.tmx") -> None:
    """Import sentences, each with itself in brackets as target."""
    units = [
        MemoryUnit("en", target, source, f"「{source}」", licence="CC0-1.0") for source in sources
    ]
    import_units(units, collection=collection, now=NOW)
