"""Harvesters over HTTP, as they are: this project's own, and oaipmh-scythe."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch

from apps.harvest.arxiv.sources import OaiSource
from apps.harvest.models import HarvestRun
from apps.harvest.runs.execute import arxiv_fetcher
from apps.papers.models import Paper
from apps.papers.records import SourceFormat
from apps.papers.store.service import store_records
from apps.public.oai import verbs
from apps.text.arxiv.author_strings import Author
from tests.support.acts import unpublish
from tests.support.builders import NOW
from tests.support.factories import editor, publish_paper
from tests.support.oai_answers import later, record
from tests.support.sample_records import lossy, raw

pytestmark = pytest.mark.django_db(transaction=True)

AUTHORS = (
    Author.from_name("Ana García"),
    Author.from_parts("van der Berg", "J.", "Jr.", ["Institute of Trees", "Zürich"]),
    Author.from_name("The Sheep Collaboration"),
)


@pytest.fixture
def address(live_server, settings, monkeypatch):
    """Where the site answers, two records at once so that harvesters must follow tokens."""
    settings.ARXIV_OAI_URL = f"{live_server.url}/oai"
    monkeypatch.setattr(verbs, "RECORDS_AT_ONCE", 2)
    monkeypatch.setattr(verbs, "HEADERS_AT_ONCE", 2)
    return settings.ARXIV_OAI_URL


def publish_all() -> None:
    for paper in Paper.objects.order_by("arxiv_id"):
        publish_paper(paper=paper)
    record()


def test_another_site_harvests_the_papers_as_they_came_from_arxiv(address):
    records = [
        raw(3, arxiv_id="2502.00001", authors=AUTHORS[:1], doi="10.1/x", report_number="R-1"),
        raw(1, arxiv_id="hep-th/9901001", categories=("hep-th",), abstract="One.\n\nTwo <b>."),
        lossy(1, arxiv_id="2502.00003"),
        raw(2, arxiv_id="2502.00004", authors=AUTHORS, journal_ref="J. 1 (2), 3"),
    ]
    store_records(records, now=NOW)
    publish_all()
    source, cursor, found = None, "", []
    with arxiv_fetcher() as fetcher:
        source = OaiSource(fetcher, address, SourceFormat.ARXIV_RAW)
        while cursor is not None:
            with source.page(cursor) as page:
                found += list(page.items())
                cursor = page.next_cursor
    by_identifier = {record.arxiv_id: record for record in found}
    assert len(found) == len(by_identifier) == 4
    for given in records:
        if given.source_format == SourceFormat.ARXIV_RAW:
            got = by_identifier[given.arxiv_id]
            assert [a.name for a in got.authors] == [a.name for a in given.authors]
            assert replace(got, datestamp=given.datestamp, authors=given.authors) == given


def test_the_command_harvests_a_set_and_says_what_was_taken_down(address):
    store_records([raw(arxiv_id=f"2502.0000{number}") for number in (1, 2, 3)], now=NOW)
    publish_all()
    gone = Paper.objects.get(arxiv_id="2502.00002").translations.get()
    unpublish(gone.pk, actor=editor(), reason="", now=later(hours=1))
    record(later(hours=2))
    call_command("harvest", "--set", "cs:cs:CL", verbosity=0)
    run = HarvestRun.objects.get()
    assert (run.status, run.pages, run.seen, run.unchanged) == ("complete", 2, 3, 2)
    assert "marked as deleted at the source" in str(run.errors)


def test_oaipmh_scythe_harvests_everything(address):
    for number in range(1, 6):
        publish_paper(arxiv_id=f"2602.0000{number}", reviewed=number == 1)
    record()
    gone = Paper.objects.get(arxiv_id="2602.00003").translations.get()
    unpublish(gone.pk, actor=editor(), reason="", now=later(hours=1))
    record(later(hours=2))
    with Scythe(address) as scythe:
        assert scythe.identify().deletedRecord == "persistent"
        assert "cs:cs:CL" in {found.setSpec for found in scythe.list_sets()}
        formats = {found.metadataPrefix for found in scythe.list_metadata_formats()}
        assert formats == {"oai_dc", "papersite", "arXivRaw"}
        headers = list(scythe.list_identifiers(metadata_prefix="oai_dc"))
        assert [header.deleted for header in headers] == [False] * 4 + [True]
        standing = list(scythe.list_records(metadata_prefix="oai_dc", ignore_deleted=True))
        assert len(standing) == 4
        assert all(found.metadata["language"] == ["ja"] for found in standing)
        reviewed = list(scythe.list_identifiers(metadata_prefix="oai_dc", set_="review:reviewed"))
        assert [header.identifier for header in reviewed] == ["oai:127.0.0.1:ja/2602.00001"]
        one = scythe.get_record(identifier=headers[0].identifier, metadata_prefix="papersite")
        assert one.header.identifier == headers[0].identifier
        with pytest.raises(NoRecordsMatch):
            list(scythe.list_records(metadata_prefix="oai_dc", until="1991-08-14"))
