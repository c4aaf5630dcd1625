"""The translation memory as an engine: always first, and the only one that needs no model."""

from collections.abc import Callable, Mapping, Sequence

from apps.text.hygiene.normalise import source_hash
from apps.translation.engines.base import Context, Result
from apps.translation.memory.store import Match, exact_matches

Lookup = Callable[[Sequence[str], str, str], Mapping[str, Match]]


class MemoryEngine:
    """Answers a sentence whose normalised source a person has already translated."""

    name = "memory"
    version = "exact-1"
    mask_style = None
    batch_size = 1000

    def __init__(self, lookup: Lookup = exact_matches) -> None:
        """Take `lookup`: (source hashes, source, target language) -> match by source hash."""
        self._lookup = lookup

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        """Return the remembered text of each, or a result without text."""
        hashes = [source_hash(text) for text in texts]
        found = self._lookup(hashes, source, target)
        return [
            Result(match.target, memory_entry=match.entry) if match else Result(None)
            for match in map(found.get, hashes)
        ]

    def check(self) -> None:
        """The memory is always there."""
