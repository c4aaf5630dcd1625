"""Contexts of sentences for engines: field, paper, terms and similar sentences."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from apps.translation.engines.base import Context
from apps.translation.glossary.service import glossary_index
from apps.translation.memory.fuzzy_match import fuzzy_matches_of
from apps.translation.models import Segment

MIN_SIMILARITY = 0.75


def document_contexts(segments: Sequence[Segment]) -> list[Context]:
    """Return contexts with the field and the paper's text."""
    return [
        Context(
            field=segment.field,
            document=f"{segment.translation.paper.title}\n\n{segment.translation.paper.abstract}",
        )
        for segment in segments
    ]


def contexts_with_terms(
    source_language: str, examples: int
) -> Callable[[Sequence[Segment]], list[Context]]:
    """Return a function that adds glossary terms and up to `examples` similar sentences.

    The examples come from the memory; 0 skips the search, for engines that cannot use them.
    """

    def contexts(segments: Sequence[Segment]) -> list[Context]:
        if not segments:
            return []
        language = segments[0].translation.language
        terms = glossary_index(source_language, language)
        similar = _examples([s.source for s in segments], source_language, language, examples)
        return [
            replace(
                context,
                terms=terms.find(segment.source, segment.translation.paper.primary_category),
                examples=pairs,
            )
            for segment, context, pairs in zip(
                segments, document_contexts(segments), similar, strict=True
            )
        ]

    return contexts


def _examples(
    texts: Sequence[str], source: str, target: str, count: int
) -> list[tuple[tuple[str, str], ...]]:
    if not count:
        return [() for _ in texts]
    found = fuzzy_matches_of(texts, source, target, limit=count, at_least=MIN_SIMILARITY)
    return [tuple((match.source, match.target) for match in matches) for matches in found]
