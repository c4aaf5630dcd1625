"""Fixtures of the tests of the public pages."""

from datetime import timedelta

import pytest
from django.utils import translation

from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.support.published import index_all
from tests.support.reading.reader import Reader


@pytest.fixture(autouse=True)
def _language():
    """Reset the interface language, which requests change."""
    with translation.override("ja"):
        yield


@pytest.fixture
def four_papers():
    """Four papers, the newest first; two of cs.CL, one about goats."""
    for number, (code, title) in enumerate(
        [("cs.CL", "Sheep"), ("cs.LG", "Goats"), ("cs.CL", "Cows"), ("math.ST", "Hens")], start=1
    ):
        publish_paper(
            arxiv_id=f"2602.0000{number}",
            title=title,
            categories=[code],
            primary_category=code,
            submitted_at=NOW - timedelta(hours=number),
        )
    index_all()


@pytest.fixture
def reader(chromium, live_server, four_papers):
    somebody = Reader(chromium, live_server.url)
    yield somebody
    somebody.context.close()
    assert somebody.said == []
