"""Terms are gathered once for each standing paper, and counts follow whatever happens to it."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from apps.discovery.models import PaperTerms, TrendWeek
from apps.discovery.tasks import compute_trends, extract_terms_pending
from apps.discovery.trends.extract_terms import drop_withdrawn, extract_terms_batch, without_terms
from apps.papers.models import Paper
from tests.discovery.trends.trend_papers import gather
from tests.support.builders import NOW, build_paper, fingerprint

TEXTS = ["dark matter", "spin glass", "dark matter halos", ""]
CATEGORIES = [["cs.CL"], ["cs.CL", "cs.LG"], ["cs.LG", "cs.CL"], []]


def counts() -> dict[tuple[str, str, str], int]:
    """Count the papers by week, category and term from the rows."""
    statement = f"""
        SELECT week::text, category, term, count(*) FROM {PaperTerms._meta.db_table}
        CROSS JOIN unnest(array_append(categories, '')) AS category CROSS JOIN unnest(terms) AS term
        GROUP BY 1, 2, 3
    """
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[:3]: row[3] for row in cursor}


def counts_from_scratch() -> dict[tuple[str, str, str], int]:
    """Count the same on a table that begins empty."""
    with transaction.atomic():
        PaperTerms.objects.all().delete()
        gather()
        counted = counts()
        transaction.set_rollback(True)
    return counted


class Lives(RuleBasedStateMachine):
    """Papers come, change, move, are withdrawn and restored; the stage works in between."""

    papers = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(target=papers, text=st.sampled_from(TEXTS), categories=st.sampled_from(CATEGORIES))
    def come(self, text, categories):
        return build_paper(title=f"On {text}", abstract="", categories=categories).pk

    @rule(paper=papers, text=st.sampled_from(TEXTS))
    def change(self, paper, text):
        title = f"On {text}"
        Paper.objects.filter(pk=paper).update(title=title, text_fingerprint=fingerprint(title, ""))

    @rule(paper=papers, categories=st.sampled_from(CATEGORIES))
    def list_elsewhere(self, paper, categories):
        Paper.objects.filter(pk=paper).update(categories=categories)

    @rule(paper=papers, weeks=st.integers(0, 2))
    def move(self, paper, weeks):
        Paper.objects.filter(pk=paper).update(submitted_at=NOW - timedelta(weeks=weeks))

    @rule(paper=papers, withdrawn_at=st.sampled_from([NOW, None]))
    def withdraw_or_restore(self, paper, withdrawn_at):
        Paper.objects.filter(pk=paper).update(withdrawn_at=withdrawn_at)

    @rule(limit=st.integers(1, 2))
    def work(self, limit):
        extract_terms_batch(changed_since=None, limit=limit)
        drop_withdrawn(changed_since=None, limit=limit)

    @invariant()
    def counts_are_those_from_scratch(self):
        with transaction.atomic():
            gather()
            counted = counts()
            transaction.set_rollback(True)
        assert counted == counts_from_scratch()


@pytest.mark.django_db
def test_counts_are_exact_whatever_happens_in_whatever_order():
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=30,
            stateful_step_count=12,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_a_row_says_what_its_paper_is_about():
    paper = build_paper(
        title="Spin glasses",
        abstract="On dark matter.",
        categories=["cs.CL", "cs.LG"],
        submitted_at=NOW,
    )
    gather()
    row = PaperTerms.objects.get()
    assert (row.paper, row.week.isoformat()) == (paper, "2026-03-02")
    assert row.terms == ["spin glass", "glass", "dark matter"]
    assert row.terms[: row.title_terms] == ["spin glass", "glass"]
    assert row.categories == ["cs.CL", "cs.LG"]
    assert not without_terms(None).exists()


@pytest.mark.django_db
def test_an_acronym_of_a_paper_is_counted_beside_its_long_form():
    build_paper(title="Group Relative Policy Optimization (GRPO)", abstract="GRPO is stable.")
    gather()
    assert PaperTerms.objects.get().terms == ["group relative policy optimization", "grpo"]


@pytest.mark.django_db
def test_only_papers_changed_lately_are_looked_at():
    build_paper(changed_at=NOW - timedelta(days=9))
    assert extract_terms_batch(changed_since=NOW - timedelta(days=2)) == 0
    assert extract_terms_batch(changed_since=None) == 1


@pytest.mark.django_db
def test_every_change_is_noted_with_its_week():
    papers = [build_paper(submitted_at=NOW) for _ in range(3)]
    gather()
    Paper.objects.filter(pk=papers[0].pk).update(submitted_at=NOW - timedelta(weeks=1))
    Paper.objects.filter(pk=papers[1].pk).update(withdrawn_at=NOW)
    gather()
    noted = {str(row.week): row.changes for row in TrendWeek.objects.all()}
    assert noted == {"2026-03-02": 5, "2026-02-23": 1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_papers_and_do_not_wait_for_each_other():
    for number in range(60):
        build_paper(submitted_at=NOW - timedelta(weeks=number % 7))
    done: list[int] = []

    def work() -> None:
        try:
            while found := extract_terms_batch(changed_since=None, limit=4):
                done.append(found)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    gather()
    assert PaperTerms.objects.count() == 60
    assert sum(TrendWeek.objects.values_list("changes", flat=True)) == 60


@pytest.mark.django_db
def test_sweeps_gather_what_changed_lately_and_the_nightly_one_everything():
    submitted = timezone.now() - timedelta(weeks=3)
    build_paper(changed_at=timezone.now() - timedelta(days=9), submitted_at=submitted)
    lately = build_paper(changed_at=timezone.now(), submitted_at=submitted)
    assert extract_terms_pending() == 1
    assert PaperTerms.objects.get().paper == lately
    assert extract_terms_pending(everything=True) == 1
    assert extract_terms_pending(everything=True) == 0
    assert [compute_trends(), compute_trends()] == [1, 0]
