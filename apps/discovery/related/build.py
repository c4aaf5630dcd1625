"""Builds the stored lists of related papers of newly embedded papers.

The vector index gives candidates twice, by the paper itself and by pseudo relevance feedback;
`nearness` orders them. A new paper also enters the lists of its related papers.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from pgvector import HalfVector

from apps.discovery.embeddings.nearest import nearest_papers
from apps.discovery.models import Embedding, RelatedPaper
from apps.discovery.related.duplicates import same_work
from apps.discovery.related.profiles import WordWeights, profiles_of
from apps.discovery.related.shared_terms import SharedTerms, shared_terms_of
from apps.discovery.related.similarity import (
    Near,
    Profile,
    feedback_size,
    feedback_vector,
    nearest_first,
    related_first,
)

KEPT = 20
FIRST_CANDIDATES, MORE_CANDIDATES = 300, 200


@transaction.atomic
def relate_batch(*, source_language: str, language: str, now: datetime, limit: int = 20) -> int:
    """Find the related papers of up to `limit` papers and return how many; other workers skip them.

    The terms that two papers share are stored in both languages.
    """
    embeddings = list(
        Embedding.objects.filter(related_at__isnull=True)
        .order_by("paper")
        .select_for_update(skip_locked=True, of=("self",))[:limit]
    )
    pairs: dict[tuple[int, int], Near] = {}
    weights = WordWeights()
    for embedding in embeddings:
        for near in related_to_vector(embedding, weights):
            pairs[embedding.pk, near.key] = near
            pairs[near.key, embedding.pk] = near
    terms = shared_terms_of(pairs, source_language=source_language, language=language)
    done = [embedding.pk for embedding in embeddings]
    RelatedPaper.objects.filter(paper__in=done).delete()
    _store(pairs, terms)
    trim({paper for paper, _ in pairs})
    Embedding.objects.filter(pk__in=done).update(related_at=now)
    return len(done)


def related_to_vector(embedding: Embedding, weights: WordWeights, kept: int = KEPT) -> list[Near]:
    """Return up to `kept` papers related to an embedded paper, the most related first.

    Duplicates of the paper and of one another are left out.
    """
    space = embedding.embedder
    profiles = profiles_of([embedding.pk], space)
    subject = profiles.pop(embedding.pk)
    nearest = nearest_papers(embedding.vector, space, limit=FIRST_CANDIDATES, besides=embedding.pk)
    profiles |= profiles_of((key for key, _ in nearest), space)
    weight = weights.of((subject, *profiles.values()))
    best = nearest_first(subject, list(profiles.values()), weight)[: feedback_size(len(profiles))]
    common = feedback_vector(subject, [profiles[near.key] for near in best])
    more = nearest_papers(
        HalfVector(common),
        space,
        limit=FIRST_CANDIDATES + MORE_CANDIDATES,
        besides=embedding.pk,
    )
    new = [key for key, _ in more if key not in profiles][:MORE_CANDIDATES]
    profiles |= profiles_of(new, space)
    weight = weights.of((subject, *profiles.values()))
    ordered = related_first(subject, list(profiles.values()), weight)
    return _different_works(subject, ordered, profiles, kept)


def _different_works(
    subject: Profile, ordered: Sequence[Near], profiles: Mapping[int, Profile], kept: int
) -> list[Near]:
    chosen: list[Near] = []
    seen = [subject]
    for near in ordered:
        profile = profiles[near.key]
        if not any(same_work(profile, other) for other in seen):
            chosen.append(near)
            seen.append(profile)
        if len(chosen) == kept:
            break
    return chosen


def _store(
    pairs: Mapping[tuple[int, int], Near], terms: Mapping[frozenset[int], SharedTerms]
) -> None:
    RelatedPaper.objects.bulk_create(
        [
            RelatedPaper(
                paper_id=paper,
                other_id=other,
                similarity=near.similarity,
                nearness=near.nearness,
                shared_terms=terms[frozenset((paper, other))],
            )
            # Sorted, so that two workers cannot deadlock.
            for (paper, other), near in sorted(pairs.items())
        ],
        update_conflicts=True,
        unique_fields=["paper", "other"],
        update_fields=["similarity", "nearness", "shared_terms"],
    )


def trim(paper_keys: Iterable[int]) -> None:
    """Cut the list of each paper to the 20 most related."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM discovery_relatedpaper WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (
                        PARTITION BY paper_id ORDER BY nearness DESC, similarity DESC, other_id
                    ) AS place
                    FROM discovery_relatedpaper WHERE paper_id = ANY(%s)
                ) AS ranked WHERE place > %s
            )
            """,
            [list(paper_keys), KEPT],
        )
