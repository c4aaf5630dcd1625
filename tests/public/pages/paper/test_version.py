"""Pages of versions: which exist, what they show of text and translation, what changed."""

from datetime import timedelta

import pytest
from lxml import html

from apps.papers.models import PaperVersion
from apps.papers.store.fingerprints import text_fingerprint
from apps.translation.status import TranslationStatus
from tests.support.builders import NOW, build_paper
from tests.support.factories import TITLE, publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

OLD = ("Counting Sheep", "We count sheep. It takes 3 dogs.")
NEW = ("Counting Goats", "We count goats. It takes 4 dogs.")


def paper_with(text: tuple[str, str], *, latest: int = 1, **fields):
    title, abstract = text
    return build_paper(
        arxiv_id="2405.10999",
        title=title,
        abstract=abstract,
        latest_version=latest,
        text_fingerprint=text_fingerprint(*text),
        **fields,
    )


def version(paper, number: int, text: tuple[str, str] = ("", "")) -> None:
    PaperVersion.objects.create(
        paper=paper,
        number=number,
        title=text[0],
        abstract=text[1],
        submitted_at=NOW - timedelta(days=100 - number),
        size_kb=10 * number,
    )


def revise(paper, text: tuple[str, str], latest: int) -> None:
    paper.title, paper.abstract = text
    paper.latest_version, paper.text_fingerprint = latest, text_fingerprint(*text)
    paper.save()


def published_and_revised():
    """A paper whose first version is translated and whose third is not yet."""
    paper = paper_with(OLD)
    translation = publish_paper(paper=paper)
    revise(paper, NEW, 3)
    version(paper, 1, OLD)
    version(paper, 2)
    version(paper, 3)
    return translation


def page_of(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    return html.fromstring(response.content)


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_a_version_whose_translation_is_public_shows_it_with_its_own_text(client):
    published_and_revised()
    page = page_of(client, "/en/papers/2405.10999v1/")
    assert page.xpath("string(//h1)") == TITLE
    assert "Version 1 of 3" in words(page.xpath("//p[@class='eyebrow']")[0])
    spans = page.xpath("//span[@class='source']")
    sources = [span.xpath("string(node()[1])").strip() for span in spans]
    assert " ".join(sources) == OLD[1]
    assert "Counting Sheep" in words(page.xpath("//p[@class='original-title']")[0])
    assert page.xpath("//p[@class='warning']/a/@href") == ["/en/papers/2405.10999v3/"]
    assert page.xpath("//span[contains(@class,'badge')]/@class") == ["badge badge-memory"]


def test_the_newest_version_shows_its_english_until_it_is_translated(client):
    published_and_revised()
    page = page_of(client, "/en/papers/2405.10999v3/")
    assert page.xpath("string(//h1)") == "Counting Goats"
    assert page.xpath("//h1/@lang") == ["en"]
    text = words(page)
    assert "Its translation is not public yet" in text
    assert page.xpath("//p[@class='warning']/a/@href") == ["/en/papers/2405.10999/"]
    assert "We count goats." in text
    assert TITLE not in text


def test_a_version_without_collected_text_links_to_arxiv(client):
    published_and_revised()
    page = page_of(client, "/en/papers/2405.10999v2/")
    assert "abstract of this version have not been collected" in words(page)
    assert "https://arxiv.org/abs/2405.10999v2" in page.xpath("//main//a/@href")
    assert not page.xpath("//section[@class='changes']")


def test_what_changed_is_shown_word_by_word(client):
    published_and_revised()
    page = page_of(client, "/en/papers/2405.10999v1/")
    (section,) = page.xpath("//section[@class='changes']")
    assert "from version 1 to version 3" in words(section.find("h2"))
    assert [change.text for change in section.iter("del")] == ["Sheep", "sheep", "3"]
    assert [change.text for change in section.iter("ins")] == ["Goats", "goats", "4"]


def test_a_version_with_the_same_text_shares_the_translation(client):
    paper = paper_with(OLD, latest=2)
    publish_paper(paper=paper)
    version(paper, 1, OLD)
    version(paper, 2)
    page = page_of(client, "/en/papers/2405.10999v1/")
    assert page.xpath("string(//h1)") == TITLE
    assert page.xpath("//p[@class='warning']/a/@href") == ["/en/papers/2405.10999/"]
    assert "Title and abstract are the same in both" in words(page)


def test_versions_stay_out_of_search_engines_and_name_the_papers_page(client):
    published_and_revised()
    page = page_of(client, "/en/papers/2405.10999v1/")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, follow"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "http://127.0.0.1:8000/en/papers/2405.10999/"
    ]
    titles = {
        page_of(client, f"/en/papers/2405.10999{number}/").xpath("string(//title)")
        for number in ("", "v1", "v2", "v3")
    }
    assert len(titles) == 4


@pytest.mark.parametrize(
    ("address", "way"),
    [
        pytest.param("2405.10999v2", "2405.10999", id="the version that the paper's page shows"),
        pytest.param("2405.10999v9", "2405.10999", id="a version that nobody knows of"),
        pytest.param("arXiv:2405.10999v1", "2405.10999v1", id="another spelling of a version"),
        pytest.param("2405.77777v1", "2405.77777", id="a paper that is not here"),
    ],
)
def test_other_versions_lead_on(client, address, way):
    paper = paper_with(NEW, latest=2)
    publish_paper(paper=paper)
    version(paper, 1, OLD)
    response = client.get(f"/papers/{address}/")
    assert (response.status_code, response["Location"]) == (301, f"/papers/{way}/")


@pytest.mark.parametrize("status", TranslationStatus.values)
def test_a_superseded_translation_is_shown_nowhere(client, status):
    """The newest text is public; that of the first version once was, and is behind the door."""
    paper = paper_with(OLD)
    former = publish_paper(paper=paper)
    revise(paper, NEW, 2)
    version(paper, 1, OLD)
    publish_paper(paper=paper, texts={NEW[0]: "山羊を数える", "We count goats.": "山羊。"})
    former.refresh_from_db()
    assert former.status == TranslationStatus.SUPERSEDED
    if status not in ("published", "reviewed"):
        type(former).objects.filter(pk=former.pk).update(status=status)
    page = page_of(client, "/en/papers/2405.10999v1/")
    assert page.xpath("string(//h1)") == "Counting Sheep"
    assert TITLE not in words(page)
    assert "It is not translated here" in words(page)


def test_without_any_public_translation_no_version_shows(client):
    translation = published_and_revised()
    type(translation).objects.filter(pk=translation.pk).update(status="unpublished")
    assert client.get("/papers/2405.10999v1/")["Location"] == "/papers/2405.10999/"
    assert client.get("/papers/2405.10999/").status_code == 404


def test_a_withdrawn_paper_says_so_on_every_version(client):
    translation = published_and_revised()
    translation.paper.withdrawn_at = NOW
    translation.paper.save()
    for number in (1, 2, 3):
        text = words(page_of(client, f"/en/papers/2405.10999v{number}/"))
        assert "have withdrawn this paper" in text


def test_hostile_texts_of_versions_stay_text(client):
    translation = published_and_revised()
    PaperVersion.objects.filter(paper=translation.paper, number=2).update(
        title="<script>alert(1)</script> $x<y$", abstract="\u202e <img src=x onerror=alert(1)>"
    )
    page = page_of(client, "/papers/2405.10999v2/")
    assert [script.get("src") for script in page.iter("script")] == ["/static/papersite/keeping.js"]
    assert not list(page.iter("img"))
    assert "\u202e" not in page.xpath("string(//title)")


@pytest.mark.parametrize(("versions", "number", "queries"), [(3, 1, 5), (30, 1, 5), (30, 9, 4)])
def test_queries_do_not_grow_with_the_versions(
    client, django_assert_num_queries, versions, number, queries
):
    paper = paper_with(OLD)
    publish_paper(paper=paper)
    revise(paper, NEW, versions)
    for each in range(1, versions):
        version(paper, each, OLD if each == 1 else (f"Sheep {each}", "We."))
    with django_assert_num_queries(queries):
        page_of(client, f"/papers/2405.10999v{number}/")
