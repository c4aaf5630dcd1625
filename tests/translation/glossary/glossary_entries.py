"""Glossary entries for tests."""

from typing import Any

from apps.translation.glossary.entries import TermEntry


def entry(source: str, target: str = "訳語", **fields: Any) -> TermEntry:
    """Return an entry from English to Japanese."""
    return TermEntry("en", "ja", source, target, **fields)


TERM = {
    "source": " off-policy ",
    "target": "方策オフ型",
    "forbidden": "オフ政治\n\n 政策外 ",
    "scope": "stat.ML cs.*",
    "part_of_speech": "adjective",
    "case_rule": "any",
    "is_in_use": "on",
    "source_language": "en",
    "target_language": "ja",
}
"""What the form of a term in the admin sends."""
