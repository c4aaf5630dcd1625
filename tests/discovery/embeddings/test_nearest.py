"""The nearest papers: by the real index, of one space only, never too few."""

import numpy as np
import pytest
from django.db import connection
from pgvector import HalfVector

from apps.discovery.embeddings.nearest import MOST, nearest_papers, widen_index_search
from apps.discovery.models import Embedding
from apps.papers.models import Paper
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db


def vectors(count: int, seed: int = 1) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(count, 384)) + 3.0
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def store(found: np.ndarray, space: str) -> list[Paper]:
    papers = [build_paper() for _ in found]
    Embedding.objects.bulk_create(
        Embedding(
            paper=paper,
            vector=HalfVector(vector),
            embedder=space,
            text_fingerprint=paper.text_fingerprint,
            embedded_at=NOW,
        )
        for paper, vector in zip(papers, found, strict=True)
    )
    return papers


def keys(found: list[tuple[int, float]]) -> list[int]:
    return [paper for paper, _ in found]


def use_the_index() -> None:
    """Leave the planner no other way; it would rightly sort so few rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


def test_the_nearest_come_first_with_their_similarity():
    stored = vectors(30)
    papers = store(stored, "a")
    near = nearest_papers(HalfVector(stored[7]), "a", limit=5)
    cosines = stored @ stored[7]
    expected = np.argsort(-cosines)[:5]
    assert keys(near) == [papers[place].pk for place in expected]
    assert [similarity for _, similarity in near] == pytest.approx(
        list(cosines[expected]), abs=1e-3
    )


def test_the_paper_itself_withdrawn_papers_and_other_spaces_are_left_out():
    stored = vectors(4)
    itself, withdrawn, near, far = store(stored, "a")
    store(stored, "b")
    Paper.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW)
    found = nearest_papers(HalfVector(stored[0]), "a", limit=10, besides=itself.pk)
    assert set(keys(found)) == {near.pk, far.pk}


@pytest.mark.parametrize("indexed", [True, False])
def test_a_few_vectors_among_many_of_another_space_are_all_found(indexed):
    stored = vectors(600)
    store(stored[20:], "old")
    fresh = store(vectors(20, seed=2), "new")
    if indexed:
        use_the_index()
    found = nearest_papers(HalfVector(stored[0]), "new", limit=20)
    assert set(keys(found)) == {paper.pk for paper in fresh}
    similarities = [similarity for _, similarity in found]
    assert similarities == sorted(similarities, reverse=True)


def test_they_are_found_by_an_older_index_too(monkeypatch):
    def as_before_0_8(candidates: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL hnsw.ef_search = {candidates}")

    monkeypatch.setattr("apps.discovery.embeddings.nearest.widen_index_search", as_before_0_8)
    test_a_few_vectors_among_many_of_another_space_are_all_found(indexed=True)


def test_the_index_looks_widely_only_until_the_end_of_the_transaction(django_assert_num_queries):
    store(vectors(3), "a")
    with django_assert_num_queries(2):
        nearest_papers(HalfVector(vectors(1)[0]), "a", limit=3)
    with connection.cursor() as cursor:
        widen_index_search(321)
        cursor.execute("SHOW hnsw.ef_search")
        assert cursor.fetchone() == ("321",)
        cursor.execute("SHOW hnsw.iterative_scan")
        assert cursor.fetchone() == ("relaxed_order",)


@pytest.mark.parametrize("limit", [0, MOST + 1])
def test_no_more_papers_are_given_than_the_index_can_keep_in_view(limit):
    with pytest.raises(ValueError, match="Between 1 and 500"):
        nearest_papers(HalfVector(vectors(1)[0]), "a", limit=limit)
