"""Conditional requests and caching."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.papers.models import Paper
from apps.public.site.notices import add_notice
from apps.translation.models import Translation
from tests.public.api.small_site import ADDRESSES, PAPER, build_site
from tests.support.builders import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices", "site")]

WITHOUT_CONTENT_VERSION = {"translations", "trends", "glossary", "problem-types", "problem-type"}
WITH_CONTENT_VERSION = sorted(set(ADDRESSES) - WITHOUT_CONTENT_VERSION)
LIST, DOCUMENT = "/api/v1/papers/", f"/api/v1/papers/{PAPER}/"


@pytest.fixture
def site(notices):
    build_site()
    # Long ago, so that the site has settled.
    Translation.objects.update(updated_at=NOW)
    Paper.objects.update(changed_at=NOW)


@pytest.fixture
def settled(monkeypatch, settings):
    """The site as it is some days after the latest change."""
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr("apps.public.api.views.timezone.now", lambda: later)


@pytest.mark.parametrize("method", ["get", "head"])
def test_an_unchanged_answer_is_304(client, settled, method):
    for name in ADDRESSES:
        address = f"/api/v1/{ADDRESSES[name]}"
        first = client.get(address)
        assert first["ETag"].startswith('W/"')
        again = getattr(client, method)(address, headers={"If-None-Match": first["ETag"]})
        if name in WITH_CONTENT_VERSION or method == "get":
            assert (again.status_code, again.content) == (304, b""), name
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == "public, max-age=60"
        assert {"Accept", "Accept-Language"} <= set(again["Vary"].split(", "))


def test_a_304_costs_one_query(client, settled, django_assert_num_queries):
    for name in WITH_CONTENT_VERSION:
        address = f"/api/v1/{ADDRESSES[name]}"
        first = client.get(address)
        for known in (
            {"If-None-Match": first["ETag"]},
            {"If-Modified-Since": first["Last-Modified"]},
        ):
            with django_assert_num_queries(1):
                assert client.get(address, headers=known).status_code == 304, name


@pytest.mark.parametrize("address", [LIST, DOCUMENT])
def test_an_etag_depends_on_url_and_language(client, settled, address):
    tags = [
        client.get(address, headers={"Accept-Language": "ja"})["ETag"],
        client.get(address, headers={"Accept-Language": "en"})["ETag"],
        client.get(f"{address}?fields=title")["ETag"],
        client.get(f"{address}?fields=summary")["ETag"],
    ]
    assert len(set(tags)) == len(tags)


def test_a_release_changes_every_etag(client, settled, settings):
    first = client.get(DOCUMENT)["ETag"]
    settings.RELEASED_AT = NOW
    assert client.get(DOCUMENT)["ETag"] != first


@pytest.mark.parametrize("address", [LIST, DOCUMENT])
def test_a_change_changes_the_etag(client, settled, address):
    first = client.get(address)
    add_notice(key="disclaimer", language="ja", text="新しい免責。", now=NOW.replace(year=2027))
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["notices"]["disclaimer"]["text"] == "新しい免責。"


@pytest.mark.parametrize("address", [f"{LIST}?sheep=1", "/api/v1/papers/2602.99999/"])
def test_no_condition_hides_a_problem(client, address):
    for condition in (
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ):
        response = client.get(address, headers=condition)
        assert response.status_code in (400, 404)
        assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["papers", "glossary"])
@pytest.mark.parametrize(
    "condition",
    [{"If-Match": '"sheep"'}, {"If-Unmodified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}],
    ids=["If-Match", "If-Unmodified-Since"],
)
def test_a_condition_that_does_not_hold_is_a_problem(client, settled, name, condition):
    response = client.get(f"/api/v1/{ADDRESSES[name]}", headers=condition)
    if name == "glossary" and "If-Match" not in condition:
        assert response.status_code == 200
        return
    assert response.status_code == 412
    assert response["Content-Type"] == "application/problem+json"


def test_answers_to_tokens_are_private(client):
    response = client.get(LIST, headers={"Authorization": "Bearer sheep"})
    assert response["Cache-Control"].startswith(("private", "no-store"))


@pytest.mark.parametrize(("accepted", "language"), [("en", "en"), ("ja", "ja"), ("fr", "ja")])
def test_content_language_reports_the_language_of_labels(client, accepted, language):
    for address in (LIST, DOCUMENT, f"{LIST}?sheep=1"):
        response = client.get(address, headers={"Accept-Language": accepted})
        assert response["Content-Language"] == language
