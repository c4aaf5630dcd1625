"""Pages of authors' names: what they list, what they do not claim, and odd names."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from lxml import html

from apps.discovery.author_index import index_authors_batch
from apps.public.catalogue.authors import slug_of
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

ODD_NAMES = {
    "slash": "Ada/Bo Example",
    "quotes": 'Ada "Ace" O\'Neil',
    "right to left": "\u202eevil \u200fExample",
    "markup": "<b>Ada</b> & Bo",
    "TeX accent": r"J. M\"uller",
    "question mark and percent": "Ada? 100% #1",
    "Japanese": "山田 太郎",
    "dots": "A. B. C. D'Example Jr.",
}


def publish(title: str, *names: str, hours: int = 0):
    translation = publish_paper(
        title=title,
        texts={title: f"訳{title}"},
        authors=[{"name": name} for name in names],
        submitted_at=NOW - timedelta(hours=hours),
    )
    index_authors_batch(changed_since=None)
    return translation


def titles(response) -> list[str]:
    page = html.fromstring(response.content)
    return [found.text_content() for found in page.xpath("//article//*[@class='headline']")]


def test_papers_of_a_name_newest_first_however_it_is_spelt(client):
    publish("Old", "José Müller", hours=9)
    publish("Other", "Bo Sample")
    publish("New", "Bo Sample", "Jose Muller", hours=1)
    response = client.get("/en/authors/jose-muller/")
    page = html.fromstring(response.content)
    assert titles(response) == ["訳New", "訳Old"]
    assert page.xpath("string(//h1)") == "Jose Muller"
    text = " ".join(page.text_content().split())
    assert "Also printed as José Müller" in text
    assert "several people may share a name" in text
    assert page.xpath("//p[@class='coauthors']//a/@href") == ["/en/authors/bo-sample/"]
    assert "https://arxiv.org/search/?searchtype=author&query=Jose+Muller" in page.xpath(
        "//main//a/@href"
    )
    assert page.xpath("string(//title)").startswith("Papers by Jose Muller |")


@pytest.mark.parametrize(
    "spelling",
    ["Ada Example", "ada example", "ADA-EXAMPLE", "Ada%20%C3%89xample", "ada-example%2F"],
    ids=["as printed", "small", "capitals", "with an accent", "with a slash"],
)
def test_every_spelling_leads_to_one_address(client, spelling):
    response = client.get(f"/authors/{spelling}/")
    assert (response.status_code, response["Location"]) == (301, "/authors/ada-example/")


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_an_odd_name_is_linked_from_its_paper_and_has_a_page(client, name):
    translation = publish("Sheep", name, "Bo Sample")
    paper = html.fromstring(client.get(f"/papers/{translation.paper.arxiv_id}/").content)
    link = paper.xpath("//div[@class='authors']//a")[0]
    assert link.text_content() == name
    response = client.get(link.get("href"))
    assert (response.status_code, titles(response)) == (200, ["訳Sheep"])
    page = html.fromstring(response.content)
    assert "\u202e" not in page.xpath("string(//title)")
    assert not list(page.iter("b"))


def test_a_name_without_letters_has_no_link(client):
    translation = publish("Sheep", "???", "Bo Sample")
    page = html.fromstring(client.get(f"/papers/{translation.paper.arxiv_id}/").content)
    assert page.xpath("//div[@class='authors']//bdi/text()") == ["???", "Bo Sample"]
    assert page.xpath("//div[@class='authors']//a/@href") == ["/authors/bo-sample/"]


@pytest.mark.parametrize(
    "address",
    ["/en/authors/nobody-at-all/", "/en/authors/%3F%3F%3F/", "/en/authors/x%00y/"],
    ids=["unknown", "no letters", "a control character"],
)
def test_an_unknown_name_helps(client, address):
    response = client.get(address, follow=True)
    page = html.fromstring(response.content)
    assert response.status_code == 404
    assert any("arxiv.org/search/" in href for href in page.xpath("//main//a/@href"))
    assert any("/en/search/?q=" in href for href in page.xpath("//main//a/@href"))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]


def test_a_broken_place_is_no_page(client):
    publish("Sheep", "Ada Example")
    assert client.get("/authors/ada-example/?after=sheep").status_code == 404


def test_only_what_is_public_is_listed(client):
    shown = publish("Shown", "Ada Example")
    withdrawn = publish("Withdrawn", "Ada Example")
    withdrawn.paper.withdrawn_at = NOW
    withdrawn.paper.save()
    hidden = publish("Hidden", "Ada Example")
    hidden.status = "unpublished"
    hidden.save()
    other = publish("Other language", "Ada Example")
    other.language = "ko"
    other.save()
    assert titles(client.get("/authors/ada-example/")) == [f"訳{shown.paper.title}"]


def test_pages_follow_one_another_and_show_every_paper_once(client, monkeypatch):
    monkeypatch.setattr("apps.public.pages.browse.author.PAPERS_PER_PAGE", 2)
    for number, hours in enumerate((1, 5, 5, 9, 12)):
        publish(f"Paper {number}", "Ada Example", hours=hours)
    seen, address = [], "/authors/ada-example/"
    while address:
        response = client.get(address)
        seen += titles(response)
        links = html.fromstring(response.content).xpath("//a[@rel='next']/@href")
        address = links[0] if links else ""
    assert sorted(seen) == [f"訳Paper {number}" for number in range(5)]
    assert seen[0] == "訳Paper 0"
    assert seen[-1] == "訳Paper 4"


@pytest.mark.parametrize("papers", [2, 8])
def test_queries_do_not_grow_with_the_papers(client, django_assert_num_queries, papers):
    for number in range(papers):
        publish(f"Paper {number}", "Ada Example", *(f"Author {n}" for n in range(30)))
    with django_assert_num_queries(6):
        assert client.get("/authors/ada-example/").status_code == 200


def test_three_hundred_coauthors_are_cut_to_the_most_frequent(client):
    publish("Large", "Ada Example", *(f"Member {chr(65 + n % 26)}{n}" for n in range(300)))
    publish("Small", "Ada Example", "Bo Sample", hours=1)
    publish("Small too", "Ada Example", "Bo Sample", hours=2)
    page = html.fromstring(client.get("/authors/ada-example/").content)
    names = page.xpath("//p[@class='coauthors']//bdi/text()")
    assert len(names) == 12
    assert names[0] == "Bo Sample"


@pytest.mark.parametrize("name", [*ODD_NAMES.values(), "a" * 400, "é" * 200])
def test_the_slug_of_a_slug_is_itself(name):
    slug = slug_of(name)
    assert slug_of(slug) == slug == slug_of(unquote(slug))
    assert "/" not in slug
