"""What is gathered about papers before they are scored."""

from datetime import timedelta

import pytest

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import Embedding, RelatedPaper, Score
from apps.discovery.scoring.features import SITE_SAMPLE, PastScores, facts_about
from apps.papers.models import Paper
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def paper_by(*names: str, age: int = 0, **fields) -> Paper:
    authors = [{"name": name, "affiliations": []} for name in names]
    return build_paper(authors=authors, submitted_at=NOW - age * DAY, **fields)


def scored(paper: Paper, value: float, formula: int = 2) -> Paper:
    Score.objects.create(paper=paper, formula=formula, value=value, components=[], scored_at=NOW)
    return paper


def facts(paper: Paper, formula: int = 2, computed=None):
    while index_authors_batch(changed_since=None):
        pass
    return facts_about([paper], PastScores(formula, computed))[paper.pk]


def embedded(paper: Paper) -> Paper:
    Embedding.objects.create(
        paper=paper,
        vector=[0.0] * 383 + [1.0],
        embedder="none",
        text_fingerprint=paper.text_fingerprint,
        embedded_at=NOW,
    )
    return paper


def relate(paper: Paper, *others: Paper, start: float = 0.9) -> None:
    RelatedPaper.objects.bulk_create(
        RelatedPaper(paper=paper, other=other, similarity=start - place / 100)
        for place, other in enumerate(others)
    )


def test_neighbours_come_nearest_first_with_the_place_in_their_own_lists():
    paper, first, second, third = (build_paper() for _ in range(4))
    relate(paper, first, second, third)
    relate(first, second, paper)
    relate(second, third)
    found = facts(paper).neighbours
    assert [(item.place, item.listed) for item in found] == [(2, 2), (None, 1), (None, 0)]
    assert [item.similarity for item in found] == pytest.approx([0.9, 0.89, 0.88])
    assert [item.submitted_at for item in found] == [
        other.submitted_at for other in (first, second, third)
    ]


def test_the_papers_of_an_author_in_the_year_before_are_counted():
    paper_by("Ada Example", age=1)
    paper_by("ADA EXAMPLE", "Bo Sample", age=360)
    paper_by("Ada Example", age=370)
    paper = paper_by("Ada Example", "Bo Sample", "Cy Other")
    paper_by("Ada Example", age=-1)
    assert [author.papers_in_year for author in facts(paper).authors] == [2, 1, 0]


def test_earlier_scores_count_once_and_under_the_same_formula():
    shared = scored(paper_by("Ada Example", "Bo Sample", age=30), 60.0)
    scored(shared, 90.0, formula=1)
    scored(paper_by("Bo Sample", age=40), 20.0)
    paper_by("Bo Sample", age=50)
    scored(paper_by("Bo Sample", age=-3), 99.0)
    paper = paper_by("Ada Example", "Bo Sample")
    assert [list(author.past_scores) for author in facts(paper).authors] == [[60.0], [20.0]]
    assert [list(author.past_scores) for author in facts(paper, 1).authors] == [[90.0], []]


def test_scores_that_are_only_tried_out_count_in_a_trial():
    earlier = paper_by("Ada Example", age=30)
    paper = paper_by("Ada Example")
    (author,) = facts(paper, computed={earlier.pk: 55.0}).authors
    assert list(author.past_scores) == [55.0]


def test_the_site_is_what_could_be_near_without_the_paper_itself():
    paper = embedded(build_paper())
    others = [embedded(build_paper()) for _ in range(3)]
    build_paper()
    embedded(build_paper(withdrawn_at=NOW))
    assert list(facts(paper).site_dates) == sorted(other.submitted_at for other in others)


def test_the_mean_score_of_the_site_is_that_of_the_same_formula():
    paper, *others = (embedded(build_paper()) for _ in range(3))
    assert facts(paper).site_score is None
    for other, value in zip(others, (20.0, 40.0), strict=True):
        scored(other, value)
        scored(other, 90.0, formula=1)
    assert facts(paper).site_score == 30.0
    assert facts(paper, computed={paper.pk: 60.0}).site_score == 40.0


def test_of_a_large_site_a_sample_is_enough():
    last = SITE_SAMPLE * 10 + 1
    for number in (1, 11, 12, last):
        embedded(build_paper(id=number, submitted_at=NOW - number * DAY))
    paper = Paper.objects.get(pk=12)
    assert list(facts(paper).site_dates) == [NOW - number * DAY for number in (11, 1)]


def test_the_number_of_queries_does_not_grow_with_the_batch(django_assert_num_queries):
    papers = [paper_by(f"Author {number}", "Ada Example", age=number) for number in range(8)]
    for paper in papers:
        scored(embedded(paper), 50.0)
        relate(paper, *(other for other in papers if other != paper))
    while index_authors_batch(changed_since=None):
        pass
    for batch in (papers[:2], papers):
        with django_assert_num_queries(6):
            facts_about(batch, PastScores(2))


def test_a_batch_of_no_papers_has_no_facts():
    assert facts_about([], PastScores(2)) == {}
