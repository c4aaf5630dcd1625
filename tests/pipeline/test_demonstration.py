"""What a newcomer sees: ten papers, published by the pipeline from a saved response."""

import pytest

from apps.papers.models import Paper
from apps.translation.models import SegmentOrigin, Translation
from apps.translation.status import TranslationStatus
from tests.support.demonstration import publish_demonstration, sweep_stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(notices):
    publish_demonstration()


def test_all_ten_papers_are_published_from_the_memory(demonstration):
    assert Paper.objects.count() == 10
    held = Translation.objects.exclude(status=TranslationStatus.PUBLISHED)
    assert list(held.values_list("paper__arxiv_id", "status_reason")) == []
    origins = Translation.objects.values_list("segments__origin", flat=True)
    assert set(origins) == {SegmentOrigin.MEMORY}


def test_running_everything_again_changes_nothing(demonstration):
    before = list(Translation.objects.order_by("id").values())
    publish_demonstration()
    assert list(Translation.objects.order_by("id").values()) == before
    assert {done for _stage, done in sweep_stages()} == {0}


def test_the_page_and_the_api_say_the_same_about_the_survey(demonstration, client):
    page = client.get("/papers/2502.21321/").content.decode()
    data = client.get("/api/v1/papers/2502.21321/").json()
    for field in ("title", "original_title", "date", "arxiv_url"):
        assert data[field] in page
    assert all(name in page for name in data["authors"])
    assert len(data["authors"]) == 10
    assert len(data["related"]) == 9
    for entry in data["related"]:
        assert entry["title"] in page
    assert len(data["score"]["components"]) == 8
    assert data["score"]["rank"]["of"] == 1
    assert data["summary"]
    assert data["notices"]["disclaimer"]["text"] in page
