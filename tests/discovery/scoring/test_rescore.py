"""`manage.py rescore`, as its user sees it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.discovery.author_index import index_authors_batch
from apps.discovery.models import Embedding, Score
from apps.discovery.scoring import rescore as rescoring
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rescore import rescore as rescore_all
from apps.discovery.scoring.score import score_papers
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(rescoring, "BATCH", 2)


def ready(count: int = 5, *, formula: int | None = 1, **fields) -> list:
    """Papers with related papers and indexed authors, a day apart; scored if asked for."""
    papers = [
        build_paper(
            submitted_at=NOW - number * DAY,
            comments="Accepted at ACL 2026" if number % 2 else "",
            categories=["cs.CL", "stat.ML"][: 1 + number % 2],
            **fields,
        )
        for number in range(count)
    ]
    Embedding.objects.bulk_create(
        Embedding(
            paper=paper,
            vector=[0.0] * 383 + [1.0],
            embedder="none",
            text_fingerprint=paper.text_fingerprint,
            embedded_at=NOW,
            related_at=NOW,
        )
        for paper in papers
    )
    while index_authors_batch(changed_since=None):
        pass
    if formula is not None:
        score_papers([paper.pk for paper in papers], FORMULAS[formula], now=NOW)
    return papers


def rescore(*arguments: str) -> str:
    out = StringIO()
    call_command("rescore", *arguments, stdout=out)
    return out.getvalue()


def scored(formula: int) -> set[int]:
    return set(Score.objects.filter(formula=formula).values_list("paper", flat=True))


def test_all_papers_are_scored_and_earlier_scores_stay():
    papers = ready()
    before = list(Score.objects.filter(formula=1).values())
    said = rescore("--formula", "2")
    assert scored(2) == {paper.pk for paper in papers}
    assert list(Score.objects.filter(formula=1).values()) == before
    assert "2 of 5 papers" in said
    assert "5 papers scored under formula 2." in said


def test_a_stopped_run_goes_on_where_it_was():
    ready()
    batches = []

    def stop(done: int) -> None:
        batches.append(done)
        if len(batches) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescore_all(FORMULAS[2], clock=lambda: NOW, on_batch=stop)
    first = dict(Score.objects.filter(formula=2).values_list("pk", "scored_at"))
    assert len(first) == 4
    assert "1 papers scored" in rescore("--formula", "2")
    kept = Score.objects.filter(pk__in=first).values_list("pk", "scored_at")
    assert dict(kept) == first
    assert "0 papers scored" in rescore("--formula", "2")


def test_a_limit_takes_the_earliest_and_a_day_leaves_older_ones_out():
    papers = ready()
    rescore("--formula", "2", "--limit", "3")
    assert scored(2) == {paper.pk for paper in papers[2:]}
    rescore("--formula", "2", "--since", (NOW - DAY).date().isoformat())
    assert scored(2) == {paper.pk for paper in papers}


def test_earlier_papers_of_an_author_count_in_the_scores_of_later_ones():
    ready()
    rescore("--formula", "2")
    facts = [
        part["fact"]["papers"]
        for score in Score.objects.filter(formula=2).order_by("-paper__submitted_at")
        for part in score.components
        if part["name"] == "record"
    ]
    # Two papers a batch: the two earliest know of none.
    assert facts == [4, 2, 2, 0, 0]


def test_papers_whose_neighbours_or_authors_are_not_known_wait():
    build_paper()
    ready(2)
    Embedding.objects.update(related_at=None)
    assert "0 papers scored" in rescore("--formula", "2")


def test_comparing_writes_nothing_and_says_what_would_move():
    papers = ready(12)
    ready(1, formula=None)
    said = rescore("--formula", "2", "--compare")
    assert scored(2) == set()
    assert "12 papers under formula 1 and formula 2; 1 have no other score." in said
    for words in ("Distribution", "Rank correlation (Spearman)", "First ten of a day", "Up most"):
        assert words in said
    assert any(paper.arxiv_id in said for paper in papers)


def test_comparing_computes_what_scoring_would_store():
    ready()
    tried = rescoring.compare(FORMULAS[2])
    rescore("--formula", "2")
    stored = dict(Score.objects.filter(formula=2).values_list("paper", "value"))
    assert {pair.paper: pair.after for pair in tried.pairs} == stored


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--formula", "99"], "Choose one of: 1, 2", id="no such formula"),
        pytest.param(["--formula", "2", "--since", "May"], "is not a day such as", id="no day"),
        pytest.param(
            ["--formula", "2", "--limit", "0"], "is not a number of papers", id="no number"
        ),
        pytest.param(["--formula", "2", "--compare"], "nothing to compare with", id="no scores"),
    ],
)
def test_what_is_wrong_is_said(arguments, said):
    with pytest.raises(CommandError, match=said):
        rescore(*arguments)
