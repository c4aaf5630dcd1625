"""More than one language of translations: each has its own addresses, and links stay in it."""

import pytest
from django.urls import clear_url_caches
from lxml import html

from apps.public.site.content_language import content_language, in_content_language
from apps.translation.models import Translation
from tests.support import two_languages as addresses
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

PAPER = "/papers/2602.00077/"


@pytest.fixture
def two_languages(settings):
    settings.TARGET_LANGUAGES = ["ja", "ko"]
    settings.ROOT_URLCONF = addresses.__name__
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def papers():
    """One paper in Japanese, another one in Korean."""
    publish_paper(
        arxiv_id="2602.00076", title="Sheep", texts={"Sheep": "羊"}, submitted_at=NOW, scored=False
    )
    korean = publish_paper(
        arxiv_id="2602.00077",
        title="Goats",
        texts={"Goats": "염소"},
        submitted_at=NOW,
        scored=False,
    )
    Translation.objects.filter(pk=korean.pk).update(language="ko")


def page_at(client, address: str, status: int = 200):
    answer = client.get(address)
    assert answer.status_code == status
    return html.fromstring(answer.content)


@pytest.mark.parametrize(
    ("prefix", "title"),
    [("", "羊"), ("/en", "羊"), ("/in/ko", "염소"), ("/en/in/ko", "염소")],
    ids=["first language", "first, in English", "second", "second, in English"],
)
def test_the_address_says_the_language_of_papers(client, two_languages, papers, prefix, title):
    page = page_at(client, f"{prefix}/categories/cs.CL/")
    assert page.xpath("//*[contains(@class, 'headline')]//text()") == [title]


@pytest.mark.parametrize("address", ["/in/ko/categories/cs.CL/", f"/in/ko{PAPER}"])
def test_links_stay_in_the_language_of_their_page(client, two_languages, papers, address):
    page = page_at(client, address)
    links = page.xpath("//main//a/@href[starts-with(., '/') and not(starts-with(., '/api/'))]")
    assert links
    assert [link for link in links if not link.startswith("/in/ko/")] == []
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(address)
    assert {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")}[
        "en"
    ].endswith(f"/en{address}")


def test_a_paper_is_not_there_in_a_language_without_translation(client, two_languages, papers):
    page_at(client, PAPER, 404)
    page_at(client, f"/in/ko{PAPER}")


def test_every_page_leads_to_itself_in_the_other_language(client, two_languages, papers):
    page = page_at(client, "/en/categories/cs.CL/")
    (link,) = page.xpath("//ul[@aria-label='Language of the translations']//a")
    assert (link.get("href"), link.text) == ("/en/in/ko/categories/cs.CL/", "Papers in Korean")
    back = page_at(client, link.get("href"))
    (link,) = back.xpath("//ul[@aria-label='Language of the translations']//a")
    assert link.get("href") == "/en/categories/cs.CL/"


def test_with_one_language_nothing_speaks_of_others(client, papers):
    page = page_at(client, "/categories/cs.CL/")
    assert len(page.xpath("//ul[@class='languages']")) == 1
    assert client.get("/in/ko/categories/cs.CL/").status_code == 404


def test_a_language_is_active_for_its_request_only(client, two_languages, papers):
    client.get("/in/ko/")
    assert content_language() == "ja"
    with in_content_language("ko"):
        assert content_language() == "ko"
    assert content_language() == "ja"
