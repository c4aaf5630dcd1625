"""Scores in the admin: why a paper ranks where it does, for editors to read."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from apps.discovery.models import OutsideSignal, Score, ScoreRank
from apps.discovery.scoring.formulas import FORMULAS
from apps.discovery.scoring.rank import rank_batch
from apps.discovery.scoring.score import score_papers
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = pytest.mark.django_db
LIST = reverse("admin:discovery_score_changelist")


@pytest.fixture
def admin(admin_client, english):
    """An editor who reads English."""
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return admin_client


def paper_with_scores(**fields):
    paper = publish_paper(comments="Accepted to ACL 2026", **fields).paper
    score_papers([paper.pk], FORMULAS[1], now=NOW)
    return paper


def address_of(paper) -> str:
    return reverse("admin:discovery_score_change", args=[paper.scores.get(formula=2).pk])


def page_of(client, paper) -> str:
    page = client.get(address_of(paper)).content.decode()
    return " ".join(strip_tags(re.sub(r"</(t[dh]|br)>|<br>", " ", page)).split())


def found(client, **query) -> list[tuple[str, int]]:
    page = client.get(LIST, query)
    return [(score.paper.arxiv_id, score.formula) for score in page.context["cl"].result_list]


def test_a_score_shows_its_components_with_facts_and_points(admin):
    paper = paper_with_scores()
    page = page_of(admin, paper)
    stored = {part["name"]: part for part in paper.scores.get(formula=2).components}
    assert len(stored) == 8
    for component in FORMULAS[2].components:
        part = stored[component.name]
        assert (
            f"{component.fact_label(part['fact'])} {part['value']:.2f} {part['points']:.1f}" in page
        )
    assert "Accepted to ACL 2026" in page


def test_its_history_and_place_are_shown(admin):
    paper = paper_with_scores()
    page = page_of(admin, paper)
    assert "1 / 1 (cs.CL 20" in page
    for score in paper.scores.all():
        assert f"{score.formula} {score.value:.1f} 2026-03-02 06:00" in page


def test_outside_signals_stand_beside_the_score_with_source_and_date(admin):
    paper = paper_with_scores()
    assert "OUTSIDE_SIGNALS" in page_of(admin, paper)
    OutsideSignal.objects.create(paper=paper, source="openalex", citations=17, asked_at=NOW)
    assert "openalex 17 2026-03-02" in page_of(admin, paper)


def test_words_of_authors_are_escaped(admin):
    paper = publish_paper(comments="Accepted to <script>alert(1)</script> 2026").paper
    score = paper.scores.get()
    page = admin.get(reverse("admin:discovery_score_change", args=[score.pk]))
    assert b"<script>alert(1)" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


def test_scores_are_found_by_identifier_and_filtered(admin):
    paper_with_scores(arxiv_id="2603.90001")
    publish_paper(arxiv_id="2603.90002", primary_category="math.ST", categories=["math.ST"])
    publish_paper(arxiv_id="2603.90003", scored=False)
    one, other = ("2603.90001", 2), ("2603.90002", 2)
    old = ("2603.90001", 1)
    assert found(admin) == [other, old, one]
    assert found(admin, q="2603.90001") == [old, one]
    assert found(admin, q="2603.9000") == []
    assert found(admin, formula="1") == [old]
    assert found(admin, place="1") == [other, old, one]
    assert found(admin, place="none") == []
    ScoreRank.objects.filter(score__formula=1).delete()
    assert found(admin, place="none") == [old]
    assert found(admin, formula="x", place="y") == [other, old, one]


def test_a_day_and_category_show_their_places_in_order(admin):
    low, high = (
        publish_paper(arxiv_id=f"2603.9000{number}", submitted_at=NOW, comments=comments).paper
        for number, comments in ((1, ""), (2, "Accepted at ACL 2026"))
    )
    publish_paper(submitted_at=NOW - timedelta(days=2))
    publish_paper(submitted_at=NOW, primary_category="math.ST", categories=["math.ST"])
    rank_batch(now=NOW)
    in_order = [(high.arxiv_id, 2), (low.arxiv_id, 2)]
    assert found(admin, q="cs.CL 2026-03-02") == in_order
    assert len(found(admin, q="2026-03-02")) == 3
    assert found(admin, q="cs.CL")[:2] == in_order
    assert found(admin, q="cs.CL 2026-02-30") == []
    assert "q=cs.CL+2026-03-02&amp;formula=2" in admin.get(address_of(high)).content.decode()


def test_nothing_can_be_added_changed_or_deleted(admin):
    score = paper_with_scores().scores.get(formula=2)
    address = reverse("admin:discovery_score_change", args=[score.pk])
    assert admin.get(reverse("admin:discovery_score_add")).status_code == 403
    assert admin.post(address, {"value": "99"}).status_code == 403
    delete = reverse("admin:discovery_score_delete", args=[score.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403
    score.refresh_from_db()
    assert Score.objects.count() == 2


@pytest.mark.parametrize("papers", [2, 6])
def test_the_list_takes_as_many_queries_for_many_as_for_few(
    admin, papers, django_assert_max_num_queries
):
    for _ in range(papers):
        publish_paper()
    with django_assert_max_num_queries(6):
        admin.get(LIST)


def test_a_formula_that_the_code_no_longer_has_can_still_be_read(admin):
    paper = publish_paper(scored=False).paper
    score = Score.objects.create(
        paper=paper,
        formula=77,
        value=12,
        components=[{"name": "moon", "value": 0.5, "points": 12}],
        scored_at=NOW,
    )
    page = admin.get(reverse("admin:discovery_score_change", args=[score.pk]))
    assert "moon" in page.content.decode()
