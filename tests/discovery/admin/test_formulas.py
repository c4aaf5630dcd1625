"""The formulae in the admin: every version, what it is made of, and how many scores it has."""

import pytest
from django.db import connection
from django.urls import reverse

from apps.discovery.models import Score
from apps.discovery.scoring import counts
from apps.discovery.scoring.counts import RowCount, count_scores
from apps.discovery.scoring.formulas import FORMULAS
from tests.support.builders import NOW, build_paper

pytestmark = pytest.mark.django_db


def score(number: int) -> None:
    for _ in range(number):
        Score.objects.create(paper=build_paper(), formula=2, value=1, components=[], scored_at=NOW)


def test_the_page_shows_every_version_with_its_components(admin_client):
    score(3)
    answer = admin_client.get(reverse("admin:discovery_score_formulae"))
    page = answer.content.decode()
    for version, formula in FORMULAS.items():
        assert f'id="formula-{version}"' in page
        assert all(part.name in page for part in formula.components)
    rows = {row["formula"].version: row for row in answer.context["rows"]}
    assert [version for version, row in rows.items() if row["in_force"]] == [2]
    assert rows[2]["scores"] == RowCount(3, exact=True)
    assert (
        f'href="{reverse("admin:discovery_score_formulae")}"'
        in admin_client.get(reverse("admin:discovery_score_changelist")).content.decode()
    )


def test_few_scores_are_counted_and_many_are_estimated(monkeypatch):
    score(5)
    assert count_scores(2) == RowCount(5, exact=True)
    assert count_scores(1) == RowCount(0, exact=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE discovery_score")
    monkeypatch.setattr(counts, "COUNTED", 3)
    assert count_scores(2) == RowCount(5, exact=False)
