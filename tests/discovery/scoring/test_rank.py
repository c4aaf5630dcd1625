"""Places within day and category, kept up to date with scores and with what readers see."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from apps.discovery.models import DueRank, Score, ScoreRank
from apps.discovery.scoring.rank import mark_changed_papers, mark_ranks_due, rank_batch
from apps.papers.models import Paper
from tests.support.acts import publish, unpublish
from tests.support.builders import NOW, build_paper
from tests.support.factories import editor, ready_translation

pytestmark = pytest.mark.django_db


def scored(value: float, *, formula: int = 2, publish_it: bool = True, **fields) -> Paper:
    paper = build_paper(**({"submitted_at": NOW} | fields))
    Score.objects.create(paper=paper, formula=formula, value=value, components=[], scored_at=NOW)
    mark_ranks_due([paper], now=NOW)
    if publish_it:
        publish(ready_translation(paper).pk, actor=None, reviewed=False, now=NOW)
    return paper


def rank(**options) -> int:
    return rank_batch(now=NOW, **options)


def place(paper: Paper) -> tuple[int, int] | None:
    found = ScoreRank.objects.filter(score__paper=paper, score__formula=2).first()
    return None if found is None else (found.place, found.papers)


def test_papers_of_one_day_and_category_are_put_in_order():
    low, high, middle = scored(10), scored(30), scored(20)
    elsewhere = scored(15, primary_category="math.ST", categories=["math.ST", "cs.CL"])
    before = scored(99, submitted_at=NOW - timedelta(days=1))
    assert rank() == 3
    assert [place(p) for p in (high, middle, low)] == [(1, 3), (2, 3), (3, 3)]
    assert place(elsewhere) == place(before) == (1, 1)
    found = ScoreRank.objects.get(score__paper=elsewhere)
    assert (found.category, found.day, found.ranked_at) == ("math.ST", NOW.date(), NOW)


def test_equal_scores_share_a_place():
    one, other, last = scored(20), scored(20), scored(10)
    rank()
    assert [place(p) for p in (one, other, last)] == [(1, 3), (1, 3), (3, 3)]


def test_only_what_readers_see_counts():
    shown = scored(10)
    hidden = scored(90, publish_it=False)
    withdrawn = scored(80)
    Paper.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW)
    rank()
    assert [place(p) for p in (shown, hidden, withdrawn)] == [(1, 1), None, None]


def test_publishing_and_taking_down_rank_the_day_again():
    shown, other = scored(10), scored(90)
    rank()
    assert place(shown) == (2, 2)
    translation = other.translations.get()
    unpublish(translation.pk, actor=editor(), reason="", now=NOW)
    rank()
    assert (place(shown), place(other)) == ((1, 1), None)
    publish(translation.pk, actor=editor(), reviewed=True, now=NOW)
    rank()
    assert (place(shown), place(other)) == ((2, 2), (1, 2))


def test_a_review_alone_changes_nothing():
    paper = scored(10)
    rank()
    publish(paper.translations.get().pk, actor=editor(), reviewed=True, now=NOW)
    assert not DueRank.objects.exists()


def test_nothing_is_left_to_do_afterwards():
    scored(10)
    assert rank() == 1
    assert rank() == 0


def test_groups_are_taken_a_batch_at_a_time():
    papers = [scored(10, submitted_at=NOW - timedelta(days=day)) for day in range(3)]
    assert [rank(limit=2), rank(limit=2), rank(limit=2)] == [2, 1, 0]
    assert {place(paper) for paper in papers} == {(1, 1)}


def test_each_formula_has_places_of_its_own():
    paper, other = scored(10), scored(40)
    Score.objects.create(paper=paper, formula=1, value=50, components=[], scored_at=NOW)
    Score.objects.create(paper=other, formula=1, value=30, components=[], scored_at=NOW)
    rank()
    assert [place(p) for p in (paper, other)] == [(2, 2), (1, 2)]
    before = {rank.score.paper: rank.place for rank in ScoreRank.objects.filter(score__formula=1)}
    assert before == {paper: 1, other: 2}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"withdrawn_at": NOW}, id="withdrawn"),
        pytest.param({"primary_category": "cs.LG"}, id="another category"),
        pytest.param({"submitted_at": NOW - timedelta(days=3)}, id="another day"),
    ],
)
def test_what_a_harvest_changed_is_found_and_ranked(change):
    stays, changes = scored(10), scored(90)
    rank()
    later = NOW + timedelta(minutes=5)
    Paper.objects.filter(pk=changes.pk).update(changed_at=later, **change)
    assert mark_changed_papers(since=NOW - timedelta(days=1), now=later) >= 1
    rank_batch(now=later + timedelta(seconds=1))
    assert place(stays) == (1, 1)
    assert place(changes) == (None if "withdrawn_at" in change else (1, 1))
    assert mark_changed_papers(since=NOW - timedelta(days=1), now=later) == 0


def test_a_paper_that_is_no_longer_withdrawn_gets_its_place_back():
    paper = scored(10)
    Paper.objects.filter(pk=paper.pk).update(withdrawn_at=NOW)
    rank()
    assert place(paper) is None
    Paper.objects.filter(pk=paper.pk).update(withdrawn_at=None)
    mark_changed_papers(since=NOW - timedelta(days=1), now=NOW)
    rank()
    assert place(paper) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_while_its_group_is_ranked_is_not_lost():
    """The sweep reads the group before the change can be seen; the change must find a new mark."""
    paper = scored(10)
    rank()
    mark_ranks_due([paper], now=NOW)
    changed = threading.Event()

    def change() -> None:
        with transaction.atomic():
            Score.objects.filter(paper=paper).update(value=11)
            changed.set()
            # Waits for the sweep, which holds the mark.
            mark_ranks_due([paper], now=NOW)
        connection.close()

    with transaction.atomic():
        rank()
        worker = threading.Thread(target=change)
        worker.start()
        changed.wait(10)
    worker.join(10)
    assert DueRank.objects.count() == 1
    assert rank() == 1
