"""Pages for what goes wrong: 400, 403, 404 and 500, each of which leads on."""

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from lxml import html

from apps.public.pages.site import errors
from apps.public.site.url_guess import arxiv_id_in, search_words_in
from apps.text.arxiv.identifiers import ArxivId
from tests.support.factories import publish_paper


@pytest.mark.parametrize(
    ("path", "identifier"),
    [
        pytest.param("/abs/2502.21321", ArxivId("2502.21321"), id="as on arXiv"),
        pytest.param("/2502.21321v2.pdf", ArxivId("2502.21321", 2), id="a file"),
        pytest.param("/en/sheep/hep-th/9901001/x", ArxivId("hep-th/9901001"), id="old style"),
        pytest.param("/math.GT/0309136", ArxivId("math/0309136"), id="with subject class"),
        pytest.param("/x%2F2502.21321", ArxivId("2502.21321"), id="encoded"),
        pytest.param("/2513.00001/2502.21321", ArxivId("2502.21321"), id="after what is none"),
        pytest.param("/12502.21321", None, id="within a longer number"),
        pytest.param("/2502.213210", None, id="too long a number"),
        pytest.param("/papers/1234567/", None, id="a word of this site before seven digits"),
        pytest.param("/sheep/", None, id="none"),
        pytest.param("/" + "9" * 5000, None, id="endless"),
    ],
)
def test_an_identifier_is_found_wherever_it_stands(path, identifier):
    assert arxiv_id_in(path) == identifier


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/en/graph-neural_networks.html", "graph neural networks", id="words"),
        pytest.param("/%E5%BC%B7%E5%8C%96%E5%AD%A6%E7%BF%92/", "強化学習", id="Japanese"),
        pytest.param("/papers/sheep/", "sheep", id="parts of this site"),
        pytest.param("/days/2025-02-31/", "", id="numbers"),
        pytest.param("/" + "word-" * 200, "word " * 19 + "word", id="as many as fit"),
        pytest.param("/%00%ff/", "", id="no text"),
    ],
)
def test_the_words_of_a_path_are_offered_to_the_search(path, words):
    assert search_words_in(path) == words


@pytest.mark.django_db
@pytest.mark.usefixtures("notices")
class TestNotFound:
    """404, in the frame of the site."""

    def test_it_offers_a_search_and_the_latest_days(self, client):
        publish_paper(title="Sheep")
        page = html.fromstring(client.get("/en/graph-networks/").content)
        assert page.xpath("//main//input[@name='q']/@value") == ["graph networks"]
        assert page.xpath("//main//form/@action") == ["/en/search/"]
        assert any("/en/days/2026-03-" in href for href in page.xpath("//main//a/@href"))
        landmarks = page.xpath("//*[@role='search']")
        assert len({each.get("aria-label") for each in landmarks}) == len(landmarks) == 2

    def test_it_offers_the_paper_that_the_path_names(self, client):
        page = html.fromstring(client.get("/en/abs/2502.21321v2").content)
        assert {"/en/papers/2502.21321/", "https://arxiv.org/abs/2502.21321v2"} <= set(
            page.xpath("//main//a/@href")
        )

    def test_words_of_a_path_stay_text(self, client):
        response = client.get('/"><script>alert(1)<%2Fscript>/')
        assert response.status_code == 404
        page = html.fromstring(response.content)
        assert page.xpath("//main//input/@value") == ["script alert script"]
        assert not list(page.find(".//main").iter("script"))

    def test_the_api_keeps_its_own_form(self, client):
        assert client.get("/api/v1/x")["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize("papers", [1, 6])
    def test_queries_do_not_grow(self, client, django_assert_num_queries, papers):
        for number in range(papers):
            publish_paper(title=f"Sheep {number}")
        with django_assert_num_queries(2):
            assert client.get("/sheep/").status_code == 404


PLAIN = [
    pytest.param(errors.server_error, (), 500, id="500"),
    pytest.param(errors.bad_request, (ValueError(),), 400, id="400"),
    pytest.param(errors.forbidden, (PermissionError(),), 403, id="403"),
    pytest.param(errors.form_refused, (), 403, id="a form refused"),
]


@pytest.mark.parametrize(("view", "said", "status"), PLAIN)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_other_errors_need_no_database_and_speak_the_language_of_the_path(
    view, said, status, language
):
    """There is no mark for the database here: a query would fail this test."""
    path = "/papers/2502.21321/" if language == "ja" else "/en/papers/2502.21321/"
    response = view(RequestFactory().get(path), *said)
    page = html.fromstring(response.content)
    assert response.status_code == status
    assert page.get("lang") == language
    assert page.xpath("//main//a/@href") == [
        "/" if language == "ja" else "/en/",
        "https://arxiv.org/abs/2502.21321",
    ]
    assert page.xpath("string(//title)") == page.xpath("string(//h1)") != ""
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize(("view", "said", "status"), PLAIN[:3])
def test_programs_get_a_problem_document(view, said, status):
    response = view(RequestFactory().get("/api/v1/papers/"), *said)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


def test_a_foreign_host_gets_a_400_page(client):
    response = client.get("/en/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "its host is not this site" in response.content.decode()
    assert "evil.example" not in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_a_page_with_advice():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "<h1>" in response.content.decode()
    assert "papersite/site.css" in response.content.decode()


def test_the_message_of_a_refusal_is_shown_as_text():
    refused = SimpleNamespace(args=("<b>no</b>",))
    body = errors.forbidden(RequestFactory().get("/en/"), refused).content.decode()
    assert "&lt;b&gt;no&lt;/b&gt;" in body
