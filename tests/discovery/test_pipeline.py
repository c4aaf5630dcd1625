"""Embedding, relating and scoring with the real model and the real vector index."""

from datetime import timedelta

import numpy as np
import pytest

from apps.discovery.author_index import index_authors_batch
from apps.discovery.embedders import embedder
from apps.discovery.embeddings.embed import embed_batch, space_of, text_to_embed, without_vector
from apps.discovery.models import Embedding, RelatedPaper, Score
from apps.discovery.related.build import KEPT, relate_batch, trim
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.score import papers_to_score, score_papers
from apps.discovery.selectors import related_to_each
from apps.papers.models import Paper
from apps.translation.models import GlossaryTerm, Translation
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db

TOPICS = {
    "language": [
        ("Post-training of large language models", "Reinforcement learning tunes reasoning."),
        ("Continual learning for language models", "Models forget when trained on new text."),
        ("Prompting large language models", "In-context learning improves language models."),
    ],
    "stars": [
        ("Dust around young stars", "We observe circumstellar discs with a radio telescope."),
        ("Spectra of brown dwarfs", "Infrared spectra of cool stars show methane."),
        ("Ages of star clusters", "Photometry of open clusters gives stellar ages."),
    ],
}


def papers_of(topic: str) -> list[Paper]:
    return [build_paper(title=title, abstract=text) for title, text in TOPICS[topic]]


def published(paper: Paper, status: str = TranslationStatus.PUBLISHED) -> Translation:
    return Translation.objects.create(
        paper=paper,
        language="ja",
        version=1,
        source_fingerprint=paper.text_fingerprint,
        status=status,
        title="題名",
        created_at=NOW,
        updated_at=NOW,
    )


def run_all() -> None:
    while embed_batch(embedder(), changed_since=None, now=NOW):
        pass
    while relate_batch(source_language="en", language="ja", now=NOW):
        pass
    while index_authors_batch(changed_since=None):
        pass
    formula = FORMULAS[2]
    score_papers(papers_to_score(formula, None, 100), formula, now=NOW)


def test_the_embedder_gives_unit_vectors_and_finds_english_from_japanese():
    model = embedder()
    vectors = model.passages(
        [text_to_embed(*TOPICS["language"][0]), text_to_embed(*TOPICS["stars"][0])]
    )
    assert vectors.shape == (2, model.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-3)
    near = vectors @ model.query("大規模言語モデルの強化学習")
    assert near[0] > near[1]
    assert model.passages([]).shape == (0, model.dimensions)


def test_papers_of_one_topic_are_nearer_than_those_of_another():
    language, stars = papers_of("language"), papers_of("stars")
    run_all()
    for topic in (language, stars):
        keys = {paper.pk for paper in topic}
        for paper in topic:
            nearest = paper.related.order_by("-nearness").values_list("other_id", flat=True)[:2]
            assert {paper.pk, *nearest} == keys


def test_a_new_paper_enters_the_lists_of_its_neighbours():
    first = build_paper(title=TOPICS["stars"][0][0], abstract=TOPICS["stars"][0][1])
    run_all()
    second = build_paper(title=TOPICS["stars"][1][0], abstract=TOPICS["stars"][1][1])
    run_all()
    assert list(first.related.values_list("other", flat=True)) == [second.pk]
    assert list(second.related.values_list("other", flat=True)) == [first.pk]


def test_a_changed_text_is_embedded_and_related_again():
    (paper, *_others) = papers_of("language")
    run_all()
    assert not without_vector(space_of(embedder()), None).exists()
    paper.title, paper.text_fingerprint = TOPICS["stars"][0][0], "changed"
    paper.save()
    assert list(without_vector(space_of(embedder()), None)) == [paper]
    embed_batch(embedder(), changed_since=None, now=NOW)
    assert Embedding.objects.get(paper=paper).related_at is None


def test_lists_are_kept_to_the_nearest():
    paper = build_paper()
    others = [build_paper() for _ in range(KEPT + 3)]
    RelatedPaper.objects.bulk_create(
        RelatedPaper(paper=paper, other=other, similarity=0.9 - place / 100)
        for place, other in enumerate(others)
    )
    trim([paper.pk])
    kept = list(paper.related.order_by("-similarity").values_list("other", flat=True))
    assert kept == [other.pk for other in others[:KEPT]]


def test_readers_see_published_standing_papers_nearest_first_with_scores():
    papers = papers_of("language") + papers_of("stars")
    run_all()
    translations = [published(paper) for paper in papers]
    withdrawn, held = translations[1], translations[2]
    Paper.objects.filter(pk=withdrawn.paper_id).update(withdrawn_at=NOW)
    Translation.objects.filter(pk=held.pk).update(status=TranslationStatus.HELD)
    entries = related_to_each([translations[0]])[translations[0].pk]
    assert {entry.translation for entry in entries} == set(translations[3:])
    stored = papers[0].related.order_by("-nearness").values_list("other_id", flat=True)
    order = [entry.translation.paper_id for entry in entries]
    assert order == [key for key in stored if key in order]
    assert all(entry.score for entry in entries)


def test_reading_takes_four_queries_however_many_papers(django_assert_num_queries):
    translations = [published(paper) for paper in papers_of("language") + papers_of("stars")]
    run_all()
    with django_assert_num_queries(4):
        assert len(related_to_each([translations[0]])[translations[0].pk]) == 5


def test_every_related_paper_is_scored_once():
    papers_of("language")
    run_all()
    assert Score.objects.count() == 3
    run_all()
    assert Score.objects.count() == 3
    assert not papers_to_score(FORMULAS[2], NOW - timedelta(days=1), 10)


def test_a_list_says_which_terms_are_shared_in_both_languages():
    GlossaryTerm.objects.create(
        source_language="en",
        target_language="ja",
        source="large language model",
        target="大規模言語モデル",
        created_at=NOW,
        updated_at=NOW,
    )
    first, _second, third = papers_of("language")
    run_all()
    terms = first.related.get(other=third).shared_terms
    assert terms[0] == {"source": "large language models", "target": "大規模言語モデル"}
    assert not any(term["source"] == "language models" for term in terms)


def test_another_edition_of_the_same_work_is_not_related():
    title, text = TOPICS["stars"][0]
    first, again = build_paper(title=title, abstract=text), build_paper(title=title, abstract=text)
    other = build_paper(title=TOPICS["stars"][1][0], abstract=TOPICS["stars"][1][1])
    run_all()
    assert list(first.related.values_list("other", flat=True)) == [other.pk]
    translations = [published(paper) for paper in (first, again, other)]
    assert len(related_to_each([translations[2]])[translations[2].pk]) == 1
