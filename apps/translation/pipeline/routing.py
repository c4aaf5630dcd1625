"""Which engines a text is given to, and in which order."""

from collections.abc import Mapping, Sequence
from typing import Any


def chain_for(
    language_pair: str, category: str, chains: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Return the names of the engines for `language_pair` ("en-ja") and `category` ("cs.CL").

    The first entry of `chains` that fits wins. "*" fits everything, "cs.*" fits a whole archive;
    both keys may also hold a list. An empty tuple means that nothing is configured for this pair.
    """
    for entry in chains:
        if _fits(language_pair, entry.get("languages", "*")) and _fits(
            category, entry.get("categories", "*")
        ):
            return tuple(entry["engines"])
    return ()


def _fits(value: str, patterns: str | Sequence[str]) -> bool:
    options = [patterns] if isinstance(patterns, str) else patterns
    return any(
        option in ("*", value)
        or (option.endswith(".*") and value.split(".")[0] == option.removesuffix(".*"))
        for option in options
    )
