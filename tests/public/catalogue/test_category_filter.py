"""Narrowing a list to categories finds the same either way, and takes the shorter one."""

import pytest

from apps.public.catalogue import category_filter
from apps.public.catalogue.category_filter import filter_by_categories
from apps.public.catalogue.papers import listed_translations
from tests.support.factories import publish_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers():
    for number, categories in enumerate([["cs.CL"], ["cs.CL", "math.ST"], ["hep-th"]], start=1):
        publish_paper(arxiv_id=f"2602.0000{number}", categories=categories)


@pytest.mark.parametrize("spread", [0, 170], ids=["along the list", "from the papers"])
@pytest.mark.parametrize(
    ("categories", "numbers"),
    [(["cs.CL"], "12"), (["math.ST"], "2"), (["math.ST", "hep-th"], "23"), (["cs.XX"], "")],
)
def test_the_same_papers_are_found(papers, monkeypatch, spread, categories, numbers):
    monkeypatch.setattr(category_filter, "SPREAD", spread)
    found = filter_by_categories(listed_translations("ja"), categories, "ja")
    identifiers = found.values_list("paper__arxiv_id", flat=True)
    assert sorted(identifier[-1] for identifier in identifiers) == list(numbers)


@pytest.mark.parametrize(("spread", "collects"), [(0, False), (170, True)])
def test_the_papers_of_small_categories_are_collected(papers, monkeypatch, spread, collects):
    monkeypatch.setattr(category_filter, "SPREAD", spread)
    statement = str(filter_by_categories(listed_translations("ja"), ["cs.CL"], "ja").query)
    assert ("= ANY(ARRAY(" in statement) == collects
