"""Addresses: every spelling of an identifier, and what is said where there is nothing."""

import pytest
from django.db import OperationalError
from lxml import html

from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


@pytest.mark.parametrize(
    ("spelling", "canonical"),
    [
        pytest.param("2405.10999v2", "2405.10999", id="with version"),
        pytest.param("arXiv:2405.10999", "2405.10999", id="with prefix"),
        pytest.param("https://arxiv.org/abs/2405.10999v1", "2405.10999", id="address"),
        pytest.param("HEP-TH/9901001v3", "hep-th/9901001", id="old style"),
        pytest.param("math.GT/0309136", "math/0309136", id="with subject class"),
    ],
)
def test_other_spellings_lead_to_the_canonical_address(client, spelling, canonical):
    response = client.get(f"/papers/{spelling}/")
    assert response.status_code == 301
    assert response["Location"] == f"/papers/{canonical}/"


def test_an_old_identifier_has_its_page(client):
    publish_paper(arxiv_id="hep-th/9901001")
    assert client.get("/papers/hep-th/9901001/").status_code == 200
    assert client.get("/papers/hep-th/9901001").status_code == 301
    assert client.get("/api/v1/papers/hep-th/9901001/").json()["arxiv_id"] == "hep-th/9901001"


@pytest.mark.parametrize(
    ("address", "help_offered"),
    [
        pytest.param("/papers/2405.77777/", "https://arxiv.org/abs/2405.77777", id="unknown"),
        pytest.param("/papers/sheep/", "https://arxiv.org/search/", id="no identifier"),
        pytest.param("/sheep/", "/categories/", id="no page"),
        pytest.param("/sheep/2405.77777/", "/papers/2405.77777/", id="an identifier somewhere"),
        pytest.param("/days/2024-13-40/", "/categories/", id="no day"),
        pytest.param("/?after=sheep", None, id="home ignores what it does not know"),
        pytest.param("/categories/cs.CL/?after=sheep", "/categories/", id="no place"),
    ],
)
def test_missing_pages_help(client, address, help_offered):
    response = client.get(address)
    if help_offered is None:
        assert response.status_code == 200
        return
    assert response.status_code == 404
    assert help_offered in html.fromstring(response.content).xpath("//main//a/@href")


def test_an_unknown_address_of_the_api_is_a_problem_document(client):
    response = client.get("/api/v1/sheep/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "/api/v1/docs/" in response.json()["detail"]


def test_a_broken_page_says_sorry_without_the_database(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("apps.public.pages.browse.lists.days_with_papers", lambda language: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    assert "サーバーでエラーが発生しました" in response.content.decode()


def test_health_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/healthz").json()["status"] == "ok"


def test_health_says_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("apps.public.pages.site.well_known.connection.cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "no answer"}
