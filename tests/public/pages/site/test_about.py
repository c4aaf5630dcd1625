"""Pages about the site: what they say is what the settings and the data say."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from apps.harvest.models import HarvestRun, RunKind, RunStatus
from apps.papers.records import SourceFormat
from apps.translation.models import Translation
from tests.support.builders import build_paper
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notices")]

PAGES = [
    "about/",
    "about/score/",
    "about/translations/",
    "privacy/",
    "licences/",
    "exports/",
    "status/",
    "disclaimer/",
]
ENGINES = {
    "memory": {"BACKEND": "x", "OPTIONS": {}},
    "openai": {"BACKEND": "x", "OPTIONS": {"model": "qwen2.5:7b", "api_key": "geheim"}},
    "ctranslate2": {"BACKEND": "x", "OPTIONS": {"model": "/srv/secret/opus-enja"}},
    "bergamot": {"BACKEND": "x", "OPTIONS": {}},
}


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def harvest(status: str = RunStatus.COMPLETE, **fields) -> HarvestRun:
    now = timezone.now()
    defaults = {
        "kind": RunKind.OAI,
        "source_format": SourceFormat.ARXIV_RAW,
        "set_spec": "cs:cs:CL",
        "started_at": now,
        "touched_at": now,
        "finished_at": now,
        "created": 12,
    }
    return HarvestRun.objects.create(status=status, **(defaults | fields))


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["/", "/en/"], ids=["Japanese", "English"])
def test_every_page_has_a_title_a_heading_and_ways_on(client, prefix, address):
    response = client.get(prefix + address)
    page = html.fromstring(response.content)
    assert response.status_code == 200
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("string(//title)").endswith("| papersite")
    footer = set(page.xpath("//footer//a/@href"))
    assert {prefix + each for each in PAGES} <= footer
    assert prefix + "days/" in footer


def test_titles_and_descriptions_are_unique(client):
    pages = [html.fromstring(client.get(f"/en/{address}").content) for address in PAGES]
    titles = [page.xpath("string(//title)") for page in pages]
    described = [
        found for page in pages for found in page.xpath("//meta[@name='description']/@content")
    ]
    assert len(set(titles)) == len(PAGES)
    assert len(set(described)) == len(described) >= 5


def test_engines_are_named_with_model_and_licence_but_no_secret(client, settings):
    settings.TRANSLATION_ENGINES = ENGINES
    settings.TRANSLATION_CHAINS = [
        {"languages": "en-ko", "engines": ["deepl"]},
        {"languages": "*", "categories": "cs.*", "engines": ["memory", "openai"]},
        {"languages": ["en-ja"], "engines": ["memory", "ctranslate2", "bergamot"]},
    ]
    for address in ("about/translations/", "licences/", "status/"):
        response = client.get(f"/en/{address}")
        page = html.fromstring(response.content)
        assert page.xpath("//dl//dt/code/text()") == ["memory", "openai", "ctranslate2", "bergamot"]
        body = response.content.decode()
        assert "qwen2.5:7b" in body
        assert "opus-enja" in body
        assert "geheim" not in body
        assert "/srv/secret" not in body
    assert "CC BY-SA 4.0" in words(client.get("/en/licences/"))


@pytest.mark.parametrize(
    ("policy", "said"),
    [("clean", "is published at once"), ("held", "before an editor has approved it")],
)
def test_the_publish_policy_is_shown(client, settings, policy, said):
    settings.PUBLISH_POLICY = policy
    assert said in words(client.get("/en/about/translations/"))


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "The code is deleted after 1 day"), (30, "The code is deleted after 30 days")],
)
def test_privacy_states_how_long_a_sender_hash_is_stored(client, settings, days, said):
    settings.SUGGESTION_SENDER_DAYS = days
    assert said in words(client.get("/en/privacy/"))


def test_privacy_names_the_host_that_receives_searches(client, settings):
    assert "sent nowhere" in words(client.get("/en/privacy/"))
    settings.DISCOVERY_EMBEDDER = {
        "BACKEND": "apps.discovery.embedders.openai.OpenAIEmbedder",
        "OPTIONS": {"base_url": "https://key@vectors.example.org/v1", "model": "some-e5"},
    }
    said = words(client.get("/en/privacy/"))
    assert "vectors.example.org" in said
    assert "key@" not in said
    assert "sent nowhere" not in said
    assert "some-e5" in words(client.get("/en/licences/"))


def test_the_licence_of_translations_is_the_setting(client, settings):
    settings.TRANSLATION_LICENCE = "CC BY 4.0 (test)"
    for address in ("licences", "privacy", "about/translations"):
        assert "CC BY 4.0 (test)" in words(client.get(f"/en/{address}/"))


def test_licences_of_engines_in_use_are_named(client, settings):
    settings.TRANSLATION_ENGINES = {"bergamot": {}, "openai": {}}
    settings.ENGINE_LICENCES = {
        "bergamot": "CC-BY-SA-4.0", "openai:qwen": "no", "deepl": "no"
    }  # fmt: skip
    said = words(client.get("/en/licences/"))
    assert "bergamot: CC-BY-SA-4.0" in said
    assert "openai qwen: not exported" in said
    assert "deepl" not in said


def test_an_empty_site_has_a_status(client):
    said = words(client.get("/en/status/"))
    assert "Nothing has been collected from arXiv yet." in said
    assert "No arXiv set is collected daily on this site." in said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (RunStatus.RUNNING, "A harvest is running."),
        (RunStatus.FAILED, "The latest harvest stopped before its end."),
        (RunStatus.COMPLETE, "The latest harvest was complete"),
        (RunStatus.STOPPED, "stopped by the operator"),
    ],
)
def test_the_latest_harvest_is_told_in_words(client, status, said):
    harvest(RunStatus.COMPLETE, started_at=timezone.now() - timedelta(days=1))
    harvest(status, errors=["secret trouble at /srv"])
    page = words(client.get("/en/status/"))
    assert said in page
    assert "new papers: 12" in page
    assert "secret trouble" not in page


def test_missing_days_are_listed(client, settings):
    settings.HARVEST_SETS = ["cs:cs:CL", "stat:stat:ML"]
    for first, last in ((1, 3), (6, 7), (9, 9)):
        harvest(from_date=date(2025, 2, first), until_date=date(2025, 2, last))
    said = words(client.get("/en/status/"))
    assert "cs:cs:CL: days not collected 2025-02-04–2025-02-05, 2025-02-08" in said
    assert "stat:stat:ML: no day is missing" in said
    assert "Some days have not been collected yet" in said


def test_what_waits_is_counted_up_to_a_bound(client, monkeypatch, settings):
    for status in ("pending", "waiting", "held", "held", "held", "ready"):
        other = publish_paper()
        Translation.objects.filter(pk=other.pk).update(status=status)

    def figures() -> list[str]:
        page = html.fromstring(client.get("/en/status/").content)
        rows = page.xpath("//dl[@class='state']/div[position() > last() - 3]/dd")
        return [" ".join(row.xpath("string(text()[1])").split()) for row in rows]

    assert figures() == ["1", "1", "3"]
    settings.PUBLISH_POLICY = "held"
    assert figures() == ["1", "1", "4"]
    monkeypatch.setattr("apps.public.site.status.MOST", 2)
    monkeypatch.setattr("apps.public.pages.site.status.MOST", 2)
    assert figures() == ["1", "1", "2 or more"]


def test_stages_with_work_are_named_and_those_without_are_not(client, settings):
    settings.EXPORTS_FULL_DAYS = 0
    assert "Nothing waits for a worker." in words(client.get("/en/status/"))
    for _number in range(3):
        build_paper(changed_at=timezone.now())
    said = words(client.get("/en/status/"))
    assert "open translations: 3" in said
    assert "translate sentences" not in said


@pytest.mark.parametrize("papers", [1, 6])
def test_queries_of_the_status_do_not_grow(client, django_assert_num_queries, settings, papers):
    settings.HARVEST_SETS = ["cs:cs:CL"]
    for _number in range(papers):
        publish_paper()
        harvest()
    with django_assert_num_queries(13):
        assert client.get("/status/").status_code == 200


def test_the_lag_is_that_of_the_papers_published_last(client, monkeypatch):
    now = timezone.now()
    for hours in (10, 20, 30):
        paper = publish_paper(submitted_at=now - timedelta(hours=hours))
        Translation.objects.filter(pk=paper.pk).update(
            published_at=now - timedelta(hours=hours / 10)
        )
    assert "18 hours" in words(client.get("/en/status/"))
    assert "(3 papers published in the last 7 days)" in words(client.get("/en/status/"))
    monkeypatch.setattr("apps.public.site.status.MOST", 1)
    assert "9 hours" in words(client.get("/en/status/"))
