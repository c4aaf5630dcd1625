"""The translation memory as an engine."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from apps.core.plugins import Label
from apps.text.hygiene.normalise import source_hash
from apps.translation.engines.base import Context, EngineAbout, Result

if TYPE_CHECKING:
    from apps.translation.memory.store import Match

Lookup = Callable[[Sequence[str], str, str], Mapping[str, "Match"]]


class MemoryEngine:
    """Translates sentences whose normalised source is in the memory."""

    about = EngineAbout(
        name="memory",
        label=Label(
            "翻訳メモリ（人が承認または登録した訳文の集まり）です。",
            "The translation memory: sentences that a person approved or added.",
        ),
        licence=Label(
            "各項目は、登録時のライセンスに従います。",
            "Each entry keeps the licence it was added with.",
        ),
        order=0,
    )
    name = about.name
    version = "exact-1"
    mask_style = None
    batch_size = 1000

    def __init__(self, lookup: Lookup | None = None) -> None:
        """Take `lookup`: (source hashes, source, target language) -> match by source hash."""
        if lookup is None:
            # Settings import this class before models can be imported.
            from apps.translation.memory.store import exact_matches

            lookup = exact_matches
        self._lookup = lookup

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        contexts: Sequence[Context] = (),
    ) -> list[Result]:
        hashes = [source_hash(text) for text in texts]
        found = self._lookup(hashes, source, target)
        return [
            Result(match.target, memory_entry=match.entry) if match else Result(None)
            for match in map(found.get, hashes)
        ]

    def check(self) -> None:
        """The memory is always available."""
