"""The site's map: valid, small, stable, and of what may be listed only."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from apps.public.pages.site import sitemap_sections
from tests.support.builders import NOW
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
SITE = "https://papers.example.org"
JUNE = datetime(2024, 6, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def map_at(client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.content)


def addresses_in(root: etree._Element) -> list[str]:
    return [loc.text.removeprefix(SITE) for loc in root.iterfind(".//s:loc", NAMES)]


def change_of(root: etree._Element, address: str) -> str | None:
    return root.findtext(f".//*[s:loc='{SITE}{address}']/s:lastmod", namespaces=NAMES)


def test_the_index_names_each_week_once_and_its_latest_change(client):
    for hours in (0, 24):
        publish_paper(submitted_at=JUNE + timedelta(hours=hours))
    publish_paper(submitted_at=NOW)
    index = map_at(client, "/sitemap.xml")
    assert addresses_in(index) == [
        "/sitemaps/ja/pages.xml",
        "/sitemaps/ja/2026-W10.xml",
        "/sitemaps/ja/2024-W23.xml",
    ]
    assert change_of(index, "/sitemaps/ja/2024-W23.xml") == "2026-03-02T06:00:00Z"
    for address in addresses_in(index):
        map_at(client, address)


def test_a_week_without_recent_changes_has_no_date(client, monkeypatch):
    monkeypatch.setattr(sitemap_sections, "CHANGES_LOOKED_AT", 1)
    old = publish_paper(submitted_at=JUNE)
    type(old).objects.filter(pk=old.pk).update(updated_at=JUNE)
    publish_paper(submitted_at=NOW)
    index = map_at(client, "/sitemap.xml")
    assert change_of(index, "/sitemaps/ja/2024-W23.xml") is None
    assert change_of(index, "/sitemaps/ja/2026-W10.xml")


def test_a_section_holds_its_days_and_papers_in_each_language(client):
    paper = publish_paper(arxiv_id="hep-th/9901001", submitted_at=JUNE)
    publish_paper(submitted_at=JUNE + timedelta(days=7))
    section = map_at(client, "/sitemaps/ja/2024-W23.xml")
    pages = ["/days/2024-06-05/", "/papers/hep-th/9901001/"]
    assert addresses_in(section) == [f"{root}{page}" for page in pages for root in ("", "/en")]
    for entry in section.iterfind("s:url", NAMES):
        (page,) = {
            entry.findtext("s:loc", namespaces=NAMES).removeprefix(root)
            for root in (SITE, f"{SITE}/en")
        } & set(pages)
        links = {link.get("hreflang"): link.get("href") for link in entry.iterfind("x:link", NAMES)}
        assert links == {
            "ja": f"{SITE}{page}",
            "en": f"{SITE}/en{page}",
            "x-default": f"{SITE}{page}",
        }
    assert datetime.fromisoformat(change_of(section, "/en/papers/hep-th/9901001/")) == max(
        paper.updated_at, paper.paper.changed_at
    )
    for address in addresses_in(section):
        assert client.get(address).status_code == 200


def test_the_other_pages_are_in_a_section_of_their_own(client):
    publish_paper(submitted_at=JUNE)
    addresses = addresses_in(map_at(client, "/sitemaps/ja/pages.xml"))
    assert len(addresses) == len(set(addresses))
    for address in ("/", "/en/", "/about/", "/categories/cs.CL/", "/en/days/2024-06/"):
        assert address in addresses
    assert "/categories/math.ST/" not in addresses
    for address in addresses:
        assert "2024-06" in address or client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        pytest.param({}, True, id="published"),
        pytest.param({"status": "reviewed"}, True, id="reviewed"),
        pytest.param({"status": "unpublished"}, False, id="taken down"),
        pytest.param({"status": "held"}, False, id="held"),
        pytest.param({"language": "ko"}, False, id="another language"),
    ],
)
def test_only_what_is_public_is_there(client, change, listed):
    publish_paper(submitted_at=JUNE)
    translation = publish_paper(arxiv_id="2406.00001", submitted_at=JUNE)
    if change:
        type(translation).objects.filter(pk=translation.pk).update(**change)
    addresses = addresses_in(map_at(client, "/sitemaps/ja/2024-W23.xml"))
    assert ("/papers/2406.00001/" in addresses) == listed


def test_a_withdrawn_paper_is_not_there(client):
    translation = publish_paper(arxiv_id="2406.00001", submitted_at=JUNE)
    translation.paper.withdrawn_at = NOW
    translation.paper.save()
    assert client.get("/sitemaps/ja/2024-W23.xml").status_code == 404


def test_unreviewed_papers_stay_out_where_the_site_says_so(client, settings):
    settings.NOINDEX_UNREVIEWED = True
    publish_paper(arxiv_id="2406.00001", submitted_at=JUNE)
    publish_paper(arxiv_id="2406.00002", submitted_at=JUNE, reviewed=True)
    assert addresses_in(map_at(client, "/sitemaps/ja/2024-W23.xml"))[::2] == [
        "/days/2024-06-05/",
        "/papers/2406.00002/",
    ]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/sitemaps/ja/2024-W22.xml", id="week without papers"),
        pytest.param("/sitemaps/ja/2024-W60.xml", id="no week"),
        pytest.param("/sitemaps/ko/pages.xml", id="language that the site has not"),
    ],
)
def test_there_is_no_section_of_nothing(client, address):
    publish_paper(submitted_at=JUNE)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/sitemap.xml", 2), ("/sitemaps/ja/2024-W23.xml", 1), ("/sitemaps/ja/pages.xml", 2)],
)
def test_the_cost_does_not_grow_with_papers(client, address, queries, django_assert_num_queries):
    for hours in range(6):
        publish_paper(submitted_at=JUNE + timedelta(hours=hours))
    # And one for the edition under which the file is kept.
    with django_assert_num_queries(queries + 1):
        client.get(address)


def test_the_language_of_whoever_asks_changes_nothing(client):
    publish_paper(submitted_at=JUNE)
    for address in ("/sitemap.xml", "/sitemaps/ja/2024-W23.xml", "/sitemaps/ja/pages.xml"):
        ours, theirs = (
            client.get(address, headers={"Accept-Language": code}).content for code in ("ja", "en")
        )
        assert ours == theirs
