"""The content of each resource."""

from datetime import timedelta

import pytest

from apps.discovery.author_index import index_authors_batch
from apps.papers.models import PaperVersion
from apps.public.site.notices import add_notice
from apps.translation.glossary.service import store_terms
from apps.translation.models import GlossaryTerm
from tests.public.api.small_site import PAPER, build_site
from tests.support.builders import NOW
from tests.support.factories import publish_paper
from tests.translation.glossary.glossary_entries import entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]


def results(client, address: str, member: str) -> list:
    """The values of a member in all pages of a list."""
    found, address = [], f"/api/v1/{address}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.content
        found += [each[member] for each in response.json()["results"]]
        address = response.json()["next"]
    return found


def test_the_entry_point_links_to_every_resource(client):
    build_site()
    service = client.get("/api/v1/", headers={"Accept-Language": "en"}).json()
    paper = service["resources"].pop("paper").replace("{arxiv_id}", PAPER)
    search = service["resources"].pop("search") + "?q=effect"
    addresses = [paper, search, *service["resources"].values(), service["schema_url"]]
    for address in (*addresses, service["documentation_url"]):
        assert client.get(address).status_code == 200, address
    assert service["languages"] == [
        {
            "code": "ja",
            "name": "Japanese",
            "is_default": True,
            "papers_url": "http://127.0.0.1:8000/api/v1/papers/",
        }
    ]
    assert [part["part"] for part in service["licences"]] == ["metadata", "translations"]
    assert service["limits"]["largest_page"] == 100
    assert service["notices"]["disclaimer"]["text"]


@pytest.fixture
def names():
    """Three papers; the second is taken down, and its author with it."""
    for number, authors in enumerate([["Ada Example", "Bert Example"], ["Adam Gone"], ["Äda Ex"]]):
        translation = publish_paper(
            authors=[{"name": name} for name in authors],
            submitted_at=NOW - timedelta(days=number),
        )
        if authors == ["Adam Gone"]:
            translation.status = "unpublished"
            translation.save()
    publish_paper(authors=[{"name": "ADA EXAMPLE"}], submitted_at=NOW - timedelta(days=9))
    while index_authors_batch(changed_since=None):
        pass


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ada-ex", "ada-example", "bert-example"]),
        ("?q=ada", ["ada-ex", "ada-example"]),
        ("?q=%C3%84DA%20exa", ["ada-example"]),
        ("?q=bert-ex", ["bert-example"]),
        ("?q=c", []),
        ("?limit=1", ["ada-ex", "ada-example", "bert-example"]),
        ("?limit=2&q=ada", ["ada-ex", "ada-example"]),
    ],
)
def test_names_are_found_by_prefix(client, names, query, found):
    assert results(client, f"authors/{query}", "key") == found


def test_a_name_is_spelled_as_on_its_newest_paper(client, names):
    names_found = client.get("/api/v1/authors/").json()["results"]
    assert [each["name"] for each in names_found] == ["Äda Ex", "Ada Example", "Bert Example"]
    assert names_found[1]["latest_submitted_at"] == "2026-03-02T06:00:00Z"


@pytest.mark.parametrize("spelling", ["ada-example", "Ada Example", "ÁDA  example"])
def test_every_spelling_of_a_name_finds_its_papers(client, names, spelling):
    found = client.get(f"/api/v1/authors/{spelling}/?limit=1").json()
    assert (found["key"], found["name"]) == ("ada-example", "Ada Example")
    assert [each["name"] for each in found["coauthors"]] == ["Bert Example"]
    assert results(client, f"authors/{spelling}/?limit=1", "authors") == [
        ["Ada Example", "Bert Example"],
        ["ADA EXAMPLE"],
    ]


def test_members_of_the_papers_of_a_name_can_be_chosen(client, names):
    (first, _) = client.get("/api/v1/authors/ada-example/?fields=title&expand=abstract").json()[
        "results"
    ]
    assert set(first) == {"title", "abstract", "original_abstract"}
    assert first["abstract"]


@pytest.fixture
def terms(names):
    store_terms(
        [
            entry("spin glass", "スピングラス"),
            entry("agent", "エージェント"),
            entry("agent", "作用物質", scope="q-bio.*"),
            entry("old term", "旧語"),
        ],
        origin="a.csv",
        now=NOW,
    )
    GlossaryTerm.objects.filter(source="old term").update(is_in_use=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["エージェント", "作用物質", "スピングラス"]),
        ("?limit=1", ["エージェント", "作用物質", "スピングラス"]),
        ("?q=SPIN-gl", ["スピングラス"]),
        ("?q=ピング", ["スピングラス"]),
        ("?q=%25", []),
        ("?scope=q-bio.*", ["作用物質"]),
        ("?scope=", ["エージェント", "スピングラス"]),
        ("?source_language=de", []),
    ],
)
def test_the_glossary_has_terms_in_use(client, terms, query, found):
    assert results(client, f"glossary/{query}", "target") == found


def test_a_day_has_its_categories_and_counts(client):
    for days in (0, 1, 1, 5):
        publish_paper(submitted_at=NOW - timedelta(days=days), categories=["cs.CL", "cs.LG"])
    day = client.get("/api/v1/days/2026-03-01/").json()
    assert (day["papers"], day["previous"], day["following"]) == (2, "2026-02-25", "2026-03-02")
    assert [(each["category"], each["papers"]) for each in day["categories"]] == [
        ("cs.CL", 2),
        ("cs.LG", 2),
    ]
    assert len(client.get(day["categories"][0]["url"]).json()["results"]) == 2


def test_a_category_links_to_its_papers(client):
    publish_paper(submitted_at=NOW)
    category = client.get("/api/v1/categories/cs.CL/").json()
    assert (category["field"], category["latest_day"]) == ("cs", "2026-03-02")
    assert len(client.get(category["papers_url"]).json()["results"]) == 1
    assert len(client.get(category["days_url"]).json()["results"]) == 1
    assert client.get("/api/v1/categories/cmp-lg/").json()["is_current"] is False


def test_all_versions_of_a_notice_are_listed(client):
    for text in ("三番目。", "四番目。"):
        add_notice(key="disclaimer", language="ja", text=text, now=NOW)
    assert results(client, "notices/disclaimer/?limit=1", "version") == [4, 3, 2, 1]
    in_force = client.get("/api/v1/notices/").json()["results"]
    assert [each["key"] for each in in_force] == ["disclaimer", "machine", "related", "score"]
    assert (in_force[0]["text"], in_force[0]["is_in_force"]) == ("四番目。", True)
    earlier = client.get("/api/v1/notices/disclaimer/3/").json()
    assert (earlier["text"], earlier["is_in_force"]) == ("三番目。", False)
    english = client.get("/api/v1/notices/disclaimer/", headers={"Accept-Language": "en"}).json()
    assert [each["version"] for each in english["results"]] == [1]


def test_the_translated_version_is_marked(client):
    translation = publish_paper(arxiv_id="2602.00009", latest_version=2, title="Sheep")
    PaperVersion.objects.create(
        paper=translation.paper, number=1, submitted_at=NOW, title="Goats", abstract="Old."
    )
    first, second = client.get("/api/v1/papers/2602.00009/versions/").json()["results"]
    assert (first["title"], first["is_latest"], first["is_translated"]) == ("Goats", False, False)
    assert (second["title"], second["is_latest"], second["is_translated"]) == ("Sheep", True, True)
    assert second["arxiv_url"] == "https://arxiv.org/abs/2602.00009v2"


def test_a_summary_has_its_origin(client):
    publish_paper(arxiv_id="2602.00009", abstract="We count. We stop.")
    summary = client.get("/api/v1/papers/2602.00009/summary/").json()
    assert (summary["origin"], summary["positions"]) == ("extracted", [0, 1])
    assert summary["summary"]
    assert [badge["code"] for badge in summary["badges"]] == ["memory"]


def test_a_missing_score_is_not_found(client):
    publish_paper(arxiv_id="2602.00009", scored=False)
    response = client.get("/api/v1/papers/2602.00009/score/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert "not computed yet" in response.json()["detail"]
    assert client.get("/api/v1/papers/2602.00009/").json()["score"] is None


@pytest.mark.parametrize("spelling", ["2602.00001v1", "arXiv:2602.00001", "HEP-TH/9901001"])
def test_every_spelling_of_an_identifier_is_understood(client, spelling):
    publish_paper(arxiv_id="2602.00001")
    publish_paper(arxiv_id="hep-th/9901001")
    assert client.get(f"/api/v1/papers/{spelling}/").status_code == 200


def test_an_old_identifier_works_with_every_part(client):
    publish_paper(arxiv_id="hep-th/9901001")
    for part in ("versions", "translations", "translations/ja", "summary", "score", "related"):
        assert client.get(f"/api/v1/papers/hep-th/9901001/{part}/").status_code == 200
