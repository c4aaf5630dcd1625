"""Glossary entries for tests."""

from typing import Any

from apps.translation.glossary.entries import TermEntry


def entry(source: str, target: str = "訳語", **fields: Any) -> TermEntry:
    """Return an entry from English to Japanese."""
    return TermEntry("en", "ja", source, target, **fields)
