"""The page of the exports and the same as JSON say what there is, and only that."""

import json

import pytest
from justhtml import JustHTML
from lxml import html

from apps.public.models import ExportRun, ExportStatus
from apps.translation.models import Segment
from tests.public.exports.varied_site import MACHINE
from tests.support.factories import publish_paper

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("notices")]


def words(response) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def test_an_empty_site_explains_how_to_make_an_export(client, folder):
    said = words(client.get("/en/exports/"))
    assert "There is no export yet." in said
    assert "manage.py export --full" in said
    assert client.get("/exports/index.json").json()["exports"] == []


def test_every_file_is_there_with_digest_licence_and_notices(client, make, notices):
    publish_paper(**MACHINE)
    export = make()
    manifest = json.loads((export / "manifest.json").read_text())
    response = client.get("/en/exports/")
    links = html.fromstring(response.content).xpath("//main//a/@href")
    said = words(response)
    for part in manifest["parts"]:
        assert f"/exports/{export.name}/{part['name']}" in links
        assert part["sha256"] in said
    assert "CC-BY-SA-4.0" in said
    assert notices["disclaimer", "en"] in said
    assert notices["machine", "en"] in said


def test_the_index_has_the_same_exports_with_absolute_urls(client, make, settings):
    settings.SITE_URL = "https://papers.example.org"
    publish_paper(**MACHINE)
    export = make()
    make("increment")
    index = client.get("/exports/index.json").json()
    kinds = [(each["kind"], each["follows"]) for each in index["exports"]]
    assert kinds == [("increment", export.name), ("full", None)]
    part = index["exports"][1]["parts"][0]
    assert part["url"] == f"https://papers.example.org/exports/{export.name}/papers.jsonl.gz"
    assert {"rows", "bytes", "sha256", "licences"} <= set(part)
    assert {notice["language"] for notice in index["notices"]} == {"ja", "en"}


def test_withheld_texts_are_reported(client, make):
    translation = publish_paper(**MACHINE)
    Segment.objects.filter(translation=translation).update(engine="deepl")
    make()
    assert "1 translation is not included: text by deepl base may not" in words(
        client.get("/en/exports/")
    )


@pytest.mark.parametrize("status", [ExportStatus.RUNNING, ExportStatus.FAILED, "removed"])
def test_what_is_not_complete_is_not_shown(client, make, status):
    publish_paper()
    name = make().name
    ExportRun.objects.update(status=status)
    assert name not in client.get("/exports/").content.decode()
    assert client.get("/exports/index.json").json()["exports"] == []


@pytest.mark.parametrize("address", ["/exports/", "/en/exports/"])
def test_a_full_page_needs_no_mending(client, three_exports, address):
    JustHTML(client.get(address).content.decode(), strict=True)


def test_queries_do_not_grow_with_exports(client, make, django_assert_num_queries):
    make()
    with django_assert_num_queries(2):
        client.get("/en/exports/")
    make("increment")
    make("increment")
    with django_assert_num_queries(2):
        client.get("/en/exports/")


def test_other_pages_lead_there(client):
    for address in ("/", "/about/"):
        assert "/exports/" in html.fromstring(client.get(address).content).xpath("//a/@href")
