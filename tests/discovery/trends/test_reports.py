"""From papers to stored lists: which weeks are computed, what rises, and in which words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.discovery.models import PaperTerms, Trend, TrendReport, TrendWeek
from apps.discovery.trends.reports import (
    compute_next_week,
    compute_week,
    last_complete_week,
    weeks_to_compute,
)
from apps.papers.models import Paper
from tests.discovery.trends.trend_papers import WEEK, gather, papers_in
from tests.support.builders import NOW

pytestmark = pytest.mark.django_db

LAST = range(8)
BEFORE = range(8, 28)


def labels(category: str = "") -> list[str]:
    report = TrendReport.objects.get(category=category, week=WEEK)
    return list(report.trends.order_by("rank").values_list("label", flat=True))


def rising(**fields: object) -> list[Paper]:
    """Two papers in each of the last eight weeks, with a new term."""
    return papers_in(LAST, 2, title="On spin glasses", **fields)


def compute() -> None:
    gather()
    compute_week(WEEK, now=NOW)


def test_a_term_that_comes_up_is_listed_and_one_that_stays_is_not():
    papers_in([*LAST, *BEFORE])
    rising()
    compute()
    assert labels() == labels("cs.CL") == ["spin glasses"]


def test_a_report_has_the_shares_and_the_papers_of_every_week():
    papers_in([*LAST, *BEFORE])
    papers_in([9], 1, title="Spin glasses")
    rising()
    compute()
    trend = Trend.objects.get(report__category="")
    assert (trend.papers, trend.report.papers, trend.report.papers_before) == (16, 80, 161)
    assert trend.share == pytest.approx(16 / 80)
    assert trend.share_before == pytest.approx(1 / 161)
    assert trend.weekly == [0] * 50 + [1, 0] + [2] * 8
    assert trend.report.weekly_papers == [0] * 32 + [8] * 18 + [9, 8] + [10] * 8


def test_examples_have_the_term_in_the_title_first_and_the_newest_of_them():
    papers_in([*LAST, *BEFORE])
    papers_in([0], 3, title="Another thing", abstract="Spin glasses are frustrated.")
    titled = rising()
    compute()
    newest_first = sorted(titled, key=lambda paper: (paper.submitted_at, paper.pk), reverse=True)
    assert Trend.objects.get(report__category="").examples == [p.pk for p in newest_first[:8]]


NOISE = {
    "of one group": {"authors": [{"name": "Ada Example", "affiliations": []}]},
    "never in a title": {"title": "Another thing", "abstract": "Spin glasses are frustrated."},
}


@pytest.mark.parametrize("fields", NOISE.values(), ids=NOISE)
def test_what_looks_like_a_topic_and_is_none_is_not_listed(fields):
    papers_in([*LAST, *BEFORE])
    papers_in(LAST, 2, **{"title": "Spin glasses", **fields})
    compute()
    assert "spin glasses" not in labels()


def test_a_field_that_is_harvested_only_lately_makes_no_trend():
    papers_in([*LAST, *BEFORE])
    papers_in(LAST, 2, title="Black holes", categories=["hep-th"])
    compute()
    assert labels() == []
    assert not TrendReport.objects.filter(category="hep-th").exists()


def test_only_categories_of_arxiv_have_a_list():
    papers_in([*LAST, *BEFORE], categories=["cs.CL", "cs.NOPE", "<script>"])
    compute()
    assert set(TrendReport.objects.values_list("category", flat=True)) == {"", "cs.CL"}


def test_a_term_is_written_as_papers_do_in_their_text():
    papers_in([*LAST, *BEFORE])
    papers_in(LAST, 2, title="Spin Glasses Revisited", abstract="On spin glasses.")
    compute()
    assert labels() == ["spin glasses"]


def test_an_acronym_is_shown_with_what_it_stands_for():
    papers_in([*LAST, *BEFORE])
    papers_in(LAST, 1, title="Group Relative Policy Optimization (GRPO)", abstract="")
    papers_in(LAST, 3, title="Better GRPO", abstract="")
    compute()
    assert labels() == ["Group Relative Policy Optimization"]
    trend = Trend.objects.get(report__category="")
    assert (trend.term, trend.acronym) == ("grpo", "GRPO")
    assert trend.label == "Group Relative Policy Optimization"


TOO_FEW = {
    "a young site": range(6),
    "few weeks before": range(12),
    "few papers now": range(7, 40),
}


@pytest.mark.parametrize("weeks", TOO_FEW.values(), ids=TOO_FEW)
def test_too_few_papers_make_no_report(weeks):
    papers_in(weeks, 9)
    compute()
    assert not TrendReport.objects.exists()


def test_computing_again_replaces_the_lists():
    papers_in([*LAST, *BEFORE])
    papers = rising()
    compute()
    Paper.objects.filter(pk__in=[paper.pk for paper in papers]).update(withdrawn_at=NOW)
    compute()
    assert labels() == []
    assert TrendReport.objects.count() == 2


COMPLETE = {
    "Monday after": (datetime(2026, 2, 23, 1, tzinfo=UTC), date(2026, 2, 9)),
    "Wednesday after": (datetime(2026, 2, 25, 23, tzinfo=UTC), date(2026, 2, 9)),
    "Thursday after": (datetime(2026, 2, 26, 0, tzinfo=UTC), date(2026, 2, 16)),
}


@pytest.mark.parametrize(("now", "week"), COMPLETE.values(), ids=COMPLETE)
def test_a_week_is_complete_when_its_sunday_has_been_announced(now, week):
    assert last_complete_week(now) == week


def waiting() -> list[str]:
    return [str(week) for week, *_ in weeks_to_compute(NOW)]


def test_weeks_are_computed_latest_first_and_once():
    papers_in([0, 1, 2], 1)
    gather()
    assert waiting() == ["2026-02-16", "2026-02-09", "2026-02-02"]
    assert [compute_next_week(now=NOW) for _ in range(4)] == [1, 1, 1, 0]
    assert waiting() == []


def test_a_week_that_is_not_complete_waits():
    papers_in([-1], 1)
    gather()
    assert waiting() == []


def test_papers_that_come_late_have_their_week_and_those_after_it_computed_again():
    papers_in([0, 3, 30], 1)
    gather()
    while compute_next_week(now=NOW):
        pass
    papers_in([3], 1)
    gather()
    assert waiting() == ["2026-02-16", "2026-01-26"]


def test_one_changed_paper_of_many_has_nothing_computed_again():
    papers_in([0], 1)
    TrendWeek.objects.create(week=WEEK - timedelta(weeks=1), changes=1000)
    gather()
    while compute_next_week(now=NOW):
        pass
    papers_in([0], 1)
    gather()
    assert waiting() == []
    papers_in([0], 5)
    gather()
    assert waiting() == ["2026-02-16"]


def test_a_new_version_of_the_statistic_has_every_week_computed_again(monkeypatch):
    papers_in([0, 1], 1)
    gather()
    while compute_next_week(now=NOW):
        pass
    monkeypatch.setattr("apps.discovery.trends.statistic.VERSION", 2)
    assert waiting() == ["2026-02-16", "2026-02-09"]


def test_the_number_of_queries_does_not_grow_with_papers(django_assert_num_queries):
    papers_in([*LAST, *BEFORE])
    rising()
    compute()
    with django_assert_num_queries(QUERIES):
        compute_week(WEEK, now=NOW)
    papers_in([*LAST, *BEFORE], 4, categories=["cs.LG", "cs.CL"])
    papers_in(LAST, 3, title="Dark matter", categories=["cs.LG"])
    gather()
    with django_assert_num_queries(QUERIES):
        compute_week(WEEK, now=NOW)
    assert Trend.objects.count() > 2
    assert PaperTerms.objects.count() == Paper.objects.count()


QUERIES = 16
"""Papers, three settings and tables, two counts, papers of terms, authors, labels, writing."""
