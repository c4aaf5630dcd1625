"""The chain of engines for a text."""

from collections.abc import Mapping, Sequence
from typing import Any


def chain_for(
    language_pair: str, category: str, chains: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Return the names of the engines for `language_pair` ("en-ja") and `category` ("cs.CL").

    The first matching entry of `chains` wins. "*" matches everything, "cs.*" a whole archive; both
    keys may also hold a list. The result is empty if no entry matches.
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
